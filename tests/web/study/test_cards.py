import re

import pytest
from sqlalchemy import func, select

from quizapp.database.account_tables import PersonRow
from quizapp.database.memory_tables import ReviewRow, StudySettingRow
from tests.web.conftest import text_of
from tests.web.studying import CARDS, buttons_of, fields_of, flipped, take, turn_behind


def count(runtime, row):
    with runtime.reading() as session:
        return session.scalar(select(func.count()).select_from(row))


def test_a_link_opens_on_a_card_and_two_activations_grade_it(visitor, runtime):
    front = visitor.get(CARDS)
    assert "Show the answer" in front.text
    assert count(runtime, PersonRow) == 0
    back = flipped(visitor)
    assert take(visitor).status_code == 303
    assert len(buttons_of(back.text)) == 2
    assert count(runtime, ReviewRow) == 1
    assert count(runtime, PersonRow) == 1


def test_the_answer_is_nowhere_on_the_front(visitor):
    front = visitor.get(CARDS)
    face = turn_behind(visitor).face
    assert face.front in text_of(front)
    assert face.back not in front.text
    assert face.statement not in front.text
    assert face.back in text_of(flipped(visitor))


def test_who_says_it_stands_on_both_faces(visitor):
    turn = turn_behind(visitor)
    assert turn.face.front_voice in text_of(visitor.get(CARDS))
    assert turn.face.back_voice in text_of(flipped(visitor))


def test_each_button_says_what_it_does_next(visitor):
    assert "again in 10 min" in text_of(flipped(visitor))
    assert "in 2 days" in text_of(flipped(visitor))


def test_the_next_card_comes_with_the_answer_for_our_script(visitor):
    answer = take(visitor, **{"X-Next-Card": "yes"})
    assert answer.status_code == 200
    assert "Card 2 of 10" in text_of(answer)


def test_the_line_above_a_card_tells_what_the_last_grade_led_to_and_how_to_take_it_back(visitor):
    take(visitor)
    assert "Recalled: back in 2 days. Undo" in text_of(visitor.get(CARDS))


def test_undo_brings_the_card_back(visitor, runtime):
    first = turn_behind(visitor).fact_id
    take(visitor)
    visitor.get(CARDS)
    assert visitor.post(CARDS, undo="yes", stamp="1").status_code == 303
    assert turn_behind(visitor).fact_id == first
    assert count(runtime, ReviewRow) == 0


def test_a_second_tab_is_told_and_shown_the_card_that_is_asked_now(visitor):
    page = flipped(visitor).text
    sent = fields_of(page)
    take(visitor)
    late = visitor.post(CARDS, **sent, grade="again")
    assert late.status_code == 409
    assert "another tab" in text_of(late)
    assert "Card 2 of 10" in text_of(late)


def test_the_same_form_sent_again_is_taken_as_one(visitor, runtime):
    page = flipped(visitor).text
    sent = fields_of(page) | {"grade": buttons_of(page)[1]}
    assert [visitor.post(CARDS, **sent).status_code for _ in range(3)] == [303] * 3
    assert count(runtime, ReviewRow) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("grade", "perfect"),
        ("grade", ""),
        ("grade", "good-99999999999999999999"),
        ("grade", "good--1"),
        ("stamp", "x" * 10_000),
        ("stamp", str(2**70)),
        ("fact", "0"),
        ("fact", str(2**64)),
        ("fact", "\x00"),
        ("sitting", str(2**70)),
        ("sitting", "7"),
        ("repetitions", "9"),
        ("against", "999999"),
        ("began", "9" * 400),
        ("began", "-5"),
        ("zone", "../../etc/passwd"),
        ("zone", "Asia/\x00"),
        ("revision", "99999"),
    ],
)
def test_hostile_fields_are_refused_or_passed_over_and_never_an_error(visitor, field, value):
    page = flipped(visitor).text
    sent = fields_of(page) | {"grade": buttons_of(page)[1]} | {field: value}
    if field == "revision":
        del sent["grade"]
    assert visitor.post(CARDS, **sent).status_code in (303, 404, 409)


def test_an_empty_answer_is_asked_for_again_with_what_was_typed(visitor, clock):
    take(visitor)
    clock.advance(days=3)
    page = visitor.get(CARDS).text
    answer = visitor.post(CARDS, **fields_of(page))
    assert answer.status_code == 422
    assert "Answer first" in text_of(answer)


def test_a_response_leads_to_its_feedback_and_on(visitor, clock):
    take(visitor)
    clock.advance(days=3)
    answer = take(visitor, right=False)
    assert re.fullmatch(r"/study/reviews/\d+#feedback", answer.location)
    page = visitor.get(answer.location.partition("#")[0])
    assert "Not this one" in text_of(page)
    assert "comes back in 10 min" in text_of(page)
    assert f'href="{CARDS}"' in page.text


def test_somebody_elses_feedback_is_not_found(visitor, new_visitor, clock):
    take(visitor)
    clock.advance(days=3)
    address = take(visitor).location.partition("#")[0]
    other = new_visitor()
    take(other)
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/right").status_code == 404


def test_the_browsers_time_zone_is_learnt_with_the_first_card(visitor, runtime):
    page = flipped(visitor).text
    sent = fields_of(page) | {"grade": buttons_of(page)[1], "zone": "Asia/Yerevan"}
    visitor.post(CARDS, **sent)
    with runtime.reading() as session:
        assert session.scalars(select(StudySettingRow.zone)).all() == ["Asia/Yerevan"]


def test_a_session_ends_with_what_was_done_and_what_comes_next(visitor):
    for _ in range(10):
        take(visitor)
    page = text_of(visitor.get(CARDS))
    assert "Done: 10 facts" in page
    assert re.search(r"Next: \d+ facts? ", page)


def test_practice_says_that_the_schedule_stays_as_it_is(visitor):
    address = "/study/practice/harbour"
    take(visitor, address=address)
    assert "Your schedule stays as it is" in text_of(visitor.get(address))
    assert "again in 10 min" not in text_of(flipped(visitor, address))


def test_an_unknown_bank_and_all_banks_of_a_stranger_are_not_found(visitor):
    assert visitor.get("/study/cards/nowhere").status_code == 404
    assert visitor.get("/study/cards").status_code == 404
    assert visitor.get("/study/reviews/1").status_code == 404


def test_grading_without_the_token_of_the_form_is_refused(visitor):
    sent = fields_of(flipped(visitor).text)
    assert visitor.client.post(CARDS, data=sent | {"grade": "good"}).status_code == 400


def test_statements_of_a_turn_are_counted(visitor, statements):
    for _ in range(3):
        take(visitor)
    page = flipped(visitor).text
    sent = fields_of(page) | {"grade": buttons_of(page)[1]}
    statements()
    visitor.get(CARDS)
    assert len(statements()) <= 13
    visitor.client.post(CARDS, data={"csrf_token": visitor.token, **sent}, headers={"X-Next-Card": "yes"})
    assert len(statements()) <= 30  # the grade and the next card in one round trip
