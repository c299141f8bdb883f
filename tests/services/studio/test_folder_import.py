from dataclasses import replace

import pytest
from sqlalchemy import func, select

from quizapp.database.bank_tables import BankRow, QuestionRow
from quizapp.domain.errors import Conflict, InvalidContent, NotFound
from quizapp.domain.questions.bank_folder import bank_of_folder, folder_of
from quizapp.domain.questions.folder_zip import read_zip, write_zip
from quizapp.domain.roles import Role
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from quizapp.services.studio.bank_editor import new_bank
from quizapp.services.studio.folder_import import Verdict, load_folder, own_banks, plan_folder, zipped_folder
from quizapp.services.studio.steps import steps_of, undo_step
from tests.factories import NOON
from tests.people import add_person
from tests.services.studio.test_bank_editor import NONCE, TEXT, WORDS, ask

OTHER = "fedcba9876543210"


@pytest.fixture
def ines(session):
    return add_person(session, Role.INSTRUCTOR, "Ines")


@pytest.fixture
def made(session, ines):
    name = new_bank(session, ines, WORDS, NONCE, NOON)
    ask(session, ines, name)
    return name


def bank_of(session, actor, name):
    return stored_bank(session, name, editable(actor)).bank


def load(session, actor, data, target="", nonce=OTHER):
    plan = plan_folder(session, actor, data, target)
    return load_folder(session, actor, data, target, plan.fingerprint, nonce, NOON)


def edited(data, name, old, new):
    folder = read_zip(data)
    files = dict(folder.files)
    files[name] = files[name].decode().replace(old, new).encode()
    files.pop("questions.json", None)
    return write_zip(folder.name, files)


def counts(plan, is_question=True):
    return {verdict.value: count for verdict in Verdict if (count := plan.count(verdict, is_question))}


def test_a_bank_made_here_leaves_as_a_folder_and_comes_back_the_same(session, ines, made):
    data = zipped_folder(session, ines, made)
    before = bank_of(session, ines, made)
    folder = read_zip(data)
    assert replace(bank_of_folder(made, folder.files), text=TEXT) == before
    plan = load(session, ines, data)
    again = bank_of(session, ines, plan.target)
    assert (again.facts, again.questions, again.topics) == (before.facts, before.questions, before.topics)
    assert replace(again.source, id=before.source.id) == before.source
    assert again.text == ""


def test_the_same_form_twice_makes_one_bank(session, ines, made):
    data = zipped_folder(session, ines, made)
    first, second = load(session, ines, data), load(session, ines, data)
    assert first.target == second.target != made
    assert session.scalar(select(func.count()).select_from(BankRow).where(BankRow.owner_id == ines.id)) == 2


def test_the_folder_of_a_bank_as_it_is_would_change_nothing(session, ines, made):
    plan = plan_folder(session, ines, zipped_folder(session, ines, made), made)
    assert counts(plan) == {"same": 1}
    assert not plan.brings


def test_a_folder_changes_adds_and_retires_in_one_step_that_is_undone(session, ines, made):
    ask(session, ines, made, "own-2", "ice came early")
    before = bank_of(session, ines, made)
    harbour = stored_bank(session, "harbour", editable(ines)).bank
    added = next(one for one in harbour.questions if len(one.cited_facts) == 1)
    changed = replace(
        before,
        title="Ice again",
        source=replace(before.source, speakers=harbour.source.speakers, sides=harbour.source.sides, paragraphs=12),
        topics=(*before.topics, *harbour.topics),
        facts=(replace(before.facts[0], note="Noted."), harbour.facts_by_id()[added.fact]),
        questions=(before.questions[0], added),
    )
    data = write_zip(made, folder_of(changed).files)
    plan = plan_folder(session, ines, data, made)
    assert counts(plan) == {"new": 1, "changed": 1, "retired": 1}
    assert counts(plan, is_question=False) == {"new": 1, "changed": 1, "retired": 1}
    load(session, ines, data, made)
    now = bank_of(session, ines, made)
    assert (now.title, now.text) == ("Ice again", TEXT)
    assert now.questions == changed.questions
    assert now.facts == changed.facts
    step = steps_of(session, ines, made)[0]
    undo_step(session, ines, step.id, NOON)
    session.flush()
    assert bank_of(session, ines, made) == before
    assert session.scalar(select(func.count()).select_from(QuestionRow).where(QuestionRow.name == "own-2")) == 1


def test_what_was_shown_is_loaded_or_nothing(session, ines, made):
    data = edited(zipped_folder(session, ines, made), "bank.toml", WORDS.title, "Another title")
    shown = plan_folder(session, ines, data, made).fingerprint
    ask(session, ines, made, "own-2", "ice came early")
    with pytest.raises(Conflict):
        load_folder(session, ines, data, made, shown, OTHER, NOON)
    assert bank_of(session, ines, made).title == WORDS.title


def test_what_is_wrong_is_told_with_file_and_line_and_nothing_comes_in(session, ines, made):
    data = edited(zipped_folder(session, ines, made), "facts.toml", 'kind = "', 'kind = "no-')
    with pytest.raises(InvalidContent) as refused:
        load(session, ines, data)
    (problem,) = refused.value.problems
    assert (problem.place, problem.line) == ("facts.toml", 3)


def test_a_folder_goes_into_no_bank_of_a_file_and_none_of_somebody_else(session, ines, made):
    data = zipped_folder(session, ines, made)
    assert [one.name for one in own_banks(session, ines)] == [made]
    with pytest.raises(Conflict):
        plan_folder(session, ines, data, "harbour")
    other = add_person(session, Role.INSTRUCTOR, "Otto")
    for refused in (lambda: plan_folder(session, other, data, made), lambda: zipped_folder(session, other, made)):
        with pytest.raises(NotFound):
            refused()


def test_a_shipped_bank_leaves_the_database_as_it_came(session, ines):
    before = bank_of(session, ines, "harbour")
    folder = read_zip(zipped_folder(session, ines, "harbour"))
    assert bank_of_folder("harbour", folder.files) == before
