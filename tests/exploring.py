"""A browser that finds its own way: it follows every link, fills in every form, and says what it found.

What a form leads to is looked at too, in a state of its own that is taken back afterwards: so every form is met in a
state in which it can be sent.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.hostile_input import Body, Pairs, Value, as_bytes, form_body, multipart_body
from tests.page_forms import FormField, PageForm, read_page
from tests.undoable import UndoableDatabase

FRUITLESS = 5
"""So many pages of one rule in a row that offer nothing new are enough of them."""
FURTHER = 8
"""So many pages are looked at in the state that a form leads to; the others were met before it."""
Key = tuple[str, str, tuple[str, ...]]


class Browser:
    """One browser with its cookies, which can be copied."""

    def __init__(self, app: Flask, cookies: Mapping[str, str] | None = None) -> None:
        self.app = app
        self.cookies = dict(cookies or {})
        self._client = app.test_client(use_cookies=False)
        self._sent = 0

    def copy(self) -> Self:
        return type(self)(self.app, self.cookies)

    def get(self, path: str, headers: Mapping[str, str] | None = None, keep: bool = True) -> TestResponse:
        return self._open(path, "GET", headers, None, keep)

    def post(self, path: str, body: Body, keep: bool = False, headers: Mapping[str, str] | None = None) -> TestResponse:
        return self._open(path, "POST", headers, body, keep)

    def _open(
        self, path: str, method: str, headers: Mapping[str, str] | None, body: Body | None, keep: bool
    ) -> TestResponse:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | dict(headers or {})
        # Each request comes from another address, so that no limit is met: that is another test's matter.
        self._sent += 1
        address = {"REMOTE_ADDR": f"10.{id(self) % 250}.{self._sent // 250 % 250}.{self._sent % 250}"}
        if body is None:
            answer = self._client.open(path, method=method, headers=sent, environ_overrides=address, buffered=True)
        else:
            answer = self._client.open(
                path,
                method=method,
                headers=sent,
                environ_overrides=address,
                data=body.data,
                content_type=body.content_type,
                buffered=True,
            )
        for one in answer.headers.getlist("Set-Cookie") if keep else ():
            for name, morsel in SimpleCookie(one).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                    del self.cookies[name]
        return answer


@dataclass(frozen=True)
class FoundForm:
    """A form that was sent validly in the state in which it was found."""

    form: PageForm
    rule: str
    pairs: Pairs
    files: list[tuple[str, str, bytes]]

    @property
    def path(self) -> str:
        return self.form.action

    @property
    def name(self) -> str:
        names = {re.sub(r"\d+", "#", one.name) for one in self.sweepable() if one.name != "csrf_token"}
        return f"{self.form.method.upper()} {self.rule} ({', '.join(sorted(names))})"

    def body(self, pairs: Pairs | None = None) -> Body:
        """Return what is sent, with other pairs if they are given."""
        chosen = self.pairs if pairs is None else pairs
        return multipart_body(chosen, self.files) if self.form.has_files else form_body(chosen)

    def with_value(self, name: str, value: str | bytes) -> Pairs:
        """Return the pairs with one field changed; a field that was not sent is added."""
        others = [pair for pair in self.pairs if pair[0] != name]
        place = next((place for place, pair in enumerate(self.pairs) if pair[0] == name), len(others))
        return [*others[:place], (name, value), *others[place:]]

    def sweepable(self) -> list[FormField]:
        """Return each field once, a button as well, and of numbered fields the first."""
        controls = [*self.form.fields, *self.form.buttons]
        named = [one for one in controls if one.kind != "file" and one.name]
        return list({re.sub(r"\d+", "#", one.name): one for one in reversed(named)}.values())[::-1]


Look = Callable[[Browser, FoundForm], None]
LookAround = Callable[[Browser, str, str], None]


@dataclass
class Explorer:
    """Goes through the whole app; calls `look` once for each kind of form, in a state in which it can be sent.

    Calls `look_around` with the address and its rule once for each kind of page.
    """

    app: Flask
    database: UndoableDatabase
    fills: Mapping[str, Mapping[str, Value]]
    look: Look
    look_around: LookAround
    further: int = FURTHER
    found: dict[Key, str] = field(default_factory=dict)
    unfilled: dict[Key, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    """The rules of the addresses that were opened, each with the names in its query."""

    def explore(
        self, browser: Browser, addresses: Iterable[str], visited: set[str], at_most: int | None = None
    ) -> None:
        """Open the addresses and whatever they lead to, but for what was visited."""
        queue, fruitless, began = deque(addresses), Counter[str](), len(visited)
        while queue and (at_most is None or len(visited) < began + at_most):
            address = queue.popleft()
            shape = self._shape_of(address)
            if not shape or address in visited or fruitless[shape] >= FRUITLESS:
                continue
            visited.add(address)
            answer = browser.get(address)
            if shape not in self.opened:
                self.opened.add(shape)
                self.look_around(browser, address, shape)
            known = len(self.found)
            if answer.status_code in (301, 302, 303, 308):
                queue.appendleft(answer.location)
            elif answer.mimetype == "text/html":
                queue.extend(self._page(browser, answer, address, visited))
            fruitless[shape] = fruitless[shape] + 1 if len(self.found) == known else 0

    def _page(self, browser: Browser, answer: TestResponse, address: str, visited: set[str]) -> list[str]:
        """Fill in every form of a kind not met before; return the links."""
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        page = read_page(answer.text, address)
        leads = list(page.links)
        for form in page.forms:
            sent = self._filled(form)
            if form.method == "get":
                leads.append(form.action.partition("?")[0] + "?" + urlencode(sent.pairs))
            if self._key(form) not in self.found:
                self._form(browser, sent, address, visited)
        return leads

    def _form(self, browser: Browser, sent: FoundForm, address: str, visited: set[str]) -> None:
        key, problem = self._key(sent.form), ""
        if sent.form.method == "post":
            with self.database.undone():
                answer = browser.post(sent.form.action, sent.body())
                problem = "" if answer.status_code in (200, 302, 303) else f"{answer.status_code} from {address}"
        if problem:
            self.unfilled[key] = f"{sent.name}: {problem}"
            return
        self.found[key] = sent.name
        self.unfilled.pop(key, None)
        self.look(browser, sent)
        if sent.form.method == "get":
            return
        with self.database.undone():
            other = browser.copy()
            answer = other.post(sent.form.action, sent.body(), keep=True)
            seen = set(visited)
            if answer.status_code == 200 and answer.mimetype != "text/html":
                return  # a file to take along
            if answer.status_code == 200:
                self.explore(other, self._page(other, answer, sent.form.action, seen), seen, self.further)
            else:
                target = answer.location.partition("#")[0]
                self.explore(other, [target], seen - {target}, self.further)

    def _filled(self, form: PageForm) -> FoundForm:
        """Fill a form in: as it stands, then as the table of `fills` says, else by what it offers."""
        path = form.action.partition("?")[0]
        told = next((told for pattern, told in self.fills.items() if re.fullmatch(pattern, path)), {})
        pairs: Pairs = []
        for one in [one for one in form.fields if one.kind != "file"]:
            value = told.get(one.name, _guess(one))
            if one.name in told or value is not None:
                pairs.append((one.name, value or ""))
        button = form.pressed
        if button is not None and button.name:
            pairs.append((button.name, button.value))
        chosen = {one.name: told.get(one.name, b"") for one in form.fields if one.kind == "file"}
        known = {name for name, _ in pairs} | set(chosen)
        pairs += [(name, value) for name, value in told.items() if name not in known]
        files = [(name, "chosen" if data else "", as_bytes(data)) for name, data in chosen.items()]
        return FoundForm(form, self._rule_of(path, form.method), pairs, files)

    def _key(self, form: PageForm) -> Key:
        controls = [*form.fields, *form.buttons]
        names = {f"{re.sub(r'[0-9]+', '#', one.name)}:{one.kind}" for one in controls if one.name}
        return form.method, self._rule_of(form.action.partition("?")[0], form.method), tuple(sorted(names))

    def _shape_of(self, address: str) -> str:
        """Return the rule of an address with the names in its query; empty where there is no such page."""
        parts = urlsplit(address)
        rule = self._rule_of(parts.path, "get")
        if not rule or rule.startswith("/static"):
            return ""
        names = {pair.partition("=")[0] for pair in parts.query.split("&") if pair}
        return f"{rule}?{'&'.join(sorted(names))}" if names else rule

    def _rule_of(self, path: str, method: str) -> str:
        try:
            rule, _ = self.app.url_map.bind("localhost").match(path, method.upper(), return_rule=True)
        except HTTPException:
            return ""
        return rule.rule


def _guess(one: FormField) -> str | None:
    """Return what a field is filled in with; None where a browser would send nothing."""
    if one.kind == "file":
        return None
    if one.kind == "checkbox":
        return one.value or (one.choices[0] if one.name.startswith("response") else None)
    if one.kind == "radio":
        return one.value or one.choices[0]
    if one.kind == "select":
        offered = [choice for choice in one.choices if choice]
        number = re.fullmatch(r"response-(\d+)", one.name)
        return offered[(int(number[1]) - 1) % len(offered)] if number else one.value or one.choices[0]
    if one.kind == "number" and not one.value:
        return one.attributes.get("min", "1")
    return one.value or ("12" if one.name.startswith("response") else "")
