from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.recipes.which_organisation import WhichOrganisation
from quizapp.domain.seeded_order import SeededOrder
from tests.factories import harbour_facts, make_fact, make_fact_base

TEXTS = ["the Ice Board", "the Rope Works", "the Net Guild"]
FACTS = [
    make_fact(
        f"boat-{n}",
        kind=FactKind.ORGANISATION,
        value_text=text,
        statement=f"Boat {n} belonged to {{{text}}}.",
        ask=f"who owned boat {n}?",
        relation="matter of a boat",
    )
    for n, text in enumerate(TEXTS, 1)
]


def made(facts):
    return list(WhichOrganisation().questions(make_fact_base(facts), SeededOrder(1)))


def test_an_organisation_is_asked_among_organisations():
    for question, text in zip(made(FACTS), TEXTS, strict=True):
        assert question.body.key == text
        assert set(TEXTS) <= set(SingleChoice().options(question.body))


def test_other_kinds_of_fact_are_left_to_other_recipes():
    asked = {question.fact for question in made([*FACTS, *harbour_facts()])}
    others = {fact.id for fact in harbour_facts() if fact.kind is not FactKind.ORGANISATION}
    assert asked.isdisjoint(others)
    assert asked >= {fact.id for fact in FACTS}
