"""GIFT as we write it, by the rules of two other readers; and as others write it."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.cli.bank_folders import bank_folders, read_questions
from quizapp.domain.questions.bank_formats.gift.gift_format import GiftFormat
from quizapp.domain.questions.question_types.cloze import Cloze
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type
from quizapp.settings import CHECKOUT
from tests.domain.questions.bank_formats import moodle_gift
from tests.domain.questions.bank_formats.made_questions import TRICKY, bank_of, questions
from tests.every_type import every_type_bank
from tests.factories import make_question

GIFT = GiftFormat()
KINDS = {
    "single_choice": "multichoice",
    "multiple_choice": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "short_answer": "shortanswer",
    "cloze": "shortanswer",
    "matching": "match",
}
BANKS = [every_type_bank(), *(read_questions(folder) for folder in bank_folders(CHECKOUT / "questions"))]
MANY = 300
PEGJS = """
const {parse} = require("gift-pegjs");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(text => {
    try { return {read: parse(text)}; } catch (error) { return {error: String(error.message), at: error.location}; }
})));
"""


def carried(bank):
    return [
        one for one in bank.questions if one.type in GIFT.types and not (one.type == "cloze" and len(one.body.gaps) > 1)
    ]


def one_line(text):
    return " ".join(text.split())


def as_javascript_trims(text):
    return " ".join(re.split(r"[\s\ufeff]+", text)).strip()


def seen_by_others(text):
    """What our writer changes for the sake of other readers."""
    return one_line(text.replace("&&0", "& &0"))


def as_moodle_reads(bank):
    found = moodle_gift.read(GIFT.write(bank).decode())
    return {one["name"]: one for one in found if one["type"] != "category"}


def check_by_moodles_rules(bank):
    read = as_moodle_reads(bank)
    asked = carried(bank)
    assert len(read) == len(asked)
    for question in asked:
        seen = read[seen_by_others(question.id)]
        kind, body = question_type(question.type), question.body
        assert seen["type"] == KINDS[question.type]
        assert seen["format"] == "plain"
        assert one_line(seen["feedback"]) == seen_by_others(question.explanation)
        wrong = [(one.text, one.reason) for one in kind.distractors(body)]
        if question.type == "cloze":
            before, after = body.sentence.split("____")
            assert re.sub(r"_+", "____", one_line(seen["stem"])) == seen_by_others(f"{before}____{after}")
        else:
            assert one_line(seen["stem"]) == seen_by_others(question.stem)
        if question.type in ("single_choice", "multiple_choice"):
            shown = [(one_line(text), one_line(said)) for weight, text, said in seen["answers"] if weight <= 0]
            assert shown == [(seen_by_others(text), seen_by_others(reason)) for text, reason in wrong]
            right = [one_line(text) for weight, text, _ in seen["answers"] if weight > 0]
            keys = body.keys if question.type == "multiple_choice" else (body.key,)
            assert right == [seen_by_others(key) for key in keys]
            assert seen["single"] == (question.type == "single_choice")
            assert abs(sum(weight for weight, *_ in seen["answers"] if weight > 0) - 1) < 1e-6
        elif question.type == "true_false":
            assert (seen["answer"], one_line(seen["wrong"])) == (body.is_true, seen_by_others(body.reason))
        elif question.type == "numeric":
            weight, number, tolerance, _ = seen["answers"][0]
            assert (weight, number, tolerance) == (1.0, float(body.number), float(body.tolerance))
            assert [one[0] for one in seen["answers"][1:]] == [0.0 for _ in body.near]
        elif question.type == "matching":
            pairs = [*((pair.left, pair.right) for pair in body.pairs), *(("", one.text) for one in body.extras)]
            shown = [(one_line(left), one_line(right)) for left, right in seen["pairs"]]
            assert shown == [tuple(seen_by_others(side.replace("->", "→")) for side in pair) for pair in pairs]
        else:
            typed = body.gaps[0] if question.type == "cloze" else body
            right = [text.replace("\\*", "*") for weight, text, _ in seen["answers"] if weight == 1.0]
            wanted = [text.replace("->", "→") for text in (typed.answer, *typed.accepted)]
            assert not any(re.search(r"(?<!\\)\*", text) for _, text, _ in seen["answers"])  # which takes any words
            assert list(map(one_line, right)) == list(map(seen_by_others, wanted))


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.name)
def test_moodle_reads_what_we_write_as_it_is_meant(bank):
    check_by_moodles_rules(bank)


@given(st.data())
@settings(max_examples=60)
def test_moodle_reads_any_words_as_they_are_meant(data):
    asked = data.draw(questions(tuple(KINDS)))
    check_by_moodles_rules(bank_of(replace(asked, id="q1")))


@pytest.mark.long
@given(st.data())
@settings(max_examples=3_000)
def test_moodle_reads_any_words_of_many_questions_as_they_are_meant(data):
    asked = data.draw(questions(tuple(KINDS)))
    check_by_moodles_rules(bank_of(replace(asked, id="q1")))


@pytest.mark.parametrize("word", TRICKY)
def test_a_name_is_one_line_and_ends_where_it_ends(word):
    if not word.strip():
        return
    name = f"a {word} b"
    assert list(as_moodle_reads(bank_of(make_question(id=name)))) == [seen_by_others(name)]


@pytest.mark.parametrize("right", range(2, 9))
def test_marks_are_shared_out_in_steps_that_moodle_takes(right):
    keys = tuple(f"key {number}" for number in range(right))
    for wrong in range(1, 10 - right):
        body = MultipleChoiceBody(keys, tuple(Distractor(f"wrong {number}", "It is.") for number in range(wrong)))
        seen = as_moodle_reads(bank_of(make_question(id="q", type="multiple_choice", body=body)))["q"]
        weights = [weight for weight, *_ in seen["answers"]]
        assert weights == pytest.approx([1 / right] * right + [-1 / wrong] * wrong, abs=1e-7)


def test_there_is_one_category_line_for_each_topic():
    found = moodle_gift.read(GIFT.write(every_type_bank()).decode())
    assert [one["path"] for one in found if one["type"] == "category"] == ["$course$/Trade", "$course$/Weather"]


def pegjs_folder():
    """Where gift-pegjs is: named by QUIZAPP_NODE_MODULES, or where npm keeps what belongs to the machine."""
    places = [
        os.environ.get("QUIZAPP_NODE_MODULES"),
        str(CHECKOUT / "node_modules"),
        "/usr/lib/node_modules",
        "/usr/local/lib/node_modules",
    ]
    return next((place for place in places if place and (Path(place) / "gift-pegjs").is_dir()), None)


@pytest.fixture(scope="module")
def pegjs():
    """Read texts by gift-pegjs: for each either what it read, or its error."""
    if not shutil.which("node"):
        pytest.skip("there is no node, which gift-pegjs runs on")
    folder = pegjs_folder()
    if folder is None:
        pytest.skip(
            "gift-pegjs is not installed: npm install gift-pegjs@1.0.2, and name its node_modules in "
            "QUIZAPP_NODE_MODULES"
        )

    def read(*texts):
        done = subprocess.run(
            ["node", "-e", PEGJS],
            input=json.dumps(texts).encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "NODE_PATH": folder},
            timeout=120,
        )
        return json.loads(done.stdout)

    return read


def check_by_pegjs(banks, pegjs):
    def shown(text):
        return as_javascript_trims(seen_by_others(text))

    kinds = {
        "multichoice": "MC",
        "truefalse": "TF",
        "numerical": "Numerical",
        "shortanswer": "Short",
        "match": "Matching",
    }
    for bank, found in zip(banks, pegjs(*(GIFT.write(bank).decode() for bank in banks)), strict=True):
        assert "error" not in found, (found, GIFT.write(bank).decode())
        read = [one for one in found["read"] if one["type"] != "Category"]
        groups = {}
        for question in carried(bank):
            groups.setdefault(question.topic, []).append(question)
        asked = [question for group in groups.values() for question in group]
        assert [one["type"] for one in read] == [kinds[KINDS[question.type]] for question in asked]
        for question, seen in zip(asked, read, strict=True):
            assert as_javascript_trims(seen["title"]) == shown(question.id)
            if question.type != "cloze":
                assert as_javascript_trims(seen["stem"]["text"]) == shown(question.stem)
            assert as_javascript_trims(seen["globalFeedback"]["text"]) == shown(question.explanation)
            if question.type == "single_choice":
                offered = [as_javascript_trims(one["text"]["text"]) for one in seen["choices"]]
                assert offered == [shown(text) for text in QUESTION_TYPES["single_choice"].options(question.body)]


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.name)
def test_gift_pegjs_reads_what_we_write(bank, pegjs):
    check_by_pegjs([bank], pegjs)


def test_gift_pegjs_reads_any_words_as_they_are_meant(pegjs):
    """Made beforehand, since one start of node costs more than a hundred questions."""
    made = []

    @given(questions(tuple(KINDS)))
    @settings(max_examples=MANY, database=None)
    def make(asked):
        made.append(bank_of(replace(asked, id="q1")))

    make()
    check_by_pegjs([bank for bank in made if carried(bank)], pegjs)


def read_one(text):
    (row,) = GIFT.read(text.encode()).rows
    return row


def without_comments(bank):
    return "\n".join(line for line in GIFT.write(bank).decode().split("\n") if not line.startswith("// quizapp:"))


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.name)
def test_without_our_comments_the_words_and_answers_are_still_there(bank):
    rows = {row.question.id: row.question for row in GIFT.read(without_comments(bank).encode()).rows}
    for question in carried(bank):
        read, kind = rows[question.id], question_type(question.type)
        assert (read.type, read.stem, read.explanation) == (question.type, question.stem, question.explanation)
        assert kind.key(read.body) == kind.key(question.body)
        if question.type != "numeric":
            assert [one.text for one in kind.distractors(read.body)] == [
                one.text for one in kind.distractors(question.body)
            ]


@pytest.mark.parametrize(
    ("text", "kind", "answer"),
    [
        ("Who?{=Ann ~Bob ~Cy}", "single_choice", "Ann"),
        ("Who?{~Ann =Bob#yes ~%-50%Cy#no}", "single_choice", "Bob"),
        ("::n::Who?{~%50%Ann ~%50%Bob ~%-100%Cy}", "multiple_choice", "Ann; Bob"),
        ("It is so.{T}", "true_false", "True"),
        ("It is so.{FALSE#No.#Yes.####In general.}", "true_false", "False"),
        ("When?{#1822:5}", "numeric", "1,822"),
        ("When?{#1..5}", "numeric", "3"),
        ("When?{#=1822:0#yes =%0%1900:2#near ~#no}", "numeric", "1,822"),
        ("Who?{=Ann =%50%Bob =%0%Cy#no}", "short_answer", "Ann"),
        ("Who?{Ann}", "short_answer", "Ann"),
        ("Two plus {=two =2} is four.", "cloze", "two"),
        ("Two plus ____ is four.{=two}", "cloze", "two"),
        ("Match.{=a -> b =c -> d = -> e}", "matching", "a: b; c: d"),
        ("[html]<p>Who <b>is</b> it?</p>{=a &amp; b ~c ~d}", "single_choice", "a & b"),
        (r"1 \{x\} \: 2\=3 \#\~ \\ \n end{=\=a ~b ~c}", "single_choice", "=a"),
        ("// comment\nWho?{\n=Ann\n// another\n~Bob\n~Cy\n}", "single_choice", "Ann"),
    ],
)
def test_what_others_write_is_read(text, kind, answer):
    row = read_one(text)
    assert (row.problem, row.question.type) == ("", kind)
    assert question_type(kind).answer_text(row.question.body) == answer


def test_a_category_is_a_topic_until_the_next_one():
    text = "$CATEGORY: $course$/top/Rivers // Lakes\n\na{T}\n\n$CATEGORY: Hills\n\nb{F}\n\nc{T}\n"
    assert [row.topic.label for row in GIFT.read(text.encode()).rows] == ["Rivers / Lakes", "Hills", "Hills"]


def test_a_question_with_feedback_is_a_fact_of_these_words_and_without_one_says_so():
    told = read_one("::n::Who built it?{=Ann ~Bob ~Cy ####Ann built it in 1900.}")
    assert (told.facts[0].statement, told.facts[0].value.text) == ("Ann built it in 1900.", "Ann")
    untold = read_one("::n::Who built it?{=Ann ~Bob ~Cy}")
    assert untold.facts[0].statement == "The question “Who built it?” is answered: {Ann}."
    assert untold.question.body.distractors[0].reason == "The file gives no reason why this is wrong."
    assert untold.question.explanation == "The question “Who built it?” is answered: Ann."


def test_a_question_is_known_again_by_its_name_and_else_by_its_words():
    assert read_one("::Capital of France::a{T}").question.id == "capital-of-france"
    assert read_one("::Question 7::a{T}").question.id == read_one("a  {T}").question.id != read_one("b{T}").question.id
    two = GIFT.read(b"::Same::a{T}\n\n::Same::b{T}\n\n::Same::b{T}\n").rows
    assert len({row.question.id for row in two[:2]}) == 2
    assert two[2].question == two[1].question


def test_what_somebody_changed_in_the_file_stands_and_the_rest_is_as_it_was():
    bank = every_type_bank()
    asked = next(one for one in bank.questions if one.type == "single_choice" and one.speaker is None)
    text = GIFT.write(replace(bank, questions=(asked,))).decode()
    shown = text.rindex("::[plain]")
    changed = text[:shown] + text[shown:].replace(f"~{asked.body.distractors[0].text}", "~something else")
    read = read_one(changed).question
    assert (read.id, read.facts, read.recipe, read.stem) == (asked.id, asked.facts, asked.recipe, asked.stem)
    assert read.body.key == asked.body.key
    assert read.body.distractors[0] == Distractor("something else", asked.body.distractors[0].reason, None)
    assert read.body.distractors[1:] == asked.body.distractors[1:]


def test_a_text_of_several_gaps_and_an_ordering_are_named_as_lost():
    bank = every_type_bank()
    lost = {loss.question_id: loss.what for loss in GIFT.losses(bank)}
    missing = [one.id for one in bank.questions if one not in carried(bank)]
    assert sorted(lost) == sorted(missing)
    assert any("GIFT has one gap" in what for what in lost.values())
    assert Cloze.label not in " ".join(lost.values())


def test_tags_and_a_name_are_read_from_the_comments_that_moodle_writes():
    row = read_one("// question: 7  name: x [id:my-id] [tag:rivers] [tag:two words]\n::x::a{T}")
    assert (row.question.id, row.tags) == ("my-id", ("rivers", "two words"))
