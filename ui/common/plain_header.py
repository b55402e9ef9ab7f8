"""Headers of views in which rows are selected, and not columns."""

from __future__ import annotations

from qgis.PyQt.QtCore import QItemSelectionModel
from qgis.PyQt.QtWidgets import QHeaderView

from ...plugin.service.warming import warm


def show_no_selection(header: QHeaderView) -> None:
    """Let a header, whose view has its model, know of no selection.

    Whenever Qt paints a header, it finds out which columns are selected as a whole, and asks the model for the flags
    of each cell. Of a model in Python that is the longest part of selecting a thousand rows.
    """
    nothing = QItemSelectionModel(header.model(), header)
    warm(nothing)
    header.setSelectionModel(nothing)
