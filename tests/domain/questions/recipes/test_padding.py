from collections import Counter

import pytest

from quizapp.domain.questions.recipes.padding import MOST_ON_ONE_FACT, without_padding
from quizapp.domain.questions.recipes.recipe import Angle
from tests.factories import make_bank, make_question

ANGLES = {
    "type": Angle.RECALL,
    "choose": Angle.VALUE,
    "own-voice": Angle.VOICE,
    "who": Angle.VOICE,
    "judge": Angle.REVERSE,
    "turn": Angle.REVERSE,
    "match": Angle.TOGETHER,
    "list": Angle.TOGETHER,
}


def asked(*recipes, fact="catch"):
    made = [make_question(id=f"{fact}.{recipe}", recipe=recipe, facts=(fact,)) for recipe in recipes]
    return [question.recipe for question in without_padding(made, ANGLES)]


def test_one_question_from_each_angle_stays():
    assert asked("type", "choose", "who") == ["type", "choose", "who"]


def test_of_two_voices_the_earlier_recipe_stays():
    assert asked("who", "own-voice", "type") == ["own-voice", "type"]


@pytest.mark.parametrize("last", ["judge", "turn"])
def test_a_fourth_form_goes(last):
    assert asked(last, "who", "choose", "type") == ["who", "choose", "type"]


def test_which_of_two_that_turn_a_fact_round_stays_is_drawn():
    stayed = Counter(asked("judge", "turn", fact=f"catch-{n}")[0] for n in range(100))
    assert all(30 <= count <= 70 for count in stayed.values())


def test_questions_on_several_facts_all_stay():
    assert asked("type", "choose", "who", "match", "list") == ["type", "choose", "who", "match", "list"]


def test_facts_do_not_stand_in_one_anothers_way():
    made = [make_question(id=f"{fact}.type", recipe="type", facts=(fact,)) for fact in ("a", "b")]
    assert without_padding(made, ANGLES) == made


def test_no_fact_of_a_bank_is_asked_more_often():
    counts = Counter(question.fact for question in make_bank().questions if len(question.facts) == 1)
    assert max(counts.values()) == MOST_ON_ONE_FACT
