from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.retelling import Part, Passage, Section
from quizapp.domain.facts.whole_retelling import whole_retelling
from tests.factories import make_claim, make_fact


def passage(paragraph, *facts, speaker=None):
    return Passage((paragraph,), speaker, tuple(Part(f"words on {fact}", fact) for fact in facts))


def told(sections):
    return [fact for section in sections for one in section.passages for fact in one.facts]


def test_what_tells_every_fact_stays_as_it_is():
    sections = (Section("One", (passage(3, "a", "b"),)),)
    assert whole_retelling(sections, [make_fact("a"), make_fact("b")]) == sections


def test_a_fact_that_is_not_told_follows_the_others_of_its_paragraph():
    sections = (Section("One", (passage(1, "a"), passage(2, "b"))), Section("Two", (passage(1, "c"), passage(4, "d"))))
    facts = [make_fact(name, paragraphs=(2,)) for name in "abcd"] + [make_claim("new", paragraphs=(1,))]
    found = whole_retelling(sections, facts)
    assert [one.facts for one in found[1].passages] == [("c",), ("new",), ("d",)]
    added = found[1].passages[1]
    assert (added.paragraphs, added.speaker) == ((1,), "harbour-master")
    assert added.parts == (Part("Somebody said something about new.", "new"),)


def test_without_its_paragraph_it_follows_the_last_earlier_one():
    sections = (Section("One", (passage(1, "a"), passage(5, "b"))), Section("Two", (passage(3, "c"),)))
    facts = [make_fact(name) for name in "abc"] + [make_fact("new", paragraphs=(4,))]
    assert told(whole_retelling(sections, facts)) == ["a", "b", "c", "new"]


def test_before_all_others_it_comes_first():
    facts = [make_fact("a"), make_fact("new", paragraphs=(1,))]
    assert told(whole_retelling((Section("One", (passage(2, "a"),)),), facts)) == ["new", "a"]


def test_words_on_a_fact_that_is_gone_stay_as_plain_words():
    (section,) = whole_retelling((Section("One", (passage(2, "a", "gone"),)),), [make_fact("a")])
    assert section.passages[0].parts == (Part("words on a", "a"), Part("words on gone"))


def test_without_sections_neighbours_of_one_paragraph_and_voice_share_a_passage():
    facts = [make_fact("a"), make_fact("b"), make_claim("c"), make_fact("d", paragraphs=(4,))]
    (section,) = whole_retelling((), facts)
    assert section.title == ""
    assert [one.facts for one in section.passages] == [("a", "b"), ("c",), ("d",)]
    assert "".join(part.text for part in section.passages[0].parts) == f"{facts[0].text} {facts[1].text}"


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=12), st.integers(0, 12))
def test_every_fact_is_told_exactly_once(shapes, kept):
    facts = [make_fact(f"fact-{n}", paragraphs=(paragraph,)) for n, (paragraph, _) in enumerate(shapes)]
    sections = tuple(
        Section(f"Part {n}", (passage(paragraph, f"fact-{n}"),))
        for n, (paragraph, is_told) in enumerate(shapes[:kept])
        if is_told
    )
    assert sorted(told(whole_retelling(sections, facts))) == sorted(fact.id for fact in facts)
