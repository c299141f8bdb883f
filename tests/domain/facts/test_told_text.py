from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.passage import Passage, paragraphs_of, passage_at
from quizapp.domain.facts.told_text import TextPart, told_text
from tests.factories import make_fact

TEXT = "The ice came early.\n\nThe boats stayed. Nobody sailed.\n\nThe ice went late."


def fact(name, words="", **changes):
    start = TEXT.index(words)
    passage = passage_at(TEXT, start, start + len(words)) if words else None
    return make_fact(name, **{"passage": passage, "paragraphs": (2,)} | changes)


def test_each_passage_is_marked_in_its_paragraph():
    told = told_text(TEXT, [fact("late", "late", paragraphs=(3,)), fact("boats", "The boats")])
    assert [one.parts for one in told.paragraphs] == [
        (TextPart("The ice came early."),),
        (TextPart("The boats", "boats"), TextPart(" stayed. Nobody sailed.")),
        (TextPart("The ice went "), TextPart("late", "late"), TextPart(".")),
    ]
    assert [one.facts for one in told.paragraphs] == [(), ("boats",), ("late",)]


def test_what_has_no_mark_of_its_own_is_told_below_its_paragraph():
    gone = fact("gone", passage=Passage(0, 3, "Was"), paragraphs=(9, 1))
    told = told_text(TEXT, [fact("first", "boats stayed"), fact("inside", "stayed"), fact("plain"), gone])
    assert [[one.id for one in paragraph.beside] for paragraph in told.paragraphs] == [
        ["gone"],
        ["inside", "plain"],
        [],
    ]
    assert told.paragraphs[1].facts == ("first", "inside", "plain")


def test_a_passage_over_two_paragraphs_is_marked_in_both_and_counted_in_the_first():
    told = told_text(TEXT, [fact("wide", "early.\n\nThe boats", paragraphs=(1, 2))])
    assert told.paragraphs[0].parts[-1] == TextPart("early.", "wide")
    assert told.paragraphs[1].parts[0] == TextPart("The boats", "wide", begins=False)
    assert [one.facts for one in told.paragraphs] == [("wide",), (), ()]


def test_a_fact_of_a_paragraph_that_is_not_there_is_outside():
    lost = fact("lost", paragraphs=(7,))
    assert told_text(TEXT, [lost]).outside == (lost,)


PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6)


@given(st.text("ab \n", min_size=1, max_size=40), PLACES)
def test_no_word_and_no_fact_is_lost(text, places):
    facts = [
        make_fact(f"f{number}", passage=Passage(start, start + len(words), words), paragraphs=(1,))
        for number, (start, length) in enumerate(places)
        if (words := text[start : start + length]).strip()
    ]
    told = told_text(text, facts)
    assert ["".join(part.text for part in one.parts) for one in told.paragraphs] == [
        one.text for one in paragraphs_of(text)
    ]
    named = [name for one in told.paragraphs for name in one.facts] + [one.id for one in told.outside]
    assert sorted(named) == sorted(one.id for one in facts)
