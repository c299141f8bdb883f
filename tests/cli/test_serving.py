import re
import socket
import stat

import pytest

from quizapp.settings import SECRET_KEY_FILE
from tests.cli.conftest import BANK
from tests.served import Browser, ServedApp, hidden_fields

SETUP = re.compile(r"To become the instructor, open (http://[^/]+)(/setup/[\w-]{40,}) ")


def test_a_database_is_made_once(run):
    assert run("upgrade").stdout == "The database was upgraded.\n"
    assert run("upgrade").stdout == "The database is up to date.\n"


def test_a_first_start_prepares_everything_and_a_second_one_finds_it_done(tmp_path, questions):
    instance = tmp_path / "instance"
    with ServedApp(instance, QUIZAPP_QUESTIONS=str(questions)) as first:
        browser = Browser(first.port)
        status, page = browser.get("/")
        assert status == 200
        assert f'value="{BANK}"' in page
    assert f"quizapp is ready. Open http://127.0.0.1:{first.port} in a browser" in first.printed
    assert f"Loaded {BANK}: " in first.printed
    assert "Traceback" not in first.printed
    assert stat.S_IMODE((instance / SECRET_KEY_FILE).stat().st_mode) == 0o600

    with ServedApp(instance, first.port, QUIZAPP_QUESTIONS=str(questions)) as second:
        assert browser.get("/")[0] == 200
    assert "Loaded" not in second.printed
    print(f"first start {first.seconds:.2f} s, second start {second.seconds:.2f} s")


def test_each_start_prints_a_link_for_the_first_instructor_until_there_is_one(tmp_path, questions):
    instance = tmp_path / "instance"
    with ServedApp(instance, QUIZAPP_QUESTIONS=str(questions)) as first:
        pass
    with ServedApp(instance, first.port, QUIZAPP_QUESTIONS=str(questions)) as second:
        old, new = SETUP.search(first.printed), SETUP.search(second.printed)
        assert old[1] == new[1] == f"http://127.0.0.1:{first.port}"
        browser = Browser(second.port)
        assert browser.get(old[2])[0] == 404
        status, page = browser.get(new[2])
        assert status == 200 and "First make an account" in page
        page = browser.get(f"/sign-up?next={new[2]}")[1]
        browser.post("/sign-up", hidden_fields(page) | {"password": "quiet otter lake"})
        browser.post(new[2], hidden_fields(browser.get(new[2])[1]))
        assert browser.get(new[2])[0] == 404
        assert "Questions of your own" in browser.get(f"/banks/{BANK}")[1]
    with ServedApp(instance, first.port, QUIZAPP_QUESTIONS=str(questions)) as third:
        assert third.answers()
    assert "/setup/" not in third.printed


def test_it_ends_when_it_is_told_to_and_frees_its_address(tmp_path, questions):
    with ServedApp(tmp_path / "instance", QUIZAPP_QUESTIONS=str(questions)) as served:
        assert served.stop() == 0
        assert not served.answers()
    with socket.create_server(("127.0.0.1", served.port)):
        pass


def test_an_address_that_is_taken_is_said_in_one_line_before_anything_is_made(run, settings):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--port", str(port), status=1)
    assert result.stderr == (
        f"Error: Cannot serve at 127.0.0.1:{port}: Address already in use. "
        f"Try another address: quizapp serve --port {port + 1}\n"
    )
    assert not settings.instance.exists()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_an_address_of_another_machine_is_said_in_one_line(run, host):
    result = run("serve", "--host", host, status=1)
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"Error: Cannot serve at {host}:8000: ")


@pytest.mark.postgres
def test_it_serves_from_postgresql(tmp_path, questions, postgres_server):
    database = postgres_server.new_database()
    with ServedApp(tmp_path / "instance", QUIZAPP_QUESTIONS=str(questions), QUIZAPP_DATABASE=database) as served:
        assert f'value="{BANK}"' in Browser(served.port).get("/")[1]
    assert not list((tmp_path / "instance").glob("*.sqlite3"))
