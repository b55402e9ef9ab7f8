"""The footprints of the raster picker on the map of QGIS, as long as its window is open."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsReferencedRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer

from ...plugin.layer.outlines import Outline
from ...plugin.layer.template_extent import transformed_extent
from ...plugin.service.errors import OptionError
from ...plugin.service.extent import Extent
from ...plugin.service.warming import warm
from ..common.footprints import Footprints
from .canvas_selection import CanvasSelection

# In milliseconds: the delay before changes are drawn.
_SOON = 30


class CanvasFootprints(QObject):
    """Thin lines around all rasters listed, and the selected ones filled; drawn soon, as each takes a while.

    `owner` is the window, whose end takes everything away. Outlines are in `crs`, the service's, which is known. With
    `selection`, they are selected there.
    """

    def __init__(self, canvas: QgsMapCanvas, crs: QgsCoordinateReferenceSystem, owner: QObject) -> None:
        super().__init__(owner)
        warm(self)
        self._canvas, self._crs = canvas, crs
        self._are_shown = True
        self._listed, self._selected = Footprints(canvas, crs, owner, is_faint=True), Footprints(canvas, crs, owner)
        self.selection = CanvasSelection(canvas, crs, self)
        self._outlines: dict[Footprints, list[Outline]] = {self._listed: [], self._selected: []}
        # Drawn later, after everything else that follows a click.
        self._listed_later, self._selected_later = QTimer(self), QTimer(self)
        for timer, draw, patience in (
            (self._selected_later, self._draw_selected, _SOON),
            (self._listed_later, self._draw_listed, 2 * _SOON),
        ):
            timer.setSingleShot(True)
            timer.setInterval(patience)
            timer.timeout.connect(draw)

    def set_listed(self, outlines: Iterable[Outline | None]) -> None:
        """Show where these rasters lie; None for one that lies nowhere."""
        self._outlines[self._listed] = listed = [outline for outline in outlines if outline is not None]
        self.selection.set_outlines(listed)
        self._listed_later.start()

    def set_selected(self, outlines: Iterable[Outline | None]) -> None:
        """Show which of them are selected."""
        self._outlines[self._selected] = [outline for outline in outlines if outline is not None]
        self._selected_later.start()

    def show(self, shown: bool) -> None:
        """Show them, or do not."""
        self._are_shown = shown
        # What cannot be seen cannot be pointed at.
        self.selection.stop()
        self._draw_listed()
        self._draw_selected()

    def view(self) -> Extent | None:
        """Return what the map shows in the CRS of the outlines, or None where that cannot be told."""
        settings = self._canvas.mapSettings()
        view = QgsReferencedRectangle(settings.visibleExtent(), settings.destinationCrs())
        try:
            return transformed_extent(view, self._crs, QgsProject.instance().transformContext())
        except OptionError:
            return None

    def remove(self) -> None:
        """Leave no trace on the map."""
        self.selection.stop()
        self._listed_later.stop()
        self._selected_later.stop()
        self._listed.remove()
        self._selected.remove()

    def _draw_listed(self) -> None:
        self._draw(self._listed)

    def _draw_selected(self) -> None:
        self._draw(self._selected)

    def _draw(self, footprints: Footprints) -> None:
        footprints.show(self._outlines[footprints] if self._are_shown else ())
