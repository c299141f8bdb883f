"""What an address can be about, in every state: `OBJECTS`, from which the parameters of every rule are filled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.authorisation.world import BANKS, HARBOUR, MISSING, NO_NAME, STUDIES, SUSPENDED, A, B, BankState, World

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: a value for each parameter and field it can fill, and what decides who may have it.

    `owner` is the person whose it is, `bank` the bank it is or stands in, `class_name` its class. `lacks` are the
    parameters whose value names nothing in it; `traits` what some pages need of it.
    """

    state: str
    values: Mapping[str, int | str]
    owner: str = ""
    bank: BankState | None = None
    class_name: str = ""
    there: bool = True
    lacks: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()


def _nothing(world: World) -> list[Thing]:
    return [Thing(NOTHING, {})]


def _files(world: World) -> list[Thing]:
    return [Thing("a file", {"filename": "look.css"}), Thing("missing", {"filename": "no-such.css"}, there=False)]


def _banks(world: World) -> list[Thing]:
    found = [Thing(state.name, _of_bank(world, state.name), bank=state) for state in BANKS]
    nothing = {"type_name": NO_NAME, "format_name": NO_NAME}
    of_another = _of_bank(world, HARBOUR) | {"fact_name": world.facts["draft"][1]} | nothing
    lacking = frozenset({"fact_name", "type_name", "format_name"})
    return [
        *found,
        Thing("a fact of another bank", of_another, bank=BANKS[0], lacks=lacking),
        Thing("missing", _of_bank(world, NO_NAME), there=False),
    ]


def _of_bank(world: World, name: str) -> dict[str, int | str]:
    fact_id, fact_name = world.facts.get(name, (MISSING, NO_NAME))
    values: dict[str, int | str] = {"name": name, "bank_name": name, "bank": name, "fact_name": fact_name}
    return values | {"fact": fact_id, "type_name": "single_choice", "format_name": "gift"}


def _attempts(world: World) -> list[Thing]:
    found = []
    for name in STUDIES:
        attempt, mixed, _ = world.running[name]
        found.append(_attempt(name, "running", attempt, mixed, "mixed up", "answered", "of harbour"))
    for name in ("guest", "learner"):
        found.append(_attempt(name, "finished", world.finished[name], 1, "answered", "of harbour"))
    attempt, _, open_ = world.running["learner"]
    retired = world.on_retired["learner"]
    return [
        *found,
        _attempt("learner", "running, at an open question", attempt, open_, "of harbour"),
        _attempt("learner", "at no question", attempt, MISSING, "of harbour", lacks={"position"}),
        _attempt("learner", "on a retired bank", retired, 1, "answered"),
        _attempt("learner", "on a retired bank, at an open question", retired, 2, lacks={"position"}),
        Thing("missing", {"attempt_id": MISSING, "attempt": MISSING, "position": 1}, there=False),
    ]


def _attempt(owner: str, state: str, attempt: int, position: int, *traits: str, lacks: set[str] | None = None) -> Thing:
    values: dict[str, int | str] = {"attempt_id": attempt, "attempt": attempt, "position": position}
    return Thing(f"{owner}'s, {state}", values, owner, lacks=frozenset(lacks or ()), traits=frozenset(traits))


def _reviews(world: World) -> list[Thing]:
    asked = [
        Thing(f"{one}'s", {"review_id": world.reviews[one]}, one, traits=frozenset({"a question"})) for one in STUDIES
    ]
    turned = Thing("learner's, of a card", {"review_id": world.turned["learner"]}, "learner")
    return [*asked, turned, Thing("missing", {"review_id": MISSING}, there=False)]


def _cards(world: World) -> list[Thing]:
    found = [Thing(f"{one}'s", {"card": world.aside[one]}, one) for one in STUDIES]
    return [*found, Thing("missing", {"card": MISSING}, there=False)]


def _questions(world: World) -> list[Thing]:
    states = {state.name: state for state in BANKS}
    by_hand = [
        _question(f"by hand, in {name}", world.by_hand[name], state, "by hand", "asked")
        for name, state in states.items()
    ]
    of_file = [
        _question(f"from a file, in {name}", world.from_file[name], states[name], "asked")
        for name in (HARBOUR, "taught", "draft")
    ]
    stopped = _question("stopped", world.stopped, states["taught"], "by hand")
    return [*by_hand, *of_file, stopped, Thing("missing", {"question_id": MISSING}, there=False)]


def _question(state: str, question_id: int, bank: BankState, *traits: str) -> Thing:
    return Thing(state, {"question_id": question_id}, bank=bank, traits=frozenset(traits))


def _drafts(world: World) -> list[Thing]:
    found = [Thing(f"for {one.name}", {"draft_id": world.drafts[one.name]}, bank=one) for one in BANKS]
    waiting = [Thing(f"waiting, for {one.name}", {"draft_id": world.waiting[one.name]}, bank=one) for one in BANKS]
    return [*waiting, *found, Thing("missing", {"draft_id": MISSING}, there=False)]


def _steps(world: World) -> list[Thing]:
    found = [Thing(f"in {one.name}", {"step_id": world.steps[one.name]}, bank=one) for one in BANKS]
    return [*found, Thing("missing", {"step_id": MISSING}, there=False)]


def _uploads(world: World) -> list[Thing]:
    found = [Thing(f"{one}'s", {"upload_id": of}, one) for one, of in world.uploads.items()]
    return [*found, Thing("missing", {"upload_id": MISSING}, there=False)]


def _links(world: World) -> list[Thing]:
    """There is an instructor in the world, so that no link makes one any more."""
    return [Thing("missing", {"token": NO_NAME}, there=False)]


def _people(world: World) -> list[Thing]:
    accounts = [Thing(f"{one}'s", {"person_id": world.people[one].id}) for one in ("learner", SUSPENDED, "admin")]
    guest = Thing("a guest's, who has no account", {"person_id": world.people["guest"].id}, there=False)
    return [*accounts, guest, Thing("missing", {"person_id": MISSING}, there=False)]


def _sessions(world: World) -> list[Thing]:
    found = [Thing(f"{one}'s", {"session_id": of}, one) for one, of in world.sessions.items()]
    return [*found, Thing("missing", {"session_id": MISSING}, there=False)]


def _reset_links(world: World) -> list[Thing]:
    """A link that does not work leads back to the form that sends one: that tells nothing."""
    return [Thing("good", {"token": world.reset_token}), Thing("bad", {"token": NO_NAME})]


def _codes(world: World) -> list[Thing]:
    """Every code shows the same page; using a bad one is told in it."""
    return [Thing("good", {"code": world.codes[A][1]}), Thing("bad", {"code": "AAAA-AAAA"})]


def _classes(world: World) -> list[Thing]:
    found = [Thing(name, _of_class(world, name), class_name=name) for name in world.classes]
    of_another = _of_class(world, B) | {"class_id": world.classes[A]}
    lacking = frozenset({"member_id", "code_id"})
    return [
        *found,
        Thing("member and code of another class", of_another, class_name=A, lacks=lacking),
        Thing("missing", {"class_id": MISSING, "member_id": MISSING, "code_id": MISSING}, there=False),
    ]


def _of_class(world: World, name: str) -> dict[str, int | str]:
    member = next(member for (of, _), member in reversed(world.members.items()) if of == name)
    return {"class_id": world.classes[name], "member_id": member, "code_id": world.codes[name][0]}


KINDS: dict[str, Callable[[World], list[Thing]]] = {
    NOTHING: _nothing,
    "file": _files,
    "bank": _banks,
    "attempt": _attempts,
    "review": _reviews,
    "card": _cards,
    "question": _questions,
    "draft": _drafts,
    "step": _steps,
    "upload": _uploads,
    "link": _links,
    "class": _classes,
    "person": _people,
    "session": _sessions,
    "reset link": _reset_links,
    "code": _codes,
}

OBJECTS: dict[str, str] = {
    # parameter of a rule: the kind of thing that fills it
    "filename": "file",
    "name": "bank",
    "bank_name": "bank",
    "fact_name": "bank",
    "type_name": "bank",
    "attempt_id": "attempt",
    "position": "attempt",
    "review_id": "review",
    "question_id": "question",
    "draft_id": "draft",
    "step_id": "step",
    "upload_id": "upload",
    "format_name": "bank",
    "token": "link",
    "class_id": "class",
    "member_id": "class",
    "code_id": "class",
    "person_id": "person",
    "session_id": "session",
    "code": "code",
}
