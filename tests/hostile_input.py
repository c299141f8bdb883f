"""What nobody types by accident, by the place it is sent to: fields, whole forms, addresses, headers, cookies.

Bytes are sent as they are; text is sent as UTF-8.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

Value = str | bytes
Pairs = list[tuple[str, Value]]
BOUNDARY = "hostile"
FORM = "application/x-www-form-urlencoded"

NUMBERS: dict[str, Value] = {
    "2^31": "2147483648",
    "2^63": "9223372036854775808",
    "5,000 digits": "9" * 5_000,
    "minus one": "-1",
    "minus 2^63": "-9223372036854775809",
    "zero": "0",
    "1e999": "1e999",
    "NaN": "NaN",
    "Infinity": "-Infinity",
    "full-width digits": "１２",
    "superscript digit": "²",
    "underscore": "1_0",
    "plus": "+1",
    "hexadecimal": "0x1F",
    "padded": " 1\n",
}
DATES: dict[str, Value] = {
    "year 0": "0000-01-01",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "year 10000": "10000-01-01",
    "no such day": "2026-02-30",
    "week date": "2026-W01-1",
}
TEXTS: dict[str, Value] = {
    "nothing": "",
    "spaces": " \t\r\n\u00a0\u2003",
    "NUL": "a\x00b",
    "only NUL": "\x00",
    "escape codes": "\x1b[31mred\x07",
    "C1 controls": "a\x7f\x85\x9bb",
    "half a pair": b"a\xed\xa0\x80b",
    "half a pair, written out": "\\ud800",
    "not UTF-8": b"\xff\xfe\xfa\x80",
    "cut off UTF-8": b"caf\xc3",
    "overlong": b"\xc0\xaf\xc0\xae",
    "no characters": "\ufffe\uffff\U0010ffff\ufdd0",
    "10,000 letters": "x" * 10_000,
    "1 MB": "x" * 1_000_000,
    "right to left": "\u202egnp.exe\u2066",
    "combining storm": "Z" + "\u0301\u0489" * 1_000,
    "nothing to see": "\u200b\u200d\ufeff\u2060\u3164",
    "joined emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "line breaks": "a\r\nSet-Cookie: x=y\r\n\r\nb",
    "line separators": "a\u2028b\u2029c\x0bd\x0ce",
    "grows when folded": "\ufdfa" * 300,
    "special casing": "İıſKẞß" * 40,
    "path": "../../../../etc/passwd",
    "device": "CON",
    "SQL": "' OR 1=1; DROP TABLE people --",
    "LIKE": "%_%\\",
    "template": "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "format": "%s%n%(name)s{0.__class__}",
    "JSON": '{"a": [1e999, null]}',
    "nested": "[" * 5_000,
    "tag": "<script>alert(1)</script>\"'><b>",
    "formula": '=HYPERLINK("http://x")\t@SUM(1)',
}
FIELDS: dict[str, Value] = TEXTS | NUMBERS
FEW: dict[str, Value] = {
    name: (FIELDS | DATES)[name]
    for name in (
        "nothing", "only NUL", "NUL", "not UTF-8", "half a pair", "10,000 letters", "2^31", "2^63", "5,000 digits",
        "minus one", "zero", "1e999", "NaN", "full-width digits", "padded", "path", "nested", "right to left",
    )
}  # fmt: skip


def values_for(kind: str) -> dict[str, Value]:
    """Return what a field of a kind is sent: where people type, everything; elsewhere what breaks a parser."""
    if kind == "date":
        return FEW | DATES
    return FIELDS if kind in ("text", "textarea", "search", "email", "password", "tel", "url") else FEW


@dataclass(frozen=True)
class Body:
    """What is posted, byte by byte."""

    data: bytes
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)


def form_body(pairs: Pairs) -> Body:
    return Body(urlencode(pairs).encode())


def multipart_body(pairs: Pairs, files: Iterable[tuple[str, Value, bytes]] = ()) -> Body:
    """Build a form with files, each with the name of its field, its own name, and its bytes."""
    parts = [(f'name="{name}"'.encode(), b"", as_bytes(value)) for name, value in pairs]
    parts += [
        (f'name="{name}"; filename="'.encode() + as_bytes(own) + b'"', b"\r\nContent-Type: text/csv", data)
        for name, own, data in files
    ]
    written = b"".join(
        b"--%b\r\nContent-Disposition: form-data; %b%b\r\n\r\n%b\r\n" % (BOUNDARY.encode(), head, more, data)
        for head, more, data in parts
    )
    return Body(written + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}")


def as_bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def _named(change: Callable[[str], str]) -> Callable[[Pairs], Body]:
    return lambda pairs: form_body([(name if name == "csrf_token" else change(name), value) for name, value in pairs])


def _more(*extra: tuple[str, Value]) -> Callable[[Pairs], Body]:
    return lambda pairs: form_body([*pairs, *extra])


def _json(pairs: Pairs) -> Body:
    return Body(json.dumps({name: str(value) for name, value in pairs}).encode(), "application/json")


def _token_alone(pairs: Pairs) -> Pairs:
    return [pair for pair in pairs if pair[0] == "csrf_token"]


SHAPES: dict[str, Callable[[Pairs], Body]] = {
    "nothing at all": lambda pairs: Body(b""),
    "the token alone": lambda pairs: form_body(_token_alone(pairs)),
    "every field empty": lambda pairs: form_body(
        _token_alone(pairs) + [(n, "") for n, _ in pairs if n != "csrf_token"]
    ),
    "every field twice": lambda pairs: form_body([*pairs, *pairs]),
    "every field twice, nonsense first": lambda pairs: form_body(
        [(name, "\x00" if name != "csrf_token" else value) for name, value in pairs] + pairs
    ),
    "arrays": _named(lambda name: f"{name}[]"),
    "numbered": _named(lambda name: f"{name}[0]"),
    "dotted": _named(lambda name: f"{name}.x"),
    "rows of rows": _named(lambda name: f"{name}-0-1-x"),
    "capitals": _named(str.upper),
    "names nobody gave": _more(
        *(
            (name, "1")
            for name in ("id", "role", "__class__", "_method", "csrf_token[]", "", "\x00", "é", "x" * 20_000)
        ),
        *(
            (name, "x")
            for name in ("body_distractors-٣-text", "body_distractors--1-text", "response-999999999999999999999")
        ),
    ),
    "bytes in names": _more((b"\xff\xfe", b"\xff"), (b"\xed\xa0\x80", "1")),  # type: ignore[arg-type]
    "5,000 fields": _more(*((f"field-{number}", "1") for number in range(5_000))),
    "broken escapes": lambda pairs: Body(form_body(pairs).data + b"&%zz=%&%u0041=%ud800&=&&;"),
    "JSON": _json,
    "JSON without end": lambda pairs: Body(b"[" * 100_000, "application/json"),
    "plain text": lambda pairs: Body(form_body(pairs).data, "text/plain"),
    "bytes": lambda pairs: Body(form_body(pairs).data, "application/octet-stream"),
    "XML": lambda pairs: Body(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "text/xml"),
    "no content type": lambda pairs: Body(form_body(pairs).data, ""),
    "nonsense as content type": lambda pairs: Body(form_body(pairs).data, ";=/\x7f"),
    "another character set": lambda pairs: Body(form_body(pairs).data, f"{FORM}; charset=utf-7"),
    "no such character set": lambda pairs: Body(form_body(pairs).data, f"{FORM}; charset=x-none"),
    "parts": multipart_body,
    "parts without boundary": lambda pairs: Body(multipart_body(pairs).data, "multipart/form-data"),
    "parts of another boundary": lambda pairs: Body(multipart_body(pairs).data, "multipart/form-data; boundary=other"),
    "parts that end in the middle": lambda pairs: Body(
        multipart_body(pairs).data[:-40], multipart_body([]).content_type
    ),
    "parts without names": lambda pairs: Body(
        multipart_body(pairs).data.replace(b" name=", b" nome="), multipart_body([]).content_type
    ),
    "1,500 parts": lambda pairs: multipart_body([*pairs, *((f"part-{number}", "1") for number in range(1_500))]),
    "files instead of text": lambda pairs: multipart_body(
        _token_alone(pairs), [(name, "a.csv", b"x") for name, _ in pairs if name != "csrf_token"]
    ),
    "parts in another character set": lambda pairs: Body(
        multipart_body(pairs).data.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n"),
        multipart_body([]).content_type,
    ),
}
"""A whole form sent as none of our pages sends it."""

FILES: dict[str, tuple[Value, bytes]] = {
    "empty": ("a.csv", b""),
    "nameless": ("", b"a,b\n"),
    "path": ("../../../etc/passwd", b"a,b\n"),
    "backslashes": ("..\\..\\a.csv", b"a,b\n"),
    "NUL in its name": ("a\x00.csv", b"a,b\n"),
    "name that is no UTF-8": (b"\xff\xfe.csv", b"a,b\n"),
    "long name": ("x" * 5_000 + ".csv", b"a,b\n"),
    "script in its name": ("<img src=x>.csv", b"a,b\n"),
    "no text": ("a.csv", b"\xff\xfe\x00\xd8\x00"),
    "NULs": ("a.csv", b"\x00" * 5_000),
    "one quote": ("a.csv", b'"' + b"a,b\n" * 1_000),
    "a zip": ("a.zip", b"PK\x03\x04" + b"\x00" * 500),
    "XML": ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "long line": ("a.csv", b"x" * 140_000 + b",b\n"),
    "too large": ("a.csv", b"a,b\n" * 50_000),
    "half a pair": ("a.csv", b"a,\xed\xa0\x80\n"),
    "controls": ("a.csv", b"a\x01,b\x02\n"),
}

IN_ADDRESSES: dict[str, str] = {
    "zero": "0",
    "minus one": "-1",
    "2^31": "2147483648",
    "2^63": "9223372036854775808",
    "5,000 digits": "9" * 5_000,
    "no number": "abc",
    "decimal": "1.0",
    "full-width digit": "%EF%BC%91",
    "NUL": "%00",
    "NUL inside": "a%00b",
    "not UTF-8": "%FF%FE",
    "half a pair": "%ED%A0%80",
    "line breaks": "a%0D%0ASet-Cookie:%20x=y",
    "path": "..%2F..%2Fetc%2Fpasswd",
    "dots": "%2e%2e",
    "backslashes": "..%5C..%5C",
    "broken escape": "%zz%",
    "spaces": "%20%09",
    "right to left": "%E2%80%AEgnp",
    "no characters": "%EF%BF%BE",
    "template": "%7B%7B7*7%7D%7D",
    "tag": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "SQL": "'%20OR%201=1--",
    "LIKE": "%25_%25",
    "long": "x" * 5_000,
    "array": "a[]",
    "date of year 0": "0000-00-00",
    "date of year 9999": "9999-12-31",
    "NaN": "NaN",
    "1e999": "1e999",
}
"""Percent-encoded already."""

QUERIES: dict[str, str] = {
    "signs alone": "&&&===&",
    "percent": "%",
    "broken escapes": "%zz=%zz",
    "NUL": "%00=%00",
    "no UTF-8": "%FF%FE=%ED%A0%80",
    "arrays": "a[]=1&a[0][b]=2",
    "long": "x" * 10_000,
    "2,000 names": "&".join(f"a{number}=1" for number in range(2_000)),
    "question marks": "?" * 100,
    "semicolons": ";a=1;b=2",
}

HEADERS: tuple[dict[str, str], ...] = (
    {"If-None-Match": '"\x7f", W/, *, ""'},
    {"If-Match": ",,,*", "If-Range": "nonsense"},
    {"If-Modified-Since": "Thu, 99 Foo 10000 99:99:99 GMT", "If-Unmodified-Since": "-1"},
    {"Range": "bytes=-9223372036854775809,abc-,9-1", "If-Range": '"x"'},
    {"Referer": "http://["},
    {"Referer": "http://[::1/\\@x:99999999/%00%zz"},
    {"Referer": "\x7f" * 500},
    {"User-Agent": "x" * 20_000},
    {"User-Agent": ""},
    {"Accept-Language": ";q=NaN,*;q=-1,x-\x7f;q=1e999"},
    {"Accept": "*/*;q=1e999,,;;=", "Accept-Encoding": "gzip;q=nan", "Accept-Charset": "\x7f"},
    {"Host": "[::1"},
    {"Host": "a b\x7f<script>"},
    {"Host": "x" * 5_000},
    {"X-Forwarded-For": "'; DROP TABLE people --", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "\x7f"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Authorization": "Basic \x7f===", "Proxy-Authorization": "Digest x"},
    {"Authorization": "Bearer " + "x" * 10_000},
    {"Expect": "nonsense", "Upgrade": "websocket", "Connection": "upgrade"},
    {"Cache-Control": "max-age=NaN", "Pragma": "\x7f"},
    {"X-HTTP-Method-Override": "DELETE", "X-Next-Card": "\x7f"},
    {"Date": "-1", "Forwarded": 'for="_\x7f";host=['},
)

COOKIES: tuple[str, ...] = (
    "",
    ";;;=;",
    "{name}=",
    "{name}=.",
    "{name}=....",
    "{name}=eyJhIjoxfQ.x.y",
    "{name}=.eJw" + "A" * 3_000,
    "{name}=\x7f\xff\xfe",
    '{name}="\\000\\777',
    "{name}=" + "x" * 50_000,
    "{name}=null; {name}=[]; {name}=1",
    "; ".join(f"c{number}=1" for number in range(2_000)),
    "quizapp-theme=\x7f",
    "quizapp-theme=dark; quizapp-theme=../../x",
    "quizapp-theme=" + "x" * 9_000,
)
"""`{name}` stands for the name of the session cookie."""

IN_SESSIONS: tuple[object, ...] = (
    None,
    True,
    -1,
    2**70,
    1e308,
    "",
    "\x00",
    "\ud800",
    "é",
    "x" * 3_000,
    [],
    [[]],
    [None],
    {},
    {"a": [1]},
)
"""What a field of a session is set to; the cookie is signed by us then, as one of another version would be."""
