"""How large an export becomes, asked for before it is run; see `ui/common/sizes_in_dialog.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qgis.core import QgsFeedback

from ..backend.source import LayerSource
from ..export.export_size import (
    check_largest_size,
    check_largest_size_of_all,
    size_in_words,
    size_of_all,
    size_of_all_in_words,
    wanted_tiles,
)
from ..export.layer_source import PolygonsIn, Wanted, find_source
from ..export.parts import polygon_parts
from ..export.tiles import bytes_per_pixel, tiling
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, OptionError
from .told_size import ToldSize


@dataclass(frozen=True)
class ExportSizes:
    """What an export is made of: one source with its pixels, or one for each of several files."""

    sources: tuple[LayerSource, ...]
    pixels: int | None = None

    def told(self, largest_bytes: float) -> ToldSize:
        """Return it in words, and why a run would refuse it."""
        one, pixels = self.sources[0], self.pixels
        if pixels is None:
            words, size = size_of_all_in_words(self.sources), size_of_all(self.sources)
        else:
            words, size = size_in_words(one, pixels), pixels * bytes_per_pixel(one)
        try:
            if pixels is None:
                check_largest_size_of_all(self.sources, largest_bytes)
            else:
                check_largest_size(one, pixels, largest_bytes)
        except OptionError as error:
            return ToldSize(words, error.message, size)
        return ToldSize(words, "", size)


def size_of_one(wanted: Wanted) -> Callable[[QgsFeedback], ExportSizes]:
    """Return what asks for the size of one file for all."""

    def ask(feedback: QgsFeedback) -> ExportSizes:
        found = find_source(wanted, feedback)
        _, pixels = wanted_tiles(tiling(found.source), found.cut, feedback)
        return ExportSizes((found.source,), pixels)

    return ask


def size_of_polygons(
    wanted: Wanted, polygons: Sequence[tuple[str, PolygonsIn]]
) -> Callable[[QgsFeedback], ExportSizes]:
    """Return what asks for the size of a file for each polygon; one that a run would list as failed has none."""

    def ask(feedback: QgsFeedback) -> ExportSizes:
        sources: list[LayerSource] = []
        failed: ImageServerLayerError | None = None
        for part in polygon_parts(replace(wanted, polygons=None), polygons, feedback):
            try:
                sources.append(part.find(feedback).source)
            except (CanceledError, AuthenticationError):
                raise
            except ImageServerLayerError as error:
                failed = failed or error
        if not sources and failed is not None:
            raise failed
        return ExportSizes(tuple(sources))

    return ask
