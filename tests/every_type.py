"""A bank that asks in every way: made by the recipes from facts that belong together, and one cloze with two gaps."""

from dataclasses import replace

from quizapp.domain.facts.fact import Fact, FactKind, Group
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.cloze import ClozeBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from tests.factories import harbour_facts, make_fact, make_fact_base, make_question

NAME = "every-type"
MASTERS = {"north": "Ada Quay", "south": "Ben Mole", "east": "Cy Jetty"}
BUILDERS = {"north": "Dee Buoy", "south": "Eve Crane"}
EVENTS = (
    ("flood", "flooded the market", "1900", ()),
    ("fire", "burnt down the mill", "1921", ()),
    ("strike", "stopped every crane", "", ("event-flood",)),  # its place among the later two is left open
    ("bridge", "joined both banks", "1954", ()),
)
GROUPS = (
    Group(
        "masters",
        "master",
        which="which of these are masters of a pier?",
        among=("builder",),
        match="who is the master of which pier?",
    ),
    Group("events", "deed", order="in which order did these happen?"),
)


def every_type_bank() -> Bank:
    facts = [*harbour_facts(), *_people("master", MASTERS), *_people("builder", BUILDERS), *_events()]
    base = replace(make_fact_base(facts, NAME), title="Every type", groups=GROUPS)
    bank = build_bank(base)
    return replace(bank, questions=(*bank.questions, _two_gaps()))


def _people(office: str, names: dict[str, str]) -> list[Fact]:
    return [
        make_fact(
            f"{office}-{pier}",
            kind=FactKind.PERSON,
            value_text=name,
            statement=f"The {office} of the {pier} pier is {{{name}}}.",
            ask=f"who is the {office} of the {pier} pier?",
            value_of=f"the {office} of the {pier} pier",
            relation=office,
            group=f"{office}s",
            paragraphs=(7,),
        )
        for pier, name in names.items()
    ]


def _events() -> list[Fact]:
    return [
        make_fact(
            f"event-{name}",
            kind=FactKind.EVENT,
            value_text=what,
            topic="weather",
            statement=f"In its worst year the {name} {{{what}}}.",
            ask=f"what did the {name} do in its worst year?",
            value_of=f"what the {name} did",
            relation="deed",
            group="events",
            event=f"the {name}",
            when=when,
            after=after,
            paragraphs=(9,),
        )
        for name, what, when, after in EVENTS
    ]


def _two_gaps() -> Question:
    mix_up = Distractor("Ben Mole", "Ben Mole is the master of the south pier.", "master-south")
    gaps = (ShortAnswerBody("Ada Quay", ("Quay",), (mix_up,)), ShortAnswerBody("ice-breaker"))
    sentence = "At the north pier ____ gave the order to send the ____."
    return make_question(
        id="master-north.two-gaps",
        type="cloze",
        stem=sentence,
        body=ClozeBody(sentence, gaps),
        facts=("master-north",),
        explanation="The article gives Ada Quay as the master of the north pier.",
        recipe="two-gaps",
    )
