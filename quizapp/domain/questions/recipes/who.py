"""Ask "who", "which office": single choice on people."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class Who(ValueChoice):
    """People and offices, among others of the same relation."""

    name = "who"
    label = "Who"
    kinds = frozenset({FactKind.PERSON})
