"""Values of our own making that look like a given one: other numbers, months, weekdays, seasons, decades and years."""

import re
from decimal import Decimal

from quizapp.domain.facts.fact import MONTHS, WEEKDAYS, Value
from quizapp.domain.facts.quantities import SMALL_NUMBER_WORDS, format_number
from quizapp.domain.seeded_order import SeededOrder

SEASONS = ("spring", "summer", "autumn", "winter")
DECADE = re.compile(r"\b(early|late) (\d{3}0)s\b")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

_YEAR = re.compile(r"\b(1[89]|20)\d{2}\b")
_RATIOS = tuple(map(Decimal, ("0.4", "0.6", "0.7", "1.3", "1.6", "2.2", "2.7")))


def number_variants(value: Value, order: SeededOrder) -> list[str]:
    """Write the value with other numbers a person might have picked: as precise, as round, a third to three times it.

    44 becomes 31 or 57, 360 becomes 260 or 470, 10,000 becomes 5,000 or 15,000: hedge, unit and form stay.
    """
    if value.quantity is None:
        return []
    shown = value.quantity.number / value.quantity.scale
    texts = [_rewritten(value.text, shown, number) for number in near_numbers(shown) if number > 1]
    return order.within("variants").of([text for text in texts if text])


def near_numbers(number: Decimal) -> list[Decimal]:
    """List numbers near `number` that have its roundness, the smallest first."""
    _, digits, exponent = number.normalize().as_tuple()
    lead, step = int("".join(map(str, digits))), Decimal(1).scaleb(int(exponent))
    if lead == 1 and step > 1:
        lead, step = 10, step / 10
    found = _around_a_digit(lead) if lead < 10 else _around(lead)
    below = 10 ** len(str(lead)) if lead >= 10 or step > 1 else 20
    return [one * step for one in found if one != lead and one < below]


def _around_a_digit(lead: int) -> list[int]:
    return [one for one in range(lead - 3, lead + 4) if lead <= 3 * one <= 9 * lead]


def _around(lead: int) -> list[int]:
    return sorted({_as_round(lead * ratio, lead) for ratio in _RATIOS})


def _as_round(number: Decimal, like: int) -> int:
    """Round to a multiple of five when `like` is one, else to a whole number that is none."""
    if like % 5 == 0:
        return max(5 * round(number / 5), 5)
    return round(number) + (round(number) % 5 == 0)


def _rewritten(text: str, old: Decimal, new: Decimal) -> str | None:
    digits = NUMBER.search(text)
    if digits:
        return text[: digits.start()] + format_number(new) + text[digits.end() :]
    if max(old, new) >= len(SMALL_NUMBER_WORDS) or new != new.to_integral_value():
        return None
    pattern = rf"\b{SMALL_NUMBER_WORDS[int(old)]}\b"
    rewritten, count = re.subn(pattern, SMALL_NUMBER_WORDS[int(new)], text, count=1)
    return rewritten if count else None


def date_variants(text: str, order: SeededOrder) -> list[str]:
    """Put another month, weekday, season, decade or near year in the place of the one in `text`."""
    for names in (MONTHS, WEEKDAYS, SEASONS):
        for name in names:
            if re.search(rf"\b{name}\b", text):
                others = (other for other in order.within("names").of(names) if other != name)
                return [text.replace(name, other) for other in others]
    decade, year = DECADE.search(text), _YEAR.search(text)
    if decade:
        return [text.replace(decade[0], other) for other in _other_decades(decade, order)]
    if year is None:
        return []
    near = (int(year[0]) + step for step in order.within("years").of((-3, -2, -1, 1, 2, 3)))
    return [text.replace(year[0], str(other)) for other in near]


def _other_decades(decade: re.Match[str], order: SeededOrder) -> list[str]:
    """Name the other half of a decade and both halves of a neighbour, so that no option shares more than the others."""
    half, start = decade[1], int(decade[2])
    other_half = "late" if half == "early" else "early"
    neighbour = start + 10 * (1 if order.number("decades", 2) else -1)
    return [f"{other_half} {start}s", f"{half} {neighbour}s", f"{other_half} {neighbour}s"]
