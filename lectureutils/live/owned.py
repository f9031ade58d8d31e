"""A figure owns what it shows: what it is given is copied on entry.

A reader who changes an array afterwards, `W[0, 0] = 5` in the next cell, changes no figure that stands above.
"""

import dataclasses
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np


def owned(value: Any) -> Any:
    """Return `value` with copies of its arrays, and of the lists, tuples, dicts and dataclasses that hold them.

    Arrays that nobody can change, as those of a data set, stay what they are.
    """
    if isinstance(value, np.ndarray):
        return value if _frozen(value) else value.copy()
    if isinstance(value, dict):
        return {key: owned(part) for key, part in value.items()}
    if isinstance(value, tuple):
        parts = [owned(part) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, list):
        return [owned(part) for part in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        mended = {name: owned(part) for name, part in parts.items()}
        return dataclasses.replace(value, **mended) if any(mended[name] is not parts[name] for name in parts) else value
    return value


def _frozen(array: np.ndarray | None) -> bool:
    while isinstance(array, np.ndarray):
        if array.flags.writeable:
            return False
        array = array.base
    return array is None


def enter(args: tuple, kwargs: dict[str, Any]) -> tuple[tuple, dict[str, Any]]:
    """Return a figure's own copies of what it was called with."""
    return owned(args), owned(kwargs)


def on_copies(build: Callable[..., None]) -> Callable[..., None]:
    """Let an `__init__` work on copies of its arguments; one that it calls in turn gets what it is handed."""

    @wraps(build)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if not vars(self).get("_owns"):
            self._owns = True
            args, kwargs = enter(args, kwargs)
        build(self, *args, **kwargs)

    return __init__
