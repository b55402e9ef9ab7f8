"""From a request to everything a layer needs: all the network work, in one place that runs on any thread.

`plan_layer` reads the service (`connect`), holds the request against it (`settle`), looks at a few pixels, and changes
nothing. `factory.build_layer` then makes the layer without a single request.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qgis.core import QgsCoordinateReferenceSystem, QgsFeedback

from ..backend.export_image import is_thematic
from ..backend.prepare import Prepared
from ..backend.source import Kind
from ..documents.document import Look
from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.sentences import shortened
from ..service.address import ServiceAddress
from ..service.anticipation import AnticipatingTransport
from ..service.attribute_table import AttributeTableRow
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
from ..service.kept_answers import KEPT_ANSWERS
from ..translation import tr
from .anticipate import expect_first, expect_rest
from .classes import read_classes
from .connect import ConnectedService, connect, refused_template
from .dates import dates_to_show
from .kind import Choice, choose
from .naming import proposed_name
from .prepare import prepare
from .request import LayerRequest
from .settle import Settled, settle, settle_with

# HTTP statuses of a request that is too long. Their error already names what can be shortened.
_TOO_LONG = (413, 414)


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


def plan_layer(
    request: LayerRequest, feedback: QgsFeedback | None = None, described: ConnectedService | None = None
) -> LayerPlan:
    """Read the service, hold the request against it, and look at a few of its pixels.

    `described` is the service at the request's address, with what comes out of the request's processing template,
    if both have been read before: neither is asked for again then.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    try:
        return _plan(request, feedback, described)
    except CanceledError:
        raise
    except ImageServerLayerError:
        if isinstance(request.address, ServiceAddress):
            # The service may have changed since it was described.
            KEPT_ANSWERS.forget(request.address.url)
        raise


def plan_settled(request: LayerRequest, settled: Settled, feedback: QgsFeedback | None = None) -> LayerPlan:
    """Return the plan for a request that has been settled, after a look at a few pixels.

    Raises:
        ImageServerLayerError: the layer cannot be made; the text says why and what to do.
    """
    return _plan_settled(request, settled, settled.connected.client(feedback))


def _plan(request: LayerRequest, feedback: QgsFeedback | None, described: ConnectedService | None) -> LayerPlan:
    if described is not None:
        return plan_settled(request, settle(request, feedback, described), feedback)
    with AnticipatingTransport(request.access, feedback) as transport:
        expect_first(transport, request)
        connected = connect(request.address, request.access, feedback, transport)
        if connected.access != request.access:
            return plan_settled(request, settle_with(request, connected, connected.client(feedback)), feedback)
        client = connected.client_by(transport)
        expect_rest(transport, request, connected)
        return _plan_settled(request, settle_with(request, connected, client), client)


def _plan_settled(request: LayerRequest, settled: Settled, client: ImageServiceClient) -> LayerPlan:
    plan = _look_at_pixels(request, settled, client)
    return replace(plan, notes=(*settled.notes, *plan.notes))


def _look_at_pixels(request: LayerRequest, settled: Settled, client: ImageServiceClient) -> LayerPlan:
    """Choose the kind of layer, and check with a few pixels that the server draws it as it says."""
    options = settled.options
    connected = settled.connected.with_variable_statistics(options, client).of_variable(options)
    service, output = connected.service, connected.output
    is_secured = bool(request.access.authcfg)
    choice = choose(request.kind, request.provider, options, service, secured=is_secured)
    classes, class_notes = read_classes(client, output, options, service)
    if classes and not is_thematic(output):
        # Only the table says so, but the values are codes all the same.
        output = replace(output, has_attribute_table=True)
        connected = replace(connected, output=output)
    dates, date_notes = dates_to_show(client, service, options)

    try:
        prepared = prepare(connected, options, choice, client, classes, dates)
    except NotValuesError as error:
        if request.kind is Kind.VALUES or (options.cell_size or options.snap_origin) is not None:
            raise
        choice = choose(Kind.PICTURE, request.provider, options, service, secured=is_secured)
        choice = replace(choice, reason=error.message)
        prepared = prepare(connected, options, choice, client, classes, dates)
        class_notes = (*class_notes, Note("kind", error.message))
    except AuthenticationError:
        raise
    except ServerError as error:
        raise _refusal(settled.doubts.where or error, options) from error
    choice = replace(choice, of_tiles=prepared.source.tiles is not None)
    notes = [*prepared.notes, *class_notes, *date_notes]
    if choice.note:
        notes.append(Note("kind", choice.note))
    name = request.name or proposed_name(service, options, output)
    return LayerPlan(
        name, choice, crs_of(service.spatial_reference), connected, options, prepared, classes, tuple(notes)
    )


def _refusal(error: ServerError, options: LayerOptions) -> ImageServerLayerError:
    """Return what to tell the user when the server refuses to draw: the likely culprit among the options is named."""
    if not error.is_about_the_request or error.code in _TOO_LONG:
        return error
    if options.where:
        text = tr("The server does not accept the where clause “{where}”: {words}")
        message = text.format(where=shortened(options.where), words=error.words or error.message)
        return OptionError("where", message, error.details)
    if options.processing_template:
        return refused_template(error, options.processing_template)
    return error
