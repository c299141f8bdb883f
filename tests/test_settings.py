import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quizapp.settings import CHECKOUT, SECRET_KEY_FILE, Settings, secret_key_of

PRINT_KEY = """
import sys
from pathlib import Path
from quizapp.settings import Settings, secret_key_of
print("ready", flush=True)
sys.stdin.readline()
print(secret_key_of(Settings(Path(sys.argv[1]), Path("questions"), "sqlite:///x")))
"""


def settings_in(instance: Path, **changes: str) -> Settings:
    return Settings(instance=instance, questions=CHECKOUT / "questions", database="sqlite:///unused", **changes)


def test_every_setting_has_a_default():
    settings = Settings.from_environment({})
    assert settings.instance == CHECKOUT / "instance"
    assert settings.questions == CHECKOUT / "questions"
    assert settings.database == f"sqlite:///{CHECKOUT / 'instance' / 'quizapp.sqlite3'}"
    assert settings.secret_key == ""


def test_an_empty_variable_is_the_same_as_none():
    names = ("QUIZAPP_INSTANCE", "QUIZAPP_QUESTIONS", "QUIZAPP_DATABASE", "QUIZAPP_SECRET_KEY")
    assert Settings.from_environment(dict.fromkeys(names, "")) == Settings.from_environment({})


def test_every_setting_can_be_given(tmp_path):
    settings = Settings.from_environment(
        {
            "QUIZAPP_INSTANCE": str(tmp_path / "i"),
            "QUIZAPP_QUESTIONS": str(tmp_path / "q"),
            "QUIZAPP_DATABASE": "postgresql://somebody:password@localhost/quizapp",
            "QUIZAPP_SECRET_KEY": "a key",
            "QUIZAPP_URL": "https://quiz.example.org/",
            "QUIZAPP_PROXIES": "2",
            "QUIZAPP_MAIL": "smtp://mail.example.org",
            "QUIZAPP_MAIL_SENDER": "Quiz <quiz@example.org>",
        }
    )
    assert (settings.instance, settings.questions) == (tmp_path / "i", tmp_path / "q")
    assert settings.database == "postgresql://somebody:password@localhost/quizapp"
    assert (settings.url, settings.is_secure, settings.proxies) == ("https://quiz.example.org", True, 2)
    assert (settings.mail_url, settings.mail_sender) == ("smtp://mail.example.org", "Quiz <quiz@example.org>")
    assert secret_key_of(settings) == "a key"
    assert not settings.instance.exists(), "a key that was given is not written down"


def test_the_database_stands_in_the_instance_unless_said_otherwise(tmp_path):
    settings = Settings.from_environment({"QUIZAPP_INSTANCE": str(tmp_path)})
    assert settings.database == f"sqlite:///{tmp_path / 'quizapp.sqlite3'}"


def test_a_folder_may_be_given_from_home_or_from_here():
    settings = Settings.from_environment({"QUIZAPP_INSTANCE": "~/mine", "QUIZAPP_QUESTIONS": "here"})
    assert settings.instance == (Path.home() / "mine").resolve()
    assert settings.questions == (Path.cwd() / "here").resolve()


def test_settings_are_shown_without_their_secrets(tmp_path):
    settings = Settings(tmp_path, tmp_path, "postgresql://somebody:password@localhost/quizapp", "a key")
    assert "password" not in repr(settings)
    assert "a key" not in repr(settings)


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path):
    instance = tmp_path / "new" / "instance"
    key = secret_key_of(settings_in(instance))
    assert len(key) == 64
    assert secret_key_of(settings_in(instance)) == key
    assert stat.S_IMODE((instance / SECRET_KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in instance.iterdir()] == [SECRET_KEY_FILE]


def test_two_installations_have_two_keys(tmp_path):
    assert secret_key_of(settings_in(tmp_path / "a")) != secret_key_of(settings_in(tmp_path / "b"))


def test_an_empty_secret_key_is_refused_in_words(tmp_path):
    (tmp_path / SECRET_KEY_FILE).write_text("\n")
    with pytest.raises(ValueError, match="is empty"):
        secret_key_of(settings_in(tmp_path))


def test_eight_processes_that_start_at_once_agree_on_one_key(tmp_path):
    command = [sys.executable, "-c", PRINT_KEY, str(tmp_path)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda process: process.communicate("go\n", timeout=30)[0], started))
    assert len(set(keys)) == 1
    assert keys[0].strip() == (tmp_path / SECRET_KEY_FILE).read_text()
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_KEY_FILE]


@pytest.mark.parametrize("url", ["quiz.example.org", "ftp://x", "https://", "https://x/path", "https://x?y"])
def test_an_address_that_is_none_is_refused_in_words(url):
    with pytest.raises(ValueError, match="QUIZAPP_URL"):
        Settings.from_environment({"QUIZAPP_URL": url})


@pytest.mark.parametrize("number", ["-1", "10", "two", "1.5", "²"])
def test_a_number_of_proxies_that_is_none_is_refused_in_words(number):
    with pytest.raises(ValueError, match="QUIZAPP_PROXIES"):
        Settings.from_environment({"QUIZAPP_PROXIES": number})


def test_mail_goes_into_the_instance_folder_unless_it_is_set(tmp_path):
    assert settings_in(tmp_path).mail_url == f"file://{tmp_path}/mail"
    assert "secret" not in repr(settings_in(tmp_path, mail="smtp://me:secret@x"))


def test_a_mail_server_needs_an_address_for_the_links_in_mails():
    with pytest.raises(ValueError, match="QUIZAPP_URL"):
        Settings.from_environment({"QUIZAPP_MAIL": "smtp://mail.example.org"})
