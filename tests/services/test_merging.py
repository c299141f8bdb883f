from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from quizapp.database.account_tables import PersonRow, SecurityEventRow, SessionRow
from quizapp.database.memory_tables import (
    CardRow,
    MixUpRow,
    ReviewRow,
    StudiedDayRow,
    StudyLoadRow,
    StudySessionRow,
)
from quizapp.database.study_tables import AttemptRow, ResponseRow
from quizapp.database.table import Table
from quizapp.domain.errors import Conflict
from quizapp.domain.memory.scheduling import NEW, Rating, review
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.domain.roles import Role
from quizapp.runtime import Runtime
from quizapp.services import merging
from quizapp.services.accounts import actor_of_token, start_guest
from quizapp.services.study import answers, turns
from quizapp.services.study.calibrating import calibrate_learner
from quizapp.services.study.cards import MEMORY_FIELDS, memory_of_row
from quizapp.services.study.settings import keep_settings, study_settings
from tests.factories import NOON
from tests.people import add_person
from tests.services.studying import BANK, PRACTICE, STUDY, card_of, take, turn_of
from tests.services.taking import take as take_quiz

DAY = timedelta(days=1)
PEOPLE = Table.metadata.tables["people"]
SCHEDULE = ("due_day", "due_at")


def merge(session, guest, account, now=NOON):
    merging.merge_guest(session, guest.id, account.id, now)


def count(session, kind, *where):
    return session.scalar(select(func.count()).select_from(kind).where(*where))


def rows_that_lead_to(session, person_id):
    """Return how many rows hold a foreign key to this person, by table and column."""
    found = {}
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is PEOPLE:
                found[str(key.parent)] = session.scalar(select(func.count()).where(key.parent == person_id))
    return {name: number for name, number in found.items() if number}


def replayed(session, person_id):
    """Return the memory of each fact by its reviews in the order of time, without the days it was spread over."""
    found = {}
    rows = session.scalars(
        select(ReviewRow).where(ReviewRow.person_id == person_id).order_by(ReviewRow.reviewed_at, ReviewRow.id)
    )
    for row in rows:
        if row.kind.changes_memory:
            memory = found.get(row.fact_id, NEW)
            found[row.fact_id] = review(
                memory, Rating(row.rating), row.study_day, row.reviewed_at, weight=row.weight
            ).memory
    return found


def without_schedule(memory):
    return {name: getattr(memory, name) for name in MEMORY_FIELDS if name not in SCHEDULE}


def loads_of(session, person_id):
    rows = session.execute(select(StudyLoadRow.day, StudyLoadRow.cards).where(StudyLoadRow.person_id == person_id))
    return {row.day: row.cards for row in rows}


def due_of(session, person_id):
    rows = session.execute(
        select(CardRow.due_day, func.count()).where(CardRow.person_id == person_id).group_by(CardRow.due_day)
    )
    return {row[0]: row[1] for row in rows}


def totals_of(session, *people):
    """Return what must be the same before and after, however it is spread over people."""
    theirs = AttemptRow.person_id.in_(people)
    scores = select(ResponseRow.attempt_id, ResponseRow.position, ResponseRow.score).join(
        AttemptRow, AttemptRow.id == ResponseRow.attempt_id
    )
    days = select(
        *(func.sum(StudiedDayRow.__table__.c[name]) for name in ("reviews", "new_facts", "responses", "milliseconds"))
    )
    pairs = select(func.sum(MixUpRow.times)).where(MixUpRow.person_id.in_(people))
    return {
        "attempts": count(session, AttemptRow, theirs),
        "responses": sorted(tuple(row) for row in session.execute(scores.where(theirs))),
        "reviews": sorted(session.scalars(select(ReviewRow.id).where(ReviewRow.person_id.in_(people)))),
        "sittings": count(session, StudySessionRow, StudySessionRow.person_id.in_(people)),
        "days": tuple(session.execute(days.where(StudiedDayRow.person_id.in_(people))).one()),
        "mixed up": session.scalar(pairs),
        "facts": set(session.scalars(select(CardRow.fact_id).where(CardRow.person_id.in_(people)))),
    }


def test_everything_moves_and_nothing_leads_to_the_guest(session, guest):
    account = add_person(session)
    for number, person in enumerate((guest, account, guest, account)):
        now = NOON + number * DAY
        take_quiz(session, person, 5, wrong=(1, 2), now=now)
        take(session, person, now=now + timedelta(hours=2))
        take(session, person, right=False, now=now + timedelta(hours=2))
    before = totals_of(session, guest.id, account.id)
    merge(session, guest, account, NOON + 5 * DAY)
    assert totals_of(session, account.id) == before
    assert rows_that_lead_to(session, guest.id) == {}
    assert session.get(PersonRow, guest.id) is None


def test_a_fact_that_both_have_met_gets_the_memory_that_both_logs_lead_to(session, guest):
    account = add_person(session)
    name = take(session, account).fact.id
    assert take(session, guest, right=False, now=NOON + 2 * DAY).fact.id == name
    before = card_of(session, account, name)
    merge(session, guest, account, NOON + 3 * DAY)
    card = card_of(session, account, name)
    assert (card.repetitions, card.recalled_days) == (2, 1)
    assert card.stability == replayed(session, account.id)[card.fact_id].stability
    assert before.id == card.id


def test_the_log_says_of_each_review_how_the_joined_card_stood_before(session, guest):
    account = add_person(session)
    take(session, account)
    take(session, guest, right=False, now=NOON + 2 * DAY)
    merge(session, guest, account, NOON + 3 * DAY)
    first, second = session.scalars(select(ReviewRow).order_by(ReviewRow.reviewed_at))
    assert first.before_state is None
    assert (second.before_repetitions, second.before_last_day) == (1, first.study_day)


def test_what_was_wrong_in_a_quiz_of_either_is_due_at_once(session, guest):
    account = add_person(session)
    take_quiz(session, account, None, now=NOON)
    take_quiz(session, guest, None, wrong=(1,), now=NOON + DAY)
    wrong = session.scalars(select(ReviewRow).where(ReviewRow.person_id == guest.id, ReviewRow.rating == 1)).first()
    fact_id, at = wrong.fact_id, wrong.reviewed_at
    merge(session, guest, account, NOON + 2 * DAY)
    card = session.scalars(select(CardRow).where(CardRow.person_id == account.id, CardRow.fact_id == fact_id)).one()
    later = count(session, ReviewRow, ReviewRow.fact_id == fact_id, ReviewRow.reviewed_at > at)
    assert card.due_at == at or later


def test_twice_is_the_same_as_once(session, guest):
    account = add_person(session)
    take(session, guest)
    merge(session, guest, account)
    before = totals_of(session, account.id)
    merge(session, guest, account)
    assert totals_of(session, account.id) == before
    assert count(session, SecurityEventRow, SecurityEventRow.kind == "guest merged") == 1


def test_only_a_guest_is_merged_and_only_into_an_account(session, guest, stranger):
    one, other = add_person(session), add_person(session, Role.INSTRUCTOR)
    for from_id, into_id in ((one.id, other.id), (guest.id, stranger.id), (guest.id, guest.id), (guest.id, 10**6)):
        with pytest.raises(Conflict):
            merging.merge_guest(session, from_id, into_id, NOON)
    with pytest.raises(Conflict):
        merging.merge_guest(session, one.id, one.id, NOON)
    assert session.get(PersonRow, guest.id) is not None


def test_the_guests_cookie_opens_nothing_afterwards_and_the_log_says_who_took_it_over(session, guest):
    account = add_person(session)
    pseudonyms = [session.get(PersonRow, one.id).pseudonym for one in (account, guest)]
    merge(session, guest, account)
    assert actor_of_token(session, "the guest's token", NOON) is None
    assert count(session, SessionRow) == 0
    event = session.scalars(select(SecurityEventRow)).one()
    assert (event.kind, [event.actor, event.subject]) == ("guest merged", pseudonyms)


def test_sittings_of_one_day_are_numbered_anew_and_none_runs_on(session, guest):
    account = add_person(session)
    for person in (guest, account):
        take(session, person)
        take(session, person, kind=PRACTICE)
    merge(session, guest, account)
    rows = session.execute(select(StudySessionRow.kind, StudySessionRow.number, StudySessionRow.ended_at)).all()
    assert sorted((row.kind, row.number) for row in rows) == [(PRACTICE, 1), (PRACTICE, 2), (STUDY, 1), (STUDY, 2)]
    assert {row.ended_at for row in rows} == {NOON}


def test_no_review_from_before_can_be_taken_back(session, guest):
    account = add_person(session)
    take(session, account)
    take(session, guest)
    merge(session, guest, account)
    at = turn_of(session, account).at
    with pytest.raises(Conflict, match="nothing to take back"), session.begin_nested():
        answers.undo_last(session, account, BANK, STUDY, at.stamp, NOON)


def test_a_review_given_afterwards_can_be_taken_back(session, guest):
    account = add_person(session)
    for person in (guest, account):
        take(session, person)
    merge(session, guest, account)
    later = NOON + 30 * DAY
    turn = turn_of(session, account, later)
    before = {name: getattr(card_of(session, account, turn.fact.id), name) for name in MEMORY_FIELDS}
    take(session, account, right=False, now=later)
    answers.undo_last(session, account, BANK, STUDY, turn_of(session, account, later).at.stamp, later)
    after = card_of(session, account, turn.fact.id)
    assert {name: getattr(after, name) for name in MEMORY_FIELDS} == before


def test_the_accounts_settings_win_and_the_guests_are_taken_where_it_has_none(session, guest, stranger):
    account, other = add_person(session), add_person(session)
    keep_settings(session, guest, StudySettings(zone="Asia/Yerevan"), 0)
    keep_settings(session, stranger, StudySettings(zone="Europe/Istanbul"), 0)
    keep_settings(session, other, StudySettings(zone="Asia/Baku"), 0)
    merge(session, guest, account)
    merge(session, stranger, other)
    assert study_settings(session, account).zone == "Asia/Yerevan"
    assert study_settings(session, other).zone == "Asia/Baku"


def mix_up(session, person, **values):
    low, high = sorted(session.scalars(select(CardRow.fact_id).distinct().limit(2)))
    row = MixUpRow(person_id=person.id, low_fact_id=low, high_fact_id=high, **values)
    session.add(row)
    session.flush()
    return row.id


@pytest.mark.parametrize(
    ("theirs", "own", "told"),
    [((NOON, 0), (NOON - DAY, 3), 0), ((NOON - DAY, 0), (NOON, 3), 3), ((NOON, 1), (NOON, 3), 1)],
)
def test_a_pair_that_both_mixed_up_is_as_open_as_the_later_mix_up_left_it(session, guest, theirs, own, told):
    account = add_person(session)
    take(session, guest)
    take(session, guest)
    gone = mix_up(session, guest, times=2, told=theirs[1], last_at=theirs[0])
    kept = mix_up(session, account, times=1, told=own[1], last_at=own[0])
    session.scalars(select(ReviewRow)).first().mix_up_id = gone
    session.flush()
    merge(session, guest, account)
    row = session.scalars(select(MixUpRow)).one()
    assert (row.id, row.person_id, row.times, row.told, row.last_at) == (kept, account.id, 3, told, NOON)
    assert set(session.scalars(select(ReviewRow.mix_up_id).where(ReviewRow.mix_up_id.is_not(None)))) == {kept}


def test_every_column_that_leads_to_a_person_is_moved_or_joined():
    keys = {
        str(key.parent)
        for table in Table.metadata.sorted_tables
        for key in table.foreign_keys
        if key.references(PEOPLE)
    }
    assert {str(column.expression) for column in (*merging.MOVED, *merging.JOINED)} == keys


def test_the_number_of_statements_does_not_grow_with_the_history(session, guest, stranger, statements):
    numbers = []
    for person, times in ((guest, 1), (stranger, 3)):
        account = add_person(session)
        for number in range(times):
            for one in (person, account):
                take_quiz(session, one, None, wrong=(1, 2, 3), now=NOON + number * DAY)
                take(session, one, now=NOON + number * DAY)
        session.flush()
        statements()
        merge(session, person, account, NOON + 10 * DAY)
        numbers.append(len(statements()))
    assert numbers[0] == numbers[1]


def test_two_merges_at_once_are_one(runtime):
    with runtime.writing() as session:
        guest, account = start_guest(session, "token", NOON), add_person(session)
        take_quiz(session, guest, 5)
        before = totals_of(session, guest.id, account.id)

    def merge_it(_):
        with runtime.writing() as session:
            merge(session, guest, account)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(merge_it, range(2)))
    with runtime.reading() as session:
        assert totals_of(session, account.id) == before
        assert count(session, SecurityEventRow, SecurityEventRow.kind == "guest merged") == 1


# --- whatever the two did ----------------------------------------------------------------------------------------

steps = st.lists(
    st.tuples(
        st.booleans(), st.sampled_from(["right", "wrong", "mix", "practice", "quiz", "bad quiz", "hours", "days"])
    ),
    min_size=1,
    max_size=16,
)


@pytest.fixture
def on_sqlite(tmp_path, template_database, request):
    """Skip PostgreSQL here: the property runs many times, and the examples above ask both."""
    if "postgres" in request.node.name:
        pytest.skip("asked of SQLite alone")


def act(session, person, step, now):
    if step in ("quiz", "bad quiz"):
        take_quiz(session, person, 5, wrong=(1, 3) if step == "bad quiz" else (), now=now)
        return
    kind = PRACTICE if step == "practice" else STUDY
    turn = turns.current_turn(session, person, BANK, kind, now)
    if not isinstance(turn, turns.Turn):
        return
    mixing = step == "mix" and turn.snapshot is not None
    try:
        with session.begin_nested():
            take(session, person, right=step == "right", now=now, kind=kind, mixing=mixing)
    except (StopIteration, AssertionError):  # this question has nothing to mix up with
        take(session, person, right=False, now=now, kind=kind)


@with_settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_the_two_did_nothing_is_lost_and_each_card_equals_the_replay_of_its_reviews(
    on_sqlite, runtime: Runtime, taken
):
    with runtime.writing() as session:
        guest, account, now = start_guest(session, runtime.new_token(), NOON), add_person(session), NOON
        for by_guest, step in taken:
            now += {"hours": timedelta(hours=7), "days": 4 * DAY}.get(step, timedelta(minutes=11))
            if step not in ("hours", "days"):
                act(session, guest if by_guest else account, step, now)
        before = totals_of(session, guest.id, account.id)
        merge(session, guest, account, now)
        assert totals_of(session, account.id) == before
        assert rows_that_lead_to(session, guest.id) == {}
        cards = list(session.scalars(select(CardRow).where(CardRow.person_id == account.id)))
        told = replayed(session, account.id)
        assert {one.fact_id: without_schedule(one) for one in cards} == {
            fact_id: without_schedule(memory) for fact_id, memory in told.items()
        }
        assert loads_of(session, account.id) == due_of(session, account.id)
        calibrate_learner(session, account.id, study_settings(session, account), now)
        before_is_what_the_review_before_left(session, account.id)
        study_goes_on(session, account, now + DAY)


def before_is_what_the_review_before_left(session, person_id):
    seen = {}
    rows = session.execute(
        select(ReviewRow.__table__)
        .where(ReviewRow.person_id == person_id)
        .order_by(ReviewRow.reviewed_at, ReviewRow.id)
    )
    for row in rows:
        before = memory_of_row(row, "before_")
        assert without_schedule(before) == without_schedule(seen.get(row.fact_id, NEW))
        if row.kind.changes_memory:
            seen[row.fact_id] = review(
                seen.get(row.fact_id, NEW), Rating(row.rating), row.study_day, row.reviewed_at, weight=row.weight
            ).memory


def study_goes_on(session, account, now):
    if isinstance(turns.current_turn(session, account, BANK, STUDY, now), turns.Turn):
        take(session, account, now=now)
        answers.undo_last(session, account, BANK, STUDY, turn_of(session, account, now).at.stamp, now)
