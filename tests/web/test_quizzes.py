import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import select

from quizapp.database.account_tables import PersonRow
from quizapp.database.study_tables import ResponseRow
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.results.mix_up import mix_up_of
from tests.players import response_to
from tests.web.conftest import mixed_up, text_of


def test_a_guest_is_made_by_the_first_start_only(visitor, new_visitor, runtime):
    visitor.start()
    visitor.start()
    new_visitor().start()
    with runtime.reading() as session:
        assert len(session.scalars(select(PersonRow.role)).all()) == 2


def test_the_cookie_lasts_twelve_months_and_holds_no_person(visitor):
    visitor.get("/")
    header = visitor.post("/quizzes", bank="harbour", length="5").headers["Set-Cookie"]
    assert "HttpOnly" in header and "SameSite=Lax" in header
    expires = parsedate_to_datetime(re.search(r"Expires=([^;]+)", header)[1])
    assert timedelta(days=364) < expires - datetime.now(UTC) < timedelta(days=366)


def test_a_right_answer_is_told_with_the_fact_its_place_and_who_says_it(visitor):
    first = visitor.start()
    words = text_of(visitor.client.get(visitor.answer(first).location))
    snapshot = visitor.question(first).snapshot
    assert "Right" in words
    assert snapshot.question.explanation in words
    assert f"{snapshot.fact.place}, in our words {snapshot.fact.text}" in words
    assert "own voice" in words or " said" in words


def test_a_wrong_answer_says_why_and_what_it_is_right_for(visitor):
    first = visitor.start("20")
    base = first.rsplit("/", 1)[0]
    for position in range(1, 21):
        path = f"{base}/{position}"
        visitor.answer(path, right=False)
        asked = visitor.question(path)
        if asked.grade.reason:
            assert asked.grade.reason in text_of(visitor.get(path))
            return
    raise AssertionError("no wrong answer had a reason")


def test_nothing_chosen_is_a_message_not_a_wrong_answer(visitor):
    first = visitor.start()
    visitor.get(first)
    answer = visitor.post(first)
    assert answer.status_code == 422
    assert "Answer first, or skip" in text_of(answer)
    assert visitor.question(first).response is None


@pytest.mark.parametrize("response", ["0", "10", "99", "-1", "x", "1" * 5000, "\x00", "💣", "１", "NaN", "1e999"])
def test_a_hostile_response_never_breaks_the_page(visitor, response):
    first = visitor.start("all")
    base = first.rsplit("/", 1)[0]
    for position in range(1, visitor.question(first).length + 1):
        visitor.get(f"{base}/{position}")
        assert visitor.post(f"{base}/{position}", response=response).status_code in (303, 422)


def test_the_same_answer_twice_is_one_answer_and_a_success(visitor):
    first = visitor.start()
    assert [visitor.answer(first).status_code for _ in range(2)] == [303, 303]
    assert visitor.question(first).answered == 1


def test_another_answer_to_an_answered_question_is_told_that_the_first_counts(visitor):
    first = visitor.start()
    visitor.answer(first, right=True)
    wrong = visitor.response(first, right=False)
    words = text_of(visitor.get(visitor.post(first, **wrong).location))
    assert "That first answer counts" in words
    assert visitor.question(first).score == 1


def test_coming_back_shows_the_same_question_in_the_same_order(visitor):
    first = visitor.start()
    assert visitor.get(first).text == visitor.get(first).text
    resumed = visitor.get(first.rsplit("/", 1)[0]).location
    assert resumed == first


def test_resuming_goes_to_the_first_open_question(visitor):
    first = visitor.start()
    visitor.answer(first)
    base = first.rsplit("/", 1)[0]
    assert visitor.get(base).location == f"{base}/2"


def test_skipped_questions_count_as_not_answered(visitor):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    visitor.answer(first)
    assert "4 of 5 questions are still open" in text_of(visitor.get(f"{base}/finish"))
    result = visitor.post(f"{base}/finish").location
    words = text_of(visitor.get(result))
    assert "1 of 5 right" in words and "4 not answered" in words


def test_a_finished_quiz_takes_no_more_answers(visitor):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    late = visitor.response(f"{base}/2")
    visitor.get(f"{base}/finish")
    visitor.post(f"{base}/finish")
    assert visitor.post(f"{base}/2", **late).status_code == 303
    assert visitor.question(f"{base}/2").response is None


def test_somebody_elses_quiz_and_a_missing_one_look_the_same(visitor, new_visitor):
    mine = visitor.start()
    other = new_visitor()
    other.start()
    theirs, missing = other.get(mine), other.get("/quizzes/99999/1")
    assert theirs.status_code == missing.status_code == 404
    strip = re.compile(r'name="(csrf_token|back)" value="[^"]*"')
    assert strip.sub("", theirs.text) == strip.sub("", missing.text)


@pytest.mark.parametrize(
    "path", ["/quizzes/0/1", "/quizzes/1/0", f"/quizzes/{2**31}/1", f"/quizzes/1/{2**63}", "/quizzes/-1/1"]
)
def test_numbers_outside_the_ids_are_no_page(visitor, path):
    visitor.start()
    assert visitor.get(path).status_code == 404


def test_no_byte_before_the_answer_tells_the_key(visitor):
    first = visitor.start("all")
    base = first.rsplit("/", 1)[0]
    for position in range(1, visitor.question(first).length + 1):
        path = f"{base}/{position}"
        page = visitor.get(path).text
        snapshot = visitor.question(path).snapshot
        assert snapshot.question.explanation not in re.sub(r"<[^>]+>", " ", page)
        for one in question_type(snapshot.question.type).distractors(snapshot.question.body):
            assert not one.reason or one.reason not in re.sub(r"<[^>]+>", " ", page)
        for mark in ("is-right", "is-wrong", "is_true", "data-answer", snapshot.question.id):
            assert mark not in page
        assert f'"{snapshot.fact.id}"' not in page


def test_statements_are_few(visitor, statements):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    visitor.get(first)
    response = visitor.response(first)
    statements()
    visitor.get(first)
    assert len(statements()) <= 2
    visitor.post(first, **response)
    assert len(statements()) <= 9  # 4 for the answer, 5 for what it says of the learner's memory of the fact
    visitor.get(first)
    assert len(statements()) <= 2
    visitor.get(f"{base}/2")
    assert len(statements()) <= 2


def test_the_last_answer_needs_one_statement_more(visitor, statements):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    for position in range(1, 5):
        visitor.answer(f"{base}/{position}")
    response = visitor.response(f"{base}/5")
    statements()
    visitor.post(f"{base}/5", **response)
    assert len(statements()) <= 10


def test_stored_responses_name_the_fact_behind_a_wrong_choice(visitor, runtime):
    first = visitor.start("all")
    visitor.play(first, wrong=tuple(range(1, visitor.question(first).length + 1)))
    with runtime.reading() as session:
        chosen = session.scalars(select(ResponseRow.chosen_fact_id)).all()
    assert any(chosen)


def test_an_answer_to_a_quiz_that_was_finished_elsewhere_is_said_not_to_count(visitor):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    visitor.answer(first)
    form = response_to(visitor.question(f"{base}/2"))
    visitor.get(f"{base}/finish")
    visitor.post(f"{base}/finish")
    answer = visitor.post(f"{base}/2", **form)
    assert "does not count" in text_of(visitor.get(answer.location))


def test_next_leads_to_the_next_open_question_and_at_the_end_to_the_result(visitor):
    first = visitor.start()
    base = first.rsplit("/", 1)[0]
    for position in (1, 3, 4, 5):
        visitor.answer(f"{base}/{position}")
    assert f'data-next href="{base}/2"' in visitor.get(f"{base}/1").text
    assert f'data-next href="{base}/finish"' in visitor.get(f"{base}/5").text
    visitor.answer(f"{base}/2")
    assert f'data-next href="{base.replace("quizzes", "results")}"' in visitor.get(f"{base}/2").text


def test_a_quiz_that_was_only_started_can_be_found_again(visitor):
    first = visitor.start()
    assert first.rsplit("/", 1)[0] in visitor.get("/history").text


def test_starting_again_renews_the_session(visitor, clock):
    visitor.start()
    clock.advance(days=300)
    visitor.start()
    clock.advance(days=300)
    assert "No quiz yet" not in text_of(visitor.get("/history"))


def test_a_mix_up_shows_both_facts_with_what_tells_them_apart_and_where_they_stand(visitor):
    path = mixed_up(visitor)
    asked = visitor.question(path)
    found = mix_up_of(asked.snapshot, asked.response)
    page = visitor.get(path)
    words = text_of(page)
    assert "Two facts, side by side" in words and "You chose" in words and "Asked for" in words
    for side in (found.chosen, found.asked):
        assert side.fact.text in re.sub(r"</?mark>", "", page.text)
        assert f'attempt={asked.attempt_id}&amp;mark=voices#fact-{side.fact.id}"' in page.text
    assert "<mark>" in page.text


def test_telling_two_facts_apart_asks_both_and_leads_back(visitor):
    path = mixed_up(visitor)
    asked = visitor.question(path)
    found = mix_up_of(asked.snapshot, asked.response)
    page = visitor.get(path)
    assert f'formaction="{path}/contrast"' in page.text
    first = visitor.post(f"{path}/contrast").location
    base = first.rsplit("/", 1)[0]
    facts = {visitor.question(f"{base}/{position}").snapshot.question.fact for position in (1, 2)}
    assert facts == {found.chosen.fact.id, found.asked.fact.id}
    for position in (1, 2):
        visitor.answer(f"{base}/{position}")
    last = visitor.get(f"{base}/2")
    assert f'data-next href="{path.rsplit("/", 1)[0]}"' in last.text
    assert "Back to where you were" in text_of(last)
    assert visitor.get(base.replace("quizzes", "results")).location.endswith(path.rsplit("/", 1)[0])


def test_without_a_mix_up_there_is_no_contrast(visitor):
    first = visitor.start()
    visitor.answer(first)
    assert "Tell them apart" not in visitor.get(first).text
    assert visitor.post(f"{first}/contrast").status_code == 404
    assert visitor.post("/quizzes/999/1/contrast").status_code == 404


def test_somebody_elses_mix_up_is_not_there(visitor, new_visitor):
    path = mixed_up(visitor)
    other = new_visitor()
    other.start()
    assert other.post(f"{path}/contrast").status_code == 404


def test_the_feedback_leads_to_the_very_fact_and_the_page_takes_two_statements(visitor, statements):
    path = mixed_up(visitor)
    asked = visitor.question(path)
    statements()
    page = visitor.get(path)
    assert len(statements()) == 2
    link = re.search(r'data-source href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    assert link.endswith(f"#fact-{asked.snapshot.fact.id}")
    reading = visitor.get(link.split("#")[0])
    assert f'id="fact-{asked.snapshot.fact.id}"' in reading.text and "Back to the quiz" in text_of(reading)
