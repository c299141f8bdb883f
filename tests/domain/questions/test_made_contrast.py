from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.made_contrast import made_contrast
from quizapp.domain.questions.question import check_question
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from tests.factories import boat_facts, make_claim, make_fact, make_fact_base, make_question

BERTH, MASTER = boat_facts()[0], boat_facts()[4]
TOWN = replace(BERTH, id="town", relation="town", value=replace(BERTH.value, text="Northport"), value_of="the town")
BOATS = make_fact_base([*boat_facts(), TOWN])
NAMED = make_question(
    id="berth-1.name-it",
    type="short_answer",
    stem="In the article, where did the boat Puffin lie?",
    body=ShortAnswerBody("the Old Pier"),
    facts=("berth-1",),
    recipe="name-it",
)
QUAY = make_claim("quay", said="", statement="Quay said that the ice would melt.", paragraphs=(4,))
UNION = make_claim(
    "union", "fishers", said="", statement="The fishers’ union said that the pay was late.", paragraphs=(7,)
)
PAPER = make_fact("paper", kind=FactKind.EVENT, value=None, statement="The ice lay for weeks.", paragraphs=(9,))
VOICES = make_fact_base([QUAY, UNION, PAPER])


def options(question):
    return question_type(question.type).options(question.body)


def test_a_typed_name_lends_its_stem_to_a_choice_with_the_other_name():
    made = made_contrast(BERTH, TOWN, BOATS, [NAMED])
    assert (made.stem, made.body.key, made.scored) == (NAMED.stem, "the Old Pier", False)
    assert made.body.distractors[0].text == "Northport" and made.distractor_facts[0] == "town"
    assert len(options(made)) >= 3 and check_question(made, {one.id: one for one in BOATS.facts}) == []


def test_without_such_a_question_the_fact_says_how_it_is_asked():
    made = made_contrast(BERTH, TOWN, BOATS, [])
    assert made.stem == "In the article, what was the berth of the boat Puffin?"
    assert made.distractor_facts[0] == "town"


def test_names_that_cannot_be_asked_for_are_told_apart_by_what_they_are():
    made = made_contrast(replace(BERTH, ask=""), TOWN, BOATS, [])
    assert made.stem == "In the article, which of these is the Old Pier?"
    assert options(made)[0] == "The berth of the boat Puffin" and "The town" in options(made)
    mixed = made_contrast(BERTH, MASTER, BOATS, [NAMED])
    assert mixed.id.startswith("berth-1.by-meaning") and mixed.distractor_facts[0] == MASTER.id


def test_statements_of_two_sides_are_told_apart_by_who_says_them():
    made = made_contrast(QUAY, UNION, VOICES, [])
    assert made.stem == "In the article, who said that the ice would melt?"
    assert options(made) == ["Ada Quay", "The fishers’ union", "The Quayside Times itself"]
    assert made.distractor_facts == ("union", None) and "the pay was late" in made.body.distractors[0].reason
    back = made_contrast(UNION, QUAY, VOICES, [])
    assert back.body.key == "The fishers’ union" and back.distractor_facts[0] == "quay"


def test_the_paper_is_a_voice_among_others():
    made = made_contrast(PAPER, QUAY, VOICES, [])
    assert made.stem == "In the article, who said that the ice lay for weeks?"
    assert made.body.key == "The Quayside Times itself" and made.distractor_facts == ("quay", "union")
    back = made_contrast(QUAY, PAPER, VOICES, [])
    assert back.distractor_facts[0] == "paper" and "in its own voice" in back.body.distractors[0].reason


def test_what_a_fact_says_may_stand_in_words_of_its_own():
    told = replace(QUAY, statement="By Quay’s account it would thaw.", said="a thaw was near")
    assert made_contrast(told, UNION, VOICES, []).stem == "In the article, who said that a thaw was near?"


def test_a_question_on_the_voice_lends_its_stem():
    lent = make_question(stem="In the article, who said it?", facts=("quay",), recipe="who-said-it")
    assert made_contrast(QUAY, UNION, VOICES, [lent]).stem == lent.stem


@pytest.mark.parametrize(
    ("fact", "other"),
    [
        (BERTH, replace(TOWN, not_with=frozenset({"berth-1"}))),
        (BERTH, replace(TOWN, value=BERTH.value)),
        (BERTH, replace(TOWN, status=Status.CONTRADICTED)),
        (QUAY, make_claim("tide", statement="Quay said that the tide was low.")),
        (replace(QUAY, statement="Quay said that he was cold."), UNION),
    ],
)
def test_where_the_other_would_be_right_too_or_nothing_tells_them_apart_none_is_made(fact, other):
    assert made_contrast(fact, other, make_fact_base([fact, other]), []) is None
