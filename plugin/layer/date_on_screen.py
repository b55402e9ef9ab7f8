"""The expression function `image_server_date`: of which time a layer's pixels are, for labels on maps and layouts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionFunction,
    QgsExpressionNodeFunction,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QDateTime, Qt, QThread

from ..backend.source import read_layer_source
from ..options.sentences import shortened
from ..options.time_range import TimeRange
from ..provider.temporal import date_on_screen
from ..service.errors import ImageServerLayerError
from ..translation import tr

NAME = "image_server_date"


class DateOnScreen(QgsExpressionFunction):
    """`image_server_date('layer')`: the date and time, in UTC, of the pixels that a layer shows on this map.

    NULL where nothing is shown, where it is not known which date that is, and off the main thread, to which layers
    belong: labels of features are drawn elsewhere.
    """

    def __init__(self) -> None:
        super().__init__(NAME, 1, tr("Image Server Layer"), _help())

    def func(
        self,
        values: Sequence[Any],
        context: QgsExpressionContext | None,
        parent: QgsExpression,
        _node: QgsExpressionNodeFunction,
    ) -> QDateTime | None:
        """Return the date; called by QGIS."""
        if QThread.currentThread() != QCoreApplication.instance().thread():
            return None
        try:
            time = _shown(_layer(values[0]), context)
        except ImageServerLayerError as error:
            parent.setEvalErrorString(error.message)
            return None
        return None if time is None else QDateTime.fromMSecsSinceEpoch(time.begin or 0, Qt.TimeSpec.UTC)


class _Registered:
    """Keeps what expressions call: QGIS holds only the C++ half of it."""

    function: DateOnScreen | None = None


def register() -> None:
    """Let expressions have the function."""
    if _Registered.function is None:
        _Registered.function = DateOnScreen()
        QgsExpression.registerFunction(_Registered.function)


def unregister() -> None:
    """Take it away from them."""
    if _Registered.function is not None:
        QgsExpression.unregisterFunction(NAME)
        _Registered.function = None


def _help() -> str:
    """Return what QGIS' expression builder shows of it."""
    text = tr(
        "Returns the date and time, in UTC, of the pixels that a layer of an image service shows on the map, also "
        "while the temporal controller plays. NULL where there is nothing of that time, and where it is not known "
        "which of the service's dates is shown."
    )
    return f"<h3>{NAME}(layer)</h3><p>{text}</p><p><code>format_date({NAME}('Climate'), 'MMMM yyyy')</code></p>"


def _layer(value: Any) -> QgsRasterLayer:
    """Return a layer that is given itself, by its id or by its name.

    Raises:
        ImageServerLayerError: there is no such raster layer.
    """
    project = QgsProject.instance()
    layer = value if isinstance(value, QgsRasterLayer) else project.mapLayer(str(value))
    layer = layer or next(iter(project.mapLayersByName(str(value))), None)
    if not isinstance(layer, QgsRasterLayer):
        message = tr("There is no raster layer “{layer}” in the project.")
        raise ImageServerLayerError(message.format(layer=shortened(value)))
    return layer


def _shown(layer: QgsRasterLayer, context: QgsExpressionContext | None) -> TimeRange | None:
    """Return the time that a layer shows; None where there is none, or it is not known.

    Raises:
        ImageServerLayerError: the layer is not one of an image service.
    """
    source = read_layer_source(layer.source())
    if source is None:
        message = tr("The layer “{layer}” is not one of an image service.")
        raise ImageServerLayerError(message.format(layer=layer.name()))
    limits = [context.variable(name) if context is not None else None for name in ("map_start_time", "map_end_time")]
    follows = layer.temporalProperties().isActive() and all(isinstance(limit, QDateTime) for limit in limits)
    return date_on_screen(source, QgsDateTimeRange(*limits, True, False) if follows else None)
