from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from flask import request

from quizapp.app import MAX_FORM_BYTES, create_app, make_runtime, utc_now
from quizapp.runtime import EXTENSION
from quizapp.settings import SECRET_KEY_FILE


def test_now_is_in_utc():
    assert utc_now().tzinfo is UTC


def test_seeds_and_tokens_cannot_be_foreseen(engine):
    runtime = make_runtime(engine)
    assert len({runtime.new_seed() for _ in range(50)}) > 45
    assert all(0 <= runtime.new_seed() < 2**31 for _ in range(50))
    tokens = {runtime.new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) >= 43 for token in tokens)  # 256 bits


def test_what_a_test_hands_in_is_used(app, runtime):
    assert app.extensions[EXTENSION] is runtime


def test_an_app_without_a_runtime_makes_its_own_from_the_settings(settings):
    app = create_app(settings)
    answer = app.test_client().get("/")
    assert answer.status_code == 200
    assert "The harbour" in answer.text
    with app.extensions[EXTENSION].reading() as session:
        engine = session.get_bind()
        assert engine.url.render_as_string() == settings.database
    engine.dispose()


def test_an_app_without_a_key_makes_one(settings):
    app = create_app(replace(settings, secret_key=""))
    assert app.config["SECRET_KEY"] == (settings.instance / SECRET_KEY_FILE).read_text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_COOKIE_HTTPONLY", True),
        ("SESSION_COOKIE_SAMESITE", "Lax"),
        ("MAX_CONTENT_LENGTH", MAX_FORM_BYTES),
        ("PERMANENT_SESSION_LIFETIME", timedelta(days=365)),
        ("DEBUG", False),
    ],
)
def test_the_app_is_configured_safely(app, name, value):
    assert app.config[name] == value


def test_two_apps_stand_side_by_side(settings, runtime):
    first, second = create_app(settings, runtime), create_app(settings, runtime)
    assert [one.test_client().get("/").status_code for one in (first, second)] == [200, 200]


def test_over_tls_the_cookie_is_bound_to_this_host_and_never_sent_in_the_open(settings, runtime):
    secure = create_app(replace(settings, url="https://quiz.example.org"), runtime)
    answer = secure.test_client().get("/", base_url="https://quiz.example.org")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-quizapp=") and "Secure" in cookie and "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_an_installation_with_an_address_answers_to_no_other_name(settings, runtime):
    client = create_app(replace(settings, url="https://quiz.example.org"), runtime).test_client()
    assert client.get("/", base_url="https://evil.example").status_code == 400
    assert client.get("/", base_url="https://quiz.example.org").status_code == 200


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "192.0.2.9")])
def test_a_proxy_is_believed_only_where_one_is_set(settings, runtime, proxies, address):
    app = create_app(replace(settings, proxies=proxies), runtime)
    app.view_functions["home.hello"] = lambda: request.remote_addr
    asked = app.test_client().get("/hello", headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.9"})
    assert asked.text == address
