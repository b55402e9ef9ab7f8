"""How much a run will bring: told in QGIS' own dialog before it is run, and anew for what is changed."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer

from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from .algorithm_dialog import filled_in
from .background import Background
from .messages import add_button, push

# Milliseconds; a pause in typing.
_PAUSE = 600
_LIMIT = "LARGEST_SIZE"
# They do not change how much there is.
_OF_THE_RUN = (
    "OPEN",
    "ONLY_SIZES",
    "OUTPUT",
    "TABLE",
    "FORMAT",
    "COMPRESSION",
    "NAME_FIELD",
    "FILE_NODATA",
    "ALLOW_GAPS",
)
_GIGABYTE = 1024**3


def tell_sizes(dialog: Any) -> Callable[[], None]:
    """Have the dialog of an algorithm tell how much is coming; return what stops that.

    The algorithm has `sizes` and `sizes_told`, as *Download source rasters* and *Export image server layer* have.
    """
    return SizesInDialog(dialog).stop


class SizesInDialog(QObject):
    """Asks in the background, and says so in the dialog's message bar.

    Where that is more than the largest size, which a run would refuse, a button allows it.
    """

    def __init__(self, dialog: Any) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._item: QgsMessageBarItem | None = None
        self._asked = ""
        self._found: Any = None
        self._background, self._pause = Background(self), QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        for name, wrapper in dialog.mainWidget().wrappers.items():
            if name == _LIMIT:
                wrapper.widgetValueHasChanged.connect(lambda *_: self._show())
            elif name not in _OF_THE_RUN:
                wrapper.widgetValueHasChanged.connect(lambda *_: self._pause.start())
        warm_all(self)
        self._ask()

    def stop(self) -> None:
        """Ask no more."""
        self._pause.stop()
        self._background.cancel()

    def _ask(self) -> None:
        """Ask for the files that are meant now, unless they are those that were asked for last."""
        from processing.tools.dataobjects import createContext

        algorithm, context = self._dialog.algorithm(), createContext()
        try:
            parameters = filled_in(self._dialog)
            meant = {name: value for name, value in parameters.items() if name not in (*_OF_THE_RUN, _LIMIT)}
            asked = algorithm.asPythonCommand(meant, context)
            if asked == self._asked:
                return
            self._asked, self._found = asked, None
            self._background.cancel()
            ask = algorithm.sizes(parameters, context)
        except ImageServerLayerError as error:
            self._fail(error)
            return
        if ask is None:
            only = tr("How much is coming is told by a run with “Only tell sizes”.")
            log = tr("How much is coming is told by the log of a run, before anything is asked for.")
            self._say(only if "ONLY_SIZES" in parameters else log)
            return
        self._say(tr("Reading how much is coming…"))
        self._background.run(tr("Reading how much is coming"), ask, self._on_found, self._fail)

    def _on_found(self, found: Any) -> None:
        self._found = found
        self._show()

    def _fail(self, error: ImageServerLayerError) -> None:
        # Asked for again, once anything is changed.
        self._asked = ""
        self._say(error.message, Qgis.MessageLevel.Warning)

    def _show(self) -> None:
        """Say what was found, if anything was, and whether a run would bring it."""
        from processing.tools.dataobjects import createContext

        if self._found is None:
            return
        try:
            told = self._dialog.algorithm().sizes_told(self._found, filled_in(self._dialog), createContext())
        except ImageServerLayerError as error:
            self._fail(error)
            return
        if not told.refusal:
            self._say(told.words)
            return
        # It says the size, too.
        item = self._say(told.refusal, Qgis.MessageLevel.Warning)
        # Whole ones, as a number that is typed in would be.
        enough = ceil(told.size / _GIGABYTE)
        add_button(item, tr("Allow {size} GB").format(size=enough), lambda: self._allow(enough))

    def _allow(self, gigabytes: int) -> None:
        wrapper = self._dialog.mainWidget().wrappers[_LIMIT]
        wrapper.setParameterValue(gigabytes, self._dialog.mainWidget().processing_context)
        self._show()

    def _say(self, text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> QgsMessageBarItem:
        """Say something in place of what was said before."""
        bar = self._dialog.messageBar()
        if self._item is not None and not sip.isdeleted(self._item):
            bar.popWidget(self._item)
        self._item = push(bar, text, level)
        return self._item
