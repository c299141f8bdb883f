import re
from html import unescape
from io import BytesIO

import pytest

from quizapp.domain.roles import Role
from tests.domain.questions.bank_formats.hostile_decks import READ, REFUSED_AS_A_WHOLE
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of

TEXT = "front,back\nSpain?,Madrid\nSpain?,Madrid\nFrance?,Paris\nItaly?,\n"


def look(visitor, text=TEXT, title="Capitals", bank="", file=None):
    """Send a deck as a browser does; return the page that comes."""
    visitor.get("/decks/import")
    fields = {"csrf_token": visitor.token, "text": text, "title": title, "bank": bank}
    if file is not None:
        fields["file"] = (BytesIO(file), "capitals.csv")
    answer = visitor.client.post("/decks/import", data=fields, content_type="multipart/form-data")
    return answer


def confirm(visitor, page, **changes):
    """Send what the page of a plan holds in its hidden fields."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name[1] in ("deck", "file_name", "bank", "shown"):
            fields[name[1]] = unescape(value[1]) if value else ""
    return visitor.post("/decks/confirm", **fields | changes)


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
    assert "0 cards to import" in text_of(page) and "Import them" not in page.text


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"text": ""}, 422, "Choose a file, or paste the cards below."),
        ({"title": ""}, 422, "Give the new bank a title."),
        ({"title": "x" * 201}, 422, "longer than 200"),
        ({"bank": "nowhere"}, 422, "Not a valid choice"),
        ({"text": "one\ntwo\n"}, 422, "No line of it has two columns"),
        ({"file": b"\xff\xfe"}, 422, "It is empty"),
        ({"file": b"a,b\n" * 50_000}, 422, "larger than 180 KB"),
        ({"file": b"a,b\n" * 80_000}, 413, "quizapp bank import FILE"),
        ({"title": "Harbour"}, 409, "came from the questions folder"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(instructor, fields, status, message):
    answer = look(instructor, **fields)
    assert answer.status_code == status and message in text_of(answer)
    assert banks(instructor) == {"harbour"}


@pytest.mark.parametrize(
    "changes",
    [
        {"deck": "é"},
        {"deck": "a"},
        {"deck": ""},
        {"deck": "AAAA"},
        {"shown": "x"},
        {"shown": ""},
        {"bank": "x" * 300},
    ],
)
def test_a_confirmation_that_no_page_has_sent_is_refused(instructor, changes):
    assert confirm(instructor, look(instructor), **changes).status_code == 400
    assert banks(instructor) == {"harbour"}


def test_a_confirmation_of_another_deck_is_a_conflict(instructor):
    page = look(instructor)
    assert confirm(instructor, page, deck="YSxiCg==").status_code == 409
    assert confirm(instructor, page, shown="0" * 64).status_code == 409
    assert banks(instructor) == {"harbour"}


def test_every_hostile_deck_gets_a_page(instructor):
    for data, _ in (*READ.values(), *REFUSED_AS_A_WHOLE.values()):
        answer = look(instructor, file=data[:300_000])
        assert answer.status_code in (200, 413, 422)


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
        assert visitor.get("/decks/import").status_code == 404
        assert visitor.post("/decks/import", text=TEXT, title="Mine").status_code == 404
        assert visitor.post("/decks/confirm", deck="YSxiCg==", shown="0" * 64).status_code == 404
        assert banks(visitor) == {"harbour"}


def test_instructors_find_the_way_from_a_bank_and_from_its_questions(instructor):
    for path in ("/banks/harbour", "/questions/harbour"):
        assert 'href="/decks/import"' in instructor.get(path).text


def test_learners_are_offered_no_import(visitor):
    assert "/decks/import" not in visitor.get("/banks/harbour").text


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
