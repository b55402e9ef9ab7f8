"""What QGIS calls must not raise: an exception that leaves a method of a provider ends QGIS 3.40 and 3.44."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from qgis.core import Qgis, QgsMessageLog

from ..resources import LOG_TAG

Method = TypeVar("Method", bound=Callable[..., Any])


def never_raises(otherwise: Callable[[], object]) -> Callable[[Method], Method]:
    """Make a method answer `otherwise()` where it would raise; the defect goes to QGIS' message log.

    What can go wrong with a server is no defect, and is dealt with inside the methods.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def guarded(*given: Any, **named: Any) -> Any:
            try:
                return method(*given, **named)
            except Exception:  # noqa: BLE001 - whatever it is, it must not reach C++
                QgsMessageLog.logMessage(traceback.format_exc(), LOG_TAG, Qgis.MessageLevel.Critical)
                return otherwise()

        return guarded  # type: ignore[return-value]

    return decorate
