"""Ways of asking about a fact that need nothing but its line, its value and its speaker."""

from collections.abc import Iterator
from itertools import combinations

from quizapp.domain.facts.fact import Fact, FactKind, Speaker, SpeakerKind, Value
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold, split_hedge
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.cloze import GAP, Cloze, ClozeBody
from quizapp.domain.questions.question_types.matching import Matching, MatchingBody, Pair
from quizapp.domain.questions.question_types.ordering import OrderedItem, Ordering, OrderingBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.short_answer import ShortAnswer, ShortAnswerBody
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.distractors import place_in_order, same_or_within
from quizapp.domain.questions.recipes.groups import explanation_of_all
from quizapp.domain.questions.recipes.name_it import is_named
from quizapp.domain.questions.recipes.recipe import (
    Angle,
    Recipe,
    asked_of_article,
    explanation_of,
    question_on,
    sentence_start,
)
from quizapp.domain.questions.recipes.typed_answers import accepted_forms, named_otherwise, unquoted
from quizapp.domain.seeded_order import SeededOrder

MOST_TYPED = 4
FEWEST_TOGETHER, MOST_TOGETHER = 3, 5
THE_TEXT_ITSELF = "The text itself"


class GapInTheLine:
    """A cloze of the line, for the numbers and names that `fill-the-gap` leaves to other recipes."""

    name = "gap-in-the-line"
    label = "Fill the gap"
    angle = Angle.RECALL

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each such fact."""
        for fact in base.facts:
            if fact.value is not None and (fact.value.quantity is not None or is_named(fact)):
                before, answer, after = _typed_part(fact.value)
                sentence = fact.with_value(f"{before}{GAP}{after}")
                forms = () if fact.value.quantity else accepted_forms(fact, base)
                others = () if fact.value.quantity else named_otherwise(fact, base)
                body = ClozeBody(sentence, (ShortAnswerBody(answer, forms, others),))
                said = explanation_of(fact, base.speaker_of(fact))
                yield question_on(fact, self, type=Cloze.name, stem=sentence, body=body, explanation=said)


def _typed_part(value: Value) -> tuple[str, str, str]:
    """Cut a value into what is shown before the gap, what is typed, and what is shown after it: hedge and unit stay."""
    if value.quantity is None:
        return "", value.text, ""
    hedge, rest = split_hedge(value.text)
    before = value.text[: len(value.text) - len(rest)] if hedge else ""
    sign = rest[0] if rest[0] in "$€£" else ""
    unit = value.quantity.unit if value.quantity.unit and rest.endswith(value.quantity.unit) else ""
    number = rest[len(sign) : len(rest) - len(unit)]
    return before + sign, number.rstrip(" -"), number[len(number.rstrip(" -")) :] + unit


class AnswerIt:
    """A short answer, where the value is a few words and neither a name nor a number."""

    name = "answer-it"
    label = "Answer in a word"
    angle = Angle.RECALL

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each such fact that is asked in words."""
        for fact in base.facts:
            value = fact.value
            if value is None or value.quantity is not None or is_named(fact) or not fact.ask or "…" in fact.ask:
                continue
            if len(value.text.split()) <= MOST_TYPED:
                yield question_on(
                    fact,
                    self,
                    type=ShortAnswer.name,
                    stem=asked_of_article(fact.ask),
                    body=ShortAnswerBody(unquoted(value.text), accepted_forms(fact, base)),
                    explanation=explanation_of(fact, base.speaker_of(fact)),
                )


class WhoseWord:
    """Who says it: the speaker, among the other voices of a source that has two or more and names no sides."""

    name = "who-said-it"
    label = "Who said it"
    angle = Angle.VOICE

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each fact whose line says what somebody said."""
        if base.source.sides:
            return
        for fact in base.facts:
            speaker = base.speaker_of(fact)
            others = _other_voices(fact, speaker, base)
            if speaker is None or not fact.said or len(others) < 2:
                continue
            yield question_on(
                fact,
                self,
                type=SingleChoice.name,
                stem=f"In the article, who said that {fact.said}?",
                body=SingleChoiceBody(sentence_start(speaker.name), tuple(others)),
                explanation=fact.text,
            )


def _other_voices(fact: Fact, speaker: Speaker | None, base: FactBase) -> list[Distractor]:
    """List the other voices, those of facts first, and the text itself."""
    if speaker is None:
        return []
    heard = [base.speaker_of(other) for other in base.facts if other.speaker]
    voices = dict.fromkeys(one for one in (*heard, *base.source.speakers) if one is not None)
    found = [
        Distractor(sentence_start(one.name), f"The article does not give this as the word of {one.short}.")
        for one in voices
        if one.id != speaker.id and one.kind is not SpeakerKind.BOTH and (not one.side or one.side != speaker.side)
    ]
    own = f"The article gives this as the word of {speaker.short}, not in its own voice."
    return [*found[:2], Distractor(THE_TEXT_ITSELF, own)]


class MatchTheAnswers:
    """Matching: the questions of earlier facts with values of one kind, and this one's, each with its answer."""

    name = "match-the-answers"
    label = "Match the answers"
    angle = Angle.TOGETHER

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question that begins with the first fact."""
        first, *rest = base.facts
        if first.value is None or first.speaker or not _is_own_question(first):
            return
        chosen = [first]
        for other in order.of(rest, name=lambda fact: fact.id):
            if len(chosen) < MOST_TOGETHER and _goes_with(other, first) and _differs(other, chosen):
                chosen.append(other)
        if len(chosen) < FEWEST_TOGETHER:
            return
        pairs = tuple(Pair(sentence_start(one.ask), one.value.text, one.id) for one in chosen if one.value)
        yield together(
            self,
            chosen,
            base,
            Matching.name,
            "In the article, what answers each of these questions?",
            MatchingBody(pairs),
        )


def _is_own_question(fact: Fact) -> bool:
    return bool(fact.ask) and "…" not in fact.ask


def _goes_with(other: Fact, first: Fact) -> bool:
    if other.value is None or first.value is None or other.speaker or not other.scored or not _is_own_question(other):
        return False
    return other.value.kind == first.value.kind and (other.value.kind != "phrase" or other.relation == first.relation)


def _differs(other: Fact, chosen: list[Fact]) -> bool:
    return not any(same_or_within(other.value, one.value) or fold(other.ask) == fold(one.ask) for one in chosen)


class OrderTheYears:
    """Ordering: what happened when, for this fact and earlier ones whose line ends with its year."""

    name = "order-the-years"
    label = "Put in order"
    angle = Angle.TOGETHER

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question that begins with the first fact."""
        first, *rest = base.facts
        if not _event(first):
            return
        others = order.of([fact for fact in rest if _event(fact) and fact.scored], name=lambda fact: fact.id)
        by_place = {_place(fact): fact for fact in reversed([first, *others])}
        chosen = [first, *(one for one in by_place.values() if one is not first and _place(one) != _place(first))]
        chosen = chosen[:MOST_TOGETHER]
        if len(chosen) < FEWEST_TOGETHER:
            return
        ranked = sorted(chosen, key=_place)
        items = tuple(OrderedItem(_event(one), one.id) for one in ranked)
        body = OrderingBody(items, tuple(combinations(range(len(items)), 2)))
        yield together(self, chosen, base, Ordering.name, "In the article, in which order did these happen?", body)


def _place(fact: Fact) -> tuple[int, int]:
    found = place_in_order(fact.value.text) if fact.value else None
    return (found[0], int(found[1])) if found else (-1, -1)


def _event(fact: Fact) -> str:
    """Return what happened, without its date; empty where the line does not end with a year."""
    if fact.value is None or fact.kind is not FactKind.DATE or fact.value.kind != "date by year" or fact.speaker:
        return ""
    line = fact.text.rstrip(".")
    for preposition in ("in", "since"):
        if line.endswith(f" {preposition} {fact.value.text}"):
            return line.removesuffix(f" {preposition} {fact.value.text}")
    return ""


def together(recipe: Recipe, facts: list[Fact], base: FactBase, kind: str, stem: str, body: object) -> Question:
    """Make a question on several facts, about the first."""
    return question_on(facts[0], recipe, type=kind, stem=stem, body=body, explanation=explanation_of_all(facts, base))


OWN_RECIPES: tuple[Recipe, ...] = (
    GapInTheLine(),
    AnswerIt(),
    WhoseWord(),
    MatchTheAnswers(),
    OrderTheYears(),
)
