from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.blank import is_blank
from quizapp.domain.questions.bank_formats.deck_reading import DeckRow, read_deck
from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from quizapp.domain.questions.bank_lint.report import report_on
from quizapp.domain.questions.flashcard_face import face_of
from quizapp.domain.questions.imported_card import card_id, card_of, deck_bank, plain_name, with_cards
from quizapp.domain.questions.question import check_question
from quizapp.domain.questions.snapshots import snapshot_from_text, snapshot_of, snapshot_to_text

ROW = DeckRow(2, "Capital of France?", "Paris")
DECK = b"""front,back,topic,speaker,note,source
What is the capital of France?,Paris,Europe,,,The Atlas
What is the capital of Spain?,Madrid,Europe,,A correction of 1990,
Which words were used?,nobody was right,,Ada Quay,,
What is \\frac{a}{b}?,a over b,,,,
What happened?,"A long story that nobody would ever want to type into a field, told in many words.",,,,
"""


def bank_of(data: bytes = DECK):
    empty = deck_bank("capitals", "Capitals", "capitals.csv")
    return with_cards(empty, [card_of(row) for row in read_deck(data).rows])


def test_a_card_is_a_fact_that_says_what_the_card_answers_and_marks_it():
    card = card_of(ROW)
    assert card.fact.statement == "The card “Capital of France?” answers: {Paris}."
    assert (card.fact.ask, card.fact.value.text) == (ROW.front, "Paris")
    assert (card.question.stem, card.question.body.answer) == (ROW.front, "Paris")
    assert card.question.explanation == "The card “Capital of France?” answers: Paris."


def test_a_card_keeps_its_name_when_its_back_is_edited_or_its_spaces_change():
    assert card_of(replace(ROW, back="Lyon")).fact.id == card_of(ROW).fact.id
    assert card_id("Capital  of\nFrance?") == card_id("Capital of France?")
    assert card_id("Cafe\u0301") == card_id("Café")
    assert card_id("essen") != card_id("Essen"), "in some languages they are two words"


@pytest.mark.parametrize(
    ("back", "asked"),
    [("Paris", True), ("x" * 60, True), ("x" * 61, False), ("a b c d e f g h", True), ("a b c d e f g h i", False),
     ("one\ntwo", False), ("+", False), ("?!", False), ("12", True)],
)  # fmt: skip
def test_a_back_that_can_be_typed_is_asked(back, asked):
    assert (card_of(replace(ROW, back=back)).question is not None) is asked


def test_a_front_too_long_for_a_stem_is_a_fact_without_a_question():
    card = card_of(replace(ROW, front="why " * 200))
    assert card.question is None and card.fact.value.text == "Paris"


def test_what_no_fact_can_hold_is_no_card():
    assert card_of(replace(ROW, back="x" * 2_000)) is None
    assert card_of(replace(ROW, back="x" * 1_900)) is not None


def test_a_card_with_a_speaker_says_who_on_every_side():
    bank = bank_of()
    question = next(one for one in bank.questions if one.speaker)
    assert question.stem == "According to Ada Quay: Which words were used?"
    fact = bank.facts_by_id()[question.fact]
    face = face_of(fact, bank.source)
    assert (face.front, face.front_voice, face.back_voice) == (fact.ask, "Ada Quay said", "Ada Quay said")


def test_the_face_of_a_card_is_the_card_word_for_word():
    bank = bank_of()
    faces = [face_of(fact, bank.source) for fact in bank.facts]
    rows = read_deck(DECK).rows
    assert [(face.front, face.back) for face in faces] == [(row.front, row.back) for row in rows]
    assert faces[0].front_voice == "The deck Capitals" and faces[0].place == ""


def test_the_source_says_only_what_is_known_of_a_deck():
    source = bank_of().source
    assert (source.outlet, source.description) == ("Capitals", "a deck imported from capitals.csv")
    assert (source.title, source.author, source.date) == ("not given", "not given", "not given")
    assert source.is_deck


def test_an_imported_bank_keeps_every_rule_that_blocks():
    bank = bank_of()
    facts = bank.facts_by_id()
    assert [check_question(question, facts) for question in bank.questions] == [[]] * len(bank.questions)
    assert report_on(bank).errors == 0, report_on(bank).findings


def test_an_imported_bank_survives_a_file():
    bank = bank_of()
    written = JsonFormat().write(bank)
    again = JsonFormat().read_bank(written)
    assert JsonFormat().write(again) == written
    assert [face_of(fact, again.source) for fact in again.facts] == [face_of(fact, bank.source) for fact in bank.facts]


def test_new_cards_come_last_and_a_changed_one_stays_in_its_place():
    bank = bank_of()
    cards = [card_of(replace(ROW, front="New?")), card_of(DeckRow(1, "What is the capital of France?", "Lyon"))]
    after = with_cards(bank, cards)
    assert [fact.id for fact in after.facts] == [*(fact.id for fact in bank.facts), cards[0].fact.id]
    assert after.questions[0].body.answer == "Lyon"


def test_a_back_that_grows_too_long_takes_its_question_along():
    bank = bank_of()
    after = with_cards(bank, [card_of(DeckRow(1, "What is the capital of France?", "x " * 40))])
    assert len(after.facts) == len(bank.facts) and len(after.questions) == len(bank.questions) - 1


@pytest.mark.parametrize(
    ("text", "name"),
    [("Capital Cities!", "capital-cities"), ("Şehirler ı", "sehirler-i"), ("a--b", "a-b"), ("harbour", "harbour")],
)
def test_words_are_made_a_plain_name(text, name):
    assert plain_name(text) == name


@given(st.text(min_size=1))
def test_any_words_are_made_a_name_that_addresses_can_hold(text):
    name = plain_name(text)
    assert 0 < len(name) <= 71 and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and name[0] != "-"


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=80)


SEEN = WORDS.map(str.strip).filter(lambda text: not is_blank(text))


@given(SEEN, SEEN, st.sampled_from(["", "Ada Quay"]))
def test_any_card_can_be_asked_stored_and_shown_as_it_was(front, back, speaker):
    card = card_of(DeckRow(1, front, back, speaker=speaker))
    bank = with_cards(deck_bank("d", "D", "d.csv"), [card])
    if card.question:
        assert check_question(card.question, bank.facts_by_id()) == []
        stored = snapshot_from_text(snapshot_to_text(snapshot_of(card.question, bank)))
        assert (face_of(stored.fact, stored.source).front, stored.answer_text) == (front, back)
        assert stored.grade({"text": back}).score == 1
