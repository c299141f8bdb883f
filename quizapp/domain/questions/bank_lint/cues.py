"""Cues between stem and options, or among the options, that give the key to somebody who knows nothing: and D-24."""

import re
from collections import Counter
from collections.abc import Iterator
from math import comb

from quizapp.domain.facts.quantities import parse_quantity
from quizapp.domain.questions.bank_lint.reading import (
    SOURCE_RECIPES,
    bare_stem,
    content_words,
    single_choices,
    unquoted,
    wrong_options,
)
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.recipes.distractors import place_in_order

MAX_LENGTH_RATIO = 2.0
SHORT_OPTION = 24
"""Options up to this many characters are names and numbers, whose length an author cannot choose."""
ENOUGH_TO_COUNT = 10
OWN_VOICE = "own-voice-or-not"
MAX_LUCK = 0.05
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_ASKS_NUMBER = re.compile(r"\b(how (many|much|long|far|old|large|big|high|heavy)|what number|which number)\b", re.I)
_ASKS_DATE = re.compile(
    r"\b(when|(in|on|since|until|by|from) (which|what) (year|month|weekday|day|date|decade|century))\b", re.I
)


def no_word_points_to_the_key(bank: Bank) -> Iterator[Spot]:
    """Clang: a word of the stem that comes back in the key and in no other option points to it."""
    for question in single_choices(bank):
        if question.recipe == OWN_VOICE:
            continue  # its options are the same in every question
        wrong = frozenset[str]().union(*map(content_words, wrong_options(question)))
        shared = (content_words(bare_stem(question)) & content_words(question.body.key)) - wrong
        words = sorted(word for word in shared if not word.isdigit())
        if words:
            yield Spot(question.id, ", ".join(words))


def logic_fits_every_option(bank: Bank) -> Iterator[Spot]:
    """Every option is of the kind that the stem asks for, and a number of the stem is not in the key alone."""
    for question in single_choices(bank):
        key, wrong = question.body.key, wrong_options(question)
        misfits = _misfits(question, wrong)
        numbers = set(_NUMBER.findall(question.stem)) & set(_NUMBER.findall(key))
        lone = sorted(one for one in numbers if not any(one in _NUMBER.findall(text) for text in wrong))
        if misfits or lone:
            yield Spot(question.id, "; ".join(misfits or lone))


def _misfits(question: Question, wrong: list[str]) -> list[str]:
    """List the wrong options that are no number or date where one is asked for and the key is one."""
    stem = unquoted(question.stem)
    for asks, fits in ((_ASKS_NUMBER, _is_number), (_ASKS_DATE, _is_date)):
        if asks.search(stem) and fits(question.body.key):
            return [text for text in wrong if not fits(text)]
    return []


def _is_number(text: str) -> bool:
    return parse_quantity(text) is not None or bool(_NUMBER.search(text))


def _is_date(text: str) -> bool:
    return place_in_order(text) is not None or bool(_NUMBER.search(text))


def options_do_not_converge(bank: Bank) -> Iterator[Spot]:
    """No key shares a part with most of the other options."""
    for question in single_choices(bank):
        key, wrong = question.body.key, wrong_options(question)
        if _converges(key, wrong):
            yield Spot(question.id, key)


def _converges(key: str, wrong: list[str]) -> bool:
    """Say whether different wrong options share different words with the key, and less with one another."""
    words = [content_words(text) for text in (key, *wrong)]
    everywhere = frozenset.intersection(*words)
    parts = [one - everywhere for one in words]
    shared = [sum(len(one & other) for other in parts if other is not one) for one in parts]
    hits = [parts[0] & other for other in parts[1:] if parts[0] & other]
    return len(hits) >= 2 and len(frozenset().union(*hits)) >= 2 and shared[0] > max(shared[1:])


def options_are_of_one_length(bank: Bank) -> Iterator[Spot]:
    """D-24: the longest option has at most twice the length of the shortest; and the key has no favourite place."""
    for question in single_choices(bank):
        if question.recipe in SOURCE_RECIPES:
            continue  # their options are the same few voices in every question
        lengths = sorted(len(text) for text in (question.body.key, *wrong_options(question)))
        if lengths[-1] > SHORT_OPTION and lengths[-1] > MAX_LENGTH_RATIO * lengths[0]:
            yield Spot(question.id, f"{lengths[0]} to {lengths[-1]} characters")
    yield from _favourite_place(bank)


def _favourite_place(bank: Bank) -> Iterator[Spot]:
    """Among options in a fixed order, the key stands at each place about as often as chance has it."""
    ordered = [question.body for question in single_choices(bank) if question.body.in_order]
    by_size: dict[int, Counter[int]] = {}
    for body in ordered:
        by_size.setdefault(len(body.distractors) + 1, Counter())[body.rank] += 1
    for size, ranks in sorted(by_size.items()):
        rank, hits = ranks.most_common(1)[0]
        total = ranks.total()
        if total >= ENOUGH_TO_COUNT and _luck(hits, total, 1 / size) < MAX_LUCK / size:
            yield Spot(bank.name, f"place {rank + 1} of {size} in {hits} of {total} ordered choices")
            return


def _luck(hits: int, total: int, chance: float) -> float:
    """Return the probability of as many hits or more by chance alone."""
    return sum(comb(total, one) * chance**one * (1 - chance) ** (total - one) for one in range(hits, total + 1))


RULES: tuple[LintRule, ...] = (
    warning("D-24", "Make the options alike in kind and length, and spread the keys.", options_are_of_one_length),
    warning("word-repeats", "Take the repeated word out of the stem or the key.", no_word_points_to_the_key),
    warning("logical-cue", "Offer only options of the kind that the stem asks for.", logic_fits_every_option),
    warning("convergence", "Let the wrong options share parts with one another too.", options_do_not_converge),
)
