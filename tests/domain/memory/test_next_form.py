import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.memory.next_form import Candidate, Form, form_of, next_form
from quizapp.domain.memory.scheduling import NEW, Memory
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES

CARD = Candidate(None, Form.CARD)
CHOICE, CLOZE, TYPED = Candidate(1, Form.RECOGNISE), Candidate(2, Form.COMPLETE), Candidate(3, Form.PRODUCE)
EVERY = (CARD, CHOICE, CLOZE, TYPED)


def memory(stability: float) -> Memory:
    return Memory(stability=stability, difficulty=5, last_day=1, due_day=2)


FORMS = {"cloze": Form.COMPLETE, "short_answer": Form.PRODUCE, "numeric": Form.PRODUCE}


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_every_question_type_has_a_form_that_follows_from_it(name):
    assert form_of(QUESTION_TYPES[name]) is FORMS.get(name, Form.RECOGNISE)


def test_a_fact_is_met_as_a_card_first():
    assert next_form(EVERY, NEW, None, 1) == CARD


@pytest.mark.parametrize(
    ("stability", "form"), [(1, Form.RECOGNISE), (6.9, Form.RECOGNISE), (7, Form.COMPLETE), (30, Form.PRODUCE)]
)
def test_forms_grow_harder_as_memory_grows(stability, form):
    assert next_form(EVERY, memory(stability), CARD, 1).form is form


def test_what_was_asked_last_does_not_come_twice_running():
    assert next_form(EVERY, memory(2), CHOICE, 1) == CARD
    assert next_form([CHOICE, Candidate(4, Form.RECOGNISE)], memory(2), CHOICE, 1).question_id == 4


def test_the_only_way_to_ask_comes_again():
    assert next_form([CHOICE], memory(2), CHOICE, 1) == CHOICE


def test_where_the_fitting_form_is_missing_a_harder_one_comes():
    assert next_form([CHOICE, TYPED], memory(10), None, 1) == TYPED


def test_of_two_ways_the_one_asked_less_often_comes():
    often = Candidate(5, Form.RECOGNISE, times=3)
    assert next_form([often, Candidate(6, Form.RECOGNISE, times=1)], memory(2), None, 1).question_id == 6


def test_who_wants_cards_only_gets_cards_wherever_there_are_any():
    assert next_form(EVERY, memory(40), CARD, 1, cards_only=True) == CARD
    assert next_form([CHOICE], memory(40), CARD, 1, cards_only=True) == CHOICE


def test_there_may_be_no_way_to_ask():
    assert next_form([], NEW, None, 1) is None


@given(
    st.lists(st.builds(Candidate, st.integers(1, 9), st.sampled_from(list(Form)), st.integers(0, 5)), min_size=1),
    st.floats(0.1, 99),
    st.integers(),
)
def test_the_choice_follows_from_its_seed_and_is_one_of_the_ways(candidates, stability, seed):
    chosen = next_form(candidates, memory(stability), candidates[0], seed)
    assert chosen in candidates
    again = next_form(list(reversed(candidates)), memory(stability), candidates[0], seed)
    assert (chosen.question_id, chosen.form) == (again.question_id, again.form)
