from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cli.bank_folders import BankFolder, read_questions
from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.matching import MatchingBody, Pair
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.numeric import NearNumber, NumericBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from quizapp.domain.questions.snapshots import Snapshot, snapshot_of
from quizapp.domain.results.mix_up import mix_up_of
from quizapp.settings import CHECKOUT
from tests.factories import make_fact, make_question, make_source

FLOUR = make_fact("flour", statement="The load of flour weighed {40 tons}.", value_of="the weight of the flour")
AID = make_fact(
    "aid", value_text="15 tons", statement="The load of aid weighed {15 tons}.", value_of="the weight of the aid"
)
THIRD = make_fact("other", value_text="26 tons")
BORROWED = Distractor("15 tons", "The article gives 15 tons as the weight of the aid.", "aid")
INVENTED = Distractor("20 tons", "None of the facts has this value.")


def snapshot(kind, body, facts=("flour",)):
    question = make_question(type=kind, body=body, facts=facts)
    return Snapshot(question, {fact.id: fact for fact in (FLOUR, AID, THIRD)}, make_source())


def choice(*distractors):
    return snapshot("single_choice", make_question().body.__class__("40 tons", distractors))


def words(side):
    return "".join(f"[{one.text}]" if one.differs else one.text for one in side.statement)


def test_a_borrowed_option_names_both_facts_in_the_words_they_were_offered_in():
    found = mix_up_of(choice(INVENTED, BORROWED), {"option": 2})
    assert (found.chosen.fact, found.chosen.words) == (AID, "15 tons")
    assert (found.asked.fact, found.asked.words) == (FLOUR, "40 tons")
    assert found.chosen.is_value and found.asked.is_value


@pytest.mark.parametrize("response", [{"option": 0}, {"option": 1}, None])
def test_what_is_right_invented_or_omitted_mixes_nothing_up(response):
    assert mix_up_of(choice(INVENTED, BORROWED), response) is None


@pytest.mark.parametrize(
    ("kind", "body", "response"),
    [
        ("true_false", TrueFalseBody(False, "Fifteen tons is the aid.", "aid"), {"value": True}),
        ("numeric", NumericBody("40", "tons", near=(NearNumber("15", "That is the aid.", "aid"),)), {"number": "15"}),
        ("multiple_choice", MultipleChoiceBody(("40 tons", "41 tons"), (BORROWED, INVENTED)), {"options": [0, 2]}),
        ("short_answer", ShortAnswerBody("40 tons", others=(BORROWED,)), {"text": "15 tons"}),
    ],
)
def test_every_type_that_can_borrow_names_both_facts(kind, body, response):
    found = mix_up_of(snapshot(kind, body), response)
    assert (found.chosen.fact.id, found.asked.fact.id) == ("aid", "flour")
    assert "15" in found.chosen.words and "40" in found.asked.words


def test_in_a_matching_the_row_that_was_wrong_says_which_fact_was_asked_for():
    pairs = (Pair("flour", "40 tons", "flour"), Pair("aid", "15 tons", "aid"), Pair("other", "26 tons", "other"))
    asked = snapshot("matching", MatchingBody(pairs), ("flour", "aid", "other"))
    found = mix_up_of(asked, {"pairs": [[0, 0], [1, 2], [2, 1]]})
    assert (found.asked.fact.id, found.chosen.fact.id) == ("aid", "other")
    assert (found.asked.words, found.chosen.words) == ("15 tons", "26 tons")


def test_words_that_are_not_the_value_are_not_called_it():
    asked = snapshot("single_choice", make_question().body.__class__("Quay", (Distractor("Pier", "So.", "aid"),)))
    found = mix_up_of(asked, {"option": 1})
    assert not found.chosen.is_value and not found.asked.is_value


def test_of_like_statements_only_what_differs_is_marked():
    found = mix_up_of(choice(BORROWED, INVENTED), {"option": 1})
    assert words(found.chosen) == "The load of [aid] weighed [15] tons."
    assert words(found.asked) == "The load of [flour] weighed [40] tons."


def test_of_unlike_statements_only_the_value_is_marked():
    other = make_fact("aid", value_text="15 tons", statement="Somebody brought {15 tons} yesterday by another road.")
    asked = choice(BORROWED, INVENTED)
    found = mix_up_of(Snapshot(asked.question, {**asked.facts, "aid": other}, asked.source), {"option": 1})
    assert words(found.chosen) == "Somebody brought [15 tons] yesterday by another road."


def test_small_words_between_marked_ones_are_marked_with_them():
    one = make_fact("flour", kind=FactKind.EVENT, value=None, statement="The head of the ice office sat in town.")
    two = make_fact("aid", kind=FactKind.EVENT, value=None, statement="A keeper sat in town.")
    asked = choice(BORROWED, INVENTED)
    found = mix_up_of(Snapshot(asked.question, {"flour": one, "aid": two}, asked.source), {"option": 1})
    assert words(found.asked) == "The [head of the ice office] sat in town."


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_letter_of_a_statement_is_lost_and_marked_and_plain_alternate(one, two):
    facts = {"flour": make_fact("flour", statement=one, value=None), "aid": make_fact("aid", statement=two, value=None)}
    asked = choice(BORROWED, INVENTED)
    found = mix_up_of(Snapshot(asked.question, facts, asked.source), {"option": 1})
    for side in (found.asked, found.chosen):
        assert "".join(part.text for part in side.statement) == side.fact.text
        assert all(
            left.differs != right.differs for left, right in zip(side.statement, side.statement[1:], strict=False)
        )


def shipped_bank(name) -> Bank:
    return read_questions(BankFolder(Path(CHECKOUT / "questions" / name)))


@pytest.mark.parametrize("name", ["karabakh-talks", "bicycle-history"])
def test_every_wrong_choice_of_the_shipped_banks_is_told_apart_or_is_no_mix_up(name):
    bank, found = shipped_bank(name), 0
    for question in bank.questions:
        if question.type != "single_choice":
            continue
        asked = snapshot_of(question, bank)
        for index, distractor in enumerate(question_type(question.type).distractors(question.body), 1):
            mixed = mix_up_of(asked, {"option": index})
            assert (mixed is None) == (distractor.fact is None)
            if mixed:
                found += 1
                assert mixed.chosen.words != mixed.asked.words
                assert mixed.chosen.statement and mixed.asked.statement
    assert found > 50
