"""Read what an image service says of itself, for the algorithms and, in the background, for their dialog."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsFeedback

from ..layer.plan import LayerRequest, service_client
from ..options.arcgis_arguments import processing_template
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..service.errors import ImageServerLayerError
from ..service.image_service import ImageService


@dataclass(frozen=True)
class Choices:
    """What can be chosen: a service's functions and fields, and the bands of `output`, what comes out of the template.

    None where it could not be read; `problem` then says why.
    """

    service: ImageService | None = None
    output: ImageService | None = None
    problem: str = ""


def read_choices(request: LayerRequest, template: str, feedback: QgsFeedback) -> Choices:
    """Ask a service what can be chosen, with a processing template as it was typed."""
    service = None
    try:
        client, _ = service_client(request, feedback)
        service = client.describe()
        options = LayerOptions(processing_template=processing_template(template))
        rule = rule_in_force(rendering_rule(options, service), service)
        return Choices(service, service if rule is None else client.describe(rule))
    except ImageServerLayerError as error:
        return Choices(service, problem=error.message)
