"""Every request that the URL map allows, for every thing it can be about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir

from werkzeug.routing import Map, Rule

from quizapp.app import create_app
from quizapp.domain.roles import Permission
from quizapp.settings import Settings
from quizapp.web.access import POLICIES, Policy, Relation
from tests.authorisation.expected import is_allowed, is_there
from tests.authorisation.forms import FORMS, Fields
from tests.authorisation.things import KINDS, NOTHING, OBJECTS, Thing
from tests.authorisation.world import HARBOUR, PRINCIPALS, Principal, World

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

KIND_OF = {
    # endpoint whose form names the thing, or whose parameters are not what they are elsewhere: the kind of thing
    "quizzes.start": "bank",
    "study_today.start": "bank",
    "study_aside.bring_back": "card",
    "question_lists.look": "question",
    "question_lists.confirm": "question",
    "security.reset_password": "reset link",
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A second thing that a request names beside its address, in a field of its form or query."""

    endpoint: str
    method: str
    field: str
    kind: str
    policy: Policy
    needs: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)


_IN_HARBOUR = {"name": HARBOUR}
CARRIED = (
    Carried("reading.page", "GET", "attempt", "attempt", Policy(None, Relation.OWN), "of harbour", _IN_HARBOUR),
    Carried("reading.ask", "POST", "attempt", "attempt", Policy(None, Relation.OWN), "of harbour", _IN_HARBOUR),
    Carried("question_lists.every", "GET", "bank", "bank", Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED)),
    Carried("study_cards.answer", "POST", "fact", "bank", Policy(Permission.TAKE_QUIZ, Relation.BANK_SEEN)),
)


@dataclass(frozen=True, eq=False)
class Question:
    """One method of one rule, about one kind of thing: a row of the matrix."""

    rule: Rule
    method: str
    kind: str
    policy: Policy | None
    carried: Carried | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}" + (f" {self.carried.field}=" if self.carried else "")

    def is_there(self, thing: Thing) -> bool:
        """Say whether the page is there for anybody."""
        if self.carried:
            return thing.there and (not self.carried.needs or self.carried.needs in thing.traits)
        return is_there(self.rule.endpoint, set(self.rule.arguments), thing)

    def is_allowed(self, who: Principal, thing: Thing) -> bool:
        """Say whether somebody may ask it of a thing."""
        assert self.policy is not None, f"{self.rule.endpoint} has no policy in quizapp/web/access.py"
        return self.is_there(thing) and is_allowed(self.policy, self.policy.relation, who, thing)

    def path(self, thing: Thing) -> str:
        """Fill the rule's parameters from the thing."""
        values = {**(self.carried.fixed if self.carried else thing.values), **(self.rule.defaults or {})}
        missing = self.rule.arguments - set(values)
        assert not missing, f"{self.rule.rule}: no {', '.join(sorted(missing))} in the things of kind {self.kind!r}"
        built = self.rule.build({name: values[name] for name in self.rule.arguments}, append_unknown=False)
        assert built is not None
        query = f"?{self.carried.field}={thing.values[self.carried.field]}" if self._is_in_query else ""
        return built[1] + query

    def form(self, world: World, who: Principal, thing: Thing) -> Fields:
        """Return a valid form for it."""
        if self.method not in CHANGING:
            return {}
        assert self.rule.endpoint in FORMS, (
            f"{self.rule.endpoint} takes a form: add one to tests/authorisation/forms.py"
        )
        of_carried = Thing(thing.state, {"fact": thing.values["fact"]}) if self._is_fact else thing
        fields = FORMS[self.rule.endpoint](world, who, of_carried)
        if self.carried:
            fields[self.carried.field] = str(thing.values[self.carried.field])
        return fields

    @property
    def _is_in_query(self) -> bool:
        return self.carried is not None and self.method not in CHANGING

    @property
    def _is_fact(self) -> bool:
        return self.carried is not None and self.carried.field == "fact"


def url_map() -> Map:
    """Return the rules of an app that nobody asks anything."""
    folder = Path(gettempdir())
    settings = Settings(
        instance=folder, questions=folder, database=f"sqlite:///{folder / 'never-opened'}", secret_key="no secret"
    )
    return create_app(settings).url_map


def kind_of(rule: Rule) -> str:
    """Return the kind of thing that a rule is about. Fails for a parameter that is not in `OBJECTS`."""
    if rule.endpoint in KIND_OF:
        return KIND_OF[rule.endpoint]
    parameters = rule.arguments - set(rule.defaults or {})
    unknown = parameters - set(OBJECTS)
    assert not unknown, f"{rule.rule}: add {', '.join(sorted(unknown))} to OBJECTS in tests/authorisation/things.py"
    kinds = {OBJECTS[one] for one in parameters} or {NOTHING}
    assert len(kinds) == 1, f"{rule.rule} is about a {' and a '.join(sorted(kinds))}: make a kind of both"
    return kinds.pop()


def questions() -> Iterator[Question]:
    """Yield every method of every rule, in the order of the URL map, then what is carried besides."""
    rules = list(url_map().iter_rules())
    for rule in rules:
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Question(rule, method, kind_of(rule), POLICIES.get(rule.endpoint))
    for carried in CARRIED:
        for rule in rules:
            named = rule.arguments - set(rule.defaults or {})
            if (rule.endpoint, named) == (carried.endpoint, set(carried.fixed)) and carried.method in rule.methods:
                yield Question(rule, carried.method, carried.kind, carried.policy, carried)


def cells(question: Question, world: World) -> Iterator[tuple[Principal, Thing]]:
    """Yield everybody with every thing."""
    for who in PRINCIPALS:
        for thing in KINDS[question.kind](world):
            yield who, thing


def first_allowed(question: Question, world: World) -> tuple[Principal, Thing] | None:
    """Return somebody who may ask this, with a thing; None where nobody may in this world."""
    return next(((who, thing) for who, thing in cells(question, world) if question.is_allowed(who, thing)), None)
