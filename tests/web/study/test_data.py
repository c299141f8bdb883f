import csv
import io

from tests.web.studying import take


def test_the_log_comes_as_a_file_for_a_spreadsheet(visitor):
    take(visitor)
    answer = visitor.get("/study/log.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quizapp-reviews.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == ["study"]


def test_a_bank_comes_as_an_anki_file(visitor):
    take(visitor)
    answer = visitor.get("/study/anki/harbour.apkg")
    assert answer.data[:2] == b"PK"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbour.apkg"'


def test_a_stranger_has_no_data_and_an_unknown_bank_no_file(visitor):
    assert visitor.get("/study/log.csv").status_code == 404
    assert visitor.get("/study/anki/harbour.apkg").status_code == 404
    take(visitor)
    assert visitor.get("/study/anki/nowhere.apkg").status_code == 404
