"""A choice made anew from two facts, which asks for one of them with the other among the options."""

import re
from collections.abc import Iterable, Sequence

from quizapp.domain.facts.fact import Fact, Speaker, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.numeric import Numeric
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.short_answer import ShortAnswer
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.distractors import (
    ENOUGH,
    WANTED,
    borrowed_reason,
    gives_away,
    is_of_another_side,
    may_stand_in,
    same_or_within,
    value_distractors,
)
from quizapp.domain.questions.recipes.recipe import asked_of_article, explanation_of, goes_on_after_that, sentence_start
from quizapp.domain.questions.recipes.value_choice import single_choice_body
from quizapp.domain.questions.recipes.who_said_it import WhoSaidIt, outlet_of, voice_explanation
from quizapp.domain.seeded_order import SeededOrder

CONTRAST = "contrast"
_PRONOUN = re.compile(r"(it|he|she|they|its|his|her|their)\b", re.I)
_ASK_FOR_A_VALUE = frozenset({SingleChoice.name, ShortAnswer.name, Numeric.name})


def made_contrast(fact: Fact, other: Fact, base: FactBase, asked: Sequence[Question]) -> Question | None:
    """Ask `fact` with `other` in view: for its value, else who says it, else what its value is; None if none fits.

    `asked` are the questions there are on `fact`, which lend their stem; without one the fact says how it is asked.
    """
    if _belong_together(fact, other) or Status.CONTRADICTED in (fact.status, other.status):
        return None
    ways = (_by_value, _by_meaning, _by_voice) if _are_names_alike(fact, other) else (_by_value, _by_voice, _by_meaning)
    return next((made for made in (way(fact, other, base, asked) for way in ways) if made), None)


def _are_names_alike(fact: Fact, other: Fact) -> bool:
    """Say whether names, dates or numbers were confused, not what somebody said."""
    kinds = {one.value.kind if one.value else "phrase" for one in (fact, other)}
    return len(kinds) == 1 and "phrase" not in kinds


def _by_value(fact: Fact, other: Fact, base: FactBase, asked: Sequence[Question]) -> Question | None:
    """Ask for the value of `fact`, where that of `other` could be taken for it."""
    lent = next((one for one in asked if _asks_for_the_value(one, fact)), None)
    if not (lent or fact.ask) or not _could_be_taken_for(fact, other, base):
        return None
    order = SeededOrder(f"{fact.id}/{other.id}")
    like = order.of((one for one in base.facts if _could_be_taken_for(fact, one, base)), name=lambda one: one.id)
    like.sort(key=lambda one: one.relation != fact.relation)
    more = [*value_distractors(fact, base, order), *(_value_option(one, base) for one in like)]
    options = _unlike([_value_option(other, base), *more], base)[:WANTED]
    if len(options) < ENOUGH:
        return None
    stem = lent.stem if lent else asked_of_article(fact.ask)
    explanation = lent.explanation if lent else explanation_of(fact, base.speaker_of(fact))
    return _question(fact, other, "value", stem, single_choice_body(fact, options), explanation)


def _asks_for_the_value(question: Question, fact: Fact) -> bool:
    if len(question.facts) > 1 or question.type not in _ASK_FOR_A_VALUE or fact.value is None:
        return False
    return fold(question_type(question.type).answer_text(question.body)) == fold(fact.value.text)


def _by_voice(fact: Fact, other: Fact, base: FactBase, asked: Sequence[Question]) -> Question | None:
    """Ask who says `fact`, with the voice of `other` among the options; the two must be of different sides."""
    speaker, second = base.speaker_of(fact), base.speaker_of(other)
    if _side(speaker) == _side(second) or "" in (_side(speaker), _side(second)):
        return None
    lent = next((one.stem for one in asked if one.recipe == WhoSaidIt.name), "")
    clause = _clause(fact, speaker)
    if not lent and not clause:
        return None
    options = [_voice_option(other, second, base)]
    sides = {_side(speaker), _side(second)}
    if None not in sides:
        reason = (
            f"{base.source.outlet} gives this as the word of {speaker.short}, not in its own voice." if speaker else ""
        )
        options.append(Distractor(outlet_of(base), reason))
    for one in base.facts:
        third = base.speaker_of(one)
        if third is not None and third.side and third.side not in sides:
            sides.add(third.side)
            options.append(_voice_option(one, third, base))
    if len(options) < ENOUGH:
        return None
    body = SingleChoiceBody(speaker.name if speaker else outlet_of(base), tuple(options[:WANTED]))
    stem = lent or f"In the article, who said that {clause}?"
    return _question(fact, other, "voice", stem, body, voice_explanation(speaker, base))


def _side(speaker: Speaker | None) -> str | None:
    """Return the side of a speaker, None for the outlet."""
    return speaker.side if speaker else None


def _clause(fact: Fact, speaker: Speaker | None) -> str:
    """Write what a fact says as it goes on after "that"; empty where its statement does not open with the speaker."""
    if speaker is None:
        return goes_on_after_that(fact)
    if fact.said:
        return fact.said.removesuffix(".")
    opening = rf"{re.escape(sentence_start(speaker.short))} (?:said|told [^,]{{1,30}}|stated) that (.+?)\.?"
    found = re.fullmatch(opening, fact.text)
    return found[1] if found and not _PRONOUN.match(found[1]) else ""


def _voice_option(fact: Fact, speaker: Speaker | None, base: FactBase) -> Distractor:
    """Offer the voice of `fact`, and say what is in that voice."""
    told = f"{fact.text.removesuffix('.')} ({fact.place.lower()})."
    if speaker is None:
        return Distractor(outlet_of(base), f"{base.source.outlet} says this in its own voice: {told}", fact.id)
    return Distractor(speaker.name, told, fact.id)


def _by_meaning(fact: Fact, other: Fact, base: FactBase, asked: Sequence[Question]) -> Question | None:
    """Ask what the value of `fact` is, with what the value of `other` is among the options."""
    if fact.value is None or not _means_something_else(fact, other):
        return None
    order = SeededOrder(f"{fact.id}/{other.id}")
    like = [one for one in order.of(base.facts, name=lambda one: one.id) if one.id not in (fact.id, other.id)]
    like.sort(key=lambda one: (one.relation not in (fact.relation, other.relation), one.speaker != fact.speaker))
    found = {fold(fact.value_of): fact, fold(other.value_of): other}
    for one in like:
        if _means_something_else(fact, one) and not _belong_together(fact, one):
            found.setdefault(fold(one.value_of), one)
    third = [one for one in found.values() if one.id not in (fact.id, other.id)]
    if fold(fact.value_of) == fold(other.value_of) or not third:
        return None
    wrong = [
        Distractor(sentence_start(one.value_of), borrowed_reason(one, base.speaker_of(one)), one.id)
        for one in [other, *third][:WANTED]
    ]
    speaker = base.speaker_of(fact)
    opening = f"By what {speaker.short} said" if speaker else "In the article"
    body = SingleChoiceBody(sentence_start(fact.value_of), tuple(wrong))
    stem = f"{opening}, which of these is {fact.value.text}?"
    return _question(fact, other, "meaning", stem, body, explanation_of(fact, speaker))


def _could_be_taken_for(fact: Fact, other: Fact, base: FactBase) -> bool:
    """Say whether the value of `other` is sound among the options for `fact`: what was taken for it may well be.

    Words and phrases stay within their relation, where they fit the question; names and numbers need not.
    """
    if is_of_another_side(fact, other, base) or other.status is Status.CONTRADICTED or other.id == fact.id:
        return False
    if may_stand_in(fact, other):
        return True
    if fact.value is None or other.value is None or other.value.kind != fact.value.kind or fact.value.kind == "phrase":
        return False
    if _belong_together(fact, other) or same_or_within(fact.value, other.value):
        return False
    return not gives_away(fact, other.value)


def _means_something_else(fact: Fact, other: Fact) -> bool:
    if fact.value is None or other.value is None or not (fact.value_of and other.value_of):
        return False
    return other.status is not Status.CONTRADICTED and not same_or_within(fact.value, other.value)


def _belong_together(fact: Fact, other: Fact) -> bool:
    return other.id in fact.not_with or fact.id in other.not_with


def _value_option(fact: Fact, base: FactBase) -> Distractor:
    text = fact.value.text if fact.value else ""
    return Distractor(text, borrowed_reason(fact, base.speaker_of(fact)), fact.id)


def _unlike(options: Iterable[Distractor], base: FactBase) -> list[Distractor]:
    """Leave out each option that means what an earlier one does."""
    values = {fact.id: fact.value for fact in base.facts}
    kept: list[Distractor] = []
    for one in options:
        alike = (same_or_within(values.get(one.fact or ""), values.get(earlier.fact or "")) for earlier in kept)
        if fold(one.text) not in (fold(earlier.text) for earlier in kept) and not any(alike):
            kept.append(one)
    return kept


def _question(fact: Fact, other: Fact, way: str, stem: str, body: SingleChoiceBody, explanation: str) -> Question:
    return Question(
        id=f"{fact.id}.by-{way}.with.{other.id}",
        type=SingleChoice.name,
        stem=stem,
        body=body,
        explanation=explanation,
        facts=(fact.id,),
        topic=fact.topic,
        speaker=fact.speaker,
        status=fact.status,
        scored=False,
        recipe=CONTRAST,
    )
