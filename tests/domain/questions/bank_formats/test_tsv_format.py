"""What is copied out of a spreadsheet: the table of test_csv_format.py, separated by tabs."""

from quizapp.domain.questions.bank_formats.tables.table_formats import TsvFormat


def test_what_is_pasted_from_a_spreadsheet_is_read():
    text = "question\toption a\toption b\toption c\tcorrect\nWho, where?\tAnn\tBob\tCy\tB\n"
    (row,) = TsvFormat().read(text.encode()).rows
    assert (row.question.stem, row.question.body.key) == ("Who, where?", "Bob")
