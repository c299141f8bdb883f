"""Every blueprint, in menu order, and what all pages share."""

from flask import Flask
from flask_wtf import CSRFProtect

from quizapp.web import (
    about,
    access,
    account_settings,
    bank_access,
    banks,
    class_joining,
    classes,
    erasing,
    errors,
    filters,
    history,
    home,
    people,
    privacy,
    quizzes,
    rate_limits,
    reading,
    reports,
    results,
    rosters,
    security_headers,
    setup,
    sound_requests,
    theme,
    visitors,
)
from quizapp.web.accounts import security as accounts
from quizapp.web.ids import IdConverter
from quizapp.web.studio import (
    attention,
    bank_editor,
    bank_exports,
    bank_folders,
    bank_imports,
    highlights,
    question_history,
    question_lists,
    questions,
    reviewing,
)
from quizapp.web.studio import home as studio_home
from quizapp.web.studio import reports as studio_reports
from quizapp.web.studio import steps as studio_steps
from quizapp.web.study import aside as study_aside
from quizapp.web.study import cards as study_cards
from quizapp.web.study import data as study_data
from quizapp.web.study import facts as study_facts
from quizapp.web.study import forecast as study_forecast
from quizapp.web.study import settings as study_settings
from quizapp.web.study import today as study_today

BLUEPRINTS = (
    home,
    banks,
    bank_access,
    reading,
    quizzes,
    results,
    study_today,
    study_cards,
    study_settings,
    study_forecast,
    study_facts,
    study_aside,
    study_data,
    reports,
    history,
    classes,
    class_joining,
    rosters,
    studio_home,
    bank_editor,
    bank_folders,
    questions,
    question_lists,
    question_history,
    highlights,
    reviewing,
    studio_reports,
    attention,
    bank_imports,
    bank_exports,
    studio_steps,
    account_settings,
    people,
    setup,
    privacy,
    about,
    theme,
)


def register_pages(app: Flask) -> None:
    """Give the app its pages, their guards and their helpers."""
    app.url_map.converters["id"] = IdConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    sound_requests.register(app)
    CSRFProtect(app)
    accounts.register(app)
    access.register(app)
    for module in BLUEPRINTS:
        app.register_blueprint(module.blueprint)
    visitors.register(app)
    erasing.register(app)
    rate_limits.register(app)
    filters.register(app)
    errors.register(app)
    security_headers.register(app)
