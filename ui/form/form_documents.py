"""Layer files, maps and web maps in the form: it shows the one image service in them, or adds all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsFeedback, QgsProject
from qgis.PyQt.QtCore import QObject

from ...plugin.documents.document import Document, DocumentError, no_image_service
from ...plugin.documents.reader import parse_document_text, read_document_file
from ...plugin.layer.document_layers import (
    AccessOf,
    ShownLayer,
    known_access,
    portal_access,
    read_portal_map,
    shown_layer,
)
from ...plugin.layer.plan import LayerPlan
from ...plugin.service.access import Access
from ...plugin.service.address import PortalItem
from ...plugin.service.connections import saved_connections
from ...plugin.service.warming import warm
from ...plugin.translation import tr, tr_n
from ..common.announcements import Announcements, Step
from ..common.background import Background
from ..common.messages import show_details, show_error, show_report
from .document_adder import ReadDocument, add_document

if TYPE_CHECKING:
    from .layer_form import LayerForm


class FormDocuments(QObject):
    """Opens documents for a form, one at a time, on the form's own `background`.

    With `adds` the form adds layers; else it edits one, and takes nothing but one service.
    """

    def __init__(self, form: LayerForm, background: Background, announcements: Announcements, *, adds: bool) -> None:
        super().__init__(form)
        warm(self)
        self._form, self._background, self._announcements = form, background, announcements
        self.adds = adds
        self._shown: ShownLayer | None = None
        # What to report about the layer that is shown, once its service has been read: a sentence, and its details.
        self._report: tuple[str, list[str]] | None = None

    def open_file(self, path: Path) -> None:
        """Open a file that was chosen: of several image services, all are added."""
        access_of = known_access(saved_connections())
        self._open(lambda _feedback: read_document_file(path), path.name, access_of, asks=False)

    def open_text(self, text: str) -> None:
        """Open the JSON of a document."""
        access_of = known_access(saved_connections())
        self._open(lambda _feedback: parse_document_text(text), tr("pasted text"), access_of)

    def open_item(self, item: PortalItem, access: Access) -> None:
        """Open a web map of a portal, which is asked with `access`."""
        access_of = portal_access(item, access, known_access(saved_connections()))
        self._open(lambda feedback: read_portal_map(item, access, feedback), tr("web map"), access_of)

    def forget(self) -> None:
        """Let the layer that is made next have nothing of the document but what the form shows."""
        self._shown = None

    def leave(self, url: str = "") -> None:
        """Forget the document's layer and its name too, unless the service at a URL is its own."""
        shown, name = self._shown, self._form.name_edit
        if shown is None or shown.choices.url == url:
            return
        self.forget()
        if self.adds and name.text() == shown.layer.name:
            name.setModified(False)

    def dressed(self, plan: LayerPlan) -> LayerPlan:
        """Return a plan with what the form does not show of the document's layer, if it is for that."""
        if self._shown is None or self._shown.choices.url != plan.service.url:
            return plan
        return replace(plan, look=self._shown.layer.look)

    def on_loaded(self) -> None:
        """Say what was left out; a form takes away older messages when a service has been read."""
        report, self._report = self._report, None
        if report is not None:
            show_report(self._form.message_bar, *report)

    def _open(self, read: ReadDocument, title: str, access_of: AccessOf, *, asks: bool = True) -> None:
        transform_context = QgsProject.instance().transformContext()

        def work(feedback: QgsFeedback) -> tuple[Document, ShownLayer | None]:
            document = read(feedback)
            if not document.layers:
                raise no_image_service(document)
            if len(document.layers) > 1:
                return document, None
            return document, shown_layer(document.layers[0], access_of, transform_context, feedback)

        def opened(found: tuple[Document, ShownLayer | None]) -> None:
            document, layer = found
            if layer is not None:
                self._show(document, layer, access_of)
            elif not self.adds:
                message = tr("There are {count} image services in “{title}”, and this window edits one layer.")
                show_error(bar, DocumentError(message.format(count=len(document.layers), title=document.title)))
            elif asks:
                self._offer(document, access_of)
            else:
                self._add(document, access_of)

        bar = self._form.message_bar
        bar.clearWidgets()
        text = tr("Reading “{title}”").format(title=title)
        self._background.run(text, work, opened, lambda error: show_error(bar, error))

    def _show(self, document: Document, shown: ShownLayer, access_of: AccessOf) -> None:
        """Let the form show a layer."""
        self._shown = shown
        report = [*document.report(), *shown.report]
        text = tr("“{title}” is shown here.").format(title=document.title)
        self._report = (f"{text} " + tr("Not all of it could be taken over."), report) if report else None
        name = self._form.name_edit
        if self.adds and shown.layer.name:
            name.setText(shown.layer.name)
            name.setModified(True)
        if self._form.take(shown.choices, access_of(shown.choices.url)):
            self.on_loaded()

    def _offer(self, document: Document, access_of: AccessOf) -> None:
        text = tr_n(
            "There is %n image service in “{title}”.",
            "There are %n image services in “{title}”.",
            len(document.layers),
        )
        steps = [
            Step(tr("Add All"), lambda: self._add(document, access_of), closes=True),
            Step(tr("Details…"), lambda: self._list(document)),
        ]
        self._announcements.say(
            self._form.message_bar, text.format(title=document.title), steps, Qgis.MessageLevel.Info
        )

    def _list(self, document: Document) -> None:
        names = [f"{layer.name} – {layer.address.url}" for layer in document.layers]
        show_details(self._form.message_bar, document.title, [*names, "", *document.report()])

    def _add(self, document: Document, access_of: AccessOf) -> None:
        bar, say = self._form.message_bar, self._announcements
        add_document(lambda _feedback: document, document.title, access_of, self._background, bar, say)
