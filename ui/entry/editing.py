"""All ways to change a layer that is there: its menu, its sign and its properties, and the window that edits it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from ...plugin.service.warming import warm_all
from ..common.announcements import Announcements
from ..form.target import AddTarget
from .date_layers import DateLayers
from .footprint_loader import FootprintLoader
from .frames_ahead import FramesAhead
from .indicators import Indicators
from .layer_changes import LayerChanges
from .layer_editor import LayerEditor
from .layer_menu import LayerMenu
from .legends import Legends
from .pixel_entry import PixelEntry
from .properties_page import PropertiesPageFactory


class _Part(Protocol):
    """What is there from `start` to `stop`."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End."""


class Editing(QObject):
    """Starts and stops them together. `on_retry` draws the layer with an id again.

    `add_target` adds layers, with a way from there to what edits them.
    """

    def __init__(self, iface: QgisInterface, on_retry: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self.announcements = Announcements(self)
        self.editor = LayerEditor(iface, self.announcements, self)
        self.dates = DateLayers(iface, self.announcements, self)
        self.add_target = AddTarget(iface.mapCanvas(), self.announcements, self.editor.edit, self.dates.show)
        self._changes = LayerChanges(iface, self.announcements, self)
        self._footprints = FootprintLoader(iface, self.announcements, self)
        self.frames_ahead = FramesAhead(iface, self)
        self.pixel = PixelEntry(iface, self._changes.lock, self)
        self.legends = Legends(self)
        self.menu = LayerMenu(
            iface, self._changes, self._footprints, self.dates, self.editor.edit, self.pixel.ask, self
        )
        self._properties = PropertiesPageFactory(self.editor.edit)
        self.indicators = Indicators(iface, self.editor.edit, on_retry, self)
        warm_all(self)

    def start(self) -> None:
        """Offer them."""
        for part in self._parts():
            part.start()
        self._iface.registerMapLayerConfigWidgetFactory(self._properties)

    def stop(self) -> None:
        """Take them away, with what is under way and what has been said."""
        self._iface.unregisterMapLayerConfigWidgetFactory(self._properties)
        for part in reversed(self._parts()):
            part.stop()
        self.announcements.clear()

    def _parts(self) -> tuple[_Part, ...]:
        """Return what is started, in that order, and stopped the other way round."""
        changes, footprints = self._changes, self._footprints
        shown = self.legends, self.indicators, self.frames_ahead
        return self.editor, changes, footprints, self.dates, self.pixel, self.menu, *shown
