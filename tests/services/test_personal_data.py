import json
import time
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select

from quizapp.database.account_tables import SecurityEventRow
from quizapp.database.bank_tables import QuestionRevisionRow
from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.database.personal_data.declaring import Shown
from quizapp.database.personal_data.registry import DECLARED
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow
from quizapp.domain.data_export import zip_of
from quizapp.domain.errors import NotAllowed
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.roles import Actor, Role
from quizapp.services import personal_data, quizzes
from tests.factories import NOON
from tests.services.taking import answer, take
from tests.services.whole_lives import live, pseudonym_of


def table_of(session, actor, name):
    data = personal_data.exported_data(session, actor, NOON)
    found = next(one for one in data.tables if one.name == name)
    return [dict(zip(found.column_names, row, strict=True)) for row in found.rows]


def text_of(session, actor):
    with ZipFile(BytesIO(zip_of(personal_data.exported_data(session, actor, NOON)))) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_every_table_that_holds_something_of_people_says_so_in_words():
    told = personal_data.what_is_kept()
    assert [one.title for one in told] == [one.title for one in DECLARED]
    assert sum(len(one.columns) for one in told) == sum(len(one.table.columns) for one in DECLARED)
    assert all(bool(column.name) != bool(column.withheld) for one in told for column in one.columns)


def test_an_export_holds_every_declared_table_and_nothing_of_anybody_else(session):
    mine, theirs = live(session, "zircon"), live(session, "obsidian")
    files = text_of(session, mine.actor)
    data = json.loads(files["data.json"])["tables"]
    declared = {one.name for one in DECLARED if one.exports()}
    assert set(data) == declared == {name.removesuffix(".csv") for name in files if name.endswith(".csv")}
    assert {name for name in declared if not data[name]["rows"]} == set()
    for name in ("data.json", "index.html"):
        assert "obsidian" not in files[name]
    shown = ("zircon Ondine", "zircon-signs-in", "zircon@example.org", "zircon of class", "zircon typed")
    for canary in shown:
        assert canary in files["data.json"] and canary in files["index.html"]
    assert pseudonym_of(session, theirs.actor) not in str(files)


def test_every_row_and_value_of_a_table_is_there(session):
    mine = live(session, "zircon")
    live(session, "obsidian")
    for name, kind in (("reviews", ReviewRow), ("cards", CardRow), ("attempts", AttemptRow)):
        rows = table_of(session, mine.actor, name)
        stored = session.scalars(select(kind).where(kind.person_id == mine.actor.id).order_by(kind.id)).all()
        assert len(rows) == len(stored) > 0
        personal = next(one for one in DECLARED if one.name == name)
        for label, column, one in personal.exports():
            if one.shown is Shown.AS_IT_IS:
                assert [row[label] for row in rows] == [plain(getattr(row, column)) for row in stored]


def plain(value):
    return value.isoformat() if isinstance(value, datetime) else value


def test_secrets_and_their_hashes_are_not_exported(session):
    mine = live(session, "zircon")
    everything = str(text_of(session, mine.actor))
    for secret in ("hash of zircon", "uniquifier of zircon", "Dear zircon", "CODE-"):
        assert secret not in everything


def test_a_question_is_told_once_it_was_answered_and_not_before(session, guest):
    attempt = quizzes.start_attempt(session, guest, "harbour", None, seed=1, now=NOON)
    contents = session.execute(
        select(AttemptQuestionRow.position, QuestionRevisionRow.content)
        .join(QuestionRevisionRow, QuestionRevisionRow.id == AttemptQuestionRow.question_revision_id)
        .where(AttemptQuestionRow.attempt_id == attempt)
    )
    stems = {row.position: snapshot_from_text(row.content).question for row in contents}
    assert [row["question"] for row in table_of(session, guest, "attempt_questions")] == [None] * len(stems)
    answer(session, guest, attempt, 2)
    told = {row["position"]: row["question"] for row in table_of(session, guest, "attempt_questions")}
    assert told == {position: stems[position].stem if position == 2 else None for position in stems}
    response = table_of(session, guest, "responses")
    assert [(one["position"], one["question"]) for one in response] == [(2, stems[2].stem)]
    everything = text_of(session, guest)["data.json"]
    for position, question in stems.items():
        if position != 2 and question.explanation != stems[2].explanation:
            assert question.explanation not in everything


def test_facts_banks_and_classes_stand_in_it_by_name(session):
    mine = live(session, "zircon")
    assert {row["bank"] for row in table_of(session, mine.actor, "attempts")} == {"harbour"}
    assert {row["class"] for row in table_of(session, mine.actor, "class_members")} == {"The class of the quay"}
    assert all(isinstance(row["fact"], str) for row in table_of(session, mine.actor, "cards"))
    assert all(row["question"] for row in table_of(session, mine.actor, "responses"))


def test_the_number_of_statements_does_not_grow_with_the_history(session, guest, stranger, statements):
    numbers = []
    for person, times in ((guest, 1), (stranger, 8)):
        for number in range(times):
            take(session, person, None, now=NOON + timedelta(days=number))
        session.flush()
        statements()
        personal_data.exported_data(session, person, NOON)
        numbers.append(len(statements()))
    assert numbers[0] == numbers[1] <= len(DECLARED) + 3


def test_an_export_leaves_one_row_in_the_log(session, guest):
    personal_data.note_export(session, guest, NOON)
    event = session.scalars(select(SecurityEventRow)).one()
    assert (event.kind, event.actor, event.happened_at) == ("data exported", pseudonym_of(session, guest), NOON)


def test_who_is_suspended_exports_nothing(session, guest):
    actor = Actor(guest.id, Role.SUSPENDED)
    with pytest.raises(NotAllowed):
        personal_data.exported_data(session, actor, NOON)
    with pytest.raises(NotAllowed):
        personal_data.note_export(session, actor, NOON)


def test_twenty_thousand_reviews_are_exported_in_seconds(session, guest):
    take(session, guest)
    columns = {
        column.name: getattr(session.scalars(select(ReviewRow)).first(), column.name)
        for column in ReviewRow.__table__.c
    }
    columns.pop("id")
    session.execute(insert(ReviewRow), [columns] * 20_000)
    begun = time.process_time()
    size = len(zip_of(personal_data.exported_data(session, guest, NOON)))
    assert time.process_time() - begun < 10
    assert size < 5_000_000
