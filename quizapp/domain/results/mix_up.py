"""Two facts mixed up: a wrong response that was right for something else, and the words that tell the two apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question_types.question_type import Response
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.true_false import TrueFalse
from quizapp.domain.questions.snapshots import Snapshot

ALIKE_ENOUGH = 1 / 3
"""Of two statements that share less than this of their words nearly all would be marked, which tells nothing."""
_WORD = re.compile(r"\w+(?:[-’'.,]\w+)*")
_SMALL = """
a an and are as at be been but by for from had has have he her his in into is it its of on or she that the their them
then there these they this to was were when which while who with would
"""
_SMALL_WORDS = frozenset(_SMALL.split())


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a statement; `differs` where its words do not stand in the other one."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class MixedFact:
    """One of the two facts: the words that stand for it in the question (may be empty), and its statement."""

    fact: Fact
    words: str
    statement: tuple[Stretch, ...]

    @property
    def is_value(self) -> bool:
        """Whether the words are the value of the fact, so that `fact.value_of` says what they are."""
        return bool(self.fact.value_of) and self.fact.value is not None and self.fact.value.text == self.words


@dataclass(frozen=True, slots=True)
class MixUp:
    """What was chosen and what was asked for."""

    chosen: MixedFact
    asked: MixedFact


def mix_up_of(snapshot: Snapshot, response: Response | None) -> MixUp | None:
    """Say which two facts a response confused; None when it was right, omitted, or borrowed from no fact."""
    if response is None:
        return None
    grade = snapshot.grade(response)
    asked_id = grade.asked_fact or snapshot.question.fact
    if grade.fact is None or grade.fact == asked_id:
        return None
    chosen, asked = snapshot.facts[grade.fact], snapshot.facts[asked_id]
    chosen_words, asked_words = _words(snapshot, chosen, asked)
    return MixUp(
        MixedFact(chosen, chosen_words, _marked(chosen, asked)),
        MixedFact(asked, asked_words, _marked(asked, chosen)),
    )


def _words(snapshot: Snapshot, chosen: Fact, asked: Fact) -> tuple[str, str]:
    """Return the words the two were offered in; both empty where the question has no words for one of them."""
    question = snapshot.question
    offered = {one.fact: one.text for one in question_type(question.type).distractors(question.body)}
    says_what = question.type != TrueFalse.name and len(question.facts) == 1  # "True" stands for no fact
    if says_what and chosen.id in offered:
        return offered[chosen.id], snapshot.answer_text
    if chosen.value and asked.value:
        return chosen.value.text, asked.value.text
    return "", ""


def _marked(fact: Fact, other: Fact) -> tuple[Stretch, ...]:
    """Cut the statement of `fact` into stretches of words that stand in the other one, and that do not."""
    own, theirs = _telling_words(fact.text), _telling_words(other.text)
    if len(own & theirs) < ALIKE_ENOUGH * min(len(own), len(theirs)):
        return _value_marked(fact)
    pieces = [(piece, fold(piece) in own - theirs) for piece in _pieces(fact.text)]
    return _joined(pieces)


def _value_marked(fact: Fact) -> tuple[Stretch, ...]:
    value = fact.value.text if fact.value else ""
    before, found, after = fact.text.partition(value) if value else (fact.text, "", "")
    return tuple(Stretch(text, differs) for text, differs in ((before, False), (found, True), (after, False)) if text)


def _telling_words(text: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(text)} - _SMALL_WORDS


def _pieces(text: str) -> list[str]:
    """Cut a text into its words and what stands between them; nothing is lost."""
    return [piece for piece in re.split(f"({_WORD.pattern})", text) if piece]


def _joined(pieces: Sequence[tuple[str, bool]]) -> tuple[Stretch, ...]:
    """Join neighbours that are marked alike; spaces and small words between two marked words are marked with them."""
    runs = [("".join(text for text, _ in run), marked) for marked, run in groupby(pieces, key=lambda one: one[1])]
    within = [
        (text, marked or (0 < place < len(runs) - 1 and _is_slight(text))) for place, (text, marked) in enumerate(runs)
    ]
    return tuple(
        Stretch("".join(text for text, _ in run), marked) for marked, run in groupby(within, key=lambda one: one[1])
    )


def _is_slight(text: str) -> bool:
    return _WORD.sub("", text).isspace() and not _telling_words(text)
