"""The roster of a class: a list of names becomes personal codes, first shown line by line; and it goes out again."""

import csv
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import StringIO

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.database.class_tables import ClassMemberRow, ClassRow, JoinCodeRow
from quizapp.domain.errors import Conflict
from quizapp.domain.join_code import CodeLife
from quizapp.domain.roles import Actor, ClassRole
from quizapp.domain.rosters import PlannedName, RosterVerdict, planned_names, read_roster
from quizapp.domain.security_events import SecurityEvent
from quizapp.domain.shown_name import name_key
from quizapp.domain.spreadsheet_text import defused
from quizapp.services.class_access import class_to_change, taught_class
from quizapp.services.join_codes import JoinCode, codes_of_class, forgotten, new_codes
from quizapp.services.security_log import log_event

COLUMNS = ("name", "state", "since")


@dataclass(frozen=True, slots=True)
class RosterList:
    """A list of names as it was sent, and how long the codes made from it shall work."""

    data: bytes
    file_name: str = ""
    life: CodeLife = CodeLife.TWO_WEEKS


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What an import would do. Two plans with one `fingerprint` show the same and store the same."""

    class_id: int
    class_name: str
    rows: tuple[PlannedName, ...]
    notes: tuple[str, ...]
    life: CodeLife
    fingerprint: str

    def count(self, verdict: str) -> int:
        """Count the lines with this verdict."""
        return sum(row.verdict == verdict for row in self.rows)


@dataclass(frozen=True, slots=True)
class Handout:
    """The personal codes of a class that work now, to be printed and cut up."""

    class_id: int
    class_name: str
    codes: tuple[JoinCode, ...]


def class_name_for_roster(session: Session, actor: Actor, class_id: int) -> str:
    """Return the name of a class that names can be added to. Raises NotFound, and Conflict for an archived one."""
    return _open_class(session, actor, class_id).name


def plan_roster(session: Session, actor: Actor, class_id: int, sent: RosterList, now: datetime) -> RosterPlan:
    """Say what importing a list would do; nothing is written. Three statements.

    Raises NotFound for a class that the actor does not teach, Conflict for an archived one, and InvalidContent when
    it is no list at all.
    """
    return _plan(session, _open_class(session, actor, class_id), sent, now)


def import_roster(
    session: Session, actor: Actor, class_id: int, sent: RosterList, shown: str, secret: str, now: datetime
) -> RosterPlan:
    """Make a personal code for each new name, exactly as the plan with the fingerprint `shown` said; return that plan.

    An earlier code of the same name that expired unused is replaced. Raises Conflict, and writes nothing, when the
    plan would be another now; and what `plan_roster` raises.
    """
    row = class_to_change(session, actor, class_id, open_only=True)
    plan = _plan(session, row, sent, now)
    if plan.fingerprint != shown:
        raise Conflict("The roster has changed since this was shown. Look at what would be done now.")
    names = [one.name for one in plan.rows if one.verdict is RosterVerdict.NEW]
    if not names:
        return plan
    _revoke_expired(session, class_id, names, now)
    codes = zip(new_codes(session, secret, len(names)), names, strict=True)
    session.execute(
        insert(JoinCodeRow),
        [
            {
                "class_id": class_id,
                "code": code,
                "role": ClassRole.LEARNER,
                "name": name,
                "created_at": now,
                "expires_at": now + sent.life.time,
            }
            for code, name in codes
        ],
    )
    detail = f"class {class_id}: {len(names)} personal codes"
    log_event(session, SecurityEvent.ROSTER_IMPORTED, now, actor_id=actor.id, detail=detail)
    return plan


def handout(session: Session, actor: Actor, class_id: int, now: datetime) -> Handout:
    """Return the personal codes of a class that work now, by name. Raises NotFound. Two statements."""
    row = taught_class(session, actor, class_id)
    codes = [code for code in codes_of_class(session, class_id, now) if code.name and not code.expired]
    return Handout(class_id, row.name, tuple(sorted(codes, key=lambda code: name_key(code.name or ""))))


def roster_csv(session: Session, actor: Actor, class_id: int, now: datetime) -> str:
    """Return the learners of a class, and who is invited, as CSV; it can be imported again. Three statements.

    No spreadsheet runs a name as a formula. Raises NotFound.
    """
    taught_class(session, actor, class_id)
    members = session.execute(
        select(ClassMemberRow.name, ClassMemberRow.joined_at).where(
            ClassMemberRow.class_id == class_id, ClassMemberRow.role == ClassRole.LEARNER
        )
    )
    lines = [(row.name, "in the class", row.joined_at.date().isoformat()) for row in members]
    lines += [(code.name, "invited", "") for code in codes_of_class(session, class_id, now) if code.name]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in sorted(lines, key=lambda line: name_key(line[0])):
        writer.writerow([defused(text) for text in line])
    return out.getvalue()


def _open_class(session: Session, actor: Actor, class_id: int) -> ClassRow:
    row = taught_class(session, actor, class_id)
    if row.archived_at is not None:
        raise Conflict("This class is archived. Reopen it first.")
    return row


def _plan(session: Session, row: ClassRow, sent: RosterList, now: datetime) -> RosterPlan:
    roster = read_roster(sent.data, sent.file_name)
    here = session.scalars(select(ClassMemberRow.name).where(ClassMemberRow.class_id == row.id)).all()
    invited = [code.name for code in codes_of_class(session, row.id, now) if code.name and not code.expired]
    rows = planned_names(roster, here, invited)
    shown = [row.id, row.name, sent.life, [[one.verdict, one.line, one.name, one.reason] for one in rows]]
    fingerprint = sha256(json.dumps(shown).encode()).hexdigest()
    return RosterPlan(row.id, row.name, rows, roster.notes, sent.life, fingerprint)


def _revoke_expired(session: Session, class_id: int, names: list[str], now: datetime) -> None:
    """Put an end to the expired personal codes of those who get a new one, so that each has one place."""
    renewed = {name_key(name) for name in names}
    old = [
        code.code_id
        for code in codes_of_class(session, class_id, now)
        if code.expired and name_key(code.name or "") in renewed
    ]
    session.execute(update(JoinCodeRow).where(JoinCodeRow.id.in_(old)).values(revoked_at=now, name=forgotten()))
