"""Ask "where", "to which country": single choice on places."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class Where(ValueChoice):
    """Places, among places of the same relation."""

    name = "where"
    label = "Where"
    kinds = frozenset({FactKind.PLACE})
