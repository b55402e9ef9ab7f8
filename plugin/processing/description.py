"""Read what an image service says of itself, for the algorithms and, in the background, for their dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeedback,
    QgsReferencedPointXY,
    QgsTask,
)

from ..layer.plan import LayerRequest
from ..options.arcgis_arguments import processing_template
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..service.address import PortalItem
from ..service.client import ImageServiceClient, resolve_portal_item
from ..service.crs import crs_of
from ..service.description import ImageService
from ..service.errors import ImageServerLayerError, OptionError
from ..service.transport import Transport
from ..translation import tr


def service_client(request: LayerRequest, feedback: QgsFeedback | None) -> ImageServiceClient:
    """Return the client for the service of a request. A token in the address is not used, as a layer cannot keep it.

    Raises:
        ImageServerLayerError: the portal item leads to no image service.
    """
    transport = Transport(request.authcfg, request.referer, request.timeout, feedback)
    address = request.address
    if isinstance(address, PortalItem):
        address = resolve_portal_item(address, transport)
    return ImageServiceClient(address.url, transport)


def with_viewpoint(request: LayerRequest, point: QgsReferencedPointXY, feedback: QgsFeedback) -> LayerRequest:
    """Return the request with a ground point in the service's CRS, which only the service can tell.

    Raises:
        ImageServerLayerError: the service cannot be read, or the point is nowhere in its CRS.
    """
    crs = crs_of(service_client(request, feedback).describe().spatial_reference)
    try:
        x, y = QgsCoordinateTransform(point.crs(), crs, request.transform_context).transform(point)
    except QgsCsException as error:
        raise OptionError(
            "viewpoint",
            tr("The viewpoint {x} {y} ({source}) cannot be transformed to the service's {target}.").format(
                x=point.x(), y=point.y(), source=point.crs().authid(), target=crs.authid()
            ),
            str(error),
        ) from error
    return replace(request, arguments=replace(request.arguments, viewpoint=(x, y)))


@dataclass(frozen=True)
class Choices:
    """What can be chosen: a service's functions and fields, and the bands of `output`, what comes out of the template.

    None where it could not be read; `problem` then says why.
    """

    service: ImageService | None = None
    output: ImageService | None = None
    problem: str = ""


class ChoicesTask(QgsTask):
    """Reads the choices on a thread of its own; at its end, also if canceled, calls `on_end` on the main thread."""

    def __init__(self, request: LayerRequest, template: str, on_end: Callable[[ChoicesTask], None]) -> None:
        super().__init__(tr("Reading the image service"), QgsTask.Flag.CanCancel)
        self._feedback = QgsFeedback()
        self._request, self._template, self._on_end = request, template, on_end
        self._defect: Exception | None = None
        self.choices = Choices()

    def start(self) -> None:
        """Hand the task to QGIS."""
        _running.add(self)
        QgsApplication.taskManager().addTask(self)

    def run(self) -> bool:
        """Ask the service; QGIS calls this on a worker thread, where nothing may be raised."""
        try:
            self.choices = self._read()
        except Exception as error:
            self._defect = error
        return self._defect is None

    def cancel(self) -> None:
        """Stop the request under way."""
        self._feedback.cancel()
        super().cancel()

    def finished(self, _: bool) -> None:
        """Report; QGIS calls this on the main thread."""
        _running.discard(self)
        self._on_end(self)
        if self._defect is not None:
            raise self._defect

    def _read(self) -> Choices:
        service = None
        try:
            client = service_client(self._request, self._feedback)
            service = client.describe()
            options = LayerOptions(processing_template=processing_template(self._template))
            rule = rule_in_force(rendering_rule(options, service), service)
            return Choices(service, service if rule is None else client.describe(rule))
        except ImageServerLayerError as error:
            return Choices(service, problem=error.message)


# QGIS holds the C++ half of a task only.
_running: set[ChoicesTask] = set()
