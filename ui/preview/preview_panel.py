"""The layer as it is composed now, drawn beside the choices that make it."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.factory import build_layer
from ...plugin.layer.outlines import Outline
from ...plugin.layer.plan import LayerPlan, plan_layer
from ...plugin.layer.preview import preview_request
from ...plugin.layer.request import LayerRequest
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.extent import Extent
from ...plugin.service.image_service import ImageService
from ...plugin.service.preferences import want_preview, wants_preview
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.background import Background
from ..common.load_ui import load_ui
from .map_view import MapView

# In milliseconds, after the last change.
_PATIENCE = 500
# In place of what is shown.
_NOTHING = "nothing"


class PreviewPanel(QWidget):
    """Draws what `show_layer` says, half a second after the last change, while it can be seen and is switched on.

    At most one chain of requests is under way: what is newer supersedes it. `area_chosen` carries the `Extent`, in the
    CRS of the service, that the user has drawn or moved; `view_changed` says that something else is looked at.
    """

    area_chosen = pyqtSignal(object)
    view_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._request: LayerRequest | None = None
        self._described: ConnectedService | None = None
        # What is shown, or about to be, as text: nodata may be nan, which equals nothing.
        self._key = ""
        self._is_due = False
        self._outlines: tuple[Outline, ...] = ()
        # The address of the service that the view is of.
        self._viewed = ""
        self._planning = Background(self)
        self.map_view = MapView(self)
        self.frame_layout.addWidget(self.map_view)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PATIENCE)
        self._set_texts()
        self._connect()
        self.switch.setChecked(wants_preview())
        self._show_state()

    @property
    def is_busy(self) -> bool:
        """Whether something is being asked for, or about to be."""
        return self._later.isActive() or self._planning.is_busy or self.map_view.is_busy

    def text(self) -> str:
        """Return the sentence in place of the map; empty where there is the map."""
        return str(self.message_label.text()) if self.pages.currentWidget() is self.message_page else ""

    def looked_at(self, service: ImageService) -> Extent | None:
        """Return what is looked at of a service, in its CRS; None where that is another one, or nothing yet."""
        view = self.map_view.view
        return view.extent if view is not None and self._viewed == service.url else None

    def show_layer(self, request: LayerRequest | None, described: ConnectedService | None = None) -> None:
        """Show the layer that a request makes of a service, which is not read anew, or that there is none.

        `described` knows what comes out of the request's processing template. A request must hold against the service.
        Why there is no layer is not for here: whoever knows says it where it can be mended.
        """
        self._described = described
        if request is None or described is None:
            self._request, key = None, _NOTHING
        else:
            self._request = preview_request(request, described.service)
            asked = self._request
            key = repr((asked.address, asked.access, asked.arguments.options, asked.kind))
        if key != self._key:
            self._key = key
            self._restart()

    def show_area(self, extent: Extent | None) -> None:
        """Show which part of the service the layer will be, None for all of it."""
        self.map_view.show_area(extent)

    def show_outlines(self, outlines: Iterable[Outline]) -> None:
        """Show where the rasters lie that the layer is locked to, in the CRS of the service."""
        shown = tuple(outlines)
        # There may be a thousand, and each change of any option shows them again.
        if shown != self._outlines:
            self._outlines = shown
            self.map_view.show_outlines(shown)

    def follow_preferences(self) -> None:
        """Draw, or not, as the user wants it by now."""
        self.switch.setChecked(wants_preview())

    def cancel(self) -> None:
        """Ask for nothing any more and keep nothing, until something is shown again."""
        self._stop()
        self.map_view.clear()
        self._is_due = self._request is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has changed meanwhile."""
        super().showEvent(event)
        if self._is_due:
            self._restart()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing that nobody sees."""
        super().hideEvent(event)
        if self.is_busy:
            self._stop()
            self._is_due = True

    def _set_texts(self) -> None:
        self.switch.setText(tr("Preview"))
        self.switch.setToolTip(tr("Draw the layer as it is composed, shortly after each change"))
        self.again_button.setText(tr("Try Again"))
        self.again_button.setAutoDefault(False)
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        for button, icon, text in (
            (self.stop_button, "/mTaskCancel.svg", tr("Stop drawing the preview")),
            (self.all_button, "/mActionZoomFullExtent.svg", tr("Show the whole service in the preview")),
            (self.area_button, "/mActionRectangleExtent.svg", tr("Draw the extent of the layer in the preview")),
        ):
            button.setIcon(QgsApplication.getThemeIcon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.progress_bar.setMaximumHeight(self.fontMetrics().height() // 3)
        policy = self.progress_bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress_bar.setSizePolicy(policy)

    def _connect(self) -> None:
        # What C++ disconnects must not have to wait for Python, which a thread that draws may hold.
        warm(self._later)
        self._later.timeout.connect(self._begin)
        self._planning.busy_changed.connect(lambda _busy: self._show_state())
        self.map_view.busy_changed.connect(self._show_state)
        self.map_view.failed.connect(self._say)
        self.map_view.area_chosen.connect(self._on_area)
        self.map_view.view_changed.connect(self.view_changed)
        self.switch.toggled.connect(self._on_switched)
        self.stop_button.clicked.connect(lambda _checked: self._on_stop())
        self.again_button.clicked.connect(lambda _checked: self._begin())
        self.all_button.clicked.connect(lambda _checked: self.map_view.show_all())
        self.area_button.toggled.connect(self.map_view.choose_area)

    def _restart(self) -> None:
        """Take what is under way for superseded, and begin anew in a while."""
        self._stop()
        self._is_due = self._request is not None
        if self._request is None:
            # Nothing that was drawn is true any more; where it was looked at may be wanted again.
            self.map_view.fade()
            self._say(tr("There is nothing to preview yet."))
        elif not self.switch.isChecked():
            self._say(tr("The preview is off."))
        else:
            self._leave_former()
            self.pages.setCurrentWidget(self.map_page)
            if self.isVisible():
                self._later.start()
        self._show_state()

    def _leave_former(self) -> None:
        """Show that what was drawn is out of date; of another service, nothing of it is left to be taken for this."""
        if self._described is not None and self._described.service.url == self._viewed:
            self.map_view.fade()
        else:
            self.map_view.clear()

    def _begin(self) -> None:
        request, described = self._request, self._described
        if request is None or described is None:
            return
        self._is_due = False
        self.pages.setCurrentWidget(self.map_page)

        def plan(feedback: QgsFeedback) -> LayerPlan:
            return plan_layer(request, feedback, described)

        self._planning.run(tr("Previewing the layer"), plan, self._on_planned, self._on_failed)

    def _on_planned(self, plan: LayerPlan) -> None:
        try:
            layer = build_layer(plan)
        except ImageServerLayerError as error:
            self._on_failed(error)
            return
        warm(layer)
        self._viewed = plan.service.url
        self.map_view.show_layer(layer, plan.service.extent)

    def _on_failed(self, error: ImageServerLayerError) -> None:
        self._say(error.message)

    def _on_stop(self) -> None:
        self._stop()
        self._say(tr("The preview was stopped."))

    def _on_switched(self, is_on: bool) -> None:
        want_preview(is_on)
        if not is_on:
            self.map_view.clear()
        self._restart()

    def _on_area(self, extent: Extent) -> None:
        self.area_button.setChecked(False)
        self.area_chosen.emit(extent)

    def _stop(self) -> None:
        self._later.stop()
        self._planning.cancel()
        self.map_view.stop()

    def _say(self, text: str) -> None:
        """Show a sentence in place of the map, and whether it may help to try again."""
        self.message_label.setText(text)
        self.again_button.setVisible(self._request is not None and self.switch.isChecked())
        self.pages.setCurrentWidget(self.message_page)
        self._show_state()

    def _show_state(self) -> None:
        is_map = self.pages.currentWidget() is self.map_page
        self.progress_bar.setVisible(self.is_busy)
        self.stop_button.setEnabled(self.is_busy)
        for button in (self.all_button, self.area_button):
            button.setEnabled(is_map and self.map_view.view is not None)
