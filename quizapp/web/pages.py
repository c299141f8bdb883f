"""Every blueprint, in menu order, and what all pages share."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from quizapp.web import about, banks, errors, filters, history, home, quizzes, results, security_headers, theme

BLUEPRINTS = (home, banks, quizzes, results, history, about, theme)
MAX_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """A whole number that fits the database's ids; any other is no page (404), never an overflow."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=MAX_ID)


def register_pages(app: Flask) -> None:
    """Give the app its pages, their guards and their helpers."""
    app.url_map.converters["id"] = IdConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    CSRFProtect(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    filters.register(app)
    errors.register(app)
    security_headers.register(app)
