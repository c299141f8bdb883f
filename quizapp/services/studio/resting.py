"""What rests on something that is about to be undone: a text, a speaker, a topic or a fact that others use by now."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Text, cast, select, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRow, SourceRow
from quizapp.domain.errors import Conflict
from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.bank_formats.stored import fact_from_text, source_from_text
from quizapp.services.studio.states import State, chunks

Changes = dict[str, dict[int, tuple[State | None, State]]]
IN_USE = "Facts or questions that came later use this now. Undo those first."


def refuse_what_others_rest_on(session: Session, changes: Changes) -> None:
    """Raise Conflict where undoing would take a speaker, topic, paragraph or text that facts need which stay.

    One statement for each source and bank that changed.
    """
    former = {one: before for one, (before, _) in changes.get("facts", {}).items()}
    for source_id, (before, _) in changes.get("sources", {}).items():
        if before is not None:
            _refuse_source(_staying(session, SourceRow.id == source_id, former), before)
    for bank_id, (before, _) in changes.get("banks", {}).items():
        if before is not None:
            facts = _staying(session, BankRow.id == bank_id, former)
            if any(fact.topic not in before["topics"] for fact in facts):
                raise Conflict(IN_USE)


def bring_back_what_is_asked(session: Session, changes: Changes) -> None:
    """Keep a fact that the step brought where a question which stays asks it; undoing has just taken it away."""
    brought = [one for one, (before, _) in changes.get("facts", {}).items() if before is None]
    for some in chunks(brought):
        asked = select(QuestionRow.fact_id).where(
            QuestionRow.fact_id.in_(some), QuestionRow.retired_at.is_(None), QuestionRow.origin != Origin.CONTRAST
        )
        session.execute(update(FactRow).where(FactRow.id.in_(asked)).values(retired_at=None))


def _staying(session: Session, of: Any, former: Mapping[int, State | None]) -> list[Fact]:
    """Return the facts of a source or bank as they would be afterwards, those that would be there then.

    `former` are the states that facts would have again; None where they were not there.
    """
    rows = session.execute(
        select(FactRow.id, FactRow.source_id, cast(FactRow.content, Text).label("fact"))
        .join(SourceRow, SourceRow.id == FactRow.source_id)
        .outerjoin(BankRow, BankRow.source_id == SourceRow.id)
        .where(of, FactRow.retired_at.is_(None))
    )
    texts = []
    for row in rows:
        before = former.get(row.id)
        if row.id not in former:
            texts.append(row.fact)
        elif before and before["retired_at"] is None and before["source_id"] == row.source_id:
            texts.append(json.dumps(before["content"], ensure_ascii=False))
    return [fact_from_text(text) for text in texts]


def _refuse_source(facts: Iterable[Fact], before: State) -> None:
    source = source_from_text(json.dumps(before["details"], ensure_ascii=False))
    for fact in facts:
        unknown = fact.speaker is not None and source.speaker(fact.speaker) is None
        unplaced = any(number > source.paragraphs for number in fact.paragraphs)
        unmarked = fact.passage is not None and not fact.passage.stands_in(before["text"] or "")
        if unknown or unplaced or unmarked:
            raise Conflict(IN_USE)
