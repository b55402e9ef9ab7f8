"""Which failures pass, and how long to wait before a question is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

# Attempts at a request in all; only two if the server is late, as the user has waited long enough then.
MOST_ATTEMPTS = 3
_MOST_LATE_ATTEMPTS = 2

# In seconds: the pauses before the second and third attempt, and the longest that a server may ask for (Retry-After).
_PAUSES = (0.3, 1.2)
LONGEST_PAUSE = 10.0

TOO_MANY_REQUESTS = 429
TOO_LATE = 504
PASSING_STATUSES = (TOO_MANY_REQUESTS, 502, 503, TOO_LATE)


@dataclass
class Attempts:
    """How often a question has failed so far."""

    failed: int = 0
    late: int = 0

    def pause_after(self, *, is_late: bool, retry_after: float | None) -> float | None:
        """Count a passing failure; return how many seconds to wait before asking again, None for no more.

        `retry_after` is what the server asks for, in seconds. More than `LONGEST_PAUSE` is for the user to wait.
        """
        self.failed += 1
        self.late += is_late
        if self.failed >= MOST_ATTEMPTS or self.late >= _MOST_LATE_ATTEMPTS:
            return None
        if retry_after is not None and retry_after > LONGEST_PAUSE:
            return None
        return max(_PAUSES[self.failed - 1], retry_after or 0.0)


def parse_retry_after(text: str, now: datetime | None = None) -> float | None:
    """Read the header Retry-After, seconds or a date; None where there is none, or nothing that can be read."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        # A longer number is no time that anyone would wait.
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max((moment - (now or datetime.now(timezone.utc))).total_seconds(), 0.0)
