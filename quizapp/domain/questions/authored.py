"""A question written by hand: the fact it tests in one line, and the question made of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizapp.domain.facts.fact import Fact, FactKind, Mode, Status, Tier, Value, without_marks
from quizapp.domain.facts.passage import Passage
from quizapp.domain.facts.quantities import fold
from quizapp.domain.facts.value_guess import value_of_words
from quizapp.domain.questions.bank_lint import near_duplicates
from quizapp.domain.questions.bank_lint.registry import COVERAGE, LINT_RULES, SUBJECTS
from quizapp.domain.questions.bank_lint.rule import Finding
from quizapp.domain.questions.question import Bank, Question, check_question
from quizapp.domain.questions.question_types.matching import MatchingBody
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalse, TrueFalseBody
from quizapp.domain.questions.recipes.distractors import borrowed_reason, option_order

RECIPE = "by-hand"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an instructor typed. `line` is the fact in one line; `body` has the class of the question type.

    `paragraphs` are all of those it stands in, `passage` its words there; without a `status` it follows from the
    speaker, without an `explanation` the line explains. `value` is what the line says of interest, `ask` the question
    for it in words; without a `value` it is the right answer, where the line has its words.
    """

    type: str
    line: str
    paragraph: int
    speaker: str | None
    topic: str
    stem: str
    body: Any
    paragraphs: tuple[int, ...] = ()
    status: Status | None = None
    note: str = ""
    passage: Passage | None = None
    explanation: str = ""
    ask: str = ""
    value: str = ""
    recipe: str = RECIPE


@dataclass(frozen=True, slots=True)
class Authored:
    """A draft as a question on a fact; `known` when the bank held that fact before."""

    question: Question
    fact: Fact
    known: bool


def usual_status(speaker: str | None) -> Status:
    """Return how far a fact can be relied on where nobody says otherwise."""
    return Status.SINGLE_SOURCE if speaker else Status.UNCONTESTED


def author(draft: Draft, bank: Bank, question_id: str, fact_id: str) -> Authored:
    """Make a question of a draft.

    A line that says what a fact of the bank says, by the same speaker and in the same place, is that fact; else it is
    a new one with the id `fact_id`, or the one of that id as the draft has it: what no form shows of it stays.

    A wrong option that is the value of another fact is borrowed from that fact, and so is one that names its fact; left
    empty, it takes over the fact's value and what that is right for.
    """
    same = next((fact for fact in bank.facts if fact.id != fact_id and _says_the_same(draft, fact)), None)
    edited = next((fact for fact in bank.facts if fact.id == fact_id), None)
    fact = same or _fact_of(draft, edited or Fact(fact_id, (), "", "", FactKind.EVENT, tier=Tier.MAY), bank.text)
    others = [other for other in bank.facts if other.id not in (fact.id, fact_id)]
    question = Question(
        id=question_id,
        type=draft.type,
        stem=_one_line(draft.stem),
        body=_borrowed(draft.body, others, bank),
        explanation=draft.explanation or fact.text,
        facts=(fact.id,),
        topic=fact.topic,
        speaker=fact.speaker,
        status=fact.status,
        scored=fact.scored,
        recipe=draft.recipe,
    )
    return Authored(question, fact, same is not None)


def problems_of(authored: Authored, bank: Bank) -> list[str]:
    """Say in sentences what makes the question impossible to ask; an empty list means that it can be asked."""
    facts = {**bank.facts_by_id(), authored.fact.id: authored.fact}
    found = [problem.sentence for problem in check_question(authored.question, facts)]
    if authored.fact.id in authored.question.distractor_facts:
        found.append("a wrong answer cannot be borrowed from the fact that the question tests.")
    if any(not 1 <= number <= bank.source.paragraphs for number in authored.fact.paragraphs):
        found.append(f"the source has the paragraphs 1 to {bank.source.paragraphs}.")
    return found


def findings_on(authored: Authored, bank: Bank) -> list[Finding]:
    """Say what every rule of `bank check` finds in the bank with this question in it, on it or its fact.

    Only the rules that compare questions are shown others: so it takes milliseconds, while somebody types.
    """
    fact, question = authored.fact, authored.question
    others = [one for one in bank.questions if one.id != question.id]
    alone = replace(
        bank, facts=(*(one for one in bank.facts if one.id != fact.id), fact), questions=(question,), retelling=()
    )
    on_the_fact = replace(alone, facts=(fact,), questions=(*(one for one in others if fact.id in one.facts), question))
    places = {question.id} if authored.known else {question.id, fact.id}
    found: list[Finding] = []
    for rule in LINT_RULES:
        if rule.id == near_duplicates.RULE:
            spots = near_duplicates.echo_of(question, others)
        else:
            spots = rule.find(on_the_fact if SUBJECTS[rule.id] == COVERAGE else alone)
        found.extend(
            Finding(rule.id, rule.severity, spot.place, rule.advice, spot.detail)
            for spot in spots
            if spot.place in places
        )
    return found


def _fact_of(draft: Draft, before: Fact, text: str) -> Fact:
    """Return the fact `before` as the draft has it.

    What is told of its words (its kind and value, what it is compared with, how it is said) stays where they do.
    """
    line, same_speaker = without_marks(_one_line(draft.line)), draft.speaker == before.speaker and before.statement
    fact = replace(
        before,
        paragraphs=draft.paragraphs or (draft.paragraph,),
        topic=draft.topic,
        speaker=draft.speaker,
        mode=before.mode if same_speaker else Mode.SAID if draft.speaker else Mode.REPORTED,
        status=draft.status or usual_status(draft.speaker),
        note=draft.note,
        ask=draft.ask,
        passage=draft.passage,
    )
    if same_speaker and line == before.text and draft.value == (before.value.text if before.value else ""):
        return fact
    kind, value = _value_in(line, draft, text)
    return replace(
        fact,
        statement=line,
        kind=_kind(draft, kind),
        value=value,
        value_of="",
        relation="",
        said="",
        group="",
        not_with=frozenset(),
    )


def _value_in(line: str, draft: Draft, text: str) -> tuple[FactKind, Value | None]:
    """Return the right answer as the value of the fact, where the line holds its words, and the kind it makes."""
    words = draft.value
    if not words and draft.type != TrueFalse.name:
        words = question_type(draft.type).answer_text(draft.body)
    if not words or not re.search(rf"(?<!\w){re.escape(fold(words))}(?!\w)", fold(line)):
        return FactKind.EVENT, None
    return value_of_words(words, line, text)


def _kind(draft: Draft, guessed: FactKind) -> FactKind:
    return FactKind.CLAIM if draft.speaker and guessed is FactKind.EVENT else guessed


def _says_the_same(draft: Draft, fact: Fact) -> bool:
    if draft.speaker != fact.speaker or draft.paragraph not in fact.paragraphs:
        return False
    return _folded(draft.line) == _folded(fact.text)


def _folded(text: str) -> str:
    return fold(_one_line(text)).rstrip(".")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _borrowed(body: Any, others: Sequence[Fact], bank: Bank) -> Any:
    """Name the fact behind each wrong option, and find the key's place where the options stand in order."""
    if isinstance(body, TrueFalseBody) and body.is_true:
        return replace(body, fact=None)
    known = {fold(spelling): fact.id for fact in reversed(others) if fact.value for spelling in fact.value.spellings}
    facts = {fact.id: fact for fact in others}

    def from_facts(options: Sequence[Distractor]) -> list[Distractor]:
        named = (replace(one, fact=one.fact or known.get(fold(one.text))) for one in options)
        return [_filled_in(one, facts, bank) for one in named]

    if isinstance(body, MultipleChoiceBody):
        return replace(body, distractors=tuple(from_facts(body.distractors)))
    if isinstance(body, MatchingBody):
        return replace(body, extras=tuple(from_facts(body.extras)))
    if not isinstance(body, SingleChoiceBody):
        return body
    wrong = from_facts(body.distractors)
    if not body.in_order:
        return replace(body, distractors=tuple(wrong), rank=0)
    wrong.sort(key=lambda one: option_order(one.text))
    rank = sum(option_order(one.text) < option_order(body.key) for one in wrong)
    return replace(body, distractors=tuple(wrong), rank=rank)


def _filled_in(option: Distractor, facts: Mapping[str, Fact], bank: Bank) -> Distractor:
    """Take over from the fact behind an option what the author left empty."""
    fact = facts.get(option.fact or "")
    if fact is None or fact.value is None:
        return option
    text = option.text or fact.value.text
    return Distractor(text, option.reason or borrowed_reason(fact, bank.speaker_of(fact)), fact.id)
