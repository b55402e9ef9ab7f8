"""The rendering rule: the raster function (ArcGIS Pro: processing template) that the server applies to its pixels.

After "Raster function objects" of the ArcGIS REST API. Where no rule is sent, the server applies its first published
function.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .layer_options import LayerOptions
from .processing_template import RAW_PIXELS
from .sentences import closest_names, quoted_list, shortened

_RAW_PIXELS_RULE = {"rasterFunction": RAW_PIXELS}
_NAMES_SHOWN = 12


def rendering_rule(options: LayerOptions, service: ImageService) -> dict[str, Any] | None:
    """Return the `renderingRule` object as it goes out, or None where nothing is to be sent.

    Raises:
        OptionError: the service allows no functions, or publishes none of that name.
    """
    template = options.processing_template
    if not template:
        return None
    if template.is_raw:
        return dict(_RAW_PIXELS_RULE) if service.allows_functions and service.default_function else None
    if not service.allows_functions:
        raise OptionError(
            "processing_template",
            tr(
                "The service “{service}” allows no processing templates; "
                "leave out “{template}” to get its pixels as they are."
            ).format(service=service.name, template=shortened(template)),
        )
    if template.function is not None:
        return dict(template.function)
    return {"rasterFunction": published_name(template.name, service)}


def published_name(name: str, service: ImageService) -> str:
    """Return the name of a published function to the letter, as the service spells it, blanks around it included.

    Raises:
        OptionError: no function is called that, or several are but for case and blanks.
    """
    names = [function.name for function in service.functions]
    if name in names:
        return name
    similar = [published for published in names if published.strip().casefold() == name.strip().casefold()]
    if len(similar) == 1:
        return similar[0]
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
        text.format(service=service.name, template=shortened(name), names=quoted_list(close or names[:_NAMES_SHOWN])),
    )


def rule_in_force(rule: Mapping[str, Any] | None, service: ImageService) -> Mapping[str, Any] | None:
    """Return what the server applies when `rule` is sent, which is its first published function where that is None.

    None means that pixels stay raw.
    """
    if rule is None and service.allows_functions and service.default_function:
        return {"rasterFunction": service.default_function}
    return None if rule == _RAW_PIXELS_RULE else rule
