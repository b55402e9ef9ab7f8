"""Sends the requests of planning ahead of their turn, so that planning takes two round trips instead of one per step.

The first round trip brings the description of the service, and that of the processing template's output. With these,
each later step of `settle` and `plan` can be run up to its first request, which then goes out with those of the others;
see `AnticipatingTransport`. The steps themselves run in their order all the same, each with its own errors.
"""

from __future__ import annotations

from dataclasses import replace

from ..backend.prepare_tiles import look_at_tiles
from ..options.check import check
from ..service.address import ServiceAddress
from ..service.anticipation import AnticipatingTransport
from ..service.client import ImageServiceClient
from ..service.errors import ImageServerLayerError
from .classes import read_classes
from .connect import ConnectedService
from .dates import dates_to_show
from .kind import choose
from .locked_rasters import lock_raster
from .prepare import prepare
from .request import LayerRequest
from .resolve import Arguments, number_bands, resolve
from .settle import count_matches


def expect_output(transport: AnticipatingTransport, request: LayerRequest) -> None:
    """Have the description of the processing template's output requested together with that of the service."""
    template = request.arguments.options.processing_template
    if isinstance(request.address, ServiceAddress) and template and not template.is_raw:
        rule = template.function or {"rasterFunction": template.name}
        client = ImageServiceClient(request.address.url, transport)
        transport.expect(client.describe, lambda: client.describe(rule))


def expect_rest(transport: AnticipatingTransport, request: LayerRequest, connected: ConnectedService) -> None:
    """Have all requests sent at once that the steps after `connect` will make and that need no answer of one another.

    Names of rasters need one, as does the output of a template that the request does not name: they go out later.
    """
    client, service, arguments = connected.client_by(transport), connected.service, request.arguments
    catalog = connected.catalog(client)
    if arguments.slice_id is not None:
        # The variable of the layer is in the answer about its slice.
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
        options, _ = resolve(arguments, service, None, request.transform_context)
        options, _ = lock_raster(options, connected.address.raster_id)
        options, _ = number_bands(arguments, options, service, output)
        check(options, service, output).raise_first()
        choice = choose(request.kind, request.provider, options, service, secured=bool(request.access.authcfg))
    except ImageServerLayerError:
        # The step will fail again in its turn.
        return
    told = replace(connected, output=output).of_variable(options)
    transport.expect(
        lambda: connected.with_variable_statistics(options, client),
        lambda: resolve(Arguments(options), service, catalog, request.transform_context),
        lambda: read_classes(client, told.output, options, told.service),
        lambda: dates_to_show(client, told.service, options),
        lambda: prepare(told, options, choice, client),
        lambda: look_at_tiles(client, told.service, options) if choice.of_tiles else None,
    )
