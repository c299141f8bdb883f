"""A learner's memory as files: the log of reviews for a spreadsheet, a bank for Anki."""

from flask import Blueprint, Response

from quizapp.runtime import runtime
from quizapp.services.study import export
from quizapp.web.visitors import require_actor

blueprint = Blueprint("study_data", __name__, url_prefix="/study")


@blueprint.get("/log.csv")
def log() -> Response:
    """Give the whole log of reviews as CSV."""
    actor = require_actor()
    with runtime().reading() as database:
        text = "".join(export.review_log_csv(database, actor))
    return _file(text.encode("utf-8-sig"), "text/csv; charset=utf-8", "quizapp-reviews.csv")


@blueprint.get("/anki/<bank_name>.apkg")
def anki(bank_name: str) -> Response:
    """Give a bank as an Anki package with this learner's schedule and history."""
    actor = require_actor()
    with runtime().reading() as database:
        found = export.anki_package(database, actor, bank_name, runtime().now())
    return _file(found.data, "application/vnd.anki", found.file_name)


def _file(data: bytes, media_type: str, name: str) -> Response:
    """Answer with a file to keep; names of banks are plain letters, digits and hyphens."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=media_type, headers=headers)
