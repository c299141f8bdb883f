from tests.web.conftest import text_of
from tests.web.studying import take, turn_behind


def test_the_history_of_a_fact_is_told_in_words(visitor, clock):
    name = turn_behind(visitor).fact.id
    take(visitor)
    clock.advance(days=3)
    take(visitor, right=False)
    page = text_of(visitor.get(f"/study/facts/harbour/{name}"))
    assert "Studied, card" in page
    assert "Not recalled in 10 min" in page
    assert "You missed it the last time. It comes back soon." in page


def test_a_right_choice_in_a_quiz_says_what_it_counts(visitor):
    first = visitor.start("all")
    base = first.rsplit("/", 1)[0]
    for position in range(1, 30):
        asked = visitor.question(f"{base}/{position}")
        if asked.snapshot.question.type == "single_choice":
            break
    visitor.answer(f"{base}/{position}")
    page = text_of(visitor.get(f"/study/facts/harbour/{asked.snapshot.question.fact}"))
    assert "In a quiz, single choice; counts" in page
    assert "since it may be a guess" in page


def test_a_fact_that_is_not_there_and_a_stranger_are_not_found(visitor):
    assert visitor.get("/study/facts/harbour/catch-1").status_code == 404
    take(visitor)
    assert visitor.get("/study/facts/harbour/nothing").status_code == 404
    assert visitor.get("/study/facts/nowhere/catch-1").status_code == 404
