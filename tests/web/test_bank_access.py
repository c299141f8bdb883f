import re

import pytest

from quizapp.database.bank_tables import Visibility
from tests.people import sign_in_as
from tests.shelves import SHELVED, add_class, classes_of, make_shelf, put
from tests.web.conftest import text_of

PATH = f"/banks/{SHELVED}/access"


@pytest.fixture
def shelf(runtime):
    with runtime.writing() as session:
        return make_shelf(session)


@pytest.fixture
def own_class(runtime, shelf):
    with runtime.writing() as session:
        return add_class(session, "Class 9c", shelf.owner)


@pytest.fixture
def opened(new_visitor, runtime, shelf):
    """Call it with somebody's name to get their browser."""

    def open_as(name):
        visitor = new_visitor()
        if shelf[name] is not None:
            sign_in_as(visitor.client, runtime, shelf[name])
        return visitor

    return open_as


def checked(page):
    return {
        (re.search(r'name="(\w+)"', tag)[1], re.search(r'value="(\w+)"', tag)[1])
        for tag in re.findall(r"<input[^>]*\bchecked\b[^>]*>", page.text)
    }


def test_a_draft_says_so_and_leads_to_the_page(opened):
    owner = opened("owner")
    bank = owner.get(f"/banks/{SHELVED}")
    assert "Draft: only you" in text_of(bank) and f'href="{PATH}"' in bank.text and "Who can see it" in text_of(bank)
    assert "Draft: only you" in text_of(owner.get("/"))
    assert "Draft: only its owner" in text_of(opened("admin").get(f"/banks/{SHELVED}"))


def test_the_page_shows_what_holds_now(opened, own_class):
    page = opened("owner").get(PATH)
    assert checked(page) == {("seen_by", "private")}
    words = text_of(page)
    for expected in ("Everybody, also without an account", "The classes I choose", "Only me: a draft", "Class 9c"):
        assert expected in words
    assert "Class 8a" not in words and "1 class that you do not teach" in words


def test_sharing_with_a_class_shows_it_on_home_and_bank_page(opened, runtime, own_class):
    owner = opened("owner")
    owner.get(PATH)
    answer = owner.post(PATH, seen_by="classes", classes=str(own_class))
    assert (answer.status_code, answer.location) == (303, f"/banks/{SHELVED}")
    told = text_of(owner.get(answer.location))
    assert "Saved. The classes you chose can see it." in told and "Shared with: Class 7b, Class 9c" in told
    assert "Shared with: Class 7b" in text_of(opened("member").get("/"))
    assert "Shared with: Class 7b " in text_of(opened("member").get(f"/banks/{SHELVED}"))
    with runtime.reading() as session:
        assert own_class in classes_of(session)
    assert checked(owner.get(PATH)) == {("seen_by", "classes"), ("classes", str(own_class))}


def test_everybody_sees_it_once_it_is_public(opened):
    owner = opened("owner")
    owner.get(PATH)
    owner.post(PATH, seen_by="public")
    page = text_of(opened("visitor").get(f"/banks/{SHELVED}"))
    assert "The wombat papers" in page and "Shared with" not in page and "Who can see it" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose one of those on offer."),
        ({"seen_by": "nobody"}, "Choose one of those on offer."),
        ({"seen_by": "PRIVATE"}, "Choose one of those on offer."),
        ({"seen_by": "classes", "classes": "99999"}, "Choose one of those on offer."),
        ({"seen_by": "classes", "classes": "9" * 5000}, "Choose one of those on offer."),
        ({"seen_by": "classes", "classes": "x\x00"}, "Choose one of those on offer."),
    ],
)
def test_what_is_not_on_offer_is_said_beside_the_field_and_changes_nothing(
    opened, runtime, own_class, statements, fields, sentence
):
    owner = opened("owner")
    owner.get(PATH)
    statements()
    answer = owner.post(PATH, **fields)
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert not [one for one in statements() if not one.startswith("SELECT")]


def test_a_bank_for_classes_and_for_none_keeps_the_choice_and_says_what_is_missing(opened, runtime, shelf):
    admin = opened("admin")
    admin.get(PATH)
    answer = admin.post(PATH, seen_by="classes")
    assert answer.status_code == 422 and "Choose at least one class." in text_of(answer)
    assert checked(answer) == {("seen_by", "classes")}


def test_an_instructor_shares_a_bank_from_files_with_a_class(opened, runtime, shelf):
    instructor = opened("instructor")
    page = instructor.get("/banks/harbour/access")
    assert 'name="seen_by"' not in page.text and "Class 8a" in text_of(page) and "Class 7b" not in text_of(page)
    answer = instructor.post("/banks/harbour/access", seen_by="private", classes=str(shelf.other_class_id))
    assert answer.status_code == 303
    told = text_of(instructor.get(answer.location))
    assert "Everybody can see it. It stands on the page of 1 class of yours." in told
    with runtime.reading() as session:
        assert classes_of(session, "harbour") == {shelf.other_class_id}
    assert opened("visitor").get("/banks/harbour").status_code == 200


def test_an_instructor_without_a_class_is_told_so(opened):
    page = opened("owner").get("/banks/harbour/access")
    assert "You teach no class yet." in text_of(page) and "Save" not in text_of(page)


@pytest.mark.parametrize("name", ["visitor", "guest", "member", "other", "former", "teacher", "instructor"])
@pytest.mark.parametrize("state", list(Visibility))
def test_nobody_else_has_the_page(opened, runtime, shelf, name, state):
    with runtime.writing() as session:
        put(session, state, shelf.owner)
    visitor = opened(name)
    visitor.get("/")
    assert visitor.get(PATH).status_code == 404
    assert visitor.post(PATH, seen_by="public").status_code == 404


def test_a_form_without_its_token_is_refused(opened):
    owner = opened("owner")
    owner.get(PATH)
    assert owner.client.post(PATH, data={"seen_by": "public"}).status_code == 400
    assert opened("visitor").get(f"/banks/{SHELVED}").status_code == 404


def test_the_page_makes_three_statements(opened, statements):
    owner = opened("owner")
    statements()
    assert owner.get(PATH).status_code == 200
    assert len(statements()) == 3
