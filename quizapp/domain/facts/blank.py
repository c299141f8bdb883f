"""Whether a text shows anything at all: spaces, joiners, fillers and marks without a letter do not."""

import unicodedata

_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their category that are drawn as nothing."""


def is_blank(text: str) -> bool:
    """Say whether nobody could see anything of `text`."""
    return all(one in _FILLERS or unicodedata.category(one)[0] in "CZM" for one in text)
