"""Flaws of stems: negatives, gaps, ballast, and stems that ask nothing or two things."""

import re
from collections.abc import Iterator

from quizapp.domain.questions.bank_lint.reading import bare_stem, single_choices, unquoted, with_options
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.numeric import Numeric
from quizapp.domain.questions.question_types.short_answer import ShortAnswer

MAX_STEM_WORDS = 30
_NEGATIVE = re.compile(r"\b(not|except|never|cannot|least likely)\b|\b\w+n[’']t\b", re.I)
_REPORTED = re.compile(r"\b(said|say|says|stated?|told|deny|denied)\b(?! (not|never)\b)")
_GAP = re.compile(r"_{2,}|\.{4,}")
_ASKS = re.compile(r"\b(what|which|who|whom|whose|when|where|why|how)\b", re.I)
_PRONOUN_START = re.compile(r"^(he|she|it|they|his|her|its|their|this|that|these|those|there)\b(?! which)", re.I)
_PRONOUN_SUBJECT = re.compile(r"\b(did|does|do|was|were|is|are|had|has) (he|she|they|it)\b", re.I)
_SECOND_QUESTION = re.compile(
    r"(\?.*\?|\b(and|or) (who|what|when|where|why|how( many| much| long)?|which \w+) (\w+ ){0,2}?"
    r"(is|are|was|were|did|do|does|has|had|said|can)\b)",
    re.I,
)
_ASKED_THING = re.compile(r"^(in|on|to|at|from|by|with|for|of)?\s*(which|what) \w+|^\w+", re.I)
_NAME_OR_NOUN = re.compile(r"\b[A-Z]\w+|\b(the|a|an|which|what) \w+", re.I)


def negatives_are_quoted(bank: Bank) -> Iterator[Spot]:
    """No negative in what is asked; what somebody is reported to have said may hold one."""
    for question, _ in with_options(bank):
        found = _NEGATIVE.search(_REPORTED.split(unquoted(question.stem))[0])
        if found:
            yield Spot(question.id, found[0])


def no_gap_inside_a_choice(bank: Bank) -> Iterator[Spot]:
    """No gap within the stem: at the end of it there is a sentence to complete, elsewhere a puzzle."""
    for question, _ in with_options(bank):
        gap = _GAP.search(question.stem)
        if gap and re.search(r"\w", question.stem[gap.end() :]):
            yield Spot(question.id)


def stems_can_be_understood(bank: Bank) -> Iterator[Spot]:
    """No pronoun without its noun, and one question at a time."""
    for question in _asked(bank):
        stem = unquoted(bare_stem(question))
        found = _PRONOUN_START.search(stem) or _SECOND_QUESTION.search(stem) or _lone_pronoun(stem)
        if found:
            yield Spot(question.id, found[0])


def _lone_pronoun(stem: str) -> re.Match[str] | None:
    """Find a pronoun as the subject of the question with nothing before it that it could stand for."""
    found = _PRONOUN_SUBJECT.search(stem)
    if found is None:
        return None
    before = _ASKED_THING.sub("", stem[: found.start()])
    return None if _NAME_OR_NOUN.search(before) else found


def stems_carry_no_ballast(bank: Bank) -> Iterator[Spot]:
    """At most thirty words, and no statement before the question."""
    for question in _asked(bank):
        stem = bare_stem(question)
        words = len(stem.split())
        if words > MAX_STEM_WORDS:
            yield Spot(question.id, f"{words} words")
        elif stem.endswith("?") and re.search(r"[a-z]{2}\.\s+[A-Z]", unquoted(stem)):
            yield Spot(question.id, "a statement before the question")


def stems_ask_something(bank: Bank) -> Iterator[Spot]:
    """Every stem says what is asked, even with the options covered: it has a question word or a gap."""
    for question in _asked(bank):
        if not _ASKS.search(unquoted(question.stem)) and not _GAP.search(question.stem):
            yield Spot(question.id)


def _asked(bank: Bank) -> Iterator[Question]:
    """Yield the questions that an author words as questions."""
    yield from (question for question, _ in with_options(bank))
    yield from (question for question in bank.questions if question.type in (ShortAnswer.name, Numeric.name))


def no_stem_gives_a_form_away(bank: Bank) -> Iterator[Spot]:
    """Grammar fits every option: a or an before the gap, and options of one part of speech."""
    for question in single_choices(bank):
        wrong = [one.text for one in question.body.distractors]
        cue = _article_cue(question.stem, question.body.key, wrong) or _form_cue(question.body.key, wrong)
        if cue:
            yield Spot(question.id, cue)


def _article_cue(stem: str, key: str, wrong: list[str]) -> str:
    found = re.search(r"\b(an?)\s*(?:_{2,}|\.{3}|…|:)?\s*[“”]?[?.:]?$", stem, re.I)
    if found is None:
        return ""
    fitting = [_starts_with_vowel(text) == (found[1].lower() == "an") for text in (key, *wrong)]
    return f"“{found[1]}” at the end of the stem" if fitting[0] and not all(fitting) else ""


def _starts_with_vowel(text: str) -> bool:
    return text.strip("“” ")[:1].lower() in "aeiou"


_FORMS = {
    "a form in -ing": re.compile(r"^[a-z]+ing\b"),
    "“to” and a verb": re.compile(r"^to [a-z]+", re.I),
    "a clause with “that” or “because”": re.compile(r"^(that|because|if|so that|in order to)\b", re.I),
    "quotation marks": re.compile(r"^“[^”]*”$"),
    "he or she": re.compile(r"^(he|she|his|her)\b", re.I),
}


def _form_cue(key: str, wrong: list[str]) -> str:
    """Name the form that the key alone has, or alone has not."""
    for name, form in _FORMS.items():
        others = {bool(form.search(text)) for text in wrong}
        if others == {not form.search(key)}:
            return f"only the right option {'has' if form.search(key) else 'lacks'} {name}"
    return ""


RULES: tuple[LintRule, ...] = (
    warning("negative-stem", "Ask it without a negative.", negatives_are_quoted),
    warning("fill-in-the-blank", "Put the gap last, or make it a cloze.", no_gap_inside_a_choice),
    warning("ambiguous-stem", "Name what the pronoun stands for, and ask one question.", stems_can_be_understood),
    warning("gratuitous-information", "Cut what the question does not need.", stems_carry_no_ballast),
    warning("unfocused-stem", "Ask a question that can be answered before the options.", stems_ask_something),
    warning("grammatical-cue", "Bring all options into the form of the key.", no_stem_gives_a_form_away),
)
