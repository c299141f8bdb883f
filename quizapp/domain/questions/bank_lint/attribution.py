"""Rules on whose word a thing is: D-2, D-3, D-7 to D-10 and D-12."""

import re
from collections.abc import Iterable, Iterator

from quizapp.domain.facts.fact import Fact, FactKind, Speaker
from quizapp.domain.questions.bank_lint.reading import (
    SOURCE_RECIPES,
    contested,
    first_match,
    has_parties,
    is_named,
    shown,
    stem_of,
    tested,
    told,
    unquoted,
)
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, error, warning
from quizapp.domain.questions.flashcard_face import face_of
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.true_false import TrueFalse

LOADED_WORDS = (
    "liberat(?:e|ed|es|ing|ion|or|ors)", "illegal occupation", "illegally occupied", "regimes?",
    "separatis(?:t|ts|m)", "invad(?:e|ed|es|ers?|ing)", "invasions?", "pretexts?", "terroris(?:t|ts|m)",
    "so-called", "arch-?rivals?", "irredentis(?:t|ts|m)", "self-proclaimed", "blockad(?:e|ed|es|ing)",
    "humanitarian catastrophe", "re-?integrat(?:e|ed|es|ing|ion)",
)  # fmt: skip
_LOADED = re.compile(rf"(?<![\w-])(?:{'|'.join(LOADED_WORDS)})(?![\w-])", re.I)
_REPORTING = re.compile(
    r"\b(sa(y|ys|id)|told|tell|tells|stated?|states|according to|accus\w+|demand\w*|gave|gives?|call(s|ed)?|ask\w*"
    r"|names?|named|propos\w+|describ\w+|spoke|speak|speaks|words|word of|put it)\b",
    re.I,
)
_ASKS_WHO = re.compile(r"\bwho (said|told|stated|accused|demanded)\b", re.I)
_LOADED_VERBS = re.compile(
    r"\b(claimed|admit(s|ted)|reveal(s|ed)|insist(s|ed)|alleg(es|ed)|boast(s|ed)|claims that|to claim|did \w+ claim)\b",
    re.I,
)
_TAKES_FOR_GRANTED = re.compile(r"^(why|for what reason|how come)\b", re.I)
_PASSES_JUDGEMENT = re.compile(
    r"\b(who (is|was|are|were) (to blame|responsible|guilty|at fault|right)|whose fault|who (started|provoked)"
    r"|is it (true|right|fair) that|was it (true|right|fair) that)\b",
    re.I,
)
_LAYS_BLAME = re.compile(
    r"\b(why|how come|how (?:is|are|was|were)|for what reason|what makes)\b.*"
    r"\b(to blame|at fault|guilty|culpable|responsible for|in the wrong|in the right)\b",
    re.I,
)
_OPENING = re.compile(r"^(in|according to) (the|this) (article|text), ", re.I)


def names_who_says_it(bank: Bank) -> Iterator[Spot]:
    """D-2: a stem on a contested fact names its speaker or the article, with a reporting verb."""
    for question, facts in tested(bank):
        if any(contested(fact) for fact in facts) and not is_attributed(question, facts, bank):
            yield Spot(question.id)


def is_attributed(question: Question, facts: Iterable[Fact], bank: Bank) -> bool:
    """Say whether the stem tells whose word it asks for, or asks just that."""
    stem = question.stem
    speakers = {fact.speaker: bank.speaker_of(fact) for fact in facts}
    by_article = _names_the_source(stem, bank)
    if _ASKS_WHO.search(stem) or (question.recipe in SOURCE_RECIPES and by_article):
        return True
    if len(speakers) > 1 or len(question.facts) > 1:
        return by_article
    speaker = next(iter(speakers.values()), None)
    if speaker is None:
        return by_article
    return is_named(speaker, stem) and bool(_REPORTING.search(stem))


def _names_the_source(text: str, bank: Bank) -> bool:
    own = (bank.source.outlet, "the article", "the newspaper", "the report", "the text")
    return any(name and name.lower() in text.lower() for name in own)


def explanation_says_who(bank: Bank) -> Iterator[Spot]:
    """D-3: the explanation of a contested fact repeats whose word it is."""
    for question, facts in tested(bank):
        silent = [_voice(fact, bank) for fact in facts if contested(fact) and not _is_told(fact, question, bank)]
        if silent:
            yield Spot(question.id, ", ".join(dict.fromkeys(silent)))


def _is_told(fact: Fact, question: Question, bank: Bank) -> bool:
    speaker = bank.speaker_of(fact)
    if speaker is None:
        return _names_the_source(question.explanation, bank)
    return is_named(speaker, question.explanation) or _side_is_named(speaker, question, bank)


def _side_is_named(speaker: Speaker, question: Question, bank: Bank) -> bool:
    labels = (side.label for side in bank.source.sides if side.id == speaker.side)
    return question.recipe in SOURCE_RECIPES and any(label in question.explanation for label in labels)


def _voice(fact: Fact, bank: Bank) -> str:
    speaker = bank.speaker_of(fact)
    return speaker.short if speaker else "the article"


def loaded_words_are_quoted(bank: Bank) -> Iterator[Spot]:
    """D-7: where two sides have their words for a thing, such a word stands in quotation marks, with its owner."""
    if not has_parties(bank):
        return
    for question, facts in tested(bank):
        bare = first_match(_LOADED, [unquoted(text) for text in shown(question)])
        quoted = first_match(_LOADED, [stem_of(question)])
        if bare:
            yield Spot(question.id, bare)
        elif quoted and not is_attributed(question, facts, bank):
            yield Spot(question.id, f"“{quoted}”, by nobody’s word")


def nothing_is_taken_for_granted(bank: Bank) -> Iterator[Spot]:
    """D-8: no “why did …” on a contested matter without its speaker, and no blame in the app's own voice."""
    for question, facts in tested(bank):
        stem = unquoted(_OPENING.sub("", question.stem))
        judged = _PASSES_JUDGEMENT.search(stem)
        why = _TAKES_FOR_GRANTED.search(stem)
        blame = _LAYS_BLAME.search(stem)
        if blame and not (all(fact.speaker for fact in facts) and _says_by_whom(stem, facts, bank)):
            yield Spot(question.id, f"{blame[1]} … {blame[2]}")
        elif judged and not any(is_named(speaker, stem) for speaker in bank.source.speakers):
            yield Spot(question.id, judged[0])
        elif why and _is_disputed(facts, bank) and not _says_by_whom(stem, facts, bank):
            yield Spot(question.id, why[0])


def _is_disputed(facts: Iterable[Fact], bank: Bank) -> bool:
    return any(contested(fact) or (fact.kind is FactKind.CAUSE and bank.source.sides) for fact in facts)


def _says_by_whom(stem: str, facts: Iterable[Fact], bank: Bank) -> bool:
    if not _REPORTING.search(stem):
        return False
    speakers = [bank.speaker_of(fact) for fact in facts]
    return all(
        is_named(speaker, stem) if speaker is not None else _names_the_source(stem, bank) for speaker in speakers
    )


def no_true_false_on_claims(bank: Bank) -> Iterator[Spot]:
    """D-9: "true" on a claim would say that it is so."""
    for question, facts in tested(bank):
        if question.type == TrueFalse.name and any(fact.speaker for fact in facts):
            yield Spot(question.id)


def reporting_verbs_are_neutral(bank: Bank) -> Iterator[Spot]:
    """D-10: one neutral class of verbs for all sides."""
    for question in bank.questions:
        verb = first_match(_LOADED_VERBS, [unquoted(text) for text in told(question)])
        if verb:
            yield Spot(question.id, verb)


def cards_say_who_on_both_sides(bank: Bank) -> Iterator[Spot]:
    """D-12: front and back of a flashcard carry the attribution line, and the back is no bare claim."""
    for fact in bank.facts:
        face = face_of(fact, bank.source)
        if face is None:
            continue
        if not face.front_voice or not face.back_voice:
            yield Spot(fact.id, "it names no speaker and no outlet")
        elif fact.speaker and not _is_reported(face.statement, bank.speaker_of(fact)):
            yield Spot(fact.id, "the back is a bare claim")


def _is_reported(statement: str, speaker: Speaker | None) -> bool:
    return (speaker is not None and is_named(speaker, statement)) or bool(_REPORTING.search(statement))


RULES: tuple[LintRule, ...] = (
    error("D-2", "Name the speaker, or the article, in the stem with a reporting verb.", names_who_says_it),
    error("D-3", "Say in the explanation whose word this is.", explanation_says_who),
    error("D-7", "Put the word into “ ” and say whose it is, or use a neutral one.", loaded_words_are_quoted),
    error("D-8", "Ask what somebody named gave as the reason, not why it was so.", nothing_is_taken_for_granted),
    error("D-9", "Do not ask true or false about a claim; ask who said it.", no_true_false_on_claims),
    warning("D-10", "Use said, told or stated for every side.", reporting_verbs_are_neutral),
    error("D-12", "Let the statement say who says it, so that both sides of its card do.", cards_say_who_on_both_sides),
)
