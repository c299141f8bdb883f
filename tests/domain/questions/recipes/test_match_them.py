from quizapp.domain.facts.fact import FactKind, Group
from quizapp.domain.questions.question_types.matching import Matching
from quizapp.domain.questions.recipes.match_them import MOST, MatchThem
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import BERTHS, boat_facts, make_fact, make_fact_base


def made(facts, *groups):
    return list(MatchThem().questions(make_fact_base(facts, groups=groups), SeededOrder(1)))


def berths(*texts, **changes):
    return [
        make_fact(
            f"berth-{n}",
            **{
                "kind": FactKind.PLACE,
                "value_text": text,
                "statement": f"Boat {n} lay at {{{text}}}.",
                "ask": f"where did boat {n} lie?",
                "value_of": f"the berth of boat {n}",
                "relation": "berth",
                "group": "berths",
            }
            | changes,
        )
        for n, text in enumerate(texts)
    ]


def pairs(question):
    return [(pair.left, pair.right) for pair in question.body.pairs]


def test_each_value_is_matched_with_what_it_is_the_value_of():
    question = made(boat_facts(), BERTHS)[0]
    assert question.stem == "In the article, which berth goes with each boat?"
    assert pairs(question)[:2] == [("The boat Puffin", "the Old Pier"), ("The boat Tern", "Gull Island")]
    assert Matching().problems(question.body) == []


def test_a_group_without_words_of_its_own_asks_for_its_relation():
    stems = {question.stem for question in made(boat_facts())}
    assert "In the article, which owner goes with each of these?" in stems


def test_a_group_that_is_asked_otherwise_is_matched_only_if_it_says_so():
    ordered = Group("boats by berth", order="in which order?")
    assert "boats-by-berth.match-them" not in [question.id for question in made(boat_facts(), ordered)]


def test_two_values_are_too_few():
    assert made(berths("Crab Bay", "Gull Island")) == []


def test_one_value_stands_on_the_right_once():
    question = made(berths("Crab Bay", "Gull Island", "the Old Pier", "Crab Bay"))[0]
    assert len(pairs(question)) == 3


def test_what_is_right_in_two_rows_is_left_out():
    facts = [*berths("Crab Bay", "Gull Island", "the Old Pier"), *berths("East Quay", not_with=frozenset({"berth-1"}))]
    facts[-1] = make_fact(
        "shy",
        **{
            name: getattr(facts[-1], name)
            for name in ("kind", "value", "statement", "ask", "value_of", "relation", "group", "not_with")
        },
    )
    assert "East Quay" not in [right for _, right in pairs(made(facts)[0])]


def test_a_pair_that_answers_itself_is_left_out():
    facts = berths("Crab Bay", "Gull Island", "the Old Pier", "Boat Cove")
    telling = make_fact(
        "telling",
        kind=FactKind.PLACE,
        value_text="Seal Cove",
        value_of="the berth of Seal",
        relation="berth",
        group="berths",
    )
    assert "Seal Cove" not in [right for _, right in pairs(made([*facts, telling])[0])]


def test_one_more_value_of_the_relation_stands_on_the_right():
    facts = berths("Crab Bay", "Gull Island", "the Old Pier")
    stranger = make_fact("stranger", kind=FactKind.PLACE, value_text="East Quay", relation="berth")
    assert [one.text for one in made([*facts, stranger])[0].body.extras] == ["East Quay"]


def test_no_extra_is_right_for_a_row():
    facts = berths("Crab Bay", "Gull Island", "the Old Pier")
    also = make_fact(
        "also", kind=FactKind.PLACE, value_text="East Quay", relation="berth", not_with=frozenset({"berth-2"})
    )
    assert made([*facts, also])[0].body.extras == ()


def test_a_long_group_is_cut():
    assert len(pairs(made(berths(*(f"Cove {letter}" for letter in "ABCDEFGHI")))[0])) == MOST


def test_of_a_group_and_its_mirror_one_is_asked():
    hosts = [("the Rope Works", "Crab Bay"), ("the Net Guild", "Gull Island"), ("the Bank", "Old Pier")]
    facts = [
        fact
        for n, (host, place) in enumerate(hosts)
        for fact in (
            make_fact(
                f"place-{n}",
                kind=FactKind.PLACE,
                value_text=place,
                statement=f"{host} met at {{{place}}}.",
                ask=f"where did {host} meet?",
                value_of=f"the place of {host}",
                relation="place",
                group="meetings",
            ),
            make_fact(
                f"host-{n}",
                kind=FactKind.ORGANISATION,
                value_text=host,
                statement=f"At {place} met {{{host}}}.",
                ask=f"who met at {place}?",
                value_of=f"the host at {place}",
                relation="host",
                group="meetings",
            ),
        )
    ]
    assert [question.id for question in made(facts)] == ["meetings-place.match-them"]
