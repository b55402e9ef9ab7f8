"""See before you add: the form from its start to a layer, with its tabs and its preview, used with mouse and keys."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QRadioButton, QTabWidget, QToolButton, QTreeView, QWidget

from ..hand import click, click_pixel, click_row, find, press, show, type_into
from ..stage import Stage, Steps
from .dialog import LANDSAT, added, connected, opened, photographed, settled, window_of
from .dialog_states import SMALL_SCREEN, opened_anew

LATENCY = 2.0


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from photographed(stage, "preview_1_empty", dialog)
