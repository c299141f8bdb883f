"""Is what was typed the same word: folding case, accents, punctuation and number words, and finding near misses."""

import re
import unicodedata
from functools import lru_cache

from quizapp.domain.facts.quantities import number_in_words

_LETTERS = str.maketrans(
    {
        "ə": "a",
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "’": "'",
        "&": " and ",
    }
)
_ARTICLES = ("the ", "a ", "an ")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_GROUPED_DIGITS = re.compile(r"(?<=\d)[,\s](?=\d{3}\b)")
SHORTEST_WITH_ONE_SLIP, SHORTEST_WITH_TWO_SLIPS = 4, 8
MAX_LENGTH = 200


def same_words(typed: str, wanted: str) -> bool:
    """Say whether two texts are the same but for case, accents, punctuation, articles and number words."""
    return folded_words(typed) == folded_words(wanted)


@lru_cache(maxsize=8_192)
def folded_words(text: str) -> str:
    """Bring a typed answer to the form in which answers are compared: "The U.N." and "un" are the same."""
    text = text[:MAX_LENGTH].casefold()
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text).translate(_LETTERS)
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    text = _GROUPED_DIGITS.sub("", text)
    text = re.sub(r"'s\b|'", "", text)
    text = " ".join(re.sub(r"[^\w]+|_", " ", text).split())
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return _number_words_as_digits(text)


def is_near_miss(typed: str, wanted: str) -> bool:
    """Say whether `typed` is `wanted` with a slip of the pen: one for four letters or more, two for eight or more."""
    left, right = folded_words(typed), folded_words(wanted)
    if left == right or any(character.isdigit() for character in left + right):
        return False  # a number that is off by a digit is another number
    allowed = (len(right) >= SHORTEST_WITH_ONE_SLIP) + (len(right) >= SHORTEST_WITH_TWO_SLIPS)
    return slips(left, right, allowed) <= allowed


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
    return row[-1]


def _number_words_as_digits(text: str) -> str:
    """Turn the longest number words at the start of the text into digits: "ten thousand troops", "5 months"."""
    words = text.split()
    for length in range(min(len(words), 8), 0, -1):
        number = number_in_words(" ".join(words[:length]))
        if number is not None:
            return " ".join([str(number), *words[length:]])
    return text
