"""What a recipe is: a way of asking about facts. It takes facts and a seed, yields questions, and writes nothing."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from quizapp.domain.facts.fact import Fact, Speaker, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.seeded_order import SeededOrder

BY_THE_ARTICLE = "According to the article: "
_SMALL_WITHIN_A_SENTENCE = frozenset({"The", "A", "An", "On", "In", "With", "For", "At", "Since", "Two", "Besides"})


class Angle(StrEnum):
    """From which side a question comes at a fact; two from one side would ask the same thing twice."""

    RECALL = "recall"
    VALUE = "value"
    VOICE = "voice"
    REVERSE = "reverse"
    TOGETHER = "together"


class Recipe(Protocol):
    """A way of asking. `name` becomes part of each question's id."""

    name: str
    label: str
    angle: Angle

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions this recipe can ask about the facts of `base`, in the order of the facts."""
        ...


def question_on(
    fact: Fact,
    recipe: Recipe,
    *,
    type: str,
    stem: str,
    body: object,
    explanation: str,
) -> Question:
    """Make a question on `fact`, taking over what the fact knows about itself."""
    return Question(
        id=f"{fact.id}.{recipe.name}",
        type=type,
        stem=stem,
        body=body,
        explanation=explanation,
        facts=(fact.id,),
        topic=fact.topic,
        speaker=fact.speaker,
        status=fact.status,
        scored=fact.scored,
        recipe=recipe.name,
    )


def asked_of_article(ask: str) -> str:
    """Open a question so that it asks what the article says, never what is so."""
    return ask[0].upper() + ask[1:] if "the article" in ask else f"In the article, {ask}"


def says_who(fact: Fact, speaker: Speaker | None, text: str) -> str:
    """Say in one sentence what `text` is, and by whose word: the article's own or the speaker's.

    What somebody says is told by the statement itself, which names them; a statement that does not is not relied on.
    """
    if not fact.value_of:  # somebody wrote it by hand: only its own words say what the value is
        return fact.text
    if speaker is None and fact.value is not None and fact.value.kind == "phrase" and not text.startswith("“"):
        stated = fact.with_value(text)
        return stated if "article" in stated else f"{BY_THE_ARTICLE}{stated}"
    if speaker is None:
        verb = "uses" if text.startswith("“") else "gives"
        return f"The article {verb} {text} as {fact.value_of}."
    stated = fact.with_value(text)
    if speaker.name in stated or speaker.short in stated:
        return stated
    return f"{sentence_start(speaker.short)} gave {text} as {fact.value_of}."


def explanation_of(fact: Fact, speaker: Speaker | None) -> str:
    """Explain the key of a question on the fact's value; what is disputed or contradicted carries its note."""
    said = says_who(fact, speaker, fact.value.text if fact.value else "")
    return f"{said} {fact.note}" if fact.status in (Status.DISPUTED, Status.CONTRADICTED) else said


def goes_on_after_that(fact: Fact) -> str:
    """Write a fact in the outlet's own voice as it goes on after "that"; empty where its first word may be a name."""
    first = fact.text.split()[0]
    return fact.text[0].lower() + fact.text[1:].removesuffix(".") if first in _SMALL_WITHIN_A_SENTENCE else ""


def sentence_start(text: str) -> str:
    """Write the first letter large, leaving the rest as it is."""
    return text[:1].upper() + text[1:]
