"""The mouse wheel in a form that scrolls: it turns over a field only once that is in use."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QApplication, QComboBox, QScrollArea, QWidget


def scroll_the_form(form: QWidget) -> None:
    """Let lists, boxes and editors in a form take the wheel only with the focus, which it does not bring them.

    Otherwise the form scrolls, as it would where there is nothing under the mouse.
    """
    guard = _WheelGuard(form)
    for kind in (QComboBox, QAbstractSpinBox, QAbstractScrollArea):
        for widget in form.findChildren(kind):
            # The list of a combo box is a window of its own; a scroll area is no field.
            if widget.window() is not form.window() or isinstance(widget, QScrollArea):
                continue
            if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
            target.installEventFilter(guard)


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
