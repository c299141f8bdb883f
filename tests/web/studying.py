"""A visitor who studies by forms alone."""

import re

from werkzeug.test import TestResponse

from quizapp.domain.memory.session_plan import SessionKind
from quizapp.services import accounts
from quizapp.services.study import turns
from tests.players import response_to
from tests.web.conftest import Visitor

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_BUTTON = re.compile(r'<button class="grade[^"]*" type="submit" name="grade" value="([^"]+)"')
CARDS = "/study/cards/harbour"


def fields_of(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that answers a turn: the one that names a fact."""
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.S) if 'name="fact"' in form)
    return {name: value for name, value in _HIDDEN.findall(form) if name != "csrf_token"}


def flipped(visitor: Visitor, address: str = CARDS) -> TestResponse:
    """Open what is asked and, if it is a card, look at its back as the form without JavaScript does."""
    front = visitor.get(address)
    shown = re.search(r'name="shown" value="([^"]+)"', front.text)
    return visitor.get(f"{address}?shown={shown[1]}") if shown else front


def buttons_of(page: str) -> list[str]:
    return _BUTTON.findall(page)


def take(visitor: Visitor, right: bool = True, address: str = CARDS, **headers: str) -> TestResponse:
    """Take one turn by its form, rightly or wrongly."""
    page = flipped(visitor, address).text
    sent = fields_of(page)
    if buttons_of(page):
        sent["grade"] = buttons_of(page)[1 if right else 0]
    else:
        sent |= response_to(turn_behind(visitor, address), right)
    return visitor.client.post(address, data={"csrf_token": visitor.token, **sent}, headers=headers)


def turn_behind(visitor: Visitor, address: str = CARDS) -> turns.Turn:
    """Look behind the page at what is asked."""
    kind = SessionKind.PRACTICE if "/practice/" in address else SessionKind.STUDY
    name = "" if address == "/study/cards" else address.rsplit("/", 1)[1]
    with visitor.client.session_transaction() as cookie, visitor.runtime.reading() as session:
        token = cookie.get("token", "")
        actor = accounts.actor_of_token(session, token, visitor.runtime.now()) if token else None
        found = turns.current_turn(session, actor, name, kind, visitor.runtime.now())
        assert isinstance(found, turns.Turn)
        return found
