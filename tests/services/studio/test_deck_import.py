from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.database.account_tables import PersonRow
from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow, Visibility
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound
from quizapp.domain.questions.flashcard_face import face_of
from quizapp.domain.roles import Actor, Role
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank, retire_bank
from quizapp.services.banks import bank_overview
from quizapp.services.reading import reading_page
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio import questions
from quizapp.services.studio.deck_import import CARD, carry_out, plan_import
from quizapp.services.studio.import_plan import Upload, Verdict
from quizapp.services.studio.import_target import banks_to_import_into
from quizapp.services.studio.steps import steps_of, undo_step
from tests.domain.questions.bank_formats.hostile_decks import READ, REFUSED_AS_A_WHOLE
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON, make_bank, make_source
from tests.people import add_person
from tests.services.taking import answer

LATER = NOON + timedelta(days=1)
LONG = "a back of far more than eight words that nobody would ever want to type"
DECK = Upload(f"Spain?,Madrid\nFrance?,Paris\nWhy?,{LONG}\nempty,\n".encode(), "capitals.csv")


@pytest.fixture
def instructor(session, stranger) -> Actor:
    session.get_one(PersonRow, stranger.id).role = Role.INSTRUCTOR
    session.flush()
    return Actor(stranger.id, Role.INSTRUCTOR)


def import_now(session, upload=DECK, now=NOON, actor=None):
    return carry_out(session, actor, upload, plan_import(session, actor, upload).fingerprint, now).plan


def with_text(text):
    return replace(DECK, data=text.encode())


def counts(plan):
    return {verdict.value: plan.count(verdict) for verdict in Verdict if plan.count(verdict)}


def rows_in(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_plan_says_what_would_become_of_each_row_and_writes_nothing(session):
    before = {table: rows_in(session, table) for table in (BankRow, FactRow, QuestionRow, QuestionRevisionRow)}
    plan = plan_import(session, None, DECK)
    assert [(row.verdict, row.line, row.type) for row in plan.rows] == [
        ("new", 1, "short_answer"),
        ("new", 2, "short_answer"),
        ("new", 3, CARD),
        ("refused", 4, ""),
    ]
    assert plan.rows[3].reason == "the back is empty." and plan.rows[3].front == "empty"
    assert (plan.bank.name, plan.bank.title, plan.exists, plan.brings) == ("capitals", "Capitals", False, 3)
    session.flush()
    assert {table: rows_in(session, table) for table in before} == before


def test_an_import_stores_a_fact_a_card_and_a_question_where_it_can_be_typed(session, guest):
    import_now(session)
    overview = bank_overview(session, None, "capitals")
    assert (overview.facts, overview.questions, overview.source.is_deck) == (3, 2, True)
    page = reading_page(session, "capitals")
    faces = [face_of(one.fact, page.source) for one in page.facts.values()]
    assert [(face.front, face.back) for face in faces] == [("Spain?", "Madrid"), ("France?", "Paris"), ("Why?", LONG)]
    attempt_id = quizzes.start_attempt(session, guest, "capitals", None, seed=1, now=NOON)
    asked = quizzes.asked_question(session, guest, attempt_id, 1)
    assert asked.snapshot.question.stem in ("Spain?", "France?")
    assert answer(session, guest, attempt_id, 1).score == 1


def test_the_same_file_again_brings_nothing(session):
    import_now(session)
    plan = import_now(session, now=LATER)
    assert counts(plan) == {"duplicate": 3, "refused": 1} and plan.exists
    assert session.scalar(select(BankRow.loaded_at).where(BankRow.name == "capitals")) == NOON


def test_an_edited_back_is_a_change_that_says_what_was_there_and_adds_a_revision(session):
    import_now(session)
    plan = import_now(session, with_text("Spain?,Barcelona\n"), LATER)
    assert [(row.verdict, row.reason) for row in plan.rows] == [("changed", "its back was “Madrid”.")]
    numbers = session.scalars(
        select(QuestionRow.revision_number).join(BankRow).where(BankRow.name == "capitals").order_by(QuestionRow.place)
    )
    assert list(numbers) == [2, 1]


def test_cards_that_the_file_does_not_have_stay_and_keep_their_order(session):
    import_now(session)
    import_now(session, with_text("Italy?,Rome\n"), LATER)
    facts = [one.fact.ask for one in reading_page(session, "capitals").facts.values()]
    assert facts == ["Spain?", "France?", "Why?", "Italy?"]
    assert rows_in(session, QuestionRow) - len(make_bank().questions) == 3
    retired = select(FactRow.name).where(FactRow.retired_at.is_not(None))
    assert session.scalars(retired).all() == []


def test_a_back_that_grows_too_long_stops_its_question_and_comes_back_with_a_short_one(session):
    import_now(session)
    import_now(session, with_text(f"Spain?,{LONG}\n"), LATER)
    assert bank_overview(session, None, "capitals").questions == 1
    import_now(session, with_text("Spain?,Madrid\n"), LATER)
    assert bank_overview(session, None, "capitals").questions == 2


def test_the_second_of_two_rows_with_one_front_is_a_duplicate(session):
    plan = import_now(session, with_text("Spain?,Madrid\nSpain?,Madrid\nSpain?,Lisbon\n"))
    assert [(row.verdict, row.reason) for row in plan.rows] == [
        ("new", ""),
        ("duplicate", "line 1 has this front."),
        ("duplicate", "line 1 has this front with another back."),
    ]
    assert bank_overview(session, None, "capitals").facts == 1


def test_a_topic_that_changed_is_said(session):
    import_now(session)
    plan = plan_import(session, None, with_text("front,back,topic\nSpain?,Madrid,Europe\n"))
    assert plan.rows[0].reason == "its topic, speaker, source or note is another."


def test_what_was_shown_is_imported_or_nothing(session):
    shown = plan_import(session, None, DECK).fingerprint
    import_now(session, with_text("Spain?,Toledo\n"))
    with pytest.raises(Conflict, match="has changed since this was shown"):
        carry_out(session, None, DECK, shown, LATER)
    session.flush()
    assert bank_overview(session, None, "capitals").facts == 1
    with pytest.raises(Conflict):
        carry_out(session, None, replace(DECK, bank="Other"), shown, LATER)


def test_a_file_with_nothing_to_bring_makes_no_bank(session):
    plan = import_now(session, with_text("a,\nb,\n"))
    assert counts(plan) == {"refused": 2}
    assert session.scalar(select(BankRow.id).where(BankRow.name == "capitals")) is None


def test_a_bank_from_the_questions_folder_is_never_changed(session):
    for name in ("harbour", "Harbour"):
        with pytest.raises(Conflict, match="came from the questions folder"):
            plan_import(session, None, replace(DECK, bank=name))


def test_a_folder_never_takes_the_place_of_an_imported_deck(session):
    import_now(session)
    with pytest.raises(Conflict, match="A deck was imported here"):
        load_bank(session, replace(make_bank(name="capitals"), source=make_source(id="other")), LATER)


@pytest.mark.parametrize(
    ("bank", "file_name", "data", "name", "title"),
    [
        ("", "my deck.csv", b"a,b\n", "my-deck", "my deck"),
        ("", "../../etc/passwd", b"a,b\n", "passwd", "Passwd"),
        ("", "x.csv", b"#deck:Big Rivers\na,b\n", "big-rivers", "Big Rivers"),
        ("Şehirler", "x.csv", b"a,b\n", "sehirler", "Şehirler"),
        ("big-rivers", "x.csv", b"a,b\n", "big-rivers", "Big rivers"),
        ("\u200b", "x.csv", b"a,b\n", "imported-deck", "Imported deck"),
        ("T" * 900, "x.csv", b"a,b\n", None, "T" * 200),
        ("", "", b"a,b\n", "pasted-text", "pasted text"),
    ],
)
def test_the_bank_is_named_by_who_asks_else_by_the_deck_else_by_the_file(session, bank, file_name, data, name, title):
    plan = import_now(session, Upload(data, file_name, bank))
    assert plan.bank.title == title and name in (None, plan.bank.name)
    assert bank_overview(session, None, plan.bank.name).title == title


def test_what_an_instructor_added_to_an_imported_bank_stays(session, instructor):
    import_now(session)
    draft = replace(DRAFT, paragraph=1, topic="cards", speaker=None)
    questions.add_question(session, instructor, "capitals", draft, "own-1", NOON)
    session.flush()
    import_now(session, with_text("Italy?,Rome\n"), LATER)
    names = [question.id for question in stored_bank(session, "capitals", editable(instructor)).bank.questions]
    assert "own-1" in names and len(names) == 4


def test_a_bank_off_the_shelf_comes_back_with_its_cards(session):
    import_now(session)
    retire_bank(session, "capitals", NOON)
    session.flush()
    import_now(session, with_text("Italy?,Rome\n"), LATER)
    assert bank_overview(session, None, "capitals").facts == 4


def test_an_import_of_cards_is_undone_as_a_whole(session, instructor):
    import_now(session, actor=instructor)
    before = stored_bank(session, "capitals", editable(instructor)).bank
    import_now(session, with_text("front,back,topic\nSpain?,Toledo,Towns\nItaly?,Rome,\n"), LATER, instructor)
    after = stored_bank(session, "capitals", editable(instructor)).bank
    step = steps_of(session, instructor, "capitals")[0]
    assert (step.kind, step.words) == ("import", "Imported 2 cards from capitals.csv")
    undo_step(session, instructor, step.id, LATER)
    session.flush()
    assert stored_bank(session, "capitals", editable(instructor)).bank == before != after


@pytest.mark.parametrize("role", [Role.GUEST, Role.LEARNER])
def test_learners_may_do_none_of_this(session, guest, role):
    actor = Actor(guest.id, role)
    for call in (
        lambda: banks_to_import_into(session, actor),
        lambda: plan_import(session, actor, DECK),
        lambda: carry_out(session, actor, DECK, plan_import(session, None, DECK).fingerprint, NOON),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_an_instructor_may(session, instructor):
    assert import_now(session, actor=instructor).brings == 3


def test_every_hostile_deck_is_refused_or_stored_and_known_again(session):
    for number, (data, _) in enumerate(READ.values()):
        upload = Upload(data, "deck", f"hostile {number}")
        plan = import_now(session, upload)
        again = plan_import(session, None, upload)
        assert again.brings == 0 and again.count(Verdict.REFUSED) == plan.count(Verdict.REFUSED)
        if plan.brings:
            assert bank_overview(session, None, plan.bank.name).facts == plan.brings
    for data, _ in REFUSED_AS_A_WHOLE.values():
        with pytest.raises(InvalidContent):
            plan_import(session, None, Upload(data, "deck"))


def owner_and_visibility(session, name="capitals"):
    return session.execute(select(BankRow.owner_id, BankRow.visibility).where(BankRow.name == name)).one()


def test_on_the_command_line_a_bank_is_nobodys_and_public(session):
    assert not import_now(session).makes_draft
    assert owner_and_visibility(session) == (None, Visibility.PUBLIC)


def test_an_instructor_makes_a_draft_of_their_own(session, instructor, guest):
    assert import_now(session, actor=instructor).makes_draft
    assert owner_and_visibility(session) == (instructor.id, Visibility.PRIVATE)
    assert bank_overview(session, instructor, "capitals").facts == 3
    for actor in (None, guest):
        with pytest.raises(NotFound):
            bank_overview(session, actor, "capitals")


@pytest.mark.parametrize("again_by", ["its owner", "an admin", "the command line"])
def test_importing_again_keeps_owner_and_visibility(session, instructor, again_by):
    import_now(session, actor=instructor)
    session.execute(update(BankRow).where(BankRow.name == "capitals").values(visibility=Visibility.CLASSES))
    actor = {"its owner": instructor, "an admin": add_person(session, Role.ADMIN)}.get(again_by)
    plan = import_now(session, with_text("Italy?,Rome\n"), LATER, actor)
    assert (plan.exists, plan.makes_draft, plan.brings) == (True, False, 1)
    assert owner_and_visibility(session) == (instructor.id, Visibility.CLASSES)


def test_a_bank_from_the_command_line_stays_public_when_an_instructor_adds_to_it(session, instructor):
    import_now(session)
    import_now(session, with_text("Italy?,Rome\n"), LATER, instructor)
    assert owner_and_visibility(session) == (None, Visibility.PUBLIC)


def test_a_draft_of_their_own_off_the_shelf_comes_back_as_one(session, instructor):
    import_now(session, actor=instructor)
    retire_bank(session, "capitals", NOON)
    session.flush()
    import_now(session, with_text("Italy?,Rome\n"), LATER, instructor)
    assert owner_and_visibility(session) == (instructor.id, Visibility.PRIVATE)
    assert bank_overview(session, instructor, "capitals").facts == 4


@pytest.mark.parametrize("state", list(Visibility))
@pytest.mark.parametrize("retired", [False, True])
def test_another_instructor_can_neither_look_nor_import_into_it(session, instructor, state, retired):
    import_now(session, actor=instructor)
    retired_at = NOON if retired else None
    session.execute(update(BankRow).where(BankRow.name == "capitals").values(visibility=state, retired_at=retired_at))
    other = add_person(session, Role.INSTRUCTOR)
    shown = plan_import(session, None, DECK).fingerprint
    for call in (lambda: plan_import(session, other, DECK), lambda: carry_out(session, other, DECK, shown, NOON)):
        with pytest.raises(Conflict, match="not yours to change"):
            call()
    assert "capitals" not in dict(banks_to_import_into(session, other))
    assert owner_and_visibility(session) == (instructor.id, state)
