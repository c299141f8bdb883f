"""Turn the frozen dataclasses of question bodies into JSON and back, checking what comes from outside."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

MAX_TEXT = 2_000
T = TypeVar("T")


class BadBody(ValueError):
    """A body from outside does not have the shape of its type; the message names the field."""


def body_to_json(body: Any) -> dict[str, Any]:
    """Return the body as plain JSON values; lists of it stay tuples."""
    return {name: _plain(getattr(body, name)) for name in _names(type(body))}  # type: ignore[arg-type]  # a class can be hashed


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return body_to_json(value) if is_dataclass(value) else value


@cache
def _names(body_class: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(body_class))


def body_from_json(body_class: type[T], data: object) -> T:
    """Build a body from JSON. Raises BadBody when a field is missing, unknown or of another kind."""
    return _dataclass(body_class, data, "body")


def _dataclass(wanted: type[T], data: object, place: str) -> T:
    if not isinstance(data, Mapping):
        raise BadBody(f"`{place}` must be an object.")
    hints, known = _shape_of(wanted)  # type: ignore[arg-type]  # a class is hashable
    for name in data:
        if name not in known:
            raise BadBody(f"`{place}` has no field `{name}`.")
    values = {}
    for name, one in known.items():
        if name in data:
            values[name] = _value(hints[name], data[name], f"{place}.{name}")
        elif one.default is MISSING and one.default_factory is MISSING:
            raise BadBody(f"`{place}.{name}` is missing.")
    return wanted(**values)


@cache
def _shape_of(wanted: type) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the hints and the fields of a dataclass; to work them out costs more than all the rest."""
    return get_type_hints(wanted), {one.name: one for one in fields(wanted)}


def _value(hint: Any, data: object, place: str) -> Any:
    if get_origin(hint) is tuple:
        if not isinstance(data, list | tuple):
            raise BadBody(f"`{place}` must be a list.")
        return tuple(_value(get_args(hint)[0], one, f"{place}[{number}]") for number, one in enumerate(data))
    allowed = get_args(hint) or (hint,)
    if data is None and NoneType in allowed:
        return None
    wanted = next(one for one in allowed if one is not NoneType)
    if isinstance(wanted, type) and is_dataclass(wanted):
        return _dataclass(wanted, data, place)
    if type(data) is not wanted:
        raise BadBody(f"`{place}` must be {wanted.__name__}.")
    if isinstance(data, str) and (len(data) > MAX_TEXT or "\x00" in data):
        raise BadBody(f"`{place}` must be text of at most {MAX_TEXT} characters.")
    return data
