import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.main import cli
from quizapp.settings import CHECKOUT, Settings

BANK = "karabakh-talks"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A copy of the questions folder that a test may break."""
    return Path(shutil.copytree(CHECKOUT / "questions", tmp_path / "questions"))


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
