"""Sound defaults for everything a test may need; a test overrides the one thing it is about."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from quizapp.domain.facts.fact import (
    Fact,
    FactKind,
    Group,
    Side,
    Source,
    Speaker,
    SpeakerKind,
    Status,
    Topic,
    make_value,
)
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


class StillClock:
    """A clock that stands still until it is advanced."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


SPEAKERS = (
    Speaker("harbour-master", "Ada Quay", "Quay", "the harbour master", SpeakerKind.PERSON, "harbour", True),
    Speaker("fishers", "The fishers’ union", "the fishers’ union", "one of the two sides", SpeakerKind.SIDE, "fishers"),
    Speaker("both", "Both sides", "both sides", "each about the other", SpeakerKind.BOTH),
)
SIDES = (
    Side("harbour", "the harbour board", "Harbour board", "solid"),
    Side("fishers", "the fishers’ union", "Union", "hatched"),
)


def make_source(**changes: object) -> Source:
    values: dict[str, object] = {
        "id": "harbour-article",
        "outlet": "The Quayside Times",
        "description": "one local report",
        "title": "Ice in the harbour",
        "author": "none given",
        "date": "3 February 2020",
        "as_of": "February 2020",
        "language": "en",
        "paragraphs": 12,
        "affiliation": "",
        "sides": SIDES,
        "speakers": SPEAKERS,
    }
    return Source(**values | changes)  # type: ignore[arg-type]


def make_fact(fact_id: str = "catch-weight", **changes: object) -> Fact:
    """A quantity in the outlet's own voice; give `value_text` to change what is asked for."""
    text = str(changes.pop("value_text", "40 tons"))
    kind = FactKind(changes.get("kind", FactKind.QUANTITY))  # type: ignore[arg-type]
    values: dict[str, object] = {
        "id": fact_id,
        "paragraphs": (3,),
        "statement": f"The boats of {fact_id} landed {{{text}}} that month.",
        "topic": "trade",
        "kind": kind,
        "value": make_value(kind, text),
        "ask": f"how much did the boats of {fact_id} land that month?",
        "value_of": f"the catch of {fact_id}",
        "relation": "catch",
    }
    return Fact(**values | changes)  # type: ignore[arg-type]


def make_claim(fact_id: str = "ice-claim", speaker: str = "harbour-master", **changes: object) -> Fact:
    """A statement without a value that rests on somebody's word."""
    values: dict[str, object] = {
        "statement": f"Somebody said something about {fact_id}.",
        "kind": FactKind.CLAIM,
        "speaker": speaker,
        "status": Status.SINGLE_SOURCE,
        "said": f"the ice of {fact_id} would melt",
        "value": None,
        "ask": "",
        "value_of": "",
        "relation": "",
    }
    return make_fact(fact_id, **values | changes)


def make_fact_base(
    facts: Sequence[Fact], name: str = "harbour", *, groups: Sequence[Group] = (), **source: object
) -> FactBase:
    return FactBase(
        name=name,
        title="The harbour",
        summary="What one report says about a frozen harbour.",
        language="en",
        licence="MIT",
        source=make_source(**({"id": f"{name}-article"} | source)),
        topics=(Topic("trade", "Trade"), Topic("weather", "Weather")),
        facts=tuple(facts),
        groups=tuple(groups),
    )


def harbour_facts() -> list[Fact]:
    """A few facts that every recipe can ask about."""
    weights = ("12 tons", "15 tons", "26 tons", "40 tons", "90 tons")
    months = ("January", "February", "March", "October")
    facts = [
        make_fact(f"catch-{number}", value_text=text, paragraphs=(number,)) for number, text in enumerate(weights, 1)
    ]
    facts += [
        make_fact(
            f"ice-{number}",
            kind=FactKind.DATE,
            value_text=text,
            topic="weather",
            paragraphs=(number + 5,),
            statement=f"At pier {number} the ice broke in {{{text}}}.",
            ask=f"in which month did the ice break at pier {number}?",
            value_of=f"the month the ice broke at pier {number}",
            relation="month of the thaw",
        )
        for number, text in enumerate(months, 1)
    ]
    return [
        *facts,
        make_claim("ice-claim", "harbour-master", paragraphs=(10,)),
        make_claim("pay-claim", "fishers", said="the pay was late", paragraphs=(11,)),
    ]


BOATS = (
    (FactKind.PLACE, "berth", "The boat {n} lay at {v}.", ("the Old Pier", "Gull Island", "Crab Bay", "the East Quay")),
    (FactKind.PERSON, "master", "The boat {n} was steered by {v}.", ("Cy Pilot", "Dee Rower", "Eve Sailor")),
    (FactKind.ORGANISATION, "owner", "The boat {n} belonged to {v}.", ("the Rope Works", "the Net Guild", "the Bank")),
    (
        FactKind.CAUSE,
        "reason",
        "The boat {n} was late because of {v}.",
        ("a hard frost", "a long strike", "a low tide"),
    ),
    (FactKind.EVENT, "cargo", "The boat {n} carried {v}.", ("a load of salt", "a crate of rope", "a heap of coal")),
    (FactKind.DATE, "year of building", "The boat {n} was built in {v}.", ("1901", "1910", "1925")),
)


def boat_facts() -> list[Fact]:
    """Facts of every kind on a few boats, those of one kind in one group; the years are events."""
    return [
        make_fact(
            f"{relation.replace(' ', '-')}-{number}",
            kind=kind,
            value_text=text,
            statement=statement.format(n=name, v=f"{{{text}}}"),
            ask=f"what was the {relation} of the boat {name}?",
            value_of=f"the {relation} of the boat {name}",
            relation=relation,
            group=f"boats by {relation}",
            when=text if kind is FactKind.DATE else "",
            event=f"the building of the boat {name}" if kind is FactKind.DATE else "",
        )
        for kind, relation, statement, texts in BOATS
        for number, (name, text) in enumerate(zip(("Puffin", "Tern", "Skua", "Auk"), texts, strict=False), 1)
    ]


BERTHS = Group("boats by berth", match="which berth goes with each boat?")
EASTERN = Group("eastern berths", facts=("berth-1", "berth-4"), which="which of these berths lie in the east?")


def make_bank(facts: Sequence[Fact] | None = None, name: str = "harbour", **source: object) -> Bank:
    """A bank that the recipes make from `facts` (default: `harbour_facts`)."""
    return build_bank(make_fact_base(harbour_facts() if facts is None else facts, name, **source))


def make_question(**changes: object) -> Question:
    values: dict[str, object] = {
        "id": "catch-weight.choose-value",
        "type": "single_choice",
        "stem": "In the article, how much did the boats land?",
        "body": SingleChoiceBody(
            "40 tons",
            (
                Distractor("15 tons", "The article gives 15 tons as the catch of the other pier.", "other-catch"),
                Distractor("20 tons", "None of the facts kept from the article has this value."),
            ),
        ),
        "explanation": "The article gives 40 tons as the catch.",
        "facts": ("catch-weight",),
        "topic": "trade",
        "speaker": None,
        "status": Status.UNCONTESTED,
        "scored": True,
        "recipe": "choose-value",
    }
    return Question(**values | changes)  # type: ignore[arg-type]
