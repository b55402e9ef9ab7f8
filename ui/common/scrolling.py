"""A form that scrolls: what the mouse wheel turns over in it, and what comes into sight."""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QSlider,
    QWidget,
)


def scroll_the_form(form: QWidget) -> None:
    """Let lists, boxes, sliders and editors in a form take the wheel only with the focus, which it does not bring them.

    Otherwise the form scrolls, as it would where there is nothing under the mouse.
    """
    guard = _WheelGuard(form)
    # In one pass: each search by type would have Python look at all widgets.
    for widget in form.findChildren(QWidget):
        if not isinstance(widget, (QComboBox, QAbstractSpinBox, QSlider, QAbstractScrollArea)):
            continue
        # The list of a combo box is a window of its own; a scroll area is no field.
        if widget.window() is not form.window() or isinstance(widget, QScrollArea):
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        target.installEventFilter(guard)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the form until a widget that has just come into it can be seen, as soon as it is laid out."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        QTimer.singleShot(0, lambda: _scroll_to(area, widget))


def _scroll_to(area: QScrollArea, widget: QWidget) -> None:
    if not sip.isdeleted(area) and not sip.isdeleted(widget):
        # New widgets have requested a layout, but not got it yet.
        area.widget().layout().activate()
        area.ensureWidgetVisible(widget)


class _WheelGuard(QObject):
    """Hands the wheel on to who is behind a widget that is not in use."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel away from a widget without the focus."""
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget) or _is_in_use(watched):
            return False
        event.ignore()
        return True


def _is_in_use(widget: QWidget) -> bool:
    owner = widget.parentWidget() if isinstance(widget.parentWidget(), QAbstractScrollArea) else widget
    focus = QApplication.focusWidget()
    return focus is not None and (focus is owner or owner.isAncestorOf(focus))
