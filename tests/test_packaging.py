"""The wheel: everything the app needs at run time travels inside it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE_BY_TOOLS = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
LOOK_FOR_QUESTIONS = """
import pathlib, quizapp
from quizapp.settings import Settings
print(pathlib.Path(quizapp.__file__).parent)
print(Settings.from_environment({}).questions)
"""


def pip(*arguments: object) -> None:
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", *map(str, arguments), *quiet], check=True, env=environment())


def environment(**more: str) -> dict[str, str]:
    """Leave out what belongs to this test run: settings of an installation, measuring of coverage."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("QUIZAPP_", "COVERAGE_"))}
    return inherited | more


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build from a copy, so that nothing is left in the checkout."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, checkout)
    for name in ("quizapp", "questions"):
        shutil.copytree(ROOT / name, checkout / name, ignore=MADE_BY_TOOLS)
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, checkout)
    return next(folder.glob("quizapp-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip("install", "--target", target, wheel)
    return target


def test_the_lock_brings_everything_that_what_it_lists_requires():
    check = [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"]
    done = subprocess.run(check, capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stdout


def test_every_file_of_the_package_and_every_bank_is_in_the_wheel(wheel):
    folders = {"quizapp": ROOT / "quizapp", "quizapp/questions": ROOT / "questions"}
    expected = {
        f"{prefix}/{path.relative_to(folder).as_posix()}"
        for prefix, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }
    assert expected - set(ZipFile(wheel).namelist()) == set()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("quizapp/questions/karabakh-talks/", "/questions.json"),
        ("quizapp/questions/karabakh-talks/", "/facts.toml"),
        ("quizapp/web/templates/", ".html"),
        ("quizapp/web/static/", ".css"),
        ("quizapp/database/migrations/versions/", ".py"),
    ],
)
def test_the_wheel_holds_more_than_code(wheel, start, end):
    assert [name for name in ZipFile(wheel).namelist() if name.startswith(start) and name.endswith(end)]


def test_nothing_of_the_workshop_is_in_the_wheel(wheel):
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"quizapp"}


def test_an_installed_app_finds_the_questions_it_came_with(installed, tmp_path):
    # The place it was installed to comes before the checkout, which this Python knows as well.
    done = subprocess.run(
        [sys.executable, "-c", LOOK_FOR_QUESTIONS],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(installed)),
        capture_output=True,
        text=True,
        check=True,
    )
    package, questions = map(Path, done.stdout.splitlines())
    assert package == installed / "quizapp"
    assert questions == package / "questions"
    assert (questions / "karabakh-talks" / "facts.toml").is_file()
