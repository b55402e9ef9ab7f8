"""Make the QGIS layer that a plan describes."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsReadWriteContext, QgsRectangle
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..backend.choice import PICTURE, VALUES
from ..backend.map_server import Picture
from ..backend.values import Values
from ..service.errors import UnsupportedServiceError
from ..translation import tr
from .metadata import describe_layer
from .plan import LayerPlan
from .style import renderer


def build_layer(plan: LayerPlan) -> QgsRasterLayer:
    """Return the layer; it is in no project yet. Call it on the thread that will own the layer.

    A values layer is made without a request; for a picture, QGIS' provider reads the service's description once more.

    Raises:
        UnsupportedServiceError: this QGIS cannot open the source.
    """
    name = plan.name.replace("<", "‹").replace(">", "›")
    if isinstance(plan.content, Values):
        layer = _values_layer(plan, plan.content, name)
    else:
        layer = QgsRasterLayer(plan.content.source, name, PICTURE)
        update_extent(layer, plan)
    if not layer.isValid():
        # Asking an empty error for its summary crashes QGIS 3.22.
        details = "" if layer.error().isEmpty() else layer.error().summary()
        raise UnsupportedServiceError(
            tr("QGIS cannot open the service “{name}” with its provider “{provider}”; the details say why.").format(
                name=plan.service.name, provider=plan.choice.provider
            ),
            details,
        )
    describe_layer(layer, plan)
    return layer


def update_extent(layer: QgsRasterLayer, plan: LayerPlan) -> None:
    """Tell a picture layer its CRS and what it is cut to.

    QGIS' provider knows only the whole service, and no CRS that is WKT only.
    """
    if isinstance(plan.content, Picture):
        layer.setCrs(plan.crs)
        layer.setExtent(QgsRectangle(*plan.content.extent))


def _values_layer(plan: LayerPlan, values: Values, name: str) -> QgsRasterLayer:
    """Return a layer read from XML, as from a project.

    QgsRasterLayer's constructor would fetch pixels for a first stretch of its own, on the main thread, even when told
    to load no default style.
    """
    document = QDomDocument()
    element = document.createElement("maplayer")
    element.setAttribute("type", "raster")
    for tag, text in (
        ("id", QgsMapLayer.generateId(name)),
        ("datasource", values.source),
        ("layername", name),
        ("provider", VALUES),
    ):
        _append_text(document, element, tag, text)
    srs = document.createElement("srs")
    plan.crs.writeXml(srs, document)
    element.appendChild(srs)
    pipe = document.createElement("pipe")
    renderer(values, plan.service, plan.output, plan.options, plan.classes).writeXml(document, pipe)
    element.appendChild(pipe)
    document.appendChild(element)
    layer = QgsRasterLayer()
    layer.readLayerXml(element, QgsReadWriteContext())
    return layer


def _append_text(document: QDomDocument, parent: QDomElement, tag: str, text: str) -> None:
    element = document.createElement(tag)
    element.appendChild(document.createTextNode(text))
    parent.appendChild(element)
