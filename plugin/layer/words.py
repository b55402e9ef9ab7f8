"""What is set for a layer of a project, in words, from nothing but its source."""

from __future__ import annotations

from collections.abc import Iterator

from ..backend.source import LayerSource
from ..backend.source_words import source_in_words
from ..translation import tr
from .kind import Provider


def layer_in_words(source: LayerSource, provider: Provider | None = None) -> Iterator[str]:
    """Yield lines of plain text: what the layer is, each option that was given, and who draws it, if that is GDAL."""
    yield from source_in_words(source)
    if provider is Provider.GDAL:
        yield tr("An ordinary GDAL layer, which opens without this plugin.")
