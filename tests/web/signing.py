"""Signing up, in and out as a browser without JavaScript does."""

import re

from werkzeug.test import TestResponse

from tests.people import PASSWORD
from tests.web.conftest import Visitor

_FIELD = r'name="{}"[^>]*value="([^"]*)"'


def field_of(page: str, name: str) -> str:
    """Return the value that a page's form holds for a field."""
    found = re.search(_FIELD.format(name), page)
    assert found is not None, f"the page has no field {name}"
    return found[1]


def sign_up(visitor: Visitor, path: str = "/sign-up", **fields: str) -> str:
    """Make an account with PASSWORD; return its sign-in name."""
    page = visitor.get(path).text
    name = field_of(page, "username")
    given = {"proposal": field_of(page, "proposal"), "next": field_of(page, "next"), "username": name}
    answer = visitor.post("/sign-up", **given | {"password": PASSWORD, "name": "", "email": ""} | fields)
    assert answer.status_code == 302, answer.text
    return name


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD, path: str = "/sign-in") -> TestResponse:
    page = visitor.get(path).text
    return visitor.post("/sign-in", username=name, password=password, next=field_of(page, "next"))


def sign_out(visitor: Visitor) -> TestResponse:
    visitor.get("/settings")
    return visitor.post("/sign-out")


def cookie_of(visitor: Visitor) -> str:
    """Return this browser's session cookie, as a thief would copy it."""
    cookie = visitor.client.get_cookie("quizapp")
    assert cookie is not None
    return cookie.value
