"""Where a sign-in comes from: an address, or a browser that this person has signed in with before."""

import hmac
import secrets
from hashlib import sha256

from flask import Request, Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.domain.sign_in_names import read_sign_in_name
from quizapp.services.lock_out import Try

COOKIE = "quizapp-known"
A_YEAR = 365 * 24 * 3600
MOST_KNOWN = 5
"""A family's browser knows so many people; the one who signed in longest ago is forgotten first."""


def this_try(sign_in_name: str) -> Try:
    """Describe the sign-in that this request tries, by keyed hashes: the database learns no address and no name."""
    account_key = _keyed("account", sign_in_name)
    nonce, known = _known(request)
    is_known = account_key.hex() in known
    source_key = _keyed("browser", nonce) if is_known else _keyed("address", address_of(request))
    return Try(account_key, source_key, is_known)


def address_of(asked: Request) -> str:
    """Return where a request comes from; of IPv6 the half that one household has, which can use any other half."""
    address = asked.remote_addr or ""
    return ":".join(address.split(":")[:4]) if address.count(":") > 4 else address


def is_known_browser() -> bool:
    """Say whether this request signs in somebody whom the browser knows."""
    return this_try(read_sign_in_name(request.form.get("username", ""))).is_known_browser


def remember_browser(sign_in_name: str) -> None:
    """Let this browser be known as one that this person has signed in with; signing out does not change it."""
    nonce, known = _known(request)
    key = _keyed("account", sign_in_name).hex()
    kept = [key, *(one for one in known if one != key)][:MOST_KNOWN]

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            _serializer().dumps([nonce or secrets.token_hex(16), kept]),
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response


def _known(asked: Request) -> tuple[str, list[str]]:
    """Return the nonce of this browser and the people it is known for; nothing for a cookie that is not ours."""
    try:
        nonce, known = _serializer().loads(asked.cookies.get(COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return "", []
    return str(nonce), [str(one) for one in known]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="known browser")


def _keyed(kind: str, text: str) -> bytes:
    return hmac.digest(str(current_app.secret_key).encode(), f"{kind}:{text}".encode("utf-8", "replace"), sha256)
