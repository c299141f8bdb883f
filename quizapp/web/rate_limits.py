"""How often one address may send a form, where each costs something or could be used to guess.

Counted per process: with two workers about twice as many pass. Failed sign-ins are counted in the database besides,
see `services/lock_out.py`.
"""

from flask import Flask, request
from flask_limiter import Limiter

from quizapp.web.accounts.sources import address_of, is_known_browser

LIMITS = {
    "security.login": "300 per 15 minutes",  # not for browsers that know whom they sign in
    "security.register": "100 per hour",  # a class that signs up behind one address passes
    "security.forgot_password": "20 per hour",
    "security.reset_password": "60 per hour",
    "security.change_password": "60 per hour",
    "privacy.delete": "30 per hour",
    "privacy.download": "30 per hour",
    "class_joining.join": "120 per hour",  # wrong codes are counted for each person besides
    "rosters.look": "120 per hour",
    "setup.use": "60 per hour",
    "reports.of_answer": "300 per hour",  # a class behind one address passes
    "reports.of_review": "300 per hour",
    "bank_imports.look": "120 per hour",
}


def register(app: Flask) -> None:
    """Count the forms of each address; too many are answered with 429 until the oldest does not count any more."""
    limiter = Limiter(lambda: address_of(request), app=app, strategy="moving-window", storage_uri="memory://")
    for endpoint, limit in LIMITS.items():
        exempt = is_known_browser if endpoint == "security.login" else None
        limited = limiter.limit(limit, methods=["POST"], exempt_when=exempt)
        app.view_functions[endpoint] = limited(app.view_functions[endpoint])  # type: ignore[assignment]
