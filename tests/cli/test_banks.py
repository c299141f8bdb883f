import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.database.engine import make_engine
from quizapp.database.upgrade import stored_revision
from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.settings import Settings
from tests.cli.conftest import BANK


@pytest.fixture
def count(settings: Settings) -> Callable[[str], int]:
    def rows(table: str) -> int:
        engine = make_engine(settings.database)
        with engine.connect() as connection:
            found = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608
        engine.dispose()
        return found

    return rows


@pytest.fixture
def facts(questions: Path) -> Path:
    return questions / BANK / "facts.toml"


def test_loading_says_what_it_did_and_the_second_time_that_nothing_changed(run, count, built):
    first = run("load").stdout
    assert first == (
        f"{BANK}: {len(built.questions)} questions added, 0 revised, 0 retired, 0 unchanged; "
        f"{len(built.facts)} facts changed.\n"
    )
    assert run("load").stdout == f"{BANK}: nothing changed, {len(built.questions)} questions.\n"
    assert count("question_revisions") == len(built.questions)


def test_a_folder_may_be_named(run, questions, tmp_path):
    elsewhere = questions.rename(tmp_path / "elsewhere")
    assert "questions added" in run("load", str(elsewhere)).stdout


def test_a_changed_bank_says_what_changed(run, questions, built):
    run("load")
    path = questions / BANK / "questions.json"
    data = json.loads(path.read_text())
    data["questions"][0]["stem"] = "In the article, which words are new?"
    del data["questions"][-1]
    path.write_text(json.dumps(data, ensure_ascii=False))
    assert f"0 questions added, 1 revised, 1 retired, {len(built.questions) - 2} unchanged" in run("load").stdout


@pytest.mark.parametrize("content", ["", "not json", "[]", "{}", '{"format": "quizapp-bank"}'])
def test_a_broken_bank_beside_a_sound_one_writes_nothing(run, questions, count, content):
    broken = questions / "zz-broken"
    broken.mkdir()
    (broken / "bank.toml").write_text("")
    (broken / "questions.json").write_text(content)
    result = run("load", status=1)
    assert "problem(s)." in result.stderr
    assert count("banks") == count("questions") == 0


def test_a_bank_without_questions_says_how_to_make_them(run, questions, count):
    (questions / BANK / "questions.json").unlink()
    assert f"run `quizapp bank build {BANK}`" in run("load", status=1).stderr
    assert count("banks") == 0


def test_a_bank_is_built_from_its_facts_byte_by_byte(run, questions, built):
    path = questions / BANK / "questions.json"
    before = path.read_bytes()
    path.unlink()
    said = run("bank", "build", BANK).stdout
    assert f"{len(built.questions)} questions on {len(built.facts)} facts." in said
    assert path.read_bytes() == before


def test_a_fresh_bank_passes_the_check_and_a_stale_one_fails(run, questions):
    assert "is what its facts make" in run("bank", "build", BANK, "--check").stdout
    path = questions / BANK / "questions.json"
    path.write_bytes(path.read_bytes() + b"\n")
    stale = path.read_bytes()
    assert f"it is stale; run `quizapp bank build {BANK}`" in run("bank", "build", BANK, "--check", status=1).stderr
    assert path.read_bytes() == stale, "a check writes nothing"
    path.unlink()
    assert "it is stale" in run("bank", "build", BANK, "--check", status=1).stderr


def test_every_problem_in_the_facts_is_listed_with_file_and_line(run, facts):
    lines = facts.read_text().splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line == "[[fact]]"]
    for start, word in ((starts[1], "kind"), (starts[4], "topic")):
        at = next(number for number in range(start, start + 15) if lines[number].startswith(f"{word} ="))
        lines[at] = f'{word} = "no such {word}"'
    facts.write_text("\n".join(lines) + "\n")
    told = run("bank", "build", BANK, status=1).stderr
    assert f"facts.toml:{starts[1]}: " in told
    assert f"facts.toml:{starts[4]}: " in told
    assert all(line.startswith("facts.toml:") for line in told.splitlines()[:-1])
    assert told.splitlines()[-1] == f"{told.count('facts.toml:')} problem(s)."


def test_facts_that_cannot_be_read_are_named(run, facts):
    facts.write_bytes(b"\xff\xfe")
    assert "facts.toml" in run("bank", "build", BANK, status=1).stderr
    facts.unlink()
    assert "it cannot be read" in run("bank", "build", BANK, status=1).stderr


def test_an_unknown_bank_is_answered_with_those_there_are(run):
    assert run("bank", "build", "nowhere", status=1).stderr == (
        f"quizapp: There is no bank “nowhere”; there is {BANK}.\n"
    )


@pytest.mark.parametrize("name", sorted(BANK_FORMATS))
def test_a_bank_is_exported_to_a_file_or_to_the_terminal(run, tmp_path, name):
    path = tmp_path / "out"
    run("bank", "export", BANK, "--format", name, "-o", str(path))
    assert run("bank", "export", BANK, "--format", name).stdout_bytes == path.read_bytes()
    assert path.stat().st_size > 1000


def test_a_bank_that_was_exported_as_json_is_the_bank(run, tmp_path, built):
    run("bank", "export", BANK, "-o", str(tmp_path / "out"))
    assert JsonFormat().read_bank((tmp_path / "out").read_bytes()) == built


def test_a_command_on_files_leaves_the_database_alone(run, settings):
    run("bank", "build", BANK, "--check")
    run("bank", "export", BANK)
    assert not settings.instance.exists()


def test_loading_upgrades_the_database_first(run, settings):
    run("load")
    engine = make_engine(settings.database)
    assert stored_revision(engine) is not None
    engine.dispose()


def test_a_bank_that_was_built_in_another_folder_is_refused(run, questions):
    (questions / BANK).rename(questions / "copied")
    result = run("load", status=1)
    assert f"it was built for the bank “{BANK}”; run `quizapp bank build copied`" in result.stderr


def test_a_bank_can_be_retired_and_comes_back_when_loaded(run):
    run("load")
    assert run("bank", "retire", BANK).stdout == f"{BANK} is retired.\n"
    assert "nothing changed" not in run("load").stdout
    assert "There is no bank “nowhere”" in run("bank", "retire", "nowhere", status=1).stderr
