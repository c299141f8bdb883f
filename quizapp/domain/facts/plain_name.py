"""A name of small letters and hyphens, made from any words."""

import re
import unicodedata
from hashlib import sha256

_MAX_PLAIN_NAME = 60
_LETTERS = str.maketrans({"ı": "i", "ə": "a", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe"})


def plain_name(text: str) -> str:
    """Make a name of plain small letters and hyphens from any words; words without such letters get a number."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = [one for one in folded if not unicodedata.combining(one)]
    plain = re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-")
    if plain and len(plain) <= _MAX_PLAIN_NAME and all(one.isascii() for one in letters if one.isalnum()):
        return plain
    number = sha256(folded.encode()).hexdigest()[:10]
    return f"{plain[:_MAX_PLAIN_NAME].strip('-')}-{number}".strip("-")
