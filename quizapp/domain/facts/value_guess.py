"""What kind of thing the words of a value are, guessed from their form and from what stands around them."""

import re
from functools import lru_cache

from quizapp.domain.facts.fact import MONTHS, WEEKDAYS, FactKind, Value, make_value
from quizapp.domain.facts.quantities import parse_quantity

_TITLES = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|King|Queen|Prince|Princess|Duke|Duchess|Emperor|Empress|Count|Countess|Mayor|General"
    r"|President|Professor|Judge|Justice|Captain|Pope|Saint)"
)
_PLACE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "Avenue Bay Bridge Canal City County Desert Forest Gulf Harbour Island Islands Isle Lake Mount "
        "Mountain Mountains Ocean Park River Road Sea Square Station Strait Street Valley",
    )
)
_ORGANISATION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "Academy Agency Association Authority Bank Board Bureau Church Club Commission Committee Company "
        "Congress Council Court Department Federation Foundation Government Group Inc Institute League "
        "Ltd Ministry Museum Office Parliament Party Police Senate Society Union University",
    )
)
_AT_A_PLACE = r"(?:in|at|near|into|across|through|outside|around|towards|via)"
_DOES = (
    r"(?:said|says|wrote|writes|told|tells|argued|argues|was born|died|married|discovered|invented|painted|composed"
    r"|signed|proposed|proposes|played|won|ruled|led|argues|thought|believed|designed|showed)"
)
_JOINERS = frozenset({"of", "the", "de", "da", "del", "la", "le", "van", "von", "der", "al", "and", "for", "y", "on"})
_YEAR = re.compile(r"(1\d|20)\d\d")
_MONTH_NAMES = "|".join(MONTHS)
_DATE = re.compile(
    rf"(?:(?:early|late|mid)[- ])?(?:(?:{'|'.join(WEEKDAYS)}),? )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?:{_MONTH_NAMES})(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?"
)
_ALONE = re.compile(rf"(?:{_MONTH_NAMES}|{'|'.join(WEEKDAYS)})")
_LONG = re.compile(
    r"(?:the )?(?:(?:early|late|mid)[- ])?(?:the )?(?:\d{4}s|(?:spring|summer|autumn|winter)(?: of)? \d{4}"
    r"|(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+th) century)"
)
_WHEN = r"(?:in|on|since|until|till|by|from|during|before|after|of|to|around|about|between|and|early|late|last|next)"


def value_of_words(words: str, line: str, text: str = "") -> tuple[FactKind, Value]:
    """Type the words of a value that stand in a line: what kind of fact they make, and what they compare with.

    Words whose kind cannot be told are a phrase. `text` is the source's own, which tells names from first words.
    """
    kind = _kind(words, line, text)
    quantity = parse_quantity(words) if kind is FactKind.QUANTITY else None
    return kind, make_value(kind, words, quantity=quantity)


def _kind(words: str, line: str, text: str) -> FactKind:
    if is_date(words, line):
        return FactKind.DATE
    if parse_quantity(words) is not None:
        return FactKind.QUANTITY
    return name_kind(words, f"{line}\n{text}") if is_name(words, line, text) else FactKind.EVENT


def is_date(words: str, line: str) -> bool:
    """Say whether the words are a date; a year or a month alone only after a word that a date follows."""
    if _YEAR.fullmatch(words) or _ALONE.fullmatch(words):
        return bool(re.search(rf"\b{_WHEN}\s+(?:the\s+)?{re.escape(words)}\b", line, re.I))
    return bool(_DATE.fullmatch(words) or _LONG.fullmatch(words))


def is_name(words: str, line: str, text: str = "") -> bool:
    """Say whether the words are a name: each with a capital, which is not only that of a sentence's first word."""
    parts = words.removeprefix("the ").removeprefix("The ").split()
    if not parts or not all(part[0].isupper() or part[0].isdigit() or part in _JOINERS for part in parts):
        return False
    if not parts[0][0].isupper() or not parts[-1][0].isupper():
        return False
    telling = [part for part in parts if part not in _JOINERS]
    if not line.startswith(words) or (len(telling) > 1 and all(part[0].isupper() for part in telling)):
        return True
    return stands_inside(parts[0], text) or parts[0].isupper()


def stands_inside(word: str, text: str) -> bool:
    """Say whether a text has the word, as it is written, where no sentence begins."""
    return bool(re.search(rf"[^\W\d_][,;’'”)]?\s+[“(]?{re.escape(word)}\b", text))


@lru_cache(maxsize=4_096)
def name_kind(name: str, text: str) -> FactKind:
    """Say whether a name is that of a person, a place or an organisation, by its words and by where it stands.

    FactKind.EVENT where that cannot be told.
    """
    bare = re.sub(r"^the ", "", name, flags=re.I)
    parts = bare.split()
    if {parts[0], parts[-1]} & _ORGANISATION_WORDS:
        return FactKind.ORGANISATION
    if {parts[0], parts[-1]} & _PLACE_WORDS:
        return FactKind.PLACE
    pattern = re.escape(bare)
    if re.match(rf"{_TITLES}\b", bare) or re.search(rf"\b{_TITLES}\.? {pattern}\b|\b{pattern},? {_DOES}\b", text):
        return FactKind.PERSON
    found = len(re.findall(rf"\b{pattern}\b", text))
    at_a_place = len(re.findall(rf"\b{_AT_A_PLACE} (?:the )?{pattern}\b", text, re.I))
    after_by = re.search(rf"\b(by|with) {pattern}\b", text)
    if at_a_place and 3 * at_a_place >= 2 * found and not after_by and not bare.isupper():
        return FactKind.PLACE
    has_article = re.search(rf"\b(the|a|an) {pattern}\b", text, re.I)
    several = 2 <= len(parts) <= 4 and all(part[0].isupper() or part in _JOINERS for part in parts)
    return FactKind.PERSON if several and not has_article and bare == name else FactKind.EVENT
