"""The portable text of a source: a document that GDAL can open (see `gdal_document`), with metadata of our own.

What GDAL cannot draw, for want of credentials or of the tiles, has no pixels for it: it refuses to open that.

These are version, service and options as they are, and everything else as one JSON object.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from ..service.attribute_table import AttributeTableRow
from ..service.json_values import compact_json
from ..service.redaction import harmless
from . import source_facts as facts
from .class_columns import write_columns
from .gdal_document import Document, DocumentBand, DocumentClass
from .source_words import source_in_words
from .tile_facts import write_tiles

if TYPE_CHECKING:
    from .source import LayerSource, SourceBand

SOURCE_VERSION = 4
# A source is written in the lowest version that can hold it, so that older versions of the plugin draw it if they can.
# They must not draw a clipped layer, which they would show whole,
_VERSION_WITH_CLIP = 2
# nor one of ready-made tiles, for which they would request images,
_VERSION_WITH_TILES = 3
# nor one that has both, for which they would draw tiles at every scale.
_VERSION_WITH_BOTH = 4

# The keys of the metadata.
VERSION, SERVICE, OPTIONS, LAYER = "version", "service", "options", "layer"

# Separates what the layer is from its options, on one line.
_SENTENCE_BREAK = " · "
# Of the first element; that of a picture that is not clipped has none.
_SIZE = re.compile(r"(?<=^<VRTDataset )rasterXSize='\d+' rasterYSize='\d+'")


def source_text(source: LayerSource) -> str:
    """Return the text of a source; see `LayerSource.text`."""
    document = Document(
        service_url=source.service_url,
        parameters=source.parameters,
        grid=source.grid,
        bands=_document_bands(source),
        data_type=source.data_type,
        reference=source.reference,
        crs=source.crs,
        largest_image=source.largest_image,
        description=facts.one_line(_SENTENCE_BREAK.join(source_in_words(source))),
        metadata=_metadata(source),
        referer=facts.one_line(harmless(source.access.referer)),
        timeout=source.access.timeout,
        classes=_document_classes(source.classes),
        clip=source.clip,
        tiles=source.gdal_tiles,
    )
    text = document.picture() if source.is_picture else document.values()
    # Terrain algorithms of QGIS go past the provider to GDAL, and take what it could not read for numbers.
    return text if source.is_portable else _SIZE.sub("rasterXSize='0' rasterYSize='0'", text, count=1)


def _version(source: LayerSource) -> int:
    if source.tiles is not None:
        return _VERSION_WITH_BOTH if source.has_images else _VERSION_WITH_TILES
    return 1 if source.clip is None else _VERSION_WITH_CLIP


def _document_bands(source: LayerSource) -> list[DocumentBand]:
    # GDAL knows a nodata value for each band only, not one for all bands together.
    nodata = source.nodata_together or [band.nodata for band in source.bands]
    # The statistics of the service are of all pixels, not of those in the shape.
    return [
        DocumentBand(band.name, value, {} if source.clip is not None else _statistics(band))
        for band, value in zip(source.bands, nodata)
    ]


def _metadata(source: LayerSource) -> dict[str, str]:
    layer = {
        "name": facts.one_line(source.service_name),
        "kind": source.kind.value,
        "parameters": dict(source.parameters),
        "extent": list(source.grid.extent),
        "size": [source.grid.columns, source.grid.rows],
        "cell": list(source.grid.cell_size),
        "bands": [_band_facts(band) for band in source.bands],
        "type": source.data_type,
        "reference": source.reference,
        "crs": source.crs,
        "largest": list(source.largest_image),
        "view": source.follows_view,
        "stretch": source.stretches_by_view,
        "thematic": source.is_thematic,
        "elevation": source.is_elevation,
        "classes": [[row.value, facts.one_line(row.label), row.color] for row in source.classes],
        **write_columns(source.classes),
        "authcfg": source.access.authcfg,
        "referer": facts.one_line(harmless(source.access.referer)),
        "timeout": source.access.timeout,
        "together": [_pixel_fact(value) for value in source.nodata_together],
        "times": list(source.times or ()),
        "dates": [date.begin if date.begin == date.end else list(date) for date in source.dates],
        "clip": [] if source.clip is None else source.clip.to_json_value(),
        "time_dimension": source.time_dimension,
        "nearest_value": source.nearest_value,
        "tiles": [] if source.tiles is None else write_tiles(source.tiles),
        "images": source.has_images,
    }
    given = {key: value for key, value in layer.items() if value not in (False, "", [])}
    return {
        VERSION: str(_version(source)),
        SERVICE: source.service_url,
        OPTIONS: source.options_json,
        LAYER: compact_json(given),
    }


def _band_facts(band: SourceBand) -> list[Any]:
    values = [band.minimum, band.maximum, band.mean, band.standard_deviation]
    items: list[Any] = [facts.one_line(band.name), None if band.nodata is None else _pixel_fact(band.nodata), *values]
    while items[-1] is None:
        items.pop()
    return items


def _pixel_fact(value: float) -> float | str:
    return "nan" if math.isnan(value) else value


def _statistics(band: SourceBand) -> dict[str, float]:
    known = {
        "MINIMUM": band.minimum,
        "MAXIMUM": band.maximum,
        "MEAN": band.mean,
        "STDDEV": band.standard_deviation,
    }
    return {key: value for key, value in known.items() if value is not None}


def _document_classes(rows: tuple[AttributeTableRow, ...]) -> list[DocumentClass]:
    """Return the classes for GDAL's tables, which begin with 0; none where one does not fit into a byte."""
    if not all(row.value in range(256) for row in rows):
        return []
    return [DocumentClass(int(row.value), row.label, row.color) for row in rows]
