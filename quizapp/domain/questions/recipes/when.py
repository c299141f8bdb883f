"""Ask "when", "in which month", "in which year": single choice on dates."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class When(ValueChoice):
    """Dates, among dates of the same granularity."""

    name = "when"
    label = "When"
    kinds = frozenset({FactKind.DATE})
