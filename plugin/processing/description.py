"""Read what an image service says of itself, for the dialog of the algorithms, in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qgis.core import QgsFeedback

from ..layer.connect import ConnectedService, connect
from ..layer.request import LayerRequest
from ..options import arcgis_arguments as read
from ..options.layer_options import LayerOptions
from ..service.errors import ImageServerLayerError
from ..service.image_service import ImageService

# The parameters that decide which bands there are; in a multidimensional service, these are variables.
DECISIVE = (
    "PROCESSING_TEMPLATE",
    "VARIABLE",
    "DIMENSIONS",
    "SLICE_ID",
    "LOCK_RASTERID",
    "WHERE_CLAUSE",
    "ORDER_FIELD",
)


@dataclass(frozen=True)
class Choices:
    """The service whose functions, fields and bands can be chosen, None where it could not be read.

    `problem` then says why; it also says why what comes out of the processing template is not known. `options` are
    those that hold where nothing else is chosen, such as those of the layer that is asked about.
    """

    connected: ConnectedService | None = None
    problem: str = ""
    options: LayerOptions = field(default_factory=LayerOptions)

    @property
    def service(self) -> ImageService | None:
        """What the service says of itself."""
        return None if self.connected is None else self.connected.service

    @property
    def output(self) -> ImageService | None:
        """What comes out of the processing template, None where that is not known."""
        return None if self.connected is None or self.problem else self.connected.output


def read_choices(request: LayerRequest, own: LayerOptions, given: Mapping[str, str], feedback: QgsFeedback) -> Choices:
    """Ask a service what can be chosen.

    Args:
        request: leads to the service.
        own: the options of the layer that is asked about, or nothing but defaults.
        given: the texts of the parameters in `DECISIVE`, as they were typed; they go before the layer's options.
        feedback: cancels it.
    """
    connected = None
    try:
        connected = connect(request.address, request.access, feedback)
        options = _options(own, given)
        connected = connected.with_output(options, connected.client(feedback))
        if not given["SLICE_ID"]:
            # What it is a slice of would take another request, with each key that is typed.
            connected = connected.of_variable(options)
        return Choices(connected, options=options)
    except ImageServerLayerError as error:
        return Choices(connected, problem=error.message)


def _options(own: LayerOptions, given: Mapping[str, str]) -> LayerOptions:
    """Return the options as far as bands depend on them.

    Raises:
        OptionError: a text cannot be read.
    """
    changes: dict[str, Any] = {}
    if given["PROCESSING_TEMPLATE"]:
        # The output of another function has other bands.
        changes |= {"processing_template": read.processing_template(given["PROCESSING_TEMPLATE"]), "bands": None}
    if given["VARIABLE"]:
        changes["variable"] = read.variable(given["VARIABLE"])
    if given["DIMENSIONS"]:
        changes["dimensions"] = read.dimensions(given["DIMENSIONS"])
    # That they pick rasters is all that matters here.
    picks = given["LOCK_RASTERID"] or given["WHERE_CLAUSE"] or given["ORDER_FIELD"]
    if picks:
        changes["where"] = picks
    return replace(own, **changes)
