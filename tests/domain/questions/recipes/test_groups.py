import pytest

from quizapp.domain.facts.fact import FactKind, Group, Status
from quizapp.domain.questions.recipes.groups import (
    asked_of_voices,
    explanation_of_all,
    groups_of,
    members,
    question_on_group,
    short_labels,
)
from quizapp.domain.questions.recipes.match_them import MatchThem
from tests.factories import BERTHS, boat_facts, make_fact, make_fact_base


def fact_of(speaker=None, fact_id="a", **changes):
    return make_fact(fact_id, speaker=speaker, **changes)


def test_a_group_holds_the_facts_of_its_name():
    assert [fact.id for fact in members(BERTHS, make_fact_base(boat_facts()))] == [f"berth-{n}" for n in (1, 2, 3, 4)]


def test_a_group_may_keep_to_one_relation():
    facts = [make_fact("a", group="boats"), make_fact("b", group="boats", relation="crew", value_text="9 sailors")]
    assert [fact.id for fact in members(Group("boats", "crew"), make_fact_base(facts))] == ["b"]


def test_a_group_may_name_its_facts():
    group = Group("mixed", facts=("owner-1", "berth-2"))
    assert [fact.id for fact in members(group, make_fact_base(boat_facts()))] == ["berth-2", "owner-1"]


@pytest.mark.parametrize("changes", [{"value": None}, {"status": Status.CONTRADICTED, "note": "No."}])
def test_what_cannot_be_asked_is_no_member(changes):
    assert members(Group("boats"), make_fact_base([make_fact(group="boats", **changes)])) == []


def test_each_value_is_listed_once():
    facts = [make_fact(name, group="boats") for name in ("a", "b")]
    assert [fact.id for fact in members(Group("boats"), make_fact_base(facts))] == ["a"]


def test_groups_that_nobody_names_are_told_apart_by_relation():
    found = groups_of(make_fact_base(boat_facts(), groups=[BERTHS]))
    assert found[0] is BERTHS
    assert [group.name for group in found].count("boats by berth") == 1
    assert Group("boats by owner", "owner") in found


def test_a_group_that_names_its_facts_takes_none_away_from_theirs():
    found = groups_of(make_fact_base(boat_facts(), groups=[Group("mixed", facts=("owner-1",))]))
    assert Group("boats by owner", "owner") in found


@pytest.mark.parametrize(
    ("labels", "short"),
    [
        (["the host of Rome", "the host of Bonn"], ["Rome", "Bonn"]),
        (["the town where stage one ended", "the town where stage two ended"], ["stage one", "stage two"]),
        (["the inventor of tyres", "the maker of pedals"], ["the inventor of tyres", "the maker of pedals"]),
        (["the month ice broke", "the month ice set"], ["the month ice broke", "the month ice set"]),
        (["the host of", "the host of Rome"], ["the host of", "the host of Rome"]),
    ],
    ids=["after a joint", "at both ends", "nothing shared", "no joint", "nothing would be left"],
)
def test_labels_are_cut_where_the_rest_can_stand_alone(labels, short):
    assert short_labels(labels) == short


@pytest.mark.parametrize(
    ("speakers", "ask", "stem"),
    [
        ((None,), "what?", "In the article, what?"),
        ((None, "harbour-master"), "what?", "In the article, by its own word and that of Quay, what?"),
        (("harbour-master",), "what?", "In the article, by the word of Quay, what?"),
        (("harbour-master",), "what did Quay say?", "In the article, what did Quay say?"),
        (
            ("harbour-master", "fishers"),
            "what?",
            "In the article, by the word of Quay and the fishers’ union, what?",
        ),
    ],
)
def test_a_question_on_several_facts_names_everybody_whose_word_they_are(speakers, ask, stem):
    facts = [fact_of(speaker, f"fact-{n}") for n, speaker in enumerate(speakers)]
    assert asked_of_voices(ask, facts, make_fact_base(facts)) == stem


def test_a_note_of_several_facts_is_told_once():
    facts = [fact_of(None, name, status=Status.DISPUTED, note="The log differs.") for name in ("a", "b")]
    assert explanation_of_all(facts, make_fact_base(facts)).count("The log differs.") == 1


def test_what_the_article_says_is_said_to_be_so_once():
    facts = [fact_of(None, name, kind=FactKind.CAUSE, value_text="a hard frost") for name in ("a", "b")]
    explanation = explanation_of_all(facts, make_fact_base(facts))
    assert explanation.count("According to the article: ") == 1
    assert explanation.count("a hard frost") == 2


def made(*facts):
    return question_on_group(
        Group("The crew’s days", "day"),
        facts,
        make_fact_base(facts),
        MatchThem(),
        type="matching",
        ask="what?",
        body=None,
    )


def test_the_id_is_made_of_the_groups_name():
    assert made(fact_of()).id == "the-crews-days-day.match-them"


def test_it_is_as_contested_as_its_most_contested_fact_and_scored_only_if_all_are():
    plain = fact_of(None, "plain")
    old = fact_of(None, "old", status=Status.OUTDATED, note="Long ago.")
    assert (made(plain, old).status, made(plain, old).scored) == (Status.OUTDATED, False)
    assert made(plain).scored


def test_it_has_a_speaker_only_if_all_facts_have_the_same():
    quay, union = fact_of("harbour-master", "a"), fact_of("fishers", "b")
    assert made(quay).speaker == "harbour-master"
    assert made(quay, union).speaker is None
