import pytest

from quizapp.domain.questions.question_types.question_type import Given, NotGradable
from quizapp.domain.questions.question_types.true_false import TrueFalse, TrueFalseBody
from quizapp.domain.seeded_order import SeededOrder

KIND = TrueFalse()
HOLDS = TrueFalseBody(True, "The article does say this.")
SWAPPED = TrueFalse.example
ORDER = SeededOrder(1)


@pytest.mark.parametrize(
    ("body", "value", "score"), [(HOLDS, True, 1), (HOLDS, False, 0), (SWAPPED, False, 1), (SWAPPED, True, 0)]
)
def test_judging_rightly_scores_one(body, value, score):
    assert KIND.grade(body, {"value": value}).score == score


def test_a_wrong_judgement_gives_the_reason_and_the_fact_the_value_came_from():
    grade = KIND.grade(SWAPPED, {"value": True})
    assert (grade.reason, grade.fact) == (SWAPPED.reason, "moons-of-earth")


@pytest.mark.parametrize("seed", range(5))
def test_true_always_stands_before_false(seed):
    assert [answer.text for answer in KIND.present(SWAPPED, SeededOrder(seed))] == ["True", "False"]


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), (" true\n", True)])
def test_both_answers_are_read(text, value):
    assert KIND.read({"response": text}, SWAPPED, ORDER) == Given({"value": value})


@pytest.mark.parametrize("text", ["True", "FALSE", "yes", "1", "0", "truefalse", "ｔｒｕｅ", "null"])
def test_anything_else_is_not_gradable(text):
    assert isinstance(KIND.read({"response": text}, SWAPPED, ORDER), NotGradable)


@pytest.mark.parametrize(("body", "key", "other"), [(HOLDS, "True", "False"), (SWAPPED, "False", "True")])
def test_the_wrong_answer_is_the_only_distractor(body, key, other):
    assert KIND.key(body) == KIND.answer_text(body) == key
    assert [one.text for one in KIND.distractors(body)] == [other]


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(reason):
    assert KIND.problems(TrueFalseBody(True, reason)) == ["it does not say why the statement is true or false."]
