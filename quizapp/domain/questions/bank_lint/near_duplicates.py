"""Questions that ask nearly the same: a learner meets one as the echo of the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.bank_lint.reading import bare_stem, content_words
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.matching import Matching
from quizapp.domain.questions.question_types.ordering import Ordering
from quizapp.domain.questions.question_types.registry import question_type

ALIKE = 0.75
"""The share of content words that two stems with one answer may have in common."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two questions and the share of their content words that they have in common."""

    earlier: str
    later: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    words: frozenset[str]
    answer: str


def near_duplicates(bank: Bank) -> list[NearDuplicate]:
    """List the pairs that ask alike with one answer, or in the same words with two.

    Other forms of one fact are meant to be alike and do not count; nor do questions with an ordinary stem and their
    matter in the body (matching, ordering).
    """
    asked = [_read(one) for one in bank.questions if one.type not in (Matching.name, Ordering.name)]
    found = []
    for earlier, later in combinations(asked, 2):
        if earlier.words and later.words and not _are_forms_of_one_fact(earlier.question, later.question):
            similarity = len(earlier.words & later.words) / len(earlier.words | later.words)
            if similarity >= (ALIKE if earlier.answer == later.answer else 1) and _clash(earlier, later):
                found.append(NearDuplicate(earlier.question.id, later.question.id, similarity))
    return found


def _read(question: Question) -> _Asked:
    answer = question_type(question.type).answer_text(question.body)
    return _Asked(question, content_words(bare_stem(question)), fold(answer).removeprefix("the "))


def _are_forms_of_one_fact(one: Question, other: Question) -> bool:
    return one.fact == other.fact and (one.recipe, one.type) != (other.recipe, other.type)


def _clash(one: _Asked, other: _Asked) -> bool:
    """Say whether two alike stems ask the same thing: a question and its answer, or the same words outright."""
    return one.answer == other.answer or fold(bare_stem(one.question)) == fold(bare_stem(other.question))


def questions_are_different(bank: Bank) -> Iterator[Spot]:
    """No question is the echo of another."""
    stems = {question.id: question.stem for question in bank.questions}
    seen = set()
    for pair in near_duplicates(bank):
        if pair.later not in seen:
            seen.add(pair.later)
            yield Spot(pair.later, f"{pair.similarity:.0%} like “{stems[pair.earlier]}”")


RULES: tuple[LintRule, ...] = (
    warning("near-duplicate", "Reword one of the two so that it stands apart, or drop it.", questions_are_different),
)
