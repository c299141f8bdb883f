import re
from html import unescape
from io import BytesIO

from quizapp.domain.questions.folder_zip import read_zip, write_zip
from tests.domain.questions.test_folder_zip import zipped
from tests.web.conftest import text_of
from tests.web.studio.test_bank_editor import make


def look(visitor, data, bank=""):
    """Send a folder as a browser does; return the page that comes."""
    visitor.get("/studio/folder")
    fields = {"csrf_token": visitor.token, "bank": bank, "file": (BytesIO(data), "folder.zip")}
    return visitor.client.post("/studio/folder", data=fields, content_type="multipart/form-data")


def confirm(visitor, page, **changes):
    """Send what the page of a plan holds in its hidden fields."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name[1] in ("folder", "bank", "shown", "nonce"):
            fields[name[1]] = unescape(value[1]) if value else ""
    return visitor.post("/studio/folder/confirm", **fields | changes)


def folder_of(visitor, bank="harbour"):
    answer = visitor.get(f"/studio/banks/{bank}/folder.zip")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{bank}.zip"'
    return answer.data


def changed(data, **changes):
    folder = read_zip(data)
    files = {name: one for name, one in folder.files.items() if name != "questions.json"}
    for name, (old, new) in changes.items():
        file = name.replace("_", ".")
        assert old in files[file].decode()
        files[file] = files[file].decode().replace(old, new).encode()
    return write_zip(folder.name, files)


def test_a_folder_makes_a_bank_after_a_look_and_once_however_often_it_is_sent(instructor):
    page = look(instructor, folder_of(instructor))
    assert page.status_code == 200
    assert "Nothing is written yet" in text_of(page)
    assert "It makes a new bank" in text_of(page)
    assert len(re.findall("The harbour", instructor.get("/studio").text)) < 4
    first, second = confirm(instructor, page), confirm(instructor, page)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location == "/studio/banks/the-harbour"
    assert folder_of(instructor, "the-harbour")


def test_a_changed_folder_shows_what_would_change_and_changes_it(instructor):
    confirm(instructor, look(instructor, folder_of(instructor)))
    data = changed(folder_of(instructor, "the-harbour"), facts_toml=("landed {12 tons}", "brought {12 tons}"))
    page = look(instructor, data, "the-harbour")
    assert "Changed" in text_of(page)
    assert "brought 12 tons" in text_of(page)
    assert confirm(instructor, page).status_code == 303
    assert "Your bank is just as the folder has it" in text_of(look(instructor, data, "the-harbour"))


def test_what_is_wrong_stands_there_with_file_and_line(instructor):
    data = changed(folder_of(instructor), facts_toml=('kind = "', 'kind = "no-'))
    answer = look(instructor, data)
    assert answer.status_code == 422
    assert "facts.toml, line 3 : catch-1" in text_of(answer)
    for bad, said in (
        (b"no zip", "no ZIP file"),
        (b"", "Choose a ZIP file"),
        (zipped([("../bank.toml", b"")]), "leads"),
    ):
        answer = look(instructor, bad)
        assert answer.status_code == 422
        assert said in text_of(answer)


def test_what_was_shown_is_loaded_or_what_would_be_done_now_is_shown(instructor):
    confirm(instructor, look(instructor, folder_of(instructor)))
    data = changed(folder_of(instructor, "the-harbour"), bank_toml=("The harbour", "Harbours"))
    page = look(instructor, data, "the-harbour")
    assert confirm(instructor, page).status_code == 303
    again = confirm(instructor, page)
    assert again.status_code == 409
    assert "the bank has changed since you looked" in text_of(again)


def test_a_form_that_is_none_of_ours_is_refused(instructor):
    page = look(instructor, folder_of(instructor))
    for changes in ({"folder": "!!"}, {"shown": "x"}, {"nonce": ""}, {"folder": "AAAA"}):
        assert confirm(instructor, page, **changes).status_code == 400
    assert confirm(instructor, page, bank="no-such").status_code == 404


def test_a_folder_goes_only_into_banks_made_here(instructor):
    data = folder_of(instructor)
    make(instructor)
    assert '<option value="harbour">' not in instructor.get("/studio/folder").text
    assert '<option selected value="ice-in-the-bay">' in instructor.get("/studio/folder?bank=ice-in-the-bay").text
    assert look(instructor, data, "harbour").status_code == 422


def test_a_download_takes_four_statements(instructor, statements):
    statements()
    folder_of(instructor)
    assert len(statements()) == 4
