"""An editor for a chain of raster functions as JSON, which says at once where it breaks."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import QgsFeedback
from qgis.gui import QgsCodeEditor
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.arcgis_arguments import processing_template
from ...plugin.options.processing_template import ProcessingTemplate, parse_function
from ...plugin.service.errors import ImageServerLayerError, OptionError, ServerError
from ...plugin.service.image_service import ImageService
from ...plugin.translation import tr
from ..common.background import Background
from ..common.field_message import FieldMessage
from ..common.load_ui import load_ui

# Stands for a text that is no function.
_NO_FUNCTION = ProcessingTemplate(function={})
_LINES_SHOWN = 8


class FunctionEditor(QWidget):
    """Text, a button that formats it, one that opens a template file, and one that asks what the server makes of it.

    `changed` is emitted when the user has changed the text.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._known: ConnectedService | None = None
        self._is_filling = False
        self._background = Background(self)
        self._background.busy_changed.connect(self._on_busy)
        self._message = FieldMessage(self)
        self.vertical_layout.insertWidget(2, self._message)
        self.label.setText(tr("Function c&hain"))
        self.editor.setAccessibleName(tr("Function chain (JSON)"))
        self.editor.setPlaceholderText('{"rasterFunction": "…", "rasterFunctionArguments": {…}}')
        self.editor.setFont(QgsCodeEditor.getMonospaceFont())
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setMinimumHeight(_LINES_SHOWN * self.editor.fontMetrics().lineSpacing())
        self.position.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button.setText(tr("Open…"))
        self.open_button.setToolTip(tr("Take a raster function template (.rft.json) from a file."))
        self.format_button.setText(tr("Format"))
        self.format_button.setToolTip(tr("Put each part on a line of its own."))
        self.open_button.clicked.connect(lambda _checked: self._open())
        self.format_button.clicked.connect(lambda _checked: self._format())
        self.ask_button.clicked.connect(lambda _checked: self._ask_or_stop())
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.cursorPositionChanged.connect(self._show_position)
        self._show_position()
        self._check()

    def set_known(self, known: ConnectedService | None) -> None:
        """Set the service to ask."""
        if known is None or self._known is None or known.service is not self._known.service:
            self._forget_verdict()
        self._known = known
        self._update_buttons()

    def template(self) -> ProcessingTemplate:
        """Return the function, which is an empty one where the text is none: see `problem`."""
        return _NO_FUNCTION if self._broken else processing_template(self.editor.toPlainText())

    def problem(self) -> str:
        """Return why the text is no function, empty where it is one."""
        return self._broken

    def set_template(self, template: ProcessingTemplate) -> None:
        """Show a function. The text stays as it is where it says the same already."""
        if template != self.template():
            self._fill(_formatted(str(template)))

    def set_problem(self, text: str) -> None:
        """Show what is wrong with the function, unless the text itself is."""
        self._message.set_text(self._broken or text)

    def _fill(self, text: str) -> None:
        self._is_filling = True
        self.editor.setPlainText(text)
        self._is_filling = False

    def _on_text_changed(self) -> None:
        self._forget_verdict()
        self._check()
        if not self._is_filling:
            self.changed.emit()

    def _check(self) -> None:
        text = self.editor.toPlainText()
        self._broken = "" if text.strip() else tr("Type, paste or open a function chain.")
        try:
            parse_function(text)
        except OptionError as error:
            self._broken = self._broken or error.message
        self._message.set_text(self._broken)
        self._update_buttons()

    def _show_position(self) -> None:
        cursor = self.editor.textCursor()
        text = tr("Line {line}, column {column}")
        self.position.setText(text.format(line=cursor.blockNumber() + 1, column=cursor.positionInBlock() + 1))

    def _update_buttons(self) -> None:
        is_asking = self._background.is_busy
        self.format_button.setEnabled(not self._broken)
        self.ask_button.setText(tr("Stop") if is_asking else tr("Ask the Server"))
        self.ask_button.setEnabled(is_asking or (not self._broken and self._known is not None))
        self.ask_button.setToolTip(self._broken or tr("Find out what the server makes of this function."))

    def _format(self) -> None:
        self.editor.selectAll()
        # Inserted, so that it can be undone.
        self.editor.insertPlainText(_formatted(self.editor.toPlainText()))

    def _open(self) -> None:
        kinds = tr("Raster function templates") + " (*.rft.json *.json *.rft.xml)"
        path, _ = QFileDialog.getOpenFileName(self, tr("Open Raster Function Template"), "", kinds)
        if path:
            self.open_file(path)

    def open_file(self, path: str) -> None:
        """Take the function from a file, or say why it cannot be read."""
        try:
            template = processing_template(path)
        except OptionError as error:
            self._message.set_text(error.message)
            return
        self.editor.setPlainText(_formatted(str(template)))

    def _ask_or_stop(self) -> None:
        if self._background.is_busy:
            self._forget_verdict()
        elif self._known is not None and not self._broken:
            self._ask(self._known, parse_function(self.editor.toPlainText()))

    def _ask(self, known: ConnectedService, rule: dict[str, Any]) -> None:
        def describe(feedback: QgsFeedback) -> ImageService:
            return known.client(feedback).describe(rule)

        text = tr("Ask “{name}” about a function chain").format(name=known.service.name)
        self._background.run(text, describe, self._on_described, self._on_refused)

    def _on_busy(self, is_busy: bool) -> None:
        # If it ends without an answer, it was canceled.
        self._show_verdict(tr("Asking…") if is_busy else "")
        self._update_buttons()

    def _on_described(self, output: ImageService) -> None:
        count = len(output.bands)
        text = tr("The server accepts it: one band of type {type}.") if count == 1 else ""
        text = text or tr("The server accepts it: {count} bands of type {type}.")
        self._show_verdict(text.format(count=count, type=output.pixel_type or tr("unknown")))

    def _on_refused(self, error: ImageServerLayerError) -> None:
        words = error.words if isinstance(error, ServerError) else ""
        if words:
            self._show_verdict(tr("The server does not accept it: {words}").format(words=words))
        else:
            self._show_verdict(error.message)

    def _forget_verdict(self) -> None:
        """Clear a verdict about another text, or stop waiting for it."""
        self._background.cancel()
        self._show_verdict("")

    def _show_verdict(self, text: str) -> None:
        self.verdict.setText(text)
        self.verdict.setVisible(bool(text))


def _formatted(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
