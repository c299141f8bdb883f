"""A contrast: one fact asked with another in view, so that two facts that were mixed up are told apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from quizapp.domain.facts.fact import Fact, Speaker
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.field_reading import MAX_NAME
from quizapp.domain.questions.made_contrast import CONTRAST, made_contrast
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.distractors import (
    are_words_of_two_sides,
    borrowed_reason,
    may_stand_in,
    same_or_within,
)
from quizapp.domain.questions.recipes.value_choice import single_choice_body
from quizapp.domain.questions.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Contrast:
    """A question that asks one fact against another: `made` when it had to be made for it."""

    snapshot: Snapshot
    made: bool

    def offers(self, other_id: str) -> bool:
        """Say whether it is a choice with the other fact among the options."""
        question = self.snapshot.question
        return question.type == SingleChoice.name and other_id in question.distractor_facts


def contrast(
    candidates: Sequence[Snapshot], other: Fact, speaker: Speaker | None, base: FactBase | None = None
) -> Contrast | None:
    """Choose among questions on one fact the one that tells it from `other`, which `speaker` says.

    Best is a choice that offers the other fact already; then one into which its value can be put; then one made anew
    from the two facts, given all the facts of the bank as `base`; then any question that holds it; then any at all.
    None when there is no candidate.
    """
    choices = [one for one in candidates if one.question.type == SingleChoice.name]
    offering = [one for one in (*choices, *candidates) if other.id in one.question.distractor_facts]
    if offering and offering[0].question.type == SingleChoice.name:
        return Contrast(offering[0], made=False)
    made = next((made for made in (_with_other(one, other, speaker) for one in choices) if made), None)
    if made:
        return Contrast(made, made=True)
    anew = _made_anew(candidates, other, base) if candidates and base else None
    if anew and base:
        return Contrast(_snapshot_of(replace(anew, id=_short(anew.id)), base), made=True)
    found = [*offering, *candidates][:1]
    return Contrast(found[0], made=False) if found else None


def _with_other(snapshot: Snapshot, other: Fact, speaker: Speaker | None) -> Snapshot | None:
    """Put the value of `other` among the options of a choice; None where it would not be sound there."""
    question, fact = snapshot.question, snapshot.fact
    body: SingleChoiceBody = question.body
    asks_value = fact.value is not None and body.key == fact.value.text
    if not asks_value or other.value is None or not may_stand_in(fact, other):
        return None
    if are_words_of_two_sides(snapshot.speaker_of(fact), speaker, other):
        return None
    taken = Distractor(other.value.text, borrowed_reason(other, speaker), other.id)
    kept = [one for one in body.distractors if not _means(one, other, snapshot)]
    kept.sort(key=lambda one: one.fact is None)  # what the source lacks makes room first
    made = replace(
        question,
        id=_name(question.id, other.id),
        body=single_choice_body(fact, [taken, *kept[: max(1, len(body.distractors) - 1)]]),
        scored=False,
        recipe=CONTRAST,
    )
    facts = {**snapshot.facts, other.id: other}
    known = {one.id for one in snapshot.source.speakers}
    speakers = snapshot.source.speakers
    if speaker is not None and speaker.id not in known:
        speakers = (*speakers, speaker)
    cited = {fact_id: facts[fact_id] for fact_id in made.cited_facts}
    return Snapshot(made, cited, replace(snapshot.source, speakers=speakers))


def _means(distractor: Distractor, other: Fact, snapshot: Snapshot) -> bool:
    """Say whether a distractor is the same as the value that is put in, or would hold it."""
    if other.value is None or distractor.text.casefold() in (text.casefold() for text in other.value.spellings):
        return True
    behind = snapshot.facts.get(distractor.fact) if distractor.fact else None
    return behind is not None and same_or_within(behind.value, other.value)


def fact_base_of(bank: Bank) -> FactBase:
    """Return a bank's facts as the recipes take them."""
    return FactBase(
        bank.name, bank.title, bank.summary, bank.language, bank.licence, bank.source, bank.topics, bank.facts
    )


def _made_anew(candidates: Sequence[Snapshot], other: Fact, base: FactBase) -> Question | None:
    return made_contrast(candidates[0].fact, other, base, [one.question for one in candidates])


def _snapshot_of(question: Question, base: FactBase) -> Snapshot:
    cited = {fact_id: base.fact(fact_id) for fact_id in question.cited_facts}
    heard = {fact.speaker for fact in cited.values()}
    speakers = tuple(one for one in base.source.speakers if one.id in heard)
    return Snapshot(question, cited, replace(base.source, speakers=speakers))


def _name(question_id: str, other_id: str) -> str:
    return _short(f"{question_id}.with.{other_id}")


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else f"contrast.{sha256(name.encode()).hexdigest()[:40]}"
