"""A point that is asked for, and what has come of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY

from ...plugin.backend.source import LayerSource
from ...plugin.layer.pixel import AskedService, PixelAnswer, Point
from ...plugin.layer.profile import Profile
from ...plugin.layer.slice_profile import profile_dimensions
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.multidimensional import Dimension
from ...plugin.translation import tr

# Colors that differ from each other, and from both a light and a dark background.
_COLORS = ("#2f8fd8", "#e8743b", "#19a979", "#d1477f", "#9a63d8", "#c9a227", "#13a4b4", "#a0705a")


@dataclass
class AskedPoint:
    """A point of one layer.

    Attributes:
        number: by which the user tells points apart, from 1.
        place: on the map, in `crs`.
        crs: that of the map when the point was chosen.
        there: the same in the CRS of the layer.
        layer_id: of the layer that was asked.
        layer_name: what it was called.
        source: what the layer was, at the time that the map showed.
        asked: what is known of its service, once it has answered.
        answer: what is known of the point, likewise.
        profiles: its values over a dimension, by its name, once these were wanted and have come.
        error: why there is no answer.
        profile_errors: why there are no values over a dimension.
    """

    number: int
    place: QgsPointXY
    crs: QgsCoordinateReferenceSystem
    there: Point
    layer_id: str
    layer_name: str
    source: LayerSource
    asked: AskedService | None = None
    answer: PixelAnswer | None = None
    profiles: dict[str, Profile] = field(default_factory=dict)
    error: ImageServerLayerError | None = None
    profile_errors: dict[str, ImageServerLayerError] = field(default_factory=dict)

    @property
    def color(self) -> str:
        """The color of its marker and of its lines."""
        return _COLORS[(self.number - 1) % len(_COLORS)]

    @property
    def is_waiting(self) -> bool:
        """Whether its answer is still to come."""
        return self.answer is None and self.error is None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that a profile can go over beside the time, as far as they are known."""
        return () if self.asked is None else tuple(one for one in profile_dimensions(self.asked) if not one.is_time)

    def lacks_profile(self, over: str) -> bool:
        """Whether its values over a dimension can be asked for, and have not been."""
        is_there = self.answer is not None and not self.answer.is_outside
        return is_there and over not in self.profiles and over not in self.profile_errors

    def forget(self) -> None:
        """Know nothing of it, and of its service, any more."""
        self.asked = self.answer = self.error = None
        self.profiles, self.profile_errors = {}, {}

    def problem(self) -> str:
        """Return what is in the way of an answer, or missing in it, in one sentence; empty where all is well."""
        if self.error is not None:
            return self.error.message
        if self.answer is None:
            return ""
        if self.answer.is_outside:
            text = tr("The point lies outside of “{name}”: click where the layer shows something.")
            return text.format(name=self.layer_name)
        values = [] if self.answer.shown is None else self.answer.shown.values
        if self.answer.problem or not values or any(value is not None for value in values):
            return self.answer.problem
        return tr("“{name}” has no data there.").format(name=self.layer_name)
