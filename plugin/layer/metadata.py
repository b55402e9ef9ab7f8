"""What the layer tells of itself in its Information panel: title, abstract, attribution, and the options in words."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsAbstractMetadataBase, QgsLayerMetadata, QgsLayerNotesUtils, QgsMapLayer

from ..backend.map_server import Picture
from ..options.wording import in_words
from ..service.plain_text import escaped
from ..translation import tr
from .plan import LayerPlan

NOTES_PROPERTY = "image_server_layer/notes"


def plain(text: str) -> str:
    """Return text from a server so that QGIS, which reads metadata as HTML, shows it letter by letter."""
    return escaped(text)


def describe_layer(layer: QgsMapLayer, plan: LayerPlan) -> None:
    """Write what is known about the service and the options into the layer."""
    metadata = QgsLayerMetadata()
    metadata.setIdentifier(plan.service.url)
    metadata.setType("dataset")
    metadata.setTitle(plain(plan.service.name))
    metadata.setAbstract("\n".join(_abstract(plan)))
    if plan.service.copyright:
        metadata.setRights([plain(plan.service.copyright)])
    link = QgsAbstractMetadataBase.Link("ArcGIS ImageServer", "ESRI:ArcGIS:ImageServer", plan.service.url)
    metadata.setLinks([link])
    metadata.setCrs(plan.crs)
    layer.setMetadata(metadata)
    layer.setCustomProperty(NOTES_PROPERTY, [note.text for note in plan.notes])
    if isinstance(plan.content, Picture) and not plan.options.is_default():
        QgsLayerNotesUtils.setLayerNotes(layer, _plugin_needed())


def _plugin_needed() -> str:
    """Return the layer note for people without the plugin, who would see an empty map and no reason."""
    return tr(
        "<p>This layer is drawn with options of an ArcGIS image service. It needs the QGIS plugin "
        "<b>Image Server Layer</b>: without it, nothing is drawn.</p>"
    )


def _abstract(plan: LayerPlan) -> Iterable[str]:
    if plan.service.description:
        yield plain(plan.service.description)
        yield ""
    for label, value in in_words(plan.options, plan.service, plan.output):
        yield tr("{label}: {value}").format(label=plain(label), value=plain(value))
    yield plain(plan.choice.reason)
    for note in plan.notes:
        yield tr("Note: {text}").format(text=plain(note.text))
