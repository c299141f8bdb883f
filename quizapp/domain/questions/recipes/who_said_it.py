"""Who said it: a statement of the article, with one voice of each side and the paper itself as options.

Most of them rest on someone's word. Some are in the paper's own voice, so that the paper is not always a wrong option.
"""

from collections import Counter
from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, FactKind, Speaker, SpeakerKind, Status, Tier
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions.recipes.distractors import ENOUGH, asked_the_other_way
from quizapp.domain.questions.recipes.recipe import Angle, goes_on_after_that, question_on, sentence_start
from quizapp.domain.seeded_order import SeededOrder

MAX_WORDS = 22
SAID_FOR_EACH_UNSAID = 2

_TIERS = list(Tier)
_TOLD_KINDS = {FactKind.EVENT, FactKind.QUANTITY, FactKind.DURATION, FactKind.ORGANISATION}


class WhoSaidIt:
    """Single choice on the speaker. No speaker is the key of more than half of these questions."""

    name = "who-said-it"
    label = "Who said it"
    angle = Angle.VOICE

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each chosen fact, in the order of the facts."""
        sayable = [fact for fact in base.facts if fact.said and _speaks_alone(base.speaker_of(fact))]
        said = _without_a_majority(sayable, order)
        chosen = {fact.id for fact in (*said, *_in_its_own_voice(base, order, len(said) // SAID_FOR_EACH_UNSAID))}
        for fact in base.facts:
            speaker = base.speaker_of(fact)
            others = _other_voices(fact, speaker, base, order.within(fact.id))
            if fact.id in chosen and len(others) >= ENOUGH:
                yield question_on(
                    fact,
                    self,
                    type=SingleChoice.name,
                    stem=f"In the article, who said that {_clause(fact)}?",
                    body=SingleChoiceBody(speaker.name if speaker else outlet_of(base), tuple(others)),
                    explanation=voice_explanation(speaker, base),
                )


def _speaks_alone(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.kind is not SpeakerKind.BOTH


def _without_a_majority(facts: list[Fact], order: SeededOrder) -> list[Fact]:
    """Keep at most as many facts of one speaker as all the others have together, the more important ones first."""
    counts = Counter(fact.speaker for fact in facts)
    if not counts:
        return []
    loudest, count = counts.most_common(1)[0]
    room = max(len(facts) - count, 1)
    ranked = order.of([fact for fact in facts if fact.speaker == loudest], name=lambda fact: fact.id)
    ranked.sort(key=lambda fact: (not fact.scored, _TIERS.index(fact.tier)))
    return [*ranked[:room], *(fact for fact in facts if fact.speaker != loudest)]


def _in_its_own_voice(base: FactBase, order: SeededOrder, wanted: int) -> list[Fact]:
    """Choose facts that the outlet itself tells, which nobody in the article is quoted for as well."""
    ranked = order.of([fact for fact in base.facts if _is_told(fact, base)], name=lambda fact: fact.id)
    ranked.sort(key=lambda fact: _TIERS.index(fact.tier))
    return ranked[:wanted]


def _is_told(fact: Fact, base: FactBase) -> bool:
    if fact.speaker is not None or fact.status is not Status.UNCONTESTED or fact.kind not in _TOLD_KINDS:
        return False
    if not goes_on_after_that(fact) or len(fact.text.split()) > MAX_WORDS or asked_the_other_way(fact, base):
        return False
    also = (other for other in base.facts if other.id in fact.not_with or fact.id in other.not_with)
    return all(other.speaker is None for other in also)


def _clause(fact: Fact) -> str:
    """Write the content as it goes on after "that"."""
    return goes_on_after_that(fact) if fact.speaker is None else fact.said.removesuffix(".")


def outlet_of(base: FactBase) -> str:
    """Name the outlet as an option among voices."""
    return f"{base.source.outlet} itself"


def voice_explanation(speaker: Speaker | None, base: FactBase) -> str:
    """Say whose word it is."""
    if speaker is None:
        return f"{base.source.outlet} says so in its own voice; the article does not rest it on anybody’s word."
    who = sentence_start(speaker.name)
    if speaker.kind is SpeakerKind.PERSON:
        who = f"{who}, {speaker.role},"
    return f"{who} said so. The article gives it as a statement, not as a finding of its own."


def _other_voices(fact: Fact, speaker: Speaker | None, base: FactBase, order: SeededOrder) -> list[Distractor]:
    """One voice of each other side that says something else in the article, and the outlet itself."""
    found: list[Distractor | None] = []
    for side in base.source.sides:
        if speaker is None or side.id != speaker.side:
            said = [other for other in base.facts if other.said and _is_of_side(base.speaker_of(other), side.id)]
            ranked = order.of(said, name=lambda other: other.id)
            ranked.sort(key=lambda other: (other.topic != fact.topic, other.group != fact.group))
            found.extend(_voice(other, base.speaker_of(other)) for other in ranked[:1])
    if speaker is not None:
        reason = f"{base.source.outlet} gives this as the word of {speaker.short}, not in its own voice."
        found.append(Distractor(outlet_of(base), reason))
    return [one for one in found if one is not None]


def _is_of_side(speaker: Speaker | None, side: str) -> bool:
    return speaker is not None and speaker.kind is not SpeakerKind.BOTH and speaker.side == side


def _voice(fact: Fact, speaker: Speaker | None) -> Distractor | None:
    if speaker is None:
        return None
    reason = f"{sentence_start(speaker.short)} said something else in the article: that {fact.said}"
    return Distractor(speaker.name, f"{reason} ({fact.place.lower()}).", fact.id)
