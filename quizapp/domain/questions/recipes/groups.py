"""Facts that belong together, and questions that test several facts at once."""

from collections.abc import Iterable, Sequence

from quizapp.domain.facts.fact import Fact, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.recipes.recipe import Recipe


def groups_by_relation(base: FactBase) -> list[list[Fact]]:
    """List the facts of each group and relation, uncontradicted, each value once, in the order of the facts."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in base.facts:
        if fact.group and fact.value is not None and fact.status is not Status.CONTRADICTED:
            found.setdefault((fact.group, fact.relation), []).append(fact)
    return [_each_value_once(facts) for facts in found.values()]


def question_on_group(
    facts: Sequence[Fact],
    recipe: Recipe,
    *,
    type: str,
    stem: str,
    body: object,
    explanation: str,
) -> Question:
    """Make a question on several facts: as contested as the most contested of them, scored only if all are."""
    first = facts[0]
    speakers = {fact.speaker for fact in facts}
    statuses = list(Status)
    return Question(
        id=f"{first.id}.{recipe.name}",
        type=type,
        stem=stem,
        body=body,
        explanation=explanation,
        facts=tuple(fact.id for fact in facts),
        topic=first.topic,
        speaker=speakers.pop() if len(speakers) == 1 else None,
        status=max((fact.status for fact in facts), key=statuses.index),
        scored=all(fact.scored for fact in facts),
        recipe=recipe.name,
    )


def _each_value_once(facts: Iterable[Fact]) -> list[Fact]:
    kept: dict[str, Fact] = {}
    for fact in facts:
        if fact.value is not None and not any(other.id in fact.not_with for other in kept.values()):
            kept.setdefault(fold(fact.value.text), fact)
    return list(kept.values())
