"""What is accepted for a typed answer, and what never is because it is the value of something else."""

from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.spelling import same_words
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.recipes.distractors import borrowed_reason


def accepted_forms(fact: Fact, base: FactBase) -> tuple[str, ...]:
    """List the other forms of the fact's value: those it names itself, and those of a speaker of that name."""
    if fact.value is None:
        return ()
    forms = [*fact.value.accept]
    for speaker in base.source.speakers:
        names = (speaker.name, speaker.short, *speaker.spellings)
        if any(same_words(fact.value.text, name) for name in names):
            forms.extend(names)
    return tuple(dict.fromkeys(form for form in forms if form != fact.value.text))


def named_otherwise(fact: Fact, base: FactBase) -> tuple[Distractor, ...]:
    """List the values of comparable facts, none of which is this one's, so that naming one is a mix-up, not a slip."""
    if fact.value is None:
        return ()
    own = (fact.value.text, *accepted_forms(fact, base))
    found: dict[str, Distractor] = {}
    for other in base.facts:
        if other.value is None or not _is_comparable(fact, other):
            continue
        for form in (other.value.text, *accepted_forms(other, base)):
            if not any(same_words(form, mine) for mine in own):
                found.setdefault(form, Distractor(form, borrowed_reason(other, base.speaker_of(other)), other.id))
    return tuple(found.values())


def _is_comparable(fact: Fact, other: Fact) -> bool:
    """Say whether one value could be taken for the other; phrases only within their relation."""
    if other.value is None or fact.value is None or other.id == fact.id or other.value.kind != fact.value.kind:
        return False
    if other.id in fact.not_with or fact.id in other.not_with:
        return False
    return other.relation == fact.relation or fact.value.kind != "phrase"


def unquoted(text: str) -> str:
    """Take off the quotation marks that a whole value stands in; what is typed has none."""
    inside = text.removeprefix("“").removesuffix("”")
    return inside if f"“{inside}”" == text and "“" not in inside else text
