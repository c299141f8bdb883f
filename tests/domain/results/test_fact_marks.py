import pytest

from quizapp.domain.questions.snapshots import Snapshot
from quizapp.domain.results.fact_marks import AskedOnce, FactMark, marks_of
from tests.factories import make_fact, make_question, make_source


def asked(*facts, score, followed=False, tapped=""):
    question = make_question(facts=facts)
    snapshot = Snapshot(question, {fact: make_fact(fact) for fact in facts}, make_source())
    return AskedOnce(snapshot, score, followed, tapped)


@pytest.mark.parametrize(
    ("score", "mark"),
    [(1.0, FactMark.RIGHT), (0.0, FactMark.MISSED), (0.5, FactMark.PARTLY), (None, FactMark.OMITTED)],
)
def test_a_fact_asked_once_is_right_only_with_full_credit(score, mark):
    assert marks_of([asked("a", score=score)]) == {"a": mark}


@pytest.mark.parametrize(
    ("scores", "mark"),
    [
        ((1.0, 0.0), FactMark.MISSED),
        ((0.0, 1.0), FactMark.MISSED),
        ((None, 0.0), FactMark.MISSED),
        ((0.5, 0.0), FactMark.MISSED),
        ((0.5, 1.0), FactMark.PARTLY),
        ((1.0, 0.5), FactMark.PARTLY),
    ],
)
def test_of_several_questions_on_a_fact_the_worst_counts(scores, mark):
    assert marks_of(asked("a", score=score) for score in scores) == {"a": mark}


@pytest.mark.parametrize("scores", [(1.0, None), (None, 1.0)])
def test_an_omitted_question_does_not_spoil_one_that_was_right(scores):
    assert marks_of(asked("a", score=score) for score in scores) == {"a": FactMark.RIGHT}


def test_a_question_on_several_facts_marks_all_of_them():
    assert marks_of([asked("a", "b", score=0.0), asked("c", score=1.0)]) == {
        "a": FactMark.MISSED,
        "b": FactMark.MISSED,
        "c": FactMark.RIGHT,
    }


@pytest.mark.parametrize(
    ("first", "later", "mark"),
    [
        (0.0, [1.0], FactMark.MENDED),
        (None, [1.0], FactMark.MENDED),
        (0.0, [1.0, 1.0], FactMark.MENDED),
        (0.0, [1.0, 0.0], FactMark.MISSED),
        (0.0, [0.0, 1.0], FactMark.MENDED),
        (0.0, [None], FactMark.MISSED),
        (0.5, [1.0], FactMark.MENDED),
        (0.0, [0.5], FactMark.PARTLY),
        (1.0, [1.0], FactMark.RIGHT),
        (1.0, [0.0], FactMark.MISSED),
    ],
)
def test_what_is_asked_afterwards_mends_or_spoils(first, later, mark):
    followed = [asked("a", score=score, followed=True) for score in later]
    assert marks_of([asked("a", score=first), *followed]) == {"a": mark}


@pytest.mark.parametrize(("score", "mark"), [(1.0, FactMark.RIGHT), (0.0, FactMark.MISSED)])
def test_of_a_fact_first_asked_afterwards_the_response_counts(score, mark):
    assert marks_of([asked("b", score=1.0), asked("a", score=score, followed=True)])["a"] is mark


@pytest.mark.parametrize("score", [0.5, 0.0])
def test_a_later_question_on_several_facts_spoils_only_the_one_that_was_tapped(score):
    before = [asked(fact, score=1.0) for fact in "ab"]
    later = asked("a", "b", "c", score=score, followed=True, tapped="a")
    mark = FactMark.PARTLY if score else FactMark.MISSED
    assert marks_of([*before, later]) == {"a": mark, "b": FactMark.RIGHT, "c": mark}
    untapped = asked("a", "b", score=score, followed=True)
    assert marks_of([*before, untapped]) == {"a": FactMark.RIGHT, "b": FactMark.RIGHT}


def test_a_later_question_on_several_facts_does_not_spoil_what_was_mended():
    mended = [asked("b", score=0.0), asked("b", score=1.0, followed=True)]
    later = asked("a", "b", score=0.5, followed=True, tapped="a")
    assert marks_of([*mended, later])["b"] is FactMark.MENDED


def test_nothing_asked_marks_nothing():
    assert marks_of([]) == {}
