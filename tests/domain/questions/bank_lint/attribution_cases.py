"""Cases for the rules on whose word a thing is."""

from dataclasses import replace

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.question_types.cloze import ClozeBody
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import make_claim, make_fact
from tests.linting import QUAY, TOLD, UNION, Case, asked, choice, stemmed

DISPUTED = make_fact(status=Status.DISPUTED, note="No.")
CAUSE = make_fact(kind=FactKind.CAUSE, value_text="fog")


def gap(sentence: str, answer: str) -> dict[str, object]:
    return {"type": "cloze", "stem": sentence, "body": ClozeBody(sentence, (ShortAnswerBody(answer),))}


CAUGHT: list[Case] = [
    ("D-2", {"fact": QUAY, **stemmed("What would the ice do?")}),
    ("D-2", {"fact": QUAY, **stemmed("In the article, what is said about the ice?")}),
    ("D-2", {"fact": QUAY, **stemmed("What would Quay’s ice do?")}),
    ("D-2", {"fact": QUAY, **stemmed("What was said on the quayside?")}),
    ("D-2", {"fact": UNION, **stemmed("What did Quay say?")}),
    ("D-2", {"fact": DISPUTED, **stemmed("How large was the catch?")}),
    ("D-2", {"fact": make_fact(kind=FactKind.PREDICTION), **stemmed("What will the ice do?")}),
    (
        "D-2",
        {
            "fact": QUAY,
            "others": [make_claim("x", "fishers")],
            **stemmed("What belongs together?", facts=("catch-weight", "x")),
        },
    ),
    ("D-3", {"fact": QUAY, "question": {**TOLD, "explanation": "The ice would melt."}}),
    ("D-3", {"fact": UNION, "question": {"explanation": "The harbour master said so."}}),
    ("D-3", {"fact": DISPUTED, "question": {"explanation": "It was 40 tons."}}),
    (
        "D-3",
        {
            "fact": QUAY,
            "others": [make_claim("x", "fishers")],
            "question": {**TOLD, "facts": ("catch-weight", "x")},
        },
    ),
    ("D-7", stemmed("In the article, when was the regime of the harbour board set up?")),
    ("D-7", asked("the blockade", "the strike", "the fog")),
    ("D-7", {"question": {"explanation": "The article gives the terrorists as the guests of the pier."}}),
    ("D-7", stemmed("Which pier did the board call “liberated”?")),
    ("D-7", {"question": gap("In the article, the new board was ____.", "self-proclaimed")}),
    ("D-8", {"fact": QUAY, **stemmed("Why did the union leave the pier?")}),
    ("D-8", {"fact": QUAY, **stemmed("In the article, why did the union leave the pier?")}),
    ("D-8", {"fact": CAUSE, **stemmed("Why was the pier closed?")}),
    ("D-8", stemmed("Who is to blame for the frozen catch?")),
    ("D-8", stemmed("In the article, why is Quay to blame for the frozen catch?")),
    ("D-8", stemmed("According to the article, why are the fishers at fault?")),
    ("D-8", stemmed("What makes the union guilty, as the article says?")),
    ("D-8", {"fact": QUAY, **stemmed("In the article, why is the union to blame?")}),
    ("D-8", stemmed("In the article, is it true that the board broke its word?")),
    ("D-9", {"fact": QUAY, "question": {"type": "true_false", "body": TrueFalseBody(True, "So.")}}),
    ("D-9", {"fact": UNION, "question": {"type": "true_false", "body": TrueFalseBody(False, "No.", "x")}}),
    *(
        ("D-10", stemmed(f"In the article, what had the union {verb} about pay?"))
        for verb in ("claimed", "admitted", "revealed", "insisted", "Alleged")
    ),
    ("D-10", {"question": {"explanation": "Quay claims that it would melt."}}),
    ("D-12", {"fact": replace(QUAY, statement="The ice would melt in March.")}),
    ("D-12", {"fact": make_fact(speaker="harbour-master", statement="The boats landed {40 tons}.")}),
    ("D-12", {"fact": replace(QUAY, speaker="nobody-known")}),
    ("D-12", {"source": {"outlet": ""}}),
]
SPARED: list[Case] = [
    ("D-2", {"fact": QUAY, "question": TOLD}),
    ("D-2", {"fact": QUAY, **stemmed("In the article, who said that the ice would melt?")}),
    ("D-2", {"fact": QUAY, **stemmed("How does the article give this: “Ice melts”?", recipe="own-voice-or-not")}),
    ("D-2", {"fact": UNION, **stemmed("According to the fishers’ union, when was the pay late?")}),
    ("D-2", {"fact": UNION, **stemmed("Of what did the fishers accuse the board?")}),
    ("D-2", {"fact": QUAY, **stemmed("Which words did Ada Quay use for the ice?")}),
    ("D-2", {"fact": DISPUTED}),
    ("D-2", stemmed("How much did the boats land?")),
    ("D-3", {"fact": QUAY, "question": TOLD}),
    ("D-3", {"fact": UNION, "question": {"explanation": "The fishers’ union said so."}}),
    ("D-3", {"question": {"explanation": "Forty tons."}}),
    (
        "D-3",
        {
            "fact": QUAY,
            "question": {"recipe": "own-voice-or-not", "explanation": "It is the word of the harbour board."},
        },
    ),
    ("D-7", stemmed("In the article, what did Quay call “a regime” of ice?")),
    ("D-7", {"question": gap("In the article, the new board is called “____”.", "self-proclaimed")}),
    ("D-7", {"source": {"sides": ()}, **stemmed("Which temperature regime suits the blockaded larvae?")}),
    ("D-7", asked("regimen", "so", "called")),
    ("D-8", {"fact": QUAY, **stemmed("In the article, why did Quay say that the union left?")}),
    ("D-8", {"fact": CAUSE, "source": {"sides": ()}, **stemmed("In the article, why was the pier closed?")}),
    ("D-8", stemmed("Whom did Quay say who is to blame for the ice?")),
    ("D-8", {"fact": QUAY, **stemmed("What reason did Quay give for the ice?")}),
    ("D-8", {"fact": QUAY, **stemmed("Why is the union to blame, according to Quay?")}),
    ("D-8", stemmed("In the article, how many boards were responsible for the pier?")),
    ("D-9", {"question": {"type": "true_false", "body": TrueFalseBody(True, "So.")}}),
    ("D-9", {"fact": QUAY, "question": TOLD}),
    ("D-10", stemmed("Which word, “claimed” or “said”, does the article use?")),
    ("D-10", stemmed("In the article, what lay on the reclaimed land?")),
    ("D-10", stemmed("In the article, which claims did the union drop?")),
    ("D-12", {"fact": QUAY}),
    ("D-12", {"fact": make_fact(speaker="fishers", statement="The fishers’ union put it at {40 tons}.")}),
    ("D-12", {"fact": make_fact(value=None, ask="", value_of="", relation="", statement="Ice.", kind="event")}),
    ("D-12", {"question": {"body": choice("a", "b", "c")}}),
]
