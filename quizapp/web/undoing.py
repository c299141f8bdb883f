"""A message on the next page that carries the button to undo what it tells of."""

from flask import flash

_UNDO = "undo:"


def flash_step(words: str, step_id: int | None, back: str = "") -> None:
    """Tell on the next page what was done, with a button that undoes this step; None: it changed nothing.

    Undoing leads `back` to an address of ours; to the page that tells it, where none is given.
    """
    flash(words, "message" if step_id is None else f"{_UNDO}{step_id} {back}".strip())


def step_told(category: str) -> int | None:
    """Return the step that a message of this category offers to undo; None where it offers none."""
    number = category.removeprefix(_UNDO).partition(" ")[0]
    return int(number) if category.startswith(_UNDO) and number.isdigit() else None


def back_told(category: str) -> str:
    """Return where undoing leads; empty: to the page that tells it."""
    return category.partition(" ")[2] if category.startswith(_UNDO) else ""
