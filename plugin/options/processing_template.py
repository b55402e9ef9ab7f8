"""The processing template: what the server makes of its pixels before it sends them, as ArcGIS Pro calls it.

It is a raster function: one that the service publishes, by its name, or a chain of the user's own, as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..service.errors import OptionError
from ..service.json_values import compact_json
from ..translation import tr
from .sentences import shortened

# ArcGIS' name for raw pixels.
RAW_PIXELS = "None"

# Deeper than any chain of functions, and not too deep for Python's recursion limit (1000 calls by default).
_MAX_DEPTH = 500
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
# A number with more digits is no finite float.
_MAX_DIGITS = 308


@dataclass(frozen=True)
class ProcessingTemplate:
    """What was chosen: nothing (the service decides), raw pixels, a published function, or a chain of functions.

    As a text it is what the parameter `processing_template` of every face takes. It is true where something was chosen.

    Attributes:
        name: of a published function, to the letter, blanks included, or `"None"` for raw pixels; else empty.
        function: a rendering rule (`rasterFunction`) or the content of a `.rft.json` file (`function`), which both go
            out as they are; None where `name` says all. Not to be changed.
    """

    name: str = ""
    function: Mapping[str, Any] | None = field(default=None, hash=False)

    @property
    def is_raw(self) -> bool:
        """Whether pixels are wanted as they are."""
        return self == RAW

    def __bool__(self) -> bool:
        return self != SERVICE_DEFAULT

    def __str__(self) -> str:
        return self.name if self.function is None else compact_json(self.function, ensure_ascii=False)

    def to_json_value(self) -> Any:
        """Return the template as the `json` module knows it: its name, or the function as an object."""
        return self.name if self.function is None else dict(self.function)

    @staticmethod
    def from_json_value(value: Any) -> ProcessingTemplate:
        """Read what `to_json_value` returned.

        Raises:
            TypeError: it is neither a text nor the object of a raster function.
        """
        if isinstance(value, str):
            return ProcessingTemplate(value)
        if _is_function(value):
            return ProcessingTemplate(function=value)
        raise TypeError(value)


SERVICE_DEFAULT = ProcessingTemplate()
RAW = ProcessingTemplate(RAW_PIXELS)


def parse_function(text: str) -> dict[str, Any]:
    """Read the JSON of a raster function: a rendering rule (`rasterFunction`) or a template (`.rft.json`: `function`).

    Both are what `renderingRule` takes; ArcGIS' own clients send templates as they are.

    Raises:
        OptionError: broken JSON, with the place where it breaks, or JSON of something else.
    """
    try:
        _check_depth(text)
        function = json.loads(text, parse_int=_whole_number, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise OptionError(
            "processing_template",
            tr("The JSON of the processing template breaks at line {line}, column {column} ({reason}): {text}").format(
                line=error.lineno, column=error.colno, reason=error.msg, text=shortened(text)
            ),
        ) from error
    if not _is_function(function):
        raise OptionError(
            "processing_template",
            tr(
                "The JSON of the processing template is no raster function, "
                "as it has neither “rasterFunction” nor “function”: {text}"
            ).format(text=shortened(text)),
        )
    return function


def _is_function(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("rasterFunction"), str) or isinstance(value.get("function"), dict)


def _check_depth(text: str) -> None:
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match.group(), 0)
        if depth > _MAX_DEPTH:
            raise json.JSONDecodeError(tr("nested too deeply"), text, match.start())


def _whole_number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise json.JSONDecodeError(tr("a number has too many digits"), digits, 0)
    return int(digits)


def _refuse_constant(constant: str) -> None:
    raise json.JSONDecodeError(tr("{constant} is no JSON").format(constant=constant), constant, 0)
