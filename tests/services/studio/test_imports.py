"""Files of questions on either database: what is shown, what is stored, and what comes back when it is undone."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import Text, cast, func, select, update
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import BankRow, FactRow, Origin, QuestionRevisionRow, QuestionRow, Visibility
from quizapp.database.table import Table
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed
from quizapp.domain.facts.fact import Topic
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Role
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank, retire_bank
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.import_plan import Upload, Verdict
from quizapp.services.studio.imports import carry_out, plan_import
from quizapp.services.studio.steps import steps_of, undo_step
from tests.every_type import every_type_bank
from tests.factories import NOON, make_bank
from tests.people import add_person
from tests.services.taking import answer

HEAD = "name,question,option a,option b,option c,correct,explanation,topic"
FLEET = (
    "puffin,Where did the Puffin lie?,Crab Bay,Gull Island,the Old Pier,A,It lay at Crab Bay.,Boats",
    "tern,Where did the Tern lie?,Crab Bay,Gull Island,the Old Pier,B,It lay at Gull Island.,Boats",
    "auk,Where did the Auk lie?,Crab Bay,Gull Island,the Old Pier,C,It lay at the Old Pier.,Birds",
)


@pytest.fixture
def author(session) -> Actor:
    return add_person(session, Role.INSTRUCTOR)


def table(*rows: str) -> Upload:
    return Upload("\n".join((HEAD, *rows)).encode(), "fleet.csv")


def of(bank: Bank, format_name="json") -> Upload:
    return Upload(BANK_FORMATS[format_name].write(bank), f"file{BANK_FORMATS[format_name].suffix}")


def bring(session, actor, upload):
    return carry_out(session, actor, upload, plan_import(session, actor, upload).fingerprint, NOON)


def verdicts(plan):
    return [(row.verdict.value, row.line, row.name, row.reason) for row in plan.rows]


def bank_now(session, actor, name="fleet"):
    session.flush()
    return stored_bank(session, name, editable(actor)).bank


def counted(session: Session) -> dict[str, int]:
    session.flush()
    tables = Table.metadata.tables
    return {name: session.scalar(select(func.count()).select_from(one)) for name, one in tables.items()}


def test_a_table_makes_a_draft_of_the_instructors_own(session, author):
    before = counted(session)
    plan = plan_import(session, author, table(*FLEET, "empty,,a,b,c,A,,"))
    assert counted(session) == before
    assert [row[:3] for row in verdicts(plan)] == [
        ("new", 2, "puffin"),
        ("new", 3, "tern"),
        ("new", 4, "auk"),
        ("refused", 5, "empty"),
    ]
    assert plan.rows[3].reason and (plan.exists, plan.makes_draft, plan.format) == (False, True, "csv")
    done = carry_out(session, author, table(*FLEET, "empty,,a,b,c,A,,"), plan.fingerprint, NOON)
    row = session.scalars(select(BankRow).where(BankRow.name == "fleet")).one()
    assert (row.owner_id, row.visibility, row.origin) == (author.id, Visibility.PRIVATE, Origin.INSTRUCTOR)
    bank = bank_now(session, author)
    assert [question.id for question in bank.questions] == ["puffin", "tern", "auk"]
    assert bank.topics == (Topic("boats", "Boats"), Topic("birds", "Birds"))
    assert steps_of(session, author, "fleet")[0].words == "Imported 3 questions from fleet.csv"
    assert steps_of(session, author, "fleet")[0].id == done.step_id
    revisions = session.scalars(select(QuestionRevisionRow.author_id)).all()
    assert revisions.count(author.id) == 3


def test_the_same_file_twice_makes_no_doubles(session, author):
    bring(session, author, table(*FLEET))
    before = counted(session)
    again = bring(session, author, table(*FLEET))
    assert {row[0] for row in verdicts(again.plan)} == {"duplicate"} and again.step_id is None
    assert again.plan.rows[0].reason == "the bank has this question."
    assert counted(session) == before


def test_a_question_of_another_name_that_asks_the_same_is_a_duplicate_and_named(session, author):
    bring(session, author, table(*FLEET))
    renamed = FLEET[0].replace("puffin,Where did the Puffin lie?", "other,where did the  puffin lie")
    plan = plan_import(session, author, table(renamed))
    assert verdicts(plan) == [("duplicate", 2, "other", "the bank has this question under another name.")]
    twice = plan_import(session, author, replace(table(FLEET[0], renamed), bank="New"))
    assert verdicts(twice)[1] == ("duplicate", 3, "other", "line 2 asks the same.")


def test_an_edited_question_gets_a_revision_and_undoing_brings_the_bank_back_as_it_was(session, author):
    bring(session, author, table(*FLEET))
    session.execute(update(BankRow).where(BankRow.name == "fleet").values(visibility=Visibility.PUBLIC))
    attempt = quizzes.start_attempt(session, author, "fleet", None, 1, NOON)
    answer(session, author, attempt, 1)
    before = bank_now(session, author)
    edited = FLEET[1].replace("It lay at Gull Island.", "It lay at Gull Island all winter.").replace("Boats", "Ships")
    done = bring(session, author, table(FLEET[0], edited, "skua,Where did the Skua lie?,a,b,c,A,It lay at a.,Boats"))
    assert [row[0] for row in verdicts(done.plan)] == ["duplicate", "changed", "new"]
    assert "its explanation" in done.plan.rows[1].reason
    after = bank_now(session, author)
    assert {one.id: one for one in after.questions}["tern"].explanation == "It lay at Gull Island all winter."
    assert after.facts_by_id()["tern-fact"].text == "It lay at Gull Island all winter."
    assert {question.id for question in after.questions} == {"puffin", "tern", "auk", "skua"}
    undo_step(session, author, done.step_id, NOON)
    assert bank_now(session, author) == before
    back = bring(session, author, table(FLEET[0], edited, "skua,Where did the Skua lie?,a,b,c,A,It lay at a.,Boats"))
    assert [row[0] for row in verdicts(back.plan)] == ["duplicate", "changed", "changed"]
    assert bank_now(session, author) == after


def test_undoing_the_import_of_a_new_bank_takes_it_off_the_shelf_and_importing_again_brings_it_back(session, author):
    done = bring(session, author, table(*FLEET))
    before = bank_now(session, author)
    undo_step(session, author, done.step_id, NOON)
    assert session.scalar(select(BankRow.retired_at).where(BankRow.name == "fleet")) is not None
    plan = plan_import(session, author, table(*FLEET))
    assert plan.comes_back and {row.reason for row in plan.rows} == {"It is archived here, and would be asked again."}
    bring(session, author, table(*FLEET))
    assert bank_now(session, author) == before


def test_what_was_shown_is_imported_or_nothing(session, author):
    shown = plan_import(session, author, table(*FLEET)).fingerprint
    bring(session, author, table(FLEET[0]))
    before = counted(session)
    with pytest.raises(Conflict, match="has changed since this was shown"):
        carry_out(session, author, table(*FLEET), shown, NOON)
    assert counted(session) == before


def test_questions_that_came_from_the_banks_file_are_never_changed(session, author):
    bank = make_bank()
    first = bank.questions[0]
    changed = replace(bank, questions=(replace(first, explanation="Another."), *bank.questions[1:3]))
    plan = plan_import(session, author, of(changed))
    assert [row.verdict for row in plan.rows] == [Verdict.REFUSED, Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert f"the bank has “{first.stem}”: it came from the questions folder" in plan.rows[0].reason
    fact = replace(bank.facts_by_id()[first.fact], note="Another note.")
    facts = tuple(fact if one.id == fact.id else one for one in bank.facts)
    renamed = replace(bank, facts=facts, questions=(replace(first, id="renamed", stem="Asked anew?"),))
    assert f"its fact “{fact.text}”" in plan_import(session, author, of(renamed)).rows[0].reason


def test_a_plan_shows_that_a_long_question_goes_on(session, author):
    stem = f"Where did the Puffin lie {'at noon and ' * 6}at night?"
    long, short = plan_import(
        session, author, table(FLEET[0].replace("Where did the Puffin lie?", stem), FLEET[1])
    ).rows
    assert len(long.front) <= 80 and long.front.endswith("…") and stem.startswith(long.front[:-1])
    assert short.front == "Where did the Tern lie?"


def test_what_was_added_to_a_bank_of_a_file_stays_when_the_file_is_loaded_again(session, author):
    bring(session, author, replace(table(*FLEET), bank="harbour"))
    before = bank_now(session, author, "harbour")
    assert Topic("birds", "Birds") in before.topics and len(before.questions) == len(make_bank().questions) + 3
    assert not load_bank(session, make_bank(), NOON).changed
    assert bank_now(session, author, "harbour") == before


def test_a_topic_of_the_same_label_is_the_topic_of_the_bank(session, author):
    bring(session, author, replace(table(FLEET[0].replace("Boats", "TRADE")), bank="harbour"))
    assert {one.id: one for one in bank_now(session, author, "harbour").questions}["puffin"].topic == "trade"


@pytest.mark.parametrize("format_name", ["json", "moodle-xml"])
def test_a_bank_of_every_type_comes_in_as_it_was(session, author, format_name):
    bank = every_type_bank()
    done = bring(session, author, replace(of(bank, format_name), bank="Copied"))
    assert done.plan.brings == len(bank.questions)
    copied = bank_now(session, author, "copied")
    assert {one.id: one for one in copied.questions} == {one.id: one for one in bank.questions}
    if format_name == "json":
        named = {"name": "copied", "title": "Copied", "source": replace(bank.source, id=copied.source.id)}
        assert json.loads(BANK_FORMATS["json"].write(copied)) == json.loads(
            BANK_FORMATS["json"].write(replace(bank, **named))
        )


def test_the_command_line_makes_a_public_bank_of_nobody(session):
    bring(session, None, table(*FLEET))
    row = session.scalars(select(BankRow).where(BankRow.name == "fleet")).one()
    assert (row.owner_id, row.visibility) == (None, Visibility.PUBLIC)


def test_a_bank_of_somebody_else_or_one_that_wants_a_second_look_is_not_imported_into(session, author):
    bring(session, author, table(*FLEET))
    other = add_person(session, Role.INSTRUCTOR)
    with pytest.raises(Conflict, match="not yours to change"):
        plan_import(session, other, table(*FLEET))
    session.execute(update(BankRow).where(BankRow.name == "fleet").values(second_approver=True))
    with pytest.raises(Conflict, match="approved by somebody else"):
        plan_import(session, author, table(*FLEET))


@pytest.mark.parametrize("role", [Role.GUEST, Role.LEARNER])
def test_learners_may_do_none_of_this(session, role):
    actor = add_person(session, role)
    for call in (
        lambda: plan_import(session, actor, table(*FLEET)),
        lambda: carry_out(session, actor, table(*FLEET), "", NOON),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_a_file_that_is_none_is_refused_as_a_whole(session, author):
    for data, name in ((b"<quiz><question", "x.xml"), (b"{}", "x.json"), (b"\x00\xff", "x.gift")):
        with pytest.raises(InvalidContent):
            plan_import(session, author, Upload(data, name))


def test_a_thousand_questions_take_few_statements(session, author, statements):
    rows = [f"n{n},What is number {n}?,{n},{n + 1},{n + 2},A,It is {n}.,Numbers" for n in range(1000)]
    upload = table(*rows)
    statements()
    shown = plan_import(session, author, upload).fingerprint
    assert len(statements()) == 2  # there is no such bank; which sources there are
    carry_out(session, author, upload, shown, NOON)
    assert len(statements()) <= 16
    assert session.scalar(select(func.count()).select_from(QuestionRow).where(QuestionRow.name.like("n%"))) == 1000


def test_facts_are_the_instructors_and_keep_no_passage_of_a_text_that_is_not_there(session, author):
    bring(session, author, table(*FLEET))
    facts = session.execute(
        select(FactRow.origin, cast(FactRow.content, Text)).where(FactRow.name.like("%-fact"))
    ).all()
    assert len(facts) == 3 and all(origin is Origin.INSTRUCTOR and "passage" not in text for origin, text in facts)


def test_a_retired_bank_of_the_folder_comes_back_with_what_is_imported(session, author):
    retire_bank(session, "harbour", NOON)
    session.flush()
    assert plan_import(session, author, replace(table(*FLEET), bank="harbour")).comes_back
