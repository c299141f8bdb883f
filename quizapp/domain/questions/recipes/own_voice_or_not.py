"""Own voice or not: whether the article states something itself or gives it as the word of a side."""

from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, FactKind, Side, SpeakerKind, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.recipe import Angle, goes_on_after_that, question_on
from quizapp.domain.seeded_order import SeededOrder

_WORDED = {FactKind.CAUSE, FactKind.CHARACTERISATION, FactKind.CLAIM, FactKind.PURPOSE, FactKind.CONDITION}
_OWN = "As its own statement"


class OwnVoiceOrNot:
    """Single choice on the voice of what sounds like a judgement: as often the outlet's own as a side's."""

    name = "own-voice-or-not"
    label = "Own voice or somebody’s word"
    angle = Angle.VOICE

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield the questions in the order of the facts; none where the source has fewer than two sides."""
        if len(base.source.sides) < 2:
            return
        chosen = {fact.id for fact in _chosen(base, order)}
        for fact in base.facts:
            if fact.id in chosen:
                key, others = _voices(fact, base)
                yield question_on(
                    fact,
                    self,
                    type=SingleChoice.name,
                    stem=f"How does the article give the statement that {_content(fact)}?",
                    body=SingleChoiceBody(key, others),
                    explanation=_explanation(fact, base),
                )


def _chosen(base: FactBase, order: SeededOrder) -> list[Fact]:
    """Choose as many facts in the outlet's own voice as on the word of a side, the sides in turn."""
    ranked = order.of([fact for fact in base.facts if _content(fact)], name=lambda fact: fact.id)
    by_side = [[fact for fact in ranked if _side_of(fact, base) == side] for side in base.source.sides]
    own = [fact for fact in ranked if fact.speaker is None]
    fewest = min(len(own), *(len(facts) for facts in by_side))
    return [fact for facts in (own, *by_side) for fact in facts[:fewest]]


def _content(fact: Fact) -> str:
    """Return what is given as it goes on after "that"; empty where it cannot be, or would repeat a quotation."""
    if fact.status is Status.CONTRADICTED or fact.kind not in _WORDED:
        return ""
    if fact.speaker is not None:
        return "" if "“" in fact.said else fact.said.removesuffix(".")
    tells_itself = "article" in fact.text or "newspaper" in fact.text or "“" in fact.text
    return "" if tells_itself else goes_on_after_that(fact)


def _side_of(fact: Fact, base: FactBase) -> Side | None:
    speaker = base.speaker_of(fact)
    if speaker is None or speaker.kind is SpeakerKind.BOTH:
        return None
    return next((side for side in base.source.sides if side.id == speaker.side), None)


def _voices(fact: Fact, base: FactBase) -> tuple[str, tuple[Distractor, ...]]:
    """Return how the article gives it, and the other ways, each with what speaks against it."""
    told = _side_of(fact, base)
    key = _way(told) if fact.speaker else _OWN
    ways = [_OWN, *(_way(side) for side in base.source.sides)]
    reason = f"{_explanation(fact, base).removesuffix('.')} ({fact.place.lower()})."
    return key, tuple(Distractor(way, reason) for way in ways if way != key)


def _way(side: Side | None) -> str:
    return f"As the word of {side.label}" if side else "As the word of both sides"


def _explanation(fact: Fact, base: FactBase) -> str:
    speaker = base.speaker_of(fact)
    if speaker is None:
        return "The article states it itself and rests it on nobody’s word."
    side = _side_of(fact, base)
    whose = f"that is, of {side.label}" if side and side.label != speaker.short else "not as its own statement"
    return f"The article gives it as the word of {speaker.short}, {whose}."
