import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.bank_folders import QUESTIONS_FILE, BankFolder, bank_folders, read_questions
from quizapp.cli.main import cli
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.question import Bank
from quizapp.settings import CHECKOUT, Settings

BANK = "karabakh-talks"


@pytest.fixture(scope="session")
def built_questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A questions folder with one bank, freshly built; whether the shipped one is fresh is another test's matter."""
    path = tmp_path_factory.mktemp("built") / "questions"
    shutil.copytree(CHECKOUT / "questions" / BANK, path / BANK)
    for folder in bank_folders(path):
        (folder.path / QUESTIONS_FILE).write_bytes(BANK_FORMATS["json"].write(build_bank(folder.fact_base())))
    return path


@pytest.fixture
def built(built_questions: Path) -> Bank:
    return read_questions(BankFolder(built_questions / BANK))


@pytest.fixture
def questions(tmp_path: Path, built_questions: Path) -> Path:
    """A copy of the questions folder that a test may break."""
    return Path(shutil.copytree(built_questions, tmp_path / "questions"))


@pytest.fixture
def settings(tmp_path: Path, questions: Path) -> Settings:
    """An installation in which nothing was ever started."""
    instance = tmp_path / "instance"
    return Settings(instance, questions, f"sqlite:///{instance / 'quizapp.sqlite3'}", "not a secret")


@pytest.fixture
def run(settings: Settings) -> Callable[..., Result]:
    """Call it with the words of a command."""

    def invoke(*arguments: str, status: int = 0, settings: Settings = settings) -> Result:
        result = CliRunner().invoke(cli, arguments, obj=settings, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    return invoke
