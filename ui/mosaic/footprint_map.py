"""The map of the raster picker: the picture of the service, the footprints of what is listed, and what is said of them.

Without a picture, because it is switched off or fails, the footprints stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgis.core import QgsApplication, QgsFeedback, QgsProject
from qgis.PyQt.QtCore import QLocale, QSize, Qt
from qgis.PyQt.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...plugin.backend.source import Kind
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.factory import build_layer
from ...plugin.layer.outlines import Outline
from ...plugin.layer.plan import LayerPlan, plan_layer
from ...plugin.layer.request import LayerRequest
from ...plugin.layer.resolve import Arguments
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.preferences import wants_preview
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.background import Background
from ..common.field_message import FieldMessage
from .footprint_view import FootprintView


class FootprintMap(QWidget):
    """Shows a service and where its rasters lie; `view` says what is picked."""

    def __init__(self, known: ConnectedService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        # The number of rasters listed, and of those that have a footprint.
        self._rows = self._placed = 0
        self._planning = Background(self)
        self.view = FootprintView(self)
        self.select_button, self.pan_button = self._button("mActionSelectRectangle.svg"), self._button("mActionPan.svg")
        self.all_button = self._button("mActionZoomFullExtent.svg")
        self.listed_button = self._button("mActionZoomToSelected.svg")
        self.here_button = self._button("mActionZoomToLayer.svg")
        self.picture_box = QCheckBox(tr("&Picture"))
        self.canvas_box = QCheckBox(tr("Footprints on &QGIS' map"))
        self.canvas_button = self._button("mActionSelectRectangle.svg")
        self.note_label, self.problem = QLabel(), FieldMessage()
        self._compose()
        self._set_texts()
        self._connect()
        service = known.service
        self.view.show_place(service.extent, min(service.pixel_size))
        self.picture_box.setChecked(wants_preview())

    def show_outlines(self, outlines: Sequence[Outline | None]) -> None:
        """Show where the rasters listed lie, in place of those before; None for one that lies nowhere."""
        placed = [outline for outline in outlines if outline is not None]
        self.view.show_outlines(placed)
        self._rows, self._placed = len(outlines), len(placed)
        self._say_what_is_drawn()

    def add_outlines(self, outlines: Sequence[Outline | None]) -> None:
        """Show where some more of them lie."""
        placed = [outline for outline in outlines if outline is not None]
        self.view.add_outlines(placed)
        self._rows += len(outlines)
        self._placed += len(placed)
        self._say_what_is_drawn()

    def cancel(self) -> None:
        """Ask for nothing any more."""
        self._planning.cancel()
        self.view.stop()

    def sizeHint(self) -> QSize:
        """Return as much as the table has."""
        return QSize(380, 300)

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(QgsApplication.getThemeIcon(f"/{icon}"))
        button.setAutoRaise(True)
        return button

    def _compose(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for button in (
            self.select_button,
            self.pan_button,
            self.all_button,
            self.listed_button,
            self.here_button,
        ):
            tools.addWidget(button)
        tools.addStretch()
        tools.addWidget(self.picture_box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(tools)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.note_label)
        layout.addWidget(self.problem)
        on_canvas = QHBoxLayout()
        on_canvas.addWidget(self.canvas_box)
        on_canvas.addWidget(self.canvas_button)
        on_canvas.addStretch()
        layout.addLayout(on_canvas)
        self.note_label.setWordWrap(True)
        self.note_label.hide()
        self.note_label.setTextFormat(Qt.TextFormat.PlainText)

    def _set_texts(self) -> None:
        for button, text in (
            (self.select_button, tr("Select footprints: click, or drag a box; Shift and Ctrl add to the selection")),
            (self.pan_button, tr("Move the map; the middle mouse button does so at any time")),
            (self.all_button, tr("Show the whole service")),
            (self.listed_button, tr("Show the selected footprints, or else all that are listed")),
            (self.here_button, tr("Show what QGIS' map shows")),
            (
                self.canvas_button,
                tr("Select footprints on QGIS' map: click, or drag a box; Shift and Ctrl add to the selection"),
            ),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.picture_box.setToolTip(tr("Draw the service behind the footprints."))
        self.canvas_box.setToolTip(tr("Show the footprints on the map of QGIS, too, as long as this window is open."))
        self.canvas_box.setChecked(True)

    def _connect(self) -> None:
        tools = QButtonGroup(self)
        for button in (self.select_button, self.pan_button):
            button.setCheckable(True)
            tools.addButton(button)
        self.select_button.setChecked(True)
        self.canvas_button.setCheckable(True)
        self.pan_button.toggled.connect(self._on_pan)
        self.all_button.clicked.connect(lambda _checked: self.view.show_all())
        self.listed_button.clicked.connect(lambda _checked: self.view.show_footprints())
        self.picture_box.toggled.connect(self._draw)
        self.view.failed.connect(self._say)

    def _on_pan(self, pans: bool) -> None:
        self.view.pans = pans

    def _draw(self, wanted: bool) -> None:
        """Draw the service as it draws itself, or not."""
        self.problem.set_text("")
        if not wanted:
            self.cancel()
            self.view.forget_layer()
            return
        known = self._known
        request = LayerRequest(
            address=replace(known.address, raster_id=None),
            access=known.access,
            arguments=Arguments(LayerOptions()),
            name="",
            kind=Kind.PICTURE,
            transform_context=QgsProject.instance().transformContext(),
        )

        def plan(feedback: QgsFeedback) -> LayerPlan:
            own = replace(known, output=known.service).with_output(LayerOptions(), known.client(feedback))
            return plan_layer(request, feedback, own)

        text = tr("Drawing “{name}” behind its footprints").format(name=known.service.name)
        self._planning.run(text, plan, self._on_planned, lambda error: self._say(error.message))

    def _on_planned(self, plan: LayerPlan) -> None:
        try:
            layer = build_layer(plan)
        except ImageServerLayerError as error:
            self._say(error.message)
            return
        warm(layer)
        self.view.show_layer(layer, plan.service.extent)

    def _say(self, reason: str) -> None:
        self.problem.set_text(tr("There is no picture behind the footprints: {reason}").format(reason=reason))

    def _say_what_is_drawn(self) -> None:
        """Say what is not drawn: a map that shows a part looks as if it showed all."""
        drawn, missing, locale = self.view.drawn, self._rows - self._placed, QLocale()
        texts = []
        if drawn < self._placed:
            text = tr("The map shows the first {drawn} of {count} footprints listed, and those selected.")
            texts.append(text.format(drawn=locale.toString(drawn), count=locale.toString(self._placed)))
        if missing and missing == self._rows:
            texts.append(tr("The rasters listed have no footprints."))
        elif missing:
            texts.append(tr("Rasters listed without a footprint: {count}").format(count=locale.toString(missing)))
        self.note_label.setText(" ".join(texts))
        self.note_label.setVisible(bool(texts))
