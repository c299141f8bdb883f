"""A question as it stood at one revision, with every fact it cites, so that an old attempt opens as it was then."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.fact import Fact, Source, Speaker
from quizapp.domain.facts.field_reading import Table
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, question_to_json, source_to_json
from quizapp.domain.questions.bank_formats.json_reading import read_fact, read_question, read_source
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.question_type import Grade, Response
from quizapp.domain.questions.question_types.registry import question_type

_CACHED = 4_096


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A question and all that showing, grading and explaining it needs."""

    question: Question
    facts: Mapping[str, Fact]
    source: Source

    @property
    def fact(self) -> Fact:
        """The fact that is tested."""
        return self.facts[self.question.fact]

    @property
    def other_facts(self) -> tuple[Fact, ...]:
        """The further facts of a question that tests several."""
        return tuple(self.facts[fact_id] for fact_id in self.question.facts[1:])

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Where the tested facts stand, in order."""
        return tuple(sorted({number for fact in (self.fact, *self.other_facts) for number in fact.paragraphs}))

    @property
    def answer_text(self) -> str:
        """The right answer in words."""
        return question_type(self.question.type).answer_text(self.question.body)

    def says_the_same_as(self, other: "Snapshot") -> bool:
        """Say whether a learner would read the same question, answer and explanation in both."""
        mine, theirs = self.question, other.question
        same_words = (mine.stem, mine.explanation) == (theirs.stem, theirs.explanation)
        return same_words and self.answer_text == other.answer_text

    def speaker_of(self, fact: Fact) -> Speaker | None:
        """Return who says the fact; None for the outlet itself."""
        return self.source.speaker(fact.speaker)

    def grade(self, response: Response) -> Grade:
        """Grade a response to this question."""
        return question_type(self.question.type).grade(self.question.body, response)

    def stored_grade(self, response: Response | None, score: float | None) -> Grade | None:
        """Return the score as it was stored with the reason that goes with the response; None without a response."""
        if response is None or score is None:
            return None
        return replace(self.grade(response), score=score)

    def response_text(self, response: Response) -> str:
        """Return in words what was given."""
        return question_type(self.question.type).response_text(self.question.body, response)


def snapshot_of(question: Question, bank: Bank, facts: Mapping[str, Fact] | None = None) -> Snapshot:
    """Take a question of `bank` with the facts it cites and the speakers of those.

    Who takes many hands in the bank's `facts` by id, made once.
    """
    known = bank.facts_by_id() if facts is None else facts
    cited = {fact_id: known[fact_id] for fact_id in question.cited_facts}
    heard = {fact.speaker for fact in cited.values()}
    speakers = tuple(speaker for speaker in bank.source.speakers if speaker.id in heard)
    return Snapshot(question, cited, replace(bank.source, speakers=speakers))


def snapshot_to_text(snapshot: Snapshot) -> str:
    """Write a snapshot as JSON; the same snapshot always gives the same text."""
    return json.dumps(
        {
            "question": question_to_json(snapshot.question, snapshot.facts),
            "facts": [fact_to_json(fact, snapshot.source) for fact in snapshot.facts.values()],
            "source": source_to_json(snapshot.source),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


@lru_cache(maxsize=_CACHED)
def snapshot_from_text(text: str) -> Snapshot:
    """Read a stored snapshot. The text is its own cache key, so a new revision can never meet an old entry."""
    data = json.loads(text)
    opened = [Table("the revision", name, data[name]) for name in ("question", "source")]
    question, source = read_question(opened[0]), read_source(opened[1], opened)
    facts = [Table("the revision", "fact", entry) for entry in data["facts"]]
    read = [read_fact(table) for table in facts]
    problems = [problem for table in (*opened, *facts) for problem in table.problems]
    if problems or question is None:
        raise InvalidContent(problems)
    return Snapshot(question, {fact.id: fact for fact in read}, source)
