"""Which rasters of a mosaic are meant: those that options leave, and that are listed elsewhere, such as selected."""

from __future__ import annotations

from collections.abc import Collection

from qgis.core import QgsFeedback, QgsProcessingFeatureSource

from ..layer.settle import Settled
from ..service.catalog import Catalog
from ..service.errors import OptionError
from ..service.json_values import integer
from ..service.raster_files import check_download
from ..translation import tr, tr_n
from .footprints import catalog_rows

MOST_RASTERS = 10_000
"""More are asked for in several runs."""


def wanted_rasters(settled: Settled, listed: Collection[int] | None, feedback: QgsFeedback) -> tuple[list[int], int]:
    """Return the ids of the rasters, and how many of those `listed` do not match the options or do not exist.

    Raises:
        UnsupportedServiceError: the service does not let its source rasters be downloaded.
        OptionError: there are none, or too many.
        ImageServerLayerError: the catalog cannot be asked.
    """
    connected = settled.connected
    check_download(connected.service)
    catalog = Catalog(connected.client(feedback), connected.service)
    ids = catalog_rows(connected, settled.options, catalog).ids()
    left_out = 0
    if listed is not None:
        chosen = set(listed)
        ids = [raster_id for raster_id in ids if raster_id in chosen]
        left_out = len(chosen) - len(ids)
    if not ids:
        raise OptionError(
            "lock_raster_ids",
            tr("There is no raster to download: select some, or loosen the where clause, the extent or the list."),
        )
    if len(ids) > MOST_RASTERS:
        text = tr("There are {count} rasters, more than {limit}: download them in several runs, of a part each.")
        raise OptionError("lock_raster_ids", text.format(count=len(ids), limit=MOST_RASTERS))
    return ids, left_out


def ids_in(source: QgsProcessingFeatureSource, id_field: str) -> list[int]:
    """Return the ids of rasters that features list.

    Raises:
        OptionError: they have no field of ids.
    """
    names = {name.lower(): index for index, name in enumerate(source.fields().names())}
    index = names.get(id_field.lower())
    if index is None:
        text = tr("The layer “{layer}” has no field “{field}” with ids of rasters: choose footprints of the service.")
        raise OptionError("footprints", text.format(layer=source.sourceName(), field=id_field))
    ids = (integer(feature.attribute(index)) for feature in source.getFeatures())
    return [raster_id for raster_id in ids if raster_id is not None]


def left_out_text(count: int) -> str:
    """Return a sentence about listed rasters that are left out."""
    return tr_n(
        "%n listed raster is not in the catalog, or the options leave it out.",
        "%n listed rasters are not in the catalog, or the options leave them out.",
        count,
    )
