from dataclasses import replace

from quizapp.domain.facts.fact import Group, Status
from quizapp.domain.questions.question_types.ordering import Ordering
from quizapp.domain.questions.recipes.timeline import MOST, Timeline
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import boat_facts, make_fact, make_fact_base


def made(facts, *groups):
    return list(Timeline().questions(make_fact_base(facts, groups=groups), SeededOrder(1)))


def events(*dates):
    return [make_fact(f"event-{n}", when=when, event=f"event {n}") for n, when in enumerate(dates)]


def texts(question):
    return [item.text for item in question.body.items]


def test_events_stand_in_order_and_start_large():
    question = made(boat_facts()[::-1])[0]
    assert texts(question) == [f"The building of the boat {name}" for name in ("Puffin", "Tern", "Skua")]
    assert Ordering().problems(question.body) == []


def test_two_events_are_too_few():
    assert made(events("1901", "1902")) == []


def test_events_in_no_fixed_order_are_not_asked():
    assert made(events("", "", "")) == []


def test_many_events_are_thinned_out_evenly():
    question = made(events(*(str(1900 + n) for n in range(9))))[0]
    assert texts(question) == [f"Event {n}" for n in (0, 2, 4, 6, 8)]
    assert len(texts(question)) == MOST


def test_a_contradicted_event_is_left_out():
    facts = events("1901", "1902", "1903", "1904")
    facts[1] = replace(facts[1], status=Status.CONTRADICTED, note="No.")
    assert texts(made(facts)[0]) == ["Event 0", "Event 2", "Event 3"]


def test_each_group_that_asks_the_order_has_its_own_line():
    facts = events("1901", "1902", "1903", "1904")
    early = Group("early days", facts=("event-0", "event-1", "event-2"), order="in which order did the early days go?")
    late = Group("late days", facts=("event-1", "event-2", "event-3"), order="in which order did the late days go?")
    assert [(one.id, one.stem) for one in made(facts, early, late)] == [
        ("early-days.timeline", "In the article, in which order did the early days go?"),
        ("late-days.timeline", "In the article, in which order did the late days go?"),
    ]


def test_an_open_pair_is_not_graded():
    question = made(events("1901", "", "1903"))[0]
    assert question.body.fixed == ((0, 2),) or len(question.body.fixed) == 1
