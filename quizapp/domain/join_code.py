"""Codes by which one joins a class: random, short enough to be read out, read forgivingly."""

import unicodedata
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs, 5 bits each: no I, L and O, which are read as 1 and 0; no U, so that fewer words come out."""
LENGTH = 8
_BITS = 5
_GROUP = 4
_LONGEST_TYPED = 300
_LOOK_ALIKES = str.maketrans("OIL", "011")


class CodeLife(StrEnum):
    """How long a code works."""

    DAY = "day"
    TWO_WEEKS = "two weeks"
    SCHOOL_YEAR = "school year"

    @property
    def time(self) -> timedelta:
        """The time from when it is made to when it expires."""
        return timedelta(days={CodeLife.DAY: 1, CodeLife.TWO_WEEKS: 14, CodeLife.SCHOOL_YEAR: 300}[self])


def code_from(secret: str, number: int) -> str:
    """Return one of the codes that follow from a secret: 40 bits that tell nothing of the secret or of each other."""
    bits = int.from_bytes(sha256(f"{secret}\x1f{number}".encode()).digest()) >> (256 - LENGTH * _BITS)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range((LENGTH - 1) * _BITS, -1, -_BITS))


def grouped(code: str) -> str:
    """Write a code as it is shown: K7QM-4XHT."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def read_code(text: str) -> str:
    """Read a code as somebody typed or pasted it, or the link that holds it; empty where it cannot be one.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
    """
    if len(text) > _LONGEST_TYPED:
        return ""
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFKC", last).upper().translate(_LOOK_ALIKES)
    code = "".join(one for one in plain if unicodedata.category(one)[0] not in "CPZ")
    return code if len(code) == LENGTH and all(one in ALPHABET for one in code) else ""
