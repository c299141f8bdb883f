"""Ask "why", "on what condition", "to what end": single choice on causes, conditions and purposes."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class Why(ValueChoice):
    """Reasons, among other reasons that the article gives."""

    name = "why"
    label = "Why, or on what condition"
    kinds = frozenset({FactKind.CAUSE, FactKind.CONDITION, FactKind.PURPOSE})
