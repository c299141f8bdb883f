"""No padding: one question on a fact from each angle, so that a third form stands only where it asks something new."""

from collections.abc import Iterable, Mapping

from quizapp.domain.questions.question import Question
from quizapp.domain.questions.recipes.recipe import Angle
from quizapp.domain.seeded_order import SeededOrder

MOST_ON_ONE_FACT = 3
DRAW = SeededOrder("one question from each angle")
_ANGLES = list(Angle)


def without_padding(made: Iterable[Question], angles: Mapping[str, Angle]) -> list[Question]:
    """Keep at most one question a fact from each angle, and three in all; questions on several facts all stay.

    `angles` tells the angle of each recipe by its name. Of two questions from one angle stays the one whose recipe
    comes first; which of two that turn a fact round is drawn, so that a bank has some of each.
    """
    questions = list(made)
    ranks = {recipe: rank for rank, recipe in enumerate(angles)}

    def rank(question: Question) -> tuple[int, int]:
        angle = angles[question.recipe]
        return _ANGLES.index(angle), 0 if angle is Angle.REVERSE else ranks[question.recipe]

    ranked = DRAW.of(questions, name=lambda question: question.id)
    ranked.sort(key=rank)
    kept: dict[str, dict[Angle, str]] = {}
    for question in ranked:
        forms = kept.setdefault(question.fact, {})
        if angles[question.recipe] is not Angle.TOGETHER and len(forms) < MOST_ON_ONE_FACT:
            forms.setdefault(angles[question.recipe], question.id)
    chosen = {question_id for forms in kept.values() for question_id in forms.values()}
    return [one for one in questions if angles[one.recipe] is Angle.TOGETHER or one.id in chosen]
