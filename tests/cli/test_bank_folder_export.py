import pytest

from quizapp.domain.questions.bank_folder import FOLDER_FILES
from tests.cli.conftest import BANK


@pytest.fixture
def exported(run, tmp_path):
    """The shipped bank, loaded into a database and written from it."""
    run("load")
    folder = tmp_path / "exported"
    run("bank", "export", BANK, "--folder", str(folder))
    return folder


def test_a_folder_is_written_that_loading_reads_again(run, exported, questions):
    assert {file.name for file in (exported / BANK).iterdir()} <= set(FOLDER_FILES)
    assert f"{BANK}: nothing changed" in run("load", str(exported)).stdout


def test_building_and_checking_read_it_and_keep_every_question(run, exported, questions, settings):
    for file in (questions / BANK).iterdir():
        file.unlink()
    for file in (exported / BANK).iterdir():
        file.rename(questions / BANK / file.name)
    assert "is what its facts make" in run("bank", "build", BANK, "--check").stdout
    before = (questions / BANK / "questions.json").read_bytes()
    (questions / BANK / "questions.json").unlink()
    run("bank", "build", BANK)
    assert (questions / BANK / "questions.json").read_bytes() == before
    assert f"{BANK}: " in run("bank", "check", BANK).stdout
    assert run("bank", "export", BANK).stdout.encode() == before


def test_a_folder_that_is_there_is_replaced_only_when_that_is_said(run, exported):
    extra = exported / BANK / "notes.txt"
    extra.write_text("mine")
    assert "is there already" in run("bank", "export", BANK, "--folder", str(exported), status=1).stderr
    run("bank", "export", BANK, "--folder", str(exported), "--overwrite")
    assert extra.read_text() == "mine"


def test_a_bank_that_is_not_in_the_database_is_not_written(run, tmp_path):
    assert "There is no bank" in run("bank", "export", "no-such", "--folder", str(tmp_path), status=1).stderr
    assert list(tmp_path.glob("no-such")) == []
