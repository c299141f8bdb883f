"""What templates may call: words for numbers and moments, addresses of static files, the looks of a voice."""

from datetime import datetime
from typing import Any

from flask import Flask, current_app, request, url_for

from quizapp.domain.errors import Unavailable
from quizapp.domain.facts.balance import voice_of, voice_of_speaker
from quizapp.domain.facts.fact import Fact, Source, Speaker, Status
from quizapp.domain.plausible_range import ScoreRange
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.recipes.recipe import sentence_start
from quizapp.domain.questions.report_kind import KIND_WORDS
from quizapp.domain.questions.weight import weight_words
from quizapp.domain.results.quiz_drawing import about_minutes
from quizapp.services.accounts import Account
from quizapp.web.onward import place_in_article
from quizapp.web.static_files import hash_of_static
from quizapp.web.study.words import (
    GRADE_LABELS,
    GRADE_WORDS,
    KNOWN_WORDS,
    REVIEW_WORDS,
    comes_back,
    day_words,
    today_date,
)
from quizapp.web.theme import THEME_LABELS, current_theme, here_address
from quizapp.web.undoing import back_told, step_told
from quizapp.web.visitors import current_account

LANGUAGES = {"en": "English", "tr": "Turkish", "az": "Azerbaijani", "hy": "Armenian", "ru": "Russian", "de": "German"}
STATUS_LABELS = {
    Status.UNCONTESTED: "Uncontested",
    Status.SINGLE_SOURCE: "Single source",
    Status.DISPUTED: "Disputed",
    Status.CONTRADICTED: "Contradicted",
    Status.OUTDATED: "As the article had it",
}


def register(app: Flask) -> None:
    """Give the app's templates their filters and functions."""
    app.jinja_env.filters.update(
        percent=percent,
        about_percent=about_percent,
        day=day,
        day_and_time=day_and_time,
        sentence_start=sentence_start,
        status_label=STATUS_LABELS.__getitem__,
        language_name=language_name,
        weight_words=weight_words,
    )
    app.jinja_env.globals.update(
        static_url=static_url,
        question_type=question_type,
        voice_of=voice_of,
        voice_of_speaker=voice_of_speaker,
        side_label=side_label,
        place_in_article=place_in_article,
        who_says=who_says,
        score_in_words=score_in_words,
        about_minutes=about_minutes,
        comes_back=comes_back,
        day_words=day_words,
        today_date=today_date,
        grade_words=GRADE_WORDS,
        grade_labels=GRADE_LABELS,
        known_words=KNOWN_WORDS,
        review_words=REVIEW_WORDS,
        account_shown=account_shown,
        site_address=site_address,
        step_told=step_told,
        report_words=KIND_WORDS,
        back_told=back_told,
    )
    app.context_processor(_theme)


def _theme() -> dict[str, Any]:
    theme = current_theme(request)
    return {"theme": theme, "theme_label": THEME_LABELS[theme], "here_address": lambda: here_address(request)}


def account_shown() -> Account | None:
    """Return the account of who is asking, for what every page shows; none while the database cannot be asked."""
    try:
        return current_account()
    except Unavailable:
        return None


def site_address() -> str:
    """Return the address of this site for a mail: the one that was set, else the one it is asked at."""
    return current_app.config["QUIZAPP_SITE"] or request.host_url.rstrip("/")


def static_url(name: str) -> str:
    """Return the address of a static file with the hash of its content, so that it can be kept for a year."""
    return url_for("static", filename=name, v=hash_of_static(name))


def language_name(code: str) -> str:
    """Name a language by its code; a code that has no name here stands for itself."""
    return LANGUAGES.get(code, code)


def percent(share: float) -> str:
    """Write a share as whole percent: 0.7 is "70 %"."""
    return f"{share * 100:.0f} %"


def about_percent(share: float) -> str:
    """Write a share rounded to 5 %, for ranges that claim no more precision: 0.397 is "40 %"."""
    return f"{round(share * 20) * 5} %"


def day(moment: datetime) -> str:
    """Write a day: "24 November 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def day_and_time(moment: datetime) -> str:
    """Write a day and time: "24 November 2026, 14:05 UTC"."""
    return f"{day(moment)}, {moment:%H:%M} UTC"


def who_says(fact: Fact, source: Source) -> str:
    """Say whose word a fact is: "Mammadov said", "Both sides said", or the outlet's own voice."""
    speaker: Speaker | None = source.speaker(fact.speaker)
    if speaker is None and source.is_deck:
        return f"The {'deck' if source.is_of_cards else 'collection'} {source.outlet}"
    return f"{source.outlet}’s own voice" if speaker is None else f"{sentence_start(speaker.short)} said"


def side_label(speaker: Speaker, source: Source) -> str:
    """Name the side a speaker is on; empty for one who is on none."""
    return next((side.label for side in source.sides if side.id == speaker.side), "")


def score_in_words(plausible: ScoreRange) -> str:
    """Say the plausible range of a score in a sentence."""
    low, high = about_percent(plausible.low), about_percent(plausible.high)
    return f"On questions like these you would get between about {low} and {high}."
