"""Functions that stretch what is in sight (dynamic range adjustment, DRA): their pixels depend on what is asked for.

The statistics of such a stretch are those of each request. So a view has to be one request, and nothing of another view
is a part of it: strips and what is left of a pan would show as seams.
"""

from __future__ import annotations

import re
from typing import Any

from ..service.image_service import ImageService
from .layer_options import LayerOptions

# A published function tells of it in its name or description only, as ArcGIS' own do: "Natural Color with DRA".
_WORDS = re.compile(r"(?<![A-Za-z])DRA(?![A-Za-z])|dynamic[ -]range[ -]adjust", re.IGNORECASE)
_ARGUMENT = "dra"


def stretches_by_view(options: LayerOptions, service: ImageService) -> bool:
    """Whether the function in force takes its statistics from the view."""
    template = options.processing_template
    if template.is_raw or not service.allows_functions:
        return False
    if template.function is not None:
        return _stretches(template.function, service)
    return _says_so(template.name or service.default_function, service)


def _stretches(function: Any, service: ImageService) -> bool:
    """Whether any function of a chain does."""
    left = [function]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            for key, value in part.items():
                if key.casefold() == _ARGUMENT and _is_true(value):
                    return True
                if key == "rasterFunction" and isinstance(value, str) and _says_so(value, service):
                    return True
                left.append(value)
        elif isinstance(part, list):
            left += part
    return False


def _is_true(value: Any) -> bool:
    """Whether an argument is on; a template of ArcGIS Pro wraps it into an object."""
    if isinstance(value, dict):
        value = value.get("value")
    return value.casefold() == "true" if isinstance(value, str) else bool(value)


def _says_so(name: str, service: ImageService) -> bool:
    wanted = name.strip().casefold()
    return any(
        _WORDS.search(f"{function.name} {function.description}") is not None
        for function in service.functions
        if function.name.strip().casefold() == wanted
    )
