"""A bank whose every answer, reason, explanation, statement and note holds a word that stands nowhere else."""

from dataclasses import replace

from quizapp.domain.facts.fact import Fact, FactKind, Status
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.cloze import ClozeBody
from quizapp.domain.questions.question_types.matching import MatchingBody, Pair
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.ordering import OrderedItem, OrderingBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import make_bank, make_fact, make_question

NAME = "canaries"
NUMBER = "7351973"
KINDS_OF_FACT = frozenset({"value", "statement", "note"})
"""What the retold article and the cards are made of."""
KINDS_OF_QUESTION = frozenset({"key", "accepted", "reason", "explanation"})
"""What is told of a question once it was answered, and of nothing else."""


def canary(kind: str, type_name: str, number: int = 1) -> str:
    """Return the word of one kind of text of the question of one type."""
    if (kind, type_name) == ("key", "numeric"):
        return NUMBER
    return f"canary{kind}of{type_name.replace('_', '')}{'abc'[number - 1]}"


def found_in(text: str, kinds: frozenset[str] = KINDS_OF_FACT | KINDS_OF_QUESTION) -> set[str]:
    """Return the canaries of these kinds that stand in a text, in whatever case."""
    low = text.lower()
    return {word for kind, _, word in ALL if kind in kinds and word.lower() in low}


def of_type(type_name: str) -> set[str]:
    """Return every canary of one question and its fact."""
    return {word for _, name, word in ALL if name == type_name}


def canary_bank(name: str = NAME) -> Bank:
    """Make the bank: one question of each type on a fact of its own."""
    facts = [_fact(type_name) for type_name in BODIES]
    questions = [
        make_question(
            id=f"fact-{type_name}.ask",
            type=type_name,
            stem=body.sentence if isinstance(body, ClozeBody) else f"What is asked by {type_name}?",
            body=body,
            explanation=f"It is so: {canary('explanation', type_name)}.",
            facts=(f"fact-{type_name}",),
            recipe="ask",
        )
        for type_name, body in BODIES.items()
    ]
    return replace(make_bank(facts, name), title=f"Bank of {name}", questions=tuple(questions))


def _fact(type_name: str) -> Fact:
    return make_fact(
        f"fact-{type_name}",
        kind=FactKind.EVENT,
        status=Status.DISPUTED,  # then its note stands on the card too
        value_text=canary("value", type_name),
        statement=f"The article says {{{canary('value', type_name)}}} and {canary('statement', type_name)}.",
        ask=f"what does the article say of {type_name}?",
        value_of=f"what it says of {type_name}",
        relation=f"thing of {type_name}",
        note=f"Others deny it: {canary('note', type_name)}.",
    )


def _wrong(type_name: str, *texts: str) -> tuple[Distractor, ...]:
    return tuple(
        Distractor(text, f"No: {canary('reason', type_name, number)}.") for number, text in enumerate(texts, 1)
    )


BODIES = {
    "single_choice": SingleChoiceBody("a pike", _wrong("single_choice", "a perch", "a roach", "a bream")),
    "multiple_choice": MultipleChoiceBody(
        ("a barge", "a punt"), _wrong("multiple_choice", "a gull", "a tern", "a skua")
    ),
    "true_false": TrueFalseBody(False, f"No: {canary('reason', 'true_false')}."),
    "numeric": NumericBody(NUMBER),
    "short_answer": ShortAnswerBody(
        canary("key", "short_answer"),
        (canary("accepted", "short_answer"),),
        _wrong("short_answer", canary("accepted", "short_answer", 2)),
    ),
    "cloze": ClozeBody(
        "The ____ came before the ____.",
        (
            ShortAnswerBody(canary("key", "cloze"), (canary("accepted", "cloze"),), _wrong("cloze", "barrel")),
            ShortAnswerBody(canary("key", "cloze", 2)),
        ),
    ),
    "matching": MatchingBody(
        (Pair("north", "red"), Pair("south", "green"), Pair("east", "blue")), _wrong("matching", "white")
    ),
    "ordering": OrderingBody(
        (OrderedItem("the flood"), OrderedItem("the fire"), OrderedItem("the frost")), ((0, 1), (0, 2), (1, 2))
    ),
}
_TYPED = {"numeric": 1, "short_answer": 1, "cloze": 2}
_REASONS = {"single_choice": 3, "multiple_choice": 3, "true_false": 1, "short_answer": 1, "cloze": 1, "matching": 1}
_ACCEPTED = {"short_answer": 2, "cloze": 1}
ALL: list[tuple[str, str, str]] = [
    *((kind, name, canary(kind, name)) for kind in ("value", "statement", "note", "explanation") for name in BODIES),
    *(("key", name, canary("key", name, number + 1)) for name, count in _TYPED.items() for number in range(count)),
    *(
        ("reason", name, canary("reason", name, number + 1))
        for name, count in _REASONS.items()
        for number in range(count)
    ),
    *(
        ("accepted", name, canary("accepted", name, number + 1))
        for name, count in _ACCEPTED.items()
        for number in range(count)
    ),
]
"""Kind, type of question and word of each canary."""
