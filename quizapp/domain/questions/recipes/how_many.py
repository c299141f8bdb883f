"""Ask "how many", "how much", "how long": single choice on numbers."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class HowMany(ValueChoice):
    """Numbers, among numbers of the same unit, in order."""

    name = "how-many"
    label = "How many"
    kinds = frozenset({FactKind.QUANTITY, FactKind.DURATION})
