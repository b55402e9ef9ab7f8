"""*Image Server Pixel*: what services say of points of the map."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...plugin.backend.source import LayerSource
from ...plugin.layer.edit import source_of
from ...plugin.layer.temporal import shown_source
from ...plugin.options.arcgis_arguments import point as read_point
from ...plugin.resources import PIXEL_ICON
from ...plugin.service.errors import CanceledError
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from .asked_point import AskedPoint
from .asking import Asking
from .layer_box import LayerBox
from .point_list import PointList, coordinates
from .point_markers import PointMarkers
from .profile_view import ProfileView
from .rasters_view import RastersView
from .values_view import ValuesView

Lock = Callable[[QgsRasterLayer, "tuple[int, ...]"], None]
# More lines could not be told apart.
_MOST_POINTS = 16


class PixelPanel(QWidget):
    """Asks a layer for one point, or for several to compare. `pick_toggled` says that points come from the map now."""

    pick_toggled = pyqtSignal(bool)

    def __init__(self, canvas: QgsMapCanvas, lock: Lock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._lock = canvas, lock
        self._project = QgsProject.instance()
        self._points: list[AskedPoint] = []
        self._number = 0
        self._is_marking = True
        self._asking = Asking(self)
        self._markers = PointMarkers(canvas, self)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show()
        warm_all(self)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking.is_busy

    @property
    def points(self) -> tuple[AskedPoint, ...]:
        """The points that are shown."""
        return tuple(self._points)

    def choose(self, layer: QgsRasterLayer) -> None:
        """Ask this layer from now on."""
        self.layers.choose(layer)

    def set_picking(self, is_on: bool) -> None:
        """Show whether points come from the map."""
        self.pick.setChecked(is_on)

    def ask_at(self, place: QgsPointXY, keeps: bool = False) -> None:
        """Ask for a point in the CRS of the map, in place of those before unless they are kept."""
        layer = self.layers.layer()
        source = None if layer is None else source_of(layer)
        if layer is None or source is None:
            self.message.set_text(_no_layer())
            return
        crs = self._canvas.mapSettings().destinationCrs()
        try:
            there = QgsCoordinateTransform(crs, layer.crs(), self._project.transformContext()).transform(place)
        except QgsCsException:
            text = tr("This point cannot be transformed to the reference system of “{name}”: click elsewhere.")
            self.message.set_text(text.format(name=layer.name()))
            return
        kept = self._points if keeps or self.compare.isChecked() else []
        self._number = self._number + 1 if kept else 1
        source = shown_source(layer, source, self._canvas.temporalRange())
        point = AskedPoint(
            self._number, QgsPointXY(place), crs, (there.x(), there.y()), layer.id(), layer.name(), source
        )
        self._points = [*kept, point][-_MOST_POINTS:]
        self.coordinates.setText(coordinates(point))
        self._list.show_points(self._points, point)
        self._asking.ask([asked for asked in self._points if asked.is_waiting])
        self._show()

    def show_marks(self, is_on: bool) -> None:
        """Mark the points on the map, or do not: a panel that is closed leaves nothing there."""
        self._is_marking = is_on
        self._show()

    def stop(self) -> None:
        """Ask no more, and leave no trace on the map."""
        self._asking.cancel()
        self._markers.remove()
        self.rasters.remove_footprint()
        self.layers.stop()

    # Its parts.

    def _make_widgets(self) -> None:
        self.layers = LayerBox()
        self.pick = _button("", tr("Ask for Points on the Map"), is_checkable=True)
        self.pick.setIcon(QIcon(str(PIXEL_ICON)))
        compare = tr("Compare Points: Keep Those Before (Ctrl+Click)")
        self.compare = _button("/mActionAdd.svg", compare, is_checkable=True)
        self.remove = _button("/mActionRemove.svg", tr("Remove Point (Del)"))
        self.clear = _button("/mActionDeleteSelected.svg", tr("Remove All Points"))
        self.again = _button("/mActionRefresh.svg", tr("Ask Again"))
        self.coordinates = QLineEdit()
        self.coordinates.setAccessibleName(tr("Coordinates in the reference system of the map"))
        how = tr("Click on the map, or type x, y and press Enter")
        self.coordinates.setPlaceholderText(how)
        # A narrow panel cuts the other one.
        self.coordinates.setToolTip(how)
        self.message = FieldMessage()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(self.fontMetrics().height() // 2)
        self.cancel = _button("/mTaskCancel.svg", tr("Cancel"))
        self._list = PointList()
        self.values, self.rasters, self.profile = ValuesView(), RastersView(self._canvas), ProfileView()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.values, tr("Values"))
        self.tabs.addTab(self.rasters, tr("Rasters"))
        self.tabs.addTab(self.profile, tr("Profile"))

    def _lay_out(self) -> None:
        first, second, waiting = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.pick)
        first.addWidget(self.layers, 1)
        second.addWidget(self.coordinates, 1)
        for button in (self.compare, self.remove, self.clear, self.again):
            second.addWidget(button)
        waiting.addWidget(self.progress, 1)
        waiting.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        for row in (first, second, waiting):
            layout.addLayout(row)
        layout.addWidget(self.message)
        layout.addWidget(self._list)
        layout.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.layers.listed.connect(self._on_layers)
        self.pick.toggled.connect(self.pick_toggled)
        self.coordinates.returnPressed.connect(self._ask_typed)
        self.cancel.clicked.connect(lambda _checked: self._cancel())
        self.remove.clicked.connect(lambda _checked: self._remove())
        self.clear.clicked.connect(lambda _checked: self._clear())
        self.again.clicked.connect(lambda _checked: self._ask_again())
        self._list.chosen.connect(self._show)
        self._list.remove_requested.connect(self._remove)
        self._asking.answered.connect(self._show)
        self._asking.busy_changed.connect(lambda _busy: self._show_progress())
        self.rasters.lock_requested.connect(self._lock_to)
        self.profile.wanted.connect(self._ask_over)
        self.tabs.currentChanged.connect(lambda _index: self._ask_over())

    # What the user does.

    def _on_layers(self) -> None:
        if not self._points:
            self._show_message()

    def _ask_typed(self) -> None:
        place = read_point(self.coordinates.text())
        if place is None:
            text = tr("“{text}” is no point: type two numbers with a comma between, such as 300000, 9100000.")
            self.message.set_text(text.format(text=self.coordinates.text()))
            return
        self.ask_at(QgsPointXY(*place))

    def _cancel(self) -> None:
        """Ask no more; points without an answer go, and a profile comes when it is asked for again."""
        self._asking.cancel()
        self._points = [point for point in self._points if not point.is_waiting]
        over = self.profile.dimension
        for point in self._points:
            if over and point.lacks_profile(over):
                point.profile_errors[over] = CanceledError(tr("This was canceled."))
        self._list.show_points(self._points, self._points[-1] if self._points else None)
        self._show()

    def _remove(self) -> None:
        gone = self._list.current()
        self._points = [point for point in self._points if point is not gone]
        self._list.show_points(self._points, self._points[-1] if self._points else None)
        self._show()

    def _clear(self) -> None:
        self._asking.cancel()
        self._points = []
        self._list.show_points([], None)
        self._show()

    def _ask_again(self) -> None:
        """Ask for all points anew, of their layers as they are now."""
        self._asking.forget()
        for point in self._points:
            layer = self._project.mapLayer(point.layer_id)
            source: LayerSource | None = None if layer is None else source_of(layer)
            if layer is not None and source is not None:
                point.source = shown_source(layer, source, self._canvas.temporalRange())
                point.forget()
        self._asking.ask([point for point in self._points if point.is_waiting])
        self._show()

    def _ask_over(self) -> None:
        """Ask for the values over a dimension of points that have none yet, while these are looked at."""
        over = self.profile.dimension
        if self.tabs.currentWidget() is not self.profile or not over:
            return
        wanted = [point for point in self._points if point.lacks_profile(over)]
        if wanted and not self._asking.is_busy:
            self._asking.ask_over(wanted, over)

    def _lock_to(self, raster_id: int) -> None:
        point = self._list.current()
        layer = None if point is None else self._project.mapLayer(point.layer_id)
        if isinstance(layer, QgsRasterLayer):
            self._lock(layer, (raster_id,))

    # What is shown.

    def _show(self) -> None:
        point = self._list.current()
        layer = None if point is None else self._project.mapLayer(point.layer_id)
        self.values.show_point(point)
        self.rasters.show_point(point, layer if isinstance(layer, QgsRasterLayer) else None)
        self.profile.show_points(self._points)
        self._show_message()
        self._markers.show(self._points if self._is_marking else [])
        if not self._is_marking:
            self.rasters.remove_footprint()
        for button in (self.remove, self.clear, self.again):
            button.setEnabled(bool(self._points))
        self._show_progress()
        self._ask_over()

    def _show_message(self) -> None:
        """Say what is wrong with the point or, before there is one, that nothing can be asked."""
        point = self._list.current()
        nothing = "" if self.layers.count() else _no_layer()
        self.message.set_text(nothing if point is None else point.problem())

    def _show_progress(self) -> None:
        for widget in (self.progress, self.cancel):
            widget.setVisible(self._asking.is_busy)


def _no_layer() -> str:
    return tr("There is no layer to ask: add an image server layer, and choose it here.")


def _button(icon: str, text: str, *, is_checkable: bool = False) -> QToolButton:
    button = QToolButton()
    if icon:
        button.setIcon(QgsApplication.getThemeIcon(icon))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    button.setCheckable(is_checkable)
    return button
