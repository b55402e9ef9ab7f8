"""From a document of ArcGIS to plans of layers: each image service in it is asked as if its address had been typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeedback,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsReferencedPointXY,
)

from ..documents.document import Document, DocumentLayer, MapClip
from ..documents.reader import document_of
from ..options.check import MOSAIC_OPTIONS
from ..options.layer_options import LayerOptions
from ..options.processing_template import ProcessingTemplate
from ..options.wording import option_label
from ..service.access import Access
from ..service.address import Connection, PortalItem
from ..service.crs import crs_of
from ..service.errors import CanceledError, ImageServerLayerError
from ..service.image_service import ImageService
from ..service.json_values import text
from ..service.portal_item import WEB_MAPS, are_related, portal_item, portal_item_data
from ..service.transport import Transport
from ..translation import tr
from .clip import ReferencedShapes
from .connect import connect
from .options_file import SavedOptions
from .plan import LayerPlan, plan_layer
from .request import LayerRequest
from .resolve import Arguments, resolve

AccessOf = Callable[[str], Access]
"""Returns how the server of a URL is asked."""


@dataclass(frozen=True)
class PlannedLayer:
    """A layer of a document, and the plan for it."""

    layer: DocumentLayer
    plan: LayerPlan


@dataclass(frozen=True)
class PlannedDocument:
    """What became of a document: layers that can be made, the topmost first, and sentences about what is left out.

    `failed` is the number of image services that cannot be added.
    """

    title: str
    layers: tuple[PlannedLayer, ...]
    report: tuple[str, ...]
    failed: int = 0


def known_access(connections: Mapping[str, Connection], timeout: float | None = None) -> AccessOf:
    """Return a function that tells how to ask a server: as the saved connections say.

    A document may come from a stranger and name any server. So credentials only go to servers for which the user has
    saved them, compared by scheme, host and port.
    """
    seconds = Access().timeout if timeout is None else timeout

    def access_of(url: str) -> Access:
        known = [connection for connection in connections.values() if _origin(connection.url) == _origin(url)]
        if not known:
            return Access(timeout=seconds)
        # Of several sites on a host, the one that the service is in.
        nearest = max(known, key=lambda found: len(found.url) if url.startswith(found.url.rstrip("/") + "/") else 0)
        return Access(nearest.authcfg, nearest.referer, seconds)

    return access_of


def portal_access(item: PortalItem, access: Access, otherwise: AccessOf) -> AccessOf:
    """Return a function that has services of a portal asked like the portal itself, and all others as before."""
    return lambda url: access if are_related(item.url, url) else otherwise(url)


def read_portal_map(item: PortalItem, access: Access, feedback: QgsFeedback | None = None) -> Document:
    """Read a web map of a portal; the item of an image service is a document with one layer.

    Raises:
        DocumentError: the item is something else.
        ImageServerLayerError: the portal cannot be asked.
    """
    transport = Transport(access, feedback)
    answer = portal_item(item, transport)
    title, portal = text(answer.get("title")) or item.url, item.url.partition("/sharing/rest/")[0]
    return document_of(portal_item_data(item, transport) if answer.get("type") in WEB_MAPS else answer, title, portal)


def plan_document(
    document: Document,
    access_of: AccessOf,
    transform_context: QgsCoordinateTransformContext,
    feedback: QgsFeedback,
    on_progress: Callable[[float], None] | None = None,
) -> PlannedDocument:
    """Plan all layers of a document, one after the other; the report says which cannot be made.

    Args:
        document: what was read.
        access_of: how each server is asked.
        transform_context: for a viewpoint in another CRS.
        feedback: cancels.
        on_progress: is told how much is done, from 0 to 100.

    Raises:
        CanceledError: `feedback` was canceled.
    """
    planned: list[PlannedLayer] = []
    report: list[str] = []
    for done, layer in enumerate(document.layers):
        if feedback.isCanceled():
            raise CanceledError(tr("This was canceled."))
        if on_progress is not None:
            on_progress(100 * done / len(document.layers))
        try:
            plan, sentences = _plan(layer, access_of(layer.address.url), transform_context, feedback)
        except CanceledError:
            raise
        except ImageServerLayerError as error:
            message = tr("The layer “{name}” is left out: {reason}")
            report.append(message.format(name=layer.name, reason=error.message))
        else:
            planned.append(PlannedLayer(layer, plan))
            report += [*layer.report(), *sentences]
    failed = len(document.layers) - len(planned)
    return PlannedDocument(document.title, tuple(planned), (*report, *document.left_out), failed)


@dataclass(frozen=True)
class ShownLayer:
    """A layer of a document for a form: what the form can show, and sentences about what it cannot."""

    layer: DocumentLayer
    choices: SavedOptions
    report: tuple[str, ...] = ()


def shown_layer(
    layer: DocumentLayer,
    access_of: AccessOf,
    transform_context: QgsCoordinateTransformContext,
    feedback: QgsFeedback,
) -> ShownLayer:
    """Return what a form shows of a layer. Its service is asked only if some option cannot be read without it.

    Raises:
        ImageServerLayerError: the item of a portal does not lead to an image service, or this was canceled.
    """
    options, item = layer.options, isinstance(layer.address, PortalItem)
    needs_service = options.order_base_value is not None or layer.viewpoint_reference is not None or layer.clip
    if not item and not needs_service:
        return ShownLayer(layer, SavedOptions(layer.address.url, options))
    try:
        connected = connect(layer.address, access_of(layer.address.url), feedback)
        arguments = replace(_arguments(options, layer), options=replace(options, lock_raster_ids=()))
        found, _ = resolve(arguments, connected.service, None, transform_context)
        options = replace(found, lock_raster_ids=options.lock_raster_ids)
        return ShownLayer(layer, SavedOptions(connected.service.url, options))
    except CanceledError:
        raise
    except ImageServerLayerError as error:
        if item:
            raise
        if layer.viewpoint_reference is not None:
            options = replace(options, viewpoint=None)
        return ShownLayer(layer, SavedOptions(layer.address.url, options), (error.message,))


def fitting(options: LayerOptions, service: ImageService) -> tuple[LayerOptions, list[str]]:
    """Return the options without those that the service has no use for, and the labels of these.

    ArcGIS Pro also writes a mosaic rule for a single raster. The name of a raster function that the service does not
    publish may be one of those that every server has.
    """
    name = options.processing_template.name
    if name and not options.processing_template.is_raw and name not in [found.name for found in service.functions]:
        options = replace(options, processing_template=ProcessingTemplate(function={"rasterFunction": name}))
    if service.mosaic is not None:
        return options, []
    nothing = LayerOptions()
    idle = [name for name in MOSAIC_OPTIONS if getattr(options, name) != getattr(nothing, name)]
    return replace(options, **{name: getattr(nothing, name) for name in idle}), [option_label(name) for name in idle]


def _plan(
    layer: DocumentLayer, access: Access, transform_context: QgsCoordinateTransformContext, feedback: QgsFeedback
) -> tuple[LayerPlan, Iterable[str]]:
    connected = connect(layer.address, access, feedback)
    options, idle = fitting(layer.options, connected.service)
    request = LayerRequest(
        layer.address,
        connected.access,
        _arguments(options, layer),
        layer.name,
        transform_context=transform_context,
    )
    plan = plan_layer(request, feedback, connected.with_output(options, connected.client(feedback)))
    sentences = [tr("“{name}”: {note}").format(name=layer.name, note=note.text) for note in plan.notes]
    if idle:
        message = tr("“{name}” is a single raster, so these options were left out: {options}.")
        sentences.append(message.format(name=layer.name, options=", ".join(idle)))
    return replace(plan, look=layer.look), sentences


def _arguments(options: LayerOptions, layer: DocumentLayer) -> Arguments:
    """Return the options as arguments, as base value and viewpoint can only be read with the service."""
    point = None
    if options.viewpoint is not None and layer.viewpoint_reference is not None:
        point = QgsReferencedPointXY(QgsPointXY(*options.viewpoint), crs_of(layer.viewpoint_reference))
    return Arguments(
        replace(options, order_field="", order_base_value=None, viewpoint=None if point else options.viewpoint),
        viewpoint=point,
        clip=None if layer.clip is None else _shapes(layer.clip),
        order_field=options.order_field,
        order_base_value=options.order_base_value,
    )


def _shapes(clip: MapClip) -> ReferencedShapes:
    crs = QgsCoordinateReferenceSystem() if clip.reference is None else crs_of(clip.reference)
    return ReferencedShapes("", (QgsGeometry.fromRect(QgsRectangle(*clip.extent)),), crs)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()
