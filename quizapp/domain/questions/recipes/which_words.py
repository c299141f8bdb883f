"""Ask "what", "which word": single choice on events, claims and the words they are put in."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.recipes.value_choice import ValueChoice


class WhichWords(ValueChoice):
    """What happened or was said, among the same relation."""

    name = "which-words"
    label = "Which words"
    kinds = frozenset(
        {FactKind.EVENT, FactKind.CLAIM, FactKind.CHARACTERISATION, FactKind.PREDICTION, FactKind.DEFINITION}
    )
