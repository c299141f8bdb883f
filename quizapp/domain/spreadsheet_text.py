"""Text in a CSV file that no spreadsheet runs as a formula, and that is read back as it was."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_GUARD = "'"


def defused(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; `restored` takes it off again."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(FORMULA_STARTS) else text


def restored(text: str) -> str:
    """Return a text as it was before `defused`."""
    return text[1:] if text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(FORMULA_STARTS) else text
