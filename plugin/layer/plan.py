"""From a request to everything a layer needs: all the network work, in one place that runs on any thread.

`plan_layer` talks to the service and changes nothing; `factory.build_layer` then makes the layer without a single request.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsFeedback

from ..backends.choice import Choice, choose
from ..backends.values import Values, is_thematic, prepare_values
from ..options.arcgis_arguments import resolve_bands
from ..options.check import Note, check, effective_bands
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..service.address import PortalItem, ServiceAddress
from ..service.catalog import Catalog
from ..service.client import AttributeTableRow, ImageServiceClient, resolve_portal_item
from ..service.crs import crs_of
from ..service.description import ImageService
from ..service.errors import AuthenticationError, ImageServerLayerError, OptionError, ResponseError, ServerError
from ..service.transport import Transport
from ..translation import tr
from .resolve import Arguments, lock_raster, resolve_options
from .source import source_metadata


@dataclass(frozen=True)
class LayerRequest:
    """What is wanted, free of anything that belongs to the main thread. `timeout` is in seconds for each request."""

    address: ServiceAddress | PortalItem
    arguments: Arguments = field(default_factory=Arguments)
    name: str = ""
    provider: str | None = None
    authcfg: str = ""
    referer: str = ""
    timeout: float = 30.0
    transform_context: QgsCoordinateTransformContext = field(default_factory=QgsCoordinateTransformContext)


@dataclass(frozen=True)
class LayerPlan:
    """All that is known about a layer before it is made.

    `output` is the service's description after the processing template, `values` what the values backend found out, and `classes` the
    attribute table of a thematic output. `notes` are odd but harmless things that the user should be told.
    """

    name: str
    choice: Choice
    source: str
    crs: QgsCoordinateReferenceSystem
    service: ImageService
    output: ImageService
    options: LayerOptions
    values: Values
    classes: tuple[AttributeTableRow, ...] = ()
    notes: tuple[Note, ...] = ()


def plan_layer(request: LayerRequest, feedback: QgsFeedback | None = None) -> LayerPlan:
    """Read the service, hold the request against it, and look at a few of its pixels.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    transport = Transport(authcfg=request.authcfg, referer=request.referer, timeout=request.timeout, feedback=feedback)
    address = request.address
    if isinstance(address, PortalItem):
        address = resolve_portal_item(address, transport)
    client = ImageServiceClient(address.url, transport)
    service = _described(client, address)
    catalog = Catalog(client, service) if service.mosaic is not None and service.mosaic.has_catalog else None
    options, notes = resolve_options(request.arguments, service, catalog, request.transform_context)
    options, lock_notes = lock_raster(options, address.raster_id)
    findings = check(options, service)
    if findings.errors:
        raise findings.errors[0]
    output = _described_output(client, service, options)
    options, band_notes = _with_bands(options, request.arguments, service, output)
    findings = check(options, service, output)
    if findings.errors:
        raise findings.errors[0]
    choice = choose(request.provider, options, service, secured=bool(request.authcfg))
    crs = crs_of(service.spatial_reference)
    metadata = source_metadata(service.url, options)
    values = prepare_values(client, service, output, options, crs, metadata)
    classes, class_notes = _classes(client, service, output, options)
    choice_notes = (Note("provider", choice.note),) if choice.note else ()
    return LayerPlan(
        name=request.name or service.name,
        choice=choice,
        source=values.source,
        crs=crs,
        service=service,
        output=output,
        options=options,
        values=values,
        classes=classes,
        notes=(
            *_address_notes(address), *notes, *lock_notes, *findings.notes, *band_notes, *choice_notes, *values.notes, *class_notes,
        ),
    )


def _described(client: ImageServiceClient, address: ServiceAddress) -> ImageService:
    """Read the root document. A token in the address is not used: it would have to be written into the layer."""
    try:
        return client.describe()
    except AuthenticationError as error:
        if not address.token:
            raise
        raise AuthenticationError(
            tr(
                "The service needs credentials, and a token in an address is not kept: store it as an authentication configuration "
                "in QGIS (Settings ▸ Options ▸ Authentication) and give that."
            ),
            error.details,
            error.code,
        ) from error


def _address_notes(address: ServiceAddress) -> tuple[Note, ...]:
    notes = []
    if address.token:
        notes.append(tr("The token in the address was taken off; the service answers without it."))
    if address.ignored:
        notes.append(tr("This part of the address is not used: {part}").format(part=address.ignored))
    return tuple(Note("address", text) for text in notes)


def _described_output(client: ImageServiceClient, service: ImageService, options: LayerOptions) -> ImageService:
    """Return what comes out of the processing template: the service asks itself, or is its own answer where nothing is applied."""
    rule = rule_in_force(rendering_rule(options, service), service)
    if rule is None:
        return service
    try:
        return client.describe(rule)
    except (AuthenticationError, ResponseError):
        raise
    except ServerError as error:
        text = tr("The server refuses the processing template “{template}”: {words}")
        template = options.processing_template or service.default_function
        raise OptionError("processing_template", text.format(template=template, words=error.message), error.details) from error


def _with_bands(
    options: LayerOptions, arguments: Arguments, service: ImageService, output: ImageService
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Number the bands that were asked for, in what comes out of the template."""
    if arguments.bands is None:
        return options, ()
    bands, note = effective_bands(arguments.bands, service, output)
    return replace(options, bands=bands), () if note is None else (note,)


def _classes(
    client: ImageServiceClient, service: ImageService, output: ImageService, options: LayerOptions
) -> tuple[tuple[AttributeTableRow, ...], tuple[Note, ...]]:
    """Return the classes of a thematic output. The layer is as true without their names, so a failure is only a note."""
    if not is_thematic(output) or len(output.bands) != 1:
        return (), ()
    rule = rendering_rule(options, service)
    try:
        rows = client.attribute_table(rule) if output.has_attribute_table else ()
        return rows or (client.colormap(rule) if output.has_colormap else ()), ()
    except (ServerError, ResponseError) as error:
        return (), (Note("classes", tr("The names and colours of the classes could not be read: {reason}").format(reason=error.message)),)
