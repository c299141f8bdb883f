from tests.web.conftest import text_of
from tests.web.studying import CARDS, take, turn_behind


def test_a_stranger_is_told_how_to_begin(visitor):
    assert "No card yet" in text_of(visitor.get("/study"))


def test_the_day_has_one_main_action_with_its_size_and_time(visitor, clock):
    for _ in range(4):
        take(visitor)
    clock.advance(days=3)
    page = text_of(visitor.get("/study"))
    assert "4 facts are ready to come back." in page
    assert "about 2 min" in page


def test_a_session_started_there_goes_over_all_banks(visitor, clock):
    take(visitor)
    clock.advance(days=3)
    visitor.get("/study")
    answer = visitor.post("/study")
    assert (answer.status_code, answer.location) == (303, "/study/cards")
    assert turn_behind(visitor, "/study/cards").at.sitting is not None


def test_a_session_of_two_minutes_is_shorter(visitor, clock):
    for _ in range(10):
        take(visitor)
    clock.advance(days=4)
    visitor.get("/study")
    visitor.post("/study", minutes="1")
    assert turn_behind(visitor, "/study/cards").planned < 10


def test_with_nothing_to_study_the_start_says_so(visitor):
    visitor.get("/study")
    visitor.post("/study", bank="harbour", minutes="x")
    assert visitor.post("/study", bank="nowhere").status_code == 404
    visitor.get("/")
    answer = visitor.post("/study")
    assert answer.status_code == 303
    assert "nothing to study" in text_of(visitor.get("/"))


def test_the_home_page_of_a_learner_begins_with_their_day(visitor, clock):
    take(visitor)
    clock.advance(days=3)
    page = text_of(visitor.get("/"))
    assert "1 fact is ready to come back." in page
    assert "of the last 30 days" in page


def test_the_home_page_of_a_stranger_begins_with_what_the_app_is(visitor):
    assert "Learn what an article says, and who says it." in text_of(visitor.get("/"))


def test_a_quiz_left_open_is_offered_again_at_home(visitor):
    first = visitor.start()
    visitor.answer(first)
    page = visitor.get("/")
    assert "Quiz, question 2 of 5" in text_of(page)
    assert first.rsplit("/", 1)[0] in page.text


def test_every_day_of_the_drawing_stands_in_the_table_too(visitor, clock):
    take(visitor)
    take(visitor)
    clock.advance(days=1)
    take(visitor)
    page = text_of(visitor.get("/study"))
    assert "1 May 2026 2" in page
    assert "2 May 2026 1" in page


def test_the_day_takes_few_statements(visitor, statements):
    take(visitor)
    statements()
    visitor.get("/study")
    assert len(statements()) <= 8
    visitor.get("/")
    assert len(statements()) <= 9
    visitor.get(CARDS)
