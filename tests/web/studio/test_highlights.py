"""Highlight to quiz: a passage, a line and its value become drafts, and each is kept, edited or dropped."""

import re
from html import unescape

from sqlalchemy import update

from quizapp.database.bank_tables import SourceRow
from tests.page_forms import read_page
from tests.web.conftest import text_of
from tests.web.highlighting import PASSAGE, SAID, TEXT, names, paste, said

STEM = "In the text, in which year was the stone bridge of Aldheim opened?"
PART = {"X-Part": "drafts"}


def drafted(instructor, bank, **changes):
    """The page of the drafts on a passage, as it is reached without a script."""
    answer = instructor.post(f"/studio/{bank}/highlight/drafts", **said(**changes))
    assert answer.status_code == 303, text_of(answer)
    return answer.location.split("#")[0]


def decide(instructor, bank, what, name, **more):
    return instructor.post(f"/studio/{bank}/highlight/{what}", **said(), name=name, **more)


def test_a_text_is_pasted_with_a_title_and_shown_with_numbered_paragraphs(instructor):
    assert instructor.get("/studio/paste").status_code == 200
    bank = paste(instructor)
    page = instructor.get(f"/studio/{bank}/highlight")
    assert "Nobody else sees it" in text_of(page)
    shown = re.findall(r'<span class="stored-words" data-words data-start="(\d+)">(.*?)</span>', page.text, re.S)
    for start, words in shown:
        assert TEXT[int(start) :].startswith(unescape(words))
    assert len(shown) == 5


def test_a_text_or_a_title_that_is_missing_is_asked_for_beside_its_field(instructor):
    nonce = re.search(r'name="nonce"[^>]*value="([^"]+)"', instructor.get("/studio/paste").text)[1]
    answer = instructor.post("/studio/paste", title="Notes", text=" \n ", nonce=nonce)
    assert answer.status_code == 422 and "Paste the text." in text_of(answer) and 'value="Notes"' in answer.text
    assert instructor.post("/studio/paste", title="Notes", text="A text.", nonce="x").status_code == 400


def test_a_passage_found_by_its_words_shows_drafts_on_their_own_address(instructor):
    bank = paste(instructor)
    address = drafted(instructor, bank, start="", end="", words="the stone bridge".title() and PASSAGE)
    page = instructor.get(address)
    words = text_of(page)
    assert STEM in words and "Elsewhere the text has this" in words and "4 drafts from this passage" in words
    assert '<mark class="is-chosen" data-chosen>The stone bridge' in page.text


def test_the_page_of_some_drafts_leads_to_others(instructor):
    bank = paste(instructor)
    page = instructor.get(drafted(instructor, bank))
    (form,) = (one for one in read_page(page.text, "/").forms if one.action.endswith("/drafts"))
    sent = {one.name: one.value or "" for one in form.fields} | {"line": "The bridge of Aldheim was opened in 1754."}
    answer = instructor.client.post(form.action, data=sent)
    assert answer.status_code == 303 and "The+bridge+of" in answer.location


def test_words_that_are_not_there_or_there_twice_are_told_beside_the_field(instructor):
    bank = paste(instructor)
    for typed, told in (("no such words", "does not have these words"), ("in", "more than once")):
        answer = instructor.post(
            f"/studio/{bank}/highlight/drafts", **said(start="", end="", words=typed, line="A line of 1754.")
        )
        assert answer.status_code == 422
        assert told in text_of(answer) and "A line of 1754." in answer.text
    assert "highlight?" in drafted(instructor, bank, start="", end="", words="1713.", paragraph="4")


def test_a_line_that_makes_no_sound_question_is_told_on_the_page(instructor):
    bank = paste(instructor)
    page = instructor.get(drafted(instructor, bank, line="It was opened in 1754."))
    assert "not with “It”" in text_of(page) and not names(page)


def test_a_kept_draft_is_told_with_its_undo_and_asked(instructor):
    bank = paste(instructor)
    name = names(instructor.get(drafted(instructor, bank)))["single choice"]
    answer = decide(instructor, bank, "keep", name)
    assert answer.status_code == 303
    page = instructor.get(answer.location.split("#")[0])
    words = text_of(page)
    assert "Kept. It is asked from now on." in words and "3 drafts" in words and "Kept from this passage" in words
    assert STEM in text_of(instructor.get(f"/questions/{bank}"))
    undo = re.search(r'action="(/studio/steps/\d+/undo)"', page.text)[1]
    assert instructor.post(undo).status_code == 303
    assert "4 drafts" in text_of(instructor.get(drafted(instructor, bank)))


def test_a_dropped_draft_is_counted_and_an_edited_one_opens_in_the_editor(instructor):
    bank = paste(instructor)
    found = names(instructor.get(drafted(instructor, bank)))
    assert decide(instructor, bank, "drop", found["true or false"]).status_code == 303
    assert "1 dropped before" in text_of(instructor.get(drafted(instructor, bank)))
    answer = decide(instructor, bank, "edit", found["fill the gap"])
    assert answer.status_code == 303 and answer.location.startswith("/questions/")


def test_our_script_gets_the_drafts_alone(instructor):
    bank = paste(instructor)
    ask = instructor.client.post
    part = ask(f"/studio/{bank}/highlight/drafts", data=said() | {"csrf_token": instructor.token}, headers=PART)
    assert part.status_code == 200 and "<html" not in part.text and STEM in text_of(part)
    name = names(part)["single choice"]
    kept = ask(
        f"/studio/{bank}/highlight/keep",
        data=said() | {"csrf_token": instructor.token, "name": name},
        headers=PART,
    )
    assert kept.status_code == 200 and "data-done" in kept.text and "Undo" in kept.text and name not in kept.text
    lacking = ask(
        f"/studio/{bank}/highlight/drafts", data=said(value="") | {"csrf_token": instructor.token}, headers=PART
    )
    assert lacking.status_code == 422 and "Mark in the line" in text_of(lacking)


def test_advice_wants_its_reason_before_a_draft_is_published(instructor):
    bank = paste(instructor)
    fields = said(line="The number of the bridge is 17 by the records.", value="17")
    page = instructor.get(drafted(instructor, bank, line=fields["line"], value="17"))
    rule = re.search(r'name="(reason-[^"]+)"', page.text)[1]
    name = names(page)["number"]
    keep = f"/studio/{bank}/highlight/keep"
    open_page = instructor.get(instructor.post(keep, **fields, name=name).location.split("#")[0])
    assert "Stored as an open draft" in text_of(open_page)
    done = instructor.post(keep, **fields, name=name, **{rule: "It counts nothing."})
    assert "It is asked from now on." in text_of(instructor.get(done.location.split("#")[0]))


def test_a_bank_without_a_text_takes_one_and_one_from_a_file_says_why_not(instructor, runtime):
    assert "came from a file" in text_of(instructor.get("/studio/harbour/highlight"))
    bank = paste(instructor)
    with runtime.writing() as session:
        session.execute(update(SourceRow).where(SourceRow.text.is_not(None)).values(text=None))
    assert "Store the text" in text_of(instructor.get(f"/studio/{bank}/highlight"))
    address = f"/studio/{bank}/highlight/text"
    assert instructor.post(address, text=" ").status_code == 422
    assert instructor.post(address, text=TEXT).status_code == 303
    assert PASSAGE in text_of(instructor.get(f"/studio/{bank}/highlight"))
    assert instructor.post("/studio/harbour/highlight/text", text=TEXT).status_code == 409


def test_an_empty_form_says_what_is_missing_beside_each_field_and_to_a_script(instructor):
    bank = paste(instructor)
    address = f"/studio/{bank}/highlight/drafts"
    nothing = {"start": "", "end": "", "line": "", "value": ""}
    missing = ("Mark a passage in the text first.", "Say in one line", "Mark in the line what is to be asked for.")
    page = instructor.post(address, **said(**nothing))
    assert page.status_code == 422
    assert all(text_of(page).count(sentence) == 2 for sentence in missing)
    part = instructor.client.post(address, data=said(**nothing) | {"csrf_token": instructor.token}, headers=PART)
    assert part.status_code == 422
    assert re.findall(r'data-about="(\w+)"', part.text) == ["words", "line", "value"]


def test_what_was_kept_leads_to_the_questions_and_to_who_can_see_them(instructor):
    bank = paste(instructor)
    done = decide(instructor, bank, "keep", names(instructor.get(drafted(instructor, bank)))["single choice"])
    page = instructor.get(done.location.split("#")[0]).text
    assert f'href="/questions/{bank}">See the bank’s questions' in page
    assert f'href="/banks/{bank}/access">Who can see it' in page


def test_hostile_fields_are_refused(instructor):
    bank = paste(instructor)
    for changes in ({"start": "-1"}, {"end": "1e9"}, {"speaker": "nobody"}, {"topic": "none"}):
        assert instructor.post(f"/studio/{bank}/highlight/drafts", **said(**changes)).status_code == 422
        assert decide(instructor, bank, "keep", "x" * 90).status_code == 409
    beyond = instructor.get(drafted(instructor, bank, start="999998", end="999999"))
    assert "Mark the passage in the text first." in text_of(beyond)
    assert instructor.get(f"/studio/{bank}/highlight?line=x&start=no").status_code == 200


def test_the_pages_take_few_statements(instructor, statements):
    bank = paste(instructor)
    instructor.get(f"/studio/{bank}/highlight")
    statements()
    instructor.get(f"/studio/{bank}/highlight")
    assert len(statements()) == 5
    query = "&".join(f"{name}={value}" for name, value in {**SAID, "start": 0, "end": 46}.items())
    instructor.get(f"/studio/{bank}/highlight?{query}")
    assert len(statements()) == 6
