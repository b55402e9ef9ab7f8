"""Messages in QGIS' message bar: one place that knows how to show an error, a note, or a layer that draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgisInterface, QgsMessageBar, QgsMessageBarItem, QgsMessageViewer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ...plugin.resources import LOG_TAG
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.plain_text import escaped
from ...plugin.service.redaction import redacted
from ...plugin.service.warming import warm
from ...plugin.translation import tr


def tooltip(text: str) -> str:
    """Return a tooltip that shows a text letter by letter, in lines that are not too long to be read."""
    return f"<p>{escaped(text)}</p>" if text else ""


def show_error(bar: QgsMessageBar, error: ImageServerLayerError) -> QgsMessageBarItem:
    """Show an error's sentence, with its details behind a button. It stays until it is closed."""
    QgsMessageLog.logMessage(
        "\n".join(filter(None, (error.message, error.details))), LOG_TAG, Qgis.MessageLevel.Critical
    )
    item = push(bar, error.message, Qgis.MessageLevel.Critical)
    if error.details:
        add_button(item, tr("Details…"), lambda: show_details(bar, error.message, [error.details]))
    return item


def show_notes(bar: QgsMessageBar, texts: list[str]) -> None:
    """Show what is odd but harmless."""
    for text in texts:
        QgsMessageLog.logMessage(redacted(text), LOG_TAG, Qgis.MessageLevel.Info)
    if texts:
        push(bar, " ".join(texts), Qgis.MessageLevel.Info)


def push(bar: QgsMessageBar, text: str, level: Qgis.MessageLevel, seconds: int = 0) -> QgsMessageBarItem:
    """Show a message that is as high as its text takes, where QGIS' own are one line high and scroll.

    It goes after some seconds; with 0 it stays until it is closed.
    """
    label = QLabel(f"<b>{LOG_TAG}:</b> {escaped(redacted(text))}", bar)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    item = QgsMessageBarItem(label, level, seconds, bar)
    bar.pushItem(item)
    return item


def show_report(bar: QgsMessageBar, text: str, report: Sequence[str]) -> None:
    """Show a sentence, with what there is to know beyond it behind a button."""
    QgsMessageLog.logMessage(redacted("\n".join([text, *report])), LOG_TAG, Qgis.MessageLevel.Info)
    add_button(push(bar, text, Qgis.MessageLevel.Info), tr("Details…"), lambda: show_details(bar, text, report))


def show_details(parent: QWidget, text: str, lines: Sequence[str]) -> None:
    """Show a sentence and what there is to know beyond it, as plain text in a window of its own."""
    viewer = QgsMessageViewer(parent.window())
    viewer.setTitle(LOG_TAG)
    viewer.setMessageAsPlainText(redacted("\n".join([text, "", *lines])))
    viewer.showMessage(False)


def add_button(item: QgsMessageBarItem, text: str, on_click: Callable[[], None]) -> None:
    """Put a button into a message."""
    button = QPushButton(text)
    # The signal carries whether the button is checked.
    button.clicked.connect(lambda _checked: on_click())
    item.layout().addWidget(button)


class DrawingMessages(QObject):
    """Tells of layers that draw nothing, one message each, which goes away when the layer draws again."""

    def __init__(self, iface: QgisInterface, retry: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        warm(self)
        self._iface = iface
        self._retry = retry
        self._items: dict[str, QgsMessageBarItem] = {}

    def show(self, layer_id: str, text: str, details: str = "") -> None:
        """Show and log that a layer draws nothing; *Try Again* draws it again."""
        QgsMessageLog.logMessage(redacted("\n".join(filter(None, (text, details)))), LOG_TAG, Qgis.MessageLevel.Warning)
        bar = self._iface.messageBar()
        item = push(bar, text, Qgis.MessageLevel.Warning)
        if details:
            add_button(item, tr("Details…"), lambda: show_details(bar, text, [details]))
        add_button(item, tr("Try Again"), lambda: self._retry(layer_id))
        self._items[layer_id] = item

    def clear(self, layer_id: str) -> None:
        """Take the message of a layer away."""
        item = self._items.pop(layer_id, None)
        # The user may have closed it.
        if item is not None and not sip.isdeleted(item):
            self._iface.messageBar().popWidget(item)

    def clear_all(self) -> None:
        """Take all messages away."""
        for layer_id in list(self._items):
            self.clear(layer_id)
