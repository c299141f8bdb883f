"""Who said it: a statement that rests on someone's word, with one voice of each side and the paper as options."""

from collections import Counter
from collections.abc import Iterator

from quizapp.domain.facts import Fact, Speaker, SpeakerKind, Tier
from quizapp.domain.facts_file import FactBase
from quizapp.domain.question_types.question_type import Distractor
from quizapp.domain.question_types.single_choice import SingleChoice, SingleChoiceBody
from quizapp.domain.questions import Question
from quizapp.domain.recipes.distractors import ENOUGH
from quizapp.domain.recipes.recipe import question_on, sentence_start
from quizapp.domain.seeded_order import SeededOrder

_TIERS = list(Tier)


class WhoSaidIt:
    """Single choice on the speaker. No speaker is the key of more than half of these questions."""

    name = "who-said-it"
    label = "Who said it"

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question for each chosen fact with a `said`, in the order of the facts."""
        sayable = [fact for fact in base.facts if fact.said and _speaks_alone(base.speaker_of(fact))]
        chosen = {fact.id for fact in _without_a_majority(sayable, order)}
        for fact in sayable:
            speaker = base.speaker_of(fact)
            if fact.id not in chosen or speaker is None:
                continue
            others = _other_voices(fact, speaker, base, order.within(fact.id))
            if len(others) >= ENOUGH:
                yield question_on(
                    fact,
                    self,
                    type=SingleChoice.name,
                    stem=f"In the article, who said that {fact.said.removesuffix('.')}?",
                    body=SingleChoiceBody(speaker.name, tuple(others)),
                    explanation=f"{sentence_start(speaker.name)} said so ({speaker.role}). It is given as "
                    "a statement, not as a finding of the article.",
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


def _other_voices(fact: Fact, speaker: Speaker, base: FactBase, order: SeededOrder) -> list[Distractor]:
    """One voice of each other side that says something else in the article, and the outlet itself."""
    found: list[Distractor | None] = []
    for side in base.source.sides:
        if side.id != speaker.side:
            said = [other for other in base.facts if other.said and _is_of_side(base.speaker_of(other), side.id)]
            ranked = order.of(said, name=lambda other: other.id)
            ranked.sort(key=lambda other: (other.topic != fact.topic, other.group != fact.group))
            found.extend(_voice(other, base.speaker_of(other)) for other in ranked[:1])
    outlet = base.source.outlet
    reason = f"{outlet} does not say this in its own voice; it gives it as the words of {speaker.short}."
    return [one for one in found if one is not None] + [Distractor(f"{outlet}, in its own voice", reason)]


def _is_of_side(speaker: Speaker | None, side: str) -> bool:
    return speaker is not None and speaker.kind is not SpeakerKind.BOTH and speaker.side == side


def _voice(fact: Fact, speaker: Speaker | None) -> Distractor | None:
    if speaker is None:
        return None
    reason = f"What {speaker.short} said in the article is something else: that {fact.said} ({fact.place.lower()})."
    return Distractor(speaker.name, reason, fact.id)
