"""What must come of a request, from the policy of its page and the relation of person and thing alone.

Nothing here asks the services: it is the second opinion that they are held to.
"""

from collections.abc import Callable

from quizapp.database.bank_tables import Visibility
from quizapp.domain.roles import PERMISSIONS, Role
from quizapp.web.access import Policy, Relation
from tests.authorisation.things import NOTHING, Thing
from tests.authorisation.world import ANONYMOUS, SUSPENDED, BankState, Principal

NEEDS = {
    # endpoint: what a thing must be for the page to be there at all
    "quizzes.contrast": "mixed up",
    "study_cards.review": "a question",
    "reports.of_answer": "answered",
    "reports.of_review": "a question",
    "questions.edit": "by hand",
    "questions.keep_edit": "by hand",
    "questions.retire": "by hand",
    "question_history.restore": "by hand",
    "questions.play": "asked",
}

READS = {
    # endpoint: the parameters that its form holds beside those of its address
    "reading.ask": {"fact_name"},
}


def is_allowed(policy: Policy, relation: Relation, who: Principal, thing: Thing) -> bool:
    """Say whether somebody may open a page of this policy on a thing."""
    known = ANONYMOUS if who.name == SUSPENDED else who  # their cookie opens nothing
    if policy.permission and known.role not in PERMISSIONS[policy.permission]:
        return False
    return thing.there and _HOLDS[relation](known, thing)


def is_there(endpoint: str, parameters: set[str], thing: Thing) -> bool:
    """Say whether the page is there for anybody."""
    needed = NEEDS.get(endpoint, "")
    parameters = parameters | READS.get(endpoint, set())
    return thing.there and not parameters & thing.lacks and (not needed or needed in thing.traits)


def sees_bank(who: Principal, bank: BankState) -> bool:
    """Say whether somebody sees a bank."""
    if bank.retired:
        return False
    if bank.visibility is Visibility.PUBLIC or who.role is Role.ADMIN or bank.owner == who.name:
        return True
    return bank.visibility is Visibility.CLASSES and bool(bank.shared_with & (who.attends | who.teaches))


def edits_bank(who: Principal, bank: BankState) -> bool:
    """Say whether somebody may change a bank; that they write questions at all is asked besides."""
    return sees_bank(who, bank) and (who.role is Role.ADMIN or bank.owner in ("", who.name))


def _anybody(who: Principal, thing: Thing) -> bool:
    return True


def _own(who: Principal, thing: Thing) -> bool:
    return thing.owner == who.name


def _bank_seen(who: Principal, thing: Thing) -> bool:
    if thing.bank is None:  # all of theirs
        assert thing.state == NOTHING
        return who.role is not None
    return sees_bank(who, thing.bank)


def _bank_edited(who: Principal, thing: Thing) -> bool:
    return thing.bank is not None and edits_bank(who, thing.bank)


def _bank_shared(who: Principal, thing: Thing) -> bool:
    """Say whether somebody may share a bank; that they teach at all is asked besides."""
    bank = thing.bank
    if bank is None or not sees_bank(who, bank):
        return False
    return who.role is Role.ADMIN or bank.owner == who.name or (not bank.owner and bank.visibility is Visibility.PUBLIC)


def _bank_kept(who: Principal, thing: Thing) -> bool:
    """Say whether a bank is theirs to archive and to bring back; that they write questions is asked besides."""
    bank = thing.bank
    return bank is not None and bool(bank.owner) and (who.role is Role.ADMIN or bank.owner == who.name)


def _class_seen(who: Principal, thing: Thing) -> bool:
    return who.role is Role.ADMIN or _class_member(who, thing)


def _class_member(who: Principal, thing: Thing) -> bool:
    return thing.class_name in who.attends | who.teaches


def _class_teacher(who: Principal, thing: Thing) -> bool:
    return who.role is Role.ADMIN or thing.class_name in who.teaches


_HOLDS: dict[Relation, Callable[[Principal, Thing], bool]] = {
    Relation.ANYBODY: _anybody,
    Relation.NO_OBJECT: _anybody,
    Relation.SELF: _anybody,
    Relation.OWN: _own,
    Relation.UPLOAD_OWN: _own,
    Relation.BANK_SEEN: _bank_seen,
    Relation.BANK_EDITED: _bank_edited,
    Relation.BANK_KEPT: _bank_kept,
    Relation.BANK_SHARED: _bank_shared,
    Relation.QUESTION_SEEN: _bank_seen,
    Relation.QUESTION_EDITED: _bank_edited,
    Relation.DRAFT_EDITED: _bank_edited,
    Relation.STEP_UNDONE: _bank_edited,
    Relation.CLASS_SEEN: _class_seen,
    Relation.CLASS_MEMBER: _class_member,
    Relation.CLASS_TEACHER: _class_teacher,
    Relation.PERSON: _anybody,
    Relation.SETUP_LINK: _anybody,
}
