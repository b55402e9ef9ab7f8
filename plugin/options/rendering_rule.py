"""The rendering rule: the raster function (ArcGIS Pro: processing template) that the server applies to its pixels.

After "Raster function objects" of the ArcGIS REST API. Where no rule is sent, the server applies its first published
function.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ..service.description import ImageService
from ..service.errors import OptionError
from ..service.extent import Extent
from ..translation import tr
from .geometry_json import envelope_json
from .layer_options import RAW_PIXELS, LayerOptions
from .wording import shortened

_RAW_PIXELS_RULE = {"rasterFunction": RAW_PIXELS}
# Pixels outside the geometry are cut off (esriRasterClippingOutside).
_CLIP_OUTSIDE = 1
_NAMES_SHOWN = 12
# More than any chain of functions needs, and less than Python can follow (by default 1000 calls).
_MAX_DEPTH = 500
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
# More have no finite float.
_MAX_DIGITS = 308


def rendering_rule(options: LayerOptions, service: ImageService) -> dict[str, Any] | None:
    """Return the `renderingRule` object as it goes out, or None where nothing is to be sent.

    Raises:
        OptionError: the service allows no functions, publishes none of that name, or the text is no raster function.
    """
    template = options.processing_template
    if not template:
        return None
    if template == RAW_PIXELS:
        return dict(_RAW_PIXELS_RULE) if service.allows_functions and service.default_function else None
    if not service.allows_functions:
        raise OptionError(
            "processing_template",
            tr(
                "The service “{service}” allows no processing templates; "
                "leave out “{template}” to get its pixels as they are."
            ).format(service=service.name, template=template),
        )
    if template.startswith("{"):
        return parse_function(template)
    return {"rasterFunction": published_name(template, service)}


def published_name(name: str, service: ImageService) -> str:
    """Return the name of a published function as the service spells it.

    Raises:
        OptionError: no function is called that, or several are but for case.
    """
    names = [function.name for function in service.functions]
    if name in names:
        return name
    same_but_case = [published for published in names if published.casefold() == name.casefold()]
    if len(same_but_case) == 1:
        return same_but_case[0]
    close = closest_names(name, names)
    if close:
        text = tr("The service “{service}” has no processing template “{template}”; did you mean {names}?")
    elif names:
        text = tr("The service “{service}” has no processing template “{template}”; choose one of {names}.")
    else:
        text = tr(
            "The service “{service}” publishes no processing templates, so there is no “{template}”; "
            "give a raster function as JSON."
        )
    raise OptionError(
        "processing_template",
        text.format(service=service.name, template=name, names=quoted_list(close or names[:_NAMES_SHOWN])),
    )


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


def rule_in_force(rule: Mapping[str, Any] | None, service: ImageService) -> Mapping[str, Any] | None:
    """Return what the server applies when `rule` is sent, which is its first published function where that is None.

    None means that pixels stay raw.
    """
    if rule is None and service.allows_functions and service.default_function:
        return {"rasterFunction": service.default_function}
    return None if rule == _RAW_PIXELS_RULE else rule


def clip_rule(rule: Mapping[str, Any] | None, extent: Extent, service: ImageService) -> dict[str, Any] | None:
    """Return a rendering rule that cuts the picture off outside `extent` (in the service's CRS).

    `rule` is that of `rendering_rule`. Where it is None, the server would apply its first published function, so that
    one is clipped. Where the service allows no functions, there is nothing to clip with, and None is returned.

    Raises:
        OptionError: the rule is a function template, which no other function can take as its input.
    """
    if not service.allows_functions:
        return None
    clipped = rule_in_force(rule, service)
    arguments: dict[str, Any] = {
        "ClippingGeometry": envelope_json(extent, service.spatial_reference),
        "ClippingType": _CLIP_OUTSIDE,
    }
    clip: dict[str, Any] = {"rasterFunction": "Clip", "rasterFunctionArguments": arguments}
    if clipped is None:
        # The argument that takes the pixels of the service.
        clip["variableName"] = "Raster"
    elif "rasterFunction" in clipped:
        arguments["Raster"] = dict(clipped)
    else:
        raise OptionError(
            "processing_template",
            tr(
                "A picture cannot be cut to the template extent by the function template “{name}”; "
                "leave out the extent, or choose pixel values (provider “gdal”)."
            ).format(name=clipped.get("name", "")),
        )
    return clip


def closest_names(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three of `names` that look most like `name`, the best first; case does not matter."""
    by_folded = {candidate.casefold(): candidate for candidate in names}
    return [by_folded[folded] for folded in get_close_matches(name.casefold(), by_folded, n=3)]


def quoted_list(names: Iterable[str]) -> str:
    """Return the names for a sentence: each in quotation marks, with commas between."""
    return ", ".join(f"“{name}”" for name in names)


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
