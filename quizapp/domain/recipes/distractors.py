"""Wrong options that are right for something else.

In this order until three are found: values of the same relation; values of the same kind (type, unit, date
granularity); for dates a closed set (neighbouring months, weekdays, years); for numbers a variant of the same
precision. Each says why it is wrong and, when it was borrowed, what it is right for.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from quizapp.domain.facts import MONTHS, WEEKDAYS, Fact, Status, Value
from quizapp.domain.facts_file import FactBase
from quizapp.domain.quantities import SMALL_NUMBER_WORDS, fold, format_number
from quizapp.domain.question_types.question_type import Distractor
from quizapp.domain.recipes.recipe import says_who
from quizapp.domain.seeded_order import SeededOrder

WANTED = 3
ENOUGH = 2
MIN_RATIO, MAX_RATIO = 0.4, 2.5
NOT_IN_FACTS = "None of the facts kept from the article has this value."

_RATIOS = tuple(Decimal(ratio) for ratio in ("0.5", "2", "1.5", "0.75", "3", "1.25", "2.5", "0.4"))


def borrowed_facts(fact: Fact, base: FactBase, order: SeededOrder) -> list[Fact]:
    """List the facts whose value may stand as a wrong option for `fact`, the best first, no value twice."""
    usable = [other for other in base.facts if _may_stand_in(fact, other)]
    ranked = order.of(usable, name=lambda other: other.id)
    ranked.sort(key=lambda other: (other.relation != fact.relation, not other.group or other.group != fact.group))
    chosen: list[Fact] = []
    for other in ranked:
        if not any(_same_or_within(other.value, earlier.value) for earlier in chosen):
            chosen.append(other)
    return chosen


def value_distractors(fact: Fact, base: FactBase, order: SeededOrder) -> list[Distractor]:
    """Return up to three wrong options for the value of `fact`; fewer than two means: do not ask it this way."""
    borrowed = [
        Distractor(other.value.text, borrowed_reason(other, base), other.id)
        for other in borrowed_facts(fact, base, order)[:WANTED]
        if other.value
    ]
    missing = WANTED - len(borrowed)
    invented = _invented(fact, base, order, [one.text for one in borrowed])
    return borrowed + [Distractor(text, NOT_IN_FACTS) for text in invented[:missing]]


def borrowed_reason(other: Fact, base: FactBase) -> str:
    """Say what a borrowed value is right for, by whose word, and where that stands."""
    sentence = says_who(other, base.speaker_of(other), other.value.text if other.value else "")
    return f"{sentence.removesuffix('.')} ({other.place.lower()})."


def place_in_order(value: str) -> tuple[int, Decimal] | None:
    """Return a sort key for options that have an order of their own (numbers, years, months, weekdays), else None."""
    for rank, names in enumerate((MONTHS, WEEKDAYS)):
        for number, name in enumerate(names):
            if re.search(rf"\b{name}\b", value):
                return rank, Decimal(number)
    year = re.fullmatch(r"(?:the end of )?(\d{4})", value)
    return (2, Decimal(year[1])) if year else None


def _may_stand_in(fact: Fact, other: Fact) -> bool:
    if other.id == fact.id or other.value is None or fact.value is None:
        return False
    if other.id in fact.not_with or fact.id in other.not_with or other.status is Status.CONTRADICTED:
        return False
    if other.value.kind != fact.value.kind or (fact.value.kind == "phrase" and other.relation != fact.relation):
        return False
    return not _same_or_within(fact.value, other.value) and not _gives_away(fact, other.value)


def _gives_away(fact: Fact, value: Value) -> bool:
    """Say whether `value` stands in the statement anyway, or is out of proportion to the key."""
    key = fact.value.text if fact.value else ""
    ratio = len(value.text) / len(key)
    in_proportion = value.quantity is not None or MIN_RATIO <= ratio <= MAX_RATIO
    rest = fact.with_value("")
    return not in_proportion or any(_holds_words(rest, spelling) for spelling in value.spellings)


def _same_or_within(left: Value | None, right: Value | None) -> bool:
    if left is None or right is None:
        return False
    if left.quantity and right.quantity:
        return left.quantity.number == right.quantity.number
    return any(
        _holds_words(one, other) or _holds_words(other, one) for one in left.spellings for other in right.spellings
    )


def _holds_words(text: str, words: str) -> bool:
    wanted = re.escape(fold(words).removeprefix("the "))
    return re.search(rf"(?<!\w){wanted}(?!\w)", fold(text)) is not None


def _invented(fact: Fact, base: FactBase, order: SeededOrder, taken: Sequence[str]) -> list[str]:
    """List values the facts do not hold, like the key in form, so chosen that the key's rank among all is even."""
    value = fact.value
    if value is None:
        return []
    known = [other.value for other in base.facts if other.value]
    texts = _variants(value, order) if value.quantity else _neighbours(value.text, order)
    fresh = [text for text in texts if text not in taken and not any(_is_known(text, other, value) for other in known)]
    return _even_rank(fact, fresh, taken, order)


def _is_known(text: str, other: Value, like: Value) -> bool:
    if other.kind == like.kind and other.quantity and like.quantity:
        return fold(text) == fold(other.text) or _number_in(text) == other.quantity.number / other.quantity.scale
    return fold(text) in map(fold, other.spellings)


def _number_in(text: str) -> Decimal | None:
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return Decimal(digits[0].replace(",", "")) if digits else None


def _variants(value: Value, order: SeededOrder) -> list[str]:
    """Scale the number in the words of a value, keeping hedge, unit and precision."""
    quantity = value.quantity
    if quantity is None:
        return []
    shown = quantity.number / quantity.scale
    numbers = (shown * ratio for ratio in order.within("variants").of(_RATIOS))
    whole = shown == shown.to_integral_value()
    precise = len(shown.normalize().as_tuple().digits)
    kept = [
        number
        for number in numbers
        if not whole or (number == number.to_integral_value() and _digits(number) <= max(precise, 1) + 1)
    ]
    return [text for text in (_rewritten(value.text, shown, number) for number in kept if number > 1) if text]


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _rewritten(text: str, old: Decimal, new: Decimal) -> str | None:
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    if digits:
        return text[: digits.start()] + format_number(new) + text[digits.end() :]
    if old < len(SMALL_NUMBER_WORDS) and new < len(SMALL_NUMBER_WORDS) and new == new.to_integral_value():
        pattern = rf"\b{SMALL_NUMBER_WORDS[int(old)]}\b"
        rewritten, count = re.subn(pattern, SMALL_NUMBER_WORDS[int(new)], text, count=1)
        return rewritten if count else None
    return None


def _neighbours(text: str, order: SeededOrder) -> list[str]:
    """Put another month, weekday or near year in the place of the one in `text`."""
    for names in (MONTHS, WEEKDAYS):
        for name in names:
            if re.search(rf"\b{name}\b", text):
                others = (other for other in order.within("names").of(names) if other != name)
                return [text.replace(name, other) for other in others]
    year = re.search(r"\b(1[89]|20)\d{2}\b", text)
    if year is None:
        return []
    near = (int(year[0]) + step for step in order.within("years").of((-3, -2, -1, 1, 2, 3)))
    return [text.replace(year[0], str(other)) for other in near]


def _even_rank(fact: Fact, fresh: Sequence[str], taken: Sequence[str], order: SeededOrder) -> list[str]:
    """Choose among `fresh` so that over many facts the key stands equally often at each place."""
    key = fact.value.text if fact.value else ""
    size = len(taken) + min(len(fresh), WANTED - len(taken))
    wanted_below = order.number("rank", size + 1) - sum(_below(text, key) for text in taken)
    below = [text for text in fresh if _below(text, key)]
    above = [text for text in fresh if not _below(text, key)]
    below_count = min(max(wanted_below, 0), len(below), WANTED - len(taken))
    return [*below[:below_count], *above, *below[below_count:]]


def _below(text: str, key: str) -> bool:
    return option_order(text) < option_order(key)


def option_order(text: str) -> tuple[int, Decimal]:
    """Sort key of an option that may hold a date or a number; texts without either come last."""
    return place_in_order(text) or (3, _number_in(text) or _word_number(text))


def _word_number(text: str) -> Decimal:
    for number, word in enumerate(SMALL_NUMBER_WORDS):
        if re.search(rf"\b{word}\b", text):
            return Decimal(number)
    return Decimal(-1)
