"""A fact: one checkable statement taken from a source, with its place there and with who says it."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from quizapp.domain.facts.passage import Passage
from quizapp.domain.facts.quantities import Quantity, parse_quantity

MARK = re.compile(r"\{([^{}]+)\}")
_WIDE_BRACES = str.maketrans("{}", "｛｝")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PATTERNS = ("solid", "hatched")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class FactKind(StrEnum):
    """What a fact is about; it decides which recipes fit."""

    EVENT = "event"
    QUANTITY = "quantity"
    DATE = "date"
    DURATION = "duration"
    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    CAUSE = "cause"
    CONDITION = "condition"
    PURPOSE = "purpose"
    CLAIM = "claim"
    CHARACTERISATION = "characterisation"
    PREDICTION = "prediction"
    DEFINITION = "definition"


class Mode(StrEnum):
    """How the source gives the fact. There is no "claimed": a reporting verb is no evidence."""

    REPORTED = "reported"
    SAID = "said"
    ACCUSED = "accused"
    DEMANDED = "demanded"
    BOTH_SIDES = "both-sides"


class Status(StrEnum):
    """How far the fact can be relied on outside its source."""

    UNCONTESTED = "uncontested"
    SINGLE_SOURCE = "single-source"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"


class Tier(StrEnum):
    """Whether a bank must ask, should ask or may ask the fact."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class SpeakerKind(StrEnum):
    """Whether a voice is one person, a whole side, or both sides about each other."""

    PERSON = "person"
    SIDE = "side"
    BOTH = "both"


class SourceKind(StrEnum):
    """What facts come from: an article, retold in our words; or a file, whose words are shown as they are."""

    ARTICLE = "article"
    DECK = "deck"
    """An imported deck of cards."""
    QUESTIONS = "questions"
    """Questions of another program, of which no article is known."""


NEEDS_NOTE = frozenset({Status.DISPUTED, Status.CONTRADICTED, Status.OUTDATED})
NOT_SCORED = frozenset({Status.CONTRADICTED, Status.OUTDATED})
TYPED_KINDS = frozenset({FactKind.PERSON, FactKind.PLACE, FactKind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Side:
    """One party to the matter; drawn by `pattern` ("solid" or "hatched"), never by a nation's colour."""

    id: str
    label: str
    adjective: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in the source. `side` is empty when both sides speak; `interviewed` if the source let it speak itself."""

    id: str
    name: str
    short: str
    role: str
    kind: SpeakerKind
    side: str = ""
    interviewed: bool = False
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The article or the imported deck that facts come from; what it does not give is said in words ("none given")."""

    id: str
    outlet: str
    description: str
    title: str
    author: str
    date: str
    as_of: str
    language: str
    paragraphs: int
    affiliation: str
    outlet_place: str = ""
    retrieved: str = "not recorded"
    sides: tuple[Side, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    kind: SourceKind = SourceKind.ARTICLE

    @property
    def is_deck(self) -> bool:
        """Whether it is an imported deck, or imported questions, of which no article says anything."""
        return self.kind is not SourceKind.ARTICLE

    @property
    def is_of_cards(self) -> bool:
        """Whether it is an imported deck of cards."""
        return self.kind is SourceKind.DECK

    def speaker(self, speaker_id: str | None) -> Speaker | None:
        """Return the speaker with this id; None for the outlet's own voice."""
        return next((speaker for speaker in self.speakers if speaker.id == speaker_id), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject within a bank that questions are counted under."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Value:
    """The part of a statement that a question asks for.

    `kind` names what it is comparable with (a typed kind such as place, "quantity" with its unit, a date with its
    granularity, or "phrase"); `text` is how it is offered as an option; `accept` are other spellings of it.
    """

    text: str
    kind: str
    quantity: Quantity | None = None
    accept: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way of writing this value that counts as the same."""
        return (self.text, *self.accept)


@dataclass(frozen=True, slots=True)
class Fact:
    """One checkable statement of a source, in our words. See questions/README.md for the meaning of each field.

    `passage` is what it rests on word for word, where the source's own text is stored.
    """

    id: str
    paragraphs: tuple[int, ...]
    statement: str
    topic: str
    kind: FactKind
    tier: Tier = Tier.SHOULD
    speaker: str | None = None
    mode: Mode = Mode.REPORTED
    status: Status = Status.UNCONTESTED
    note: str = ""
    reference: str = ""
    value: Value | None = None
    ask: str = ""
    value_of: str = ""
    relation: str = ""
    said: str = ""
    not_with: frozenset[str] = frozenset()
    group: str = ""
    when: str = ""
    after: tuple[str, ...] = ()
    event: str = ""
    review_by: str = ""
    passage: Passage | None = None
    line: int = field(default=0, compare=False)

    @property
    def text(self) -> str:
        """The statement without the braces that mark its value."""
        return plain_statement(self.statement)

    @property
    def scored(self) -> bool:
        """Whether questions on this fact belong in a scored quiz."""
        return self.status not in NOT_SCORED

    @property
    def review_day(self) -> date | None:
        """The day by which somebody looks at it again; None where none is given, or what is given is no day."""
        try:
            return date.fromisoformat(self.review_by) if self.review_by else None
        except ValueError:  # `bank check` tells of it
            return None

    @property
    def place(self) -> str:
        """Where it stands, in words: "Paragraph 8" or "Paragraphs 3 and 4"."""
        return paragraph_words(self.paragraphs)

    def with_value(self, other: str) -> str:
        """Return the statement with its value swapped for `other`."""
        return MARK.sub(lambda _: other, self.statement, count=1)


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together, and how they are asked about together.

    Its members are `facts`, or else the facts whose `group` has this name (of this `relation`, if one is given).
    `which` asks for their values as a list, with values of the relations `among` as wrong options; `match` asks for
    the value that goes with each of them; `order` asks for the order of their events.
    """

    name: str
    relation: str = ""
    facts: tuple[str, ...] = ()
    which: str = ""
    among: tuple[str, ...] = ()
    match: str = ""
    order: str = ""

    def holds(self, fact: Fact) -> bool:
        """Say whether `fact` is a member."""
        if self.facts:
            return fact.id in self.facts
        return fact.group == self.name and self.relation in ("", fact.relation)


def without_marks(text: str) -> str:
    """Widen the braces of somebody's words, so that they mark no value in a statement and stay to be read."""
    return text.translate(_WIDE_BRACES)


def plain_statement(statement: str) -> str:
    """Take the braces off a statement."""
    return MARK.sub(r"\1", statement)


def paragraph_words(paragraphs: tuple[int, ...]) -> str:
    """Name paragraphs in words: "Paragraph 8", "Paragraphs 3 and 4"."""
    if len(paragraphs) == 1:
        return f"Paragraph {paragraphs[0]}"
    return f"Paragraphs {', '.join(map(str, paragraphs[:-1]))} and {paragraphs[-1]}"


def value_kind(kind: FactKind, text: str, quantity: Quantity | None) -> str:
    """Say what a value may be compared with: values of one kind can stand in for each other as options."""
    if kind is FactKind.DATE:
        return f"date by {date_granularity(text)}"
    if kind in TYPED_KINDS:
        return kind.value
    if quantity is not None:
        return f"number of {quantity.unit.lower()}"
    return "phrase"


def date_granularity(text: str) -> str:
    """Say how fine a date is: year, month, weekday or (relative) words."""
    words = text.lower().replace(",", " ").split()
    if len(words) == 1 and words[0].title() in WEEKDAYS:
        return "weekday"
    if any(word.title() in MONTHS for word in words):
        return "month"
    if len(words) == 1 and words[0].isdigit() and len(words[0]) == 4:
        return "year"
    return "words"


def make_value(kind: FactKind, text: str, accept: tuple[str, ...] = (), quantity: Quantity | None = None) -> Value:
    """Type the words of a value: read its number if it has one and say what it is comparable with."""
    found = quantity
    if found is None and kind not in TYPED_KINDS and kind is not FactKind.DATE:
        found = parse_quantity(text)
    return Value(text=text, kind=value_kind(kind, text, found), quantity=found, accept=accept)
