"""One database with everybody and everything in it that a page may be asked about."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassMemberRow, ClassRow, JoinCodeRow
from quizapp.database.memory_tables import CardRow, ReviewRow, StudySessionRow
from quizapp.database.studio_tables import Decision, DraftState
from quizapp.domain.facts.bank_words import BankWords
from quizapp.domain.memory.evidence import Strength
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.questions.draft_text import DraftText
from quizapp.domain.questions.report_kind import ReportKind
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.roles import Actor, ClassRole, Role
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank
from quizapp.services.reports import Reportable, report
from quizapp.services.studio import questions, steps
from quizapp.services.studio.bank_editor import edited_bank
from quizapp.services.studio.drafts import begin_draft, decide, set_state
from quizapp.services.studio.import_plan import Upload
from quizapp.services.studio.uploads import keep_upload
from quizapp.services.study.desk import desk
from quizapp.services.study.starting import start_session
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, boat_facts, make_bank
from tests.people import add_person
from tests.services import studying
from tests.services.taking import answer
from tests.services.taking_mixed import mix_up
from tests.waiting_drafts import text_of_boat, waiting_draft

MISSING = 2**30
SECRET_KEY = "not a secret"
NO_NAME = "no-such-thing"
DECK = Upload(b"front,back\nSpain?,Madrid\nFrance?,Paris\n", "pasted text", "Capitals")
"""What instructors have sent to be imported."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks: their role (none: not signed in), the classes they are in and those they teach."""

    name: str
    role: Role | None
    attends: frozenset[str] = frozenset()
    teaches: frozenset[str] = frozenset()


A, B = "class A", "class B"
ANONYMOUS = Principal("anonymous", None)
PRINCIPALS = (
    ANONYMOUS,
    Principal("guest", Role.GUEST),
    Principal("learner", Role.LEARNER, frozenset({A})),
    Principal("classmate", Role.LEARNER, frozenset({A})),
    Principal("outsider", Role.LEARNER, frozenset({B})),
    Principal("teacher", Role.INSTRUCTOR, teaches=frozenset({A, "archived class"})),
    Principal("co-teacher", Role.INSTRUCTOR, teaches=frozenset({A})),
    Principal("other teacher", Role.INSTRUCTOR, teaches=frozenset({B})),
    Principal("admin", Role.ADMIN),
    Principal("suspended", Role.LEARNER, frozenset({A})),
)
SUSPENDED = "suspended"
STUDIES = ("guest", "learner", "classmate", SUSPENDED)
"""Who has attempts, answers and cards of their own."""


@dataclass(frozen=True, slots=True)
class BankState:
    """A bank of the world: whose it is, who may see it, whether it is on the shelf."""

    name: str
    owner: str = ""
    visibility: Visibility = Visibility.PUBLIC
    shared_with: frozenset[str] = frozenset()
    retired: bool = False

    @property
    def title(self) -> str:
        """A title that stands nowhere else."""
        return f"Title of {self.name}"


HARBOUR = "harbour"
BANKS = (
    BankState(HARBOUR),
    BankState("taught", "teacher"),
    BankState("draft", "teacher", Visibility.PRIVATE),
    BankState("once-shared", "teacher", Visibility.PRIVATE, frozenset({A})),
    BankState("shared", "teacher", Visibility.CLASSES, frozenset({A})),
    BankState("elsewhere", "other teacher", Visibility.CLASSES, frozenset({B})),
    BankState("retired", "teacher", retired=True),
)


@dataclass(slots=True)
class World:
    """The ids of what is in the database, by the names it has here."""

    people: dict[str, Actor] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    members: dict[tuple[str, str], int] = field(default_factory=dict)
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)
    banks: dict[str, int] = field(default_factory=dict)
    facts: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Id and name of one fact of each bank."""
    unmet: int = 0
    """A fact of the harbour bank that nobody was asked yet."""
    by_hand: dict[str, int] = field(default_factory=dict)
    """The question that an instructor added to each bank."""
    from_file: dict[str, int] = field(default_factory=dict)
    stopped: int = 0
    drafts: dict[str, int] = field(default_factory=dict)
    """A draft for each bank that is being written."""
    waiting: dict[str, int] = field(default_factory=dict)
    """A draft for each bank that waits for a decision, and can be approved."""
    steps: dict[str, int] = field(default_factory=dict)
    """The step by which a question was added to each bank."""
    running: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Of each person who studies: an attempt, a position with a mix-up, and one that is open."""
    finished: dict[str, int] = field(default_factory=dict)
    on_retired: dict[str, int] = field(default_factory=dict)
    reviews: dict[str, int] = field(default_factory=dict)
    turned: dict[str, int] = field(default_factory=dict)
    """A review of each who studies in which a card was turned: it has no page."""
    aside: dict[str, int] = field(default_factory=dict)
    uploads: dict[str, int] = field(default_factory=dict)
    """The file that each of them has sent to be imported."""
    fingerprint: str = ""
    """What the form that confirms an import carries."""
    bulk_fingerprints: dict[int, str] = field(default_factory=dict)
    """What the form that confirms the tag of a question carries, by question."""
    words: dict[str, BankWords] = field(default_factory=dict)
    """Of each bank that was made in the browser."""
    folder_fingerprint: str = ""
    """What the form that confirms a folder carries."""
    roster_fingerprints: dict[int, str] = field(default_factory=dict)
    """What the form that confirms a roster carries, by class."""
    sessions: dict[str, int] = field(default_factory=dict)
    """The session of everybody's browser."""
    reset_token: str = ""
    """Of a link for a new password of the learner."""
    sittings: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Session and stamp at all banks."""


def sign_in_name(name: str) -> str:
    """Return the name that somebody signs in with."""
    return f"sign-in-{name}".replace(" ", "-")


def build(session: Session) -> World:
    """Fill an upgraded database that holds the harbour bank."""
    world = World()
    for one in PRINCIPALS:
        if one.role is not None:
            nameless = dict.fromkeys(("name", "sign_in_name", "password_hash", "uniquifier"))
            known = (
                nameless
                if one.role is Role.GUEST
                else {"name": f"Name of {one.name}", "sign_in_name": sign_in_name(one.name)}
            )
            world.people[one.name] = add_person(session, one.role, **known)
    _classes(session, world)
    for bank in BANKS:
        _bank(session, world, bank)
    for name in STUDIES:
        _studies(session, world, name)
    for name in ("teacher", "admin"):
        world.uploads[name] = keep_upload(session, world.people[name], DECK, NOON)
    harbour = session.scalars(select(BankRow).where(BankRow.name == HARBOUR)).one()
    met = select(CardRow.fact_id)
    unmet = select(FactRow.id).where(FactRow.source_id == harbour.source_id, FactRow.has_faces, FactRow.id.not_in(met))
    world.unmet = session.scalars(unmet.order_by(FactRow.id)).first() or 0
    for bank in BANKS:
        if bank.retired:
            session.execute(update(BankRow).where(BankRow.name == bank.name).values(retired_at=NOON))
    suspended = world.people[SUSPENDED].id
    session.execute(update(PersonRow).where(PersonRow.id == suspended).values(suspended_at=NOON))
    return world


def _classes(session: Session, world: World) -> None:
    for number, name in enumerate((A, B, "archived class")):
        row = ClassRow(name=name, created_at=NOON, archived_at=NOON if name.startswith("archived") else None)
        session.add(row)
        session.flush()
        world.classes[name] = row.id
        code = JoinCodeRow(
            class_id=row.id,
            code=f"C0DE{number}{number}{number}{number}",
            role=ClassRole.LEARNER,
            created_at=NOON,
            expires_at=NOON + timedelta(days=7),
        )
        session.add(code)
        session.flush()
        world.codes[name] = code.id, code.code
    for one in PRINCIPALS:
        for role, of in ((ClassRole.TEACHER, one.teaches), (ClassRole.LEARNER, one.attends)):
            for name in sorted(of):
                member = ClassMemberRow(
                    class_id=world.classes[name],
                    person_id=world.people[one.name].id,
                    role=role,
                    name=f"Roster name of {one.name}",
                    joined_at=NOON,
                )
                session.add(member)
                session.flush()
                world.members[name, one.name] = member.id


def _bank(session: Session, world: World, state: BankState) -> None:
    if state.name != HARBOUR:
        load_bank(session, replace(make_bank(boat_facts()[:6], state.name), title=state.title), NOON)
    row = session.scalars(select(BankRow).where(BankRow.name == state.name)).one()
    row.title, row.visibility = state.title, state.visibility
    row.owner_id = world.people[state.owner].id if state.owner else None
    session.flush()
    world.banks[state.name] = row.id
    fact = session.scalars(select(FactRow).where(FactRow.source_id == row.source_id).order_by(FactRow.place)).first()
    assert fact is not None
    world.facts[state.name] = fact.id, fact.name
    for name in sorted(state.shared_with):
        session.add(ClassBankRow(class_id=world.classes[name], bank_id=row.id, shared_at=NOON))
    author = world.people[state.owner or "teacher"]
    of_file = select(QuestionRow.id).where(QuestionRow.bank_id == row.id).order_by(QuestionRow.id)
    world.from_file[state.name] = session.scalars(of_file).first() or 0
    draft = replace(DRAFT, line=f"The report gives 70 tons as the last catch of {state.name}.")
    world.by_hand[state.name] = questions.add_question(session, author, state.name, draft, f"own-{state.name}", NOON)
    world.steps[state.name] = steps.steps_of(session, author, state.name)[0].id
    typed = DraftText("short_answer", line=f"A draft for {state.name}.", stem=f"What is drafted for {state.name}?")
    world.drafts[state.name] = begin_draft(session, author, state.name, typed, f"draft-{state.name}", NOON).id
    _drafts(session, world, state, author)
    _report(session, world, state)
    if state.name == "taught":
        row.origin = Origin.INSTRUCTOR
        world.words[state.name] = edited_bank(session, author, state.name).words
        draft = replace(DRAFT, line="The report gives 71 tons as what is not asked any more.")
        world.stopped = questions.add_question(session, author, state.name, draft, "own-stopped", NOON)
        draft = replace(draft, stem="In the report, how large was what is not asked any more?")
        questions.edit_question(session, author, world.stopped, draft, "own-again", 1, NOON)
        questions.set_retired(session, author, world.stopped, True, NOON)


def draft_canary(bank_name: str) -> str:
    """Return what stands in every draft for a bank, and nowhere else."""
    return f"drafted in secret for {bank_name}."


def _drafts(session: Session, world: World, state: BankState, author: Actor) -> None:
    """Let drafts stand in every state, each with the bank's canary in all that was typed and said of it."""
    word = draft_canary(state.name)
    for number, stands in enumerate(DraftState, 1):
        text = text_of_boat(number, line=f"The report names a boat, {word}", explanation=word, note=word)
        stored = begin_draft(session, author, state.name, text, f"drafted-{stands}-{state.name}", NOON)
        set_state(session, stored.id, stands, NOON)
        decide(session, author, stored.id, Decision.SUBMITTED, NOON, word)
    text = text_of_boat(7, explanation=word)
    world.waiting[state.name] = waiting_draft(session, author, 7, state.name, text=text).id


def _report(session: Session, world: World, state: BankState) -> None:
    """Let a learner have reported the question that was added by hand."""
    revision = select(QuestionRevisionRow).where(QuestionRevisionRow.question_id == world.by_hand[state.name])
    row = session.scalars(revision).one()
    about = Reportable(row.question_id, row.id, snapshot_from_text(row.content))
    report(session, world.people["learner"], about, ReportKind.UNCLEAR, "Which boat?", NOON)


def _studies(session: Session, world: World, name: str) -> None:
    actor = world.people[name]
    attempt_id, mixed = mix_up(session, actor)
    open_ = quizzes.attempt_state(session, actor, attempt_id).open_positions
    world.running[name] = attempt_id, mixed, _single_choice(session, actor, attempt_id, open_)
    world.finished[name] = quizzes.start_attempt(session, actor, HARBOUR, 5, 1, NOON)
    answer(session, actor, world.finished[name], 1)
    quizzes.finish_attempt(session, actor, world.finished[name], NOON)
    world.on_retired[name] = quizzes.start_attempt(session, actor, "retired", 5, 1, NOON)
    answer(session, actor, world.on_retired[name], 1)
    newest = select(ReviewRow).where(ReviewRow.person_id == actor.id).order_by(ReviewRow.id.desc())
    for _ in range(60):
        studying.take(session, actor, right=False)
        review = session.scalars(newest).first()
        assert review is not None
        if review.question_revision_id is None:
            world.turned[name] = review.id
        elif name in world.turned:
            review.strength = Strength.PRODUCED  # as if it had been typed: then it can be called right
            world.reviews[name] = review.id
            break
    card = session.scalars(select(CardRow).where(CardRow.person_id == actor.id).order_by(CardRow.id)).first()
    assert card is not None and name in world.reviews
    card.postponed_on, card.due_day = card.last_day, card.last_day + 9
    world.aside[name] = card.id
    at = desk(session, actor, "", SessionKind.STUDY, NOON)
    assert start_session(session, actor, at, 1, NOON) is not None
    row = session.scalars(select(StudySessionRow).filter_by(person_id=actor.id, scope=0)).one()
    world.sittings[name] = row.id, row.stamp


def _single_choice(session: Session, actor: Actor, attempt_id: int, positions: tuple[int, ...]) -> int:
    """Return an open position that asks to choose one: the form of every such question is the same."""
    for position in positions:
        asked = quizzes.asked_question(session, actor, attempt_id, position)
        if asked.snapshot.question.type == "single_choice":
            return position
    raise AssertionError("there is no such question")
