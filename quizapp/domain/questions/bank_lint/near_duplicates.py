"""Questions that ask nearly the same: a learner meets one as the echo of the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.bank_lint.reading import bare_stem, content_words, without_opening
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.matching import Matching
from quizapp.domain.questions.question_types.ordering import Ordering
from quizapp.domain.questions.question_types.registry import question_type

ALIKE = 0.75
"""The share of content words that two stems with one answer may have in common."""
LOOKS_ALIKE = 0.5
"""The share from which an author is shown another question while writing one."""
MOST_SHOWN = 3


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
    asked = [_read(one) for one in bank.questions if _has_its_matter_in_the_stem(one)]
    pairs = (_compared(earlier, later) for earlier, later in combinations(asked, 2))
    return [pair for pair in pairs if pair]


def echo_of(question: Question, earlier: Iterable[Question]) -> Iterator[Spot]:
    """Say which of the `earlier` questions this one is the echo of, as `questions_are_different` does for a bank."""
    if not _has_its_matter_in_the_stem(question):
        return
    asked = _read(question)
    for other in earlier:
        pair = _compared(_read(other), asked) if _has_its_matter_in_the_stem(other) else None
        if pair:
            yield _spot(pair, other.stem)
            return


@dataclass(frozen=True, slots=True)
class Like:
    """A question of the bank that is like one being written, in the words of stem or fact; or it tests that fact."""

    question: Question
    similarity: float
    same_fact: bool


def like(bank: Bank, stem: str, line: str, fact_id: str, leaving_out: str) -> list[Like]:
    """List up to three questions that are like one being written, the most similar first.

    `line` is its fact in one line, `fact_id` the bank's fact that says so, if there is one; `leaving_out` is its own
    id. Of the questions on one fact only the most similar is listed: other forms of a fact are meant to be alike.
    """
    words, line_words = content_words(without_opening(stem)), content_words(line)
    facts = bank.facts_by_id()
    found = []
    for one in bank.questions:
        if one.id == leaving_out:
            continue
        told = facts[one.fact].text if one.fact in facts else ""
        by_stem = _share(words, content_words(bare_stem(one))) if _has_its_matter_in_the_stem(one) else 0.0
        similarity = max(by_stem, _share(line_words, content_words(told)))
        if similarity >= LOOKS_ALIKE or one.fact == fact_id:
            found.append(Like(one, similarity, one.fact == fact_id))
    found.sort(key=lambda alike: -alike.similarity)
    by_fact: dict[str, Like] = {}
    for alike in found:
        by_fact.setdefault(alike.question.fact, alike)
    return list(by_fact.values())[:MOST_SHOWN]


def _share(mine: frozenset[str], others: frozenset[str]) -> float:
    return len(mine & others) / len(mine | others) if mine and others else 0.0


def _has_its_matter_in_the_stem(question: Question) -> bool:
    return question.type not in (Matching.name, Ordering.name)


def _compared(earlier: _Asked, later: _Asked) -> NearDuplicate | None:
    if not earlier.words or not later.words or _are_forms_of_one_fact(earlier.question, later.question):
        return None
    similarity = len(earlier.words & later.words) / len(earlier.words | later.words)
    if similarity >= (ALIKE if earlier.answer == later.answer else 1) and _clash(earlier, later):
        return NearDuplicate(earlier.question.id, later.question.id, similarity)
    return None


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
            yield _spot(pair, stems[pair.earlier])


def _spot(pair: NearDuplicate, stem: str) -> Spot:
    return Spot(pair.later, f"{pair.similarity:.0%} like “{stem}”")


RULE = "near-duplicate"
RULES: tuple[LintRule, ...] = (
    warning(RULE, "Reword one of the two so that it stands apart, or drop it.", questions_are_different),
)
