"""What an instructor says of a passage: the fact in one line, its value, its speaker; and the fact it makes."""

import re
from dataclasses import dataclass, replace

from quizapp.domain.errors import Problem
from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Fact, FactKind, Mode, Speaker, Status, Tier, without_marks
from quizapp.domain.facts.passage import Passage, paragraphs_at, passage_at
from quizapp.domain.facts.quantities import HEDGES, fold
from quizapp.domain.facts.value_guess import value_of_words
from quizapp.domain.questions.bank_lint.reading import is_named
from quizapp.domain.questions.drafting.asking import ask_for, said_in, small_start
from quizapp.domain.questions.drafting.verbs import is_verb, opens_a_predicate
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.question_types.author_values import one_line

MAX_LINE = 300
THE_FACT = "the-highlighted-fact"
"""The id of the fact while its questions are drafted."""
_UNSTABLE_OPENING = re.compile(
    r"^(he|she|it|they|his|her|hers|its|their|theirs|this|that|these|those|such|there|here|however|but|and|so|then"
    r"|therefore|thus|moreover|furthermore|also|meanwhile|instead|otherwise|nevertheless|later|earlier)\b",
    re.I,
)
_VAGUE_TIME = re.compile(
    r"(recently|lately|soon|today|yesterday|tomorrow|now|then|nowadays|currently|(last|this|next) \w+|\w+ ago|later"
    r"|earlier)",
    re.I,
)
_ASKING = frozenset(
    re.findall(
        r"\w+",
        "what which who whom whose when where why how in on by for to from at since until after before",
    )
)
_LONGEST_FIRST = "|".join(re.escape(hedge) for hedge in sorted(HEDGES, key=len, reverse=True))
_HEDGE_BEFORE = re.compile(rf"\b(?:{_LONGEST_FIRST})\s+$", re.I)
_NUMBER = re.compile(r"[$€£]?\d[\d,.]*\d|[$€£]?\d|[a-z]+(?:-[a-z]+)?", re.I)
_UNIT_AFTER = re.compile(
    r"^(\s?%|\s?°[CF]?|(?:\s+(?:hundred|thousand|million|billion))?(?:\s+more)?\s+"
    r"(?:per cent|percent|square [a-z]+|[a-z]+))(?![\w-])"
)
_UNITS_WITHOUT_S = frozenset({"people", "men", "women", "children", "feet", "cent", "percent"})
_NO_UNIT = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at before after because but by can did do does each for from had has have if in "
        "into is less more of on or per since so than that the then there to under until was were when "
        "which while who will with",
    )
)


@dataclass(frozen=True, slots=True)
class Highlight:
    """What was typed about a passage of a bank's text; `start` and `end` are its place, without a text None.

    `value` is the part of the line that is asked for, `ask` a question for it in words, `speaker` an id or empty.
    """

    line: str
    value: str
    ask: str = ""
    speaker: str = ""
    topic: str = ""
    start: int | None = None
    end: int | None = None
    paragraph: str = ""


def whole_value(line: str, value: str) -> str:
    """Return a value with what belongs to it in the line: the hedge before it and, of a bare number, its unit."""
    place = line.find(value)
    if not value or place < 0:
        return value
    found = value_of_words(value, line)[1].quantity
    if found is None:
        return value
    end = place + len(value)
    if not found.unit:
        unit = _UNIT_AFTER.match(line[end:])
        if unit and _is_unit(unit[1].split()[-1].lower()):
            end += unit.end()
    hedge = _HEDGE_BEFORE.search(line[:place])
    return line[hedge.start() if hedge else place : end]


def _is_unit(word: str) -> bool:
    """Say whether the word after a bare number is what it counts, and not how the sentence goes on."""
    if word in _NO_UNIT or is_verb(word):
        return False
    return word.endswith("s") or word[0] in "%°" or word in _UNITS_WITHOUT_S


def problems_of(highlight: Highlight, bank: Bank) -> list[Problem]:
    """Say field by field what keeps drafts from being made; an empty list means that they can be."""
    line, value = one_line(highlight.line), one_line(highlight.value)
    found = []
    if is_blank(line):
        found.append(Problem("line", "Say in one line, in your own words, what the passage states."))
    elif len(line) > MAX_LINE:
        found.append(Problem("line", f"Shorten this: it can have {MAX_LINE} characters."))
    elif _UNSTABLE_OPENING.match(line):
        opening = line.split()[0].rstrip(",")
        found.append(Problem("line", f"Begin with who or what it is about, not with “{opening}”."))
    if is_blank(value):
        found.append(Problem("value", "Mark in the line what is to be asked for."))
    elif not is_blank(line):
        found.extend(_problems_of_value(line, value))
    if highlight.speaker and bank.source.speaker(highlight.speaker) is None:
        found.append(Problem("speaker", "Choose one of the source’s speakers."))
    if highlight.topic not in {topic.id for topic in bank.topics}:
        found.append(Problem("topic", "Choose one of the bank’s topics."))
    if bank.text and passage_of(highlight, bank) is None:
        found.append(Problem("words", "Mark the passage in the text first."))
    return found


def _problems_of_value(line: str, value: str) -> list[Problem]:
    times = len(re.findall(rf"(?<!\w){re.escape(value)}(?!\w)", line))
    if times == 0:
        return [Problem("value", "The line does not have these words. Take them from the line.")]
    if times > 1:
        return [Problem("value", "The line has this twice. Reword it so that it stands there once.")]
    if fold(value) == fold(line).rstrip("."):
        return [Problem("value", "Mark a part of the line, not all of it.")]
    if _VAGUE_TIME.fullmatch(value):
        return [Problem("value", "This says no time that can be asked for. Write the date, or ask for something else.")]
    if _is_one_of_several(line, value):
        return [Problem("value", "This is one of several that are right. Mark the whole list, or something else.")]
    return []


def _is_one_of_several(line: str, value: str) -> bool:
    """Say whether a value is joined to another like it, so that asking for it alone would have two right answers."""
    before, _, after = line.partition(value)
    follows = re.match(r",? (?:and|or) (?:the |a |an )?([\w-]+)", after)
    precedes = re.search(r"([\w’-]+),? (?:and|or) (?:the |a |an )?$", before)
    joined = [found[1] for found in (follows, precedes) if found and _is_like(found[1], value)]
    if follows and joined[:1] == [follows[1]] and opens_a_predicate([follows[1]]):
        joined = joined[1:]
    return bool(joined) or bool(_is_like(value, "a") and re.match(r", [\w ]{2,30},? (and|or) ", after))


def _is_like(word: str, value: str) -> bool:
    """Say whether two words begin alike: with a digit, a capital or a small letter."""
    return (word[0].isdigit(), word[0].isupper()) == (value[0].isdigit(), value[0].isupper())


def passage_of(highlight: Highlight, bank: Bank) -> Passage | None:
    """Return the marked passage; None where none is marked, or the text has no words there."""
    if highlight.start is None or highlight.end is None:
        return None
    try:
        return passage_at(bank.text, highlight.start, highlight.end)
    except ValueError:
        return None


def settled(highlight: Highlight, bank: Bank) -> Highlight:
    """Return a sound highlight as it is asked: its value whole, its line naming whoever says it."""
    line = one_line(highlight.line)
    value = whole_value(line, one_line(highlight.value))
    line = _said_by(bank.source.speaker(highlight.speaker), line, f"{bank.text}")
    line = line if line.endswith((".", "!", "?", ".”")) else f"{line}."
    return replace(highlight, line=line, value=value, ask=one_line(highlight.ask))


def fact_of(highlight: Highlight, bank: Bank) -> Fact:
    """Make the fact of a settled highlight, with all that it can honestly be given for the recipes."""
    line, speaker = without_marks(highlight.line), bank.source.speaker(highlight.speaker)
    value_text = without_marks(highlight.value)
    kind, value = value_of_words(value_text, said_in(line) or line, bank.text)
    passage = passage_of(highlight, bank)
    paragraphs = paragraphs_at(bank.text, passage) if passage else _paragraphs(highlight.paragraph)
    statement = re.sub(rf"(?<!\w){re.escape(value_text)}(?!\w)", lambda found: f"{{{found[0]}}}", line, count=1)
    fact = Fact(
        id=THE_FACT,
        paragraphs=paragraphs,
        statement=statement,
        topic=highlight.topic,
        kind=FactKind.CLAIM if kind is FactKind.EVENT and speaker else kind,
        tier=Tier.MAY,
        speaker=speaker.id if speaker else None,
        mode=Mode.SAID if speaker else Mode.REPORTED,
        status=Status.SINGLE_SOURCE if speaker else Status.UNCONTESTED,
        value=value,
        said=said_in(line) if speaker else "",
        passage=passage,
    )
    return replace(fact, ask=_ask(highlight, fact, speaker, bank))


def _ask(highlight: Highlight, fact: Fact, speaker: Speaker | None, bank: Bank) -> str:
    ask = highlight.ask or ask_for(fact, bank.text)
    ask = f"{ask.rstrip(' ?.')}?"
    if ask.split()[0].lower() in _ASKING:
        ask = ask[:1].lower() + ask[1:]
    if speaker is None or is_named(speaker, ask):
        return ask
    return f"according to {speaker.short}, {ask}"


def _said_by(speaker: Speaker | None, line: str, text: str) -> str:
    """Let a line say who says it, where it does not."""
    if speaker is None or is_named(speaker, line):
        return line
    who = speaker.short[:1].upper() + speaker.short[1:]
    return f"{who} said that {small_start(line, text)}"


def _paragraphs(typed: str) -> tuple[int, ...]:
    return tuple(sorted({int(one) for one in re.findall(r"\d{1,5}", typed)})) or (1,)
