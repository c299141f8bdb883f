"""The one form that takes a large file, and only from those who may import one: the limit of all others stays."""

from flask import request

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES
from quizapp.domain.roles import Permission
from quizapp.web.visitors import current_actor

TAKES_LARGE_FILES = "bank_imports.look"
AROUND_THE_FILE = 64 * 1024
"""What the other fields of the form and the lines between them may take."""
MAX_PASTED = 2_000_000
"""What may be pasted: it is kept in memory, where a file is not."""


def allow_larger_files() -> None:
    """Raise the limit of this request where it sends a file to be imported; to be called before its form is read."""
    if request.endpoint != TAKES_LARGE_FILES or request.method != "POST":
        return
    actor = current_actor()
    if actor is not None and actor.may(Permission.WRITE_QUESTIONS):
        request.max_content_length = MAX_FILE_BYTES + AROUND_THE_FILE
        request.max_form_memory_size = MAX_PASTED
