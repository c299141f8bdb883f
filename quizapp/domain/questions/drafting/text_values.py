"""Values of one kind in a stored text: what a wrong option may be borrowed from where the bank's facts have too few."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizapp.domain.facts.fact import MONTHS, WEEKDAYS, Fact, FactKind, Value, make_value
from quizapp.domain.facts.passage import paragraphs_of
from quizapp.domain.facts.quantities import SCALES, SMALL_NUMBER_WORDS, parse_quantity, split_hedge
from quizapp.domain.facts.value_guess import is_date, is_name, name_kind
from quizapp.domain.questions.bank_lint.reading import content_words
from quizapp.domain.questions.recipes.distractors import same_or_within

SAYS_THE_SAME = 0.75
"""The share of a line's telling words that a sentence has which says the same with another value."""
ELSEWHERE = "in-the-text-"
"""How the ids of facts begin that stand for a value found in the text."""
_MOST = 60
_SNIPPET = 7
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]+)*(?:[.!?][”’\"]?|\n|$)")
_NUMBERS = "|".join(
    (*SMALL_NUMBER_WORDS[2:], "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
)
_A_NUMBER = rf"(?:[$€£]?\d[\d,]*(?:\.\d+)?|(?:{_NUMBERS})(?:-[a-z]+)?)(?:\s(?:{'|'.join(SCALES)}))?"
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*(?:\s(?:(?:of|the|de|van|von|al)\s)*[A-ZÀ-Þ][\w’'-]*)*")
_NEVER_A_NAME = frozenset(
    {*MONTHS, *WEEKDAYS, "I", "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We"}
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DATES = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}(?: \d{{1,2}})?(?:,? \d{{4}})?|{'|'.join(WEEKDAYS)}|1\d\d\ds?"
    r"|20\d\ds?"
    r"|(?:spring|summer|autumn|winter) \d{4}|\d{1,2}(?:st|nd|rd|th) century)\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a stored text: its words, its paragraph, and its place."""

    text: str
    paragraph: int
    start: int
    end: int


@lru_cache(maxsize=16)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Cut a stored text into sentences."""
    return tuple(
        Sentence(found[0].strip(), one.number, one.start + found.start(), one.start + found.end())
        for one in paragraphs_of(text)
        for found in _SENTENCE.finditer(one.text)
        if found[0].strip()
    )


@dataclass(frozen=True, slots=True)
class InText:
    """Values of a fact's kind in the text, each as a fact of its own: what may be borrowed, and what may not.

    `same` are those with which the text says what the line says, so that they may be right too; `beside` stand in the
    passage itself.
    """

    usable: tuple[Fact, ...] = ()
    same: tuple[Fact, ...] = ()
    beside: tuple[Fact, ...] = ()


def found_in_text(fact: Fact, text: str) -> InText:
    """Find the values in the stored text that are comparable with that of a fact."""
    value = fact.value
    if value is None or not text:
        return InText()
    frame = content_words(fact.with_value(""))
    hedge = value.quantity.hedge if value.quantity else ""
    found: dict[str, dict[str, Fact]] = {"usable": {}, "same": {}, "beside": {}}
    for number, sentence in enumerate(sentences_of(text)):
        for words in _values_in(sentence, fact, value, text):
            hedged = f"{hedge} {split_hedge(words)[1]}" if hedge else words
            other = make_value(fact.kind, hedged, quantity=parse_quantity(hedged) if value.quantity else None)
            if same_or_within(value, other):
                continue
            within = fact.passage and sentence.start < fact.passage.end and fact.passage.start < sentence.end
            where = "beside" if within else "same" if says_the_same(frame, sentence.text) else "usable"
            found[where].setdefault(
                words, _as_fact(fact, other, words, sentence, f"{number}-{len(found[where])}-{where}")
            )
        if len(found["usable"]) >= _MOST:
            break
    barred = {*found["same"], *found["beside"]}
    usable = tuple(one for words, one in found["usable"].items() if words not in barred)
    return InText(usable, tuple(found["same"].values()), tuple(found["beside"].values()))


def says_the_same(frame: frozenset[str], sentence: str) -> bool:
    """Say whether a sentence has the telling words of a line without its value."""
    return bool(frame) and len(frame & content_words(sentence)) >= SAYS_THE_SAME * len(frame)


def _values_in(sentence: Sentence, fact: Fact, value: Value, text: str) -> Iterator[str]:
    if value.quantity is not None:
        unit = value.quantity.unit
        if unit:
            written = re.escape(value.text[-len(unit) :] if value.text.endswith(unit) else "")
            gap = r"\s?" if unit in ("%", "°C", "°F", "°") else r"[\s-]"
            sign = rf"(?={re.escape(value.text[0])})" if value.text[0] in "$€£" else ""
            pattern = rf"{sign}(?<![\w.,])({_A_NUMBER}{gap + written if written else ''})(?!\w)"
            yield from (found[1] for found in re.finditer(pattern, sentence.text) if parse_quantity(found[1]))
    elif fact.kind is FactKind.DATE:
        for found in _DATES.finditer(sentence.text):
            alike = _shape(found[0]) == _shape(value.text) and is_date(found[0], sentence.text)
            if alike and make_value(fact.kind, found[0]).kind == value.kind:
                yield found[0]
    elif is_name(value.text, fact.text, text):
        yield from _names_in(sentence, fact, text)


def _names_in(sentence: Sentence, fact: Fact, text: str) -> Iterator[str]:
    """Find names of the kind of the value; of a kind that cannot be told only those with as many words."""
    value = fact.value.text if fact.value else ""
    for found in _NAME.finditer(sentence.text):
        name = found[0].removeprefix("The ").removesuffix("’s").removesuffix("'s")
        if name in _NEVER_A_NAME or name.split()[0] in _NEVER_A_NAME or not is_name(name, sentence.text, text):
            continue
        kind = name_kind(name, text)
        same = kind is (FactKind.EVENT if fact.kind is FactKind.CLAIM else fact.kind)
        if same and (kind is not FactKind.EVENT or len(name.split()) == len(value.split())):
            yield f"the {name}" if value.startswith("the ") else name


def _shape(date: str) -> str:
    return re.sub(r"\d+", lambda found: f"D{len(found[0]) > 2}", re.sub(_MONTH, "M", date))


def _as_fact(fact: Fact, value: Value, words: str, sentence: Sentence, number: str) -> Fact:
    """Wrap a value so that recipes borrow it as they borrow a fact's; the statement is what it is right for."""
    return Fact(
        id=f"{ELSEWHERE}{number}",
        paragraphs=(sentence.paragraph,),
        statement=f"Elsewhere the text has this: “{_snippet(words, sentence.text)}”.",
        topic=fact.topic,
        kind=fact.kind,
        value=value,
        relation=fact.relation,
    )


def _snippet(words: str, sentence: str) -> str:
    """Quote a value with the words around it, seven at most, word for word."""
    clean = re.split(r"[“”\"]", sentence)
    part = next((one for one in clean if words.removeprefix("the ") in one), words)
    before, _, after = part.partition(words.removeprefix("the "))
    room = max(_SNIPPET - len(words.split()), 0)
    tail = re.findall(r"\S+", after if not after or after[0].isspace() else "")[: (room + 1) // 2]
    head = before.split()[-(room - len(tail)) :] if room - len(tail) > 0 else []
    if before and not before[-1].isspace():
        head = []
    return " ".join([*head, words.removeprefix("the "), *tail]).rstrip(".,;:!?")
