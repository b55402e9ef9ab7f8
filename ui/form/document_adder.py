"""Adds what a document of ArcGIS holds to the project: in the background, all together, with one message."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsFeedback, QgsProject
from qgis.gui import QgsMessageBar

from ...plugin.documents.document import Document, DocumentError, no_image_service
from ...plugin.layer.document_layers import AccessOf, PlannedDocument, plan_document
from ...plugin.layer.document_places import DocumentPlaces
from ...plugin.layer.factory import build_layer
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr, tr_n
from ..common.announcements import Announcements, Step
from ..common.background import Background
from ..common.messages import show_details, show_error

ReadDocument = Callable[[QgsFeedback], Document]


def add_document(
    read: ReadDocument, title: str, access_of: AccessOf, background: Background, bar: QgsMessageBar, say: Announcements
) -> None:
    """Read a document and add all of its image services, which `background` can cancel.

    `title` is for QGIS' list of tasks.
    """
    transform_context = QgsProject.instance().transformContext()

    def work(feedback: QgsFeedback) -> PlannedDocument:
        document = read(feedback)
        if not document.layers:
            raise no_image_service(document)
        planned = plan_document(document, access_of, transform_context, feedback)
        if not planned.layers:
            message = tr("None of the image services in “{title}” can be added; the details say why.")
            raise DocumentError(message.format(title=document.title), "\n".join(planned.report))
        return planned

    background.run(
        tr("Adding the image services in “{title}”").format(title=title),
        work,
        lambda planned: _add(planned, bar, say),
        lambda error: show_error(bar, error),
    )


def _add(planned: PlannedDocument, bar: QgsMessageBar, say: Announcements) -> None:
    """Make the layers and put them into their places, and say what was added and what was not."""
    project = QgsProject.instance()
    places = DocumentPlaces(project)
    ids = []
    try:
        for entry in planned.layers:
            layer = build_layer(entry.plan)
            places.add(layer, entry.layer)
            ids.append(layer.id())
    except ImageServerLayerError as error:
        project.removeMapLayers(ids)
        places.remove_empty_groups()
        show_error(bar, error)
        return
    project.setDirty(True)

    def undo() -> None:
        project.removeMapLayers([layer_id for layer_id in ids if project.mapLayer(layer_id) is not None])
        places.remove_empty_groups()
        project.setDirty(True)

    steps = [Step(tr("Undo"), undo, closes=True)]
    if planned.report:
        steps.insert(0, Step(tr("Details…"), lambda: show_details(bar, _sentence(planned), planned.report)))
    level = Qgis.MessageLevel.Warning if planned.failed else Qgis.MessageLevel.Success
    say.say(bar, _sentence(planned), steps, level)


def _sentence(planned: PlannedDocument) -> str:
    said = [
        tr_n("%n layer was added from “{title}”.", "%n layers were added from “{title}”.", len(planned.layers)).format(
            title=planned.title
        )
    ]
    if planned.failed:
        said.append(
            tr_n("%n image service could not be added.", "%n image services could not be added.", planned.failed)
        )
    elif planned.report:
        said.append(tr("Not all of it could be taken over."))
    return " ".join(said)
