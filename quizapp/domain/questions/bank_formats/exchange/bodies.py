"""What a question of another program asks for, as the body of one of our types; what has no place is a remark."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Any

from quizapp.domain.facts.spelling import folded_words
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, CannotAsk, Item
from quizapp.domain.questions.question_types.cloze import ClozeBody
from quizapp.domain.questions.question_types.matching import MatchingBody, Pair
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.ordering import OrderedItem, OrderingBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody, is_accepted
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody

NO_REASON = "The file gives no reason why this is wrong."
NO_REASON_TYPED = "The file counts this as wrong and gives no reason."
NO_REASON_TRUTH = "The file gives no reason."
NO_PARTNER = "Nothing on the left goes with this."
MADE_UP_REASONS = frozenset({NO_REASON, NO_REASON_TYPED, NO_REASON_TRUTH})
"""What is said where a file says nothing: no other program is told, and reading what it keeps makes it again."""
ANYTHING = "*"
PARTLY_RIGHT = "Answers worth only a part of the marks count as wrong here."
MOST_ANSWERS = 200
TOO_MANY_ANSWERS = f"it has more than {MOST_ANSWERS} answers."
_ABOUT = 0.01
_STAR = re.compile(r"(?<!\\)\*")
_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")
_TRUTHS = {"true": True, "t": True, "false": False, "f": False}

Body = tuple[str, Any]
"""The name of a type, and a body of it."""


def body_of(item: Item, remarks: list[str]) -> Body:
    """Return the type and body that a question has here; what was left aside goes into `remarks`. Raises CannotAsk."""
    if max(len(item.answers), len(item.pairs), len(item.gaps), *map(len, item.gaps), 0) > MOST_ANSWERS:
        raise CannotAsk(TOO_MANY_ANSWERS)
    return _BODIES[item.type](item, remarks)


def plain_number(text: str) -> str:
    """Write a number from outside as our bodies do. Raises CannotAsk for what is none, or has too many digits."""
    found = _PLAIN_NUMBER.fullmatch(text.strip().replace("−", "-"))
    try:
        number = Decimal(found[0]) if found else None
    except InvalidOperation:
        number = None
    if number is None:
        raise CannotAsk(f"“{text.strip()[:40]}” is not a number that can be read without guessing.")
    return f"{number:f}"


def _single(item: Item, remarks: list[str]) -> Body:
    right = [one for one in item.answers if one.share >= RIGHT - _ABOUT]
    if not right:
        raise CannotAsk("no answer is marked as right.")
    if len(right) > 1:
        raise CannotAsk("several answers are marked as right, and only one can be chosen.")
    if any(_ABOUT < one.share < RIGHT - _ABOUT for one in item.answers):
        remarks.append(PARTLY_RIGHT)
    truths = [_TRUTHS.get(one.text.strip().casefold()) for one in item.answers]
    if len(truths) == 2 and set(truths) == {True, False}:
        return _true_false(item, remarks)
    wrong = tuple(_wrong(one, NO_REASON) for one in item.answers if one is not right[0])
    return "single_choice", SingleChoiceBody(right[0].text, wrong, item.in_order, item.answers.index(right[0]))


def _multiple(item: Item, remarks: list[str]) -> Body:
    right = [one for one in item.answers if one.share > _ABOUT]
    wrong = tuple(_wrong(one, NO_REASON) for one in item.answers if one.share <= _ABOUT)
    if not right:
        raise CannotAsk("no answer is marked as right.")
    if not wrong:
        raise CannotAsk("no answer is marked as wrong.")
    shares = [one.share for one in right]
    if abs(sum(shares) - RIGHT) > 1 or max(shares) - min(shares) > _ABOUT:
        remarks.append(
            "Its right answers were worth different parts of the marks, or not 100 % together; here each counts alike."
        )
    if len(right) == 1:
        remarks.append("Several answers could be ticked, but one is right: it is a single choice here.")
        return "single_choice", SingleChoiceBody(right[0].text, wrong, item.in_order, item.answers.index(right[0]))
    return "multiple_choice", MultipleChoiceBody(tuple(one.text for one in right), wrong)


def _true_false(item: Item, remarks: list[str]) -> Body:
    right = [one for one in item.answers if one.share >= RIGHT - _ABOUT]
    truth = _TRUTHS.get(right[0].text.strip().casefold()) if len(right) == 1 else None
    if truth is None:
        raise CannotAsk("it does not say whether the statement is true or false.")
    wrong = next((one.feedback for one in item.answers if one is not right[0] and one.feedback), "")
    return "true_false", TrueFalseBody(truth, wrong or right[0].feedback or item.feedback or NO_REASON_TRUTH)


def _numeric(item: Item, remarks: list[str]) -> Body:
    right = [one for one in item.answers if one.share >= RIGHT - _ABOUT and one.text.strip() != ANYTHING]
    if not right:
        raise CannotAsk("no number is marked as right.")
    numbers = {(Decimal(plain_number(one.text)), Decimal(plain_number(one.tolerance or "0"))) for one in right}
    if len(numbers) > 1:
        raise CannotAsk("several numbers are marked as right, and one can be asked for.")
    if any(one.share < RIGHT - _ABOUT or one.text.strip() == ANYTHING for one in item.answers):
        remarks.append("Other numbers, with what was said about them, were left aside.")
    number, tolerance = plain_number(right[0].text), plain_number(right[0].tolerance or "0")
    return "numeric", NumericBody(number, item.unit, tolerance=tolerance)


def _short(item: Item, remarks: list[str]) -> Body:
    return "short_answer", _typed(item.answers, remarks)


def _cloze(item: Item, remarks: list[str]) -> Body:
    return "cloze", ClozeBody(item.stem, tuple(_typed(gap, remarks) for gap in item.gaps))


def _typed(answers: Sequence[Answer], remarks: list[str]) -> ShortAnswerBody:
    patterns = [one for one in answers if _STAR.search(one.text)]
    if patterns:
        remarks.append("Answers with the wildcard * were left aside.")
    plain = [(one.text.replace(r"\*", "*"), one) for one in answers if one not in patterns]
    right = [text for text, one in plain if one.share >= RIGHT - _ABOUT]
    if not right:
        raise CannotAsk("no answer is marked as right.")
    if any(_ABOUT < one.share < RIGHT - _ABOUT for _, one in plain):
        remarks.append(PARTLY_RIGHT)
    body = ShortAnswerBody(right[0], tuple(right[1:]))
    wrong = [(text, one) for text, one in plain if one.share < RIGHT - _ABOUT]
    kept = [(text, one) for text, one in wrong if folded_words(text) and not is_accepted(text, body)]
    if len(kept) < len(wrong):
        remarks.append("A wrong answer that could not be told from a right one was left aside.")
    others = tuple(Distractor(text, one.feedback or NO_REASON_TYPED) for text, one in kept)
    return ShortAnswerBody(body.answer, body.accepted, others)


def _matching(item: Item, remarks: list[str]) -> Body:
    pairs = tuple(Pair(left, right) for left, right in item.pairs if left)
    extras = tuple(Distractor(right, NO_PARTNER) for left, right in item.pairs if not left)
    return "matching", MatchingBody(pairs, extras)


def _ordering(item: Item, remarks: list[str]) -> Body:
    items = tuple(OrderedItem(one.text) for one in item.answers)
    return "ordering", OrderingBody(items, tuple(combinations(range(len(items)), 2)))


def _wrong(one: Answer, no_reason: str) -> Distractor:
    return Distractor(one.text, one.feedback or no_reason)


_BODIES: dict[str, Callable[[Item, list[str]], Body]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
}
