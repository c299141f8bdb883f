"""Names of people and classes as pages show them: one line, without anything that nobody can see."""

import unicodedata

from quizapp.domain.facts.blank import is_blank

LONGEST_CLASS_NAME = 120
LONGEST_MEMBER_NAME = 100
_JOINERS = "\u200c\u200d"
"""Formatting characters that the spelling of some languages needs."""


def tidy_name(text: str) -> str:
    """Return a name as it is stored: one line, single spaces, letters composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_key(name: str) -> str:
    """Return what two names are compared by: case and width of letters tell no two people apart."""
    return unicodedata.normalize("NFKC", tidy_name(name)).casefold()


def name_problem(text: str, longest: int) -> str:
    """Say what keeps a text from being a name, in a sentence without its subject; empty where it is one."""
    name = tidy_name(text)
    if any(_is_hidden(one) for one in name):
        return "holds a character that cannot be seen. Type it anew."
    if is_blank(name):
        return "is empty."
    if len(name) > longest:
        return f"is longer than {longest} characters."
    return ""


def _is_hidden(one: str) -> bool:
    """Say whether a character is a control, half of a pair, turns the writing round or is drawn as nothing."""
    if unicodedata.category(one) in ("Cc", "Cs", "Cf", "Co", "Cn"):
        return one not in _JOINERS
    return unicodedata.category(one)[0] == "L" and is_blank(one)
