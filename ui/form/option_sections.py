"""The sections that show the options of a layer, and all of them taken together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.check import MOSAIC_OPTIONS
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..area.grid_section import GridSection
from ..bands.bands_section import BandsSection
from ..common.form_rows import align_fields
from ..common.section import Section
from ..function.function_section import FunctionSection
from ..mosaic.mosaic_section import MosaicSection
from ..time.slice_section import SliceSection
from ..time.time_section import TimeSection
from .advanced_section import AdvancedSection
from .option_tabs import OptionTabs

_IMAGE_OPTIONS = frozenset({"processing_template", "bands"})
_AREA_OPTIONS = frozenset({"extent", "clip", "cell_size", "snap_origin"})
_MOSAIC_OPTIONS = frozenset({*MOSAIC_OPTIONS, "time", "nearest_date"})
_SLICE_OPTIONS = frozenset({"variable", "dimensions"})
_ADVANCED_OPTIONS = frozenset(
    {"interpolation", "nodata", "nodata_matches_all", "compression_quality", "tiles", "provider"}
)


class OptionSections(QObject):
    """Makes the sections, puts them into tabs, and lets them show options and tell of them as one.

    `make` comes first, then `put_into`; both are gone through step by step.

    `changed` is emitted when one of them says so, `tabs_changed` when there is a tab more or less.
    """

    changed = pyqtSignal()
    tabs_changed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        warm(self)
        self._parent = parent
        self.all: list[Section] = []
        self._tabs: OptionTabs | None = None

    def make(self, canvas: QgsMapCanvas) -> Iterator[None]:
        """Make the sections, one in each step: they are made of hundreds of widgets."""
        parent = self._parent
        self.bands = BandsSection(parent)
        yield
        self.function = FunctionSection(parent)
        yield
        self.grid = GridSection(canvas, parent)
        yield
        self.mosaic = MosaicSection(canvas, parent)
        yield
        self.time = TimeSection(parent)
        yield
        self.slice = SliceSection(parent)
        yield
        self.advanced = AdvancedSection(parent)
        self.all = [self.bands, self.function, self.grid, self.mosaic, self.time, self.slice, self.advanced]
        for section in self.all:
            section.changed.connect(self.changed)
        yield

    def put_into(self, tabs: OptionTabs) -> Iterator[None]:
        """Put the sections into tabs, one in each step; then `first_page` is there."""
        self.first_page = tabs.add_page(tr("Image"), [self.function, self.bands], _IMAGE_OPTIONS)
        yield
        tabs.add_page(tr("Area and cells"), [self.grid], _AREA_OPTIONS)
        yield
        align_fields(self.mosaic.form_layout, self.time.form_layout)
        tabs.add_page(tr("Mosaic"), [self.mosaic, self.time], _MOSAIC_OPTIONS)
        yield
        tabs.add_page(tr("Advanced"), [self.advanced], _ADVANCED_OPTIONS)
        tabs.add_page(tr("Dimensions"), [self.slice], _SLICE_OPTIONS)
        self._tabs = tabs
        yield

    def options(self) -> LayerOptions:
        """Return what the sections show."""
        options = LayerOptions()
        for section in self.all:
            options = section.apply_to(options)
        return options

    def set_from(self, options: LayerOptions, known: ConnectedService | None, *, but: Section | None = None) -> None:
        """Let all sections show options, except for the one that they come from."""
        for _ in self.set_in_steps(options, known, but=but):
            pass

    def set_in_steps(
        self, options: LayerOptions, known: ConnectedService | None, *, but: Section | None = None
    ) -> Iterator[None]:
        """Do so section by section; nobody is to see the one without the others."""
        for section in self.all:
            if section is not but:
                section.set_from(options, known)
                yield
        # The tab is there where the service has dimensions, or where some are asked for in vain.
        is_shown = not self.slice.isHidden()
        if self._tabs is not None and self._tabs.show_page(self.slice, is_shown=is_shown, index=1):
            self.tabs_changed.emit()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem where it belongs; keys are the names of `LayerOptions` fields."""
        for section in self.all:
            section.show_problems(problems)

    def unread(self) -> dict[str, str]:
        """Return what was typed and is no value at all: by option, what is wrong with it."""
        return {option: text for section in self.all for option, text in section.input_problems().items()}
