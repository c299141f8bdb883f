import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.results.quiz_drawing import LENGTHS, MAX_LENGTH, Drawable, about_minutes, draw, option_order
from quizapp.domain.seeded_order import MAX_SEED

SEEDS = st.integers(0, MAX_SEED)
LENGTH = st.none() | st.integers(0, 60)
QUESTIONS = st.dictionaries(st.integers(1, 10_000), st.integers(1, 15), max_size=40).map(
    lambda facts: [Drawable(question, fact) for question, fact in facts.items()]
)


@given(QUESTIONS, LENGTH, SEEDS)
def test_as_many_as_wanted_are_drawn_and_none_twice(questions, length, seed):
    drawn = draw(questions, length, seed)
    assert len(drawn) == len(set(drawn)) == min(len(questions), len(questions) if length is None else length)
    assert set(drawn) <= {one.question_id for one in questions}


@given(QUESTIONS, LENGTH, SEEDS)
def test_no_fact_is_asked_twice_before_every_fact_was_asked_once(questions, length, seed):
    fact_of = {one.question_id: one.fact_id for one in questions}
    asked = [fact_of[question] for question in draw(questions, length, seed)]
    first_round = asked[: len(set(fact_of.values()))]
    assert len(first_round) == len(set(first_round))


@given(QUESTIONS, LENGTH, SEEDS)
def test_the_same_seed_draws_the_same_however_the_questions_are_listed(questions, length, seed):
    assert draw(questions, length, seed) == draw(questions[::-1], length, seed)


@given(QUESTIONS, st.integers(0, 30), SEEDS)
def test_a_shorter_quiz_is_the_beginning_of_a_longer_one(questions, length, seed):
    assert draw(questions, None, seed)[:length] == draw(questions, length, seed)


@given(QUESTIONS, SEEDS)
def test_a_new_question_on_a_new_fact_leaves_the_order_of_the_others_alone(questions, seed):
    before = draw(questions, None, seed)
    facts = [one.fact_id for one in questions]
    if len(facts) == len(set(facts)):
        after = draw([*questions, Drawable(20_000, 99)], None, seed)
        assert [one for one in after if one != 20_000] == before


def test_different_seeds_draw_differently():
    questions = [Drawable(number, number) for number in range(20)]
    assert len({tuple(draw(questions, 5, seed)) for seed in range(20)}) == 20


def test_every_question_has_about_the_same_chance():
    questions = [Drawable(number, number) for number in range(10)]
    drawn = [one for seed in range(400) for one in draw(questions, 5, seed)]
    assert all(160 < drawn.count(number) < 240 for number in range(10))


def test_an_attempt_never_grows_beyond_bounds():
    questions = [Drawable(number, number) for number in range(MAX_LENGTH + 10)]
    assert len(draw(questions, None, 1)) == len(draw(questions, MAX_LENGTH + 5, 1)) == MAX_LENGTH


def test_nothing_is_drawn_from_nothing():
    assert draw([], 10, 1) == []


def test_the_options_of_two_questions_have_orders_of_their_own():
    assert len({tuple(option_order(1, question).of("abcdef")) for question in range(20)}) > 15


@pytest.mark.parametrize(("length", "minutes"), [(1, 1), (5, 2), (10, 4), (20, 8)])
def test_the_time_is_told_in_whole_minutes(length, minutes):
    assert about_minutes(length) == minutes


def test_the_offered_lengths_grow():
    assert list(LENGTHS) == sorted(set(LENGTHS))
