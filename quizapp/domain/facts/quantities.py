"""Numbers as people write them: hedges, digits in any grouping, words, scale words and units.

`parse_quantity` reads the value of a fact ("nearly five months", "some $360 million"); `read_number` reads what a
learner types. Both are built on the same number grammar, so what an article may say a learner may type.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

HEDGES = (
    "more than", "less than", "at least", "at most", "close to", "up to", "nearly", "almost", "about", "around",
    "roughly", "approximately", "over", "under", "some", "an estimated", "just over", "just under",
)  # fmt: skip

SMALL_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_SMALL = {word: number for number, word in enumerate(SMALL_NUMBER_WORDS)}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12, "dozens": 12, "hundred": 100, "thousand": 1_000, "k": 1_000,
    "million": 1_000_000, "m": 1_000_000, "mn": 1_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
_MULTIPLES = ("hundred", "dozen", "thousand", "million", "billion")
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "₺": "liras", "₼": "manats"}

_GROUPED = re.compile(r"\d{1,3}(?:[,\s'’]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(rf"[-+−]?(?:{_GROUPED.pattern}|{_PLAIN.pattern})")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|\d+,\d{1,2}|\d+,\d{4,}")
MAX_LENGTH = 200
MAX_DIGITS = 18


class NotANumber(ValueError):
    """The text is not one number that can be read without guessing; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its hedge and unit: "nearly five months" is Quantity(5, "months", "nearly", 1).

    `scale` is the scale word the number was written with (1,000,000 in "$360 million"), so that the same words can
    be offered as the unit when a learner types the number.
    """

    number: Decimal
    unit: str = ""
    hedge: str = ""
    scale: int = 1


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Bring `text` to one form for comparing: compatibility digits, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("−", "-").split())


def number_in_words(text: str) -> int | None:
    """Read an English cardinal ("ten thousand", "three hundred and sixty million"); None when it is not one."""
    words = [word for word in re.split(r"[\s-]+", text) if word and word != "and"]
    if words[:1] in (["a"], ["an"]) and words[1:2] and words[1] in _MULTIPLES:
        words = ["one", *words[1:]]
    if not words or words == ["zero"]:
        return 0 if words else None
    total, group, smallest_scale = 0, 0, 10**12
    for word in words:
        if word in _MULTIPLES[:2] and group < 100:
            group = max(group, 1) * SCALES[word]
        elif word in _MULTIPLES[2:] and SCALES[word] < smallest_scale and (group or not total):
            smallest_scale = SCALES[word]
            total += max(group, 1) * smallest_scale
            group = 0
        elif _goes_on(group, word):
            group += _SMALL.get(word, 0) or _TENS[word]
        else:
            return None
    return total + group


def _goes_on(group: int, word: str) -> bool:
    """Whether `word` can be added to the hundreds and tens before it: "five" can to "forty", not to "ten"."""
    if word in _TENS:
        return group % 100 == 0
    room = 20 if group % 100 == 0 else 10
    return 0 < _SMALL.get(word, 0) < room and (group % 100 == 0 or group % 100 in _TENS.values())


def split_hedge(text: str) -> tuple[str, str]:
    """Cut a leading hedge off: "nearly five months" gives ("nearly", "five months")."""
    for hedge in sorted(HEDGES, key=len, reverse=True):
        if text.lower().startswith(hedge + " "):
            return text[: len(hedge)].lower(), text[len(hedge) :].strip()
    return "", text


def parse_quantity(text: str) -> Quantity | None:
    """Read the value of a fact; None when it does not begin with a number (after its hedge)."""
    hedge, rest = split_hedge(" ".join(text.split()))
    currency = _CURRENCIES.get(rest[:1], "")
    rest = rest[1:] if currency else rest
    digits = re.match(rf"({_NUMBER.pattern})(?:[\s-]+|(?=[%°])|$)(.*)", rest)
    if digits:
        number = Decimal(re.sub(r"[,\s'’]", "", digits[1]).replace("−", "-"))
        scale, unit = _leading_scale(digits[2])
        return Quantity(number * scale, currency or unit, hedge, scale)
    return _parse_words(rest, hedge)


def _parse_words(text: str, hedge: str) -> Quantity | None:
    words = text.split()
    for length in range(len(words), 0, -1):
        candidate = " ".join(words[:length]).lower()
        number = number_in_words(candidate)
        if number is not None and (length > 1 or candidate not in ("a", "an")):
            return Quantity(Decimal(number), " ".join(words[length:]), hedge)
    return None


def _leading_scale(text: str) -> tuple[int, str]:
    first, _, rest = text.partition(" ")
    if first.lower() in ("hundred", "thousand", "million", "billion"):
        return SCALES[first.lower()], rest
    return 1, text


def read_number(text: str, *, units: tuple[str, ...] = ()) -> Decimal:
    """Read the one number a person typed, with or without hedge, currency sign, scale word and any of `units`.

    Raises NotANumber, whose message tells the learner what to write, when the text is no number, names another
    unit, or could mean two numbers ("10.000").
    """
    folded = fold(text)
    if len(folded) > MAX_LENGTH:
        raise NotANumber("That is too long for a number. Write only the number.")
    _, rest = split_hedge(folded)
    rest = rest.lstrip("~≈ ").strip(".!? ")
    for sign, name in _CURRENCIES.items():
        if sign in rest:
            rest = rest.replace(sign, "").strip()
            _check_unit(name, units)
    digits = re.match(rf"({_NUMBER.pattern}|{_AMBIGUOUS.pattern})\s*-?\s*(.*)$", rest)
    if digits and not _AMBIGUOUS.fullmatch(_whole_number_text(rest)):
        scale, unit = _scale_and_unit(digits[2], units)
        _check_unit(unit, units)
        return _bounded(digits[1]) * scale
    if digits:
        raise NotANumber(
            f"“{_whole_number_text(rest)}” can be read in two ways. "
            "Write 10,000 or 10000 for ten thousand, 1.5 for one and a half."
        )
    return _read_words(rest, units)


def _whole_number_text(text: str) -> str:
    found = re.match(r"[-+]?([\d.,]+)", text)
    return found[1].rstrip(".,") if found else ""


def _scale_and_unit(text: str, units: tuple[str, ...]) -> tuple[int, str]:
    first, _, rest = text.partition(" ")
    if len(first) == 1 and any(unit.startswith(first) and unit.split()[0] not in SCALES for unit in units):
        raise NotANumber(f"“{first}” can be read in two ways. Write the word out.")
    if first in SCALES:
        return SCALES[first], rest
    return 1, text


def _check_unit(unit: str, units: tuple[str, ...]) -> None:
    unit = unit.strip().removeprefix("of ")
    if unit and not any(_same_unit(unit, known) for known in units):
        wanted = f" The answer is counted in {units[0]}." if units else ""
        raise NotANumber(f"“{unit}” is not part of the number.{wanted}")


def _same_unit(left: str, right: str) -> bool:
    return _unit_stem(left) == _unit_stem(right)


def _unit_stem(unit: str) -> str:
    unit = fold(unit).replace("metre", "meter").replace("tonne", "ton").replace("-", " ").removeprefix("us ")
    return unit.removesuffix("s")


def _bounded(digits: str) -> Decimal:
    plain = re.sub(r"[,\s'’]", "", digits)
    if sum(character.isdigit() for character in plain) > MAX_DIGITS:
        raise NotANumber("That number is too long to be the answer.")
    try:
        return Decimal(plain)
    except InvalidOperation as error:  # a digit that Python's decimals do not know
        raise NotANumber("Write the number in digits, such as 40.") from error


def _read_words(text: str, units: tuple[str, ...]) -> Decimal:
    words = text.split()
    for length in range(len(words), 0, -1):
        number = number_in_words(" ".join(words[:length]))
        if number is not None:
            _check_unit(" ".join(words[length:]), units)
            return Decimal(number)
    raise NotANumber("Write a number, in digits or in words, such as 40 or forty.")


def format_number(number: Decimal) -> str:
    """Write a number as the app does everywhere: 10,000 and 57.9."""
    return f"{number.normalize():,f}"
