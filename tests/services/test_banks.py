from dataclasses import replace

import pytest

from quizapp.domain.errors import NotFound
from quizapp.services.bank_transfer import load_bank
from quizapp.services.banks import bank_overview, list_banks
from tests.factories import NOON, harbour_facts, make_bank

BANK = make_bank()


def test_a_bank_is_counted_as_its_file_is(session):
    found = bank_overview(session, None, "harbour")
    assert (found.facts, found.questions) == (len(BANK.facts), len(BANK.questions))
    assert found.scored_questions == sum(one.scored for one in BANK.questions)
    assert dict(found.types) == {
        kind: sum(one.type == kind for one in BANK.questions) for kind in {one.type for one in BANK.questions}
    }
    assert sum(topic.questions for topic in found.topics) == len(BANK.questions)
    assert [topic.label for topic in found.topics] == ["Trade", "Weather"]
    assert sum(topic.facts for topic in found.topics) == len(BANK.facts)
    assert found.said == 2
    assert sum(found.statuses.values()) == len(BANK.facts)
    assert found.source == BANK.source


def test_what_is_retired_is_not_counted(session):
    facts = [one for one in harbour_facts() if one.id != "pay-claim"]
    left = make_bank(facts)
    load_bank(session, left, NOON)
    found = bank_overview(session, None, "harbour")
    assert (found.facts, found.questions) == (len(left.facts), len(left.questions))


def test_an_unscored_question_is_counted_apart(session):
    first, *others = BANK.questions
    load_bank(session, replace(BANK, questions=(replace(first, scored=False), *others)), NOON)
    found = bank_overview(session, None, "harbour")
    assert (found.questions, found.scored_questions) == (len(BANK.questions), len(BANK.questions) - 1)


def test_an_unknown_bank_is_not_found(session):
    with pytest.raises(NotFound, match="nowhere"):
        bank_overview(session, None, "nowhere")


def test_two_banks_are_counted_apart_and_the_larger_comes_first(session):
    load_bank(
        session,
        replace(make_bank(name="again"), title="A second harbour", questions=make_bank(name="again").questions[:3]),
        NOON,
    )
    session.flush()
    first, again = list_banks(session, None)
    assert (again.name, again.questions, again.facts) == ("again", 3, len(BANK.facts))
    assert (first.name, first.questions) == ("harbour", len(BANK.questions))


def test_any_number_of_banks_takes_two_statements(session, statements):
    for number in range(3):
        load_bank(session, replace(make_bank(id=f"article-{number}"), name=f"bank-{number}"), NOON)
    session.flush()
    statements()
    assert len(list_banks(session, None)) == 4
    assert len(statements()) == 2


def test_one_bank_takes_two_statements(session, statements):
    statements()
    bank_overview(session, None, "harbour")
    assert len(statements()) == 2
