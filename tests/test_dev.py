"""dev.py: what it says to a person whose machine lacks something, and when it installs anew."""

import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13, "final", 0), (2, 7)])
def test_an_old_python_is_named_with_what_to_do(version):
    message = dev.old_python_message(version)
    assert "needs Python 3.11 or newer" in message
    assert f"this is Python {version[0]}.{version[1]}." in message
    assert "PYTHON=python3.12" in message


@pytest.mark.parametrize("version", [(3, 11), (3, 11, 7, "final", 0), (3, 13, 0), (4, 0)])
def test_a_python_that_is_new_enough_is_not_spoken_of(version):
    assert dev.old_python_message(version) == ""


def test_a_python_without_venv_is_told_which_package_brings_it():
    message = dev.missing_venv_message(["ensurepip"], (3, 11, 2))
    assert "without ensurepip" in message
    assert "apt-get install python3-venv (or python3.11-venv)" in message


def test_a_python_with_venv_is_not_spoken_of():
    assert dev.missing_venv_message([], (3, 11, 2)) == ""


def test_the_stamp_follows_from_the_lock_the_project_and_the_python(tmp_path):
    project, lock = tmp_path / "pyproject.toml", tmp_path / "requirements.lock"
    project.write_text("[project]\n")
    lock.write_text("flask==3.1.3\n")
    first = dev.stamp_of((3, 11, 7), project, lock)
    assert dev.stamp_of((3, 11, 9), project, lock) == first, "a bug-fix release of Python runs what is installed"
    assert dev.stamp_of((3, 12, 1), project, lock) != first

    lock.write_text("flask==3.1.4\n")
    second = dev.stamp_of((3, 11, 7), project, lock)
    assert second != first

    project.write_text("[project] # changed\n")
    assert dev.stamp_of((3, 11, 7), project, lock) != second


def test_the_stamp_tells_apart_which_file_a_line_stands_in(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("ab")
    other.write_text("c")
    first = dev.stamp_of((3, 11), one, other)
    one.write_text("a")
    other.write_text("bc")
    assert dev.stamp_of((3, 11), one, other) != first


def test_a_lock_counts_as_installed_for_its_own_stamp_only(tmp_path):
    assert not dev.is_installed(tmp_path, dev.RUN_LOCK, "now")
    dev.stamp_file(tmp_path, dev.RUN_LOCK).write_text("now")
    assert dev.is_installed(tmp_path, dev.RUN_LOCK, "now")
    assert not dev.is_installed(tmp_path, dev.RUN_LOCK, "later")
    assert not dev.is_installed(tmp_path, dev.DEV_LOCK, "now")


def environment(folder: Path, *, version: str = "3.11.7", place: Path | None = None) -> Path:
    """Make the few files of a virtual environment that dev.py looks at."""
    pip = dev.command_in(folder, "pip")
    pip.parent.mkdir(parents=True)
    pip.touch()
    command = f"/usr/bin/python3 -m venv {place or folder}"
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\ncommand = {command}\n")
    return folder


def test_an_environment_of_this_python_at_this_place_is_kept(tmp_path):
    assert dev.made_by(environment(tmp_path / ".venv"), (3, 11, 9))


def test_an_environment_of_another_python_is_made_again(tmp_path):
    assert not dev.made_by(environment(tmp_path / ".venv"), (3, 12, 1))


def test_an_environment_that_was_copied_from_elsewhere_is_made_again(tmp_path):
    assert not dev.made_by(environment(tmp_path / ".venv", place=tmp_path / "elsewhere"), (3, 11, 7))


def test_an_environment_without_pip_is_made_again(tmp_path):
    venv = environment(tmp_path / ".venv")
    dev.command_in(venv, "pip").unlink()
    assert not dev.made_by(venv, (3, 11, 7))


def test_no_environment_is_made(tmp_path):
    assert not dev.made_by(tmp_path / ".venv", (3, 11, 7))


def test_every_step_runs_and_one_failure_is_a_failure(capsys):
    done = []

    def step(name: str, status: int) -> tuple[str, object]:
        return name, lambda: done.append(name) or status

    assert dev.run_all([step("style", 0), step("types", 2), step("tests", 0)]) == 1
    assert done == ["style", "types", "tests"]
    assert capsys.readouterr().out.splitlines()[-1] == "── not good: types"
    assert dev.run_all([step("style", 0)]) == 0


@pytest.mark.parametrize("arguments", [[], ["help"]])
def test_help_lists_every_command(arguments, capsys):
    assert dev.main(arguments) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in dev.COMMANDS)


def test_an_unknown_command_ends_in_words_and_a_failure():
    done = subprocess.run([sys.executable, "dev.py", "tset"], cwd=dev.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == "There is no command 'tset'."


def test_every_command_has_a_target_in_the_makefile():
    makefile = (dev.ROOT / "Makefile").read_text()
    for name in dev.COMMANDS.keys() - {"help"}:
        assert f"\n{name}: ## " in makefile
        assert f"\t@$(PYTHON) dev.py {name} $(ARGS)\n" in makefile
