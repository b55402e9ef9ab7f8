"""The algorithm *Make a layer for each date*: a group of layers, each of one date of a service."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from ..layer.date_group import move_into_date_group
from ..layer.dated_layers import MOST_LAYERS, DatedLayers, can_be_dated, dates_of_layer, frames_in, one_time_only
from ..layer.edit import options_of, source_of
from ..layer.factory import build_layer
from ..layer.plan import plan_layer
from ..layer.request import LayerRequest
from ..options.arcgis_arguments import time as read_time
from ..options.date_ranges import DatedFrame, dated_frames
from ..options.time_range import TimeRange
from ..service.errors import CanceledError, OptionError
from ..translation import tr, tr_n
from .algorithm import ImageServerAlgorithm, advanced, with_help
from .arrival import Arrival
from .make_layer_parameters import parameter_definitions
from .service_or_layer import address_request

# Parameters that make no sense for layers of one date each.
_NOT_TAKEN = ("TIME", "NEAREST_DATE", "SLICE_ID")


class MakeDateLayers(ImageServerAlgorithm):
    """Takes the parameters of *Make image server layer*, and which dates; gives a layer for each of these."""

    _request: LayerRequest
    _wanted: TimeRange | None
    _until_next: bool
    _most: int

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "makedatelayers"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Make a layer for each date")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Makes a group of layers, each of one date of an ArcGIS image service.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,rest,imageserver,time,temporal,dates,multidimensional,StdTime,animation").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Makes a layer for each date that an image service has: of the rasters of its catalog, or of its "
            "dimension StdTime. QGIS' temporal controller shows each at its date.</p><p>The dates are counted first, "
            "and more than the largest number of layers are refused. The layers are put into a group, which is "
            "switched off: without the temporal controller all of them would be drawn over each other.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        definitions = [one for one in parameter_definitions() if one.name() not in _NOT_TAKEN]
        dates = QgsProcessingParameterString("DATES", tr("Only dates within"), optional=True)
        text = tr("In UTC: 2010 or 2010-12 for the whole of it, 2010/2012 for a range, 2010/.. for one without an end.")
        definitions.insert(2, with_help(dates, text))
        until_next = QgsProcessingParameterBoolean("UNTIL_NEXT", tr("Show each date until the next one"), False)
        text = tr("Without this, a date is shown as long as it lasts, and nothing between one and the next.")
        definitions.insert(3, with_help(until_next, text))
        most = QgsProcessingParameterNumber(
            "MOST_LAYERS", tr("Largest number of layers"), defaultValue=MOST_LAYERS, minValue=1
        )
        text = tr("More dates are refused: each layer is drawn by requests of its own.")
        definitions.append(advanced(with_help(most, text)))
        for definition in definitions:
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputMultipleLayers("LAYERS", tr("Image server layers")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of layers")))

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read the parameters into a request, and which dates are wanted."""
        self._request = address_request(self, parameters, context)
        try:
            self._wanted = read_time(self.parameterAsString(parameters, "DATES", context))
        except OptionError as error:
            raise OptionError("dates", error.message) from error
        self._until_next = self.parameterAsBool(parameters, "UNTIL_NEXT", context)
        self._most = self.parameterAsInt(parameters, "MOST_LAYERS", context)

    def outputs(
        self, _: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Make the layers, to be loaded when everything is done."""
        plan = plan_layer(self._request, feedback)
        for note in plan.notes:
            feedback.pushWarning(note.text)
        model = build_layer(plan)
        frames = self._frames(model, feedback)
        feedback.pushInfo(tr_n("Dates that become layers: %n.", "Dates that become layers: %n.", len(frames)))
        dated, layers = DatedLayers(model), []
        for number, frame in enumerate(frames, start=1):
            if feedback.isCanceled():
                raise CanceledError(tr("This was canceled."))
            layers.append(dated.make(frame))
            feedback.setProgress(100 * number / len(frames))
        name = model.name()
        arrival = Arrival(len(layers), lambda project, arrived: move_into_date_group(project, name, arrived))
        ids = [arrival.load(context, position, layer, "LAYERS") for position, layer in enumerate(layers)]
        return {"LAYERS": ids, "COUNT": len(ids)}

    def _frames(self, layer: QgsRasterLayer, feedback: QgsProcessingFeedback) -> tuple[DatedFrame, ...]:
        """Count the dates, and return those that are wanted.

        Raises:
            OptionError: there are none, or too many.
            ImageServerLayerError: the catalog does not tell them.
        """
        source, options = source_of(layer), options_of(layer)
        if source is None or options is None or not can_be_dated(layer):
            raise OptionError("time", one_time_only(layer.name()))
        found = dates_of_layer(source, options, feedback)
        dates = [TimeRange(date.begin, date.end) for date in found.dates]
        frames = frames_in(dated_frames(dates, until_next=self._until_next), self._wanted)
        if not frames:
            text = tr("None of the {count} dates of “{name}” is within {wanted}; choose another time.")
            if not dates:
                text = tr("None of the rasters of “{name}” has a date.")
            raise OptionError("dates", text.format(count=len(dates), name=layer.name(), wanted=self._wanted))
        if len(frames) > self._most:
            text = tr(
                "These are {count} dates, and {most} layers are allowed: choose fewer dates, or raise MOST_LAYERS."
            )
            raise OptionError("most_layers", text.format(count=len(frames), most=self._most))
        return frames
