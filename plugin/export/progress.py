"""How far an export is: tiles, bytes, and the time that is left."""

from __future__ import annotations

import time

from qgis.core import QgsFeedback, QgsProcessingFeedback

from ..service.errors import CanceledError
from ..translation import tr
from .target_file import size_text

# In seconds: how often the text is updated.
_PAUSE = 1.0


class Progress:
    """Tells how far an export is, in tiles of which `total` are asked for; `share` of the bar is for them."""

    def __init__(self, feedback: QgsProcessingFeedback, total: int, share: float) -> None:
        self._feedback, self._total, self._share = feedback, total, share
        self._done = 0
        self._began = self._told = time.monotonic()

    def tile(self, received: int) -> None:
        """Take note of one more tile; `received` is how many bytes have come in all."""
        self._done += 1
        self._feedback.setProgress(100 * self._share * self._done / max(1, self._total))
        now = time.monotonic()
        if now - self._told < _PAUSE:
            return
        self._told = now
        seconds = (now - self._began) / self._done * (self._total - self._done)
        text = tr("{done} of {total} tiles, {size} received, {time} left")
        self._feedback.setProgressText(
            text.format(done=self._done, total=self._total, size=size_text(received), time=time_text(seconds))
        )

    def copied(self, fraction: float) -> None:
        """Take note of how much of the last copy is made, from 0 to 1."""
        self._feedback.setProgress(100 * (self._share + (1 - self._share) * fraction))


def raise_if_canceled(feedback: QgsFeedback) -> None:
    """Stop an export that the user has canceled.

    Raises:
        CanceledError: the feedback was canceled.
    """
    if feedback.isCanceled():
        raise CanceledError(tr("The export was canceled."))


def time_text(seconds: float) -> str:
    """Return a span of time as `minutes:seconds`, with hours where there are any."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
