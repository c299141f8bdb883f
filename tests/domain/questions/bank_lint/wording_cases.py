"""Cases for the rules on how a bank words things."""

from quizapp.domain.facts.fact import FactKind, Speaker, SpeakerKind
from quizapp.domain.questions.question_types.cloze import ClozeBody
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from tests.factories import SPEAKERS, make_fact
from tests.linting import Case, asked, stemmed

KIYEV = Speaker(
    "o", "Oleh Bondarenko", "Bondarenko", "a pilot", SpeakerKind.PERSON, "harbour", spellings=("Bondarenco",)
)
PORT = make_fact("port", kind=FactKind.PLACE, value_text="Gdańsk", relation="port")
LISTED = make_fact("town", kind=FactKind.PLACE, value_text="Świnoujście", relation="port")
DROWNED = make_fact(statement="{40 tons} of wreckage hit two men, who died.")
LONG = "an agreement of the board on all of the ice in the outer basin"
HARD = (
    "notwithstanding institutional incompatibilities, which administrative reorganisation necessitated renegotiation?"
)


def accepting(fact, *forms):
    return make_fact(fact.id, kind=fact.kind, value=fact.value.__class__(fact.value.text, fact.value.kind, None, forms))


GDANSK = accepting(PORT, "Gdansk", "the port of Gdańsk", "Danzig")
KARAKOY = accepting(make_fact("quarter", kind=FactKind.PLACE, value_text="Karaköy"), "Karakoy", "Galata", "Karakeuy")


def gap(sentence: str, answer: str) -> dict[str, object]:
    return {"question": {"type": "cloze", "stem": sentence, "body": ClozeBody(sentence, (ShortAnswerBody(answer),))}}


CAUGHT: list[Case] = [
    ("D-6", stemmed("How much do the boats land today?")),
    ("D-6", stemmed("Which pier was, three years ago, the longest?")),
    ("D-6", stemmed("In the article, what froze last winter?")),
    ("D-6", {"question": {"explanation": "The pier is currently closed."}}),
    ("D-11", {"others": [GDANSK], **stemmed("In the article, what did the boats land at Gdansk?")}),
    ("D-11", {"others": [KARAKOY], **asked("Karakeuy", "Pera", "Fener")}),
    ("D-11", {"source": {"speakers": (*SPEAKERS, KIYEV)}, **stemmed("In the article, what did Bondarenco say?")}),
    ("D-18", stemmed("In the article, which savage storm closed the pier?")),
    ("D-18", {"question": {"explanation": "The article tells of the heroic pilots."}}),
    ("D-18", stemmed(f"In the article, {HARD}")),
    ("D-19", stemmed(f"Who in the article spoke of “{LONG}”?")),
    ("D-19", {"question": {"explanation": f'The article says "{LONG}".'}}),
    ("D-19", asked("a “thaw", "a frost", "a fog")),
    ("D-19", gap("Quay spoke of ____.", "a “thaw")),
    ("D-19", asked(*(f"“the ice of pier {n} is thick”" for n in range(7)))),
    ("D-19", asked("a thaw” and “frost", "a storm", "a fog")),
    ("D-19", asked(*(f"“the ice of pier {n} is too thick”" for n in range(8)))),
    ("D-22", {"fact": DROWNED, **stemmed("Can you guess how much wreckage hit the two men?")}),
    ("D-22", stemmed("How many were killed in the storm? Quick!")),
    ("D-22", {"question": {"stem": "How many victims were there?", "explanation": "Well done, there were 40."}}),
]
SPARED: list[Case] = [
    ("D-18", stemmed("Institutional incompatibilities necessitated administrative ____.")),
    ("D-6", stemmed("In which month of “last year” did the ice break?")),
    ("D-6", stemmed("In the article, what is known of the snow at Chicago?")),
    ("D-6", asked("last winter", "last summer", "last spring")),
    ("D-6", stemmed("In the article, in which year of the last century did it freeze?")),
    ("D-11", {"others": [GDANSK], **stemmed("In the article, what did the boats land at the port of Gdańsk?")}),
    ("D-11", {"others": [GDANSK], **stemmed("In the article, what did the boats land at Danzig?")}),
    ("D-11", {"others": [KARAKOY], **stemmed("Which words in the article name “Karakoy”?")}),
    ("D-11", {"source": {"speakers": (*SPEAKERS, KIYEV)}, **stemmed("In the article, what did Oleh Bondarenko say?")}),
    ("D-18", stemmed("In the article, who called the storm “savage”?")),
    ("D-18", stemmed("In the article, on which day did the ferry to Świnoujście first sail through the ice?")),
    ("D-18", stemmed("In the article, what did Ada Quay of Great Yarmouth say of the Netherlands’ new icebreakers?")),
    ("D-19", stemmed("Who in the article spoke of “a winter of seven weeks”?")),
    ("D-19", gap("Quay spoke of a “____”.", "thaw")),
    (
        "D-19",
        {
            "fact": make_fact(statement="The harbour board put the whole of the outer basin under ice."),
            **stemmed(
                "How does the article give this: “The harbour board put the whole of the outer basin under ice”?"
            ),
        },
    ),
    ("D-22", {"fact": DROWNED, **stemmed("In the article, how much wreckage hit the two men?")}),
    ("D-22", stemmed("At which point of the race did the boats guess the wind?")),
    ("D-22", stemmed("In the article, who was heard to call “Fire!” before the two men died?")),
]
