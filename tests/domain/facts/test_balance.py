from dataclasses import replace

import pytest

from quizapp.domain.facts.balance import Voice, balance_of, voice_of
from quizapp.domain.facts.fact import Side
from tests.factories import SPEAKERS, make_claim, make_fact, make_source


@pytest.mark.parametrize(
    ("speaker", "voice"),
    [("harbour-master", Voice.SOLID), ("fishers", Voice.HATCHED), ("both", Voice.BOTH), (None, Voice.OUTLET)],
)
def test_a_fact_is_drawn_by_the_side_of_its_speaker(speaker, voice):
    assert voice_of(make_claim(speaker=speaker), make_source()) is voice


def test_a_speaker_of_no_side_is_drawn_like_the_outlet():
    source = make_source(sides=())
    assert voice_of(make_claim(speaker="fishers"), source) is Voice.OUTLET


def test_every_paragraph_has_a_bar_even_without_facts():
    strip = balance_of([make_fact(paragraphs=(2, 3))], make_source(paragraphs=4)).strip
    assert [(bar.paragraph, bar.facts, bar.voice) for bar in strip] == [
        (1, 0, Voice.OUTLET),
        (2, 1, Voice.OUTLET),
        (3, 1, Voice.OUTLET),
        (4, 0, Voice.OUTLET),
    ]


@pytest.mark.parametrize(
    ("speakers", "voice"),
    [
        ((None, None), Voice.OUTLET),
        ((None, "harbour-master"), Voice.SOLID),
        (("fishers", "fishers"), Voice.HATCHED),
        (("harbour-master", "fishers"), Voice.BOTH),
        (("both", "fishers"), Voice.BOTH),
    ],
)
def test_a_paragraph_is_in_the_voices_heard_in_it(speakers, voice):
    facts = [make_claim(f"claim-{place}", speaker) for place, speaker in enumerate(speakers)]
    assert balance_of(facts, make_source()).strip[2].voice is voice


def test_the_legend_counts_paragraphs_with_facts_the_most_frequent_voice_first():
    facts = [
        make_fact("a", paragraphs=(1,)),
        make_claim("b", "fishers", paragraphs=(2,)),
        make_claim("c", "fishers", paragraphs=(3,)),
    ]
    counts = balance_of(facts, make_source()).counts
    assert [(one.voice, one.label, one.paragraphs) for one in counts] == [
        (Voice.HATCHED, "the fishers’ union", 2),
        (Voice.OUTLET, "The Quayside Times itself", 1),
    ]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ((1, 2, 3), "All 3 paragraphs are in the voice of The Quayside Times itself."),
        ((1, 2), "All 2 paragraphs that facts were kept from are in the voice of The Quayside Times itself."),
        ((2,), "The one paragraph that facts were kept from is in the voice of The Quayside Times itself."),
        ((), "No fact was kept from a paragraph of it yet."),
    ],
)
def test_a_source_without_speakers_is_in_its_own_voice_where_facts_were_kept_from_it(kept, said):
    facts = [make_fact(paragraphs=kept)] if kept else []
    assert balance_of(facts, make_source(paragraphs=3)).statement == said


def test_the_statement_names_the_loudest_person_and_where_the_other_side_is_heard():
    facts = [make_claim("a", paragraphs=(1, 2, 3)), make_claim("b", "fishers", paragraphs=(4,))]
    assert balance_of(facts, make_source()).statement == (
        "Three of 12 paragraphs rest on what Quay, the harbour master, says. "
        "Union positions appear in paragraph 4; nobody from the fishers’ union was interviewed."
    )


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        ((), "Union positions do not appear; nobody"),
        ((2, 4), "Union positions appear in paragraphs 2 and 4; nobody"),
        (tuple(range(1, 8)), "Union positions appear in seven of them; nobody"),
    ],
)
def test_the_statement_lists_few_paragraphs_and_counts_many(paragraphs, words):
    facts = [make_claim("a", paragraphs=(9,))]
    facts += [make_claim(f"u{number}", "fishers", paragraphs=(number,)) for number in paragraphs]
    assert words in balance_of(facts, make_source()).statement


def test_both_sides_about_each_other_count_as_heard():
    facts = [make_claim("a"), make_claim("b", "both", paragraphs=(5,))]
    assert "Union positions appear in paragraph 5" in balance_of(facts, make_source()).statement


def test_a_side_that_was_interviewed_is_not_said_to_be_missing():
    source = make_source(speakers=tuple(replace(one, interviewed=True) for one in SPEAKERS))
    facts = [make_claim("a"), make_claim("b", "fishers", paragraphs=(4,))]
    assert "nobody" not in balance_of(facts, source).statement


def test_more_than_twenty_paragraphs_are_counted_in_digits():
    facts = [make_claim("a", paragraphs=tuple(range(1, 24)))]
    assert balance_of(facts, make_source(paragraphs=30)).statement.startswith("23 of 30 paragraphs")


def test_no_side_is_needed():
    source = make_source(sides=(Side("harbour", "the harbour board", "Harbour board", "solid"),))
    assert balance_of([make_claim()], source).statement == (
        "One of 12 paragraphs rests on what Quay, the harbour master, says."
    )
