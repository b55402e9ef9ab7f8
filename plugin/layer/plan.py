"""From a request to everything a layer needs: all the network work, in one place that runs on any thread.

`plan_layer` talks to the service and changes nothing; `factory.build_layer` then makes the layer without a single
request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsFeedback

from ..backend.export_image import is_thematic
from ..backend.prepare import Prepared, prepare_source
from ..backend.prepare_tiles import look_at_tiles, prepare_tiles, with_tiles
from ..backend.source import Kind
from ..documents.document import Look
from ..options.check import Findings, Note, check
from ..options.layer_options import LayerOptions
from ..options.sentences import shortened
from ..options.time_range import TimeRange
from ..service.access import Access
from ..service.address import PortalItem, ServiceAddress
from ..service.anticipation import AnticipatingTransport
from ..service.attribute_table import AttributeTableRow
from ..service.catalog import Catalog
from ..service.client import ImageServiceClient
from ..service.crs import crs_of
from ..service.errors import (
    AuthenticationError,
    CanceledError,
    ImageServerLayerError,
    NotValuesError,
    OptionError,
    ServerError,
)
from ..service.image_service import ImageService
from ..service.json_values import flag
from ..service.kept_answers import KEPT_ANSWERS
from ..translation import tr
from .classes import read_classes
from .connect import ConnectedService, connect, refused_template
from .dates import dates_to_show
from .kind import Choice, Provider, choose
from .locked_rasters import lock_raster
from .naming import proposed_name
from .resolve import Arguments, number_bands, resolve
from .slice_by_id import with_slice

# HTTP's ways to say that a request holds too much; the error's own sentence names what can be shortened.
_TOO_LONG = (413, 414)


@dataclass(frozen=True)
class LayerRequest:
    """What is wanted, free of anything that belongs to the main thread. `kind` and `provider` are None for the best."""

    address: ServiceAddress | PortalItem
    access: Access = field(default_factory=Access)
    arguments: Arguments = field(default_factory=Arguments)
    name: str = ""
    kind: Kind | None = None
    provider: Provider | None = None
    transform_context: QgsCoordinateTransformContext = field(default_factory=QgsCoordinateTransformContext)


@dataclass(frozen=True)
class LayerPlan:
    """All that is known about a layer before it is made.

    Attributes:
        name: what the layer is to be called, as it was asked for or as the options propose.
        choice: values or picture, live or through GDAL, and why.
        crs: that of the service, which is the layer's.
        connected: the service, and what comes out of the processing template.
        options: what was asked for, in plain values.
        prepared: the source of the layer, and a first look at its pixels.
        classes: the attribute table of a thematic output.
        notes: odd but harmless things that the user should be told.
        look: how QGIS draws the layer.
    """

    name: str
    choice: Choice
    crs: QgsCoordinateReferenceSystem
    connected: ConnectedService
    options: LayerOptions
    prepared: Prepared
    classes: tuple[AttributeTableRow, ...] = ()
    notes: tuple[Note, ...] = ()
    look: Look = field(default_factory=Look)

    @property
    def service(self) -> ImageService:
        """What the service says of itself."""
        return self.connected.service

    @property
    def output(self) -> ImageService:
        """What comes out of the processing template."""
        return self.connected.output


@dataclass(frozen=True)
class Doubts:
    """What could not be asked beforehand: the drawing has to show whether it was right."""

    where: ServerError | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Settled:
    """A request held against its service, before anything is drawn.

    Attributes:
        connected: the service, and what comes out of the processing template.
        options: what was asked for, in plain values that the service can take.
        notes: odd but harmless things that the user should be told.
        doubts: what could not be asked beforehand.
        transform_context: that of the request.
    """

    connected: ConnectedService
    options: LayerOptions
    notes: tuple[Note, ...]
    doubts: Doubts
    transform_context: QgsCoordinateTransformContext


def plan_layer(
    request: LayerRequest, feedback: QgsFeedback | None = None, described: ConnectedService | None = None
) -> LayerPlan:
    """Read the service, hold the request against it, and look at a few of its pixels.

    `described` is the service at the request's address, with what comes out of the request's processing template,
    where both have been read before: neither is asked for again then.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    try:
        return _plan(request, feedback, described)
    except CanceledError:
        raise
    except ImageServerLayerError:
        if isinstance(request.address, ServiceAddress):
            # It may not be any more what it has said it is.
            KEPT_ANSWERS.forget(request.address.url)
        raise


def _plan(request: LayerRequest, feedback: QgsFeedback | None, described: ConnectedService | None) -> LayerPlan:
    if described is not None:
        return plan_settled(request, settle(request, feedback, described), feedback)
    with AnticipatingTransport(request.access, feedback) as transport:
        _expect_output(transport, request)
        connected = connect(request.address, request.access, feedback, transport)
        if connected.access != request.access:
            return plan_settled(request, _settle(request, connected, connected.client(feedback)), feedback)
        client = connected.client_by(transport)
        _expect_rest(transport, request, connected)
        return _plan_settled(request, _settle(request, connected, client), client)


def settle(
    request: LayerRequest, feedback: QgsFeedback | None = None, described: ConnectedService | None = None
) -> Settled:
    """Read the service and hold the request against it; what asks for other things than pixels needs no more.

    `described` is as in `plan_layer`.

    Raises:
        ImageServerLayerError: the request does not fit the service, or that cannot be asked.
    """
    if described is not None:
        return _settle(request, described, described.client(feedback), is_described=True)
    connected = connect(request.address, request.access, feedback)
    return _settle(request, connected, connected.client(feedback))


def _settle(
    request: LayerRequest, connected: ConnectedService, client: ImageServiceClient, *, is_described: bool = False
) -> Settled:
    service, catalog = connected.service, connected.catalog(client)
    arguments, slice_notes = with_slice(request.arguments, service, client)
    options, notes = resolve(arguments, service, catalog, request.transform_context)
    options, lock_notes = _with_named_raster(options, connected, catalog)
    # Nodata must wait until it is known for how many bands it is.
    _raise_first(check(replace(options, nodata=()), service))
    doubts = _count_matches(options, catalog)
    if not is_described:
        connected = connected.with_output(options, client)
    connected = connected.of_variable(options)
    options, band_notes = number_bands(request.arguments, options, service, connected.output)
    findings = _raise_first(check(options, service, connected.output))
    told = (*connected.notes, *_slice_of_tiles(service), *slice_notes)
    said = (*told, *notes, *lock_notes, *band_notes, *doubts.notes, *findings.notes)
    return Settled(connected, options, said, doubts, request.transform_context)


def plan_settled(request: LayerRequest, settled: Settled, feedback: QgsFeedback | None = None) -> LayerPlan:
    """Return the plan for a request that has been settled, after a look at a few pixels.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    return _plan_settled(request, settled, settled.connected.client(feedback))


def _plan_settled(request: LayerRequest, settled: Settled, client: ImageServiceClient) -> LayerPlan:
    plan = _look(request, settled.connected, settled.options, settled.doubts, client)
    return replace(plan, notes=(*settled.notes, *plan.notes))


def _expect_output(transport: AnticipatingTransport, request: LayerRequest) -> None:
    """Have it sent with the first request what it asks for that comes out of the processing template."""
    template = request.arguments.options.processing_template
    if isinstance(request.address, ServiceAddress) and template and not template.is_raw:
        rule = template.function or {"rasterFunction": template.name}
        client = ImageServiceClient(request.address.url, transport)
        transport.expect(client.describe, lambda: client.describe(rule))


def _expect_rest(transport: AnticipatingTransport, request: LayerRequest, connected: ConnectedService) -> None:
    """Have it sent at once what the steps from here on ask for, as far as one does not need the answer to another.

    Names of rasters are such an answer, and what comes out of a template that the request does not name.
    """
    client, service, arguments = connected.client_by(transport), connected.service, request.arguments
    catalog = connected.catalog(client)
    if arguments.slice_id is not None:
        # What the layer is of is such an answer, too.
        return
    transport.expect(
        lambda: resolve(arguments, service, catalog, request.transform_context),
        lambda: _count_matches(arguments.options, catalog),
    )
    output = service
    try:
        if arguments.options.processing_template:
            # It is on its way since the first round trip, or nothing is asked for.
            output = connected.with_output(arguments.options, client).output
        else:
            transport.expect(lambda: connected.with_output(arguments.options, client))
        options, _ = resolve(arguments, service, None, request.transform_context)
        options, _ = lock_raster(options, connected.address.raster_id)
        options, _ = number_bands(arguments, options, service, output)
        _raise_first(check(options, service, output))
        choice = choose(request.kind, request.provider, options, service, secured=bool(request.access.authcfg))
    except ImageServerLayerError:
        # The step that it belongs to will say so.
        return
    told = replace(connected, output=output).of_variable(options)
    transport.expect(
        lambda: connected.with_variable_statistics(options, client),
        lambda: resolve(Arguments(options), service, catalog, request.transform_context),
        lambda: read_classes(client, told.output, options, told.service),
        lambda: dates_to_show(client, told.service, options),
        lambda: _prepare(told, options, choice, client),
        lambda: look_at_tiles(client, told.service, options) if choice.of_tiles else None,
    )


def _look(
    request: LayerRequest,
    connected: ConnectedService,
    options: LayerOptions,
    doubts: Doubts,
    client: ImageServiceClient,
) -> LayerPlan:
    """Choose the kind, and look at the pixels."""
    connected = connected.with_variable_statistics(options, client).of_variable(options)
    service, output = connected.service, connected.output
    is_secured = bool(request.access.authcfg)
    choice = choose(request.kind, request.provider, options, service, secured=is_secured)
    classes, class_notes = read_classes(client, output, options, service)
    if classes and not is_thematic(output):
        # Known of the table alone, but they are codes all the same.
        output = replace(output, has_attribute_table=True)
        connected = replace(connected, output=output)
    dates, date_notes = dates_to_show(client, service, options)

    try:
        prepared = _prepare(connected, options, choice, client, classes, dates)
    except NotValuesError as error:
        if request.kind is Kind.VALUES or (options.cell_size or options.snap_origin) is not None:
            raise
        choice = choose(Kind.PICTURE, request.provider, options, service, secured=is_secured)
        choice = replace(choice, reason=error.message)
        prepared = _prepare(connected, options, choice, client, classes, dates)
        class_notes = (*class_notes, Note("kind", error.message))
    except AuthenticationError:
        raise
    except ServerError as error:
        raise _refusal(doubts.where or error, options) from error
    choice = replace(choice, of_tiles=prepared.source.tiles is not None)
    notes = [*prepared.notes, *class_notes, *date_notes]
    if choice.note:
        notes.append(Note("kind", choice.note))
    name = request.name or proposed_name(service, options, output)
    return LayerPlan(
        name, choice, crs_of(service.spatial_reference), connected, options, prepared, classes, tuple(notes)
    )


def _prepare(
    connected: ConnectedService,
    options: LayerOptions,
    choice: Choice,
    client: ImageServiceClient,
    classes: Sequence[AttributeTableRow] = (),
    dates: Sequence[TimeRange] = (),
) -> Prepared:
    service, crs = connected.service, crs_of(connected.service.spatial_reference)
    if service.tiles_only and service.tiles is not None:
        return prepare_tiles(client, service, service.tiles, options, choice.kind, crs, connected.access)
    output, kind, access = connected.output, choice.kind, connected.access
    prepared = prepare_source(client, service, output, options, kind, crs, access, classes, dates)
    return with_tiles(client, service, options, prepared) if choice.of_tiles else prepared


def _with_named_raster(
    options: LayerOptions, connected: ConnectedService, catalog: Catalog | None
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Lock the raster that the address itself names (`…/ImageServer/12`)."""
    locked, notes = lock_raster(options, connected.address.raster_id)
    if locked == options:
        return options, notes
    arguments = Arguments(locked)
    found, found_notes = resolve(arguments, connected.service, catalog, QgsCoordinateTransformContext())
    return found, (*notes, *found_notes)


def _slice_of_tiles(service: ImageService) -> tuple[Note, ...]:
    """Say that ready-made tiles are of a slice that cannot be chosen, where a service has several."""
    if not service.tiles_only or not flag(service.raw.get("hasMultidimensions")):
        return ()
    text = tr("The service has several slices, and its tiles show the one that it chooses by itself.")
    return (Note("variable", text),)


def _raise_first(findings: Findings) -> Findings:
    if findings.errors:
        raise findings.errors[0]
    return findings


def _count_matches(options: LayerOptions, catalog: Catalog | None) -> Doubts:
    """Ask the catalog what where clause and time pick: an empty map would look like missing data.

    A catalog that does not answer stops nothing, since a service may draw what it does not let be counted.
    """
    time = "" if options.time is None else options.time.parameter()
    if not (options.where or time) or catalog is None:
        return Doubts()
    try:
        count = catalog.count(options.where, time=time)
    except CanceledError:
        raise
    except ImageServerLayerError as error:
        if not options.where:
            text = tr("Whether there is anything of that time could not be checked: {reason}")
            return Doubts(notes=(Note("time", text.format(reason=error.message)),))
        text = tr("Whether the where clause matches could not be checked: {reason}")
        refused = error if isinstance(error, ServerError) and error.is_about_the_request else None
        return Doubts(refused, (Note("where", text.format(reason=error.message)),))
    if count == 0 and time:
        text = tr("No raster of the service is of {time}; choose another time.")
        if options.where:
            text = tr("No raster of the service is of {time} and matches the where clause; loosen one of them.")
        raise OptionError("time", text.format(time=options.time))
    if count == 0:
        text = tr("No raster of the service matches the where clause “{where}”; loosen it.")
        raise OptionError("where", text.format(where=shortened(options.where)))
    return Doubts()


def _refusal(error: ServerError, options: LayerOptions) -> ImageServerLayerError:
    """Return what to tell the user when the server refuses to draw: where one option stands out, it is named."""
    if not error.is_about_the_request:
        return error
    if error.code in _TOO_LONG:
        return error
    if options.where:
        text = tr("The server does not accept the where clause “{where}”: {words}")
        message = text.format(where=shortened(options.where), words=error.words or error.message)
        return OptionError("where", message, error.details)
    if options.processing_template:
        return refused_template(error, options.processing_template)
    return error
