"""What has been done to a layer, said in a message bar with what can be done next, such as undoing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from ...plugin.service.warming import warm
from .messages import add_button, push

# Long enough to look at the layer before deciding to undo.
_SECONDS_SHOWN = 60


class Step(NamedTuple):
    """What can be done next: the text of a button, and what it does. With `closes` the message goes with the click."""

    text: str
    do: Callable[[], None]
    closes: bool = False


class Announcements(QObject):
    """Messages that hold functions of the plugin, so that all of them can be taken away with it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        warm(self)
        self._shown: list[tuple[QgsMessageBar, QgsMessageBarItem]] = []

    def say(
        self,
        bar: QgsMessageBar,
        text: str,
        steps: Sequence[Step],
        level: Qgis.MessageLevel = Qgis.MessageLevel.Success,
    ) -> None:
        """Say what has been done, with a button for each step."""
        self._shown = [(bar, item) for bar, item in self._shown if not sip.isdeleted(item)]
        item = push(bar, text, level, _SECONDS_SHOWN)
        for step in steps:
            add_button(item, step.text, partial(self._take, bar, item, step))
        self._shown.append((bar, item))

    def clear(self) -> None:
        """Take all messages away."""
        for bar, item in self._shown:
            if not sip.isdeleted(bar) and not sip.isdeleted(item):
                bar.popWidget(item)
        self._shown.clear()

    def _take(self, bar: QgsMessageBar, item: QgsMessageBarItem, step: Step) -> None:
        if step.closes:
            bar.popWidget(item)
        step.do()
