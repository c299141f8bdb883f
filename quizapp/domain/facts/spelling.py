"""Is what was typed the same word: folding case, accents, punctuation, variants and number words; finding near misses.

Texts are compared by their folded form. It is made for finding what is the same, not for showing: everything that a
person who marks an answer would overlook is dropped from it.
"""

import re
import unicodedata
from functools import lru_cache

from quizapp.domain.facts.quantities import number_in_words

_LETTERS = str.maketrans(
    {"ə": "a", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼʻʾʿ`´′՚＇", "'"))
_LAST_CLASS_OF_LETTER_PARTS = 9  # nuktas, voicing marks and viramas make another letter; accents come above
_OPENINGS = ("the ", "a ", "an ", "mr ", "mrs ", "ms ")
_GROUPED_DIGITS = re.compile(r"(?<=\d)[,\s](?=\d{3}\b)")
_VARIANTS = (
    (r"\bpractis", "practic"),
    (r"(?<=\w{3})is(e|ed|er|ers|es|ing|ation|ations)\b", r"iz\1"),
    (r"(?<=\w{3})ys(e|ed|er|ers|es|ing)\b", r"yz\1"),
    (r"\b(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|parl|rum|vap|vig)our", r"\1or"),
    (r"(cent|fib|lit|lust|met|mit|sab|spect|theat)re(s?)\b", r"\1er\2"),
    (r"\b(def|off|lic|pret)ence", r"\1ense"),
    (r"\b(cance|counse|fue|labe|mode|sett|signa|trave)ll(ed|er|ers|ing)\b", r"\1l\2"),
    (r"\bprogramme", "program"),
    (r"\bgrey", "gray"),
    (r"\btonne", "ton"),
)
_SPELLING_VARIANTS = tuple((re.compile(pattern), become) for pattern, become in _VARIANTS)
_ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th", "twelfth": "12th",
}  # fmt: skip
_MULTIPLES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_LONGEST_NUMBER = 8  # words
_WORDS_APART = frozenset(
    {"iran", "iraq", "oman", "oran", "mali", "bali", "gambia", "zambia", "iceland", "ireland", "slovakia", "slovenia",
     "russia", "prussia"}
)  # fmt: skip
SHORTEST_WITH_ONE_SLIP, SHORTEST_WITH_TWO_SLIPS = 4, 8
MAX_LENGTH = 200


def same_words(typed: str, wanted: str) -> bool:
    """Say whether two texts are the same but for case, accents, punctuation, articles, variants and number words."""
    return folded_words(typed) == folded_words(wanted)


@lru_cache(maxsize=8_192)
def folded_words(text: str) -> str:
    """Bring a typed answer to the form in which answers are compared: "The U.N." and "un" are the same."""
    text = _plain_letters(text[:MAX_LENGTH])[:MAX_LENGTH]
    text = _GROUPED_DIGITS.sub("", text)
    text = re.sub(r"(?<=\d)'s\b", "s", text)  # the 1990's are the 1990s
    text = re.sub(r"'s\b|'", "", text).replace("&", " and ")
    text = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in text)
    text = " ".join(re.sub(r"(?<=\d)(?=million|billion|thousand)", " ", text).split())
    for opening in _OPENINGS:
        text = text.removeprefix(opening)
    for pattern, become in _SPELLING_VARIANTS:
        text = pattern.sub(become, text)
    text = _number_words_as_digits(text)
    return re.sub(r"(?<!\d) | (?!\d)", "", text)  # "cease-fire", "cease fire" and "ceasefire"; but not "10 5" and "105"


def is_near_miss(typed: str, wanted: str) -> bool:
    """Say whether two texts differ by a slip of the pen: one if both have four letters or more, two if eight or more.

    A number that is off by a digit is another number, and Iran is no slip for Iraq. Of two slips none is in the first
    letter, which people get right: there it makes another word (north and south).
    """
    left, right = folded_words(typed), folded_words(wanted)
    if left == right or any(one.isnumeric() for one in left + right) or {left, right} <= _WORDS_APART:
        return False
    shorter = min(len(left), len(right))
    allowed = (shorter >= SHORTEST_WITH_ONE_SLIP) + (shorter >= SHORTEST_WITH_TWO_SLIPS)
    found = slips(left, right, allowed)
    return found <= allowed and (found < 2 or left[0] == right[0])


def slips(left: str, right: str, limit: int) -> int:
    """Count the letters to add, drop, change or swap to get from one word to the other; above `limit`, `limit` + 1.

    Optimal string alignment distance (a restricted Damerau-Levenshtein distance).
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _plain_letters(text: str) -> str:
    """Write in small letters without accents; what makes another letter (が and か) stays."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if unicodedata.combining(one) <= _LAST_CLASS_OF_LETTER_PARTS).translate(
        _LETTERS
    )


def _number_words_as_digits(text: str) -> str:
    """Turn number words into digits: "ten thousand troops" and "10 thousand troops", "World War Two"."""
    words, found = text.split(), list[str]()
    while words:
        number, length = _number_at_start(words)
        found.append(_ORDINALS.get(words[0], words[0]) if number is None else str(number))
        words = words[length:]
    return " ".join(found)


def _number_at_start(words: list[str]) -> tuple[int | None, int]:
    """Return the number that the longest run of words at the start makes, and how many words that is."""
    if words[0].isdecimal() and words[1:] and words[1] in _MULTIPLES:
        return int(words[0]) * _MULTIPLES[words[1]], 2
    for length in range(min(len(words), _LONGEST_NUMBER), 0, -1):
        number = None if "and" in (words[0], words[length - 1]) else number_in_words(" ".join(words[:length]))
        if number is not None:
            return number, length
    return None, 1
