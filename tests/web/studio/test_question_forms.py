import re
from html import unescape

import pytest

from tests.web.conftest import text_of
from tests.web.writing import BY_TYPE, CHOICE, added, hidden, write


@pytest.mark.parametrize(
    ("kind", "field", "value", "message"),
    [
        ("single_choice", "line", "", "Say in one line what the source states."),
        ("single_choice", "line", "x" * 301, "Shorten this: it can have 300 characters."),
        ("single_choice", "line", "a\x00b", "cannot be stored"),
        ("single_choice", "stem", " ", "Write the question."),
        ("single_choice", "stem", "x" * 501, "Shorten this: it can have 500 characters."),
        ("single_choice", "paragraph", "", "Say where it stands: 1 to 12."),
        ("single_choice", "paragraph", "13", "Say where it stands: 1 to 12."),
        ("single_choice", "paragraph", "0", "Say where it stands: 1 to 12."),
        ("single_choice", "paragraph", "9" * 5000, "Shorten this: it can have 60 characters."),
        ("single_choice", "paragraph", "²", "Say where it stands: 1 to 12."),
        ("single_choice", "speaker", "nobody", "Choose one of those on offer."),
        ("single_choice", "topic", "nothing", "Choose one of those on offer."),
        ("single_choice", "body_key", "", "Write this: right answer."),
        ("single_choice", "line", "\u200b\u2060", "Say in one line what the source states."),
        ("single_choice", "stem", "\u200b\ufeff", "Write the question."),
        ("true_false", "stem", " ", "Write the statement."),
        ("true_false", "body_is_true", "", "Say whether it is true or false."),
        ("single_choice", "paragraph", "four", "Say where it stands: 1 to 12."),
        ("single_choice", "status", "odd", "Choose one of those on offer."),
        ("single_choice", "status", "disputed", "needs a note that says why"),
        ("multiple_choice", "body_keys", "salt", "Write at least two, one a line; there is one so far."),
        ("multiple_choice", "body_distractors-0-text", "Tar", "This is the right answer."),
        ("short_answer", "body_answer", "", "Write this: right answer."),
        (
            "cloze",
            "body_sentence",
            "There is no gap in this sentence at all.",
            "The sentence has 0 gaps but 1 answers.",
        ),
        ("matching", "body_pairs-0-right", "", "Write what belongs to it."),
        ("matching", "body_pairs-0-left", "", "Write what stands on the left."),
        (
            "ordering",
            "body_items",
            "It was built\nIt was sold",
            "Write at least three, one a line; there are two so far.",
        ),
        ("single_choice", "body_distractors-0-reason", "", "Say why it is wrong, and what it is right for."),
        ("single_choice", "body_distractors-0-text", "", "Write the wrong answer that this is the reason of."),
        ("single_choice", "body_distractors-0-text", "70 Tons", "This is the right answer."),
        ("single_choice", "body_distractors-0-text", "55  TONS", "This wrong answer is there twice."),
        ("single_choice", "body_distractors-0-fact", "nowhere", "Choose one of those on offer."),
        ("numeric", "body_number", "many", "number"),
        ("numeric", "body_number", "10.000", "two ways"),
        ("numeric", "body_number", "9" * 5000, "too long"),
        ("numeric", "body_tolerance", "-3", "below zero"),
        ("true_false", "body_reason", "", "Write this: why it is true or false."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(instructor, kind, field, value, message):
    answer = write(instructor, kind, **{field: value})
    assert answer.status_code == 422, answer.status_code
    assert message in text_of(answer), text_of(answer)
    assert "Not saved yet" in text_of(answer)
    kept = unescape(answer.text)
    assert all(text in kept for name, text in BY_TYPE[kind].items() if name != field and len(text) > 3)
    assert added(instructor) == []


def test_errors_stand_beside_their_field_for_a_screen_reader_too(instructor):
    page = write(instructor, line="").text
    assert re.search(r'<textarea[^>]*aria-describedby="line-errors[^>]*aria-invalid="true"', page) or re.search(
        r'<textarea[^>]*aria-invalid="true"[^>]*aria-describedby="line-errors', page
    )
    assert 'id="line-errors"' in page


def test_another_row_is_given_without_losing_anything(instructor):
    path = "/questions/harbour/new/single_choice"
    answer = instructor.post(path, **hidden(instructor.get(path)), **CHOICE, more="yes")
    assert answer.status_code == 200
    assert 'name="body_distractors-3-text"' in answer.text and "85 tons" in answer.text
    assert "lint is-error" not in answer.text


def test_rows_without_end_or_with_odd_numbers_break_nothing(instructor):
    rows = {f"body_distractors-{number}-text": "x" for number in range(900)}
    odd = {"body_distractors-²-text": "x", "body_distractors--1-text": "x", f"body_distractors-{'9' * 5000}-text": "x"}
    assert write(instructor, **rows).status_code == 422
    assert write(instructor, **odd).status_code == 303


WORDS = {
    "line": "Quay said that the last boat met a quiet sea.",
    "speaker": "harbour-master",
    "stem": "In the report, what did Quay say the last boat met?",
    "body_key": "a quiet sea",
    "body_in_order": "",
    "body_distractors-0-text": "a heavy frost",
    "body_distractors-0-reason": "It was at the pier.",
    "body_distractors-1-text": "a strong wind",
    "body_distractors-1-reason": "Nobody in the report says this.",
    "body_distractors-2-text": "",
    "body_distractors-2-reason": "",
}


def test_words_put_into_a_speakers_mouth_are_refused_beside_the_wrong_answers_with_a_way_out(instructor):
    page = write(instructor, **WORDS).text
    answers = page[page.index("<legend") : page.index("</fieldset>")]
    assert "Borrow a wrong option from a fact" in answers and "Rule D-13" in answers and "a heavy frost" in answers
    assert "Borrowed from" in answers


@pytest.mark.parametrize(
    "way_out",
    [
        {"body_distractors-0-fact": "catch-5"},
        {"body_distractors-0-reason": "The union said so in paragraph 11."},
        {"body_distractors-0-reason": "The report does not say this."},
    ],
)
def test_a_choice_on_a_speakers_words_can_be_written(instructor, way_out):
    answer = write(instructor, **WORDS | way_out)
    assert answer.status_code == 303, text_of(answer)


def test_a_wrong_answer_borrowed_by_its_fact_alone_is_a_mix_up(instructor):
    changes = {"body_distractors-0-text": "", "body_distractors-0-reason": "", "body_distractors-0-fact": "catch-5"}
    assert write(instructor, **changes).status_code == 303
    (question_id,) = added(instructor)
    assert 'value="catch-5" selected' in re.sub(
        r"selected value=\"([\w-]+)\"", r'value="\1" selected', instructor.get(f"/questions/{question_id}/edit").text
    )
    first = instructor.post(f"/questions/{question_id}/play").location
    asked = instructor.question(first)
    texts = ["70 tons", *(one.text for one in asked.snapshot.question.body.distractors)]
    place = next(one.place for one in asked.presented() if texts[one.index] == "90 tons")
    instructor.get(first)
    instructor.post(first, response=str(place))
    page = text_of(instructor.get(first))
    assert "Two facts, side by side" in page and "(paragraph 5)" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body_distractors-0-text": "", "body_distractors-0-reason": ""}, None),
        (
            {f"body_distractors-{n}-{part}": "" for n in range(3) for part in ("text", "reason")},
            "Write at least two wrong answers; there is none yet.",
        ),
        (
            {f"body_distractors-{n}-{part}": "\u200b" for n in (0, 1) for part in ("text", "reason")},
            "Write at least two wrong answers; there is one so far.",
        ),
        (
            {"body_distractors-0-text": "", "body_distractors-0-reason": "", "body_distractors-0-fact": "ice-claim"},
            "Write the wrong answer: this fact has no value to take over.",
        ),
    ],
)
def test_too_few_wrong_answers_are_asked_for_at_once_beside_them(instructor, changes, message):
    answer = write(instructor, **changes)
    if message is None:
        assert answer.status_code == 303
        return
    answers = answer.text[answer.text.index("<legend") : answer.text.index("</fieldset>")]
    assert answer.status_code == 422 and message in answers


def test_a_finding_stands_beside_the_field_with_its_words(instructor):
    page = write(instructor, line="The report gives 70 tons as the catch of the invaders.").text
    line = page[page.index('id="line"') : page.index('id="paragraph"')]
    assert "Rule D-7" in line and "invaders" in line and page.count("Rule D-7") == 1
    page = write(instructor, stem="In the report, how much did the invaders catch?").text
    assert "Rule D-7" in page[page.index('id="stem"') : page.index('id="body_key"')] and page.count("Rule D-7") == 1


def test_an_echo_is_told_by_the_words_of_the_other_question(instructor):
    stem = "In the article, how much did the boats of catch-3 land that month?"
    changes = {"line": "The report gives 26 tons as the last catch.", "body_key": "26 tons", "stem": stem}
    words = text_of(write(instructor, anyway=False, **changes))
    assert "near-duplicate" in words and f"like “{stem}”" in words
