"""A question in words for the value of a line: turned around where that is safe, else asked by the gap in it.

A line is turned around only where it has one verb and a plain subject; what could come out wrong is asked as
“which amount completes the statement: “…”?”, which is always good English.
"""

import re

from quizapp.domain.facts.fact import MARK, WEEKDAYS, Fact, FactKind
from quizapp.domain.facts.value_guess import stands_inside
from quizapp.domain.questions.drafting.verbs import BE_AND_MODALS, FORMS, is_verb, opens_a_predicate, singular

_SMALL = frozenset(
    re.findall(
        r"\w+",
        "the a an each every all most some many several few both two three four five six seven eight nine "
        "ten twenty its his her their our this these those on in at with for since after before during "
        "under over between without according",
    )
)
_CLAUSE = re.compile(
    r"[,;:()“”–—]|\b(that|which|who|whom|whose|where|when|while|after|before|if|because|although|not|never|and)\b"
)
_WITHIN_NAMES = frozenset({"van", "von", "de", "da", "del", "di", "la", "le", "al", "bin", "the"})
_LONGEST_SUBJECT = 8
_PERIODS = frozenset(
    re.findall(
        r"\w+",
        "second seconds minute minutes hour hours day days week weeks month months year years decade "
        "decades century centuries",
    )
)
_COUNTED = re.compile(r"[a-z][a-z ]*s|people|men|women|children|feet")
_MEASURES = re.compile(
    r"[%°$€£]|^per ?cent\b|\b(tons?|tonnes?|(kilo|milli)?grams?|(kilo|centi|milli)?met(er|re)s?|miles?|feet"
    r"|inches|acres?|hectares?|lit(er|re)s?|degrees?|dollars?|euros?|pounds?|liras?|manats?|rent|money|volts?|watts?|kilowatts?)\b",
    re.I,
)
_SUBJECTS = {FactKind.PERSON: "who", FactKind.PLACE: "which place", FactKind.ORGANISATION: "which organisation"}
_REPORTS = re.compile(
    r"^(?P<who>.{2,80}?) (?:said|says|told|stated|states|wrote|writes|accused|demanded)"
    r"(?: (?:us|them|reporters))? that (?P<what>.+)$"
)
_PREPOSITIONS = frozenset(
    re.findall(
        r"\w+",
        "according after at before between by during for from in into near of on over since through to "
        "under until with without",
    )
)
_DATE_PREPOSITIONS = frozenset({"in", "on", "since", "until", "by", "from", "before", "after", "during"})


def said_in(line: str) -> str:
    """Return what a line says that somebody said, as it goes on after “that”; empty where it reports nothing."""
    found = _REPORTS.match(line)
    return found["what"].rstrip(".") if found else ""


def ask_for(fact: Fact, text: str) -> str:
    """Return a question for the value of a fact whose statement marks it, in small letters and with its “?”."""
    around = _around(said_in_marked(fact.statement) or fact.statement)
    if around is None or fact.value is None:
        return ""
    before, after = around
    return _turned(fact, before, after, text) or completing(fact)


def said_in_marked(statement: str) -> str:
    """Return the reported clause of a statement with its mark; empty where the mark is not in it."""
    clause = said_in(statement)
    return clause if MARK.search(clause) else ""


def completing(fact: Fact) -> str:
    """Ask for the gap in the statement."""
    noun, verb = noun_for(fact)
    return f"which {noun} {verb} the statement: “{fact.with_value('…').rstrip('.')}”?"


def noun_for(fact: Fact) -> tuple[str, str]:
    """Say what the value is called in a question, with its verb: ("amount", "completes")."""
    value = fact.value
    if value is None:
        return "words", "complete"
    if fact.kind is FactKind.DATE:
        return {"date by year": "year", "date by weekday": "weekday"}.get(value.kind, "date"), "completes"
    if value.quantity is not None:
        unit = value.quantity.unit
        if unit.split()[:1] and unit.split()[0].lower() in _PERIODS:
            return "period", "completes"
        return ("amount" if _MEASURES.search(unit) else "number"), "completes"
    if fact.kind is FactKind.PLACE:
        return "place", "completes"
    if fact.kind in (FactKind.PERSON, FactKind.ORGANISATION) or value.text[:1].isupper():
        return "name", "completes"
    return ("word", "completes") if len(value.text.split()) == 1 else ("words", "complete")


def small_start(words: str, text: str) -> str:
    """Write the first word of a line as it stands within a sentence: a name keeps its capital."""
    return words[:1].lower() + words[1:] if _starts_small(words, text) else words


def _starts_small(words: str, text: str) -> bool:
    """Say whether the first word is no name, by what it is, by the text, or by the small letters that follow it."""
    first, *more = [re.sub(r"\W+$", "", word) for word in words.split()] or [""]
    if first.lower() in _SMALL or first[:1].islower():
        return True
    if not first[1:].islower() or stands_inside(first, text):
        return False
    if _is_common(first, text):
        return True
    goes_on_small = bool(more) and more[0].islower() and not is_verb(more[0]) and more[0] not in _WITHIN_NAMES
    return goes_on_small and not (more[0] == "of" and more[1:] and more[1][:1].isupper())


def _may_be_either(words: list[str], text: str) -> bool:
    """Say whether a subject is a single word of which nothing tells whether it is a name."""
    return (
        len(words) == 1
        and not _starts_small(words[0], text)
        and words[0][1:].islower()
        and not stands_inside(words[0], text)
    )


def _is_common(word: str, text: str) -> bool:
    """Say whether a text has the word in small letters and never with its capital inside a sentence."""
    return bool(re.search(rf"\b{re.escape(word.lower())}\b", text)) and not stands_inside(word, text)


def _around(statement: str) -> tuple[str, str] | None:
    mark = MARK.search(statement)
    return (statement[: mark.start()].strip(), statement[mark.end() :].strip().rstrip(".").strip()) if mark else None


def _turned(fact: Fact, before: str, after: str, text: str) -> str:
    """Turn the line around; empty where that is not safe."""
    if not before:
        return _of_the_subject(fact, after)
    if fact.kind is FactKind.DATE and before.lower() in _DATE_PREPOSITIONS:  # “In 1932 the bridge was opened”
        before, after = f"{after.removeprefix(',').strip()} {before.lower()}", ""
    words = before.split()
    verbs = [place for place, word in enumerate(words) if is_verb(word)]
    others = [word for word in after.split() if is_verb(word.strip(","))]
    helped = len(verbs) == 2 and words[verbs[0]] in BE_AND_MODALS and verbs[1] == verbs[0] + 1
    if others or not verbs or (len(verbs) > 1 and not helped):
        return ""
    subject, verb, rest = words[: verbs[0]], words[verbs[0]], words[verbs[0] + 1 :]
    clean = 0 < len(subject) <= _LONGEST_SUBJECT and subject[0].lower() not in _PREPOSITIONS
    clean = clean and not _CLAUSE.search(" ".join(subject))
    if not clean or _may_be_either(subject, text) or _CLAUSE.search(" ".join([*rest, after])) or rest[:1] == ["by"]:
        return ""
    asked, rest, after = _asked(fact, verb, rest, after)
    if not asked:
        return ""
    told = small_start(" ".join(subject), text)
    return " ".join(" ".join([asked, *_verb_around(told, verb, rest), after]).split()) + "?"


def _of_the_subject(fact: Fact, after: str) -> str:
    """Ask for the subject: what follows it stays as it is."""
    value = fact.value
    if value is None or fact.kind is FactKind.DATE or not opens_a_predicate(after.split()):
        return ""
    if re.search(r"[;:“”]|\b(its|their|his|her|itself|themselves)\b", after):
        return ""
    if value.quantity is not None:
        unit = value.quantity.unit
        return f"how many {unit} {after}?" if _is_counted(unit, value.text) else ""
    verb, _, rest = after.partition(" ")
    return f"{_SUBJECTS.get(fact.kind, 'what')} {singular(verb)} {rest}?".replace(" ?", "?")


def _verb_around(subject: str, verb: str, rest: list[str]) -> list[str]:
    is_main = verb in FORMS and not (rest and rest[0] in FORMS) and not (rest and rest[0].endswith(("ed", "en")))
    if verb in BE_AND_MODALS and not (verb in ("has", "have", "had") and is_main):
        return [verb, subject, *rest]
    base, helping = FORMS[verb]
    return [helping, subject, base, *rest]


def _asked(fact: Fact, verb: str, rest: list[str], after: str) -> tuple[str, list[str], str]:
    """Return the words that ask for the value, and what is left of the line around it; no words: it cannot be asked."""
    value = fact.value
    last = rest[-1] if rest else ""
    if value is None:
        return "", rest, after
    if fact.kind is FactKind.DATE:
        if last not in _DATE_PREPOSITIONS:
            return "", rest, after
        return f"{last} which {_date_noun(value.text)}", rest[:-1], after
    if value.quantity is not None:
        return _how_many(fact, verb, rest, after)
    if fact.kind is FactKind.PLACE:
        return ("where", rest[:-1], after) if last in ("in", "at") and not after else ("", rest, after)
    if after or last in ("a", "an", "the", "of", "its", "their"):
        return "", rest, after
    if rest:
        plain = last in ("by", "from", "with", "to", "for", "into", "on", "through")
        asks = "whom" if fact.kind is FactKind.PERSON else "what"
        return (f"{last} {asks}", rest[:-1], after) if plain and verb not in ("is", "are") else ("", rest, after)
    if verb in BE_AND_MODALS:
        return "", rest, after
    return ("whom" if fact.kind is FactKind.PERSON else "what"), rest, after


def _how_many(fact: Fact, verb: str, rest: list[str], after: str) -> tuple[str, list[str], str]:
    """Ask “how many tons of flour” where the unit is a thing that is counted."""
    quantity = fact.value.quantity if fact.value else None
    unit = quantity.unit if quantity else ""
    if fact.value is None or not _is_counted(unit, fact.value.text):
        return "", rest, after
    if verb in ("is", "are", "was", "were") and not rest:
        return "", rest, after
    counted = re.match(r"of ((?:the |a |an )?[a-z]+)\b", after)
    whole = f"{unit} of {counted[1]}" if counted else unit
    left = after[counted.end() :].strip() if counted else after
    if re.match(r"(long|high|wide|deep|old|tall|thick|apart|away|ago)\b", left):
        return "", rest, after
    if not rest:
        return f"how many {whole}", rest, left
    last = rest[-1]
    if last in ("for", "in", "at", "into", "after", "within", "of"):
        return f"{last} how many {whole}", rest[:-1], left
    return (f"how many {whole}", rest, left) if verb in BE_AND_MODALS and len(rest) == 1 else ("", rest, after)


def _is_counted(unit: str, text: str) -> bool:
    """Say whether a unit is a thing that is counted, written after its number and not as a sign before it."""
    return bool(_COUNTED.fullmatch(unit)) and text.endswith(unit)


def _date_noun(text: str) -> str:
    for pattern, noun in _DATE_NOUNS:
        if pattern.search(text):
            return noun
    return "weekday" if text in WEEKDAYS else "month"


_DATE_NOUNS = (
    (re.compile(r"century$"), "century"),
    (re.compile(r"0s$"), "decade"),
    (re.compile(r"^\d{4}$"), "year"),
    (re.compile(r"spring|summer|autumn|winter"), "season"),
    (re.compile(r"(^|\s)\d{1,2}(st|nd|rd|th)?\b"), "day"),
)
