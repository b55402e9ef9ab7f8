"""Make the QGIS layer that a plan describes, without a single request."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..service.errors import UnsupportedServiceError
from ..translation import tr
from .metadata import describe_layer
from .plan import LayerPlan
from .style import renderer


def build_layer(plan: LayerPlan) -> QgsRasterLayer:
    """Return the layer; it is in no project yet. Call it on the thread that will own the layer.

    The layer is read from XML, as from a project: QgsRasterLayer's constructor fetches pixels for a first stretch of its own, on the main
    thread, even when told to load no default style.

    Raises:
        UnsupportedServiceError: this QGIS cannot open the source.
    """
    document = QDomDocument()
    element = document.createElement("maplayer")
    element.setAttribute("type", "raster")
    name = plan.name.replace("<", "‹").replace(">", "›")
    for tag, text in (
        ("id", QgsMapLayer.generateId(name)),
        ("datasource", plan.source),
        ("layername", name),
        ("provider", plan.choice.provider),
    ):
        _append_text(document, element, tag, text)
    srs = document.createElement("srs")
    plan.crs.writeXml(srs, document)
    element.appendChild(srs)
    pipe = document.createElement("pipe")
    renderer(plan.values, plan.service, plan.output, plan.options, plan.classes).writeXml(document, pipe)
    element.appendChild(pipe)
    document.appendChild(element)

    layer = QgsRasterLayer()
    if not layer.readLayerXml(element, QgsReadWriteContext()) or not layer.isValid():
        raise UnsupportedServiceError(
            tr("QGIS cannot open the service “{name}” with its provider “{provider}”; the details say why.").format(
                name=plan.service.name, provider=plan.choice.provider
            ),
            "" if layer.error().isEmpty() else layer.error().summary(),
        )
    describe_layer(layer, plan)
    return layer


def _append_text(document: QDomDocument, parent: QDomElement, tag: str, text: str) -> None:
    element = document.createElement(tag)
    element.appendChild(document.createTextNode(text))
    parent.appendChild(element)
