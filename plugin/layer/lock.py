"""Lock a layer to single rasters of its mosaic, without the form: those at a point, or some that are listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgis.core import QgsFeedback

from ..backend.source import LayerSource
from ..options.catalog_search import attribute_text
from ..options.layer_options import LayerOptions
from ..options.sentences import shortened
from ..service.catalog import Catalog, CatalogRaster
from ..service.client import ImageServiceClient
from ..service.errors import OptionError
from ..service.extent import Extent
from ..service.image_service import Field, ImageService, Mosaic
from ..service.transport import Transport
from ..service.vocabulary import MosaicMethod
from ..translation import tr
from .connect import connect
from .plan import LayerPlan, plan_layer
from .quick_change import with_method
from .request import LayerRequest
from .resolve import Arguments

# As many as fit in a menu; the form has a table for all of them.
MOST_AT_A_POINT = 30


@dataclass(frozen=True)
class RastersAtPoint:
    """The rasters that lie at a point, the latest one first; `has_more` says that there are others."""

    rasters: tuple[CatalogRaster, ...]
    has_more: bool


def locked_to(options: LayerOptions, raster_ids: Sequence[int]) -> LayerOptions:
    """Return the options with some rasters locked, the first one on top; with none, in the service's own order."""
    if not raster_ids:
        return with_method(options, None)
    return replace(with_method(options, MosaicMethod.LOCK_RASTER), lock_raster_ids=tuple(raster_ids))


def rasters_at(
    source: LayerSource, service: ImageService, x: float, y: float, feedback: QgsFeedback | None = None
) -> RastersAtPoint:
    """Ask the catalog for the rasters at a point in the service's CRS, whichever of them the layer shows.

    The where clause of the layer applies, its lock does not.

    Raises:
        ImageServerLayerError: the catalog cannot be asked.
    """
    catalog = Catalog(ImageServiceClient(source.service_url, Transport(source.access, feedback)), service)
    half_x, half_y = (side / 2 for side in service.pixel_size)
    pixel = Extent(x - half_x, y - half_y, x + half_x, y + half_y)
    where = LayerOptions.from_json(source.options_json).where
    found = catalog.rasters(where, limit=MOST_AT_A_POINT, extent=pixel)
    field = date_field(service.mosaic)
    rasters = found.rasters
    if field is not None:
        dated = [raster for raster in rasters if raster.attributes.get(field.name) is not None]
        dated.sort(key=lambda raster: attribute_text(raster.attributes[field.name], field), reverse=True)
        rasters = (*dated, *(raster for raster in rasters if raster.attributes.get(field.name) is None))
    return RastersAtPoint(tuple(rasters), found.has_more)


def raster_in_words(raster: CatalogRaster, service: ImageService) -> str:
    """Return a raster's name, or else its id, and its date if it has one."""
    field = date_field(service.mosaic)
    date = "" if field is None else attribute_text(raster.attributes.get(field.name), field)
    name = raster.name.strip() or tr("Raster {id}").format(id=raster.id)
    return f"{name} ({date})" if date else name


def date_field(mosaic: Mosaic | None) -> Field | None:
    """Return the first field of dates in the catalog: mosaic datasets keep the date of acquisition in it."""
    return None if mosaic is None else next((field for field in mosaic.fields if field.is_date), None)


def plan_locked(request: LayerRequest, raster_ids: Sequence[int], feedback: QgsFeedback | None = None) -> LayerPlan:
    """Plan a layer with some rasters locked, and everything else as it is.

    Raises:
        OptionError: the where clause of the layer leaves some of them out: they would not be drawn.
        ImageServerLayerError: the layer cannot be made.
    """
    options = request.arguments.options
    locked = replace(request, arguments=Arguments(locked_to(options, raster_ids)))
    if options.where and raster_ids:
        connected = connect(request.address, request.access, feedback)
        catalog = connected.catalog(connected.client(feedback))
        if catalog is not None:
            count = catalog.count(f"({options.where}) AND ({catalog.where_ids(raster_ids)})")
            if count < len(set(raster_ids)):
                message = tr(
                    "The where clause “{where}” of the layer “{name}” leaves out {count} of the rasters to lock: "
                    "loosen it, or choose others."
                )
                left_out = len(set(raster_ids)) - count
                shown = message.format(where=shortened(options.where), name=request.name, count=left_out)
                raise OptionError("where", shown)
    return plan_layer(locked, feedback)
