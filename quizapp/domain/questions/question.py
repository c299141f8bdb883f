"""A question: what is asked, with all that is needed to grade and explain it; and the bank that holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.domain.errors import Problem
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Fact, Source, Speaker, Status, Topic
from quizapp.domain.facts.retelling import Section
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type

MAX_STEM = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `facts` are the ids of the facts it tests, the first of them the one it is about."""

    id: str
    type: str
    stem: str
    body: Any
    explanation: str
    facts: tuple[str, ...]
    topic: str
    speaker: str | None
    status: Status
    scored: bool
    recipe: str

    @property
    def fact(self) -> str:
        """The id of the fact that is tested."""
        return self.facts[0]

    @property
    def distractor_facts(self) -> tuple[str | None, ...]:
        """The fact behind each wrong option, None where the source has no such value."""
        return tuple(one.fact for one in question_type(self.type).distractors(self.body))

    @property
    def cited_facts(self) -> tuple[str, ...]:
        """Every fact that the question or its feedback needs, each once, the tested ones first."""
        return tuple(dict.fromkeys((*self.facts, *question_type(self.type).facts(self.body))))


@dataclass(frozen=True, slots=True)
class Bank:
    """A named collection of questions with the source, topics and facts they rest on.

    `text` is the source's own, where an instructor has stored it; no format carries it.
    """

    name: str
    title: str
    summary: str
    language: str
    licence: str
    source: Source
    topics: tuple[Topic, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    retelling: tuple[Section, ...] = ()
    text: str = ""

    def facts_by_id(self) -> dict[str, Fact]:
        """Index the facts."""
        return {fact.id: fact for fact in self.facts}

    def speaker_of(self, fact: Fact) -> Speaker | None:
        """Return who says the fact; None for the outlet itself."""
        return self.source.speaker(fact.speaker)


def check_question(question: Question, facts: Mapping[str, Fact]) -> list[Problem]:
    """Say everything that makes `question` impossible to ask; an empty list means it can be asked."""
    sentences = []
    if is_blank(question.stem):
        sentences.append("the stem is empty.")
    if len(question.stem) > MAX_STEM:
        sentences.append(f"the stem is longer than {MAX_STEM} characters.")
    if is_blank(question.explanation):
        sentences.append("there is no explanation.")
    if not question.facts:
        sentences.append("it tests no fact.")
    if question.type not in QUESTION_TYPES:
        sentences.append(f"there is no question type “{question.type}”.")
    else:
        flaws = question_type(question.type).problems(question.body)
        wanted = question.facts if flaws else question.cited_facts  # a broken body can be asked nothing more
        sentences.extend([*flaws, *(f"there is no fact “{fact}”." for fact in wanted if fact not in facts)])
    return [Problem(question.id, sentence) for sentence in sentences]
