"""Facts that belong together, and questions that test several facts at once."""

import re
from collections.abc import Iterable, Sequence

from quizapp.domain.facts.fact import Fact, Group, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.recipes.recipe import BY_THE_ARTICLE, Recipe, asked_of_article, explanation_of

JOINTS = frozenset({"by", "for", "of", "where"})
"""Words that a label may be cut after: "the host of Geneva" and "the host of Brussels" become "Geneva", "Brussels"."""


def groups_of(base: FactBase) -> list[Group]:
    """List the groups that bank.toml names, then for all other facts those that share a group and a relation."""
    found: dict[tuple[str, str], Group] = {}
    for fact in base.facts:
        if fact.group and not any(not group.facts and group.holds(fact) for group in base.groups):
            found.setdefault((fact.group, fact.relation), Group(fact.group, fact.relation))
    return [*base.groups, *found.values()]


def members(group: Group, base: FactBase) -> list[Fact]:
    """List the uncontradicted members that have a value, each value once, in the order of the facts."""
    kept: dict[str, Fact] = {}
    for fact in base.facts:
        if group.holds(fact) and fact.value is not None and fact.status is not Status.CONTRADICTED:
            kept.setdefault(fold(fact.value.text), fact)
    return list(kept.values())


def question_on_group(
    group: Group,
    facts: Sequence[Fact],
    base: FactBase,
    recipe: Recipe,
    *,
    type: str,
    ask: str,
    body: object,
) -> Question:
    """Make a question on several facts: as contested as the most contested of them, scored only if all are.

    Its id is made of the group's name, so that it stays the same when the group gets another member.
    """
    speakers = {fact.speaker for fact in facts}
    statuses = list(Status)
    return Question(
        id=f"{_slug(group)}.{recipe.name}",
        type=type,
        stem=asked_of_voices(ask, facts, base),
        body=body,
        explanation=explanation_of_all(facts, base),
        facts=tuple(fact.id for fact in facts),
        topic=facts[0].topic,
        speaker=speakers.pop() if len(speakers) == 1 else None,
        status=max((fact.status for fact in facts), key=statuses.index),
        scored=all(fact.scored for fact in facts),
        recipe=recipe.name,
    )


def asked_of_voices(ask: str, facts: Iterable[Fact], base: FactBase) -> str:
    """Open a question on facts of several voices: it names everybody on whose word one of them rests."""
    voices = dict.fromkeys(base.speaker_of(fact) for fact in facts)
    unnamed = [one.short for one in voices if one is not None and one.short not in ask and one.name not in ask]
    if not unnamed:
        return asked_of_article(ask)
    own = "its own word and that of" if None in voices else "the word of"
    return f"In the article, by {own} {' and '.join(unnamed)}, {ask}"


def explanation_of_all(facts: Sequence[Fact], base: FactBase) -> str:
    """Explain each fact in turn; a note that several of them carry is told once."""
    told = [explanation_of(fact, base.speaker_of(fact)) for fact in facts]
    notes = [fact.note if one.endswith(fact.note) else "" for fact, one in zip(facts, told, strict=True)]
    said = [one.removesuffix(note).rstrip() for one, note in zip(told, notes, strict=True)]
    said = [said[0], *(one.removeprefix(BY_THE_ARTICLE) for one in said[1:])]
    return " ".join([*said, *dict.fromkeys(note for note in notes if note)])


def short_labels(labels: Sequence[str]) -> list[str]:
    """Cut off what all labels begin and end with, where what is left can stand by itself."""
    words = [label.split() for label in labels]
    start = _shared(words)
    while start and words[0][start - 1] not in JOINTS:
        start -= 1
    if start == 0:
        return list(labels)
    rest = [one[start:] for one in words]
    end = _shared([one[::-1] for one in rest])
    cut = [" ".join(one[: len(one) - end]) for one in rest]
    return cut if all(cut) else list(labels)


def _shared(lines: Sequence[Sequence[str]]) -> int:
    """Count the words that all lines begin with."""
    same = 0
    for column in zip(*lines, strict=False):
        if len(set(column)) > 1:
            break
        same += 1
    return same


def _slug(group: Group) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(f"{group.name} {group.relation}").replace("’", "")).strip("-")
