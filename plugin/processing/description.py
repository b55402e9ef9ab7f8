"""Read what an image service says of itself, for the algorithms and, in the background, for their dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import (
    QgsApplication,
    QgsFeedback,
    QgsTask,
)

from ..layer.plan import LayerRequest, service_client
from ..options.arcgis_arguments import processing_template
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..service.description import ImageService
from ..service.errors import ImageServerLayerError
from ..translation import tr


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
            client, _ = service_client(self._request, self._feedback)
            service = client.describe()
            options = LayerOptions(processing_template=processing_template(self._template))
            rule = rule_in_force(rendering_rule(options, service), service)
            return Choices(service, service if rule is None else client.describe(rule))
        except ImageServerLayerError as error:
            return Choices(service, problem=error.message)


# QGIS holds the C++ half of a task only.
_running: set[ChoicesTask] = set()
