import pytest

from tests.factories import make_bank
from tests.web.conftest import text_of

SCORED = sum(question.scored for question in make_bank().questions)


def test_it_says_where_the_facts_come_from_and_counts_what_is_asked(visitor):
    words = text_of(visitor.get("/banks/harbour"))
    for expected in ("The Quayside Times", "3 February 2020", "Ada Quay, the harbour master", "2 said", "Weather"):
        assert expected in words


def test_an_unknown_bank_is_not_found(visitor):
    assert visitor.get("/banks/nowhere").status_code == 404


def test_the_last_length_is_remembered(visitor):
    visitor.get("/banks/harbour")
    visitor.post("/quizzes", bank="harbour", length="5", remember="yes")
    visitor.start("20")
    assert 'value="5" checked' in visitor.get("/banks/harbour").text


@pytest.mark.parametrize(("length", "questions"), [("5", 5), ("10", 10), ("20", 20), ("all", SCORED)])
def test_a_quiz_of_each_length_starts(visitor, length, questions):
    visitor.get("/banks/harbour")
    first = visitor.post("/quizzes", bank="harbour", length=length).location
    assert visitor.question(first).length == min(questions, SCORED)


@pytest.mark.parametrize("length", ["", "7", "-1", "9" * 5000, "ten", "5\x00"])
def test_a_length_nobody_offered_starts_nothing_and_says_so(visitor, length, statements):
    visitor.get("/banks/harbour")
    statements()
    answer = visitor.post("/quizzes", bank="harbour", length=length)
    assert answer.status_code == 303
    assert "Choose how many questions" in text_of(visitor.get(answer.location))
    assert not [one for one in statements() if one.startswith("INSERT")]


def test_the_page_makes_at_most_three_statements(visitor, statements):
    visitor.start()
    statements()
    visitor.get("/banks/harbour")
    assert len(statements()) <= 3
