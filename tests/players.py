"""Who knows the answers: what to post to answer a question rightly, partly or wrongly, whatever its type."""

from collections.abc import Callable
from typing import Any

from quizapp.domain.questions.question_types.question_type import Given
from quizapp.services.quizzes import AskedQuestion

Form = dict[str, str]
WRONG_NUMBER = "123456"
WRONG_WORDS = "something else altogether"


def response_to(asked: AskedQuestion, right: bool = True) -> Form:
    """Return the form fields that score 1, or 0."""
    return _checked(asked, _FORMS[asked.snapshot.question.type](asked, right), {1.0} if right else {0.0})


def partial_response_to(asked: AskedQuestion) -> Form | None:
    """Return the form fields that score something between; None where an answer is right or wrong and nothing else."""
    part = _PARTS.get(asked.snapshot.question.type)
    form = part(asked) if part else None
    return None if form is None else _checked(asked, form, None)


def _checked(asked: AskedQuestion, form: Form, scores: set[float] | None) -> Form:
    reading = asked.read(form)
    assert isinstance(reading, Given), f"{asked.snapshot.question.id}: {reading}"
    score = asked.snapshot.grade(reading.response).score
    assert score in scores if scores else 0 < score < 1, f"{asked.snapshot.question.id}: {score}"
    return form


def _choice(asked: AskedQuestion, right: bool) -> Form:
    shown = asked.presented()
    return {"response": str(next(one.place for one in shown if (one.index == 0) == right))}


def _true_false(asked: AskedQuestion, right: bool) -> Form:
    return {"response": str(asked.snapshot.question.body.is_true == right).lower()}


def _numeric(asked: AskedQuestion, right: bool) -> Form:
    return {"response": str(asked.snapshot.question.body.number) if right else WRONG_NUMBER}


def _short_answer(asked: AskedQuestion, right: bool) -> Form:
    return {"response": asked.snapshot.question.body.answer if right else WRONG_WORDS}


def _cloze(asked: AskedQuestion, right: bool) -> Form:
    gaps = asked.snapshot.question.body.gaps
    return {f"response-{place}": gap.answer if right else WRONG_WORDS for place, gap in enumerate(gaps, 1)}


def _ticks(asked: AskedQuestion, right: bool) -> Form:
    """Tick what is right, or all."""
    keys = len(asked.snapshot.question.body.keys)
    return {f"response-{one.place}": "yes" for one in asked.presented() if not right or one.index < keys}


def _matching(asked: AskedQuestion, right: bool) -> Form:
    """Match each row with its partner, or with the next row's."""
    shown = asked.presented()
    place_of = {choice.index: str(choice.place) for choice in shown.choices}
    move = 0 if right else 1
    return {f"response-{row.place}": place_of[(row.index + move) % len(shown.rows)] for row in shown.rows}


def _ordering(asked: AskedQuestion, right: bool) -> Form:
    """Put the items in order, or the other way round."""
    shown = asked.presented()
    return {f"response-{row.place}": str(row.index + 1 if right else len(shown) - row.index) for row in shown}


_FORMS: dict[str, Callable[[AskedQuestion, bool], Form]] = {
    "single_choice": _choice,
    "multiple_choice": _ticks,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short_answer,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
}


def _part_of_the_ticks(asked: AskedQuestion) -> Form:
    return dict(list(_ticks(asked, True).items())[:1])


def _part_of_the_gaps(asked: AskedQuestion) -> Form | None:
    form = _cloze(asked, True)
    return form | {"response-1": WRONG_WORDS} if len(form) > 1 else None


def _part_of_the_rows(asked: AskedQuestion) -> Form:
    """Match one row rightly, the others not; leave one open if there are three or more."""
    right, wrong = _matching(asked, True), _matching(asked, False)
    first, *others = right
    return {first: right[first]} | {name: wrong[name] for name in others[:-1]}


def _part_of_the_order(asked: AskedQuestion) -> Form:
    """Swap the last two that have a fixed order."""
    body: Any = asked.snapshot.question.body
    one, other = next(pair for pair in reversed(body.fixed) if pair[1] == pair[0] + 1)
    places = {one: other + 1, other: one + 1}
    return {f"response-{row.place}": str(places.get(row.index, row.index + 1)) for row in asked.presented()}


_PARTS: dict[str, Callable[[AskedQuestion], Form | None]] = {
    "multiple_choice": _part_of_the_ticks,
    "cloze": _part_of_the_gaps,
    "matching": _part_of_the_rows,
    "ordering": _part_of_the_order,
}


def mixing_response_to(asked: AskedQuestion) -> Form | None:
    """Return the form fields that take one fact for another; None where no wrong choice was borrowed from a fact."""
    if asked.snapshot.question.type == "single_choice":
        facts = (None, *asked.snapshot.question.distractor_facts)
        return next(({"response": str(one.place)} for one in asked.presented() if facts[one.index]), None)
    if asked.snapshot.question.type == "true_false" and asked.snapshot.question.body.fact:
        return _true_false(asked, right=False)
    return None
