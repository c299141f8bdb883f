"""Headers that every answer has, whoever asks for whatever."""

import pytest

from quizapp.web.security_headers import HEADERS
from tests.authorisation.asking import cells, questions

CACHED = frozenset({"static", "home.favicon"})
"""What is the same for everybody, and nobody's secret."""


@pytest.mark.parametrize("row", list(questions()), ids=str)
def test_every_answer_is_guarded_by_its_headers(house, row):
    chosen = {}
    for who, thing in cells(row, house.world):
        chosen.setdefault(row.is_allowed(who, thing), (who, thing))
    for who, thing in chosen.values():
        answer = house.ask(who, row.method, row.path(thing), row.form(house.world, who, thing))
        headers = dict(answer.headers)
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        assert headers.get("Cache-Control") == "no-store" or row.rule.endpoint in CACHED


def test_the_policy_lets_nothing_in_from_elsewhere():
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {"script-src", "style-src", "img-src", "connect-src", "form-action"} <= set(policy)
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & {
        word for sources in policy.values() for word in sources.split()
    }
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
