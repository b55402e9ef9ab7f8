"""What is done about an error of the plugin's own making: it is logged in full, and the user asked to report it."""

from __future__ import annotations

import traceback

from qgis.core import Qgis, QgsMessageLog

from ..resources import LOG_TAG
from ..translation import tr
from .errors import ImageServerLayerError
from .plain_text import clean_text
from .redaction import redacted


def log_defect(error: BaseException) -> None:
    """Write an unexpected exception and its traceback into QGIS' message log; may be called on any thread."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    text = redacted(clean_text("".join(lines)))
    QgsMessageLog.logMessage(text, LOG_TAG, Qgis.MessageLevel.Critical, notifyUser=False)


def defect_error(error: BaseException) -> ImageServerLayerError:
    """Return what to tell the user of an unexpected exception."""
    message = tr(
        "Something went wrong inside the plugin ({error}): please report it, with what QGIS' log messages panel says "
        "under Image Server Layer."
    )
    # The kind only: what it says may be anything.
    return ImageServerLayerError(message.format(error=type(error).__name__), str(error))
