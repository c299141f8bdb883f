import pytest

from quizapp.domain.questions.question import MAX_STEM, check_question
from quizapp.domain.questions.question_types.matching import Matching
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from tests.factories import make_bank, make_claim, make_fact, make_question

FACTS = {"catch-weight": make_fact(), "other-catch": make_fact("other-catch")}


def test_a_sound_question_has_no_problems():
    assert check_question(make_question(), FACTS) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stem": "  "}, "the stem is empty."),
        ({"stem": "a" * (MAX_STEM + 1)}, f"the stem is longer than {MAX_STEM} characters."),
        ({"explanation": "\n"}, "there is no explanation."),
        ({"facts": ()}, "it tests no fact."),
        ({"facts": ("nothing",)}, "there is no fact “nothing”."),
        ({"type": "essay"}, "there is no question type “essay”."),
        ({"body": SingleChoiceBody("a", ())}, "it has 1 option; 3 to 9 can be asked."),
        (
            {"body": SingleChoiceBody("a", (Distractor("b", "Because.", "gone"), Distractor("c", "So.")))},
            "there is no fact “gone”.",
        ),
        ({"type": "numeric", "body": NumericBody("ten")}, "the number is not a decimal number."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_with_the_id_of_the_question(changes, sentence):
    found = check_question(make_question(**changes), FACTS)
    assert sentence in [problem.sentence for problem in found]
    assert {problem.place for problem in found} == {"catch-weight.choose-value"}


def test_every_problem_is_told_at_once():
    assert len(check_question(make_question(stem="", explanation="", facts=()), FACTS)) == 3


def test_the_first_fact_is_the_one_it_is_about():
    assert make_question(facts=("catch-weight", "other-catch")).fact == "catch-weight"


def test_the_facts_behind_wrong_options_are_cited_once_after_the_tested_ones():
    question = make_question(facts=("catch-weight", "other-catch"))
    assert question.distractor_facts == ("other-catch", None)
    assert question.cited_facts == ("catch-weight", "other-catch")
    assert make_question().cited_facts == ("catch-weight", "other-catch")


def test_a_bank_finds_its_facts_and_who_says_them():
    bank = make_bank([make_fact(), make_claim()])
    facts = bank.facts_by_id()
    assert bank.speaker_of(facts["catch-weight"]) is None
    assert bank.speaker_of(facts["ice-claim"]).name == "Ada Quay"


def test_a_fact_that_only_a_pair_or_an_item_names_is_cited_too_so_that_grading_knows_it():
    matching = Matching().example
    question = make_question(type="matching", body=matching, facts=("moons-of-mars",))
    assert set(question.cited_facts) == {"moons-of-mercury", "moons-of-earth", "moons-of-mars"}
    problems = [problem.sentence for problem in check_question(question, {"moons-of-mars": make_fact("moons-of-mars")})]
    assert problems == ["there is no fact “moons-of-mercury”.", "there is no fact “moons-of-earth”."]
