"""From a request to everything a layer needs: all the network work, in one place that runs on any thread.

`plan_layer` talks to the service and changes nothing; `factory.build_layer` then makes the layer without a single
request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsFeedback

from ..backend.choice import PICTURE, Choice, choose
from ..backend.map_server import Picture, prepare_picture
from ..backend.values import Values, is_thematic, prepare_values
from ..options.check import Findings, Note, check, effective_bands
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..options.wording import shortened
from ..service.access import DEFAULT_TIMEOUT, Access
from ..service.address import PortalItem, ServiceAddress
from ..service.catalog import Catalog
from ..service.client import AttributeTableRow, ImageServiceClient, are_related, resolve_portal_item
from ..service.crs import crs_of
from ..service.description import ImageService
from ..service.errors import (
    AddressError,
    AuthenticationError,
    ImageServerLayerError,
    OptionError,
    ResponseError,
    ServerError,
)
from ..service.transport import Transport
from ..translation import tr
from .resolve import Arguments, find_rasters, lock_raster, resolve_options
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
    timeout: float = DEFAULT_TIMEOUT
    transform_context: QgsCoordinateTransformContext = field(default_factory=QgsCoordinateTransformContext)


@dataclass(frozen=True)
class LayerPlan:
    """All that is known about a layer before it is made.

    `content` is what the backend found out; `output` is the service's description after the processing template;
    `classes` is the attribute table of a thematic output. `notes` are odd but harmless things that the user should be
    told.
    """

    name: str
    choice: Choice
    crs: QgsCoordinateReferenceSystem
    service: ImageService
    output: ImageService
    options: LayerOptions
    content: Values | Picture
    classes: tuple[AttributeTableRow, ...] = ()
    notes: tuple[Note, ...] = ()


def plan_with_options(request: LayerRequest, options: LayerOptions, feedback: QgsFeedback | None = None) -> LayerPlan:
    """Plan a layer whose options are known already, in place of the arguments of the request.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    client, address = service_client(request, feedback)
    service = _described(client, address)
    catalog = _catalog(client, service)
    _check(options, service, catalog)
    find_rasters(options.lock_raster_ids, service, catalog)
    output = _described_output(client, service, options)
    options, band_notes = _with_bands(options, options.bands, service, output)
    plan = _plan_options(request, client, service, output, options)
    return replace(plan, notes=(*band_notes, *plan.notes))


def plan_layer(request: LayerRequest, feedback: QgsFeedback | None = None) -> LayerPlan:
    """Read the service, hold the request against it, and look at a few of its pixels.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    client, address = service_client(request, feedback)
    service = _described(client, address)
    catalog = _catalog(client, service)
    resolved, notes = resolve_options(request.arguments, service, catalog, request.transform_context)
    options, lock_notes = lock_raster(resolved, address.raster_id)
    _check(options, service, catalog)
    if options != resolved:
        find_rasters(options.lock_raster_ids, service, catalog)
    output = _described_output(client, service, options)
    options, band_notes = _with_bands(options, request.arguments.bands, service, output)
    plan = _plan_options(request, client, service, output, options)
    return replace(plan, notes=(*address_notes(address), *notes, *lock_notes, *band_notes, *plan.notes))


def _plan_options(
    request: LayerRequest,
    client: ImageServiceClient,
    service: ImageService,
    output: ImageService,
    options: LayerOptions,
) -> LayerPlan:
    """Choose the backend, and let it look at the pixels."""
    findings = _raise_first(check(options, service, output))
    choice = choose(request.provider, options, service, secured=bool(request.authcfg))
    crs = crs_of(service.spatial_reference)
    classes, class_notes = _classes(client, service, output, options)
    content: Values | Picture
    try:
        if choice.provider == PICTURE:
            content = prepare_picture(client, service, options, crs, request.authcfg, request.referer)
        else:
            metadata = source_metadata(service.url, options)
            content = prepare_values(
                client, service, output, options, crs, metadata, referer=request.referer, timeout=request.timeout
            )
    except AuthenticationError:
        raise
    except ServerError as error:
        raise _refusal(error, options) from error
    notes = [*findings.notes, *content.notes, *class_notes]
    if choice.note:
        notes.append(Note("provider", choice.note))
    return LayerPlan(
        request.name or service.name.rpartition("/")[2],
        choice,
        crs,
        service,
        output,
        options,
        content,
        classes,
        tuple(notes),
    )


def service_client(
    request: LayerRequest, feedback: QgsFeedback | None = None
) -> tuple[ImageServiceClient, ServiceAddress]:
    """Return the client for the service of a request, and its address, which a portal may have to be asked for.

    A token in the address is not used, as a layer cannot keep it.

    Raises:
        ImageServerLayerError: a portal item leads to no image service, or to one that the credentials are not for.
    """
    transport = Transport(Access(request.authcfg, request.referer, request.timeout), feedback)
    address = request.address
    if isinstance(address, PortalItem):
        item, address = address, resolve_portal_item(address, transport)
        if request.authcfg and not are_related(item.url, address.url):
            # Anyone can publish an item that leads to a server of his own.
            text = tr("The portal item leads to another server: give the address {url} itself, with its credentials.")
            raise AddressError(text.format(url=address.url))
    return ImageServiceClient(address.url, transport), address


def _raise_first(findings: Findings) -> Findings:
    if findings.errors:
        raise findings.errors[0]
    return findings


def _catalog(client: ImageServiceClient, service: ImageService) -> Catalog | None:
    has_catalog = service.mosaic is not None and service.mosaic.has_catalog
    return Catalog(client, service) if has_catalog else None


def _check(options: LayerOptions, service: ImageService, catalog: Catalog | None) -> None:
    """Find out what is wrong before anything is drawn; nodata must wait until it is known for how many bands it is."""
    _raise_first(check(replace(options, nodata=()), service))
    if catalog is not None and options.where:
        _check_where(catalog, options.where)


def _check_where(catalog: Catalog, where: str) -> None:
    """Ask the catalog what the clause picks: an empty map would look like missing data."""
    try:
        count = catalog.count(where)
    except AuthenticationError:
        raise
    except ServerError as error:
        raise _refused_where(error, where) from error
    if count == 0:
        raise OptionError(
            "where",
            tr("No raster of the service matches the where clause “{where}”; loosen it.").format(
                where=shortened(where)
            ),
        )


def _refused_where(error: ServerError, where: str) -> OptionError:
    text = tr("The server does not accept the where clause “{where}”: {words}")
    return OptionError("where", text.format(where=shortened(where), words=error.words or error.message), error.details)


def _refusal(error: ServerError, options: LayerOptions) -> ImageServerLayerError:
    """Return what to tell the user when the server refuses to draw: where one option stands out, it is named."""
    if options.where:
        return _refused_where(error, options.where)
    if options.processing_template:
        return _refused_template(error, options.processing_template)
    return error


def _refused_template(error: ServerError, template: str) -> OptionError:
    text = tr("The server does not accept the processing template “{template}”: {words}")
    return OptionError(
        "processing_template",
        text.format(template=shortened(template), words=error.words or error.message),
        error.details,
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
                "The service needs credentials, and a token in an address is not kept: store it as an authentication "
                "configuration in QGIS (Settings ▸ Options ▸ Authentication) and give that."
            ),
            error.details,
            error.code,
        ) from error


def address_notes(address: ServiceAddress) -> tuple[Note, ...]:
    """Return what the user should know of parts of an address that have no effect."""
    notes = []
    if address.token:
        notes.append(tr("The token in the address was taken off; the service answers without it."))
    if address.ignored:
        notes.append(tr("This part of the address is not used: {part}").format(part=address.ignored))
    return tuple(Note("address", text) for text in notes)


def _described_output(client: ImageServiceClient, service: ImageService, options: LayerOptions) -> ImageService:
    """Return the service's description after the processing template, which is its own where none is applied."""
    rule = rule_in_force(rendering_rule(options, service), service)
    if rule is None:
        return service
    try:
        return client.describe(rule)
    except AuthenticationError:
        raise
    except ServerError as error:
        raise _refused_template(error, options.processing_template or service.default_function) from error


def _with_bands(
    options: LayerOptions, wanted: Sequence[int | str] | None, service: ImageService, output: ImageService
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Number the bands that were asked for, in what comes out of the template."""
    bands, note = effective_bands(wanted, service, output)
    return replace(options, bands=bands), () if note is None else (note,)


def _classes(
    client: ImageServiceClient, service: ImageService, output: ImageService, options: LayerOptions
) -> tuple[tuple[AttributeTableRow, ...], tuple[Note, ...]]:
    """Return the classes of a thematic output; the layer is as true without them, so a failure is only a note."""
    if not is_thematic(output) or len(output.bands) != 1:
        return (), ()
    rule = rendering_rule(options, service)
    try:
        rows = client.attribute_table(rule) if output.has_attribute_table else ()
        return rows or (client.colormap(rule) if output.has_colormap else ()), ()
    except (ServerError, ResponseError) as error:
        return (), (
            Note(
                "classes",
                tr("The names and colors of the classes could not be read: {reason}").format(reason=error.message),
            ),
        )
