import subprocess
import sys
from dataclasses import replace

import pytest

from quizapp.cli.main import cli
from tests.served import environment


def run_module(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *arguments],
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_module_is_the_command():
    done = run_module("--help")
    assert done.returncode == 0
    assert "QUIZAPP_INSTANCE" in done.stdout
    assert all(f"  {name} " in done.stdout for name in cli.commands)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_says_what_it_does(run, name):
    assert run(name, "-h").output.count("\n") > 3


def test_settings_come_from_the_environment(tmp_path):
    done = run_module("upgrade", QUIZAPP_INSTANCE=str(tmp_path / "here"))
    assert (done.returncode, done.stdout) == (0, "The database was upgraded.\n")
    assert (tmp_path / "here" / "quizapp.sqlite3").is_file()


def test_the_questions_folder_comes_from_the_environment(tmp_path):
    done = run_module("load", QUIZAPP_INSTANCE=str(tmp_path), QUIZAPP_QUESTIONS=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert done.stderr == f"quizapp: There is no folder {tmp_path / 'nowhere'}.\n"


@pytest.mark.parametrize("database", ["mysql://somewhere/x", "nonsense", "sqlite://"])
def test_a_wrong_setting_is_said_in_one_line(run, settings, database):
    result = run("upgrade", status=1, settings=replace(settings, database=database))
    assert result.stderr == "quizapp: QUIZAPP_DATABASE must be sqlite:///FILE or postgresql://...\n"


def test_a_database_that_does_not_answer_is_said_without_a_traceback(run, settings):
    result = run("load", status=1, settings=replace(settings, database="postgresql://nobody@127.0.0.1:1/nothing"))
    assert result.stderr.startswith("quizapp: the database cannot be used: ")
    assert "Traceback" not in result.output


def test_a_mistake_in_the_command_is_explained(run):
    assert "No such command" in run("sevre", status=2).stderr
    assert "No such option" in run("serve", "--prot", "80", status=2).stderr
