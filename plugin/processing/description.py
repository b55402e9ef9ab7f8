"""Read what an image service says of itself, for the dialog of the algorithms, in the background."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsFeedback

from ..layer.connect import ConnectedService, connect
from ..layer.request import LayerRequest
from ..options.arcgis_arguments import processing_template
from ..options.layer_options import LayerOptions
from ..service.errors import ImageServerLayerError
from ..service.image_service import ImageService


@dataclass(frozen=True)
class Choices:
    """The service whose functions, fields and bands can be chosen, None where it could not be read.

    `problem` then says why; it also says why what comes out of the processing template is not known.
    """

    connected: ConnectedService | None = None
    problem: str = ""

    @property
    def service(self) -> ImageService | None:
        """What the service says of itself."""
        return None if self.connected is None else self.connected.service

    @property
    def output(self) -> ImageService | None:
        """What comes out of the processing template, None where that is not known."""
        return None if self.connected is None or self.problem else self.connected.output


def read_choices(request: LayerRequest, template: str, feedback: QgsFeedback) -> Choices:
    """Ask a service what can be chosen, with a processing template as it was typed."""
    connected = None
    try:
        connected = connect(request.address, request.access, feedback)
        options = LayerOptions(processing_template=processing_template(template))
        return Choices(connected.with_output(options, connected.client(feedback)))
    except ImageServerLayerError as error:
        return Choices(connected, problem=error.message)
