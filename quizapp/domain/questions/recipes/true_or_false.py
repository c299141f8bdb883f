"""True or false: the statement as the article has it, or with exactly one value swapped for another fact's.

Never on a fact that has a speaker: "true" would then mean "so it is" where it can only mean "so they said".
"""

from collections.abc import Iterator

from quizapp.domain.facts.fact import Fact, FactKind, Status
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.true_false import TrueFalse, TrueFalseBody
from quizapp.domain.questions.recipes.distractors import asked_the_other_way, value_distractors
from quizapp.domain.questions.recipes.recipe import Angle, explanation_of, question_on, sentence_start
from quizapp.domain.seeded_order import SeededOrder

_UNFIT = {FactKind.CLAIM, FactKind.CHARACTERISATION, FactKind.PREDICTION}


class TrueOrFalse:
    """A statement to judge, for every uncontested fact in the article's own voice whose value can be swapped.

    That is a number, date or name: a reason swapped for another makes a sentence that nobody would believe.
    """

    name = "true-or-false"
    label = "True or false"
    angle = Angle.REVERSE

    def questions(self, base: FactBase, order: SeededOrder) -> Iterator[Question]:
        """Yield one question a fact; half of them are true, drawn fact by fact."""
        for fact in base.facts:
            if not _fits(fact) or _judged_already(fact, base):
                continue
            seeds = order.within(fact.id)
            wrong = next(iter(value_distractors(fact, base, seeds)), None)
            if wrong is None:
                continue
            is_true = seeds.number("true", 2) == 0
            yield question_on(
                fact,
                self,
                type=TrueFalse.name,
                stem=f"True or false, according to the article: {_statement(fact, None if is_true else wrong)}",
                body=_body(None if is_true else wrong),
                explanation=explanation_of(fact, None),
            )


def _fits(fact: Fact) -> bool:
    contested = fact.speaker is not None or fact.status not in (Status.UNCONTESTED, Status.SINGLE_SOURCE)
    return fact.value is not None and fact.value.kind != "phrase" and not contested and fact.kind not in _UNFIT


def _judged_already(fact: Fact, base: FactBase) -> bool:
    """Say whether an earlier fact states the same the other way round."""
    twin = asked_the_other_way(fact, base)
    return twin is not None and _fits(twin) and base.facts.index(twin) < base.facts.index(fact)


def _statement(fact: Fact, wrong: Distractor | None) -> str:
    return fact.text if wrong is None else fact.with_value(wrong.text)


def _body(wrong: Distractor | None) -> TrueFalseBody:
    if wrong is None:
        return TrueFalseBody(is_true=True, reason="The article does say this.")
    if wrong.fact is None:
        return TrueFalseBody(is_true=False, reason=f"None of the facts taken from the article has {wrong.text} in it.")
    reason = f"{sentence_start(wrong.text)} is right for something else. {wrong.reason}"
    return TrueFalseBody(is_true=False, reason=reason, fact=wrong.fact)
