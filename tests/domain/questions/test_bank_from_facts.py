from dataclasses import replace

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.recipes.recipe import Angle
from tests.factories import harbour_facts, make_bank, make_fact, make_fact_base, make_question


class Scripted:
    """A recipe that yields what it is given."""

    name = "scripted"
    label = "Scripted"
    angle = Angle.TOGETHER

    def __init__(self, *questions, name="scripted"):
        self.made = questions
        self.name = name

    def questions(self, base, order):
        yield from (replace(question, recipe=self.name) for question in self.made)


BASE = make_fact_base([make_fact("catch-weight"), make_fact("other-catch", value_text="15 tons")])


def test_a_bank_holds_all_that_its_facts_hold():
    bank = build_bank(BASE, [Scripted(make_question())])
    assert (bank.name, bank.title, bank.facts, bank.topics, bank.source) == (
        BASE.name,
        BASE.title,
        BASE.facts,
        BASE.topics,
        BASE.source,
    )


def test_building_twice_gives_the_same_bank():
    assert make_bank() == make_bank()


def test_questions_stand_in_the_order_of_their_facts_then_of_the_recipes():
    second = make_question(id="second", facts=("other-catch",), stem="In the article, what else?")
    first, third = make_question(id="first"), make_question(id="third", stem="In the article, how much?")
    bank = build_bank(BASE, [Scripted(second, first), Scripted(third, name="other")])
    assert [question.id for question in bank.questions] == ["first", "third", "second"]


@pytest.mark.parametrize(
    "twin", ["IN THE ARTICLE, how much did the boats land?!", "In the article how much did the boats land"]
)
def test_of_two_questions_in_the_same_words_the_first_stays(twin):
    bank = build_bank(BASE, [Scripted(make_question(id="first"), make_question(id="twin", stem=twin))])
    assert [question.id for question in bank.questions] == ["first"]


def test_the_same_words_may_be_asked_in_two_ways():
    bank = make_bank()
    stems = [question.stem for question in bank.questions]
    assert len(stems) > len(set(stems))
    assert len({(question.type, question.stem) for question in bank.questions}) == len(stems)


def test_questions_that_cannot_be_asked_are_all_named():
    with pytest.raises(InvalidContent) as caught:
        build_bank(BASE, [Scripted(make_question(id="one", stem=""), make_question(id="two", explanation=""))])
    assert [problem.place for problem in caught.value.problems] == ["one", "two"]


def test_progress_is_told_the_label_of_each_recipe():
    told = []
    build_bank(BASE, [Scripted(), Scripted()], progress=told.append)
    assert told == ["Scripted", "Scripted"]


def test_a_bank_of_another_name_draws_other_wrong_options():
    facts = [make_fact(f"catch-{n}", value_text=f"{n} tons") for n in range(10, 30)]
    one, other = make_bank(facts), make_bank(facts, name="other-harbour")
    assert [question.id for question in one.questions] == [question.id for question in other.questions]
    assert [question.body for question in one.questions] != [question.body for question in other.questions]


def test_adding_a_fact_leaves_the_ids_of_all_questions_and_unrelated_bodies_alone():
    facts = harbour_facts()
    stranger = make_fact(
        "crew", value_text="9 sailors", statement="A crew of {9 sailors} came.", ask="how many came?", relation="crew"
    )
    before = {question.id: question for question in make_bank(facts).questions}
    after = {question.id: question for question in make_bank([*facts, stranger]).questions}
    assert before.keys() <= after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_moving_a_fact_in_the_file_moves_its_questions_and_changes_none():
    facts = harbour_facts()
    moved = make_bank(facts[1:] + facts[:1])
    assert {q.id: q for q in moved.questions} == {q.id: q for q in make_bank(facts).questions}
    assert moved.questions[-1].fact == facts[0].id


def test_a_changed_note_changes_no_options():
    facts = harbour_facts()
    noted = [replace(facts[0], note="Weighed twice."), *facts[1:]]
    assert [q.body for q in make_bank(noted).questions] == [q.body for q in make_bank(facts).questions]
