"""Moodle XML as Moodle would see it, without what only quizapp reads, and as others write it."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from quizapp.domain.questions.bank_formats.moodle.moodle_xml_format import MoodleXmlFormat
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from tests.domain.questions.bank_formats.made_questions import TRICKY, bank_of
from tests.every_type import every_type_bank
from tests.factories import make_question

XML = MoodleXmlFormat()
BANK = every_type_bank()
GRID = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111}
GRID |= {10, 5, 0}
KINDS = {
    "single_choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "short_answer": "shortanswer",
}


def read_one(kind, more, stem="Who?"):
    text = (
        f"<quiz><question type='{kind}'><questiontext format='html'><text>{stem}</text></questiontext>{more}"
        "</question></quiz>"
    )
    (row,) = XML.read(text.encode()).rows
    return row


def answers(*pairs):
    return "".join(f"<answer fraction='{share}' format='html'><text>{text}</text></answer>" for share, text in pairs)


def test_every_question_has_the_type_that_moodle_calls_it_and_shares_of_its_grid():
    root = ElementTree.fromstring(XML.write(BANK))  # noqa: S314  # our own bytes
    seen = {one.findtext("idnumber"): one for one in root.iter("question") if one.get("type") != "category"}
    assert seen.keys() == {question.id for question in BANK.questions}
    for question in BANK.questions:
        element = seen[question.id]
        assert element.get("type") == KINDS.get(question.type, question.type)
        assert element.find("quizapp") is not None
        if question.type != "ordering":
            assert {abs(float(one.get("fraction"))) for one in element.iter("answer") if one.get("fraction")} <= GRID


def test_there_is_one_category_for_each_topic():
    root = ElementTree.fromstring(XML.write(BANK))  # noqa: S314  # our own bytes
    paths = [one.findtext("category/text") for one in root.iter("question") if one.get("type") == "category"]
    assert paths == ["$course$/Trade", "$course$/Weather"]


def test_without_what_only_quizapp_reads_the_words_and_answers_are_still_there():
    data = re.sub(rb" *<quizapp>.*?</quizapp>\n", b"", XML.write(BANK), flags=re.S)
    assert b"<quizapp>" not in data
    rows = {row.question.id: row.question for row in XML.read(data).rows}
    for question in BANK.questions:
        read, kind = rows[question.id], question_type(question.type)
        assert (read.type, read.stem, read.explanation) == (question.type, question.stem, question.explanation)
        assert kind.key(read.body) == kind.key(question.body)
        if question.type in ("single_choice", "multiple_choice", "short_answer"):
            told = [(one.text, one.reason) for one in kind.distractors(read.body)]
            assert told == [(one.text, one.reason) for one in kind.distractors(question.body)]


@pytest.mark.parametrize("word", TRICKY)
def test_any_words_are_seen_as_they_are_meant(word):
    asked = make_question(stem=f"a {word} b", explanation=f"c {word} d")
    data = re.sub(rb" *<quizapp>.*?</quizapp>\n", b"", XML.write(bank_of(asked)), flags=re.S)
    (row,) = XML.read(data).rows
    plain = [" ".join(text.replace("\ufffe", "\ufffd").split()) for text in (asked.stem, asked.explanation)]
    assert [row.question.stem, row.question.explanation] == plain


def test_what_somebody_changed_in_moodle_stands_and_the_rest_is_as_it_was():
    asked = next(one for one in BANK.questions if one.type == "single_choice" and one.speaker is None)
    data = XML.write(replace(BANK, questions=(asked,))).decode()
    old = asked.body.distractors[0].text
    (row,) = XML.read(data.replace(f"<text>{old}</text>", "<text>something else</text>", 1).encode()).rows
    read = row.question
    assert (read.id, read.facts, read.recipe, read.stem) == (asked.id, asked.facts, asked.recipe, asked.stem)
    assert read.body.distractors == (
        Distractor("something else", asked.body.distractors[0].reason, None),
        *asked.body.distractors[1:],
    )


def test_what_moodle_saves_without_its_extras_comes_back_under_the_same_name():
    data = re.sub(rb" *<quizapp>.*?</quizapp>\n", b"", XML.write(BANK), flags=re.S)
    assert {row.question.id for row in XML.read(data).rows} == {question.id for question in BANK.questions}


@pytest.mark.parametrize(
    ("kind", "more", "stem", "type_name", "answer"),
    [
        (
            "multichoice",
            "<single>true</single>" + answers((100, "a"), (0, "b"), (-50, "c")),
            "Who?",
            "single_choice",
            "a",
        ),
        (
            "multichoice",
            "<single>false</single>" + answers((50, "a"), (50, "b"), (0, "c")),
            "?",
            "multiple_choice",
            "a; b",
        ),
        ("multichoice", "<single>false</single>" + answers((100, "a"), (0, "b"), (0, "c")), "?", "single_choice", "a"),
        ("multichoice", "<single>true</single>" + answers((0, "True"), (100, "False")), "So.", "true_false", "False"),
        ("truefalse", answers((0, "true"), (100, "false")), "So.", "true_false", "False"),
        ("shortanswer", answers((100, "Ann"), (100, "Anne"), (0, "*")), "Who?", "short_answer", "Ann"),
        (
            "numerical",
            "<answer fraction='100'><text>42</text><tolerance>0.5</tolerance></answer>"
            "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
            "How far?",
            "numeric",
            "42 km",
        ),
        ("cloze", "", "Two plus {1:SHORTANSWER:=two~%100%2~%0%five#no} is four.", "cloze", "two"),
        ("cloze", "", "{1:MC:=a~b} and {2:NM:=5:0.1}", "cloze", "a; 5"),
        ("ordering", answers((2, "b"), (1, "a"), (3, "c")), "Order.", "ordering", "a → b → c"),
    ],
)
def test_what_others_write_is_read(kind, more, stem, type_name, answer):
    row = read_one(kind, more, stem)
    assert (row.problem, row.question.type) == ("", type_name)
    assert question_type(type_name).answer_text(row.question.body) == answer


def test_markup_becomes_words_and_what_was_left_out_is_told():
    row = read_one(
        "multichoice",
        "<single>true</single><defaultgrade>2</defaultgrade><hint><text>Think.</text></hint>"
        "<tags><tag><text>rivers</text></tag></tags>" + answers((100, "&lt;b&gt;a&lt;/b&gt;"), (0, "b"), (0, "c")),
        "&lt;p&gt;How many m&lt;sup&gt;2&lt;/sup&gt;?&lt;/p&gt;&lt;p&gt;&lt;img src='x'&gt;&amp;amp; so on&lt;/p&gt;",
    )
    assert row.question.stem == "How many m^2? & so on"
    assert row.question.body.key == "a"
    assert row.tags == ("rivers",)
    assert row.remark == (
        "A picture or a sound was left out. Its hints were left aside. It was worth more or less than one mark; "
        "here every question counts alike."
    )


def test_a_refused_question_says_its_line_and_the_others_are_read():
    text = (
        "<quiz>\n<question type='essay'/>\n\n<question type='truefalse'><questiontext><text>So.</text></questiontext>"
    )
    rows = XML.read((text + answers((100, "true"), (0, "false")) + "</question></quiz>").encode()).rows
    assert [(row.line, bool(row.question)) for row in rows] == [(2, False), (4, True)]
