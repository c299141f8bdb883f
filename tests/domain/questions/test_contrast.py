from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.facts.field_reading import MAX_NAME
from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.bank_lint.rule import Severity
from quizapp.domain.questions.contrast import contrast, fact_base_of
from quizapp.domain.questions.question import check_question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text, snapshot_of, snapshot_to_text
from quizapp.settings import CHECKOUT
from tests.factories import make_fact, make_fact_base, make_question, make_source

FACT, OTHER = make_fact("flour"), make_fact("aid", value_text="15 tons")
PLACE = make_fact("pier", kind=FactKind.PLACE, value_text="the Old Pier", relation="berth")
INVENTED = tuple(Distractor(f"{tons} tons", "None of the facts has this value.") for tons in (20, 55, 90))
BORROWED = Distractor("15 tons", "That is the aid.", "aid")


def snapshot(kind="single_choice", body=None, question_id="flour.how-many"):
    body = body or SingleChoiceBody("40 tons", INVENTED, in_order=True, rank=1)
    question = make_question(id=question_id, type=kind, body=body, facts=("flour",))
    return Snapshot(question, {"flour": FACT, "aid": OTHER}, make_source())


PLAIN = snapshot()
OFFERING = snapshot(body=SingleChoiceBody("40 tons", (BORROWED, *INVENTED[:2])), question_id="flour.offering")
STATED = snapshot("true_false", TrueFalseBody(False, "That is the aid.", "aid"), "flour.stated")
UNLIKE = snapshot("true_false", TrueFalseBody(True, "It says so."), "flour.unlike")


def test_a_choice_that_offers_the_other_fact_is_taken_first():
    found = contrast([UNLIKE, STATED, PLAIN, OFFERING], OTHER, None)
    assert found.snapshot is OFFERING and not found.made


def test_else_its_value_is_put_into_a_choice_in_its_place_among_the_others():
    found = contrast([UNLIKE, STATED, PLAIN], OTHER, None)
    question = found.snapshot.question
    assert found.made and question.id == "flour.how-many.with.aid"
    assert question_type("single_choice").options(question.body) == ["15 tons", "20 tons", "40 tons", "55 tons"]
    assert question.body.key == "40 tons" and question.distractor_facts[0] == "aid"
    assert "15 tons" in question.body.distractors[0].reason
    assert not question.scored and question.recipe == "contrast"
    assert check_question(question, found.snapshot.facts) == []


def test_else_any_question_that_holds_the_other_and_else_any_at_all():
    assert contrast([UNLIKE, STATED], PLACE, None).snapshot is UNLIKE
    assert contrast([UNLIKE, STATED], OTHER, None).snapshot is STATED
    assert contrast([PLAIN], PLACE, None).snapshot is PLAIN
    assert contrast([], OTHER, None) is None


def test_a_made_question_can_be_stored_and_read_again():
    found = contrast([PLAIN], OTHER, None).snapshot
    assert snapshot_from_text(snapshot_to_text(found)).question == found.question


def test_an_option_that_means_the_same_gives_way():
    body = SingleChoiceBody("40 tons", (Distractor("15 Tons", "So."), *INVENTED[:2]), in_order=True, rank=2)
    made = contrast([snapshot(body=body)], OTHER, None).snapshot.question
    texts = [text.casefold() for text in question_type("single_choice").options(made.body)]
    assert texts.count("15 tons") == 1 and len(texts) == 4


def test_a_long_name_is_cut_to_what_a_column_holds():
    long = snapshot(question_id=f"{'x' * 90}.how-many")
    names = {contrast([long], make_fact(f"other-{n}", value_text="15 tons"), None).snapshot.question.id for n in "ab"}
    assert len(names) == 2 and all(len(name) <= MAX_NAME for name in names)


@pytest.mark.parametrize("name", ["karabakh-talks", "bicycle-history"])
def test_any_two_facts_of_a_shipped_bank_that_can_be_confused_are_each_asked_with_the_other_as_an_option(name):
    data = (CHECKOUT / "questions" / name / "questions.json").read_bytes()
    bank = JsonFormat().read_bank(data)
    facts, base, by_fact = bank.facts_by_id(), fact_base_of(bank), {}
    for question in bank.questions:
        stored = snapshot_from_text(snapshot_to_text(snapshot_of(question, bank)))
        by_fact.setdefault(question.fact, []).append(stored)
    confused = {
        pair
        for question in bank.questions
        for asked in question.facts
        for other in question_type(question.type).facts(question.body)
        if other != asked and asked in by_fact and other in by_fact
        for pair in ((asked, other), (other, asked))
    }
    made = {}
    for fact, other in sorted(confused):
        found = contrast(by_fact[fact], facts[other], bank.speaker_of(facts[other]), base)
        assert found.offers(other), (fact, other)
        assert check_question(found.snapshot.question, found.snapshot.facts) == []
        if found.made:
            made[found.snapshot.question.id] = found.snapshot.question
    assert len(made) > 20
    told = replace(bank, questions=tuple(made.values()))
    errors = [one for one in check_bank(told) if one.place in made and one.severity is Severity.ERROR]
    assert errors == []


def test_what_cannot_be_told_apart_is_asked_as_it_is():
    same = make_fact("other-catch")
    assert contrast([UNLIKE], same, None, make_fact_base([FACT, same])).snapshot is UNLIKE
