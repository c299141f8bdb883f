import re
from html import unescape

import pytest
from sqlalchemy import func, select

from quizapp.database.bank_tables import BankRow
from quizapp.domain.facts.passage import MAX_TEXT
from quizapp.domain.roles import Actor, Role
from quizapp.services.studio.bank_editor import edited_bank
from tests.page_forms import read_page
from tests.people import add_person, sign_in_as
from tests.services.studio.test_bank_editor import ask
from tests.web.conftest import text_of

NEW = "/studio/banks/new"
TEXT = "The ice came early.\r\n\r\nThe boats stayed. Nobody sailed.\r\n\r\nThe ice went late."


def fields_of(page):
    """Return the first form of the page as a browser would send it, without its buttons."""
    (form,) = [one for one in read_page(page.text, "/").forms if any(field.name == "title" for field in one.fields)]
    found = {}
    for field in form.fields:
        if field.kind not in ("submit", "checkbox", "button"):
            found[field.name] = field.value or (field.choices[0] if field.choices else "")
    return found


def make(visitor, **changes):
    fields = fields_of(visitor.get(NEW))
    return visitor.post(NEW, **fields | {"title": "Ice in the bay", "outlet": "The Bay Times"} | changes)


def words_of(runtime, name="ice-in-the-bay"):
    with runtime.reading() as session:
        return edited_bank(session, Actor(0, Role.ADMIN), name).words


def edit(visitor, name="ice-in-the-bay", **changes):
    path = f"/studio/banks/{name}/words"
    return visitor.post(path, **fields_of(visitor.get(path)) | changes)


def test_title_and_outlet_make_a_bank_and_lead_to_its_tools(instructor, runtime):
    answer = make(instructor)
    assert (answer.status_code, answer.location) == (303, "/studio/banks/ice-in-the-bay")
    page = instructor.get(answer.location)
    for tool in ("Add questions", "Who can see it", "Title, source, topics, text", "Download as a folder"):
        assert tool in page.text
    words = words_of(runtime)
    assert (words.source.date, words.source.title, words.topics[0].label) == ("not given", "none given", "General")


def test_sending_the_form_twice_makes_one_bank(instructor, runtime):
    fields = fields_of(instructor.get(NEW)) | {"title": "Ice", "outlet": "The Bay Times"}
    first, second = instructor.post(NEW, **fields), instructor.post(NEW, **fields)
    assert first.location == second.location
    with runtime.reading() as session:
        assert session.scalar(select(func.count()).select_from(BankRow).where(BankRow.title == "Ice")) == 1


def test_what_is_missing_stands_beside_its_field_and_what_was_typed_stays(instructor):
    answer = make(instructor, title=" ", outlet="", summary="Kept & shown", language="Englisch!", paragraphs="0")
    assert answer.status_code == 422
    for said in ("Give the bank a title.", "Say where the facts come from.", "Write the code of a language", "1 to"):
        assert said in answer.text
    assert "Kept &amp; shown" in answer.text


def test_a_second_approver_is_refused_beside_the_field_where_there_is_nobody(instructor):
    assert "An admin approves drafts of your own bank" in text_of(instructor.get(NEW))
    answer = make(instructor, second_approver="y")
    assert answer.status_code == 422 and "Nobody else may change this bank" in text_of(answer)
    make(instructor)
    answer = edit(instructor, second_approver="y")
    assert answer.status_code == 422 and "second_approver-errors" in answer.text


def test_all_fields_are_stored(instructor, runtime):
    with runtime.writing() as session:
        add_person(session, Role.ADMIN)
    make(
        instructor,
        summary="About ice.",
        language="tr",
        licence="CC BY",
        topics="Ice\r\n\r\nBoats ",
        source_title="Frozen",
        author="A. Reporter",
        date="3 May",
        as_of="May 2023",
        source_language="de",
        description="one report",
        affiliation="The board’s own paper.",
        side_one="the harbour board",
        adjective_one="Board",
        side_two="the crew",
        text=TEXT,
        second_approver="y",
        **{
            "speakers-0-name": "Ada Quay",
            "speakers-0-short": "Quay",
            "speakers-0-role": "master",
            "speakers-0-side": "2",
            "speakers-1-name": "Both",
            "speakers-1-kind": "both",
            "speakers-1-side": "1",
        },
    )
    words = words_of(runtime)
    source = words.source
    assert [(topic.id, topic.label) for topic in words.topics] == [("ice", "Ice"), ("boats", "Boats")]
    assert (source.language, source.as_of, source.paragraphs, words.language) == ("de", "May 2023", 3, "tr")
    assert [(side.id, side.adjective) for side in source.sides] == [
        ("the-harbour-board", "Board"),
        ("the-crew", "Crew"),
    ]
    assert [(one.short, one.side) for one in source.speakers] == [("Quay", "the-crew"), ("Both", "")]
    assert words.text == TEXT.replace("\r\n", "\n")
    assert words.second_approver


def test_one_more_speaker_and_the_numbered_paragraphs_need_no_script(instructor):
    more = make(instructor, more="yes", title="")
    assert more.status_code == 200
    assert 'name="speakers-1-name"' in more.text
    preview = text_of(make(instructor, preview="yes", text=TEXT))
    assert "3 paragraphs" in preview
    assert "2 The boats stayed. Nobody sailed." in preview


def test_a_speaker_needs_a_name_and_a_side_that_has_one(instructor):
    answer = make(
        instructor,
        **{"speakers-0-role": "master", "speakers-1-name": "Bo", "speakers-1-side": "1", "speakers-1-kind": "person"},
    )
    assert answer.status_code == 422
    assert "Write the name, or empty the row." in answer.text
    assert "Bo is on a side that has no name" in answer.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"topics": "Ice\nice"}, "“ice” is there twice."),
        ({"topics": "\n".join(map(str, range(101)))}, "At most 100 topics"),
        ({"text": "x" * (MAX_TEXT + 1)}, "it can have 200,000 characters"),
        ({"title": "a\x00b"}, "cannot be stored"),
    ],
)
def test_what_cannot_be_stored_is_refused(instructor, changes, said):
    answer = make(instructor, **changes)
    assert answer.status_code == 422
    assert said in unescape(answer.text)


def test_a_text_of_the_longest_kind_is_taken_in_any_script(instructor, runtime):
    assert make(instructor, text="խ" * MAX_TEXT).status_code == 303
    assert len(words_of(runtime).text) == MAX_TEXT


def test_a_form_without_a_nonce_is_none_of_ours(instructor):
    assert make(instructor, nonce="").status_code == 400
    assert make(instructor, nonce="0' OR 1").status_code == 400


def test_an_edit_changes_what_was_typed_and_keeps_the_rest(instructor, runtime):
    make(instructor, topics="Ice\nBoats", text=TEXT, **{"speakers-0-name": "Ada Quay"})
    before = words_of(runtime)
    assert edit(instructor).status_code == 303
    assert words_of(runtime) == before
    edit(instructor, topics="Ice and wind\nBoats", **{"speakers-0-name": "Ada Key"})
    after = words_of(runtime)
    assert [topic.id for topic in after.topics] == ["ice", "boats"]
    assert [(one.id, one.name) for one in after.source.speakers] == [("ada-quay", "Ada Key")]


def test_of_two_who_edit_the_second_sees_both_texts_and_may_still_save(instructor, new_visitor, runtime):
    make(instructor)
    path = "/studio/banks/ice-in-the-bay/words"
    opened = fields_of(instructor.get(path))
    other = new_visitor()
    with runtime.writing() as session:
        admin = add_person(session, Role.ADMIN, "Adam")
    sign_in_as(other.client, runtime, admin)
    assert edit(other, summary="What Adam wrote.").status_code == 303
    answer = instructor.post(path, **opened | {"summary": "What Ines wrote.", "title": "Her title"})
    assert answer.status_code == 409
    assert "What Adam wrote." in answer.text
    assert answer.text.count("What Ines wrote.") == 2
    assert words_of(runtime).summary == "What Adam wrote."
    assert instructor.post(path, **fields_of(answer)).status_code == 303
    assert (words_of(runtime).summary, words_of(runtime).title) == ("What Ines wrote.", "Her title")


def test_the_words_of_a_bank_from_a_file_are_told_to_stand_there(instructor):
    page = instructor.get("/studio/banks/harbour/words")
    assert page.status_code == 200
    assert "quizapp bank build harbour" in page.text
    assert 'name="title"' not in page.text
    answer = instructor.post("/studio/banks/harbour/words", title="Mine", outlet="Mine")
    assert answer.status_code == 200
    assert "Its words stand in a file" in answer.text


def test_a_topic_in_use_is_told_beside_the_topics(instructor, runtime):
    make(instructor, topics="Ice\nboats", text=TEXT)
    with runtime.writing() as session:
        owner = session.scalar(select(BankRow.owner_id).where(BankRow.name == "ice-in-the-bay"))
        ask(session, Actor(owner, Role.INSTRUCTOR), "ice-in-the-bay")
    answer = edit(instructor, topics="Ice")
    assert answer.status_code == 422
    assert "“boats” has facts or questions" in unescape(answer.text)
    assert edit(instructor, text="All is new.").status_code == 303
    assert "To be marked anew" in instructor.get("/studio/banks/ice-in-the-bay").text


def test_statements(instructor, statements):
    make(instructor, text=TEXT)
    for path, count in ((NEW, 1), ("/studio/banks/ice-in-the-bay/words", 4), ("/studio", 3)):
        statements()
        assert instructor.get(path).status_code == 200
        assert len(statements()) == count, path


def test_a_change_is_undone_from_its_message(instructor, runtime):
    make(instructor, text=TEXT)
    before = words_of(runtime)
    edit(instructor, title="Another title", text="All is new.")
    page = instructor.get("/studio/banks/ice-in-the-bay")
    (step,) = set(re.findall(r'action="(/studio/steps/\d+/undo)"', page.text))
    assert instructor.post(step).status_code == 303
    assert words_of(runtime) == before


def test_undoing_the_making_of_a_bank_leads_to_the_studio_where_it_can_be_brought_back(instructor):
    make(instructor)
    (step,) = re.findall(r'action="(/studio/steps/\d+/undo)"', instructor.get("/studio/ice-in-the-bay/steps").text)
    answer = instructor.post(step)
    assert (answer.status_code, answer.location) == (303, "/studio")
    page = instructor.get("/studio")
    assert "The bank is archived; you can bring it back." in text_of(page)
    assert 'action="/studio/banks/ice-in-the-bay/archive"' in page.text


def test_a_bank_that_holds_a_question_is_not_taken_off_by_undoing_its_making(instructor, runtime):
    make(instructor, text=TEXT)
    (step,) = re.findall(r'action="(/studio/steps/\d+/undo)"', instructor.get("/studio/ice-in-the-bay/steps").text)
    with runtime.writing() as session:
        owner = session.scalars(select(BankRow.owner_id).where(BankRow.name == "ice-in-the-bay")).one()
        ask(session, Actor(owner, Role.INSTRUCTOR), "ice-in-the-bay")
    page = instructor.get("/studio/ice-in-the-bay/steps")
    assert step not in page.text and "It holds questions" in text_of(page)
    refused = instructor.post(step)
    assert refused.status_code == 409
    assert "Archive the bank instead: it holds questions." in text_of(refused)
    assert instructor.get("/studio/banks/ice-in-the-bay").status_code == 200
