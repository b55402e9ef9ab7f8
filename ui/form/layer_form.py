"""The form that makes a layer: in the dialog, and in the Data Source Manager."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qgis.gui import QgsCollapsibleGroupBoxBasic, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QDialog, QPushButton, QToolButton, QWidget

from ...plugin.backend.source import Kind
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.editable import EditableLayer
from ...plugin.layer.options_file import SavedOptions
from ...plugin.layer.request import LayerRequest
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.access import Access
from ...plugin.service.extent import Extent
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.background import Background
from ..common.load_ui import load_ui
from ..common.messages import show_notes
from ..common.scrolling import scroll_the_form
from ..preview.preview_panel import PreviewPanel
from ..service.address_box import AddressBox
from ..service.service_area import ServiceArea
from ..service.start_page import StartPage
from .bottom_line import BottomLine
from .earlier_choices import notes_of, preferred_kind
from .form_buttons import FormButtons
from .form_documents import FormDocuments
from .form_menu import FormMenu
from .form_preview import FormPreview
from .form_state import FormState
from .kind_section import KindSection
from .layer_maker import LayerMaker
from .option_sections import OptionSections
from .option_tabs import OptionTabs
from .preview_place import PreviewPlace
from .tab_order import follow_layout
from .target import AddTarget, Target
from .unseen_steps import UnseenSteps


class LayerForm(QWidget):
    """Composes the sections, holds the options against the service, and hands what comes of them to its target.

    `main_bar` is for what there is to say when the form has been closed. Without a `target` it adds layers. A form that
    is not made `at_once` is of no use before `build_on` has said that it is whole.
    """

    close_requested = pyqtSignal()
    connections_changed = pyqtSignal()
    """The user has changed QGIS' saved connections, or may have."""

    def __init__(
        self,
        canvas: QgsMapCanvas,
        main_bar: QgsMessageBar | None = None,
        parent: QWidget | None = None,
        target: Target | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._target = target or AddTarget(canvas)
        self._problem = ""
        # Why there is no layer, and what there will be, as far as what is chosen decides it.
        self._told = "", ""
        self._rest = self._build(canvas, main_bar or self.message_bar)
        if at_once:
            self.build()

    def build(self) -> None:
        """Make all that is still to be made of the form."""
        while not self.build_on():
            pass

    def build_on(self) -> bool:
        """Make some more of the form, for a few hundredths of a second; return whether that was all."""
        return next(self._rest, True)

    def _build(self, canvas: QgsMapCanvas, main_bar: QgsMessageBar) -> Iterator[bool]:
        """Make the parts of the form, put them together and let them work; yield after each step."""
        self._adding = Background(self)
        self.documents = FormDocuments(self, self._adding, self._target.announcements, adds=not self._target.keeps_name)
        self._service_area = ServiceArea(self)
        self._service = self._service_area.section
        yield False
        self._start, self._kind = StartPage(self), KindSection(self)
        yield False
        self._sections = sections = OptionSections(self)
        for _ in sections.make(canvas):
            yield False
        self._bands, self._function, self._grid = sections.bands, sections.function, sections.grid
        self._mosaic, self._time, self._slice = sections.mosaic, sections.time, sections.slice
        self._advanced = sections.advanced
        self.state = FormState(self._service.loader, self._kind, self._sections, self.name_edit)
        self.preview = PreviewPanel(self)
        self._pixels = FormPreview(self.preview, self._function)
        self._taking = UnseenSteps(self)
        # What has outgrown its room says so in the middle of being laid out.
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        warm(self._fitting)
        self._maker = LayerMaker(self._adding, self._target, self.message_bar, main_bar, self.documents.dressed)
        yield False
        yield from self._compose()
        self._label()
        self._connect_signals()
        yield False
        follow_layout(self)
        yield False
        scroll_the_form(self)
        self.findChild(AddressBox).setFocus()
        yield False
        self.state.show(LayerOptions())
        self._arrange()

    def _compose(self) -> Iterator[bool]:
        """Put the parts into their places."""
        self.service_layout.addWidget(self._service_area)
        self.tabs = OptionTabs(self)
        for _ in self._sections.put_into(self.tabs):
            yield False
        self.pages.addWidget(self._start)
        # In its place before it has hundreds of widgets, each of which Qt looks at when it moves.
        self._place = PreviewPlace(self.tabs, self._sections.first_page, self._kind, self.preview, self.pages)
        self.pages.addWidget(self._place)
        yield False

    def _label(self) -> None:
        self.name_label.setText(tr("&Name"))
        self.name_edit.setToolTip(tr("What the layer is called in the project"))
        self._line = BottomLine(self.summary_label, self)
        self.stop_button.setText(tr("&Stop"))
        self.stop_button.setAutoDefault(False)
        self._buttons = buttons = FormButtons(self.button_box, FormMenu(self), self._target.texts())
        self._add_button = buttons.apply
        self._menu_button, self._reset_button = buttons.more, buttons.reset
        self._close_button, self._help_button = buttons.close, buttons.help
        for group in self.findChildren(QgsCollapsibleGroupBoxBasic):
            group.findChild(QToolButton, "collapseButton").setAccessibleName(group.title())
        if self._target.problem:
            for part in (self.contents, self._menu_button, self._reset_button):
                part.setEnabled(False)
        self.progress_bar.hide()
        self.stop_button.hide()

    def _connect_signals(self) -> None:
        service, loader = self._service, self._service.loader
        self._service_area.layout_changed.connect(self._arrange)
        self._start.chosen.connect(service.open)
        self._start.search_wanted.connect(service.look_for_words)
        for part in (self._start, service):
            part.connections_changed.connect(self._on_connections_changed)
        service.changed.connect(self.state.update)
        loader.loaded.connect(lambda _loaded: self._take_soon())
        service.returned.connect(self._show_request_settings)
        service.forgotten.connect(self.documents.leave)
        service.forgotten.connect(self._on_forgotten)
        service.document_given.connect(self.documents.open_text)
        service.map_found.connect(self.documents.open_item)
        loader.failed.connect(lambda _error: self.state.earlier.expect(None))
        loader.output_described.connect(self.state.update)
        self._kind.changed.connect(self.state.update)
        self._sections.changed.connect(self.state.update)
        self._sections.tabs_changed.connect(lambda: follow_layout(self))
        self._place.outgrown.connect(self._fitting.start)
        self._fitting.timeout.connect(lambda: self.fit(self.width()))
        self.tabs.currentChanged.connect(lambda _index: self._line.refresh())
        self._bands.raw_bands_chosen.connect(self.state.choose_raw_bands)
        self._advanced.request_settings_changed.connect(self._on_request_settings)
        self.name_edit.textEdited.connect(lambda _text: self.state.update())
        self.state.drafted.connect(self._show_draft)
        self._adding.busy_changed.connect(self._show_progress)
        self._maker.made.connect(self._on_made)
        self.stop_button.clicked.connect(lambda _checked: self._adding.cancel())
        self._add_button.clicked.connect(lambda _checked: self.add())
        self._buttons.finish_requested.connect(lambda: self.add(closes=True))
        self._buttons.dates_requested.connect(lambda: self.add(by_date=True))
        self._reset_button.clicked.connect(lambda _checked: self.reset())
        self._close_button.clicked.connect(lambda _checked: self.close_requested.emit())
        self._mosaic.outlined.connect(self._show_locked)
        self.preview.area_chosen.connect(self._on_area_chosen)

    def keep_preview_in_tab(self) -> None:
        """Let the preview be a tab, also where there is room beside the choices."""
        self._place.stay_in_tab()
        follow_layout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview beside the choices where there is room."""
        super().resizeEvent(event)
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Put the preview where there is room for it in a form of a width in pixels."""
        margins, bar = self.layout().contentsMargins(), self.scroll_area.verticalScrollBar().sizeHint().width()
        if self._place.fit(width, width - margins.left() - margins.right() - bar):
            follow_layout(self)

    def _arrange(self) -> None:
        """Show what there is to choose from: services to begin with, a server's list, or the options of a layer."""
        self.pages.setCurrentWidget(self._start if self.state.known is None else self._place)
        self.pages.setVisible(not self._service_area.is_listing)
        self.fit(self.width())
        self._line.refresh()

    def edit(self, layer: EditableLayer, name: str) -> None:
        """Show what a layer is made of, after connecting to its service in its own way."""
        self.show_name(name)
        self.state.earlier.expect(layer.choices)
        self._service.open_with(layer.choices.url, layer.access)

    def show_name(self, name: str) -> None:
        """Show what a layer is called, as if it had been typed: no other name is proposed."""
        self.name_edit.setText(name)
        self.name_edit.setModified(True)

    def open(self, text: str, authcfg: str = "", referer: str = "") -> None:
        """Connect to the service at an address."""
        self._service.open(text, authcfg, referer)

    def take(self, saved: SavedOptions, access: Access | None = None) -> bool:
        """Show saved options, after connecting to their service if need be; return whether they are shown already.

        `access` is how it is asked, unless the user has chosen otherwise.
        """
        self.state.earlier.expect(saved)
        loaded = self._service.loader.current
        if loaded is not None and loaded.service.url == saved.url and not self._service.problem():
            if self._taking.is_active and not self.state.is_taking:
                # It is about to be shown, and with what is expected.
                return False
            self._taking.finish()
            for _ in self._show_loaded(loaded):
                pass
            return True
        access = access or Access()
        self._service.open(saved.url, access.authcfg, access.referer)
        return False

    def options(self) -> LayerOptions:
        """Return what the sections show."""
        return self.state.options()

    def request(self) -> LayerRequest | None:
        """Return the request for the layer that is shown; None without a service."""
        return self.state.request()

    def saved(self) -> SavedOptions | None:
        """Return what is shown, to be kept; None without a service."""
        return self.state.saved()

    def reset(self) -> None:
        """Give every option, the kind of layer and its name back to the service. Its address and credentials stay."""
        self.documents.forget()
        self._kind.set_kind(preferred_kind())
        self._advanced.set_provider(None)
        self.name_edit.setModified(self._target.keeps_name)
        self._advanced.set_request_settings(self._advanced.referer)
        self._on_request_settings()
        self.state.show(LayerOptions())

    def begin(self) -> None:
        """Show the form from its beginning, as when it opens."""
        self.tabs.setCurrentIndex(0)

    def refresh_choices(self) -> None:
        """List connections and recent services as they are now."""
        self._service.refresh_choices()
        self._start.refresh()
        self.preview.follow_preferences()
        self._function.follow_preferences()
        is_asked = self._service.loader.current is not None
        self._advanced.follow_preferences(is_asked=is_asked)
        if not is_asked:
            self._service.note_request_settings(self._advanced.referer, self._advanced.timeout)

    def cancel(self) -> None:
        """Neither connect nor add any more, and close windows of its own; what has been chosen stays."""
        self._service.cancel()
        self._adding.cancel()
        self.preview.cancel()
        self._function.cancel()
        for window in self.findChildren(QDialog):
            window.reject()

    def problem(self) -> str:
        """Return why no layer can be added now, empty if one can."""
        return self._problem

    def add(self, *, closes: bool = False, by_date: bool = False) -> None:
        """Plan the layer in the background, then hand the plan to the target, or ask for its dates."""
        request, saved = self.request(), self.saved()
        if request is not None and saved is not None:
            self._maker.make(request, saved, closes=closes, by_date=by_date)

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

    def _take_soon(self) -> None:
        """Take the service that was loaded in turns of its own: to say what it is, and to show its options, is much.

        Nobody sees a part of it without the others, or can use it before all is shown.
        """
        self.state.finish()
        self._taking.begin(self._take_loaded())

    def _take_loaded(self) -> Iterator[None]:
        """Take the service in steps; yield after each of them."""
        loaded = self._service.loader.current
        # Nothing may have been found since at another address.
        if loaded is not None:
            self.documents.leave(loaded.service.url)
            yield from self._show_loaded(loaded)
            self.documents.on_loaded()
            # What is new is laid out before it is painted.
            yield

    def _show_loaded(self, loaded: ConnectedService) -> Iterator[None]:
        self.message_bar.clearWidgets()
        # Whatever is to be shown otherwise meanwhile finishes them, too.
        yield from self.state.take(loaded)
        notes = notes_of(loaded, self.state.asked)
        show_notes(self.message_bar, [*notes, *filter(None, (self.state.news,))])
        self._arrange()

    def _on_forgotten(self) -> None:
        self._taking.stop()
        self.message_bar.clearWidgets()
        self.state.forget()
        self._arrange()

    def _show_request_settings(self) -> None:
        loaded = self._service.loader.current
        if loaded is not None:
            self._advanced.set_request_settings(loaded.access.referer, loaded.access.timeout)

    def _on_request_settings(self) -> None:
        self._service.set_request_settings(self._advanced.referer, self._advanced.timeout)
        self.state.ask_otherwise()

    def _on_connections_changed(self) -> None:
        self._service.refresh_choices()
        self._start.refresh()
        self.connections_changed.emit()

    def _show_locked(self) -> None:
        """Let the preview show where the rasters lie that the layer is locked to."""
        self.preview.show_outlines(self._mosaic.locked_outlines())

    def _on_area_chosen(self, extent: Extent) -> None:
        """Take the part of the service that was drawn in the preview."""
        self._grid.set_from(replace(self.options(), extent=extent), self.state.known)
        self.state.update()

    def _show_draft(self) -> None:
        """Say what comes of what is shown, and let it be seen."""
        found = self.state.draft
        self.name_edit.setEnabled(found is not None and not self._target.problem)
        if found is None:
            self._kind.show_kinds(None)
            self._say(self._service.problem())
            self.tabs.show_state({})
            self._pixels.show_nothing()
            return
        self._kind.show_kinds(found.kinds)
        choice = found.kinds.choice
        self._advanced.show_kind(is_picture=choice is not None and choice.kind is Kind.PICTURE)
        self._sections.show_problems(found.problems)
        self.tabs.show_state(found.problems)
        service_problem = self._service.problem()
        self._pixels.show(
            self._service.loader.current,
            self.request(),
            self.state.output,
            found.problems,
            found.problem,
            service_problem,
        )
        self._show_locked()
        self._say(service_problem or found.problem, "\n".join(filter(None, (found.summary, *found.notes))))

    def _say(self, problem: str, summary: str = "") -> None:
        """Show what there will be, or why there is nothing."""
        self._told = problem, summary
        texts = self._target.texts()
        problem = self._target.problem or problem
        self._problem = problem or (texts.is_busy if self._adding.is_busy else "")
        self._line.say(problem, summary)
        draft = self.state.draft
        self._buttons.show_problem(self._problem, has_times=draft is not None and draft.follows_time)

    def _show_progress(self, busy: bool) -> None:
        if not busy:
            # QGIS paints what it has got; the form, in which everything moves below a message, comes after that.
            self._taking.paint_later()
        self.progress_bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self._say(*self._told)

    def _on_made(self, request: LayerRequest, closes: bool) -> None:
        self._service.refresh_choices()
        if self.name_edit.text().strip() == request.name:
            self.name_edit.setModified(self._target.keeps_name)
        self.state.update()
        if closes:
            self.close_requested.emit()
