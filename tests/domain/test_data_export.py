import csv
import json
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from quizapp.domain.data_export import cell, zip_of
from quizapp.domain.data_export_page import MOST_ROWS, page_of
from quizapp.domain.exported_tables import ExportedColumn, ExportedTable, PersonalData
from quizapp.domain.spreadsheet_text import FORMULA_STARTS
from tests.factories import NOON

EVIL = "</td><script>alert(1)</script><img src=https://elsewhere.example/x onerror=alert(1)>\"'&"


def make_data(*rows: tuple[object, ...], made_at: datetime = NOON) -> PersonalData:
    columns = (ExportedColumn("given", "What you gave."), ExportedColumn("score", "What it scored."))
    return PersonalData(
        made_at, (ExportedTable("responses", "What you answered", "So that you see it.", columns, tuple(rows)),)
    )


def files_of(data: PersonalData) -> dict[str, str]:
    with ZipFile(BytesIO(zip_of(data))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_an_export_holds_a_page_a_json_file_and_a_csv_file_a_table():
    files = files_of(make_data(("Gull Island", 1.0), (None, 0)))
    assert list(files) == ["index.html", "data.json", "responses.csv"]
    table = json.loads(files["data.json"])["tables"]["responses"]
    assert table["rows"] == [{"given": "Gull Island", "score": 1.0}, {"given": None, "score": 0}]
    assert table["columns"]["given"] == "What you gave."
    assert files["responses.csv"] == "\ufeffgiven,score\r\nGull Island,1.0\r\n,0\r\n"


def test_a_table_without_rows_is_told_too():
    files = files_of(make_data())
    assert json.loads(files["data.json"])["tables"]["responses"]["rows"] == []
    assert "nothing" in files["index.html"]


def test_the_same_data_gives_the_same_bytes():
    assert zip_of(make_data(("a", 1))) == zip_of(make_data(("a", 1)))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_text_is_run_as_a_formula_and_json_keeps_it_as_it_was(start):
    text = f"{start}SUM(A1)"
    files = files_of(make_data((text, -3)))
    rows = list(csv.reader(StringIO(files["responses.csv"].removeprefix("\ufeff"), newline="")))
    assert rows[1] == [f"'{text}", "-3"]
    assert json.loads(files["data.json"])["tables"]["responses"]["rows"][0]["given"] == text


def test_an_apostrophe_before_a_formula_can_be_taken_off_again():
    assert cell("'=1") == "''=1"
    assert cell("'tis so") == "'tis so"


def test_objects_stand_in_a_cell_as_json():
    assert cell({"choice": "15 tons"}) == '{"choice": "15 tons"}'


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "srcset")]
        assert not any(name.startswith("on") for name, _ in attrs)


def test_the_page_runs_nothing_and_asks_nobody_whatever_was_typed():
    data = make_data((EVIL, 1), ({"text": EVIL}, 0))
    page = page_of(data)
    tags = _Tags()
    tags.feed(page)
    assert tags.tags & {"script", "img", "link", "iframe", "object", "form", "base"} == set()
    assert all(address.startswith("#") for address in tags.addresses)
    assert "default-src 'none'" in page
    assert "&lt;script&gt;" in page


def test_a_long_table_shows_its_last_rows_and_says_where_the_others_are():
    page = page_of(make_data(*((f"row {number}.", 1) for number in range(MOST_ROWS + 5))))
    assert f"The last {MOST_ROWS} of {MOST_ROWS + 5}; all of them are in responses.csv." in page
    assert "row 4." not in page and "row 5." in page and f"row {MOST_ROWS + 4}." in page


def test_half_a_character_is_written_as_a_question_mark_instead_of_failing():
    files = files_of(make_data(("\ud800", 1)))
    assert "?" in files["responses.csv"]


def test_yes_and_no_are_words_on_the_page():
    page = page_of(make_data((True, None), (False, 0)))
    assert "<td>yes</td><td></td>" in page and "<td>no</td><td>0</td>" in page
