"""The text that Anki imports: its header lines, and cards that say whose word they are."""

import csv
import io

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.anki_text_format import AnkiTextFormat
from quizapp.domain.questions.bank_formats.deck_reading import read_deck
from tests.every_type import every_type_bank

ANKI = AnkiTextFormat()
BANK = every_type_bank()
TEXT = ANKI.write(BANK).decode()


def cards():
    lines = [line for line in TEXT.splitlines(keepends=True) if not line.startswith("#")]
    return list(csv.reader(io.StringIO("".join(lines)), delimiter="\t"))


def test_its_header_lines_say_how_it_is_read():
    assert TEXT.startswith("#separator:tab\n#html:false\n")
    assert "#deck:Every type\n" in TEXT


def test_every_card_has_two_sides_and_says_whose_word_it_is():
    assert all(len(card) == 3 and card[0] and card[1] for card in cards())
    fronts = "\n".join(front for front, _, _ in cards())
    backs = "\n".join(back for _, back, _ in cards())
    assert "The Quayside Times, in its own voice" in fronts + backs
    assert "Ada Quay" in backs


def test_our_own_deck_import_reads_it():
    deck = read_deck(TEXT.encode())
    assert deck.title == "Every type"
    assert [row.problem for row in deck.rows] == [""] * len(cards())


def test_it_says_of_every_question_that_only_a_card_is_there():
    assert {loss.question_id for loss in ANKI.losses(BANK)} == {question.id for question in BANK.questions}
    assert all(loss.what.startswith("The whole question") for loss in ANKI.losses(BANK))


def test_it_is_not_read():
    with pytest.raises(InvalidContent, match="Import it as a deck"):
        ANKI.read(TEXT.encode())
