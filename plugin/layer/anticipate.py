"""Sends the requests of planning ahead of their turn, so that planning takes two round trips instead of one per step.

The first round trip brings the description of the service, that of the processing template's output, the rasters with
the names that are to be locked, and variables or slices if any are asked for. With these, each later step of `settle`
and `plan` can be run up to its first request, which then goes out with those of the others; see
`AnticipatingTransport`. The steps themselves run in their order all the same, each with its own errors.
"""

from __future__ import annotations

from dataclasses import replace

from ..backend.prepare_tiles import look_at_tiles
from ..options.check import check
from ..service.address import ServiceAddress
from ..service.anticipation import AnticipatingTransport
from ..service.catalog import Catalog
from ..service.client import ImageServiceClient
from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from ..service.image_service import Field, ImageService, Mosaic, SpatialReference
from .classes import read_classes
from .connect import ConnectedService
from .dates import dates_to_show
from .kind import choose
from .locked_rasters import ids_and_names, lock_raster
from .prepare import prepare
from .request import LayerRequest
from .resolve import Arguments, number_bands, resolve
from .settle import count_matches
from .slice_by_id import with_slice

# What mosaics nearly always call their fields of ids and names, as mosaic datasets do. Where one calls them otherwise,
# the rasters are asked for once more when that is known.
_USUAL_FIELDS = (Field("OBJECTID", "", "esriFieldTypeOID"), Field("Name", "", "esriFieldTypeString"))


def expect_first(transport: AnticipatingTransport, request: LayerRequest) -> None:
    """Have all requested together with the description of the service that can be asked for without knowing that."""
    if not isinstance(request.address, ServiceAddress):
        return
    client, arguments = ImageServiceClient(request.address.url, transport), request.arguments
    options = arguments.options
    template = options.processing_template
    if template and not template.is_raw:
        rule = template.function or {"rasterFunction": template.name}
        transport.expect(lambda: client.describe(rule))
    ids, names = ids_and_names(arguments.lock_rasters or ())
    if names:
        catalog = _presumed_catalog(request.address.url, client)
        transport.expect(lambda: catalog.ids_named(names), lambda: catalog.existing_ids(ids))
    if options.variable or options.dimensions or arguments.slice_id is not None:
        transport.expect(client.variables)
    if arguments.slice_id is not None:
        transport.expect(lambda: client.slices(options.variable))


def expect_rest(transport: AnticipatingTransport, request: LayerRequest, connected: ConnectedService) -> None:
    """Have all requests sent at once that the steps after `connect` will make and that need no answer of one another.

    Waits for what `expect_first` has asked for, as far as they are about it.
    """
    client, service, arguments = connected.client_by(transport), connected.service, request.arguments
    catalog = connected.catalog(client)
    has_names = bool(ids_and_names(arguments.lock_rasters or ())[1])
    try:
        # The variable of the layer is in the answer about its slice.
        arguments, _ = with_slice(arguments, service, client)
    except ImageServerLayerError:
        # The step will fail again in its turn.
        return
    transport.expect(
        lambda: resolve(arguments, service, catalog, request.transform_context),
        lambda: count_matches(arguments.options, catalog),
    )
    output = service
    try:
        if arguments.options.processing_template:
            # The answer came with the first round trip, or there is nothing to ask.
            output = connected.with_output(arguments.options, client).output
        else:
            transport.expect(lambda: connected.with_output(arguments.options, client))
        options, _ = resolve(arguments, service, catalog if has_names else None, request.transform_context)
        options, _ = lock_raster(options, connected.address.raster_id)
        options, _ = number_bands(arguments, options, service, output)
        check(options, service, output).raise_first()
        choice = choose(request.kind, request.provider, options, service, secured=bool(request.access.authcfg))
    except ImageServerLayerError:
        return
    told = replace(connected, output=output).of_variable(options)
    transport.expect(
        lambda: connected.with_variable_statistics(options, client),
        # Rasters that were found by their names are there.
        lambda: None if has_names else resolve(Arguments(options), service, catalog, request.transform_context),
        lambda: read_classes(client, told.output, options, told.service),
        lambda: dates_to_show(client, told.service, options),
        lambda: prepare(told, options, choice, client),
        lambda: look_at_tiles(client, told.service, options) if choice.of_tiles else None,
    )


def _presumed_catalog(url: str, client: ImageServiceClient) -> Catalog:
    """Return the catalog of a service that is not known yet, if it is as usual."""
    mosaic = Mosaic(object_id_field=_USUAL_FIELDS[0].name, fields=_USUAL_FIELDS)
    nowhere = Extent(0.0, 0.0, 1.0, 1.0)
    service = ImageService(url, "", 0.0, (), "", SpatialReference(), nowhere, (1.0, 1.0), mosaic=mosaic)
    return Catalog(client, service)
