"""What a recipe is: a way of asking about facts. It takes facts and a seed, yields questions, and writes nothing."""

from collections.abc import Iterator
from typing import Protocol

from quizapp.domain.facts.fact import Fact, Speaker, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.seeded_order import SeededOrder


class Recipe(Protocol):
    """A way of asking. `name` becomes part of each question's id."""

    name: str
    label: str

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


def sentence_start(text: str) -> str:
    """Write the first letter large, leaving the rest as it is."""
    return text[:1].upper() + text[1:]
