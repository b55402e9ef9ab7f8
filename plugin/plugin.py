"""The plugin as QGIS loads it: registers everything in `initGui` and undoes all of it in `unload`."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from ..ui.common.messages import DrawingMessages
from ..ui.entry.editing import Editing
from ..ui.entry.entries import Entries
from .layer import date_on_screen, running
from .processing import provider
from .provider.failure_watch import FailureWatch
from .provider.session import FAILURES
from .service.warming import warm
from .translation import Translations


class _Windowless:
    """What layers and Processing need without a window. Who starts it stops it; the last one out turns it off."""

    def __init__(self) -> None:
        self._users = 0
        self._translations = Translations()

    def start(self) -> None:
        self._users += 1
        if self._users == 1:
            self._translations.start()
            running.start()
            provider.register()
            date_on_screen.register()

    def stop(self) -> None:
        if self._users == 1:
            date_on_screen.unregister()
            provider.unregister()
            running.stop()
            self._translations.stop()
        self._users = max(0, self._users - 1)


_windowless = _Windowless()


def start() -> None:
    """Do what `initGui` does without a window, for scripts and tests."""
    _windowless.start()


def stop() -> None:
    """Undo one `start`."""
    _windowless.stop()


class ImageServerLayerPlugin(QObject):
    """What QGIS holds on to while the plugin is switched on."""

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__()
        warm(self)
        self._iface = iface

    def initProcessing(self) -> None:
        """Register what has no need of a window; `qgis_process` calls this and nothing else."""
        start()

    def initGui(self) -> None:
        """Register what has no need of a window, then what has."""
        start()
        self._editing = Editing(self._iface, self._redraw, self)
        self._entries = Entries(self._iface, self._editing.add_target, self)
        # In menus, adding a layer comes first.
        self._entries.start()
        self._editing.start()
        self._messages = DrawingMessages(self._iface, self._redraw, self)
        self._watch = FailureWatch(QgsProject.instance(), FAILURES, self)
        self._watch.failed.connect(self._messages.show)
        self._watch.failed.connect(self._editing.indicators.warn)
        self._watch.recovered.connect(self._messages.clear)
        self._watch.recovered.connect(self._editing.indicators.calm)
        self._watch.start()

    def unload(self) -> None:
        """Undo `initGui`."""
        self._watch.stop()
        self._messages.clear_all()
        self._entries.stop()
        self._editing.stop()
        stop()

    def _redraw(self, layer_id: str) -> None:
        layer = QgsProject.instance().mapLayer(layer_id)
        if layer is not None:
            layer.triggerRepaint()
