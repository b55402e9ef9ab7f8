"""The form that makes a layer: in the dialog, and in the Data Source Manager."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsProject
from qgis.gui import QgsCollapsibleGroupBoxBasic, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QDialog, QPushButton, QToolButton, QWidget

from ...plugin.backend.source import Kind
from ...plugin.layer.carried import carried_bands
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.draft import draft
from ...plugin.layer.editable import EditableLayer
from ...plugin.layer.naming import proposed_name, unique_name
from ...plugin.layer.options_file import SavedOptions
from ...plugin.layer.plan import LayerPlan, LayerRequest, plan_layer
from ...plugin.layer.resolve import Arguments
from ...plugin.layer.thumbnails import COMMON_OPTIONS, ThumbnailView
from ...plugin.options.check import MOSAIC_OPTIONS
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.processing_template import RAW
from ...plugin.service.access import Access
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.extent import Extent
from ...plugin.service.image_service import ImageService
from ...plugin.translation import tr
from ..area.grid_section import GridSection
from ..bands.bands_section import BandsSection
from ..common.background import Background
from ..common.form_rows import align_fields
from ..common.load_ui import load_ui
from ..common.messages import show_error, show_notes, tooltip
from ..common.scrolling import scroll_the_form
from ..common.section import Section
from ..function.function_section import FunctionSection
from ..mosaic.mosaic_section import MosaicSection
from ..preview.preview_panel import PreviewPanel
from ..service.address_box import AddressBox
from ..service.recent import RecentService, remember
from ..service.service_area import ServiceArea
from ..service.start_page import StartPage
from ..time.time_section import TimeSection
from .advanced_section import AdvancedSection
from .earlier_choices import EarlierChoices, notes_of, preferred_kind
from .form_buttons import FormButtons
from .form_documents import FormDocuments
from .form_menu import FormMenu
from .kind_section import KindSection
from .option_tabs import OptionTabs
from .preview_place import PreviewPlace
from .tab_order import follow_layout
from .target import AddTarget, Target

_IMAGE_OPTIONS = frozenset({"processing_template", "bands"})
_AREA_OPTIONS = frozenset({"extent", "cell_size"})
_MOSAIC_OPTIONS = frozenset({*MOSAIC_OPTIONS, "time", "nearest_date"})
_ADVANCED_OPTIONS = frozenset({"interpolation", "nodata", "nodata_matches_all", "compression_quality", "provider"})


class LayerForm(QWidget):
    """Composes the sections, holds the options against the service, and hands what comes of them to its target.

    `main_bar` is for what there is to say when the form has been closed. Without a `target` it adds layers.
    """

    close_requested = pyqtSignal()

    def __init__(
        self,
        canvas: QgsMapCanvas,
        main_bar: QgsMessageBar | None = None,
        parent: QWidget | None = None,
        target: Target | None = None,
    ) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._target = target or AddTarget(canvas)
        self._main_bar = main_bar or self.message_bar
        self._project = QgsProject.instance()
        self._known: ConnectedService | None = None
        self._earlier = EarlierChoices()
        self._problem = self._common_problem = ""
        # Whether the bands are already numbered as the template, yet to be described, yields them.
        self._bands_fit = True
        self._adding = Background(self)
        self.documents = FormDocuments(
            self, self._adding, self._target.announcements, adds=not self._target.keeps_name
        )
        self._closes_when_added = False
        self._service_area, self._start = ServiceArea(self), StartPage(self)
        self._service = self._service_area.section
        self._kind = KindSection(self)
        self._bands = BandsSection(self)
        self._function = FunctionSection(self)
        self._grid = GridSection(canvas, self)
        self._mosaic, self._time = MosaicSection(canvas, self), TimeSection(self)
        self._advanced = AdvancedSection(self)
        self._sections: list[Section] = [
            self._bands,
            self._function,
            self._grid,
            self._mosaic,
            self._time,
            self._advanced,
        ]
        self.preview = PreviewPanel(self)
        self._compose()
        self._label()
        self._connect_signals()
        follow_layout(self)
        scroll_the_form(self)
        self.findChild(AddressBox).setFocus()
        self._show(LayerOptions())
        self._arrange()

    def _compose(self) -> None:
        """Put the parts into their places."""
        self.service_layout.addWidget(self._service_area)
        self.tabs = OptionTabs(self)
        first = self.tabs.add_page(tr("Image"), [self._function, self._bands], _IMAGE_OPTIONS)
        self.tabs.add_page(tr("Area and cells"), [self._grid], _AREA_OPTIONS)
        align_fields(self._mosaic.form_layout, self._time.form_layout)
        self.tabs.add_page(tr("Mosaic"), [self._mosaic, self._time], _MOSAIC_OPTIONS)
        self.tabs.add_page(tr("Advanced"), [self._advanced], _ADVANCED_OPTIONS)
        self._place = PreviewPlace(self.tabs, first, self._kind, self.preview)
        self.pages.addWidget(self._start)
        self.pages.addWidget(self._place)

    def _label(self) -> None:
        self.name_label.setText(tr("&Name"))
        self.name_edit.setToolTip(tr("What the layer is called in the project"))
        self.summary_label.setAccessibleName(tr("What you will get"))
        self.stop_button.setText(tr("&Stop"))
        self.stop_button.setAutoDefault(False)
        self._buttons = buttons = FormButtons(self.button_box, FormMenu(self), self._target.texts())
        self._add_button, self._finish = buttons.apply, buttons.finish
        self._menu_button, self._reset_button = buttons.more, buttons.reset
        self._close_button, self._help_button = buttons.close, buttons.help
        for group in self.findChildren(QgsCollapsibleGroupBoxBasic):
            group.findChild(QToolButton, "collapseButton").setAccessibleName(group.title())
        if self._target.problem:
            for part in (self.contents, self._menu_button, self._reset_button):
                part.setEnabled(False)
        self._show_progress(False)

    def _connect_signals(self) -> None:
        self._service_area.layout_changed.connect(self._arrange)
        self._start.chosen.connect(self._service.open)
        self._service.changed.connect(self._update)
        self._service.loader.loaded.connect(lambda loaded: self.documents.leave(loaded.service.url))
        self._service.loader.loaded.connect(self._on_loaded)
        self._service.loader.loaded.connect(lambda _loaded: self.documents.on_loaded())
        self._service.returned.connect(self._show_request_settings)
        self._service.forgotten.connect(self.documents.leave)
        self._service.forgotten.connect(self._on_forgotten)
        self._service.document_given.connect(self.documents.open_text)
        self._service.map_found.connect(self.documents.open_item)
        self._service.loader.failed.connect(lambda _error: self._earlier.expect(None))
        self._service.loader.output_described.connect(self._update)
        self._kind.changed.connect(self._update)
        for section in self._sections:
            section.changed.connect(self._update)
        self._bands.raw_bands_chosen.connect(self._on_raw_bands)
        self._advanced.request_settings_changed.connect(self._on_request_settings)
        self.name_edit.textEdited.connect(lambda _text: self._update())
        self._adding.busy_changed.connect(self._show_progress)
        self.stop_button.clicked.connect(lambda _checked: self._adding.cancel())
        self._add_button.clicked.connect(lambda _checked: self.add())
        self._buttons.finish_requested.connect(lambda: self.add(closes=True))
        self._reset_button.clicked.connect(lambda _checked: self.reset())
        self._close_button.clicked.connect(lambda _checked: self.close_requested.emit())
        self._mosaic.outlined.connect(self._show_locked)
        self.preview.area_chosen.connect(self._on_area_chosen)
        self.preview.view_changed.connect(self._show_thumbnails)

    def keep_preview_in_tab(self) -> None:
        """Let the preview be a tab, also where there is room beside the choices."""
        self._place.stay_in_tab()
        follow_layout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview beside the choices where there is room."""
        super().resizeEvent(event)
        if self._place.fit(self.width()):
            follow_layout(self)

    def _arrange(self) -> None:
        """Show what there is to choose from: services to begin with, a server's list, or the options of a layer."""
        self.pages.setCurrentWidget(self._start if self._known is None else self._place)
        self.pages.setVisible(not self._service_area.is_listing)

    def edit(self, layer: EditableLayer, name: str) -> None:
        """Show what a layer is made of, after connecting to its service in its own way."""
        self.name_edit.setText(name)
        self.name_edit.setModified(True)
        self._earlier.expect(layer.choices)
        self._service.open_with(layer.choices.url, layer.access)

    def open(self, text: str, authcfg: str = "", referer: str = "") -> None:
        """Connect to the service at an address."""
        self._service.open(text, authcfg, referer)

    def take(self, saved: SavedOptions, access: Access | None = None) -> bool:
        """Show saved options, after connecting to their service if need be; return whether they are shown already.

        `access` is how it is asked, unless the user has chosen otherwise.
        """
        self._earlier.expect(saved)
        loaded = self._service.loader.current
        if loaded is not None and loaded.service.url == saved.url and not self._service.problem():
            self._on_loaded(loaded)
            return True
        access = access or Access()
        self._service.open(saved.url, access.authcfg, access.referer)
        return False

    def options(self) -> LayerOptions:
        """Return what the sections show."""
        options = LayerOptions()
        for section in self._sections:
            options = section.apply_to(options)
        return options

    def request(self) -> LayerRequest | None:
        """Return the request for the layer that is shown; None without a service."""
        loaded = self._service.loader.current
        if loaded is None:
            return None
        return LayerRequest(
            # The raster that the address names is among the locked ones, as long as the user leaves it there.
            address=replace(loaded.address, raster_id=None),
            access=loaded.access,
            arguments=Arguments(self.options()),
            name=self.name_edit.text().strip(),
            kind=self._kind.possible_kind(),
            provider=self._advanced.provider,
            transform_context=self._project.transformContext(),
        )

    def saved(self) -> SavedOptions | None:
        """Return what is shown, to be kept; None without a service."""
        loaded = self._service.loader.current
        if loaded is None:
            return None
        return SavedOptions(loaded.service.url, self.options(), self._kind.kind(), self._advanced.provider)

    def reset(self) -> None:
        """Give every option, the kind of layer and its name back to the service. Its address and credentials stay."""
        self.documents.forget()
        self._kind.set_kind(preferred_kind())
        self._advanced.set_provider(None)
        self.name_edit.setModified(self._target.keeps_name)
        self._advanced.set_request_settings(self._advanced.referer)
        self._on_request_settings()
        self._show(LayerOptions())

    def begin(self) -> None:
        """Show the form from its beginning, as when it opens."""
        self.tabs.setCurrentIndex(0)

    def refresh_choices(self) -> None:
        """List connections and recent services as they are now."""
        self._service.refresh_choices()
        self._start.refresh()
        self.preview.follow_preferences()
        is_asked = self._service.loader.current is not None
        self._advanced.follow_preferences(is_asked=is_asked)
        if not is_asked:
            self._service.note_request_settings(self._advanced.referer, self._advanced.timeout)

    def cancel(self) -> None:
        """Neither connect nor add any more, and close windows of its own; what has been chosen stays."""
        self._service.loader.cancel()
        self._adding.cancel()
        self.preview.cancel()
        self._function.cancel()
        for window in self.findChildren(QDialog):
            window.reject()

    def problem(self) -> str:
        """Return why no layer can be added now, empty if one can."""
        return self._problem

    def add(self, *, closes: bool = False) -> None:
        """Plan the layer in the background, then hand the plan to the target."""
        request, saved = self.request(), self.saved()
        if request is None or saved is None:
            return
        self._closes_when_added = closes
        self.message_bar.clearWidgets()
        self._adding.run(
            self._target.texts().busy.format(name=request.name),
            lambda feedback: plan_layer(request, feedback),
            lambda plan: self._on_planned(request, saved, plan),
            lambda error: show_error(self.message_bar, error),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return add from the name, and Ctrl+Return from everywhere; in other fields Return would surprise.

        On a button it clicks: left to itself, the window would click its default one instead.
        """
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        event.accept()
        focus = self.focusWidget()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or focus is self.name_edit:
            self._add_button.click()
        elif isinstance(focus, QPushButton) and focus.menu() is not None:
            focus.showMenu()
        elif isinstance(focus, QAbstractButton):
            focus.click()

    def _on_loaded(self, loaded: ConnectedService) -> None:
        """Show a service: with the options that it was opened for, was left with, or was refreshed with."""
        service = loaded.service
        is_same = self._known is not None and self._known.service.url == service.url
        saved = self._earlier.of(service.url, is_same=is_same)
        self.message_bar.clearWidgets()
        if saved is not None:
            self._kind.set_kind(saved.kind)
            self._advanced.set_provider(saved.provider)
            # For the sections this would be news of their service, which leaves what is typed and cannot be read.
            for section in self._sections if is_same else ():
                section.set_from(LayerOptions(), None)
        options = self.options() if saved is None else saved.options
        options = self._earlier.with_named_raster(options, loaded.address.raster_id, is_same=is_same)
        former, output = self._known, service
        if saved is None and former is not None and former.output is not former.service:
            # What comes out of the template is still to be told; until then it is taken for what it was.
            output = former.output
        self._known = replace(loaded, output=output)
        self._show_request_settings()
        self._show(options)
        show_notes(self.message_bar, notes_of(loaded, options))
        self._arrange()

    def _on_forgotten(self) -> None:
        """Show no service, but remember the choices for it: the next address may be its own again."""
        if self._known is not None:
            url, kind = self._known.service.url, self._kind.kind()
            self._earlier.leave(SavedOptions(url, self.options(), kind, self._advanced.provider))
        self._known = None
        self.message_bar.clearWidgets()
        if not self.name_edit.isModified():
            self.name_edit.setText("")
        self._show(LayerOptions())
        self._arrange()

    def _propose_name(self, options: LayerOptions, known: ConnectedService, output: ImageService | None) -> None:
        """Propose a name that no layer of the project has, unless one was typed."""
        if not self.name_edit.isModified():
            taken = {layer.name() for layer in self._project.mapLayers().values()}
            name = unique_name(proposed_name(known.service, options, output), taken)
            if name != self.name_edit.text():
                self.name_edit.setText(name)

    def _show_request_settings(self) -> None:
        loaded = self._service.loader.current
        if loaded is not None:
            self._advanced.set_request_settings(loaded.access.referer, loaded.access.timeout)

    def _on_request_settings(self) -> None:
        referer, timeout = self._advanced.referer, self._advanced.timeout
        self._service.set_request_settings(referer, timeout)
        loaded = self._service.loader.current
        if self._known is not None and loaded is not None:
            options = self.options()
            self._known = replace(self._known, access=loaded.access)
            for section in self._sections:
                section.set_from(options, self._known)
            self._update()

    def _on_raw_bands(self, bands: tuple[int, ...]) -> None:
        """Show bands of the raw pixels, which may have to be asked for."""
        known = self._known
        if known is None:
            return
        if self._service.loader.output(self.options()) == known.service:
            self._bands.choose(bands)
        else:
            self._known = replace(known, output=known.service)
            self._show(replace(self.options(), bands=bands, processing_template=RAW))

    def _show(self, options: LayerOptions) -> None:
        """Let the sections show options that do not come from them."""
        self._bands_fit = True
        for section in self._sections:
            section.set_from(options, self._known)
        self._update()

    def _update(self) -> None:
        """Hold what is shown against the service, and say what comes of it."""
        known = self._known
        self.name_edit.setEnabled(known is not None and not self._target.problem)
        if known is None:
            self._kind.show_kinds(None)
            self._say(self._service.problem())
            self.tabs.show_state({})
            self.preview.show_layer(None, None, self.problem())
            self._function.show_thumbnails(None)
            return
        options = self.options()
        output = self._service.loader.output(options)
        if isinstance(output, ImageService):
            if output is not known.output:
                options, known = self._show_output(options, known, output)
            self._bands_fit = False
        self._propose_name(options, known, output if isinstance(output, ImageService) else None)
        unread = {option: text for section in self._sections for option, text in section.input_problems().items()}
        found = draft(
            options,
            known.service,
            output,
            self._kind.kind(),
            self._advanced.provider,
            secured=bool(known.access.authcfg),
            unread=unread,
        )
        self._kind.show_kinds(found.kinds)
        choice = found.kinds.choice
        self._advanced.show_kind(is_picture=choice is not None and choice.kind is Kind.PICTURE)
        for section in self._sections:
            section.show_problems(found.problems)
        self.tabs.show_state(found.problems)
        self._show_preview(found.problem, output)
        self._common_problem = next((found.problems[name] for name in COMMON_OPTIONS if name in found.problems), "")
        self._show_thumbnails()
        self._say(self._service.problem() or found.problem, "\n".join(filter(None, (found.summary, *found.notes))))

    def _show_preview(self, problem: str, output: object) -> None:
        """Let what is chosen be drawn, or say why it cannot be."""
        problem = self._service.problem() or problem
        loaded = self._service.loader.current
        described = None
        if loaded is not None and isinstance(output, ImageService):
            described = replace(loaded, output=output)
        self.preview.show_layer(self.request(), described, problem)
        self.preview.show_area(self.options().extent)
        self._show_locked()

    def _show_locked(self) -> None:
        """Let the preview show where the rasters lie that the layer is locked to."""
        self.preview.show_outlines(self._mosaic.locked_outlines())

    def _show_thumbnails(self) -> None:
        """Let the processing templates be seen over what the preview shows, with the same rasters."""
        loaded = self._service.loader.current
        problem = self._service.problem() or self._common_problem
        if loaded is None or self._known is None or problem:
            self._function.show_thumbnails(None, problem)
            return
        try:
            view = ThumbnailView.of(loaded, self.options(), self.preview.looked_at(loaded.service))
        except ImageServerLayerError as error:
            self._function.show_thumbnails(None, error.message)
        else:
            self._function.show_thumbnails(view)

    def _on_area_chosen(self, extent: Extent) -> None:
        """Take the part of the service that was drawn in the preview."""
        self._grid.set_from(replace(self.options(), extent=extent), self._known)
        self._update()

    def _show_output(
        self, options: LayerOptions, known: ConnectedService, output: ImageService
    ) -> tuple[LayerOptions, ConnectedService]:
        """Let the sections know what comes out of the processing template."""
        if not self._bands_fit:
            options = replace(options, bands=carried_bands(options.bands, known.output, output))
        self._known = known = replace(known, output=output)
        for section in self._sections:
            if section is not self._function:
                section.set_from(options, known)
        return self.options(), known

    def _say(self, problem: str, summary: str = "") -> None:
        """Show what there will be, or why there is nothing."""
        texts = self._target.texts()
        problem = self._target.problem or problem
        self._problem = problem or (texts.is_busy if self._adding.is_busy else "")
        self.summary_label.setText(problem or summary)
        for button, text in (
            (self._add_button, texts.apply_tip),
            (self._finish, texts.finish_tip),
        ):
            button.setEnabled(not self._problem)
            button.setToolTip(tooltip(self._problem) or text)

    def _show_progress(self, busy: bool) -> None:
        self.progress_bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self._update()

    def _on_planned(self, request: LayerRequest, choices: SavedOptions, plan: LayerPlan) -> None:
        try:
            bar = self._main_bar if self._closes_when_added else self.message_bar
            self._target.take(self.documents.dressed(plan), bar)
        except ImageServerLayerError as error:
            show_error(self.message_bar, error)
            return
        remember(RecentService(choices, request.access))
        self._service.refresh_choices()
        if self.name_edit.text().strip() == request.name:
            self.name_edit.setModified(self._target.keeps_name)
        self._update()
        if self._closes_when_added:
            self.close_requested.emit()
