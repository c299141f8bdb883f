import pytest
from sqlalchemy import update

from quizapp.database.account_tables import PersonRow
from quizapp.database.memory_tables import CardRow
from quizapp.domain.roles import Role
from tests.web.conftest import text_of
from tests.web.studying import take


@pytest.fixture
def with_leech(visitor, runtime):
    """A visitor whose first fact was set aside."""
    take(visitor)
    with runtime.writing() as session:
        session.execute(update(CardRow).values(lapses=8, postponed_on=CardRow.last_day, due_day=CardRow.last_day + 7))
    return visitor


def test_a_fact_set_aside_is_shown_with_the_way_back(with_leech):
    page = with_leech.get("/study/aside")
    assert "1 fact set aside" in text_of(page)
    assert "Forgotten 8 times" in text_of(page)
    card = page.text.split('name="card" value="')[1].split('"')[0]
    answer = with_leech.post("/study/aside", card=card)
    assert answer.location == "/study/aside"
    assert "It is due today again." in text_of(with_leech.get("/study/aside"))


@pytest.mark.parametrize("card", ["", "0", "99999", "x", str(2**70)])
def test_what_is_not_set_aside_cannot_be_brought_back(with_leech, card):
    with_leech.get("/study/aside")
    assert with_leech.post("/study/aside", card=card).status_code == 404


def test_only_an_instructor_sees_what_to_rewrite(with_leech, new_visitor, runtime):
    assert with_leech.get("/study/aside/harbour").status_code == 404
    assert new_visitor().get("/study/aside/harbour").status_code == 404
    with runtime.writing() as session:
        session.execute(update(PersonRow).values(role=Role.INSTRUCTOR))
    page = text_of(with_leech.get("/study/aside/harbour"))
    assert "1 fact forgotten too often" in page
    assert with_leech.get("/study/aside/nowhere").status_code == 404


def test_a_stranger_has_nothing_set_aside(visitor):
    assert visitor.get("/study/aside").status_code == 404
