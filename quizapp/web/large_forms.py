"""Forms that may be larger than others: which pages take them, from whom, and how large they may be."""

from flask import request

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES
from quizapp.domain.roles import Permission
from quizapp.web.visitors import current_actor

AROUND_THE_FILE = 64 * 1024
"""What the other fields of a form with a file and the lines between them may take."""
LARGE_FORM_BYTES = 2_000_000
"""A text of 200,000 characters in any script, or what is pasted to be imported: it is kept in memory."""
LARGEST: dict[str, int] = dict.fromkeys(
    (
        "bank_editor.new",
        "bank_editor.edit",
        "bank_folders.look",
        "bank_folders.confirm",
        "highlights.make",
        "highlights.keep_text",
    ),
    LARGE_FORM_BYTES,
) | {"bank_imports.look": MAX_FILE_BYTES + AROUND_THE_FILE}
"""How many bytes each of these pages takes; a file is kept on the disk, not in memory."""


def allow_large_forms() -> None:
    """Raise the limit of this request where it sends one of them; to be called before its form is read.

    Only for whoever may write questions: from all others the usual limit holds.
    """
    most = LARGEST.get(request.endpoint or "") if request.method == "POST" else None
    if most is None:
        return
    actor = current_actor()
    if actor is not None and actor.may(Permission.WRITE_QUESTIONS):
        request.max_content_length, request.max_form_memory_size = most, LARGE_FORM_BYTES
