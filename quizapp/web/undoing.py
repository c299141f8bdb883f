"""A message on the next page that carries the button to undo what it tells of."""

from flask import flash

_UNDO = "undo:"


def flash_step(words: str, step_id: int | None) -> None:
    """Tell on the next page what was done, with a button that undoes this step; None: it changed nothing."""
    flash(words, "message" if step_id is None else f"{_UNDO}{step_id}")


def step_told(category: str) -> int | None:
    """Return the step that a message of this category offers to undo; None where it offers none."""
    number = category.removeprefix(_UNDO)
    return int(number) if category.startswith(_UNDO) and number.isdigit() else None
