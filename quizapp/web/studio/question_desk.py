"""The desk at which a question is written: its form, what that is for, and what is found on it."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from flask import request, url_for
from werkzeug.exceptions import BadRequest

from quizapp.domain.errors import NotFound
from quizapp.domain.questions.draft_text import DraftText, empty_text, text_of
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.word_diff import FieldDiff
from quizapp.runtime import runtime
from quizapp.services.studio import drafts, questions, writing
from quizapp.services.studio.drafts import StoredDraft
from quizapp.services.studio.questions import Editing
from quizapp.services.studio.writing import Typed
from quizapp.web.studio.question_checks import Checked, Named
from quizapp.web.studio.question_forms import QuestionForm, data_of, form_for, types_by_hand, with_its_words
from quizapp.web.studio.question_merging import Carried, carried, number_sent
from quizapp.web.studio.question_preview import Preview
from quizapp.web.visitors import require_actor

MAX_NAME = 100
KEPT_FIELDS = ("topic", "paragraph", "speaker")
"""What the next question takes over from the one that was saved."""


@dataclass
class Theirs:
    """What somebody else saved meanwhile, and how it differs from what is typed here."""

    text: DraftText
    differences: list[FieldDiff]
    of_the_question: bool


@dataclass
class Desk:
    """A form with what it is for; `stored` is the draft that it goes on with, `begun` another of the same edit."""

    actor: Actor
    kind: QuestionType[Any]
    editing: Editing
    form: QuestionForm
    stored: StoredDraft | None = None
    begun: StoredDraft | None = None
    carried: Carried | None = None
    checked: Checked = field(default_factory=lambda: Checked(DraftText("")))
    theirs: Theirs | None = None
    preview: Preview | None = None

    @property
    def is_edit(self) -> bool:
        """Whether it edits a question that is there."""
        return self.editing.question is not None

    @property
    def question_id(self) -> int | None:
        """The question that is edited."""
        return self.editing.question.question_id if self.editing.question else None

    @property
    def goes_on(self) -> bool:
        """Whether it goes on with a draft, which is not finished or was rejected."""
        return self.stored is not None and self.stored.can_go_on

    @property
    def name(self) -> str:
        """The name of the draft that this form begins."""
        return f"own-{self.form.nonce.data}"

    @property
    def named(self) -> Named:
        """What question and fact are called while they are checked."""
        name = self.stored.name if self.stored and self.goes_on else self.name
        question = self.editing.question
        return Named(question.snapshot.question.id if question else name, self.editing.own_fact or name)

    @property
    def before(self) -> Any:
        """The body of the question that is edited."""
        return self.editing.question.snapshot.question.body if self.editing.question else None

    @property
    def hands_in(self) -> bool:
        """Whether saving hands the draft in: somebody else than its author approves it."""
        own = self.stored is None or not self.goes_on or self.stored.author_id == self.actor.id
        return self.editing.second_approver and own

    @property
    def address(self) -> str:
        """The address of this page."""
        if self.stored is not None and self.goes_on:
            return url_for("questions.draft", draft_id=self.stored.id)
        if self.question_id is not None:
            return url_for("questions.edit", question_id=self.question_id)
        return url_for("questions.new", bank_name=self.editing.bank.name, type_name=self.kind.name)

    @property
    def keeps_at(self) -> str:
        """The address that keeps what is typed as a draft."""
        if self.stored is not None and self.goes_on:
            return url_for("questions.keep", draft_id=self.stored.id)
        if self.question_id is not None:
            return url_for("questions.keep_edit", question_id=self.question_id)
        return url_for("questions.keep_new", bank_name=self.editing.bank.name)

    def typed(self) -> Typed:
        """Return what the form holds. Raises BadRequest."""
        return typed_in(
            self.form, self.name, self.stored.id if self.stored and self.goes_on else None, self.question_id
        )


def instructor() -> Actor:
    """Return who is asking. Raises NotAllowed for a learner and NotFound for a stranger: both see no page."""
    actor = require_actor()
    actor.require(Permission.WRITE_QUESTIONS)
    return actor


def type_named(name: str) -> QuestionType[Any]:
    """Return a question type. Raises NotFound."""
    for kind in types_by_hand():
        if kind.name == name:
            return kind
    raise NotFound(f"There is no question type “{name}” that can be written by hand.")


def typed_in(form: QuestionForm, name: str, draft_id: int | None, question_id: int | None) -> Typed:
    """Return what a form holds. Raises BadRequest where its hidden fields are of no page of ours."""
    if not all(form[one].validate(form) for one in ("nonce", "revision", "version")):
        raise BadRequest
    edits = None if question_id is None else (question_id, int(form.revision.data or 0))
    return Typed(form.text(), name, int(form.version.data or 0), draft_id, edits)


def new_desk(actor: Actor, bank_name: str, kind: QuestionType[Any]) -> Desk:
    """Return the desk for a new question; the address may say where the last one stood. Raises NotFound."""
    with runtime().reading() as database:
        editing = questions.writing_desk(database, actor, bank_name)
    topic, paragraph, speaker = (request.args.get(name, "")[:MAX_NAME] for name in KEPT_FIELDS)
    topics = [one.id for one in editing.bank.topics]
    topic = topic if topic in topics else next(iter(topics), "")
    text = replace(empty_text(kind), topic=topic, paragraph=paragraph, speaker=speaker)
    return Desk(actor, kind, editing, _form(kind, editing, text))


def edit_desk(actor: Actor, question_id: int) -> Desk:
    """Return the desk for a question that an instructor added. Raises NotFound."""
    with runtime().reading() as database:
        editing = questions.edited_question(database, actor, question_id)
        begun = drafts.own_edit(database, actor, question_id) if request.method == "GET" else None
    if editing.question is None:
        raise NotFound("There is no such question.")
    snapshot = editing.question.snapshot
    text = replace(text_of(snapshot.question, snapshot.fact), reasons=editing.question.reasons)
    kind = type_named(snapshot.question.type)
    desk = Desk(actor, kind, editing, _form(kind, editing, text, revision=editing.question.revision), begun=begun)
    desk.checked, desk.carried = Checked(text), carried(actor, editing)
    return desk


def draft_desk(actor: Actor, draft_id: int) -> Desk:
    """Return the desk for a draft; one that was dropped begins a new one. Raises NotFound."""
    with runtime().reading() as database:
        editing, stored = writing.drafting_desk(database, actor, draft_id)
    kind, text = type_named(stored.text.type), with_its_words(stored.text, editing.bank)
    version = stored.version if stored.can_go_on else ""
    form = _form(kind, editing, text, version=version, revision=stored.based_on or "")
    desk = Desk(actor, kind, editing, form, stored)
    desk.checked, desk.carried = Checked(text), carried(actor, editing)
    return desk


def desk_of_form(actor: Actor, bank_name: str) -> Desk:
    """Return the desk that a form of ours says it stands on. Raises NotFound."""
    draft_id, question_id = number_sent("draft"), number_sent("question")
    if draft_id is not None:
        return draft_desk(actor, draft_id)
    if question_id is not None:
        return edit_desk(actor, question_id)
    return new_desk(actor, bank_name, type_named(request.form.get("type", "")))


def _form(kind: QuestionType[Any], editing: Editing, text: DraftText, **hidden: Any) -> QuestionForm:
    return form_for(kind, editing.bank, data_of(text) | {"nonce": new_nonce()} | hidden, text.reasons)


def new_nonce() -> str:
    """Return what the draft of a form is named by."""
    return sha256(runtime().new_token().encode()).hexdigest()[:16]
