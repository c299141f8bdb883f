import re
from html import unescape
from io import BytesIO

import pytest

from quizapp.services import join_codes
from tests.classroom import events
from tests.domain.test_rosters import LISTS, REFUSED
from tests.web.conftest import text_of

TEXT = "name,e-mail\nZoe,zoe@example.org\nlena l,x@y.z\n,\n\x07,a@b.c\n=Yan,y@z.a\n"


@pytest.fixture
def teacher(browser_of):
    return browser_of("teacher")


def look(visitor, text=TEXT, file=None, life="two weeks"):
    visitor.get("/classes/1/roster")
    fields = {"csrf_token": visitor.token, "text": text, "life": life}
    if file is not None:
        fields["file"] = (BytesIO(file), "names.csv")
    return visitor.client.post("/classes/1/roster", data=fields, content_type="multipart/form-data")


def confirm(visitor, page, class_id=1, **changes):
    """Send what the page of a plan holds in its hidden fields."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name[1] in ("roster", "file_name", "life", "shown"):
            fields[name[1]] = unescape(value[1]) if value else ""
    return visitor.post(f"/classes/{class_id}/roster/confirm", **(fields | changes))


def invited(runtime):
    with runtime.reading() as session:
        codes = join_codes.codes_of_class(session, 1, runtime.now())
        return {code.name: code.code for code in codes if code.name}


def test_a_list_is_shown_before_anything_is_written_and_then_imported(teacher, runtime):
    page = look(teacher)
    words = text_of(page)
    assert page.status_code == 200 and "2 people to invite" in words
    assert "2 new 1 duplicate 1 refused" in words and "a class needs names only" in words
    assert "zoe@example.org" not in words
    assert invited(runtime) == {}
    answer = confirm(teacher, page)
    assert (answer.status_code, answer.location) == (303, "/classes/1")
    codes = invited(runtime)
    assert set(codes) == {"Zoe", "=Yan"}
    shown = text_of(teacher.get("/classes/1"))
    assert "2 people are invited" in shown and all(code in shown for code in codes.values())
    with runtime.reading() as session:
        assert events(session).count("roster imported") == 1


def test_a_file_goes_before_text(teacher):
    page = look(teacher, file="name;x\nÉva;1\n".encode("utf-16"))
    assert "1 person to invite" in text_of(page) and "Éva" in text_of(page)


def test_a_handout_has_a_slip_for_each_and_the_roster_goes_out_and_in_again(teacher, runtime):
    confirm(teacher, look(teacher))
    page = teacher.get("/classes/1/roster/handout")
    assert page.text.count('class="slip') == 3
    assert all(word in text_of(page) for pair in invited(runtime).items() for word in pair)
    assert "http://localhost/join" in text_of(page)
    file = teacher.get("/classes/1/roster.csv")
    assert file.mimetype == "text/csv" and "attachment" in file.headers["Content-Disposition"]
    assert "\r\n'=Yan,invited,\r\n" in file.data.decode("utf-8-sig")
    again = text_of(look(teacher, file=file.data))
    assert "0 people to invite" in again and "4 duplicate 0 refused" in again


def test_a_personal_code_is_revoked_by_itself(teacher, runtime):
    confirm(teacher, look(teacher))
    page = teacher.get("/classes/1").text
    section = page[page.index('id="invited"') : page.index('id="teachers"')]
    [first, _] = re.findall(r"/classes/1/codes/\d+/revoke", section)
    assert teacher.post(first).status_code == 303
    assert len(invited(runtime)) == 1


def test_when_the_class_has_changed_nobody_is_invited_and_the_new_plan_is_shown(teacher, browser_of, room, runtime):
    page = look(teacher)
    browser_of("other learner").post("/join", code=room.code, name="ZOE")
    answer = confirm(teacher, page)
    words = text_of(answer)
    assert answer.status_code == 409 and "Nobody was invited: the class has changed" in words
    assert "Somebody of this name is in the class." in words and invited(runtime) == {}
    assert confirm(teacher, answer).status_code == 303
    assert set(invited(runtime)) == {"=Yan"}


def test_sending_the_confirmation_twice_invites_once(teacher, runtime):
    page = look(teacher)
    assert confirm(teacher, page).status_code == 303
    codes = invited(runtime)
    assert confirm(teacher, page).status_code == 409
    assert invited(runtime) == codes


def test_a_list_without_a_new_name_has_no_button(teacher):
    page = look(teacher, "Lena L\n")
    assert "0 people to invite" in text_of(page) and "Invite" not in text_of(page).replace("to invite", "")


@pytest.mark.parametrize(
    "changes",
    [
        {"roster": "é"},
        {"roster": "a"},
        {"roster": ""},
        {"shown": "x"},
        {"shown": "0" * 64 + "\n"},
        {"life": "for ever"},
        {"life": ""},
        {"file_name": "x" * 301},
        {"roster": "AAAA"},
    ],
)
def test_a_confirmation_that_no_page_has_sent_is_refused(teacher, runtime, changes):
    assert confirm(teacher, look(teacher), **changes).status_code == 400
    assert invited(runtime) == {}


def test_a_confirmation_of_another_list_life_or_class_is_a_conflict(teacher, browser_of, runtime):
    page = look(teacher)
    for changes in ({"roster": "Wm9lCg=="}, {"life": "day"}, {"shown": "0" * 64}):
        assert confirm(teacher, page, **changes).status_code == 409
    assert confirm(browser_of("admin"), page, class_id=2).status_code == 409 and invited(runtime) == {}
    assert confirm(teacher, page, class_id=2).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "message"),
    [
        ({"text": ""}, 422, "Write the names here, or choose a file."),
        ({"text": "x" * 180_001}, 422, "larger than 180 KB"),
        ({"life": "for ever"}, 422, "Choose one of those on offer."),
        ({"text": "a\ud800"}, 422, "Line 1 is not UTF-8"),
        ({"file": "José".encode("cp1252")}, 422, "Line 1 is not UTF-8"),
        ({"file": b"x\n" * 5_001}, 422, "It has more than 5,000 rows."),
    ],
)
def test_what_cannot_be_read_is_said_in_words(teacher, runtime, fields, status, message):
    if "\ud800" in fields.get("text", ""):
        fields = {"file": fields["text"].encode(errors="surrogatepass")}
    answer = look(teacher, **fields)
    assert answer.status_code == status and message in text_of(answer)
    assert invited(runtime) == {}


def test_every_hostile_list_gets_a_page_and_none_half_an_import(teacher, runtime):
    for data in (*(one for one, _ in REFUSED.values()), *(one for one, _ in LISTS.values())):
        answer = look(teacher, file=data[:300_000])
        assert answer.status_code in (200, 413, 422)
    assert invited(runtime) == {}


def test_names_are_text_on_every_page(teacher):
    nasty = "<script>alert(1)</script>\"'><img src=x>"
    page = look(teacher, f'"{nasty.replace(chr(34), chr(34) * 2)}"\n')
    assert "1 person to invite" in text_of(page)
    confirm(teacher, page)
    for shown in (page, teacher.get("/classes/1"), teacher.get("/classes/1/roster/handout")):
        assert "<script>alert" not in shown.text and "<img" not in shown.text
