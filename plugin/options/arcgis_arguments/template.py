"""The processing template: a name, JSON, or the path of a file with JSON."""

from __future__ import annotations

import json
import os
import reprlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...service.errors import OptionError
from ...translation import tr
from ..processing_template import RAW, RAW_PIXELS, SERVICE_DEFAULT, ProcessingTemplate, parse_function
from .given import is_given


def processing_template(value: Any) -> ProcessingTemplate:
    """Return the processing template.

    Takes `"None"` in any case, for raw pixels; the name of a published function, which is kept to the letter, blanks
    included; the JSON of a raster function as text or dictionary; and the path of a `.rft.json` file.

    Raises:
        OptionError: the JSON is broken or no raster function, or the file cannot be read.
    """
    if isinstance(value, ProcessingTemplate):
        return value
    if not is_given(value):
        return SERVICE_DEFAULT
    if isinstance(value, Mapping):
        return _chain(_dumped(value))
    name = os.fspath(value) if isinstance(value, os.PathLike) else str(value)
    text = name.strip()
    if text.casefold() == RAW_PIXELS.casefold():
        return RAW
    if text.startswith("{"):
        # Unstripped, so that an error names the user's own lines and columns.
        return _chain(name)
    if text.casefold().endswith(".rft.xml"):
        raise OptionError(
            "processing_template",
            tr(
                "The function template {path} is XML, which image services do not take: convert it to JSON (.rft.json) "
                "with Convert Raster Function Template in ArcGIS Pro."
            ).format(path=text),
        )
    if text.casefold().endswith(".json"):
        return _chain(_file_text(text))
    return ProcessingTemplate(name)


def _chain(text: str) -> ProcessingTemplate:
    function = parse_function(text)
    if set(function) == {"rasterFunction"} and function["rasterFunction"].casefold() == RAW_PIXELS.casefold():
        return RAW
    return ProcessingTemplate(function=function)


def _dumped(function: Mapping[str, Any]) -> str:
    try:
        return json.dumps(function)
    except (TypeError, ValueError, RecursionError) as error:
        raise OptionError(
            "processing_template",
            tr("The processing template {value} cannot be written as JSON: {reason}.").format(
                value=reprlib.repr(function), reason=error
            ),
        ) from error


def _file_text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise OptionError(
            "processing_template",
            tr("The function template {path} cannot be read: {reason}.").format(path=path, reason=error),
        ) from error
