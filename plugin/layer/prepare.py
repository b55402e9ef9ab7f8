"""From checked options to the source of a layer: of images, of ready-made tiles, or of both."""

from __future__ import annotations

from collections.abc import Sequence

from ..backend.prepare import Prepared, prepare_source
from ..backend.prepare_tiles import prepare_tiles, with_tiles
from ..options.layer_options import LayerOptions
from ..options.time_range import TimeRange
from ..service.attribute_table import AttributeTableRow
from ..service.client import ImageServiceClient
from ..service.crs import crs_of
from .connect import ConnectedService
from .kind import Choice


def prepare(
    connected: ConnectedService,
    options: LayerOptions,
    choice: Choice,
    client: ImageServiceClient,
    classes: Sequence[AttributeTableRow] = (),
    dates: Sequence[TimeRange] = (),
) -> Prepared:
    """Return the source of a layer, after a look at a few pixels.

    Raises:
        NotValuesError: values were asked for, but the service sends pictures.
        ImageServerLayerError: the service does not draw it.
    """
    service, crs = connected.service, crs_of(connected.service.spatial_reference)
    if service.tiles_only and service.tiles is not None:
        return prepare_tiles(client, service, service.tiles, options, choice.kind, crs, connected.access)
    output, kind, access = connected.output, choice.kind, connected.access
    prepared = prepare_source(client, service, output, options, kind, crs, access, classes, dates)
    return with_tiles(client, service, options, prepared) if choice.of_tiles else prepared
