"""Tests of what the editor keeps: drafts, conflicts, merges, what an edit is, and who approves."""

import json
import re
from html import unescape

import pytest
from sqlalchemy import func, select, update

from quizapp.database.bank_tables import BankRow, Change, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.studio_tables import Decision, DraftDecisionRow, DraftRow, DraftState
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.roles import Role
from quizapp.services.studio.drafts import begin_draft
from quizapp.services.studio.reviewing import reject
from tests.factories import NOON
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of
from tests.web.writing import BY_TYPE, CHOICE, REASONS, added, by_script, hidden, write

NEW = "/questions/harbour/new/single_choice"


def rows(visitor, table, *where):
    with visitor.runtime.reading() as session:
        found = session.scalars(select(table).where(*where).order_by(table.id)).all()
        session.expunge_all()
    return found


def drafts(visitor):
    return rows(visitor, DraftRow)


def count(visitor):
    with visitor.runtime.reading() as session:
        return session.scalar(select(func.count()).select_from(QuestionRow))


def begun(visitor, **changes):
    """Keep a new question by itself; return its fields and what the script was told."""
    fields = {**hidden(visitor.get(NEW)), **CHOICE, **changes}
    answer = by_script(visitor, "/questions/harbour/drafts", **fields)
    assert answer.status_code == 200, answer.text
    return fields, answer.json


def answered(visitor, kind="single_choice"):
    """Write a question that somebody has answered; return its id."""
    assert write(visitor, kind).status_code == 303
    question_id = added(visitor)[0]
    first = visitor.post(f"/questions/{question_id}/play").location
    assert visitor.answer(first).status_code == 303
    return question_id


@pytest.mark.parametrize("kind", BY_TYPE)
def test_a_draft_of_each_type_is_kept_while_typing_and_opens_as_it_was(instructor, kind):
    fields = {**hidden(instructor.get(f"/questions/harbour/new/{kind}")), **BY_TYPE[kind], "note": "So far."}
    kept = by_script(instructor, "/questions/harbour/drafts", **fields).json
    assert (kept["version"], kept["address"]) == (1, f"/questions/drafts/{kept['draft']}")
    page = unescape(instructor.get(kept["address"]).text)
    assert all(text in page for text in BY_TYPE[kind].values() if len(text) > 2)
    assert "So far." in page and "A draft by Ines" in page
    assert added(instructor) == []


def test_half_a_question_is_kept_too_and_sending_it_twice_makes_one_draft(instructor):
    fields = {**hidden(instructor.get(NEW)), "type": "single_choice", "line": "Half a"}
    for _ in range(2):
        assert by_script(instructor, "/questions/harbour/drafts", **fields).json["version"] == 1
    assert by_script(instructor, "/questions/harbour/drafts", **fields | {"line": "Half a line"}).json["version"] == 2
    (stored,) = drafts(instructor)
    assert json.loads(stored.content)["line"] == "Half a line"


def test_of_two_tabs_the_second_is_told_and_sees_both_texts(instructor):
    fields, kept = begun(instructor)
    mine = {**fields, "version": "1", "line": "The report gives 70 tons as what the last boat caught."}
    assert by_script(instructor, kept["keep"], **mine).json["version"] == 2
    late = {**fields, "version": "1", "line": "The report gives 70 tons for the last boat."}
    answer = by_script(instructor, kept["keep"], **late)
    assert answer.status_code == 409 and "Somebody has saved this draft" in answer.json["words"]
    page = instructor.post(kept["keep"], **late)
    words = unescape(page.text)
    assert page.status_code == 409 and "Nothing of yours is lost" in words
    assert "as what the last boat caught" in words.replace("<del>", "").replace("</del>", "")
    assert late["line"] in words and json.loads(drafts(instructor)[0].content)["line"] == mine["line"]
    again = instructor.post(kept["keep"], **{**late, **hidden(page)})
    assert again.status_code == 303 and json.loads(drafts(instructor)[0].content)["line"] == late["line"]


def test_without_a_script_a_draft_is_kept_by_a_button_and_listed(instructor):
    fields = {**hidden(instructor.get(NEW)), **CHOICE}
    answer = instructor.post("/questions/harbour/drafts", **fields)
    assert answer.status_code == 303 and "Kept as a draft" in text_of(instructor.get(answer.location))
    listed = text_of(instructor.get("/questions/harbour/drafts"))
    assert "1 draft" in listed and CHOICE["stem"] in listed
    assert instructor.post(answer.location + "/drop").status_code == 303
    assert "No drafts" in text_of(instructor.get("/questions/harbour/drafts"))


def test_a_dropped_draft_comes_back_by_undo_and_its_words_begin_a_new_one(instructor):
    _, kept = begun(instructor)
    listed = instructor.get(instructor.post(kept["address"] + "/drop").location)
    page = instructor.get(kept["address"])
    assert "This draft was thrown away" in text_of(page) and CHOICE["line"] in unescape(page.text)
    assert f'action="{NEW}"' in page.text
    undo = listed.text.partition('action="/studio/steps/')[2].partition('"')[0]
    instructor.post(f"/studio/steps/{undo}", back="/")
    assert drafts(instructor)[0].state is DraftState.OPEN


def test_saving_a_draft_publishes_it_and_leads_to_its_question_from_then_on(instructor):
    fields, kept = begun(instructor)
    answer = instructor.post(kept["address"], **{**fields, "version": "1"}, **REASONS)
    assert answer.status_code == 303 and len(added(instructor)) == 1
    assert drafts(instructor)[0].state is DraftState.APPROVED
    assert instructor.get(kept["address"]).location == f"/questions/{added(instructor)[0]}/edit"


def test_a_draft_saved_in_one_tab_is_not_made_a_second_question_by_another(instructor):
    fields, kept = begun(instructor)
    sent = {**fields, "version": "1", **REASONS}
    assert [instructor.post(kept["address"], **sent).status_code for _ in range(2)] == [303, 303]
    other = instructor.post(kept["address"], **{**sent, "line": "The report gives 70 tons for another boat."})
    assert other.status_code == 409 and "saving again makes another question" in text_of(other)
    assert len(added(instructor)) == 1


def test_what_was_published_can_be_undone_and_published_again(instructor):
    fields, kept = begun(instructor)
    listed = instructor.get(instructor.post(kept["address"], **{**fields, "version": "1"}, **REASONS).location)
    undo = listed.text.partition('action="/studio/steps/')[2].partition('"')[0]
    assert instructor.post(f"/studio/steps/{undo}", back="/").status_code == 303
    again = instructor.post(kept["address"], **{**fields, **hidden(instructor.get(kept["address"]))}, **REASONS)
    assert again.status_code == 303, text_of(again)
    assert [one.retired_at is None for one in rows(instructor, QuestionRow, QuestionRow.name.like("own-%"))] == [
        False,
        True,
    ]


def test_save_and_new_keeps_topic_place_speaker_and_type(instructor):
    changes = {"topic": "weather", "paragraph": "4, 5", "do": "new"}
    answer = write(instructor, **changes)
    assert answer.status_code == 303 and answer.location.startswith(f"{NEW}?")
    page = instructor.get(answer.location).text
    assert 'value="4, 5"' in page and '<option selected value="weather">' in page and CHOICE["stem"] not in page


def test_an_edit_of_an_answered_question_says_what_it_is_and_that_is_kept(instructor):
    question_id = answered(instructor)
    path = f"/questions/{question_id}/edit"
    page = instructor.get(path)
    assert "Is it a typo, or a different question?" in text_of(page)
    sent = {**hidden(page), **CHOICE, **REASONS, "stem": "In the report, what was the catch of the last boat?"}
    assert instructor.post(path, **sent).status_code == 422
    assert instructor.post(path, **sent, change="restored").status_code == 422
    assert instructor.post(path, **sent, change="different").status_code == 303
    changes = [
        one.change for one in rows(instructor, QuestionRevisionRow, QuestionRevisionRow.question_id == question_id)
    ]
    assert changes == [None, Change.DIFFERENT]


def test_an_edit_of_what_nobody_answered_is_not_asked_about(instructor):
    write(instructor)
    path = f"/questions/{added(instructor)[0]}/edit"
    page = instructor.get(path)
    assert "a different question?" not in page.text
    sent = {**hidden(page), **CHOICE, **REASONS, "stem": "In the report, what was the catch of the last boat?"}
    assert instructor.post(path, **sent).status_code == 303


def test_an_edit_is_kept_as_a_draft_and_the_question_stays_as_it_is_until_it_is_saved(instructor):
    question_id = answered(instructor)
    path = f"/questions/{question_id}/edit"
    sent = {**hidden(instructor.get(path)), **CHOICE, "stem": "In the report, what was the catch of the last boat?"}
    kept = by_script(instructor, f"/questions/{question_id}/drafts", **sent, change="typo").json
    assert CHOICE["stem"] in text_of(instructor.get("/questions/harbour"))
    page = instructor.get(kept["address"])
    assert sent["stem"] in unescape(page.text) and 'value="typo"' in page.text
    done = instructor.post(kept["address"], **{**sent, **hidden(page), **REASONS}, change="typo")
    assert done.status_code == 303, text_of(done)
    assert sent["stem"] in text_of(instructor.get("/questions/harbour"))


def test_where_somebody_else_approves_saving_hands_in_and_the_button_says_so(instructor, new_visitor, runtime):
    with runtime.writing() as session:
        session.execute(update(BankRow).values(second_approver=True))
        other = add_person(session, Role.INSTRUCTOR, "Otto")
    before, page = count(instructor), instructor.get(NEW)
    assert "Hand in" in text_of(page) and "somebody else than its author approves" in text_of(page)
    answer = instructor.post(NEW, **{**hidden(page), **CHOICE, **REASONS})
    assert "Handed in." in text_of(instructor.get(answer.location)) and count(instructor) == before
    (waiting,) = drafts(instructor)
    assert waiting.state is DraftState.WAITING
    colleague = new_visitor()
    sign_in_as(colleague.client, runtime, other)
    page = colleague.get(f"/questions/drafts/{waiting.id}")
    assert "Approve" in text_of(page) and "This waits for approval by Ines" in text_of(page)
    sent = {**CHOICE, **REASONS, **hidden(page)}
    for number, stem in enumerate(("In the report, how m", "In the report, how much"), 1):
        by_script(colleague, f"/questions/drafts/{waiting.id}/keep", **{**sent, "stem": stem, "version": str(number)})
    assert colleague.post(f"/questions/drafts/{waiting.id}", **{**sent, "version": "3"}).status_code == 303
    made = [one.decision for one in rows(instructor, DraftDecisionRow)]
    assert made == [Decision.SUBMITTED, Decision.EDITED, Decision.EDITED, Decision.APPROVED]
    assert count(instructor) == before + 1


def test_a_draft_that_gives_way_to_another_question_offers_it_what_that_lacks(instructor):
    write(instructor, "short_answer")
    (other,) = added(instructor)
    with instructor.runtime.reading() as session:
        name = session.get_one(QuestionRow, other).name
    path = "/questions/harbour/new/short_answer"
    mine = {
        **hidden(instructor.get(path)),
        **BY_TYPE["short_answer"],
        "body_accepted": "Old Wick",
        "explanation": "Home.",
    }
    answer = instructor.post(path, **mine, do=f"merge:{name}")
    assert answer.status_code == 303 and answer.location.startswith(f"/questions/{other}/edit?merged=")
    page = instructor.get(answer.location)
    words = text_of(page)
    assert "Your draft is dropped" in words and "Undo" in words and "Old Wick" in words and "Home." in words
    assert drafts(instructor)[-1].state is DraftState.DROPPED
    edit = {**BY_TYPE["short_answer"], **hidden(page), "do": "take"}
    taken = unescape(instructor.post(f"/questions/{other}/edit", **edit).text)
    assert re.search(r"Wick harbour\s+Old Wick</textarea>", taken) and re.search(r">\s+Home.</textarea>", taken)


def test_a_draft_can_give_way_to_a_question_of_the_banks_file_which_stays_as_it_is(instructor):
    page = instructor.get(NEW)
    answer = instructor.post(NEW, **{**hidden(page), **CHOICE}, do="merge:catch-1.whatever")
    assert answer.location == "/questions/harbour" and drafts(instructor)[0].state is DraftState.DROPPED


def test_a_draft_too_long_to_be_stored_is_refused_in_words(instructor):
    long = {f"body_distractors-{row}-{part}": "x" * 9000 for row in range(8) for part in ("text", "reason")}
    fields = {**hidden(instructor.get(NEW)), **CHOICE, **long}
    answer = by_script(instructor, "/questions/harbour/drafts", **fields)
    assert answer.status_code == 422 and "longer than" in answer.json["words"]
    page = instructor.post("/questions/harbour/drafts", **fields)
    assert page.status_code == 422 and "longer than" in text_of(page)


@pytest.mark.parametrize("name", ["nonce", "version"])
def test_hidden_fields_made_up_by_hand_are_refused(instructor, name):
    fields = {**hidden(instructor.get(NEW)), **CHOICE, name: "x²"}
    assert by_script(instructor, "/questions/harbour/drafts", **fields).status_code == 400
    assert instructor.post(NEW, **fields).status_code == 400
    assert drafts(instructor) == []


def test_keeping_takes_few_statements(instructor, statements):
    fields = {**hidden(instructor.get(NEW)), **CHOICE}
    statements()
    kept = by_script(instructor, "/questions/harbour/drafts", **fields).json
    assert len(statements()) <= 6
    by_script(instructor, kept["keep"], **fields | {"line": "Another.", "version": "1"})
    assert len(statements()) <= 6
    write(instructor)
    edit = {**hidden(instructor.get(f"/questions/{added(instructor)[0]}/edit")), **CHOICE}
    statements()
    assert by_script(instructor, f"/questions/{added(instructor)[0]}/drafts", **edit).status_code == 200
    assert len(statements()) <= 6 + 3  # the list that says which question it is
    for path, most in (("/questions/harbour/drafts", 3), (kept["address"], 5)):
        instructor.get(path)
        assert len(statements()) <= most, path


TEXT = "The last boat came in late.\n\nIt brought 70 tons\nof herring and a drunken cook."


@pytest.fixture
def with_text(instructor):
    with instructor.runtime.writing() as session:
        session.execute(update(SourceRow).values(text=TEXT))
    return instructor


def test_words_pasted_from_the_text_are_the_passage_of_the_fact_and_are_shown_again(with_text):
    assert "It brought 70 tons" in text_of(with_text.get(NEW))
    refused = write(with_text, quote="80 tons", paragraph="")
    assert refused.status_code == 422 and "the text has no such words" in text_of(refused)
    assert write(with_text, quote="70 tons of  herring", paragraph="").status_code == 303
    page = unescape(with_text.get(f"/questions/{added(with_text)[0]}/edit").text)
    assert re.search(r'name="quote"[^>]*>\s*70 tons\s+of herring</textarea>', page)
    assert 'name="paragraph" type="text" value="2"' in page


def test_a_draft_that_has_the_marks_alone_shows_the_words_at_them(with_text, runtime):
    start = TEXT.index("late")
    text = DraftText("short_answer", line="The last boat was late.", start=start, end=start + 4)
    with runtime.writing() as session:
        author = add_person(session, Role.INSTRUCTOR)
        draft_id = begin_draft(session, author, "harbour", text, "marked", NOON, recipe="cloze").id
    page = with_text.get(f"/questions/drafts/{draft_id}")
    assert re.search(r'name="quote"[^>]*>\s*late</textarea>', page.text)
    sent = {**hidden(page), **BY_TYPE["short_answer"], "quote": "late", "paragraph": ""}
    assert with_text.post(f"/questions/drafts/{draft_id}", **sent, **REASONS).status_code == 303


def test_an_author_reads_why_a_draft_was_rejected_and_hands_it_in_again(instructor, runtime):
    with runtime.writing() as session:
        session.execute(update(BankRow).values(second_approver=True))
        admin = add_person(session, Role.ADMIN, "Bea")
    instructor.post(NEW, **{**hidden(instructor.get(NEW)), **CHOICE, **REASONS})
    (waiting,) = drafts(instructor)
    with runtime.writing() as session:
        reject(session, admin, waiting.id, waiting.version, "Which boat is meant?", runtime.now())
    listed = text_of(instructor.get("/questions/harbour/drafts"))
    assert "Rejected" in listed and "Which boat is meant?" in listed and "Go on with it" in listed
    assert "1 draft of your own rejected" in text_of(instructor.get("/studio/attention"))
    path = f"/questions/drafts/{waiting.id}"
    page = instructor.get(path)
    assert "It was rejected: Which boat is meant?" in text_of(page) and "Hand in" in text_of(page)
    answer = instructor.post(path, **{**CHOICE, **REASONS, **hidden(page)})
    assert answer.status_code == 303, text_of(answer)
    (again,) = drafts(instructor)
    assert (again.id, again.state) == (waiting.id, DraftState.WAITING)


def test_what_stands_beside_no_field_is_said_in_the_banner_which_takes_the_focus(instructor):
    lacking = {name: "" for name in CHOICE if name.startswith(("body_distractors-1", "body_distractors-2"))}
    page = instructor.post(NEW, **{**hidden(instructor.get(NEW)), **CHOICE, **REASONS, **lacking})
    assert page.status_code == 422
    banner = page.text[page.text.index('id="refused"') :].split("</div></div>")[0]
    assert "autofocus" in banner and "This must be mended" in banner and "options" in banner


def test_what_is_missing_is_counted_for_whoever_does_not_see_it(instructor):
    answer = by_script(
        instructor, "/questions/harbour/preview", **{**hidden(instructor.get(NEW)), **CHOICE, "stem": ""}
    )
    told = answer.text[answer.text.index('data-put="say"') :]
    assert "1 problem" in told and "Nothing to mend." not in told
