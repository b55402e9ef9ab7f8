"""The order in which Tab goes through a form: that in which it is read."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.gui import QgsCollapsibleGroupBoxBasic
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QWidget,
)

# Widgets that consist of several ones, but are a single stop.
_WHOLE = (QComboBox, QAbstractSpinBox)


def follow_layout(form: QWidget) -> None:
    """Let Tab follow the layouts of a form: row by row, also through the parts of widgets that QGIS made.

    Qt's own order is that in which widgets were made.
    """
    stops = list(_stops(form))
    for first, second in zip(stops, stops[1:]):
        QWidget.setTabOrder(first, second)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield the widget itself and those in it, as far as Tab stops at them."""
    if widget.focusProxy() is not None and widget.isAncestorOf(widget.focusProxy()):
        _keep_in_order(widget)
    if isinstance(widget, QgsCollapsibleGroupBoxBasic):
        # The box takes the focus, but only its button, which is in no layout, folds it.
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        yield widget.findChild(QToolButton, "collapseButton")
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
    elif isinstance(widget, QTabWidget):
        yield widget.tabBar()
        for index in range(widget.count()):
            yield from _stops(widget.widget(index))
    elif isinstance(widget, (QSplitter, QStackedWidget)):
        for index in range(widget.count()):
            yield from _stops(widget.widget(index))
    elif widget.layout() is not None and not isinstance(widget, _WHOLE):
        yield from _stops_in(widget.layout())


def _keep_in_order(widget: QWidget) -> None:
    """Let a widget that hands the focus on to its first part be left by Tab, too, wherever it is in the order.

    Qt gives the policy of a widget to its proxy as well: there, a click would no longer bring the focus.
    """
    proxy = widget.focusProxy()
    policy = proxy.focusPolicy()
    widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    proxy.setFocusPolicy(policy)


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    for index in _reading_order(layout):
        item = layout.itemAt(index)
        if item.widget() is not None:
            yield from _stops(item.widget())
        elif item.layout() is not None:
            yield from _stops_in(item.layout())


def _reading_order(layout: QLayout) -> list[int]:
    indexes = range(layout.count())
    if isinstance(layout, QGridLayout):
        return sorted(indexes, key=lambda index: layout.getItemPosition(index)[:2])
    return list(indexes)
