"""Rules on how a bank words things: D-6, D-11, D-18, D-19 and D-22."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from quizapp.domain.facts.fact import TYPED_KINDS
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.bank_lint.quoting import stands_in, words_taken_over
from quizapp.domain.questions.bank_lint.reading import (
    bare_stem,
    first_match,
    options_of,
    plain_words,
    quotations,
    shown,
    tested,
    told,
    unquoted,
)
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, error, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.recipes.recipe import sentence_start

MAX_QUOTED_WORDS = 7
MAX_QUOTED_WORDS_A_QUESTION = 40
SHORTEST_GRADED = 8
MAX_GRADE = 14.0
"""The highest Flesch-Kincaid grade of a stem: that of a news report. Names are not counted as hard words."""
_SPELLINGS_ALIKE = 0.7
_TODAY = re.compile(
    r"\b(today|now|nowadays|currently|recently|yesterday|tomorrow|tonight|at present|these days|ago"
    r"|(this|last|next) (week|month|year|summer|winter|spring|autumn))\b",
    re.I,
)
_EMOTIVE = re.compile(
    r"\b(appalling|atrocious|barbaric|bloodthirsty|bloody|brave|brutal|callous|cowardly|cruel|despicable|devastating"
    r"|disgraceful|evil|ferocious|glorious|gruesome|harrowing|heartbreaking|heroic|horrible|horrific|horrifying|inhuman"
    r"|merciless|monstrous|outrageous|ruthless|savage|shameful|shameless|shocking|terrible|terrifying|tragic|vicious"
    r"|wicked)\b",
    re.I,
)
_DEATH = re.compile(
    r"\b(die[sd]?|dead|deaths?|dying|kill(s|ed|ings?)?|murder(s|ed)?|wounded|casualt(y|ies)|massacres?|atrocit(y|ies)"
    r"|genocide|torture[ds]?|victims?|executed|executions?)\b",
    re.I,
)
_GAME = re.compile(
    r"!|\b(bonus|jackpot|streak|high score|points?|prizes?|can you (guess|name|beat)|guess|quick|hurry|beat the clock"
    r"|fun|have a go|challenge yourself|well done|congratulations|level up)\b",
    re.I,
)


def no_time_is_counted_from_today(bank: Bank) -> Iterator[Spot]:
    """D-6: the app says “today” of no day; the article's own “last year” stands in quotation marks."""
    for question in bank.questions:
        found = first_match(_TODAY, [unquoted(text) for text in told(question)])
        if found:
            yield Spot(question.id, found)


def one_form_per_name(bank: Bank) -> Iterator[Spot]:
    """D-11: other spellings of a name are accepted when typed, but never shown."""
    variants = _other_spellings(bank)
    for question in bank.questions:
        texts = [unquoted(text) for text in shown(question)]
        found = first_match(variants, texts) if variants else ""
        if found:
            yield Spot(question.id, found)


def _other_spellings(bank: Bank) -> re.Pattern[str] | None:
    """Return what finds any spelling that is close to a name of the bank and is not a name of its own in it."""
    names = {speaker.name: speaker.spellings for speaker in bank.source.speakers}
    shorts = {speaker.short: speaker.spellings for speaker in bank.source.speakers}
    values = {
        fact.value.text: fact.value.accept for fact in bank.facts if fact.value and fact.value.kind in TYPED_KINDS
    }
    main = {fold(name).removeprefix("the ") for name in (*names, *shorts, *values)}
    found = {
        form
        for known in (names, shorts, values)
        for name, forms in known.items()
        for form in forms
        if form[:1].isupper() and _spells_otherwise(form, name) and fold(form).removeprefix("the ") not in main
    }
    if not found:
        return None
    longest_first = sorted(found, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _spells_otherwise(form: str, name: str) -> bool:
    """Say whether `form` is the same name in other letters, not a part or a longer form of it."""
    one, other = plain_words(form), plain_words(name)
    if one == other:
        return fold(form).removeprefix("the ") != fold(name).removeprefix("the ")
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return False
    return SequenceMatcher(None, one, other).ratio() >= _SPELLINGS_ALIKE


def stems_are_plain(bank: Bank) -> Iterator[Spot]:
    """D-18: no emotive adjective in the app's voice, and no stem harder to read than a news report."""
    for question in bank.questions:
        emotive = first_match(_EMOTIVE, [unquoted(text) for text in told(question)])
        grade = round(reading_grade(unquoted(bare_stem(question))), 1)
        if emotive:
            yield Spot(question.id, emotive)
        elif grade > MAX_GRADE:
            yield Spot(question.id, f"grade {grade}")


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text; 0 for a few words, where it means nothing.

    Names (words with a capital inside a sentence) count as plain words.
    """
    words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text)
    if len(words) < SHORTEST_GRADED:
        return 0.0
    sentences = max(1, len(re.findall(r"[.?!](?:\s|$)", text)))
    plain = [words[0], *(word for word in words[1:] if not word[0].isupper())]
    syllables = sum(map(_syllables, plain)) / len(plain)
    return 0.39 * len(words) / sentences + 11.8 * syllables - 15.59


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, groups - silent)


def quotations_are_short_and_whole(bank: Bank) -> Iterator[Spot]:
    """D-19: a quotation has at most seven words, all of a question forty, and every mark that opens closes.

    Where the source's own text is stored, longer ones are allowed that stand in it word for word; and what is taken
    over from it without marks, in runs of eight words or more, counts as quoted.
    """
    own = {text for fact in bank.facts for text in (fact.text.removesuffix("."), sentence_start(fact.said)) if text}
    for question, _ in tested(bank):
        for flaw in _quotation_flaws(question, own, bank.text):
            yield Spot(question.id, flaw)
            break


def _quotation_flaws(question: Question, own: set[str], text: str) -> Iterator[str]:
    """Say what is wrong with the quotations; a fact's whole statement in “ ” is in our words, so it is none."""
    texts = list(dict.fromkeys(shown(question)))
    quoted = [one for shown_text in texts for one in quotations(shown_text) if not _is_own(one, own)]
    for one in quoted:
        if len(one.split()) > MAX_QUOTED_WORDS and not stands_in(one, text):
            yield f"{len(one.split())} words"
    if sum(len(one.split()) for one in dict.fromkeys(quoted)) > MAX_QUOTED_WORDS_A_QUESTION:
        yield f"over {MAX_QUOTED_WORDS_A_QUESTION} words in all"
    taken = words_taken_over(texts, text) if text else 0
    if taken > MAX_QUOTED_WORDS_A_QUESTION:
        yield f"{taken} words of the text"
    for one in texts:
        if not _is_balanced(one):
            yield f"an open or stray quotation mark in “{one.strip('“”')[:60]}”"


def _is_own(quotation: str, own: set[str]) -> bool:
    """Say whether a quotation is a statement of ours, whole or with a gap in it."""
    said = quotation.removesuffix(".")
    if said in own:
        return True
    before, gap, after = said.partition("…")
    return bool(gap) and any(one.startswith(before) and one[len(before) :].endswith(after) for one in own)


def _is_balanced(text: str) -> bool:
    depth = 0
    for mark in re.findall("[“”]", text):
        depth += 1 if mark == "“" else -1
        if depth not in (0, 1):
            return False
    return depth == 0


def death_is_no_game(bank: Bank) -> Iterator[Spot]:
    """D-22: where people die, nothing is framed as a game."""
    for question, facts in tested(bank):
        about = " ".join([question.stem, *options_of(question), *(fact.text for fact in facts)])
        found = first_match(_GAME, [unquoted(text) for text in (question.stem, question.explanation)])
        if found and _DEATH.search(about):
            yield Spot(question.id, found)


RULES: tuple[LintRule, ...] = (
    error("D-6", "Say when by the source’s date; quote its own “last year”.", no_time_is_counted_from_today),
    warning("D-11", "Show one form of a name; list the others in `accept` or `spellings`.", one_form_per_name),
    warning("D-18", f"Use plain words and short stems (grade {MAX_GRADE:.0f} at most).", stems_are_plain),
    error(
        "D-19",
        "Quote little: seven words, or forty of a stored text; and close every mark.",
        quotations_are_short_and_whole,
    ),
    error("D-22", "Ask about the dead without exclamation marks or words of games.", death_is_no_game),
)
