"""The one way in which a widget takes its form from the `.ui` file beside it."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt import uic
from qgis.PyQt.QtWidgets import QWidget

# The package that headers of custom widgets are relative to (`.common.field_message`). PyQt5 joins both as strings, so
# that `..common` would not work.
_PACKAGE = __package__.rpartition(".")[0]


def load_ui(widget: QWidget, module: str) -> None:
    """Set up `widget` from the form that bears the name of its module (`__file__`)."""
    uic.loadUi(str(Path(module).with_suffix(".ui")), widget, package=_PACKAGE)
