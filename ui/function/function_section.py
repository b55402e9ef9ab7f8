"""The part of the form that chooses the processing template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QLocale, QModelIndex, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.thumbnails import ThumbnailView
from ...plugin.options.check_tiles import why_not
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.processing_template import RAW, ProcessingTemplate
from ...plugin.options.rendering_rule import published_name
from ...plugin.options.well_known import Reading, read_rule
from ...plugin.service.errors import OptionError
from ...plugin.service.image_service import ImageService
from ...plugin.service.preferences import wants_thumbnails
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from ..common.load_ui import load_ui
from ..common.scrolling import bring_into_sight
from ..common.section import Section
from .function_editor import FunctionEditor
from .function_fields import FunctionFields
from .function_list import KIND_ROLE, TEMPLATE_ROLE, FunctionList, Kind, TemplateFilter
from .gallery import FunctionGallery

_SETTING = "image_server_layer/function_gallery"
_ROWS_SHOWN = 8
# Enough rows to find the width of a column, and few enough for hundreds of functions.
_ROWS_MEASURED = 50


class FunctionSection(Section):
    """Processing templates as a gallery or a list with a filter; fields for parameters, an editor for a chain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._service: ImageService | None = None
        self._kind, self._name = Kind.DEFAULT, ""
        self._is_filling = self._is_gallery = False
        # Whether the list is to be measured once it is seen.
        self._is_list_new = False
        self._list = FunctionList(self)
        self._filter = TemplateFilter(self._list, self)
        self.gallery = FunctionGallery(self)
        self.vertical_layout.insertWidget(1, self.gallery)
        self._editor, self._message = FunctionEditor(self), FieldMessage(self)
        self._fields = FunctionFields(self)
        self.vertical_layout.addWidget(self._fields)
        self.vertical_layout.addWidget(self._editor)
        self.vertical_layout.addWidget(self._message)
        self._set_texts()
        self._set_up_views()
        self.description.setTextFormat(Qt.TextFormat.PlainText)
        self.description.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.filter.textChanged.connect(self._on_filter)
        self.view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.gallery_button.toggled.connect(self._on_switched)
        self._editor.changed.connect(self.changed)
        self._fields.changed.connect(self.changed)
        self._fields.json_requested.connect(self._take_as_json)
        self.set_from(LayerOptions(), None)

    def _set_texts(self) -> None:
        self.label.setText(tr("Processing &template"))
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setShowSearchIcon(True)
        self.filter.setAccessibleName(tr("Filter the processing templates"))
        self.filter.setToolTip(tr("Show only templates with these words in their name or description."))
        text = tr("Show the processing templates as thumbnails")
        self.gallery_button.setIcon(QgsApplication.getThemeIcon("/mActionIconView.svg"))
        self.gallery_button.setToolTip(text)
        self.gallery_button.setAccessibleName(text)

    def _set_up_views(self) -> None:
        """Let both show the same, and choose in the same."""
        for view in (self.view, self.gallery):
            view.setAccessibleName(tr("Processing template"))
            view.setModel(self._filter)
        unused = self.gallery.selectionModel()
        self.gallery.setSelectionModel(self.view.selectionModel())
        unused.deleteLater()
        self.view.setMinimumHeight((_ROWS_SHOWN + 2) * self.view.fontMetrics().lineSpacing())
        self.view.setMaximumHeight(self.view.minimumHeight())
        self.view.header().setResizeContentsPrecision(_ROWS_MEASURED)
        self.gallery_button.setChecked(QgsSettings().value(_SETTING, True, type=bool))
        self._show_view()

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show what the service publishes, and which template is chosen."""
        service = None if known is None else known.service
        is_other = service is not self._service
        self._service = service
        self.setEnabled(service is not None)
        if is_other:
            self._is_filling = True
            self._list.show_service(service)
            self._is_list_new = True
            self._show_view()
            self.gallery.fit(self._list.rowCount())
            self.filter.clear()
            self._is_filling = False
        self._editor.set_known(known)
        if is_other or options.processing_template != self._template():
            self._choose(options.processing_template)
        self._show_choice()

    def show_thumbnails(self, view: ThumbnailView | None, problem: str = "") -> None:
        """Say what the thumbnails show; None where that cannot be said, with the reason."""
        own = self._own()
        chain = None if own is None or own.problem() else own.template()
        self.gallery.set_view(view, chain, problem, self._name if self._kind is Kind.WELL_KNOWN else "")

    def follow_preferences(self) -> None:
        """Show thumbnails, or a list only, as the user wants it by now."""
        self._show_view()
        self._describe()

    def cancel(self) -> None:
        """Ask for no thumbnails any more, until some come into sight again."""
        self.gallery.stop()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return the options with the template that is chosen."""
        return replace(options, processing_template=self._template())

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong with the template."""
        problem = problems.get("processing_template", "")
        own = self._own()
        for part in (self._editor, self._fields):
            part.set_problem(problem if part is own else "")
        self._message.set_text("" if own is not None else problem)

    def input_problems(self) -> Mapping[str, str]:
        """Return why the text in the editor is no function chain, or the values in the fields no function."""
        own = self._own()
        problem = "" if own is None else own.problem()
        return {"processing_template": problem} if problem else {}

    def _own(self) -> FunctionEditor | FunctionFields | None:
        """Return the part in which the function is made; None for what is only chosen."""
        if self._kind is Kind.WELL_KNOWN:
            return self._fields
        return self._editor if self._kind is Kind.CUSTOM else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the description if the list now has room for it."""
        super().resizeEvent(event)
        self._describe()

    def _template(self) -> ProcessingTemplate:
        own = self._own()
        if own is not None:
            return own.template()
        return RAW if self._kind is Kind.RAW else ProcessingTemplate(self._name)

    def _choose(self, template: ProcessingTemplate) -> None:
        self._name = ""
        reading = self._read(template)
        if reading is not None and self._service is not None:
            self._kind, self._name = Kind.WELL_KNOWN, reading.function.name
            self._fields.show_function(reading.function, self._service, reading.values, template)
        elif template.function is not None:
            self._kind = Kind.CUSTOM
            self._editor.set_template(template)
        elif template.is_raw or not template:
            self._kind = Kind.RAW if template else Kind.DEFAULT
        else:
            self._kind, self._name = Kind.PUBLISHED, _spelled(template.name, self._service)

    def _read(self, template: ProcessingTemplate) -> Reading | None:
        """Return the function of a template and its values, where fields show all that it says."""
        return None if self._service is None else read_rule(template, self._list.well_known, self._service)

    def _show_choice(self) -> None:
        """Select and describe the chosen template, as far as the filter shows it."""
        self._is_filling = True
        row = self._list.row_of(self._kind, self._name)
        chosen = QModelIndex() if row is None else self._list.index(row, 0)
        shown = self._filter.mapFromSource(chosen)
        self.view.setCurrentIndex(shown)
        if not shown.isValid():
            self.view.clearSelection()
        self._scroll_to(shown)
        self._is_filling = False
        for part in (self._editor, self._fields):
            part.setVisible(part is self._own())
        self._describe()
        self._show_count()

    def _scroll_to(self, shown: QModelIndex) -> None:
        view = self._shown_view()
        if shown.isValid():
            view.scrollTo(shown)
        else:
            view.scrollToTop()

    def _shown_view(self) -> QAbstractItemView:
        return self.gallery if self._is_gallery else self.view

    def _show_view(self) -> None:
        # Services of ready-made tiles apply no functions.
        is_of_tiles = self._service is not None and self._service.tiles_only
        has_thumbnails = wants_thumbnails() and not is_of_tiles
        self._is_gallery = has_thumbnails and self.gallery_button.isChecked()
        self.gallery_button.setVisible(has_thumbnails)
        self.gallery.setVisible(self._is_gallery)
        self.view.setVisible(not self._is_gallery)
        if self._is_list_new and not self._is_gallery:
            self._is_list_new = False
            self.view.resizeColumnToContents(0)
        self.label.setBuddy(self._shown_view())

    def _on_switched(self, is_gallery: bool) -> None:
        QgsSettings().setValue(_SETTING, is_gallery)
        self._show_view()
        self._scroll_to(self.view.currentIndex())
        self._describe()

    def _describe(self) -> None:
        """Describe the chosen template, as far as the list has no room for it."""
        row = self._list.row_of(self._kind, self._name)
        chosen = QModelIndex() if row is None else self._list.index(row, 0)
        shown, text = self._filter.mapFromSource(chosen), self._in_words(chosen)
        self.description.setText(text)
        is_read = shown.isValid() and not self._is_gallery and self._is_read_in_list(shown, text)
        self.description.setVisible(bool(text) and not is_read)

    def _show_count(self) -> None:
        """Show how many of the functions the filter leaves, without the rows above them."""
        shown, total = self._filter.counts()
        locale = QLocale()
        text = tr("{shown} of {total}")
        self.count.setText(text.format(shown=locale.toString(shown), total=locale.toString(total)))
        self.count.setVisible(shown < total)

    def _in_words(self, chosen: QModelIndex) -> str:
        if self._service is not None and self._service.tiles_only:
            return why_not("processing_template", self._service)
        if self._service is not None and not self._service.allows_functions:
            return tr("The service allows no processing templates; its pixels come as they are.")
        function = chosen.data(TEMPLATE_ROLE)
        if function is None:
            return ""
        text = "\n".join(filter(None, (function.description, function.help)))
        if self._kind is Kind.WELL_KNOWN:
            return f"{chosen.data()}: {text}"
        return f"{function.name}: {text}" if text and self._kind is Kind.PUBLISHED else text

    def _is_read_in_list(self, shown: QModelIndex, text: str) -> bool:
        """Whether the list already says all there is to say of the row that is chosen."""
        cell = shown.sibling(shown.row(), 1)
        room = self.view.viewport().width() - self.view.columnWidth(0) - 2 * self.view.fontMetrics().averageCharWidth()
        said = str(cell.data())
        return text.endswith(said) and "\n" not in text and self.view.fontMetrics().horizontalAdvance(said) <= room

    def _on_filter(self, text: str) -> None:
        if self._is_filling:
            self._filter.set_text(text)
            return
        # The choice stays, also when the filter hides it.
        self._is_filling = True
        self._filter.set_text(text)
        self._show_choice()

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._is_filling or not current.isValid():
            return
        former, before = self._kind, self._template()
        self._kind = current.data(KIND_ROLE)
        if self._kind is Kind.CUSTOM and former in (Kind.PUBLISHED, Kind.WELL_KNOWN):
            is_named = former is Kind.PUBLISHED
            function = {"rasterFunction": self._name}
            self._editor.set_template(ProcessingTemplate(function=function) if is_named else before)
        self._name = current.data(TEMPLATE_ROLE).name if self._kind in (Kind.PUBLISHED, Kind.WELL_KNOWN) else ""
        if self._kind is Kind.WELL_KNOWN:
            self._show_parameters(before)
        self.show_problems({})
        self._show_choice()
        own = self._own()
        if own is not None:
            bring_into_sight(own)
        self.changed.emit()

    def _show_parameters(self, before: ProcessingTemplate) -> None:
        """Show the function that was chosen, with the values that it had as a chain, or else had here before."""
        service = self._service
        function = next((known for known in self._list.well_known if known.name == self._name), None)
        if function is None or service is None:
            return
        reading = self._read(before)
        if reading is not None and reading.function == function:
            self._fields.show_function(function, service, reading.values, before)
        elif not self._fields.shows(function, service):
            self._fields.show_function(function, service)

    def _take_as_json(self) -> None:
        """Go on with the function that is shown as JSON."""
        row = self._list.row_of(Kind.CUSTOM)
        if row is not None:
            self.filter.clear()
            self.view.setCurrentIndex(self._filter.mapFromSource(self._list.index(row, 0)))


def _spelled(name: str, service: ImageService | None) -> str:
    """Return a function's name as the service spells it, where it has such a function."""
    if service is None:
        return name
    try:
        return published_name(name, service)
    except OptionError:
        # The problem is shown elsewhere; the name stays until the user chooses another.
        return name
