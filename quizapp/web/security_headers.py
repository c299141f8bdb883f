"""Headers of every answer: a strict content security policy and no caching of what belongs to one person."""

from flask import Flask, Request, Response, current_app, request

from quizapp.web.static_files import hash_of_static

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TLS_ONLY = "max-age=31536000"
A_YEAR = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Add the headers to every answer of the app."""
    app.after_request(_add_headers)


def _is_todays(asked: Request) -> bool:
    """Say whether a static file was asked for by the hash it has now; only then may it be kept for good."""
    name = (asked.view_args or {}).get("filename", "")
    return bool(name) and asked.args.get("v") == hash_of_static(name)


def _add_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = TLS_ONLY
    if request.endpoint == "static" and _is_todays(request):
        response.headers["Cache-Control"] = A_YEAR
    elif request.endpoint not in ("static", "home.favicon"):
        response.headers["Cache-Control"] = "no-store"
    return response
