"""Who knows the answers: what to post to answer a question rightly or wrongly, whatever its type."""

from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.services.quizzes import AskedQuestion

WRONG_NUMBER = "123456"


def response_to(asked: AskedQuestion, right: bool = True) -> str:
    """Return the value of the field `response` that scores 1, or less than 1."""
    question = asked.snapshot.question
    kind = question_type(question.type)
    if question.type == "numeric":
        return str(question.body.number) if right else WRONG_NUMBER
    values = ("true", "false") if question.type == "true_false" else tuple("123456789")
    for value in values:
        reading = kind.read({"response": value}, question.body, asked.order)
        if isinstance(reading, Given) and (kind.grade(question.body, reading.response).score == 1) == right:
            return value
    raise AssertionError(f"no such response to {question.id}")
