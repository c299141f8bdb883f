"""Own voice or not: whether the article states something itself or gives it as the word of a side."""

from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, FactKind, Side, SpeakerKind, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.recipe import question_on, sentence_start
from quizapp.domain.seeded_order import SeededOrder

_WORDED = {FactKind.CAUSE, FactKind.CHARACTERISATION, FactKind.CLAIM, FactKind.PURPOSE, FactKind.CONDITION}


class OwnVoiceOrNot:
    """Single choice on the voice of what sounds like a judgement: as often the outlet's own as a side's."""

    name = "own-voice-or-not"
    label = "Own voice or somebody’s word"

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
                    stem=f"How does the article give this: “{_content(fact)}”?",
                    body=SingleChoiceBody(key, others),
                    explanation=f"The article gives it {key[0].lower()}{key[1:]} ({fact.place.lower()}).",
                )


def _chosen(base: FactBase, order: SeededOrder) -> list[Fact]:
    """Choose as many facts in the outlet's own voice as on the word of a side, the sides in turn."""
    ranked = order.of([fact for fact in base.facts if _content(fact)], name=lambda fact: fact.id)
    by_side = [[fact for fact in ranked if _side_of(fact, base) == side] for side in base.source.sides]
    own = [fact for fact in ranked if fact.speaker is None]
    fewest = min(len(own), *(len(facts) for facts in by_side))
    return [fact for facts in (own, *by_side) for fact in facts[:fewest]]


def _content(fact: Fact) -> str:
    """Return what is given, without who gives it; empty where that cannot be said or would repeat a quotation."""
    if fact.status is Status.CONTRADICTED or fact.kind not in _WORDED:
        return ""
    if fact.speaker is not None:
        return "" if "“" in fact.said else sentence_start(fact.said)
    said = "article" in fact.text or "newspaper" in fact.text or "“" in fact.text
    return "" if said else fact.text.removesuffix(".")


def _side_of(fact: Fact, base: FactBase) -> Side | None:
    speaker = base.speaker_of(fact)
    if speaker is None or speaker.kind is SpeakerKind.BOTH:
        return None
    return next((side for side in base.source.sides if side.id == speaker.side), None)


def _voices(fact: Fact, base: FactBase) -> tuple[str, tuple[Distractor, ...]]:
    own = "In its own voice"
    key = own if fact.speaker is None else f"As the word of {_side_label(fact, base)}"
    texts = [own, *(f"As the word of {side.label}" for side in base.source.sides)]
    speaker = base.speaker_of(fact)
    who = speaker.short if speaker else base.source.outlet
    reason = f"It is {who} who says this ({fact.place.lower()})."
    return key, tuple(Distractor(text, reason) for text in texts if text != key)


def _side_label(fact: Fact, base: FactBase) -> str:
    side = _side_of(fact, base)
    return side.label if side else "both sides"
