import re
from html import unescape

import pytest
from sqlalchemy import update

from quizapp.database.bank_tables import BankRow, Origin
from tests.web.conftest import text_of
from tests.web.writing import BY_TYPE, CHOICE, NUMBER, REASONS, added, hidden, write


def stem_of(kind):
    return BY_TYPE[kind].get("stem") or BY_TYPE[kind]["body_sentence"]


@pytest.mark.parametrize("kind", BY_TYPE)
def test_a_question_of_each_type_is_written_listed_and_played_at_once(instructor, kind):
    answer = write(instructor, kind)
    assert answer.status_code == 303, text_of(answer)
    listed = instructor.get(answer.location)
    words = text_of(listed)
    assert "Saved. It is asked from now on" in words and stem_of(kind) in words
    (question_id,) = added(instructor)
    first = instructor.post(f"/questions/{question_id}/play").location
    asked = instructor.question(first)
    assert asked.snapshot.question.stem == stem_of(kind)
    instructor.answer(first)
    page = text_of(instructor.get(first))
    assert "Right" in page and BY_TYPE[kind]["line"] in page and "Back to the article" in page
    assert "No quiz yet" in text_of(instructor.get("/history"))


def test_its_fact_stands_in_the_article_marked_as_added(instructor):
    write(instructor)
    words = text_of(instructor.get("/reading/harbour"))
    assert CHOICE["line"] in words and "Added by an instructor" in words


def test_it_is_drawn_in_quizzes(instructor):
    write(instructor)
    first = instructor.start("all")
    base, length = first.rsplit("/", 1)[0], instructor.question(first).length
    stems = [instructor.question(f"{base}/{n}").snapshot.question.stem for n in range(1, length + 1)]
    assert CHOICE["stem"] in stems


def test_a_wrong_answer_that_is_the_value_of_a_fact_is_a_mix_up(instructor):
    write(instructor)
    first = instructor.post(f"/questions/{added(instructor)[0]}/play").location
    asked = instructor.question(first)
    texts = ["70 tons", *(one.text for one in asked.snapshot.question.body.distractors)]
    place = next(one.place for one in asked.presented() if texts[one.index] == "40 tons")
    instructor.get(first)
    instructor.post(first, response=str(place))
    page = instructor.get(first)
    assert "Two facts, side by side" in text_of(page)
    answer = instructor.post(f"{first}/contrast")
    assert answer.status_code == 303
    base = answer.location.rsplit("/", 1)[0]
    for position in (1, 2):
        assert instructor.answer(f"{base}/{position}").status_code == 303


def test_numbers_are_offered_in_their_order(instructor):
    write(instructor)
    first = instructor.post(f"/questions/{added(instructor)[0]}/play").location
    assert [one.text for one in instructor.question(first).presented()] == ["40 tons", "55 tons", "70 tons", "85 tons"]


def test_what_the_rules_forbid_is_said_in_words_and_cannot_be_saved_for_any_reason(instructor):
    answer = write(
        instructor,
        speaker="harbour-master",
        line="The last boat brought 70 tons of fish.",
        stem="How much did the last boat catch?",
    )
    words = text_of(answer)
    assert answer.status_code == 422
    assert "Name the speaker, or the article, in the stem" in words and "Rule D-2" in words
    assert added(instructor) == []


def test_advice_wants_a_reason_that_is_kept_and_shown_again(instructor):
    stem = "In the report, which of these was not said to be the catch of the last boat, by and large?"
    answer = write(instructor, anyway=False, stem=stem)
    words = text_of(answer)
    assert answer.status_code == 422 and "Advice negative-stem" in words and "Or say why it stays" in words
    assert 'name="reason-negative-stem"' in answer.text and added(instructor) == []
    fields = {**hidden(answer), **CHOICE, "stem": stem}
    path = "/questions/harbour/new/single_choice"
    assert instructor.post(path, **fields, **{"reason-negative-stem": "  "}).status_code == 422
    assert instructor.post(path, **fields, **REASONS | {"reason-negative-stem": "It is a drill."}).status_code == 303
    assert 'value="It is a drill."' in instructor.get(f"/questions/{added(instructor)[0]}/edit").text


def test_sending_a_form_twice_makes_one_question(instructor):
    path = "/questions/harbour/new/single_choice"
    fields = {**hidden(instructor.get(path)), **CHOICE, **REASONS}
    assert [instructor.post(path, **fields).status_code for _ in range(2)] == [303, 303]
    assert len(added(instructor)) == 1


@pytest.mark.parametrize("nonce", ["", "x", "../..", "own", "0" * 17, "é" * 16])
def test_a_name_made_up_by_hand_is_refused(instructor, nonce):
    assert write(instructor, nonce=nonce).status_code == 400
    assert all(isinstance(one, int) for one in added(instructor))


def test_an_edit_adds_a_revision_and_an_old_attempt_keeps_its_own(instructor):
    write(instructor)
    (question_id,) = added(instructor)
    first = instructor.post(f"/questions/{question_id}/play").location
    instructor.answer(first)
    path = f"/questions/{question_id}/edit"
    page = instructor.get(path)
    assert CHOICE["stem"] in unescape(page.text) and 'value="85 tons"' in page.text
    changed = {**CHOICE, **REASONS, "line": "The report gives 70 tons as the catch of the very last boat."}
    asked = instructor.post(path, **{**hidden(page), **changed})
    assert asked.status_code == 422 and "Say which of the two it is." in text_of(asked)
    assert instructor.post(path, **{**hidden(page), **changed, "change": "typo"}).status_code == 303
    words = text_of(instructor.get("/questions/harbour"))
    assert "Saved 2 times" in words and "very last boat" in words
    assert CHOICE["line"] in text_of(instructor.get(first))
    article = text_of(instructor.get("/reading/harbour"))
    assert "very last boat" in article and CHOICE["line"] not in article


def test_an_edit_that_changes_nothing_adds_no_revision(instructor):
    write(instructor)
    path = f"/questions/{added(instructor)[0]}/edit"
    page = instructor.get(path)
    answer = instructor.post(path, **{**hidden(page), **CHOICE, **REASONS})
    assert "Nothing was changed" in text_of(instructor.get(answer.location))
    assert "Saved once" in text_of(instructor.get("/questions/harbour"))


def test_of_two_who_edit_the_second_sees_both_texts_and_loses_nothing(instructor):
    write(instructor)
    path = f"/questions/{added(instructor)[0]}/edit"
    mine, theirs = instructor.get(path), instructor.get(path)
    fields = {**CHOICE, **REASONS}
    first = {**fields, "stem": "In the report, what was the catch of the last boat?"}
    second = {**fields, "stem": "In the report, how large was the catch of the last boat?"}
    assert instructor.post(path, **{**hidden(theirs), **first}).status_code == 303
    answer = instructor.post(path, **{**hidden(mine), **second})
    words = unescape(answer.text)
    assert answer.status_code == 409
    assert second["stem"] in words and "Nothing of yours is lost" in words
    assert "In the report, <del>what</del> was" in words and "In the report, <ins>how large</ins> was" in words
    assert instructor.post(path, **{**hidden(answer), **second}).status_code == 303
    assert second["stem"] in text_of(instructor.get("/questions/harbour"))


def test_what_is_no_longer_asked_leaves_quizzes_and_article_and_can_come_back(instructor):
    write(instructor)
    (question_id,) = added(instructor)
    instructor.get("/questions/harbour")
    assert instructor.post(f"/questions/{question_id}/retire", again="no").status_code == 303
    assert "Not asked any more" in text_of(instructor.get("/questions/harbour"))
    assert CHOICE["line"] not in text_of(instructor.get("/reading/harbour"))
    assert instructor.post(f"/questions/{question_id}/play").status_code == 404
    instructor.post(f"/questions/{question_id}/retire", again="yes")
    assert CHOICE["line"] in text_of(instructor.get("/reading/harbour"))
    assert instructor.post(f"/questions/{question_id}/play").status_code == 303


def test_a_bank_or_type_or_question_that_is_not_there_is_no_page(instructor):
    for path in (
        "/questions/nowhere",
        "/questions/nowhere/new/numeric",
        "/questions/harbour/new/essay",
        "/questions/1/edit",
        "/questions/999999/edit",
    ):
        assert instructor.get(path).status_code == 404, path
    instructor.get("/")
    assert instructor.post("/questions/1/retire").status_code == 404


def paths_of_authoring(app):
    values = {"bank_name": "harbour", "type_name": "numeric", "question_id": 1, "draft_id": 1}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("questions."):
            path = rule.rule
            for name, value in values.items():
                path = re.sub(rf"<(\w+:)?{name}>", str(value), path)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield method, path


def test_learners_and_strangers_find_none_of_this(app, visitor, new_visitor):
    visitor.start()
    stranger = new_visitor()
    stranger.get("/")
    found = list(paths_of_authoring(app))
    assert len(found) >= 15
    for one in (visitor, stranger):
        for method, path in found:
            answer = one.get(path) if method == "GET" else one.post(path, **NUMBER)
            assert answer.status_code == 404, (method, path)
    assert "Questions of your own" not in visitor.get("/banks/harbour").text


def test_the_bank_page_leads_an_instructor_there(instructor):
    assert 'href="/questions/harbour"' in instructor.get("/banks/harbour").text
    assert "No question of your own yet" in text_of(instructor.get("/questions/harbour"))


def test_the_list_speaks_of_a_file_only_where_the_bank_has_one_and_of_approval_where_it_is_needed(instructor, runtime):
    of_a_file = text_of(instructor.get("/questions/harbour"))
    assert "What you add is asked at once, beside the bank’s own questions" in of_a_file
    assert "came with the bank’s file" in of_a_file
    with runtime.writing() as session:
        session.execute(update(BankRow).values(origin=Origin.INSTRUCTOR, second_approver=True))
    made_here = text_of(instructor.get("/questions/harbour"))
    assert "What you add is asked once somebody else approves it, and its fact stands with the source." in made_here
    assert "file" not in made_here and "at once" not in made_here


def test_an_edit_that_was_kept_as_a_draft_is_offered_to_its_author_until_it_is_finished(instructor):
    write(instructor)
    (question_id,) = added(instructor)
    edit = f"/questions/{question_id}/edit"
    assert "You have a draft of this" not in text_of(instructor.get(edit))
    kept = instructor.post(f"/questions/{question_id}/drafts", **{**hidden(instructor.get(edit)), **CHOICE})
    assert kept.status_code == 303, text_of(kept)
    page = instructor.get(edit)
    (draft_id,) = re.findall(r'<a href="/questions/drafts/(\d+)">Go on with it', page.text)
    assert "You have a draft of this, kept" in text_of(page)
    instructor.post(f"/questions/drafts/{draft_id}/drop")
    assert "You have a draft of this" not in text_of(instructor.get(edit))


def test_every_post_needs_the_forms_token(instructor):
    for path in ("/questions/harbour/new/numeric", "/questions/1/edit", "/questions/1/retire", "/questions/1/play"):
        assert instructor.client.post(path, data=NUMBER).status_code == 400


def test_what_was_typed_cannot_become_markup(instructor):
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    write(instructor, line=f"The report gives 70 tons. {attack}", stem=f"In the report, {attack}?")
    for path in ("/questions/harbour", "/reading/harbour"):
        assert "<script>alert" not in instructor.get(path).text and "<img" not in instructor.get(path).text


def test_statements_are_few(instructor, statements):
    write(instructor)
    (question_id,) = added(instructor)
    statements()
    for path, most in (
        ("/questions/harbour", 3),
        ("/questions/harbour/new/numeric", 4),
        (f"/questions/{question_id}/edit", 7),
        ("/banks/harbour", 3),
    ):
        instructor.get(path)
        assert len(statements()) <= most, path


def test_where_somebody_else_approves_an_author_has_no_button_to_ask_it_again(instructor, runtime):
    write(instructor)
    (question_id,) = added(instructor)
    path = f"/questions/{question_id}/retire"
    instructor.post(path, again="no")
    with runtime.writing() as session:
        session.execute(update(BankRow).values(second_approver=True))
    page = instructor.get("/questions/harbour")
    assert path not in page.text and "Somebody else than its author asks it again." in text_of(page)
    told = text_of(instructor.get(instructor.post(path, again="yes").location))
    assert "somebody else than its author approves: hand it in." in told and "Not asked any more." in told
