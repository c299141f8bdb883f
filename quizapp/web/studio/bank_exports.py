"""A bank as a file for other programs: choose a format, read what it cannot carry, download. It holds the answers."""

from flask import Blueprint, Response, render_template, request

from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.runtime import runtime
from quizapp.services.studio import exports
from quizapp.web.visitors import require_actor

blueprint = Blueprint("bank_exports", __name__, url_prefix="/banks/<bank_name>/export")


@blueprint.get("")
def page(bank_name: str) -> str:
    """Offer every format; `format` in the address is the one whose losses are shown."""
    with runtime().reading() as database:
        bank = exports.bank_to_export(database, require_actor(), bank_name)
    chosen = exports.format_named(request.args["format"]) if request.args.get("format") else None
    return render_template(
        "bank_exports/page.html",
        bank=bank,
        formats=[(form, exports.left_out(bank, form)) for form in BANK_FORMATS.values()],
        chosen=chosen,
        kinds=exports.kinds_of_loss(chosen.losses(bank)) if chosen else [],
    )


@blueprint.get("/<format_name>")
def download(bank_name: str, format_name: str) -> Response:
    """Give the bank as a file. Names of banks are plain letters, digits and hyphens."""
    with runtime().reading() as database:
        bank = exports.bank_to_export(database, require_actor(), bank_name)
    file = exports.exported(bank, format_name)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, mimetype=file.media_type, headers=headers)
