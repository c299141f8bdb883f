"""Opening everything that a browser can reach: links, forms that ask, and every address of the URL map."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask.testing import FlaskClient
from itsdangerous import base64_decode
from werkzeug.test import TestResponse

_LINK = re.compile(r'(?:href|src|formaction)="(/[^"]*)"')
_FORM = re.compile(r'<form[^>]*method="get"[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_FIELD = re.compile(r'<(?:input|button)[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
_CHANGES_ONLY = {"began"}
"""Fields that tell a moment: with and without them it is the same page."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An address, its answer, and all that came with it as text: headers, cookies, what is packed in files."""

    address: str
    status: int
    text: str


def crawl(client: FlaskClient, seeds: Iterable[str], at_most: int = 500) -> Iterator[Opened]:
    """Open the seeds and whatever they lead to, each once, the nearest first."""
    waiting, seen = list(seeds), set()
    while waiting:
        address = waiting.pop(0)
        if _name_of(address) in seen:
            continue
        seen.add(_name_of(address))
        assert len(seen) <= at_most, "the pages lead to ever more pages"
        answer = client.get(address, buffered=True)
        yield Opened(address, answer.status_code, everything_in(answer, client))
        if answer.location:
            waiting.append(_local(answer.location))
        if answer.mimetype == "text/html":
            waiting += addresses_in(answer.text)


def addresses_in(page: str) -> list[str]:
    """Return the addresses that links and asking forms of a page lead to."""
    found = [_local(unescape(link)) for link in _LINK.findall(page)]
    for action, inside in _FORM.findall(page):
        fields = [(name, unescape(value)) for name, value in _FIELD.findall(inside)]
        found.append(f"{unescape(action)}?{urlencode(fields)}")
    return found


def everything_in(answer: TestResponse, client: FlaskClient) -> str:
    """Return all that an answer brings to a browser, unpacked."""
    parts = [answer.data, str(answer.headers).encode(), *_cookies(client)]
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
            parts += [package.read(name) for name in package.namelist()]
    return unescape(b"\n".join(parts).decode("utf-8", "replace"))


def _cookies(client: FlaskClient) -> Iterator[bytes]:
    """Yield what the cookie holds as it is and, since it is signed and no secret, as anybody can read it."""
    cookie = client.get_cookie("quizapp")
    if cookie is not None:
        is_packed = cookie.value.startswith(".")
        payload = base64_decode(cookie.value.lstrip(".").split(".")[0])
        yield cookie.value.encode()
        yield zlib.decompress(payload) if is_packed else payload


def _local(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _name_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{sorted(one for one in parse_qsl(parts.query) if one[0] not in _CHANGES_ONLY)}"
