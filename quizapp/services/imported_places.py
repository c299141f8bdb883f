"""Which facts an import made without a place in an article: nobody has said yet where it tells them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from quizapp.database.bank_tables import FactRow, Origin, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.domain.facts.fact import SourceKind
from quizapp.domain.questions.bank_formats.exchange.made import RECIPE

_MARK = f'"recipe":"{RECIPE}"'
"""How a stored revision says that an import made it; within a text its quotation marks would be escaped."""
_IMPORTED = (
    select(QuestionRow.id)
    .join(
        QuestionRevisionRow,
        and_(
            QuestionRevisionRow.question_id == QuestionRow.id,
            QuestionRevisionRow.number == QuestionRow.revision_number,
        ),
    )
    .where(
        QuestionRow.fact_id == FactRow.id,
        QuestionRow.retired_at.is_(None),
        QuestionRevisionRow.content.contains(_MARK, autoescape=True),
    )
    .correlate(FactRow)
    .exists()
)


def is_without_place() -> ColumnElement[bool]:
    """Say of a fact and its source whether an import made it of a question whose file names no place for it.

    Such a fact stands in paragraph 1 because a fact has to stand in one. In a deck, or a collection of imported
    questions, places are numbers of the file alone, and none is without.
    """
    place: Any = FactRow.content["paragraphs"]
    return and_(
        FactRow.origin == Origin.INSTRUCTOR,
        func.coalesce(SourceRow.details["kind"].as_string(), SourceKind.ARTICLE.value) == SourceKind.ARTICLE.value,
        place[0].as_integer() == 1,
        place[1].as_integer().is_(None),
        FactRow.content["passage"]["text"].as_string().is_(None),
        _IMPORTED,
    )
