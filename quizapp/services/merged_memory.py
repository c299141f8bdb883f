"""Two memories become one: facts that both have met are reviewed anew, by both logs in the order of time."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row, Select, Table, bindparam, delete, select, update
from sqlalchemy.orm import Session, aliased

from quizapp.database.memory_tables import MixUpRow, StudySettingRow
from quizapp.domain.memory.replay import CardState, PastReview, replay
from quizapp.domain.memory.scheduling import NEW, Rating
from quizapp.domain.memory.study_settings import StudySettings
from quizapp.services.study.cards import CARDS, MEMORY_FIELDS
from quizapp.services.study.review_log import REVIEWS
from quizapp.services.study.settings import SETTING_COLUMNS, settings_of_row

_MIX_UPS = cast(Table, MixUpRow.__table__)
_SIDES = ("low_question_id", "high_question_id")


def merge_cards(session: Session, guest_id: int, into_id: int) -> None:
    """Give the account the guest's cards; of a fact that both have, one card that holds what both logs say.

    The log then says of each of its reviews how that card stood before. Six statements at most.
    """
    _replay(session, guest_id, into_id)
    theirs = CARDS.c.person_id == guest_id
    session.execute(delete(CARDS).where(theirs, CARDS.c.fact_id.in_(_met(CARDS, into_id))))
    session.execute(update(CARDS).where(theirs).values(person_id=into_id))


def _met(table: Table, person_id: int) -> Select[tuple[int]]:
    """Select the facts that somebody has a card or a review of."""
    rows = table.alias()
    return select(rows.c.fact_id).where(rows.c.person_id == person_id)


def _replay(session: Session, guest_id: int, into_id: int) -> None:
    """Review anew what both were asked: the log is one now, and so is the card where both have one."""
    settings = _settings(session, guest_id, into_id)
    cards, reviews = [], []
    for fact_id, logged in _logs(session, guest_id, into_id).items():
        calendar = settings.calendar({}, f"{into_id}/{fact_id}")
        found = replay((_past(row) for row in logged), calendar, settings.target_retention)
        if len({row.person_id for row in logged if row.kind.changes_memory}) > 1:
            cards.append({"fact": fact_id, **_columns(found.after)})
        reviews += [{"review": row.id, **_columns(found.before[row.id], "before_")} for row in logged]
    names = [*MEMORY_FIELDS, "postponed_on"]
    if cards:
        same = (CARDS.c.person_id == into_id, CARDS.c.fact_id == bindparam("fact"))
        session.execute(update(CARDS).where(*same).values({name: bindparam(f"new_{name}") for name in names}), cards)
    if reviews:
        values: dict[str, Any] = {f"before_{name}": bindparam(f"new_before_{name}") for name in names}
        session.execute(update(REVIEWS).where(REVIEWS.c.id == bindparam("review")).values(values), reviews)


def _settings(session: Session, guest_id: int, into_id: int) -> StudySettings:
    """Return how the account will study: as it does, or as the guest does where it chose nothing."""
    rows = session.execute(
        select(*SETTING_COLUMNS)
        .where(StudySettingRow.person_id.in_((guest_id, into_id)))
        .order_by(StudySettingRow.person_id != into_id)
    ).all()
    return settings_of_row(rows[0]) if rows else StudySettings()


def _logs(session: Session, guest_id: int, into_id: int) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """Return the reviews of the facts that both were asked, by the fact."""
    rows = session.execute(
        select(
            REVIEWS.c.id,
            REVIEWS.c.person_id,
            REVIEWS.c.fact_id,
            REVIEWS.c.kind,
            REVIEWS.c.rating,
            REVIEWS.c.weight,
            REVIEWS.c.study_day,
            REVIEWS.c.reviewed_at,
            REVIEWS.c.interval,
        ).where(
            REVIEWS.c.person_id.in_((guest_id, into_id)),
            REVIEWS.c.fact_id.in_(_met(REVIEWS, guest_id)),
            REVIEWS.c.fact_id.in_(_met(REVIEWS, into_id)),
        )
    )
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        found.setdefault(row.fact_id, []).append(row)
    return found


def _past(row: Row[*tuple[Any, ...]]) -> PastReview:
    return PastReview(row.id, row.kind, Rating(row.rating), row.weight, row.study_day, row.reviewed_at, row.interval)


def _columns(state: CardState, prefix: str = "") -> dict[str, Any]:
    """Return a state as the parameters of an update; before its first review a fact had no card."""
    is_new = state.memory == NEW
    values = {name: None if is_new else getattr(state.memory, name) for name in MEMORY_FIELDS}
    return {f"new_{prefix}{name}": value for name, value in (values | {"postponed_on": state.postponed_on}).items()}


def merge_mix_ups(session: Session, guest_id: int, into_id: int) -> None:
    """Give the account the guest's mix-ups; a pair that both mixed up is counted together, and its reviews follow.

    What was told apart is what the later mix-up says: a mix-up opens both facts again, whoever was asked before.
    Five statements at most.
    """
    pairs = _pairs_of_both(session, guest_id, into_id)
    if pairs:
        kept = [_together(row) for row in pairs]
        names = ("times", "told", "last_at", *_SIDES)
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        session.execute(update(_MIX_UPS).where(_MIX_UPS.c.id == bindparam("own")).values(values), kept)
        moved = [{"gone": row.their_id, "own": row.own_id} for row in pairs]
        repointed = update(REVIEWS).where(REVIEWS.c.mix_up_id == bindparam("gone"))
        session.execute(repointed.values(mix_up_id=bindparam("own")), moved)
        session.execute(
            delete(_MIX_UPS).where(_MIX_UPS.c.id == bindparam("gone")), [{"gone": row.their_id} for row in pairs]
        )
    session.execute(update(_MIX_UPS).where(_MIX_UPS.c.person_id == guest_id).values(person_id=into_id))


def _pairs_of_both(session: Session, guest_id: int, into_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    own, theirs = aliased(MixUpRow), aliased(MixUpRow)
    names = ("id", "times", "told", "last_at", *_SIDES)
    return session.execute(
        select(
            *(getattr(own, name).label(f"own_{name}") for name in names),
            *(getattr(theirs, name).label(f"their_{name}") for name in names),
        )
        .join(
            theirs,
            (theirs.low_fact_id == own.low_fact_id) & (theirs.high_fact_id == own.high_fact_id),
        )
        .where(own.person_id == into_id, theirs.person_id == guest_id)
    ).all()


def _together(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    if row.own_last_at == row.their_last_at:
        told = row.own_told & row.their_told
    else:
        told = row.own_told if row.own_last_at > row.their_last_at else row.their_told
    questions = {f"new_{name}": getattr(row, f"own_{name}") or getattr(row, f"their_{name}") for name in _SIDES}
    return {
        "own": row.own_id,
        "new_times": row.own_times + row.their_times,
        "new_told": told,
        "new_last_at": max(row.own_last_at, row.their_last_at),
    } | questions
