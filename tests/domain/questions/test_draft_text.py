"""Tests of what an author has typed so far: it is stored as it is, and becomes a draft or says what is missing."""

from dataclasses import replace

import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.fact import Status
from quizapp.domain.questions.authored import author, problems_of
from quizapp.domain.questions.draft_text import (
    DraftText,
    draft_of,
    draft_text_from_json,
    draft_text_to_json,
    empty_text,
    text_of,
)
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from tests.every_type import every_type_bank
from tests.factories import make_bank

BANK = make_bank()
TEXT = "A ship came in.\n\nIt carried 40 tons of flour."
TYPED = DraftText(
    type="short_answer",
    line="The ferry leaves at noon.",
    paragraph="1",
    topic=BANK.topics[0].id,
    stem="In the article, when does the ferry leave?",
    body={"answer": "at noon", "accepted": ["noon"]},
)


def places(text, bank=BANK):
    with pytest.raises(InvalidContent) as caught:
        draft_of(text, bank)
    return [problem.place for problem in caught.value.problems]


def test_what_is_typed_becomes_a_question_that_can_be_asked():
    made = author(draft_of(TYPED, BANK), BANK, "own-1", "own-1")
    assert problems_of(made, BANK) == []
    assert made.fact.value.text == "at noon"
    assert made.question.body.accepted == ("noon",)


@pytest.mark.parametrize("kind", QUESTION_TYPES.values(), ids=lambda kind: kind.name)
def test_a_draft_of_every_type_is_stored_empty_and_says_what_is_missing(kind):
    text = empty_text(kind)
    assert draft_text_from_json(draft_text_to_json(text)) == text
    needed = {f"body.{one.name}" for one in kind.author_fields if one.required and one.kind != "flag"}
    stem = set() if kind.stem_field else {"stem"}
    assert needed | stem | {"line", "paragraph", "topic"} == set(places(text))


def test_every_question_of_a_bank_can_be_opened_and_saved_again_as_it_was():
    bank = every_type_bank()
    facts = bank.facts_by_id()
    for question in bank.questions:
        text = draft_text_from_json(draft_text_to_json(text_of(question, facts[question.fact])))
        draft = draft_of(text, bank, question.body)
        assert draft.body == question.body
        assert draft.explanation or facts[question.fact].text == question.explanation


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"paragraph": "99"}, "paragraph"),
        ({"paragraph": "two"}, "paragraph"),
        ({"paragraph": "²"}, "paragraph"),
        ({"topic": "no-topic"}, "topic"),
        ({"speaker": "nobody"}, "speaker"),
        ({"status": "odd"}, "status"),
        ({"status": "disputed"}, "note"),
        ({"line": " \u200b "}, "line"),
        ({"type": "essay"}, "type"),
        ({"start": 0, "end": 3}, "passage"),
    ],
)
def test_each_field_that_cannot_be_used_is_named(changes, place):
    assert places(replace(TYPED, **changes)) == [place]


def test_a_number_that_is_none_is_refused_beside_its_field():
    text = replace(TYPED, type="numeric", body={"number": "a few"})
    assert places(text) == ["body.number"]


def test_a_marked_passage_says_where_the_fact_stands():
    bank = replace(BANK, text=TEXT)
    start = TEXT.index("40 tons")
    draft = draft_of(replace(TYPED, start=start, end=start + 7, paragraph=""), bank)
    assert draft.passage.text == "40 tons"
    assert draft.paragraphs == (2,)


def test_the_words_of_a_passage_are_looked_up_and_the_marks_are_dropped_where_the_words_are_others():
    bank = replace(BANK, text=TEXT)
    words = replace(TYPED, paragraph="", quote="40  tons of")
    assert draft_of(words, bank).passage.text == "40 tons of"
    assert draft_of(replace(words, start=0, end=6), bank).passage.text == "40 tons of"
    assert places(replace(words, quote="50 tons"), bank) == ["passage"]
    assert draft_of(replace(words, paragraph="3"), BANK).passage is None


def test_what_follows_from_something_else_is_not_taken_for_chosen():
    made = author(draft_of(TYPED, BANK), BANK, "own-1", "own-1")
    assert made.fact.value.text == "at noon"
    assert (text_of(made.question, made.fact).status, text_of(made.question, made.fact).value) == ("", "")
    chosen = author(draft_of(replace(TYPED, value="noon"), BANK), BANK, "own-1", "own-1")
    assert text_of(chosen.question, chosen.fact).value == "noon"


def test_the_sentence_of_a_cloze_is_its_stem():
    body = {"sentence": "The ferry leaves at ____.", "gaps": ["noon"]}
    made = author(draft_of(replace(TYPED, type="cloze", stem="", body=body), BANK), BANK, "own-1", "own-1")
    assert made.question.stem == body["sentence"] and problems_of(made, BANK) == []


def test_a_status_with_its_note_is_kept():
    made = author(
        draft_of(replace(TYPED, status="disputed", note="Harbour and town disagree."), BANK), BANK, "own-1", "own-1"
    )
    assert (made.fact.status, made.fact.note) == (Status.DISPUTED, "Harbour and town disagree.")


def test_a_draft_that_is_too_long_is_refused():
    with pytest.raises(InvalidContent, match="longer than"):
        draft_text_to_json(replace(TYPED, note="x" * 70_000))
