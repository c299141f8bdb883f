"""Read a bank's `bank.toml`: its title and words, the source, who speaks in it, topics, groups, answered warnings."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quizapp.domain.errors import Problem
from quizapp.domain.facts.fact import PATTERNS, Group, Side, Source, SourceKind, Speaker, SpeakerKind, Topic
from quizapp.domain.facts.field_reading import Table

BANK_FILE = "bank.toml"
_TABLES = ("source", "side", "speaker", "topic", "group", "accepted")


@dataclass(frozen=True, slots=True)
class AcceptedWarning:
    """A warning of `bank check` answered with a reason; `place` is a question's id or the bank's name."""

    rule: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class BankFile:
    """What stands in `bank.toml`. `recipes` are those that make questions of the facts; None: all there are."""

    title: str
    summary: str
    language: str
    licence: str
    source: Source
    topics: tuple[Topic, ...]
    groups: tuple[Group, ...]
    accepted: tuple[AcceptedWarning, ...]
    recipes: tuple[str, ...] | None = None

    @property
    def is_written(self) -> bool:
        """Whether no recipe makes a question of the facts, so that they need not have what a recipe asks by."""
        return self.recipes == ()


def read_bank_file(text: str, problems: list[Problem]) -> BankFile | None:
    """Read the file; None when anything is wrong with it, and every problem is added to `problems`."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # an endless number or nesting is not a TOMLDecodeError
        problems.append(Problem(BANK_FILE, f"this is not TOML: {error}"))
        return None
    reader = _Reader(data)
    bank = reader.bank()
    found = [*reader.problems(), *_twin_problems(bank), *_side_problems(bank)]
    problems.extend(found)
    return None if found else bank


@dataclass
class _Reader:
    """Walks the tables of the file once and remembers each, so that no problem is lost."""

    data: dict[str, Any]
    tables: list[Table] = field(default_factory=list)
    misshapen: list[Problem] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        for table in self.tables:
            table.finish()
        return [*(problem for table in self.tables for problem in table.problems), *self.misshapen]

    def bank(self) -> BankFile:
        head = self._open("the top of the file", {key: one for key, one in self.data.items() if key not in _TABLES})
        sides = tuple(_read_side(table) for table in self._listed("side"))
        speakers = tuple(_read_speaker(table) for table in self._listed("speaker"))
        entry = self.data.get("source", {})
        source = self._open("[source]", entry if isinstance(entry, dict) else {})
        return BankFile(
            title=head.text("title", needed=True),
            summary=head.text("summary", needed=True),
            language=head.text("language", needed=True),
            licence=head.text("licence", needed=True),
            source=_read_source(source, sides, speakers),
            topics=tuple(
                Topic(table.text("id", needed=True), table.text("label", needed=True))
                for table in self._listed("topic")
            ),
            groups=tuple(_read_group(table) for table in self._listed("group")),
            accepted=tuple(_read_accepted(table) for table in self._listed("accepted")),
            recipes=head.texts("recipes") if "recipes" in self.data else None,
        )

    def _open(self, name: str, values: dict[str, Any]) -> Table:
        self.tables.append(Table(BANK_FILE, name, values))
        return self.tables[-1]

    def _listed(self, key: str) -> Iterator[Table]:
        entries = self.data.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.misshapen.append(Problem(BANK_FILE, f"`{key}` must be written as [[{key}]] tables."))
            return
        for number, entry in enumerate(entries, 1):
            yield self._open(f"[[{key}]] {number}", entry)


def _read_group(table: Table) -> Group:
    group = Group(
        name=table.text("name", needed=True),
        relation=table.text("relation"),
        facts=table.texts("facts"),
        which=table.text("which"),
        among=table.texts("among"),
        match=table.text("match"),
        order=table.text("order"),
    )
    asked = {"which": group.which, "match": group.match, "order": group.order}
    if not any(asked.values()):
        table.problem("one of `which`, `match` and `order` must say how the group is asked about.")
    for key, question in asked.items():
        if question and not question.endswith("?"):
            table.problem(f"`{key}` must end with a question mark.")
    if group.among and not group.which:
        table.problem("`among` goes with `which`.")
    return group


def _read_accepted(table: Table) -> AcceptedWarning:
    return AcceptedWarning(
        rule=table.text("rule", needed=True),
        place=table.text("place", needed=True),
        reason=table.text("reason", needed=True),
    )


def _twin_problems(bank: BankFile) -> Iterator[Problem]:
    kinds = {
        "side": [side.id for side in bank.source.sides],
        "speaker": [speaker.id for speaker in bank.source.speakers],
        "topic": [topic.id for topic in bank.topics],
    }
    for kind, ids in kinds.items():
        for twin in (one for one, count in Counter(ids).items() if count > 1):
            yield Problem(BANK_FILE, f"there are two [[{kind}]] with the id “{twin}”.")
    named = Counter((group.name, group.relation) for group in bank.groups)
    for name, relation in (one for one, count in named.items() if count > 1):
        words = f"the name “{name}”" + (f" and the relation “{relation}”" if relation else "")
        yield Problem(BANK_FILE, f"there are two [[group]] with {words}.")


def _side_problems(bank: BankFile) -> Iterator[Problem]:
    known = {side.id for side in bank.source.sides}
    for speaker in bank.source.speakers:
        if speaker.side and speaker.side not in known:
            yield Problem(BANK_FILE, f"[[speaker]] {speaker.id}: there is no side “{speaker.side}”.")
    patterns = [side.pattern for side in bank.source.sides]
    if len(set(patterns)) < len(patterns):
        yield Problem(BANK_FILE, "two [[side]] have one pattern and could not be told apart.")


def _read_side(table: Table) -> Side:
    pattern = table.text("pattern", default="solid")
    if pattern not in PATTERNS:
        table.problem(f"`pattern` is “{pattern}”; it must be one of {', '.join(PATTERNS)}.")
    return Side(
        id=table.text("id", needed=True),
        label=table.text("label", needed=True),
        adjective=table.text("adjective", needed=True),
        pattern=pattern,
    )


def _read_speaker(table: Table) -> Speaker:
    name = table.text("name", needed=True)
    return Speaker(
        id=table.text("id", needed=True),
        name=name,
        short=table.text("short", default=name),
        role=table.text("role", needed=True),
        kind=table.choice("kind", SpeakerKind, SpeakerKind.PERSON) or SpeakerKind.PERSON,
        side=table.text("side"),
        interviewed=table.flag("interviewed"),
        spellings=table.texts("spellings"),
    )


def _read_source(table: Table, sides: tuple[Side, ...], speakers: tuple[Speaker, ...]) -> Source:
    paragraphs = table.numbers("paragraphs")
    if paragraphs and not 1 <= paragraphs[0] <= 10_000:
        table.problem("`paragraphs` must say how many paragraphs the source has.")
    return Source(
        id=table.text("id", needed=True),
        outlet=table.text("outlet", needed=True),
        outlet_place=table.text("outlet_place"),
        description=table.text("description", default="one article"),
        title=table.text("title", default="none given"),
        author=table.text("author", default="none given"),
        date=table.text("date", default="not given"),
        as_of=table.text("as_of", default="undated"),
        retrieved=table.text("retrieved", default="not recorded"),
        language=table.text("language", needed=True),
        paragraphs=paragraphs[0] if paragraphs else 1,
        affiliation=table.text("affiliation"),
        sides=sides,
        speakers=speakers,
        kind=table.choice("kind", SourceKind, SourceKind.ARTICLE) or SourceKind.ARTICLE,
    )
