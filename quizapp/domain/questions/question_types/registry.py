"""Every question type, by name. To add one: its file, its template, its test, and a line here."""

from typing import Any

from quizapp.domain.questions.question_types.cloze import Cloze
from quizapp.domain.questions.question_types.matching import Matching
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoice
from quizapp.domain.questions.question_types.numeric import Numeric
from quizapp.domain.questions.question_types.ordering import Ordering
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.questions.question_types.short_answer import ShortAnswer
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.question_types.true_false import TrueFalse

_ALL: tuple[QuestionType[Any], ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    Numeric(),
    ShortAnswer(),
    Cloze(),
    Matching(),
    Ordering(),
)

QUESTION_TYPES: dict[str, QuestionType[Any]] = {one.name: one for one in _ALL}
if len(QUESTION_TYPES) < len(_ALL):
    raise RuntimeError("two question types have one name")


def question_type(name: str) -> QuestionType[Any]:
    """Return the type called `name`; KeyError if there is none."""
    return QUESTION_TYPES[name]
