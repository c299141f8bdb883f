"""What `bank check` finds: rules for contested statements and flaws of item writing, one function a rule.

A rule has an id, a severity and a sentence that tells the author what to do. The rules that read the facts' own data
are the main net: "How large is Karabakh?" holds no suspicious word, only the fact's status can catch it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.facts.fact import Fact, FactKind, Source, Speaker, Status
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.question_types.true_false import TrueFalse


class Severity(StrEnum):
    """An error blocks publishing; a warning wants the author's reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is broken."""

    rule: str
    severity: Severity
    place: str
    advice: str


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule: `find` yields the ids of the questions (or the bank's name) that break it."""

    id: str
    severity: Severity
    advice: str
    find: Callable[[Bank], Iterator[str]]


_REPORTING = re.compile(
    r"\b(sa(y|ys|id)|told|tell|stated?|according to|accus\w+|demand\w*|gave|gives?|called?|ask\w*|named?|propos\w+"
    r"|words did|by the article)\b",
    re.I,
)
_LOADED_VERBS = re.compile(r"\b(claimed|admitted|revealed|insisted|alleged)\b", re.I)
_NEGATIVE = re.compile(r"\b(not|except|never)\b", re.I)
_SWEEPING = re.compile(r"\b(all|none) of the above\b", re.I)
_ASSERTED_KINDS = {FactKind.CLAIM, FactKind.CHARACTERISATION, FactKind.PREDICTION}
LONGEST_KEY_RATIO = 1.33
MAX_SHARE_OF_ONE_SPEAKER = 0.5


def check_bank(bank: Bank) -> list[Finding]:
    """Run every rule over the bank; the findings come in the order of the rules, then of the questions."""
    return [Finding(rule.id, rule.severity, place, rule.advice) for rule in LINT_RULES for place in rule.find(bank)]


def _tested(bank: Bank) -> Iterator[tuple[Question, Fact]]:
    facts = bank.facts_by_id()
    for question in bank.questions:
        yield question, facts[question.fact]


def cites_a_place(bank: Bank) -> Iterator[str]:
    """D-1: every question tests a fact and the fact names its paragraph."""
    return (question.id for question, fact in _tested(bank) if not fact.paragraphs)


def names_who_says_it(bank: Bank) -> Iterator[str]:
    """D-2: a stem on a contested fact names its speaker or the article, with a reporting verb."""
    for question, fact in _tested(bank):
        contested = fact.speaker or fact.kind in _ASSERTED_KINDS or fact.status is not Status.UNCONTESTED
        if contested and not _is_attributed(question, bank.speaker_of(fact)):
            yield question.id


def _is_attributed(question: Question, speaker: Speaker | None) -> bool:
    stem = question.stem
    if re.search(r"\bwho (said|told|stated|accused|demanded)\b", stem, re.I):
        return True
    named = "the article" in stem.lower() or (speaker is not None and _is_named(speaker, stem))
    if speaker is not None and question.recipe != "who-said-it":
        named = _is_named(speaker, stem)
    return named and (bool(_REPORTING.search(stem)) or speaker is None)


def _is_named(speaker: Speaker, text: str) -> bool:
    names = (speaker.name, speaker.short, speaker.short.split("’")[0], *speaker.spellings)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in names if name)


def explanation_says_who(bank: Bank) -> Iterator[str]:
    """D-3: the explanation of a claim repeats whose word it is."""
    for question, fact in _tested(bank):
        speaker = bank.speaker_of(fact)
        if speaker is not None and not _is_named(speaker, question.explanation):
            yield question.id


def contradicted_is_not_knowledge(bank: Bank) -> Iterator[str]:
    """D-4: a contradicted fact is asked only as what the article gives, unscored, with its reference."""
    for question, fact in _tested(bank):
        if fact.status is Status.CONTRADICTED:
            told = "article" in question.stem.lower() and fact.note in question.explanation
            if question.scored or not told or not fact.reference:
                yield question.id


def outdated_is_not_scored(bank: Bank) -> Iterator[str]:
    """D-5: what later events overtook stays out of scored quizzes."""
    return (question.id for question, fact in _tested(bank) if fact.status is Status.OUTDATED and question.scored)


def no_true_false_on_claims(bank: Bank) -> Iterator[str]:
    """D-9: "true" on a claim would say that it is so."""
    return (question.id for question, fact in _tested(bank) if fact.speaker and question.type == TrueFalse.name)


def neutral_reporting_verbs(bank: Bank) -> Iterator[str]:
    """D-10: one neutral class of verbs for all sides."""
    for question in bank.questions:
        if _LOADED_VERBS.search(_unquoted(question.stem)):
            yield question.id


def wrong_options_have_reasons(bank: Bank) -> Iterator[str]:
    """D-13: each wrong option says whether it is true elsewhere in the source or plainly not said."""
    for question in bank.questions:
        if any(not one.reason for one in question_type(question.type).distractors(question.body)):
            yield question.id


def no_voice_dominates(bank: Bank) -> Iterator[str]:
    """D-15: more than half of the questions rest on one speaker; the bank page says so."""
    speakers = Counter(question.speaker for question in bank.questions if question.speaker)
    if any(count > MAX_SHARE_OF_ONE_SPEAKER * len(bank.questions) for count in speakers.values()):
        yield bank.name


def source_is_told(bank: Bank) -> Iterator[str]:
    """D-17: the source line can be shown everywhere."""
    source: Source = bank.source
    if not (source.outlet and source.date and source.description):
        yield bank.name


def no_all_of_the_above(bank: Bank) -> Iterator[str]:
    """No option that stands for the others."""
    for question in bank.questions:
        if any(_SWEEPING.search(option) for option in question_type(question.type).options(question.body)):
            yield question.id


def negatives_are_quoted(bank: Bank) -> Iterator[str]:
    """No negative stem outside a quotation."""
    for question in bank.questions:
        if question.type == SingleChoice.name and _NEGATIVE.search(_unquoted(question.stem).split(" said that ")[0]):
            yield question.id


def key_is_not_the_longest(bank: Bank) -> Iterator[str]:
    """Length gives nothing away: a key of four words or more is at most a third longer than some wrong option."""
    for question in bank.questions:
        if question.type == SingleChoice.name:
            key = question.body.key
            longest = max(len(one.text) for one in question_type(question.type).distractors(question.body))
            if len(key.split()) >= 4 and len(key) > LONGEST_KEY_RATIO * longest:
                yield question.id


def _unquoted(text: str) -> str:
    return re.sub(r"“[^”]*”", "", text)


_E, _W = Severity.ERROR, Severity.WARNING
LINT_RULES: tuple[LintRule, ...] = (
    LintRule("D-1", _E, "Give the fact that is tested its paragraph.", cites_a_place),
    LintRule("D-2", _E, "Name the speaker, or the article, in the stem with a reporting verb.", names_who_says_it),
    LintRule("D-3", _E, "Say in the explanation whose word this is.", explanation_says_who),
    LintRule(
        "D-4", _E, "Ask only what the article gives, unscored, with the reference.", contradicted_is_not_knowledge
    ),
    LintRule("D-5", _W, "Keep what later events overtook out of scored quizzes.", outdated_is_not_scored),
    LintRule("D-9", _E, "Do not ask true or false about a claim; ask who said it.", no_true_false_on_claims),
    LintRule("D-10", _W, "Use said, told or stated for every side.", neutral_reporting_verbs),
    LintRule("D-13", _E, "Say why each wrong option is wrong and what it is right for.", wrong_options_have_reasons),
    LintRule("D-15", _W, "Over half the questions rest on one speaker: say so on the bank page.", no_voice_dominates),
    LintRule("D-17", _E, "Fill in the outlet, date and description of the source.", source_is_told),
    LintRule("all-of-the-above", _E, "Take out “all (none) of the above”.", no_all_of_the_above),
    LintRule("negative-stem", _W, "Ask it without a negative.", negatives_are_quoted),
    LintRule("longest-answer", _W, "Shorten the key or lengthen the wrong options.", key_is_not_the_longest),
)
