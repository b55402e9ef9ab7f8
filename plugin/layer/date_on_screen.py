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
    QgsMapLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ..options.sentences import shortened
from ..options.time_range import TimeRange
from ..provider.temporal import dates_on_screen
from ..service.errors import ImageServerLayerError
from ..translation import tr
from .known_dates import KNOWN_DATES
from .layer_facts import LayerFacts

NAME = "image_server_date"
_FIRST, _LAST = "first", "last"


class DateOnScreen(QgsExpressionFunction):
    """`image_server_date('layer')`: the date and time, in UTC, of the pixels that a layer shows on this map.

    With `'first'` or `'last'`, where the first of all dates that are shown begins, or where the last one ends. NULL
    where nothing is shown, where it is not known what is, and, without these, where it is of several dates. Labels of
    features are drawn off the main thread, to which layers belong: it always looks at a copy of what is known.
    """

    def __init__(self, facts: LayerFacts) -> None:
        self._facts = facts
        parameters = [QgsExpressionFunction.Parameter("layer"), QgsExpressionFunction.Parameter("which", True, "")]
        super().__init__(NAME, parameters, tr("Image Server Layer"), _help())

    def func(
        self,
        values: Sequence[Any],
        context: QgsExpressionContext | None,
        parent: QgsExpression,
        _node: QgsExpressionNodeFunction,
    ) -> QDateTime | None:
        """Return the date; called by QGIS."""
        try:
            moment = _moment(self._shown(values[0], context), values[1] if len(values) > 1 else "")
        except ImageServerLayerError as error:
            parent.setEvalErrorString(error.message)
            return None
        return None if moment is None else QDateTime.fromMSecsSinceEpoch(moment, Qt.TimeSpec.UTC)

    def _shown(self, layer: Any, context: QgsExpressionContext | None) -> tuple[TimeRange, ...]:
        """Return the dates that a layer shows, given itself, by its id or by its name; none where they are not known.

        Raises:
            ImageServerLayerError: there is no such layer, or it is not one of an image service.
        """
        # QGIS hands over a layer itself on the main thread only.
        fact = self._facts.find(layer.id() if isinstance(layer, QgsMapLayer) else str(layer))
        if fact is None:
            message = tr("There is no raster layer “{layer}” in the project.")
            raise ImageServerLayerError(message.format(layer=shortened(layer)))
        if fact.source is None:
            message = tr("The layer “{layer}” is not one of an image service.")
            raise ImageServerLayerError(message.format(layer=fact.name))
        limits = [
            context.variable(name) if context is not None else None for name in ("map_start_time", "map_end_time")
        ]
        follows = fact.follows and all(isinstance(limit, QDateTime) for limit in limits)
        self._facts.want(fact.source)
        frame = QgsDateTimeRange(*limits, True, False) if follows else None
        return dates_on_screen(fact.source, frame, KNOWN_DATES.find(fact.source))


class _Registered:
    """Keeps what expressions call: QGIS holds only the C++ half of it."""

    function: DateOnScreen | None = None
    facts: LayerFacts | None = None


def register() -> None:
    """Let expressions have the function."""
    if _Registered.function is None:
        _Registered.facts = LayerFacts()
        _Registered.facts.start()
        _Registered.function = DateOnScreen(_Registered.facts)
        QgsExpression.registerFunction(_Registered.function)


def unregister() -> None:
    """Take it away from them."""
    if _Registered.function is not None:
        QgsExpression.unregisterFunction(NAME)
        if _Registered.facts is not None:
            _Registered.facts.stop()
        KNOWN_DATES.stop()
        _Registered.function = _Registered.facts = None


def _help() -> str:
    """Return what QGIS' expression builder shows of it."""
    text = tr(
        "Returns the date and time, in UTC, of the pixels that a layer of an image service shows on the map, also "
        "while the temporal controller plays. NULL where there is nothing of that time, where it is not known yet, and "
        "where several dates are shown: then 'first' is where the first of them begins, and 'last' where the last ends."
    )
    example = f"format_date({NAME}('Climate'), 'MMMM yyyy')"
    return f"<h3>{NAME}(layer, which)</h3><p>{text}</p><p><code>{example}</code></p>"


def _moment(dates: tuple[TimeRange, ...], which: Any) -> int | None:
    """Return the only date, or an end of them all; None where there is none, or more than can be told.

    Raises:
        ImageServerLayerError: that is no word for an end.
    """
    if which not in ("", None, _FIRST, _LAST):
        message = tr("“{which}” is no date of a layer: write 'first' or 'last', or leave it out.")
        raise ImageServerLayerError(message.format(which=shortened(str(which))))
    if not dates or (not which and len(dates) > 1):
        return None
    return max(date.end or 0 for date in dates) if which == _LAST else dates[0].begin
