"""The legend of a picture, as a service has it: what each of its colors means."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .json_values import mapping, sequence, text
from .multidimensional import variable_of_rule
from .plain_text import clean_line

# More entries a layer tree cannot show, and larger images a project should not keep.
MOST_ENTRIES = 256
LARGEST_IMAGE = 32 * 2**10


@dataclass(frozen=True)
class LegendEntry:
    """A label, which is plain text on one line, and the image (a PNG or JPEG file) before it; empty for none."""

    label: str
    image: bytes = b""


def legend_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of `legend` for a picture that is drawn with these parameters of `exportImage`.

    A variable has a legend of its own, and without its name the service tells that of its first one.
    """
    given = {name: parameters[name] for name in ("renderingRule", "bandIds") if name in parameters}
    # Of our own, or seen to be an object, whatever its size, when the source of a layer was read.
    variable = variable_of_rule(mapping(json.loads(parameters.get("mosaicRule", "{}"))))
    return {**given, **({"variable": variable} if variable else {}), "f": "json"}


def parse_legend(body: Mapping[str, Any]) -> tuple[LegendEntry, ...]:
    """Read a legend, without entries that are empty, too large or no image.

    A legend of more than `MOST_ENTRIES` is empty: a part of the classes would look like all of them.
    """
    entries = tuple(_entries(body))
    return entries if len(entries) <= MOST_ENTRIES else ()


def _entries(body: Mapping[str, Any]) -> Iterator[LegendEntry]:
    for layer in map(mapping, sequence(body.get("layers"))):
        for entry in map(mapping, sequence(layer.get("legend"))):
            label, image = clean_line(text(entry.get("label"))), decoded_image(text(entry.get("imageData")))
            if label or image:
                yield LegendEntry(label, image)


def decoded_image(data: str) -> bytes:
    """Return the file in a base64 text; empty if it is none, or too large."""
    if len(data) > LARGEST_IMAGE * 4 // 3 + 4:
        return b""
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return b""
