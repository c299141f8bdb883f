"""How the rules read a question: its facts, everything of it that a learner sees, and its words."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from quizapp.domain.facts.fact import Fact, FactKind, Speaker, Status
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.cloze import GAP, Cloze
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoice
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.single_choice import SingleChoice

ASSERTED_KINDS = frozenset({FactKind.CLAIM, FactKind.CHARACTERISATION, FactKind.PREDICTION})
SOURCE_RECIPES = frozenset({"who-said-it", "own-voice-or-not"})
SHORTEST_CONTENT_WORD = 4
_QUOTED = re.compile(r"“[^”]*”?")
_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "about according after also article been before between both does done during each following from give gave "
        "given gives have having here into itself name named other over said same says some state states such than "
        "that their them then there these they this those through true false under upon were what when where which "
        "while whom whose will with would",
    )
)
_SUFFIXES = ("ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e")
_OPENING = re.compile(r"^((true or false, )?according to|in) the (article|text)[,:] ", re.I)


def tested(bank: Bank) -> Iterator[tuple[Question, list[Fact]]]:
    """Yield every question with the facts that it tests, the first of them the one it is about."""
    facts = bank.facts_by_id()
    for question in bank.questions:
        known = [facts[fact] for fact in question.facts if fact in facts]
        if known:
            yield question, known


def single_choices(bank: Bank) -> Iterator[Question]:
    """Yield the questions with one right option among several."""
    return (question for question in bank.questions if question.type == SingleChoice.name)


def with_options(bank: Bank) -> Iterator[tuple[Question, list[str]]]:
    """Yield the questions whose options an author words, with them: single and multiple choice."""
    for question in bank.questions:
        if question.type in (SingleChoice.name, MultipleChoice.name):
            yield question, options_of(question)


def options_of(question: Question) -> list[str]:
    """List the options offered."""
    return question_type(question.type).options(question.body)


def wrong_options(question: Question) -> list[str]:
    """List the wrong options."""
    return [one.text for one in question_type(question.type).distractors(question.body)]


def contested(fact: Fact) -> bool:
    """Say whether a fact rests on somebody's word, is a judgement, or does not stand unopposed."""
    return bool(fact.speaker) or fact.kind in ASSERTED_KINDS or fact.status is not Status.UNCONTESTED


def has_parties(bank: Bank) -> bool:
    """Say whether the source is about a dispute: it has sides, or somebody's word in it stands against another's."""
    return bool(bank.source.sides) or any(fact.speaker for fact in bank.facts)


def stem_of(question: Question) -> str:
    """Return the stem; a cloze with its gaps filled, as a learner reads it in the end."""
    if question.type != Cloze.name:
        return question.stem
    filled = question.body.sentence
    for gap in question.body.gaps:
        filled = filled.replace(GAP, gap.answer, 1)
    return str(filled)


def bare_stem(question: Question) -> str:
    """Return the stem without the words that every question opens with."""
    return without_opening(question.stem)


def without_opening(stem: str) -> str:
    """Leave out the words that every question opens with."""
    return _OPENING.sub("", stem)


def told(question: Question) -> list[str]:
    """List what the app says in its own voice: stem, explanation, and the reasons of the wrong options."""
    reasons = (one.reason for one in question_type(question.type).distractors(question.body))
    return [stem_of(question), question.explanation, *reasons]


def shown(question: Question) -> list[str]:
    """List everything that a learner reads: what the app says, and the options."""
    return [*told(question), *options_of(question)]


def unquoted(text: str) -> str:
    """Leave out what stands in “ ”."""
    return _QUOTED.sub("“ ”", text)


def quotations(text: str) -> list[str]:
    """List what stands in quotation marks, curly or straight."""
    return [one or other for one, other in re.findall(r"“([^”]*)”|\"([^\"]*)\"", text)]


def is_named(speaker: Speaker, text: str) -> bool:
    """Say whether a speaker is named in `text`, as a word of its own."""
    names = (speaker.name, speaker.short, speaker.short.split("’")[0], *speaker.spellings)
    return any(holds_words(text, name) for name in names if name)


def holds_words(text: str, words: str) -> bool:
    """Say whether `words` stand in `text` as words of their own; "Armenia" does not stand in "Armenia’s"."""
    wanted = re.escape(fold(words).removeprefix("the "))
    return re.search(rf"(?<![\w-]){wanted}(?![\w-]|[’'](?!s?\b)\w)", fold(text)) is not None


@lru_cache(maxsize=16_384)
def content_words(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning, and the numbers."""
    words = _WORD.findall(fold(text))
    return frozenset(
        word_stem(word)
        for word in words
        if word.isdigit() or (len(word) >= SHORTEST_CONTENT_WORD and word not in _STOP_WORDS)
    )


def plain_words(text: str) -> str:
    """Bring a name to plain small letters without accents, punctuation and article, its words apart."""
    letters = (one for one in unicodedata.normalize("NFKD", fold(text)) if not unicodedata.combining(one))
    return " ".join(_WORD.findall("".join(letters))).removeprefix("the ")


def word_stem(word: str) -> str:
    """Take the ending off a word, so that "ships" and "shipped" are one."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_CONTENT_WORD - 1:
            return word.removesuffix(suffix)
    return word


def first_match(pattern: re.Pattern[str], texts: list[str]) -> str:
    """Return the first words that `pattern` finds in any of `texts`; empty when it finds none."""
    found = (pattern.search(text) for text in texts)
    return next((one[0] for one in found if one), "")
