import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from quizapp.database.account_tables import PersonRow, SecurityEventRow
from quizapp.services import erasure, personal_data
from tests.people import add_person, sign_in_as
from tests.web.conftest import text_of

PASSWORD = "the harbour in winter"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def account(visitor, runtime):
    """Let the visitor be signed in with an account; return who it is."""
    with runtime.writing() as session:
        actor = add_person(session, name="Ondine", password_hash=HASH, now=runtime.now())
    sign_in_as(visitor.client, runtime, actor)
    return actor


def people(runtime):
    with runtime.reading() as session:
        return session.scalar(select(func.count()).select_from(PersonRow))


def logged(runtime):
    with runtime.reading() as session:
        return list(session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))


def files_of(answer):
    with ZipFile(BytesIO(answer.data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_a_stranger_reads_what_will_be_kept_and_has_nothing_to_download_or_delete(visitor):
    page = visitor.get("/settings/data")
    words = text_of(page)
    assert page.status_code == 200 and "Nothing is kept of you" in words
    assert all(table.title in words and table.purpose in words for table in personal_data.what_is_kept())
    assert "Download" not in words
    assert visitor.get("/settings/data/delete").status_code == 404
    for action in ("download", "delete", "keep"):
        assert visitor.post(f"/settings/data/{action}").status_code == 404


def test_every_column_is_explained_with_how_it_is_exported_and_what_deletion_does(visitor):
    page = visitor.get("/settings/data").text
    assert page.count("<tr><th") - page.count("<thead>") == sum(
        len(one.columns) for one in personal_data.what_is_kept()
    )


def test_a_guest_takes_their_data_along(visitor, runtime):
    visitor.play(visitor.start(), wrong=(1,))
    visitor.get("/settings/data")
    answer = visitor.post("/settings/data/download")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quizapp-data.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    files = files_of(answer)
    assert len(list(csv.DictReader(StringIO(files["responses.csv"])))) == 5
    assert len(json.loads(files["data.json"])["tables"]["attempts"]["rows"]) == 1
    assert logged(runtime) == ["data exported"]


def test_only_ones_own_data_is_given(visitor, new_visitor):
    visitor.play(visitor.start())
    other = new_visitor()
    other.start("10")
    other.get("/settings/data")
    rows = json.loads(files_of(other.post("/settings/data/download"))["data.json"])["tables"]
    assert [row["length"] for row in rows["attempts"]["rows"]] == [10]
    assert rows["responses"]["rows"] == []


def test_reading_about_it_writes_nothing(visitor, runtime, statements):
    visitor.start()
    statements()
    for path in ("/settings/data", "/settings/data/delete"):
        assert visitor.get(path).status_code == 200
        sent = statements()
        assert len(sent) <= 3
        assert all(one.startswith("SELECT") for one in sent)
    assert visitor.client.get("/settings/data/download").status_code == 405


def test_without_the_token_of_its_form_nothing_is_done(visitor, runtime):
    visitor.start()
    visitor.token = ""
    for action in ("download", "delete", "keep"):
        assert visitor.post(f"/settings/data/{action}", understood="y").status_code == 400
    assert (people(runtime), logged(runtime)) == (1, [])


def test_a_guest_is_deleted_at_once_after_a_tick_and_the_cookie_is_cleared(visitor, runtime):
    visitor.play(visitor.start())
    page = visitor.get("/settings/data/delete")
    assert "deleted at once" in text_of(page)
    refused = visitor.post("/settings/data/delete")
    assert refused.status_code == 422 and "Tick this first" in text_of(refused)
    assert people(runtime) == 1
    answer = visitor.post("/settings/data/delete", understood="y")
    assert (answer.status_code, answer.location) == (303, "/settings/data")
    with visitor.client.session_transaction() as cookie:
        assert "token" not in cookie
    words = text_of(visitor.get("/settings/data"))
    assert "All that was kept of you is deleted." in words and "Nothing is kept of you" in words
    assert people(runtime) == 0
    assert "No quiz yet" in text_of(visitor.get("/history"))


def test_an_account_is_deleted_only_for_its_password(visitor, runtime, account):
    page = text_of(visitor.get("/settings/data/delete"))
    assert "After 7 days all of it is deleted" in page
    assert all(table.remains in page for table in personal_data.what_is_kept() if table.remains)
    for typed, said in (
        ("", "Type your password"),
        ("my guess", "This is not your password"),
        ("x" * 2_000, "Shorten"),
    ):
        answer = visitor.post("/settings/data/delete", password=typed, understood="y")
        assert answer.status_code == 422 and said in text_of(answer)
        assert 'aria-invalid="true"' in answer.text and "my guess" not in answer.text
    with runtime.reading() as session:
        assert erasure.standing(session, account).erase_after is None


def test_an_account_asked_to_be_deleted_is_signed_out_and_told_until_when_it_can_come_back(visitor, runtime, account):
    visitor.get("/settings/data/delete")
    with visitor.client.session_transaction() as cookie:
        token = cookie["token"]
    assert visitor.post("/settings/data/delete", password=PASSWORD).status_code == 303
    words = text_of(visitor.get("/settings/data"))
    assert "deleted on 8 May 2026" in words and "press “Keep my account”" in words
    with visitor.client.session_transaction() as cookie:
        cookie["token"] = token  # an old copy of the cookie
    assert "Nothing is kept of you" in text_of(visitor.get("/settings/data"))
    assert (people(runtime), logged(runtime)) == (1, ["deletion asked"])


def test_who_signs_in_again_can_keep_the_account(visitor, runtime, account, clock):
    visitor.get("/settings/data/delete")
    visitor.post("/settings/data/delete", password=PASSWORD)
    clock.advance(days=3)
    sign_in_as(visitor.client, runtime, account)
    page = visitor.get("/settings/data")
    assert "8 May 2026" in text_of(page) and "Keep my account" in text_of(page)
    assert visitor.get("/settings/data/delete").location == "/settings/data"
    assert visitor.post("/settings/data/keep").status_code == 303
    assert "Your account is kept." in text_of(visitor.get("/settings/data"))
    with runtime.writing() as session:
        assert erasure.erase_due(session, clock.moment.replace(year=2027)) == 0


def test_what_a_person_typed_is_escaped_in_their_file(visitor, runtime):
    with runtime.writing() as session:
        actor = add_person(session, name="<script>alert(1)</script>")
    sign_in_as(visitor.client, runtime, actor)
    visitor.get("/settings/data")
    page = files_of(visitor.post("/settings/data/download"))["index.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script" not in page
