"""Make the QGIS layer that a plan describes."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..service.errors import UnsupportedServiceError
from ..translation import tr
from .describe import describe_layer
from .kind import Provider
from .plan import LayerPlan
from .project_file import keep_gdal
from .style import renderer


def build_layer(plan: LayerPlan) -> QgsRasterLayer:
    """Return the layer, made without a request; it is in no project yet. Call it on the thread that will own the layer.

    Raises:
        UnsupportedServiceError: this QGIS cannot open the source.
    """
    layer = _layer(plan, plan.name.replace("<", "‹").replace(">", "›"))
    if not layer.isValid():
        # Asking an empty error for its summary crashes QGIS 3.22.
        details = "" if layer.error().isEmpty() else layer.error().summary()
        raise UnsupportedServiceError(
            tr("QGIS cannot open the service “{name}” with its provider “{provider}”; the details say why.").format(
                name=plan.service.name, provider=plan.choice.provider.value
            ),
            details,
        )
    if plan.prepared.source.is_elevation:
        # So that the elevation profile and 3D maps take the layer for ground.
        layer.elevationProperties().setEnabled(True)
    if plan.choice.provider is Provider.GDAL:
        keep_gdal(layer)
    describe_layer(layer, plan)
    return layer


def _layer(plan: LayerPlan, name: str) -> QgsRasterLayer:
    """Return a layer read from XML, as from a project.

    QgsRasterLayer's constructor would ask for pixels for a first stretch of its own, on the main thread, even when told
    to load no default style.
    """
    document = QDomDocument()
    element = document.createElement("maplayer")
    element.setAttribute("type", "raster")
    for tag, text in (
        ("id", QgsMapLayer.generateId(name)),
        ("datasource", plan.prepared.source.text()),
        ("layername", name),
        ("provider", plan.choice.provider.value),
    ):
        _append_text(document, element, tag, text)
    srs = document.createElement("srs")
    plan.crs.writeXml(srs, document)
    element.appendChild(srs)
    pipe = document.createElement("pipe")
    renderer(plan).writeXml(document, pipe)
    element.appendChild(pipe)
    document.appendChild(element)
    layer = QgsRasterLayer()
    layer.readLayerXml(element, QgsReadWriteContext())
    return layer


def _append_text(document: QDomDocument, parent: QDomElement, tag: str, text: str) -> None:
    element = document.createElement(tag)
    element.appendChild(document.createTextNode(text))
    parent.appendChild(element)
