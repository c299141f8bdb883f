"""Wrong options that are right for something else.

In this order until three are found: values of the same relation; values of the same kind where that alone makes
them comparable (organisations, months, numbers of one unit); for dates a closed set (other months, weekdays, seasons,
years); for numbers a variant of the same precision. Each says why it is wrong and, when it was borrowed, what it is
right for.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from quizapp.domain.facts.fact import MONTHS, WEEKDAYS, Fact, Speaker, Status, Value
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import SMALL_NUMBER_WORDS, fold, parse_quantity
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.recipes.recipe import says_who
from quizapp.domain.questions.recipes.variants import DECADE, NUMBER, SEASONS, date_variants, number_variants
from quizapp.domain.seeded_order import SeededOrder

WANTED = 3
ENOUGH = 2
MIN_RATIO, MAX_RATIO = 0.4, 2.5
NOT_IN_FACTS = "None of the facts taken from the article has this value."

COMPARED_WITHIN_A_RELATION = frozenset({"phrase", "place", "person", "date by words"})
"""Kinds of values that are comparable only where they are values of one relation."""
_HALVES = {"early": 2, "late": 7}


def borrowed_facts(fact: Fact, base: FactBase, order: SeededOrder) -> list[Fact]:
    """List the facts whose value may stand as a wrong option for `fact`, the best first, no value twice."""
    usable = [other for other in base.facts if may_stand_in(fact, other) and not is_of_another_side(fact, other, base)]
    ranked = order.of(usable, name=lambda other: other.id)
    ranked.sort(key=lambda other: (other.relation != fact.relation, not other.group or other.group != fact.group))
    chosen: list[Fact] = []
    for other in ranked:
        if not any(same_or_within(other.value, earlier.value) for earlier in chosen):
            chosen.append(other)
    return chosen


def value_distractors(fact: Fact, base: FactBase, order: SeededOrder) -> list[Distractor]:
    """Return up to three wrong options for the value of `fact`; fewer than two means: do not ask it this way."""
    borrowed = [
        Distractor(other.value.text, borrowed_reason(other, base.speaker_of(other)), other.id)
        for other in _best_borrowed(fact, base, order)
        if other.value
    ]
    missing = WANTED - len(borrowed)
    invented = _invented(fact, base, order, [one.text for one in borrowed])
    return borrowed + [Distractor(text, NOT_IN_FACTS) for text in invented[:missing]]


def _best_borrowed(fact: Fact, base: FactBase, order: SeededOrder) -> list[Fact]:
    """Take three at most; where more dates of one relation could be taken, so that the key has no favourite place."""
    found = borrowed_facts(fact, base, order)
    alike = {other.value.text: other for other in found if other.value and other.relation == fact.relation}
    if len(alike) <= WANTED or any(place_in_order(text) is None for text in alike):
        return found[:WANTED]
    return [alike[text] for text in _even_rank(fact, list(alike), [], order)[:WANTED]]


def asked_the_other_way(fact: Fact, base: FactBase) -> Fact | None:
    """Return the fact that gives what this one asks and asks what this one gives: the host of a city, its city."""

    def answers(one: Fact, other: Fact) -> bool:
        return one.value is not None and any(_holds_words(other.ask, spelling) for spelling in one.value.spellings)

    return next((other for other in base.facts if answers(fact, other) and answers(other, fact)), None)


def borrowed_reason(other: Fact, speaker: Speaker | None) -> str:
    """Say what a borrowed value is right for, by whose word (None: the outlet's own), and where that stands."""
    sentence = says_who(other, speaker, other.value.text if other.value else "")
    return f"{sentence.removesuffix('.')} ({other.place.lower()})."


def place_in_order(value: str) -> tuple[int, Decimal] | None:
    """Return a sort key for dates that have an order (months, weekdays, years, decades, seasons), else None."""
    for rank, names in ((0, MONTHS), (1, WEEKDAYS), (3, SEASONS)):
        for number, name in enumerate(names):
            if re.search(rf"\b{name}\b", value):
                return rank, Decimal(number)
    decade = DECADE.search(value)
    if decade:
        return 2, Decimal(int(decade[2]) + _HALVES[decade[1]])
    year = re.fullmatch(r"(?:the end of )?(\d{4})", value)
    return (2, Decimal(year[1])) if year else None


def may_stand_in(fact: Fact, other: Fact) -> bool:
    """Say whether the value of `other` is a sound wrong option for `fact`: comparable, and not right in part."""
    if other.id == fact.id or other.value is None or fact.value is None:
        return False
    if other.id in fact.not_with or fact.id in other.not_with or other.status is Status.CONTRADICTED:
        return False
    if other.value.kind != fact.value.kind:
        return False
    if fact.value.kind in COMPARED_WITHIN_A_RELATION and other.relation != fact.relation:
        return False
    return not same_or_within(fact.value, other.value) and not gives_away(fact, other.value)


def gives_away(fact: Fact, value: Value) -> bool:
    """Say whether `value` stands in the statement anyway, or is out of proportion to the key."""
    key = fact.value.text if fact.value else ""
    ratio = len(value.text) / len(key)
    has_one_form = value.quantity is not None or value.kind.startswith("date")
    in_proportion = has_one_form or MIN_RATIO <= ratio <= MAX_RATIO
    rest = fact.with_value("")
    return not in_proportion or any(_holds_words(rest, spelling) for spelling in value.spellings)


def is_of_another_side(fact: Fact, other: Fact, base: FactBase) -> bool:
    """Say whether the value of `other` is another side's words: nobody is offered them as what they did not say."""
    return are_words_of_two_sides(base.speaker_of(fact), base.speaker_of(other), other)


def are_words_of_two_sides(one: Speaker | None, two: Speaker | None, other: Fact) -> bool:
    """Say whether the value of `other`, which `two` says, is words of another side than that of `one`."""
    if one is None or two is None or other.value is None or other.value.kind != "phrase":
        return False
    return bool(one.side and two.side) and one.side != two.side


def same_or_within(left: Value | None, right: Value | None) -> bool:
    """Say whether two values are the same, or one stands within the other, under any spelling."""
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
    texts = number_variants(value, order) if value.quantity else date_variants(value.text, order)
    rest = fact.with_value("")
    fresh = [
        text
        for text in texts
        if text not in taken
        and not _holds_words(rest, text)
        and not any(_is_known(text, other, value) for other in known)
    ]
    return _even_rank(fact, fresh, taken, order)


def _is_known(text: str, other: Value, like: Value) -> bool:
    if other.kind == like.kind and other.quantity and like.quantity:
        written = parse_quantity(text)
        return written is not None and written.number == other.quantity.number
    return fold(text) in map(fold, other.spellings)


def _number_in(text: str) -> Decimal | None:
    digits = NUMBER.search(text)
    return Decimal(digits[0].replace(",", "")) if digits else None


def _even_rank(fact: Fact, fresh: Sequence[str], taken: Sequence[str], order: SeededOrder) -> list[str]:
    """Choose among `fresh` so that over many facts the key stands equally often at each place."""
    key = fact.value.text if fact.value else ""
    size = len(taken) + min(len(fresh), WANTED - len(taken))
    wanted_below = order.number("where the key stands", size + 1) - sum(_below(text, key) for text in taken)
    below = [text for text in fresh if _below(text, key)]
    above = [text for text in fresh if not _below(text, key)]
    below_count = min(max(wanted_below, 0), len(below), WANTED - len(taken))
    return [*below[:below_count], *above, *below[below_count:]]


def _below(text: str, key: str) -> bool:
    return option_order(text) < option_order(key)


def option_order(text: str) -> tuple[int, Decimal]:
    """Sort key of an option that may hold a date or a number; texts without either come last."""
    return place_in_order(text) or (4, _number_in(text) or _word_number(text))


def _word_number(text: str) -> Decimal:
    for number, word in enumerate(SMALL_NUMBER_WORDS):
        if re.search(rf"\b{word}\b", text):
            return Decimal(number)
    return Decimal(-1)
