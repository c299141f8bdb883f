import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.field_reading import Table
from quizapp.domain.facts.retelling import (
    Part,
    Passage,
    Section,
    read_retelling,
    sections_from_json,
    sections_to_json,
)
from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.bank_formats.stored import retelling_from_text, retelling_to_text
from quizapp.domain.questions.bank_from_facts import build_bank
from tests.factories import make_claim, make_fact, make_fact_base, make_source

FACTS = [make_fact("catch"), make_fact("haul", paragraphs=(3, 4)), make_claim("ice", paragraphs=(5,))]
GOOD = """
# comment
[[section]]
title = "The catch"

[[section.passage]]
paragraph = 3
text = "They landed [40 tons](catch), and [as much again](haul)."

[[section.passage]]
paragraph = 5
speaker = "harbour-master"
text = "Quay said that [the ice would melt](ice)."
silence = "Nobody was asked."
"""


def read(text):
    return read_retelling(text, FACTS, make_source())


def sentences(text):
    return [str(problem) for problem in read(text)[1]]


def test_passages_are_read_with_their_facts_marked():
    sections, problems = read(GOOD)
    assert problems == []
    assert sections == (
        Section(
            "The catch",
            (
                Passage(
                    (3,),
                    None,
                    (
                        Part("They landed "),
                        Part("40 tons", "catch"),
                        Part(", and "),
                        Part("as much again", "haul"),
                        Part("."),
                    ),
                ),
                Passage(
                    (5,),
                    "harbour-master",
                    (Part("Quay said that "), Part("the ice would melt", "ice"), Part(".")),
                    "Nobody was asked.",
                ),
            ),
        ),
    )
    first = sections[0].passages[0]
    assert (first.text, first.place) == ("They landed 40 tons, and as much again.", "Paragraph 3")
    assert first.facts == ("catch", "haul")


def test_a_bank_need_not_be_retold():
    assert read("") == read(" \n") == ((), [])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("(catch)", "(cach)", "retelling.toml:6: there is no fact “cach”."),
        ("[40 tons](catch)", "40 tons", "retelling.toml: the fact “catch” is not told."),
        ("(haul)", "(catch)", "the fact “catch” is told 2 times."),
        ("Quay said", "He said", "retelling.toml:10: it rests on the word of Quay and must name them."),
        ('speaker = "harbour-master"\n', "", "the fact “ice” is not said by the speaker of this passage."),
        ('"harbour-master"', '"nobody"', "bank.toml has no speaker “nobody”."),
        ("paragraph = 5", "paragraph = 6", "the fact “ice” stands in paragraph 3"),
        ("paragraph = 5", "paragraph = 99", "the source has the paragraphs 1 to 12."),
        ("paragraph = 5", 'paragraph = "5"', "`paragraph` must be a number"),
        ("They landed", "They [landed", "a bracket is stray"),
        ("[40 tons](catch)", "[[40 tons](catch)", "a bracket is stray"),
        ("silence", "silense", "there is no field `silense`."),
        ('title = "The catch"', "", "`title` is missing."),
        ("[[section]]", "[[sektion]]", "there is no field `sektion`."),
        ("# comment", "x = 1", "there is no field `x`."),
        ("# comment", "= broken", "this is not TOML"),
    ],
)
def test_each_mistake_is_named_with_its_place(old, new, said):
    assert old in GOOD
    found = sentences(GOOD.replace(old, new, 1))
    wanted = said.replace("stands in paragraph 3", "stands in paragraph 5")
    assert any(wanted in sentence for sentence in found), found


def test_all_mistakes_are_reported_at_once():
    text = GOOD.replace("(catch)", "(cach)").replace("Quay said", "He said")
    assert len(sentences(text)) >= 3


def test_both_sides_are_named_by_any_of_their_names():
    facts = [make_claim("row", "both", paragraphs=(5,))]
    for words in ("Both sides", "Each side", "both sides"):
        text = f'[[section]]\ntitle="x"\n[[section.passage]]\nparagraph=5\nspeaker="both"\ntext="{words} [row](row)."'
        assert read_retelling(text, facts, make_source())[1] == []


def test_json_gives_back_what_was_written():
    sections, _ = read(GOOD)
    assert retelling_from_text(retelling_to_text(sections)) == sections
    assert retelling_from_text("[]") == ()


WORDS = st.text(
    st.characters(exclude_characters="[]()\x00", exclude_categories=("Cs", "Zs", "Cc", "Zl", "Zp")), min_size=1
)


@given(st.lists(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4), min_size=1, max_size=3))
def test_any_passage_survives_the_way_through_json(passages):
    parts = [
        tuple(Part(words, f"f-{n}") if marked else Part(f"{words}.") for n, (words, marked) in enumerate(passage))
        for passage in passages
    ]
    written = (Section("Title", tuple(Passage((1,), None, one) for one in parts)),)
    found = retelling_from_text(retelling_to_text(written))
    assert [one.text for one in found[0].passages] == ["".join(part.text for part in one) for one in parts]
    assert [one.facts for one in found[0].passages] == [tuple(p.fact for p in one if p.fact) for one in parts]


def a_bank():
    base = make_fact_base([make_fact("catch"), make_fact("haul", value_text="15 tons")])
    told = (Section("All", (Passage((3,), None, (Part("a", "catch"), Part(" b "), Part("c", "haul"))),)),)
    return build_bank(type(base)(**{**{name: getattr(base, name) for name in base.__slots__}, "retelling": told}))


def test_a_bank_keeps_its_retelling_in_json():
    bank = a_bank()
    data = BANK_FORMATS["json"].write(bank)
    assert JsonFormat().read_bank(data).retelling == bank.retelling
    assert BANK_FORMATS["json"].write(JsonFormat().read_bank(data)) == data


@pytest.mark.parametrize(
    "retelling",
    [
        "text",
        7,
        {},
        [7],
        [{"title": "x"}],
        [{"title": "x", "passages": [{"paragraph": [3], "text": "a [b](nobody)"}]}],
        [{"title": "x", "passages": [{"paragraph": [], "text": "a"}]}],
        [{"title": 3, "passages": []}],
        [{"title": "x", "passages": [{"paragraph": [10**30], "text": "a"}]}],
        [{"title": "x", "passages": [{"paragraph": [3], "text": "[" * 3000}]}],
    ],
)
def test_a_hostile_retelling_is_refused_with_its_place(retelling):
    document = json.loads(BANK_FORMATS["json"].write(a_bank()))
    document["retelling"] = retelling
    with pytest.raises(InvalidContent) as refused:
        JsonFormat().read_bank(json.dumps(document).encode())
    assert refused.value.problems


def test_what_is_read_field_by_field_leaves_no_unknown_field_unsaid():
    opened = []
    table = Table("the file", "the top", {"retelling": sections_to_json(read(GOOD)[0])})
    table.values["retelling"][0]["passages"][0]["colour"] = "red"
    sections_from_json(table, opened)
    assert any("colour" in problem.sentence for one in opened for problem in one.problems)


def test_the_punctuation_behind_a_fact_is_told_with_it():
    sections, problems = read_retelling(
        TOLD_WITH_MARKS, [make_fact("a"), make_fact("b"), make_fact("c")], make_source()
    )
    assert problems == []
    told = sections[0].passages[0].told
    assert [(part.text, closing) for part, closing in told] == [
        ("In May, ", ""),
        ("ice came", ","),
        (" and ", ""),
        ("a thaw", ".”"),
        (" So", ""),
        ("the boats", ""),
        ("’ crews left.", ""),
    ]
    assert "".join(part.text + closing for part, closing in told) == sections[0].passages[0].text


TOLD_WITH_MARKS = """
[[section]]
title = "The ice"
[[section.passage]]
paragraph = 3
text = "In May, [ice came](a), and [a thaw](b).” So[the boats](c)’ crews left."
"""
