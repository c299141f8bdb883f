from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from quizapp.database.account_tables import PersonRow, SecurityEventRow, SessionRow, SignInFailureRow
from quizapp.database.bank_tables import BankRow, QuestionRevisionRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassTotalRow, JoinCodeRow
from quizapp.database.overwriting import empty_journal
from quizapp.database.study_tables import AttemptRow
from quizapp.database.table import Table
from quizapp.domain.errors import NotAllowed, NotFound
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import erasure
from quizapp.services.accounts import actor_of_token, start_guest
from quizapp.services.shelf import on_shelf
from tests.factories import NOON
from tests.people import add_person, open_browser
from tests.services.taking import take
from tests.services.whole_lives import dump, live, pseudonym_of, sessions_of

DAY = timedelta(days=1)
WEEK = 7 * DAY
PEOPLE = Table.metadata.tables["people"]


def kinds_logged(session):
    return list(session.scalars(select(SecurityEventRow.kind).order_by(SecurityEventRow.id)))


def rows_that_lead_to(session, person_id):
    keys = [
        key.parent for table in Table.metadata.sorted_tables for key in table.foreign_keys if key.column.table is PEOPLE
    ]
    assert len(keys) > 12
    return sum(session.scalar(select(func.count()).where(key == person_id)) for key in keys)


def test_an_account_is_deleted_a_week_after_it_was_asked_for_and_not_before(session):
    actor = add_person(session)
    assert erasure.ask_for_deletion(session, actor, NOON) == NOON + WEEK
    assert not erasure.anybody_due(session, NOON + WEEK - timedelta(seconds=1))
    assert erasure.erase_due(session, NOON + WEEK - timedelta(seconds=1)) == 0
    assert erasure.anybody_due(session, NOON + WEEK)
    assert erasure.erase_due(session, NOON + WEEK) == 1
    assert session.get(PersonRow, actor.id) is None
    assert not erasure.anybody_due(session, NOON + 10 * WEEK)


def test_all_sessions_end_at_once(session):
    actor = add_person(session)
    tokens = [open_browser(session, actor) for _ in range(2)]
    erasure.ask_for_deletion(session, actor, NOON)
    assert [actor_of_token(session, token, NOON) for token in tokens] == [None, None]
    assert {one.ended_at for one in sessions_of(session, actor)} == {NOON}


def test_asked_twice_the_first_time_counts_and_is_logged_once(session):
    actor = add_person(session)
    erasure.ask_for_deletion(session, actor, NOON)
    assert erasure.ask_for_deletion(session, actor, NOON + 3 * DAY) == NOON + WEEK
    assert kinds_logged(session) == ["deletion asked"]


def test_it_can_be_taken_back_and_twice_is_the_same_as_once(session):
    actor = add_person(session)
    erasure.take_back_deletion(session, actor, NOON)
    erasure.ask_for_deletion(session, actor, NOON)
    assert erasure.standing(session, actor) == erasure.Standing(True, NOON + WEEK)
    for _ in range(2):
        erasure.take_back_deletion(session, actor, NOON + DAY)
    assert erasure.standing(session, actor) == erasure.Standing(True, None)
    assert erasure.erase_due(session, NOON + 2 * WEEK) == 0
    assert kinds_logged(session) == ["deletion asked", "deletion taken back"]


def test_a_guest_cannot_come_back_and_is_deleted_at_once(session, guest):
    take(session, guest)
    pseudonym = pseudonym_of(session, guest)
    assert erasure.ask_for_deletion(session, guest, NOON) is None
    assert session.get(PersonRow, guest.id) is None
    assert rows_that_lead_to(session, guest.id) == 0
    events = session.execute(select(SecurityEventRow.kind, SecurityEventRow.actor, SecurityEventRow.subject)).all()
    assert events == [("deletion asked", pseudonym, None), ("erased", None, pseudonym)]


def test_who_is_gone_or_suspended_cannot_ask(session, guest):
    with pytest.raises(NotFound):
        erasure.ask_for_deletion(session, Actor(10**6, Role.LEARNER), NOON)
    suspended = Actor(guest.id, Role.SUSPENDED)
    for ask in (erasure.ask_for_deletion, erasure.take_back_deletion):
        with pytest.raises(NotAllowed):
            ask(session, suspended, NOON)


def test_afterwards_no_row_and_no_word_leads_to_the_person_and_everybody_else_is_untouched(session):
    gone, stays = live(session, "zircon"), live(session, "obsidian")
    pseudonym = pseudonym_of(session, gone.actor)
    before = dump(session)
    assert [word for word in (*gone.canaries, *stays.canaries) if word not in before] == []
    erasure.ask_for_deletion(session, gone.actor, NOON)
    assert erasure.erase_due(session, NOON + WEEK) == 1
    after = dump(session)
    assert [word for word in gone.canaries if word in after] == []
    assert [word for word in stays.canaries if word not in after] == []
    assert rows_that_lead_to(session, gone.actor.id) == 0
    lost = set(before.splitlines()) - set(after.splitlines())
    assert not any("obsidian" in line for line in lost)
    holding = {line.split(":")[0] for line in after.splitlines() if pseudonym in line}
    assert holding == {"security_events"}


def test_the_files_of_a_sqlite_database_do_not_hold_the_words_either(runtime, engine):
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its server's")
    with runtime.writing() as session:
        gone = live(session, "zircon")
        erasure.ask_for_deletion(session, gone.actor, NOON)
    file = Path(engine.url.database)
    assert "zircon" in holding_the_words(file, gone.canaries)
    with runtime.writing() as session:
        erasure.erase_due(session, NOON + WEEK)
    empty_journal(engine)
    assert holding_the_words(file, gone.canaries) == ()


def holding_the_words(file, words):
    stored = b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))
    return tuple(word for word in words if word.encode() in stored)


def test_emptying_the_journal_of_postgresql_does_nothing(engine):
    empty_journal(engine)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(PersonRow)).scalar() == 0


def test_what_was_written_stays_without_a_name_and_a_draft_is_seen_by_admins_alone(session):
    gone = live(session, "zircon")
    revisions = session.scalar(select(func.count()).select_from(QuestionRevisionRow))
    erasure.ask_for_deletion(session, gone.actor, NOON)
    erasure.erase_due(session, NOON + WEEK)
    assert session.scalar(select(func.count()).select_from(QuestionRevisionRow)) == revisions
    assert set(session.scalars(select(QuestionRevisionRow.author_id))) == {None}
    draft = session.get(BankRow, gone.bank_id)
    assert (draft.owner_id, draft.visibility) == (None, Visibility.PRIVATE)
    for role, sees in ((Role.INSTRUCTOR, False), (Role.LEARNER, False), (Role.ADMIN, True)):
        found = session.scalars(select(BankRow.id).where(on_shelf(add_person(session, role)), BankRow.id == draft.id))
        assert (found.one_or_none() is not None) == sees


def test_a_place_on_the_roster_by_their_name_goes_used_or_not_and_the_code_for_everybody_stays(session):
    gone = live(session, "zircon")
    values = {"class_id": gone.class_id, "role": ClassRole.LEARNER, "created_at": NOON, "expires_at": NOON + WEEK}
    session.add(JoinCodeRow(code="FREE", name="zircon of class", **values))
    session.add(JoinCodeRow(code="ALL", uses=3, **values))
    session.flush()
    erasure.ask_for_deletion(session, gone.actor, NOON)
    erasure.erase_due(session, NOON + WEEK)
    assert set(session.scalars(select(JoinCodeRow.code))) == {"ALL"}


def test_failed_sign_ins_are_not_a_persons_and_stay(session):
    gone = live(session, "zircon")
    erasure.ask_for_deletion(session, gone.actor, NOON)
    erasure.erase_due(session, NOON + WEEK)
    assert session.scalar(select(func.count()).select_from(SignInFailureRow)) == 1


def totals_of(session):
    rows = session.execute(select(ClassTotalRow.class_id, ClassTotalRow.attempts, ClassTotalRow.score_sum))
    return {row.class_id: (row.attempts, row.score_sum) for row in rows}


def in_class(session, life, person, role=ClassRole.LEARNER, joined_at=NOON):
    session.add(
        ClassMemberRow(class_id=life.class_id, person_id=person.id, role=role, name="somebody", joined_at=joined_at)
    )
    session.flush()


def test_what_learners_did_in_their_class_since_they_joined_stays_as_counts(session):
    life = live(session, "zircon")
    session.execute(delete(ClassMemberRow))
    early, late, teacher = (add_person(session) for _ in range(3))
    for person in (early, late, teacher):
        take(session, person, 5, wrong=(1,), now=NOON + DAY)
        take(session, person, 5, now=NOON + 3 * DAY)
    in_class(session, life, early)
    in_class(session, life, late, joined_at=NOON + 2 * DAY)
    in_class(session, life, teacher, ClassRole.TEACHER)
    for person in (early, late, teacher):
        erasure.ask_for_deletion(session, person, NOON + 4 * DAY)
    assert erasure.erase_due(session, NOON + 4 * DAY + WEEK, limit=1) == 1
    assert totals_of(session) == {life.class_id: (2, pytest.approx(1.8))}
    assert erasure.erase_due(session, NOON + 4 * DAY + WEEK) == 2
    assert totals_of(session) == {life.class_id: (3, pytest.approx(2.8))}


def test_only_finished_quizzes_on_banks_of_the_class_are_counted(session):
    life = live(session, "zircon")  # one finished quiz and one that is not
    session.execute(update(AttemptRow).where(AttemptRow.score.is_not(None)).values(kind="pretest"))
    erasure.ask_for_deletion(session, life.actor, NOON)
    erasure.erase_due(session, NOON + WEEK)
    assert totals_of(session) == {}
    other = live(session, "obsidian")
    session.execute(delete(ClassBankRow))
    erasure.ask_for_deletion(session, other.actor, NOON)
    erasure.erase_due(session, NOON + WEEK)
    assert totals_of(session) == {}


def test_the_number_of_statements_does_not_grow_with_the_history(session, statements):
    numbers = []
    for times in (1, 6):
        person = start_guest(session, f"token {times}", NOON)
        for number in range(times):
            take(session, person, None, now=NOON + number * DAY)
        session.flush()
        statements()
        erasure.ask_for_deletion(session, person, NOON)
        numbers.append(len(statements()))
    assert numbers[0] == numbers[1]
    assert session.scalar(select(func.count()).select_from(SessionRow)) == 0
