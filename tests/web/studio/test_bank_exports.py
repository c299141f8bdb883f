"""The page that writes a bank for other programs: what a file does not carry is read before it is downloaded."""

import pytest

from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.services.bank_transfer import load_bank
from tests.every_type import NAME as EVERY_TYPE
from tests.every_type import every_type_bank
from tests.factories import NOON
from tests.web.conftest import text_of

PAGE = f"/banks/{EVERY_TYPE}/export"


@pytest.fixture
def with_every_type(runtime):
    """Store the bank of every type."""
    with runtime.writing() as session:
        load_bank(session, every_type_bank(), NOON)


def test_the_menu_offers_every_format_and_counts_what_has_no_place(instructor, with_every_type):
    words = text_of(instructor.get(PAGE))
    assert all(form.label in words for form in BANK_FORMATS.values())
    without_place = sum(question.type not in BANK_FORMATS["aiken"].types for question in every_type_bank().questions)
    assert f"{without_place} questions are left out: it has no place for their type." in words
    assert "It takes cards of the facts, and no questions. It is not read back here." in words
    assert "Every type of question in this bank has a place in it." in words and "It holds the answers" in words


@pytest.mark.parametrize("name", BANK_FORMATS)
def test_what_is_lost_stands_before_the_download_which_is_the_file(instructor, with_every_type, name):
    form, bank = BANK_FORMATS[name], every_type_bank()
    page = instructor.get(f"{PAGE}?format={name}")
    losses = form.losses(bank)
    words = text_of(page)
    assert all(loss.what in words for loss in losses)
    assert ("This file carries everything" in words) is (not losses)
    assert f'href="{PAGE}/{name}"' in page.text
    answer = instructor.get(f"{PAGE}/{name}")
    assert answer.data == form.write(bank)
    assert answer.mimetype == form.media_type.split(";")[0]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{EVERY_TYPE}{form.suffix}"'


@pytest.mark.parametrize("path", [f"{PAGE}?format=nothing", f"{PAGE}/nothing", "/banks/nowhere/export"])
def test_what_is_not_there_is_not_there(instructor, with_every_type, path):
    assert instructor.get(path).status_code == 404


def test_nobody_who_may_not_change_a_bank_gets_its_answers(visitor, new_visitor, with_every_type):
    visitor.start()
    for one in (visitor, new_visitor()):
        assert one.get(PAGE).status_code == one.get(f"{PAGE}/json").status_code == 404
        assert "/export" not in one.get(f"/banks/{EVERY_TYPE}").text


def test_the_way_to_it_is_on_the_bank_and_with_its_questions(instructor):
    for path in ("/banks/harbour", "/questions/harbour"):
        assert 'href="/banks/harbour/export"' in instructor.get(path).text


def test_a_page_takes_four_statements(instructor, with_every_type, statements):
    instructor.get("/")
    for path in (PAGE, f"{PAGE}?format=gift", f"{PAGE}/gift"):
        statements()
        instructor.get(path)
        assert len(statements()) == 4
