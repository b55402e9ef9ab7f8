"""The part of the form that chooses extent, shape and cells, and shows the pixels that come of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.grid import Grid, pixel_grid
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.errors import OptionError
from ...plugin.translation import tr
from ..common.footprints import Footprints
from ..common.form_rows import align_labels
from ..common.load_ui import load_ui
from ..common.section import Section
from ..common.service_crs import service_crs
from .cell_size_field import CellSizeField
from .clip_field import ClipField
from .extent_field import ExtentField

# Parts of a cell: a smaller difference does not move a pixel.
_FINEST = 1000


class GridSection(Section):
    """The whole service or a part of it, its own cells or others, and how many columns and rows that makes.

    `canvas` is the map whose extent can be taken, on which one can be drawn, and which shows the part that is chosen.
    """

    def __init__(self, canvas: QgsMapCanvas | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._canvas = canvas
        self._known: ConnectedService | None = None
        self._problems: Mapping[str, str] = {}
        self._footprints: Footprints | None = None
        self.extent_field, self.cell_size_field = ExtentField(canvas, self), CellSizeField(self)
        self.clip_field = ClipField(self.cell_size_field.cell_size, self)
        self.grid_layout.addWidget(self.extent_field, 0, 1)
        self.grid_layout.addWidget(self.clip_field, 1, 1)
        self.grid_layout.addWidget(self.cell_size_field, 2, 1)
        self._set_texts()
        self.extent_field.changed.connect(self._on_changed)
        self.clip_field.changed.connect(self._on_changed)
        self.cell_size_field.changed.connect(self._on_changed)
        self.set_from(LayerOptions(), None)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show extent, shape and cells, without emitting anything."""
        self._known = known
        self.setEnabled(known is not None)
        self.extent_field.set_from(options.extent, known)
        self.clip_field.set_from(options.clip, known)
        self.cell_size_field.set_from(options.cell_size, options.snap_origin, known)
        self._show()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return the options with extent, shape and cells, each None where it is left to the service."""
        return replace(
            options,
            extent=self.extent_field.extent(),
            clip=self.clip_field.clip(),
            cell_size=self.cell_size_field.cell_size(),
            snap_origin=self.cell_size_field.snap_origin(),
        )

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field."""
        self._problems = dict(problems)
        self._show_problems()

    def input_problems(self) -> Mapping[str, str]:
        """Return what is missing or cannot be read."""
        problems = {
            "extent": self.extent_field.input_problem(),
            "clip": self.clip_field.input_problem(),
            "cell_size": self.cell_size_field.input_problem(),
        }
        return {name: problem for name, problem in problems.items() if problem}

    def showEvent(self, event: QShowEvent) -> None:
        """Show the chosen part on the map, too."""
        super().showEvent(event)
        self._show_on_map()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no trace on the map."""
        super().hideEvent(event)
        self._show_on_map()

    def _set_texts(self) -> None:
        self.extent_label.setText(tr("E&xtent"))
        self.clip_label.setText(tr("Cli&p to"))
        self.cell_size_label.setText(tr("Cell si&ze"))
        self.result_label.setText(tr("Result"))
        # The first button, and not the field: a mnemonic also clicks what it leads to.
        self.extent_label.setBuddy(self.extent_field.whole_button)
        self.clip_label.setBuddy(self.clip_field.none_button)
        self.cell_size_label.setBuddy(self.cell_size_field.own_button)
        align_labels(self.grid_layout, self.extent_field.whole_button)
        self.result.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _on_changed(self) -> None:
        self._problems = {}
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._show_problems()
        grid = self._grid()
        self.result.setText("" if grid is None else self._in_words(grid))
        self._show_on_map()

    def _show_problems(self) -> None:
        problems = {**self._problems, **self.input_problems()}
        self.extent_field.set_problem(problems.get("extent", ""))
        self.clip_field.set_problem(problems.get("clip", ""))
        self.cell_size_field.set_problem(problems.get("cell_size", "") or problems.get("snap_origin", ""))

    def _grid(self) -> Grid | None:
        """Return the resulting pixels; None where there are none, which is for the problems to explain."""
        if self._known is None or self.input_problems():
            return None
        try:
            wanted = self.apply_to(LayerOptions())
            return pixel_grid(self._known.service, wanted.area, wanted.cell_size, wanted.snap_origin)
        except OptionError:
            return None

    def _in_words(self, grid: Grid) -> str:
        locale = QLocale()
        count = tr("{columns} × {rows} cells of {size}").format(
            columns=locale.toString(grid.columns),
            rows=locale.toString(grid.rows),
            size=self.cell_size_field.in_words(grid.cell_size),
        )
        decimals = _decimals(min(grid.cell_size))
        edges = tr("x {xmin} to {xmax}, y {ymin} to {ymax}").format(
            **{name: format(round(value, decimals), ".15g") for name, value in grid.extent._asdict().items()}
        )
        crs = service_crs(self._known)
        name = f" ({crs.authid() or crs.userFriendlyIdentifier()})" if crs.isValid() else ""
        lines = [count, f"{edges}{name}"]
        if self.clip_field.clip() is not None:
            lines.append(tr("Outside the polygons there is no data."))
        return "\n".join(lines)

    def _show_on_map(self) -> None:
        """Show where a part comes to lie, as long as the section is seen."""
        if self._footprints is not None:
            self._footprints.remove()
            self._footprints = None
        crs = service_crs(self._known)
        has_place = crs.isValid() and self.apply_to(LayerOptions()).area is not None
        grid = self._grid() if self.isVisible() and has_place else None
        if self._canvas is not None and grid is not None:
            self._footprints = Footprints(self._canvas, crs, self)
            self._footprints.show([grid.extent])


def _decimals(cell_size: float) -> int:
    """Return how many decimals of a coordinate mean something, beside cells of a size."""
    return max(2, math.ceil(math.log10(_FINEST / cell_size)))
