"""Flaws of options: what stands among them that should not, how long they are, and in which order."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from quizapp.domain.facts.fact import Fact, date_granularity
from quizapp.domain.facts.quantities import fold, parse_quantity
from quizapp.domain.facts.spelling import folded_words
from quizapp.domain.questions.bank_lint.reading import (
    SOURCE_RECIPES,
    first_match,
    holds_words,
    single_choices,
    tested,
    unquoted,
    with_options,
    wrong_options,
)
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, error, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.recipes.distractors import place_in_order

MAX_MAGNITUDE = 3
LONGEST_KEY_RATIO = 1.33
_ALL = re.compile(r"\b(all|both|each|any) of (the above|these|them)\b", re.I)
_NONE = re.compile(r"\b(none|neither) of (the above|these|them)\b|\bnone is right\b", re.I)
_SERIES = re.compile(r"\s*(true|false|yes|no|correct|incorrect)\s*($|[,.;:–])", re.I)
_ABSOLUTE = re.compile(
    r"\b(always|never|every(one|thing|body)?|only|none|nobody|completely|absolutely|entirely)\b", re.I
)
_VAGUE = re.compile(
    r"\b(usually|often|sometimes|somewhat|frequently|generally|rarely|seldom|occasionally|mostly)\b", re.I
)
_COMBINES = re.compile(r", (?:and |or )?| and | or | & ")
_LETTERS = re.compile(r"^(both )?\(?[A-Da-d1-4]\)?(,? (and|&|or) \(?[A-Da-d1-4]\)?| only)", re.I)


def no_all_of_the_above(bank: Bank) -> Iterator[Spot]:
    """No option that stands for the others."""
    return _with_words(_ALL, bank)


def no_none_of_the_above(bank: Bank) -> Iterator[Spot]:
    """No option that denies the others."""
    return _with_words(_NONE, bank)


def no_absolute_terms(bank: Bank) -> Iterator[Spot]:
    """No always, never or only in an option, unless they all have it."""
    return _with_words(_ABSOLUTE, bank)


def no_vague_terms(bank: Bank) -> Iterator[Spot]:
    """No usually or often in an option, unless they all have it."""
    return _with_words(_VAGUE, bank)


def _with_words(words: re.Pattern[str], bank: Bank) -> Iterator[Spot]:
    for question, options in with_options(bank):
        bare = [unquoted(option) for option in options]
        if first_match(words, bare) and not all(words.search(option) for option in bare):
            yield Spot(question.id, first_match(words, bare))


def no_true_false_series(bank: Bank) -> Iterator[Spot]:
    """No yes or no, true or false among the options of a choice."""
    for question, options in with_options(bank):
        found = [option for option in options if _SERIES.match(option)]
        if found:
            yield Spot(question.id, found[0])


def key_is_not_the_longest(bank: Bank) -> Iterator[Spot]:
    """Length gives nothing away: a key of four words or more is at most a third longer than some wrong option."""
    for question in single_choices(bank):
        key, wrong = question.body.key, wrong_options(question)
        longest = max(map(len, wrong), default=len(key))
        if len(key.split()) >= 4 and len(key) > LONGEST_KEY_RATIO * longest:
            yield Spot(question.id, key)


def options_stand_in_order(bank: Bank) -> Iterator[Spot]:
    """Options that are all numbers, or all dates, stand in their order, up or down."""
    for question in single_choices(bank):
        options = SingleChoice().options(question.body)
        places = [_place(option) for option in options]
        known = [place for place in places if place is not None]
        if len(known) == len(options) and len({kind for kind, _ in known}) == 1:
            rising = all(one <= other for one, other in pairwise(known))
            falling = all(one >= other for one, other in pairwise(known))
            if not question.body.in_order or not (rising or falling):
                yield Spot(question.id, "; ".join(options))


def _place(option: str) -> tuple[int | str, Decimal] | None:
    """Return where an option stands among its like: dates by calendar, numbers by size within one unit."""
    placed = place_in_order(option)
    if placed is not None:
        return placed
    quantity = parse_quantity(option)
    return (quantity.unit, quantity.number) if quantity else None


def wrong_options_are_plausible(bank: Bank) -> Iterator[Spot]:
    """Every wrong option is of the key's kind: unit and magnitude, granularity of date, kind of value."""
    facts = bank.facts_by_id()
    for question, about in tested(bank):
        if question.type == SingleChoice.name and question.recipe not in SOURCE_RECIPES:
            odd = [
                one.text
                for one in question.body.distractors
                if _is_odd(one, question.body.key, about[0], facts.get(one.fact or ""))
            ]
            if odd:
                yield Spot(question.id, "; ".join(odd))


def _is_odd(option: Distractor, key: str, fact: Fact, other: Fact | None) -> bool:
    """Say whether an option cannot be taken for the value of `fact`; where the value is not asked for, it can."""
    if fact.value is None or fold(fact.value.text) != fold(key):
        return False
    wanted = fact.value.quantity
    if wanted is not None:
        found = parse_quantity(option.text)
        if found is None or found.unit.lower() != wanted.unit.lower():
            return other is None or other.value is None or other.value.kind != fact.value.kind
        sizes = sorted((abs(found.number), abs(wanted.number)))
        return sizes[0] == 0 or sizes[1] > MAX_MAGNITUDE * sizes[0]
    if fact.value.kind.startswith("date"):
        return date_granularity(option.text) != date_granularity(key)
    return other is not None and other.value is not None and other.value.kind != fact.value.kind


def one_option_is_right(bank: Bank) -> Iterator[Spot]:
    """No wrong option is the key in other words, holds it or stands in it, or is right by another fact."""
    facts = bank.facts_by_id()
    for question, about in tested(bank):
        if question.type == SingleChoice.name:
            also = [one.text for one in question.body.distractors if _is_also_right(one, question, about[0], facts)]
            if also:
                yield Spot(question.id, "; ".join(also))


def _is_also_right(option: Distractor, question: Question, fact: Fact, facts: dict[str, Fact]) -> bool:
    key = question.body.key
    asked_for_value = fact.value is not None and fold(fact.value.text) == fold(key)
    spellings = fact.value.spellings if fact.value and asked_for_value else (key,)
    if any(_same_value(option.text, spelling) for spelling in spellings):
        return True
    other = facts.get(option.fact or "")
    if other is None or not asked_for_value or question.recipe in SOURCE_RECIPES:
        return False
    same_question = bool(fact.ask) and fold(other.ask) == fold(fact.ask)
    return other.id in fact.not_with or fact.id in other.not_with or same_question


def _same_value(one: str, other: str) -> bool:
    left, right = parse_quantity(one), parse_quantity(other)
    if left and right:
        return left.number == right.number and fold(left.unit) == fold(right.unit)
    if folded_words(one) == folded_words(other):
        return True
    return holds_words(one, other) or holds_words(other, one)


def options_are_single(bank: Bank) -> Iterator[Spot]:
    """No option is put together from others, and none is a list of letters."""
    for question, options in with_options(bank):
        combined = [one for one in options if _LETTERS.search(one) or _is_combination(one, options)]
        if combined or _are_combinations(options):
            yield Spot(question.id, combined[0] if combined else "every option is a combination")


def _is_combination(option: str, options: list[str]) -> bool:
    parts = [part for part in options if part != option and holds_words(option, part)]
    return len(parts) >= 2 and bool(_COMBINES.search(option))


def _are_combinations(options: list[str]) -> bool:
    """Say whether all options are lists that share their members: A and B, B and C, A and C."""
    lists = [{fold(part) for part in _COMBINES.split(option) if part.strip()} for option in options]
    return all(len(one) > 1 for one in lists) and all(
        any(one & other for other in lists if other is not one) for one in lists
    )


RULES: tuple[LintRule, ...] = (
    warning("implausible-distractor", "Offer what is of the key’s kind, unit and size.", wrong_options_are_plausible),
    error("none-of-the-above", "Take out “none of the above”.", no_none_of_the_above),
    error("all-of-the-above", "Take out “all of the above”.", no_all_of_the_above),
    warning("true-false-series", "Make it a true-or-false question, or offer contents.", no_true_false_series),
    warning("absolute-terms", "Take the absolute word out of the option, or put it into all.", no_absolute_terms),
    warning("vague-terms", "Say how often, or take the vague word out of the option.", no_vague_terms),
    warning("longest-answer", "Shorten the key or lengthen the wrong options.", key_is_not_the_longest),
    warning("lost-sequence", "Let numbers and dates stand in their order.", options_stand_in_order),
    error("more-than-one-correct", "Take out the wrong option that is right too.", one_option_is_right),
    warning("complex-options", "Offer single things, or make it a multiple choice.", options_are_single),
)
