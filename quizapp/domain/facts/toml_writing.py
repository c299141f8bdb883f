"""Write TOML: strings, numbers, true and false, lists, and tables under headers. The standard library only reads it."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def toml_document(values: Mapping[str, Any]) -> str:
    """Write a document that `tomllib` reads back as `values`.

    Text, whole numbers, finite fractions, true and false, lists of those and mappings can be written. A mapping stands
    under a header of its own, a list of nothing but mappings under one [[header]] each, in the order given; plain
    values come first, since what follows a header belongs to it. Raises TypeError for anything else.
    """
    return "\n".join(_table(values, ())).strip("\n") + "\n"


def toml_value(value: object) -> str:
    """Write one value in one line. Raises TypeError for what TOML has no form of, or none that can be read back."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(name)} = {toml_value(one)}" for name, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return f"[{', '.join(map(toml_value, value))}]"
    raise TypeError(f"TOML has no form of {value!r:.40}")


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    below: list[tuple[str, Any]] = []
    for name, value in values.items():
        if isinstance(value, Mapping) or _is_tables(value):
            below.append((name, value))
        else:
            yield f"{_key(name)} = {toml_value(value)}"
    for name, value in below:
        header = ".".join(map(_key, (*path, name)))
        for one in [value] if isinstance(value, Mapping) else value:
            yield from ("", f"[{header}]" if isinstance(value, Mapping) else f"[[{header}]]")
            yield from _table(one, (*path, name))


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """Write a string. Raises TypeError for half of a surrogate pair, which no TOML can hold."""
    if any(0xD800 <= ord(one) <= 0xDFFF for one in value):
        raise TypeError("TOML cannot hold half a surrogate pair")
    written = "".join(_SHORT.get(one) or (f"\\u{ord(one):04X}" if _is_control(one) else one) for one in value)
    return f'"{written}"'


def _is_control(one: str) -> bool:
    return ord(one) < 32 or ord(one) == 127
