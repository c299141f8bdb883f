"""Forms that may be larger than others: which pages take them, and how large they may be."""

from flask import Flask, request

LARGE_FORM_BYTES = 2_000_000
"""A text of 200,000 characters in any script, or a folder that comes back to be confirmed."""
LARGE = frozenset({"bank_editor.new", "bank_editor.edit", "bank_folders.look", "bank_folders.confirm"})
"""The endpoints, all for instructors."""


def register(app: Flask) -> None:
    """Let these pages take more; to be called before whatever reads a form."""
    app.before_request(_allow)


def _allow() -> None:
    if request.endpoint in LARGE:
        request.max_content_length = request.max_form_memory_size = LARGE_FORM_BYTES
