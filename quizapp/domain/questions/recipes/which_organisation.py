"""Ask "who hosted", "which body": single choice on organisations."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class WhichOrganisation(ValueChoice):
    """Organisations, among organisations."""

    name = "which-organisation"
    label = "Which organisation"
    kinds = frozenset({FactKind.ORGANISATION})
