from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.questions.bank_lint.guess_check import MANY_QUESTIONS, GuessRow, guess_check
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import make_bank, make_fact, make_question
from tests.linting import choice


def holding(*bodies, stem="Which?", kind="single_choice"):
    questions = tuple(make_question(id=f"q{n}", stem=stem, type=kind, body=body) for n, body in enumerate(bodies))
    return replace(make_bank([make_fact()]), questions=questions)


def row(habit, bank):
    return next(row for row in guess_check(bank) if row.habit == habit)


@pytest.mark.parametrize(
    ("habit", "body", "score"),
    [
        ("longest", choice("a long one", "short", "brief"), 1),
        ("longest", choice("short", "a long one", "brief"), 0),
        ("longest", choice("alike", "aloud", "me"), 0.5),
        ("shortest", choice("me", "alike", "aloud"), 1),
        ("middle number", choice("20 tons", "5 tons", "60 tons"), 1),
        ("middle number", choice("5 tons", "6 tons", "60 tons", "70 tons"), 0),
        ("middle number", choice("6 tons", "5 tons", "60 tons", "70 tons"), 0.5),
        ("middle number", choice("1866", "1817", "1903"), 1),
        ("most common type", choice("Oslo", "Riga", "a pier"), 0.5),
        ("most common type", choice("“ice”", "a pier", "a boat"), 0),
        ("commonest key", choice("Oslo", "Riga", "Lund"), 1),
    ],
)
def test_a_habit_scores_what_it_would_draw(habit, body, score):
    found = row(habit, holding(body))
    assert (found.questions, found.score) == (1, score)
    assert found.chance == pytest.approx(1 / (len(body.distractors) + 1))


def test_a_word_of_the_stem_draws_to_the_option_that_has_it():
    bank = holding(choice("the cod", "the eel", "the ice"), stem="What did the cod boats land?")
    assert row("shares a word with the stem", holding(*[one.body for one in bank.questions])).questions == 0
    bank = holding(choice("the northern pier", "the quay", "the bay"), stem="Which northern place froze?")
    assert row("shares a word with the stem", bank).score == 1


def test_where_a_habit_tells_nothing_apart_it_does_not_count():
    bank = holding(choice("cod", "eel", "ice"))
    assert row("longest", bank).questions == row("middle number", bank).questions == 0
    assert not row("longest", bank).gives_away


def test_the_first_as_shown_is_first_in_every_attempt_only_where_the_order_is_fixed():
    fixed = holding(*(choice("1 ton", "2 tons", "3 tons", in_order=True) for _ in range(20)))
    shuffled = holding(*(choice("cod", "eel", "ice") for _ in range(60)))
    assert row("first as shown", fixed).score == 1
    assert 0.2 < row("first as shown", shuffled).score < 0.5


def test_judging_every_statement_alike_pays_where_most_are_alike():
    bodies = [TrueFalseBody(n > 2, "So.") for n in range(20)]
    found = row("true, or false, always", holding(*bodies, kind="true_false"))
    assert (found.score, found.chance, found.gives_away) == (0.85, 0.5, True)
    even = [TrueFalseBody(n % 2 == 0, "So.") for n in range(20)]
    assert not row("true, or false, always", holding(*even, kind="true_false")).gives_away


@pytest.mark.parametrize(
    ("questions", "score", "low", "high", "gives_away"),
    [
        (MANY_QUESTIONS, 0.34, 0.26, 0.42, False),
        (MANY_QUESTIONS, 0.36, 0.28, 0.44, True),
        (MANY_QUESTIONS, 0.14, 0.1, 0.2, True),
        (40, 0.36, 0.23, 0.51, False),
        (40, 0.5, 0.35, 0.65, True),
        (40, 0.05, 0.01, 0.17, True),
        (0, 0.0, 0.0, 1.0, False),
    ],
)
def test_many_questions_stay_within_ten_points_of_chance_and_few_within_their_interval(
    questions, score, low, high, gives_away
):
    assert GuessRow("longest", questions, score, 0.25, low, high).gives_away is gives_away


@given(st.lists(st.lists(st.text("abc ", min_size=1, max_size=9), min_size=3, max_size=6, unique=True), max_size=12))
def test_scores_and_chances_are_shares_whatever_the_options(options):
    bank = holding(*(choice(*texts) for texts in options))
    for one in guess_check(bank):
        assert 0 <= one.low <= one.score <= one.high <= 1
        assert 0 <= one.chance < 1
        assert one.questions <= len(options)


def test_the_check_says_the_same_every_time():
    bank = make_bank()
    assert guess_check(bank) == guess_check(bank)
