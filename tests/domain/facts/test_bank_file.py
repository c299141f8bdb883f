import pytest

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.bank_file import AcceptedWarning
from quizapp.domain.facts.fact import Group
from quizapp.domain.facts.facts_file import read_fact_base
from tests.domain.facts.test_facts_file import BANK, fact

FACTS = fact(group='"catches"')
GROUP = """
[[group]]
name = "catches"
relation = "catch"
which = "which of these were landed?"
"""


def groups(text, facts=FACTS):
    return read_fact_base("harbour", BANK + text, facts).groups


def complaints(text, facts=FACTS):
    with pytest.raises(InvalidContent) as caught:
        groups(text, facts)
    return [problem.sentence for problem in caught.value.problems]


def test_a_bank_without_groups_has_none():
    assert groups("") == ()


def test_a_group_is_read_with_all_its_fields():
    text = """
    [[group]]
    name = "mixed"
    facts = ["catch"]
    which = "which?"
    among = ["catch", "freight"]
    match = "what goes with each?"
    order = "in which order?"
    """
    assert groups(text) == (
        Group(
            "mixed",
            facts=("catch",),
            which="which?",
            among=("catch", "freight"),
            match="what goes with each?",
            order="in which order?",
        ),
    )


def test_a_group_holds_the_facts_of_its_name_and_relation():
    (group,) = groups(GROUP)
    (member,) = read_fact_base("harbour", BANK, FACTS).facts
    assert group.holds(member)
    assert not Group("catches", "freight").holds(member)
    assert Group("catches").holds(member)
    assert Group("mixed", facts=("catch",)).holds(member)
    assert not Group("catches", facts=("other",)).holds(member)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (GROUP.replace('"catches"', '""'), "`name` must not be empty."),
        (
            GROUP.replace("which =", "witch ="),
            "one of `which`, `match` and `order` must say how the group is asked about.",
        ),
        (GROUP.replace("landed?", "landed"), "`which` must end with a question mark."),
        (GROUP + 'match = "which boat"', "`match` must end with a question mark."),
        (GROUP + 'order = "when"', "`order` must end with a question mark."),
        (GROUP.replace("which =", "match =") + 'among = ["catch"]', "`among` goes with `which`."),
        (GROUP + GROUP, "there are two [[group]] with the name “catches” and the relation “catch”."),
        (GROUP + 'facts = ["whale"]', "[[group]] catches: there is no fact “whale”."),
        (GROUP.replace('"catch"', '"freight"'), "[[group]] catches: no fact belongs to it."),
    ],
)
def test_what_is_wrong_with_a_group_is_said(text, sentence):
    assert any(sentence in one for one in complaints(text)), complaints(text)


def test_a_fact_that_cannot_be_read_is_no_stranger_to_its_group():
    found = complaints(GROUP, fact(group='"catches"', kind='"fish"'))
    assert not any("belongs to it" in one for one in found)


def test_answered_warnings_are_read():
    text = """
    [[accepted]]
    rule = "D-10"
    place = "catch.who"
    reason = "It is quoted."
    """
    base = read_fact_base("harbour", BANK + text, FACTS)
    assert base.accepted == (AcceptedWarning("D-10", "catch.who", "It is quoted."),)
