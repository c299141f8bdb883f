"""Rules on facts and their source: D-1, D-4, D-5, D-13 to D-17, D-20, D-21 and D-23."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from quizapp.domain.facts.fact import NEEDS_NOTE, Fact, FactKind, Source, Status
from quizapp.domain.facts.quantities import fold, parse_quantity
from quizapp.domain.questions.bank_lint.reading import SOURCE_RECIPES, tested
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, error, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.single_choice import SingleChoice

MAX_SHARE_OF_ONE_SPEAKER = 0.5
MAX_MISMATCH = Decimal("0.1")
_NUMBERED = frozenset({FactKind.QUANTITY, FactKind.DURATION})
_NUMBER_WITH_UNIT = re.compile(r"[$€£₺₼]?\d[\d,.]*(?:\s[a-z]+){1,3}")
_SOURCE_QUESTION = re.compile(
    r"\b(who(se voice)? (speaks|is (heard|missing|not heard|quoted|interviewed))|whose voice|look up)\b", re.I
)
_AT_A_PLACE = re.compile(r"\bparagraphs? (\d{1,4})\b", re.I)
_SAID_BY_NOBODY = re.compile(
    r"\b((nobody|no[ -]?one|none|no (voice|speaker|side|fact)|neither (side|party))\b[^.;]{0,60}\b"
    r"(said|says?|gives?|gave|has|have|calls?|called|mentions?|mentioned|names?|named|uses?|used|states?|stated)"
    r"|((does|do|did) not|doesn’t|doesn't|didn’t|didn't|never|nowhere)\b[^.;]{0,30}\b"
    r"(says?|said|gives?|gave|have|has|contains?|mentions?|mentioned|names?|named|states?|stated|uses?|used|calls?)"
    r"|(is|was|are|were) (said |given |mentioned |found |stated )?nowhere"
    r"|(said|given|mentioned|found|stated|named) (by nobody|by no one|nowhere)"
    r"|not (said|given|mentioned|found|stated|named|in) (anywhere|by (anybody|anyone)|(in )?(the|this) \w+))\b",
    re.I,
)
_CORRECTION = re.compile(r"\b(correct(ion|ed)\b|erratum|retracted|withdrawn|withdrew)", re.I)


def cites_a_place(bank: Bank) -> Iterator[Spot]:
    """D-1: every question tests a fact, each fact names a paragraph, and the passage it cites is in the stored text."""
    facts = bank.facts_by_id()
    for question in bank.questions:
        missing = [one for one in question.facts if one not in facts or not _has_place(facts[one], bank)]
        if missing or not question.facts:
            yield Spot(question.id, ", ".join(missing))


def _has_place(fact: Fact, bank: Bank) -> bool:
    if fact.passage is not None and bank.text and not fact.passage.stands_in(bank.text):
        return False
    return bool(fact.paragraphs) and all(1 <= number <= bank.source.paragraphs for number in fact.paragraphs)


def contradicted_is_not_knowledge(bank: Bank) -> Iterator[Spot]:
    """D-4: a contradicted fact is asked only as what the article gives, unscored, with its reference."""
    for question, facts in tested(bank):
        for fact in facts:
            if fact.status is Status.CONTRADICTED:
                compared = "article" in question.stem.lower() and bool(fact.note) and fact.note in question.explanation
                if question.scored or not compared or not fact.reference:
                    yield Spot(question.id, fact.id)
                    break


def outdated_is_not_scored(bank: Bank) -> Iterator[Spot]:
    """D-5: what later events overtook stays out of scored quizzes, and the source says of when it is."""
    for question, facts in tested(bank):
        if any(fact.status is Status.OUTDATED for fact in facts) and (question.scored or not bank.source.as_of):
            yield Spot(question.id)


def overdue(bank: Bank, today: date) -> Iterator[Spot]:
    """D-5: facts whose `review_by` has passed or is no date. It needs to know the day, so a report asks for it."""
    for fact in bank.facts:
        if fact.review_by:
            try:
                late = date.fromisoformat(fact.review_by) < today
            except ValueError:
                late = True
            if late:
                yield Spot(fact.id, f"review_by {fact.review_by}")


def wrong_options_have_reasons(bank: Bank) -> Iterator[Spot]:
    """D-13: each wrong option says what it is right for, and none puts invented words into anybody's mouth.

    Where a speaker's words are asked for, a wrong option is borrowed from a fact, or is somebody's name, or its reason
    says where in the source it is right, or that nobody in the source says it.
    """
    for question, facts in tested(bank):
        others = question_type(question.type).distractors(question.body)
        silent = [one.text for one in others if not one.reason]
        invented = [one.text for one in others if _is_invented_word(one, question, facts[0], bank.source)]
        if silent or invented:
            yield Spot(question.id, "; ".join(silent or invented))


def _is_invented_word(option: Distractor, question: Question, fact: Fact, source: Source) -> bool:
    """Say whether an option that nobody stands behind would be taken for the speaker's words; a number is not."""
    asks_for_words = fact.value is not None and fact.value.kind == "phrase" and question.recipe not in SOURCE_RECIPES
    if question.type != SingleChoice.name or not fact.speaker or not asks_for_words or option.fact is not None:
        return False
    return not (_is_a_voice(option.text, source) or _is_accounted_for(option.reason, source))


def _is_a_voice(text: str, source: Source) -> bool:
    names = {source.outlet, *(name for one in source.speakers for name in (one.name, one.short, *one.spellings))}
    return fold(text).removesuffix(" itself") in map(fold, names)


def _is_accounted_for(reason: str, source: Source) -> bool:
    """Say whether a reason names a paragraph of the source, or says plainly that the source has no such words."""
    places = [int(number) for number in _AT_A_PLACE.findall(reason)]
    return any(1 <= number <= source.paragraphs for number in places) or bool(_SAID_BY_NOBODY.search(reason))


def options_hold_in_the_world(bank: Bank) -> Iterator[Spot]:
    """D-14: no option is borrowed from a fact that is contradicted, or that was the source's own and is overtaken."""
    facts = bank.facts_by_id()
    for question in bank.questions:
        borrowed = [facts[one] for one in question.distractor_facts if one in facts]
        doubtful = [fact.id for fact in borrowed if question.scored and _is_doubtful(fact)]
        if doubtful:
            yield Spot(question.id, ", ".join(dict.fromkeys(doubtful)))


def _is_doubtful(fact: Fact) -> bool:
    return fact.status is Status.CONTRADICTED or (fact.status is Status.OUTDATED and fact.speaker is None)


def no_voice_dominates(bank: Bank) -> Iterator[Spot]:
    """D-15: more than half of the questions rest on one speaker; the bank page says so."""
    speakers = Counter(question.speaker for question in bank.questions if question.speaker)
    for speaker, count in speakers.most_common(1):
        if count > MAX_SHARE_OF_ONE_SPEAKER * len(bank.questions):
            yield Spot(bank.name, f"{speaker}: {count} of {len(bank.questions)}")


def numbers_can_be_compared(bank: Bank) -> Iterator[Spot]:
    """D-16: a number has its unit, a contradicted one its reference; one that its own note belies is contradicted."""
    for fact in bank.facts:
        quantity = fact.value.quantity if fact.value else None
        if quantity is None:
            continue
        if fact.kind in _NUMBERED and not quantity.unit:
            yield Spot(fact.id, "no unit")
        elif fact.status is Status.CONTRADICTED and not fact.reference:
            yield Spot(fact.id, "no reference")
        elif fact.status not in (Status.CONTRADICTED, Status.DISPUTED) and _mismatches(fact):
            yield Spot(fact.id, "; ".join(_mismatches(fact)))


def _mismatches(fact: Fact) -> list[str]:
    """List the figures in note and reference that have the fact's unit and are more than a tenth off."""
    quantity = fact.value.quantity if fact.value else None
    if quantity is None or not quantity.number:
        return []
    off = []
    for text in _NUMBER_WITH_UNIT.findall(f"{fact.note} {fact.reference}"):
        other = parse_quantity(text)
        comparable = other is not None and quantity.unit and f"{other.unit} ".startswith(f"{quantity.unit} ")
        if other and comparable and abs(other.number - quantity.number) > MAX_MISMATCH * abs(quantity.number):
            off.append(text)
    return off


def source_is_told(bank: Bank) -> Iterator[Spot]:
    """D-17: the source line can be shown everywhere."""
    source = bank.source
    fields = {"outlet": source.outlet, "date": source.date, "description": source.description, "as_of": source.as_of}
    missing = [name for name, text in fields.items() if not text.strip()]
    if missing:
        yield Spot(bank.name, ", ".join(missing))


def asks_about_the_source(bank: Bank) -> Iterator[Spot]:
    """D-20: where somebody speaks in the source, some question asks who speaks."""
    asks = any(one.recipe in SOURCE_RECIPES or _SOURCE_QUESTION.search(one.stem) for one in bank.questions)
    if bank.source.speakers and bank.questions and not asks:
        yield Spot(bank.name)


def predictions_are_followed_up(bank: Bank) -> Iterator[Spot]:
    """D-21: a prediction says what happened since, or when somebody will look."""
    for fact in bank.facts:
        if fact.kind is FactKind.PREDICTION:
            if fact.status is Status.OUTDATED and not fact.note:
                yield Spot(fact.id, "outdated without a note")
            elif not fact.note and not fact.review_by:
                yield Spot(fact.id, "neither note nor review_by")


def corrections_are_shown(bank: Bank) -> Iterator[Spot]:
    """D-23: a corrected fact has a status with which its note is shown, and says where the correction stands.

    What a card of an imported deck notes is its author's remark, no correction of ours.
    """
    if bank.source.is_deck:
        return
    for fact in bank.facts:
        if _CORRECTION.search(fact.note) and (fact.status not in NEEDS_NOTE or not fact.reference):
            yield Spot(fact.id)


_BORROW_OR_SAY = (
    "Borrow a wrong option from a fact, or let its reason say in which paragraph it is right, "
    "or that nobody in the article says it."
)
RULES: tuple[LintRule, ...] = (
    error(
        "D-1",
        "Give each fact that is tested its paragraph, and mark its passage anew where the text has changed.",
        cites_a_place,
    ),
    error("D-4", "Ask only what the article gives, unscored, with the reference.", contradicted_is_not_knowledge),
    warning("D-5", "Keep what later events overtook unscored; review what is due.", outdated_is_not_scored),
    error("D-13", _BORROW_OR_SAY, wrong_options_have_reasons),
    warning("D-14", "Take another wrong option: this one’s own fact does not hold.", options_hold_in_the_world),
    warning("D-15", "Over half the questions rest on one speaker: say so on the bank page.", no_voice_dominates),
    warning("D-16", "Give number, unit and reference; call it contradicted if they differ.", numbers_can_be_compared),
    error("D-17", "Fill in the outlet, date, description and as_of of the source.", source_is_told),
    warning("D-20", "Ask at least once who speaks in the source or whose voice is missing.", asks_about_the_source),
    warning("D-21", "Note what happened since, or set review_by.", predictions_are_followed_up),
    error("D-23", "Give a corrected fact a status that shows its note, and the reference.", corrections_are_shown),
)
