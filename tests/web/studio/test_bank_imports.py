import re
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from quizapp.domain.roles import Role
from tests.domain.questions.bank_formats.hostile_decks import READ, REFUSED_AS_A_WHOLE
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of

TEXT = "front,back\nSpain?,Madrid\nSpain?,Madrid\nFrance?,Paris\nItaly?,\n"


def look(visitor, text=TEXT, title="Capitals", bank="", file=None, file_name="capitals.csv", format_name=""):
    """Send a deck as a browser does; return the page that comes."""
    visitor.get("/import")
    fields = {"csrf_token": visitor.token, "text": text, "title": title, "bank": bank, "format": format_name}
    if file is not None:
        fields["file"] = FileStorage(BytesIO(file), file_name)
    boundary, body = encode_multipart(fields)  # in memory, whatever its size
    return visitor.client.post("/import", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def confirm(visitor, page, **changes):
    """Send the form on the page of a plan."""
    address = re.search(r'action="(/import/\d+)"', page.text)[1]
    shown = re.search(r'name="shown"[^>]*value="([^"]*)"', page.text)[1]
    return visitor.post(address, **{"shown": shown} | changes)


def banks(visitor):
    return set(re.findall(r'href="/banks/([^"]+)"', visitor.get("/").text))


def test_the_dry_run_counts_the_verdicts_says_each_and_writes_nothing(instructor):
    page = look(instructor)
    words = text_of(page)
    assert page.status_code == 200
    assert "2 cards to import" in words and "2 new 0 changed 1 duplicate 1 refused" in words
    assert "They make the new bank “Capitals”" in words and "Nothing is written yet" in words
    assert "Italy? The back is empty. Refused line 5" in words
    assert "Spain? Line 2 has this front. Duplicate line 3" in words
    assert banks(instructor) == {"harbour"}


def test_confirming_imports_what_was_shown_and_it_is_asked(instructor):
    answer = confirm(instructor, look(instructor))
    assert (answer.status_code, answer.location) == (303, "/banks/capitals")
    page = text_of(instructor.get(answer.location))
    assert "Imported: 2 new cards, 0 changed." in page and "a deck imported from pasted text" in page
    first = instructor.start("all", bank="capitals")
    assert instructor.question(first).snapshot.question.stem in ("Spain?", "France?")
    instructor.answer(first)
    told = text_of(instructor.get(first))
    assert "Right" in told and "A card of an imported deck" in told and "The deck Capitals" in told
    assert "article" not in told.split("The deck Capitals")[0].split("Question")[-1].lower()


@pytest.mark.parametrize("path", ["/", "/banks/capitals", "/reading/capitals", "/questions/capitals"])
def test_no_page_says_that_an_article_holds_a_card(instructor, path):
    confirm(instructor, look(instructor))
    page = text_of(instructor.get(path))
    assert "Capitals" in page and "Paragraph 1," not in page
    if path != "/questions/capitals":
        assert "deck imported from pasted text" in page


def test_a_file_goes_before_text_and_names_the_bank(instructor):
    page = look(instructor, text="", title="", file="front;back\nSpain?;Madrid\n".encode("utf-16"))
    assert "1 card to import" in text_of(page) and "“Capitals”" in text_of(page)
    assert confirm(instructor, page).location == "/banks/capitals"


def test_cards_can_be_added_to_an_imported_bank(instructor):
    confirm(instructor, look(instructor))
    page = look(instructor, text="Spain?,Toledo\nWales?,Cardiff\n", title="", bank="capitals")
    words = text_of(page)
    assert "1 new 1 changed 0 duplicate 0 refused" in words and "which keeps its other cards" in words
    assert "Its back was “Madrid”." in words
    assert confirm(instructor, page).status_code == 303
    assert "3 facts" in text_of(instructor.get("/banks/capitals"))


def test_when_the_bank_has_changed_nothing_is_imported_and_the_new_plan_is_shown(instructor):
    page = look(instructor)
    confirm(instructor, look(instructor, text="Spain?,Toledo\n"))
    answer = confirm(instructor, page)
    words = text_of(answer)
    assert answer.status_code == 409
    assert "Nothing was imported: the bank has changed since you looked" in words
    assert "Its back was “Toledo”." in words
    assert "1 facts" in text_of(instructor.get("/banks/capitals"))
    assert confirm(instructor, answer).status_code == 303


def test_sending_the_confirmation_twice_stores_once(instructor):
    page = look(instructor)
    assert confirm(instructor, page).status_code == 303
    assert confirm(instructor, page).status_code == 409
    assert "2 facts" in text_of(instructor.get("/banks/capitals"))


def test_a_deck_with_nothing_to_import_has_no_button(instructor):
    page = look(instructor, text="a,\nb,\n")
    assert "Nothing to import" in text_of(page) and "Import them" not in page.text


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"text": ""}, 422, "Choose a file, or paste the questions below."),
        ({"title": ""}, 422, "Give the new bank a title."),
        ({"title": "x" * 201}, 422, "Shorten this: it can have 200 characters."),
        ({"bank": "nowhere"}, 422, "Choose one of those on offer."),
        ({"format_name": "nothing"}, 422, "Choose one of those on offer."),
        ({"format_name": "anki-text"}, 422, "Choose one of those on offer."),
        ({"text": "one\ntwo\n"}, 422, "No line of it has two columns"),
        ({"file": b"\xff\xfe"}, 422, "It is empty"),
        ({"file": b"a,b\n" * 50_000}, 422, "more than 10,000"),
        ({"title": "Harbour"}, 409, "came from the questions folder"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(instructor, fields, status, message):
    answer = look(instructor, **fields)
    assert answer.status_code == status and message in text_of(answer)
    assert banks(instructor) == {"harbour"}


def test_nobody_else_may_send_a_large_file(visitor, new_visitor):
    visitor.start()
    for one in (visitor, new_visitor()):
        answer = look(one, file=b"a,b\n" * 80_000)
        assert answer.status_code == 413 and "256 KB, or 20 MB for a file to import" in text_of(answer)


@pytest.mark.parametrize("shown", ["x", "", "0" * 63, "0" * 65])
def test_a_confirmation_that_no_page_has_sent_is_refused(instructor, shown):
    assert confirm(instructor, look(instructor), shown=shown).status_code == 400
    assert banks(instructor) == {"harbour"}


def test_a_confirmation_of_another_plan_is_a_conflict(instructor):
    assert confirm(instructor, look(instructor), shown="0" * 64).status_code == 409
    assert banks(instructor) == {"harbour"}


def test_a_plan_can_be_looked_at_again_until_the_next_day(instructor, clock):
    page = look(instructor)
    address = re.search(r'action="(/import/\d+)"', page.text)[1]
    assert text_of(instructor.get(address)) == text_of(page)
    clock.advance(days=1)
    assert instructor.get(address).status_code == 404


def test_every_hostile_deck_gets_a_page(instructor):
    for data, _ in (*READ.values(), *REFUSED_AS_A_WHOLE.values()):
        answer = look(instructor, file=data[:300_000])
        assert answer.status_code in (200, 422)


def test_what_a_card_says_is_text_on_every_page(instructor):
    page = look(instructor, text="<script>alert(1)</script>,<b>x</b>\n", title="<i>T</i>")
    confirm(instructor, page)
    for path in ("/", "/banks/i-t-i", "/reading/i-t-i"):
        shown = instructor.get(path)
        assert shown.status_code == 200
        assert not any(tag in shown.text for tag in ("<script>alert", "<b>x</b>", "<i>T</i>"))
    assert "<script>alert" not in page.text


def test_strangers_and_learners_see_no_page(new_visitor):
    for begin in (lambda visitor: None, lambda visitor: visitor.start()):
        visitor = new_visitor()
        visitor.get("/")
        begin(visitor)
        assert visitor.get("/import").status_code == visitor.get("/decks/import").status_code == 404
        assert visitor.post("/import", text=TEXT, title="Mine").status_code == 404
        assert visitor.post("/import/1", shown="0" * 64).status_code == 404
        assert banks(visitor) == {"harbour"}


def test_instructors_find_the_way_from_a_bank_and_from_its_questions(instructor):
    for path in ("/banks/harbour", "/questions/harbour"):
        assert 'href="/import?bank=harbour"' in instructor.get(path).text


def test_learners_are_offered_no_import(visitor):
    assert "/import" not in visitor.get("/banks/harbour").text


def test_an_import_makes_a_draft_and_says_so_before_and_after(instructor, new_visitor):
    page = look(instructor)
    assert "It is a draft, which only you see, until you say who else can see it." in text_of(page)
    answer = confirm(instructor, page)
    bank = instructor.get(answer.location)
    assert "Draft: only you" in text_of(bank) and 'href="/banks/capitals/access"' in bank.text
    assert new_visitor().get(answer.location).status_code == 404
    assert "It is a draft" not in text_of(look(instructor, text="Italy?,Rome\n", title="", bank="capitals"))


def test_another_instructor_is_told_to_take_another_name(instructor, new_visitor, runtime):
    confirm(instructor, look(instructor))
    with runtime.writing() as session:
        other = add_person(session, Role.INSTRUCTOR)
    visitor = new_visitor()
    sign_in_as(visitor.client, runtime, other)
    answer = look(visitor)
    assert answer.status_code == 409 and "not yours to change. Take another name." in text_of(answer)
    assert "Madrid" not in answer.text.split("</textarea>")[-1]
