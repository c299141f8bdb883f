"""Who may open which page: one table, read top to bottom, and the guard that keeps it.

The guard asks for the role, before a page does any work. Whose the thing is that an address or a form names, the
services check; the relation beside each page says what they must find, and the tests hold every page to it.
"""

import logging
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, redirect, request, url_for
from werkzeug import Response

from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Permission
from quizapp.web.visitors import current_account, require_actor

log = logging.getLogger(__name__)


class Relation(StrEnum):
    """What somebody must be to the thing that a page is about."""

    ANYBODY = "there is nothing to guard"
    NO_OBJECT = "the page is about no single thing: the role decides"
    SELF = "the page is about whoever asks"
    OWN = "the attempt, answer or card is theirs"
    BANK_SEEN = "they see the bank; where none is named, it is all of theirs"
    BANK_EDITED = "they may change the bank"
    BANK_KEPT = "they own the bank, on the shelf or off it; an admin keeps all that somebody owns"
    BANK_SHARED = "they own the bank or are an admin; one that nobody owns, every teacher shares"
    QUESTION_SEEN = "they see the bank that the question is in"
    QUESTION_EDITED = "they may change the bank that the question was added to"
    DRAFT_EDITED = "they may change the bank that the draft is for"
    STEP_UNDONE = "they may change the bank that the step was taken in"
    UPLOAD_OWN = "they sent the file"
    CLASS_SEEN = "they are in the class, or an admin"
    CLASS_MEMBER = "they are in the class"
    CLASS_TEACHER = "they teach the class, or are an admin"
    PERSON = "somebody has the account"
    SETUP_LINK = "they hold the link that makes an instructor"


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open a page: the permission their role must have (none: visitors too), and what the thing is to them."""

    permission: Permission | None
    relation: Relation

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether a page of one's own leads to the sign-in form: it is about nothing that could be given away."""
        return self.relation is Relation.SELF and self.permission in (Permission.HAVE_ACCOUNT, Permission.JOIN_CLASS)


_OPEN = Policy(None, Relation.ANYBODY)
_ASKERS_OWN = Policy(None, Relation.SELF)
_TAKE_OWN = Policy(Permission.TAKE_QUIZ, Relation.OWN)
_SEE_OWN = Policy(Permission.REVIEW_OWN_HISTORY, Relation.OWN)
_OWN_ACCOUNT = Policy(Permission.HAVE_ACCOUNT, Relation.SELF)
_MANAGE = Policy(Permission.MANAGE_PEOPLE, Relation.PERSON)
_TEACH = Policy(Permission.TEACH, Relation.CLASS_TEACHER)
_SEE_BANK = Policy(None, Relation.BANK_SEEN)
_WORK = Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT)
_DECIDE = Policy(Permission.WRITE_QUESTIONS, Relation.DRAFT_EDITED)
_WRITE_QUESTION = Policy(Permission.WRITE_QUESTIONS, Relation.QUESTION_EDITED)
_WRITE_DRAFT = Policy(Permission.WRITE_QUESTIONS, Relation.DRAFT_EDITED)

POLICIES: dict[str, Policy] = {
    # The house
    "static": _OPEN,
    "home.home": _OPEN,
    "home.favicon": _OPEN,
    "home.hello": _OPEN,
    "about.about": _OPEN,
    "theme.change": _OPEN,
    # Accounts: their forms are for everybody, and tell nobody who has one
    "security.login": _OPEN,
    "security.logout": _OPEN,
    "security.register": _OPEN,
    "security.forgot_password": _OPEN,
    "security.reset_password": _OPEN,
    "security.change_password": _OWN_ACCOUNT,
    "account_settings.page": _ASKERS_OWN,
    "account_settings.keep": _OWN_ACCOUNT,
    "account_settings.end_session": Policy(Permission.HAVE_ACCOUNT, Relation.OWN),
    "account_settings.end_others": _OWN_ACCOUNT,
    "privacy.data": _ASKERS_OWN,
    "privacy.download": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "privacy.ask": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "privacy.delete": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "privacy.keep": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "people.page": _MANAGE,
    "people.one": _MANAGE,
    "people.change_role": _MANAGE,
    "people.suspend": _MANAGE,
    "people.reinstate": _MANAGE,
    "people.password_link": _MANAGE,
    "setup.page": Policy(None, Relation.SETUP_LINK),
    "setup.use": Policy(Permission.HAVE_ACCOUNT, Relation.SETUP_LINK),
    # Banks, and what a visitor may do with one
    "banks.bank": _SEE_BANK,
    "reading.page": _SEE_BANK,
    "reading.ask": _SEE_BANK,
    "quizzes.start": _SEE_BANK,
    # Quizzes that were started
    "quizzes.resume": _TAKE_OWN,
    "quizzes.question": _TAKE_OWN,
    "quizzes.respond": _TAKE_OWN,
    "quizzes.contrast": _TAKE_OWN,
    "quizzes.finish": _TAKE_OWN,
    "quizzes.finish_now": _TAKE_OWN,
    "results.result": _SEE_OWN,
    "results.retry": _TAKE_OWN,
    "reports.of_answer": _TAKE_OWN,
    "reports.of_review": _TAKE_OWN,
    "history.history": _ASKERS_OWN,
    # Studying
    "study_today.overview": _ASKERS_OWN,
    "study_today.start": _SEE_BANK,
    "study_cards.card": _SEE_BANK,
    "study_cards.answer": _SEE_BANK,
    "study_cards.review": _SEE_OWN,
    "study_cards.was_right": _TAKE_OWN,
    "study_settings.form": _ASKERS_OWN,
    "study_settings.keep": _ASKERS_OWN,
    "study_forecast.show": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "study_facts.history": Policy(Permission.REVIEW_OWN_HISTORY, Relation.BANK_SEEN),
    "study_aside.listed": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "study_aside.bring_back": _TAKE_OWN,
    "study_aside.to_rewrite": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "study_data.log": Policy(Permission.REVIEW_OWN_HISTORY, Relation.SELF),
    "study_data.anki": Policy(Permission.REVIEW_OWN_HISTORY, Relation.BANK_SEEN),
    # Classes
    "classes.overview": Policy(Permission.JOIN_CLASS, Relation.SELF),
    "classes.make": Policy(Permission.TEACH, Relation.NO_OBJECT),
    "classes.page": Policy(Permission.JOIN_CLASS, Relation.CLASS_SEEN),
    "classes.leave": Policy(Permission.JOIN_CLASS, Relation.CLASS_MEMBER),
    "classes.rename": _TEACH,
    "classes.archive": _TEACH,
    "classes.reopen": _TEACH,
    "classes.remove": _TEACH,
    "classes.make_code": _TEACH,
    "classes.revoke_code": _TEACH,
    "rosters.offer": _TEACH,
    "rosters.look": _TEACH,
    "rosters.confirm": _TEACH,
    "rosters.export": _TEACH,
    "rosters.handout": _TEACH,
    "class_joining.page": _OPEN,  # the same page for every code, good or bad
    "class_joining.join": _OPEN,
    # An instructor's own
    "studio_home.page": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "studio_home.bank": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "studio_home.archive": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_KEPT),
    "bank_editor.new": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_editor.edit": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "bank_folders.download": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "bank_folders.offer": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_folders.look": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_folders.confirm": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_access.show": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_SHARED),
    "bank_access.change": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_SHARED),
    "questions.list_own": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "questions.list_drafts": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "questions.new": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "questions.preview": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "questions.keep_new": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "questions.keep_edit": _WRITE_QUESTION,
    "questions.draft": _WRITE_DRAFT,
    "questions.keep": _WRITE_DRAFT,
    "questions.drop": _WRITE_DRAFT,
    "questions.edit": _WRITE_QUESTION,
    "questions.retire": _WRITE_QUESTION,
    "questions.play": Policy(Permission.WRITE_QUESTIONS, Relation.QUESTION_SEEN),
    "reviewing.queue": _WORK,
    "reviewing.queue_of_bank": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "reviewing.draft": _DECIDE,
    "reviewing.approve": _DECIDE,
    "reviewing.reject": _DECIDE,
    "studio_reports.page": _WORK,
    "studio_reports.settle": _WRITE_QUESTION,
    "attention.page": _WORK,
    "studio_steps.page": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "studio_steps.undo": Policy(Permission.WRITE_QUESTIONS, Relation.STEP_UNDONE),
    "highlights.offer": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "highlights.make": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "highlights.page": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "highlights.keep_text": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "highlights.draft": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "highlights.keep": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "highlights.edit": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "highlights.drop": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "question_lists.every": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "question_lists.of_bank": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "question_lists.look": _WRITE_QUESTION,
    "question_lists.confirm": _WRITE_QUESTION,
    "question_history.page": _WRITE_QUESTION,
    "question_history.restore": _WRITE_QUESTION,
    "bank_imports.offer": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_imports.former_address": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_imports.look": Policy(Permission.WRITE_QUESTIONS, Relation.NO_OBJECT),
    "bank_imports.look_again": Policy(Permission.WRITE_QUESTIONS, Relation.UPLOAD_OWN),
    "bank_imports.confirm": Policy(Permission.WRITE_QUESTIONS, Relation.UPLOAD_OWN),
    "bank_exports.page": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
    "bank_exports.download": Policy(Permission.WRITE_QUESTIONS, Relation.BANK_EDITED),
}


def register(app: Flask) -> None:
    """Have every request pass the guard before its page is asked."""
    app.before_request(_guard)


def _guard() -> Response | None:
    """Let pass whose role may open the page. Raises NotFound or NotAllowed: both are the page of what is not there.

    A page that is missing in the table is nobody's. Where no permission is asked, nobody is looked up. Whoever is
    signed in no more is asked to, where they want a page of their own.
    """
    if request.endpoint is None:
        return None  # there is no such address: the router says so
    policy = POLICIES.get(request.endpoint)
    if policy is None:
        log.error("The page %s has no policy in access.py, so nobody may open it.", request.endpoint)
        raise NotFound("There is no such page.")
    if policy.permission is None:
        return None
    if policy.asks_to_sign_in and request.method == "GET" and current_account() is None:
        return redirect(url_for("security.login", next=request.path))
    require_actor().require(policy.permission)
    return None
