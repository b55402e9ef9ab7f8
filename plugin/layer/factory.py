"""Make the QGIS layer that a plan describes."""

from __future__ import annotations

from qgis.core import QgsDataProvider, QgsRasterLayer

from ..documents.document import Look
from ..provider.layers import make_layer
from ..provider.qgis_types import HAS_ATTRIBUTE_TABLES
from ..service.errors import UnsupportedServiceError
from ..service.plain_text import markless_line
from ..translation import tr
from .describe import describe_layer
from .elevation import mark_elevation
from .kind import Provider
from .plan import LayerPlan
from .project_file import keep_gdal
from .running import ensure_started
from .style import renderer
from .temporal import follow_controller

# QGIS' name of the property in which a raster layer keeps what its identify tool shows.
_IDENTIFY_FORMAT = "identify/format"


def build_layer(plan: LayerPlan) -> QgsRasterLayer:
    """Return the layer, made without a request; it is in no project yet. Call it on the thread that will own the layer.

    Raises:
        UnsupportedServiceError: this QGIS cannot open the source.
    """
    ensure_started()
    layer = _layer(plan, layer_name(plan.name))
    if not layer.isValid():
        # Asking an empty error for its summary crashes QGIS 3.22.
        details = "" if layer.error().isEmpty() else layer.error().summary()
        raise UnsupportedServiceError(
            tr("QGIS cannot open the service “{name}” with its provider “{provider}”; the details say why.").format(
                name=plan.service.name, provider=plan.choice.provider.value
            ),
            details,
        )
    follow_controller(layer)
    mark_elevation(layer, is_elevation=plan.prepared.source.is_elevation)
    if plan.choice.provider is Provider.GDAL:
        keep_gdal(layer)
    # Of all formats, QGIS would show HTML first, folded away, where a user of its identify tool wants the numbers.
    # Before it knew attribute tables, it told the numbers of classes only, and their names in a text.
    is_told_by_name = bool(plan.prepared.source.classes) and not HAS_ATTRIBUTE_TABLES
    layer.setCustomProperty(_IDENTIFY_FORMAT, "Text" if is_told_by_name else "Value")
    describe_layer(layer, plan)
    _dress(layer, plan.look)
    return layer


def _dress(layer: QgsRasterLayer, look: Look) -> None:
    layer.setOpacity(look.opacity)
    if look.minimum_scale or look.maximum_scale:
        layer.setMinimumScale(look.minimum_scale)
        layer.setMaximumScale(look.maximum_scale)
        layer.setScaleBasedVisibility(True)


def layer_name(text: str) -> str:
    """Return a name that QGIS shows literally, also where it reads HTML, and that a project can hold."""
    return markless_line(text)


def _layer(plan: LayerPlan, name: str) -> QgsRasterLayer:
    """Return the layer with its style.

    With the provider GDAL, QGIS would read pixels to make a first style. So every layer is made live, which takes no
    request, and then handed to GDAL with its style.
    """
    source = plan.prepared.source
    layer = make_layer(source, name)
    if layer.isValid():
        layer.setRenderer(renderer(plan))
        layer.setCrs(plan.crs)
        if plan.choice.provider is Provider.GDAL:
            key = plan.choice.provider.value
            layer.setDataSource(source.text(), name, key, QgsDataProvider.ProviderOptions(), False)
    return layer
