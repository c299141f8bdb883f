"""Which format a file has: by its suffix, else by how it begins."""

import pytest

from quizapp.domain.questions.bank_formats.guessing import DECK, guess_format
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from tests.every_type import every_type_bank

BANK = every_type_bank()
NAMES = [name for name, form in BANK_FORMATS.items() if form.reads]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("named", [True, False])
def test_what_we_write_is_known_again_with_and_without_its_name(name, named):
    form = BANK_FORMATS[name]
    assert guess_format(form.write(BANK), f"Bank{form.suffix.upper()}" if named else "") == name


@pytest.mark.parametrize(
    ("data", "file_name", "wanted"),
    [
        (b"front,back\na,b\n", "x.csv", DECK),
        (b"question,answer\na,b\n", "x.csv", DECK),
        (b"front,back\n<b>a</b> {=b},{T}\n", "", DECK),
        (b"<b>a</b>,b\n", "", DECK),
        (b"a,b\nc,d\n", "x.csv", DECK),
        (b"a\tb\n", "x.txt", DECK),
        (b"#separator:tab\n#html:true\na\tb\n", "x.txt", DECK),
        (BANK_FORMATS["anki-text"].write(BANK), "x.anki.txt", DECK),
        (b"question,option a,option b,correct\n", "x.csv", "csv"),
        (b"question;right answer;explanation\na;b;c\n", "", "csv"),
        (b"question\tright answer\texplanation\n", "", "tsv"),
        ("question,right answer,explanation\na,b,c\n".encode("utf-16"), "x.csv", "csv"),
        (b"::n::a{T}\n", "x.txt", "gift"),
        (b"Who?{=a ~b ~c}\n", "", "gift"),
        (b"Who?\nA. a\nB. b\nC. c\nANSWER: A\n", "x.txt", "aiken"),
        (b"Who?\nA. a\nB. b\nANSWER: A\n", "x.aiken", "aiken"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><quiz/>", "", "moodle-xml"),
        (b'  {"bank": {}}', "", "json"),
        (b"\x00\xff", "x.gift", "gift"),
        (b"", "", DECK),
        ("é".encode() * 20_000, "", DECK),
    ],
)
def test_files_of_others_are_told_apart(data, file_name, wanted):
    assert guess_format(data, file_name) == wanted
