"""The parameters of a request, read as the types of the REST reference."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from .errors import ParameterError


class Parameters:
    """Query and form parameters; names are case-insensitive, an empty value counts as not given.

    Every reader raises `ParameterError` that names the parameter when the text is not of its type.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {name.lower(): value.strip() for name, value in values.items()}

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name.lower()) or default

    def boolean(self, name: str, default: bool) -> bool:
        text = self.text(name).lower()
        if text not in ("", "true", "false", "1", "0"):
            raise ParameterError(f"Parameter '{name}' must be true or false.")
        return default if not text else text in ("true", "1")

    def numbers(self, name: str) -> tuple[float, ...]:
        try:
            numbers = tuple(float(part) for part in self.text(name).split(",")) if self.text(name) else ()
        except ValueError:
            raise ParameterError(f"Parameter '{name}' must be numbers separated by commas.") from None
        if not all(math.isfinite(number) for number in numbers):
            raise ParameterError(f"Parameter '{name}' must be finite numbers.")
        return numbers

    def time(self) -> tuple[float, float] | None:
        """`time` as its first and its last moment, an instant as both; what is open is infinite."""
        parts = [part.strip().lower() for part in self.text("time").split(",")] if self.text("time") else []
        try:
            limits = [None if part == "null" else int(part) for part in parts]
        except ValueError:
            limits = [None] * 3
        if not limits:
            return None
        if len(limits) > 2 or limits == [None]:
            raise ParameterError("Parameter 'time' must be one or two times in milliseconds.")
        begin, end = limits[0], limits[-1]
        return (-math.inf if begin is None else begin), (math.inf if end is None else end)

    def integers(self, name: str) -> tuple[int, ...]:
        try:
            return tuple(int(part) for part in self.text(name).split(",")) if self.text(name) else ()
        except ValueError:
            raise ParameterError(f"Parameter '{name}' must be whole numbers separated by commas.") from None

    def integer(self, name: str, default: int) -> int:
        numbers = self.integers(name) or (default,)
        if len(numbers) != 1:
            raise ParameterError(f"Parameter '{name}' must be one whole number.")
        return numbers[0]

    def document(self, name: str) -> object:
        """The JSON value of a parameter, None when it is not given."""
        text = self.text(name)
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise ParameterError(f"Parameter '{name}' is not valid JSON.") from None

    def mapping(self, name: str) -> dict[str, object] | None:
        """The JSON object of a parameter, None when it is not given."""
        document = self.document(name)
        if document is not None and not isinstance(document, dict):
            raise ParameterError(f"Parameter '{name}' must be a JSON object.")
        return document

    def choice(self, name: str, choices: Mapping[str, str], default: str) -> str:
        """The canonical spelling of a keyword; `choices` maps the lower-case keywords to it."""
        text = self.text(name, default).lower()
        if text not in choices:
            raise ParameterError(f"Parameter '{name}' must be one of {', '.join(choices.values())}.")
        return choices[text]
