"""A question of ours as other programs know it."""

from collections.abc import Callable
from typing import Any

from quizapp.domain.questions.bank_formats.exchange.bodies import MADE_UP_REASONS
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, Head, Item
from quizapp.domain.questions.bank_formats.exchange.made import RECIPE, made_up_statement
from quizapp.domain.questions.bank_formats.exchange.pool import Pool
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.cloze import ClozeBody
from quizapp.domain.questions.question_types.matching import MatchingBody
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.ordering import OrderingBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody

GRID = (
    100,
    90,
    83.33333,
    80,
    75,
    70,
    66.66667,
    60,
    50,
    40,
    33.33333,
    30,
    25,
    20,
    16.66667,
    14.28571,
    12.5,
    11.11111,
    10,
    5,
)
"""The only shares of the marks, in percent, that Moodle takes; and their negatives."""


def item_of(question: Question, pool: Pool) -> Item:
    """Return what other programs can hold of a question, all of it in their terms.

    Sentences that an import made up, where its file said nothing, stay here: importing makes them again.
    """
    body = _BODIES[question.type](question.body)
    return Item(
        type=question.type,
        name=question.id,
        stem=body.pop("stem", question.stem),
        feedback="" if question.explanation == made_up_statement(question) else question.explanation,
        topic=pool.topic(question.topic).label,
        **body,
    )


def head_of(question: Question, pool: Pool) -> Head:
    """Return what a table has columns for, without what an import made up of the fact."""
    fact = pool.facts[question.fact]
    statement = "" if fact.text == made_up_statement(question) else fact.text
    paragraphs = () if question.recipe == RECIPE and fact.paragraphs == (1,) else fact.paragraphs
    speaker = pool.speaker(question.speaker).name if question.speaker else ""
    return Head(statement, paragraphs, speaker, question.status.value)


def nearest_share(share: float) -> float:
    """Return the share of the grid that is nearest."""
    size = min(GRID, key=lambda one: abs(one - abs(share)))
    return size if share > 0 else -size


def _single(body: SingleChoiceBody) -> dict[str, Any]:
    answers = [_wrong(one) for one in body.distractors]
    answers.insert(body.rank, Answer(body.key, RIGHT))
    return {"answers": tuple(answers), "in_order": body.in_order}


def _multiple(body: MultipleChoiceBody) -> dict[str, Any]:
    """Ticking a wrong one costs as much as here, so that both programs give the same score."""
    gain, cost = nearest_share(RIGHT / len(body.keys)), nearest_share(-RIGHT / len(body.distractors))
    right = (Answer(key, gain) for key in body.keys)
    return {"answers": (*right, *(Answer(one.text, cost, _told(one.reason)) for one in body.distractors))}


def _true_false(body: TrueFalseBody) -> dict[str, Any]:
    shares = {True: RIGHT, False: 0.0}
    return {
        "answers": tuple(
            Answer(word, shares[body.is_true is value], "" if body.is_true is value else _told(body.reason))
            for value, word in ((True, "true"), (False, "false"))
        )
    }


def _numeric(body: NumericBody) -> dict[str, Any]:
    near = (Answer(one.number, 0.0, one.reason) for one in body.near)
    return {"answers": (Answer(body.number, RIGHT, tolerance=body.tolerance), *near), "unit": body.unit}


def _typed(body: ShortAnswerBody) -> tuple[Answer, ...]:
    right = (Answer(text, RIGHT) for text in (body.answer, *body.accepted))
    return (*right, *(_wrong(one) for one in body.others))


def _short(body: ShortAnswerBody) -> dict[str, Any]:
    return {"answers": _typed(body)}


def _cloze(body: ClozeBody) -> dict[str, Any]:
    return {"stem": body.sentence, "gaps": tuple(_typed(gap) for gap in body.gaps)}


def _matching(body: MatchingBody) -> dict[str, Any]:
    pairs = ((pair.left, pair.right) for pair in body.pairs)
    return {"pairs": (*pairs, *(("", extra.text) for extra in body.extras))}


def _ordering(body: OrderingBody) -> dict[str, Any]:
    return {"answers": tuple(Answer(one.text, RIGHT) for one in body.items)}


def _wrong(one: Distractor) -> Answer:
    return Answer(one.text, 0.0, _told(one.reason))


def _told(reason: str) -> str:
    return "" if reason in MADE_UP_REASONS else reason


_BODIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
}
