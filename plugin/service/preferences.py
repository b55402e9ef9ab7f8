"""What the user prefers wherever nothing else is said. QGIS' settings keep it, and every change counts at once."""

from __future__ import annotations

from qgis.core import QgsSettings

from .access import DEFAULT_TIMEOUT, LONGEST_TIMEOUT

# Qt opens no more connections to one host.
MOST_REQUESTS = 6

_GROUP = "image_server_layer"
_TIMEOUT, _REQUESTS = f"{_GROUP}/timeout", f"{_GROUP}/requests_at_a_time"
_PREVIEW, _PICTURES = f"{_GROUP}/preview", f"{_GROUP}/prefers_pictures"
_THUMBNAILS = f"{_GROUP}/thumbnails"


def preferred_timeout() -> float:
    """Return for how many seconds to wait for an answer, from 1 to `LONGEST_TIMEOUT`."""
    return min(max(_number(_TIMEOUT, DEFAULT_TIMEOUT), 1.0), LONGEST_TIMEOUT)


def prefer_timeout(seconds: float) -> None:
    """Keep for how many seconds to wait for an answer."""
    QgsSettings().setValue(_TIMEOUT, seconds)


def requests_at_a_time() -> int:
    """Return how many requests one server is to have under way, from 1 to `MOST_REQUESTS`."""
    return int(min(max(_number(_REQUESTS, MOST_REQUESTS), 1), MOST_REQUESTS))


def prefer_requests_at_a_time(count: int) -> None:
    """Keep how many requests one server is to have under way."""
    QgsSettings().setValue(_REQUESTS, count)


def wants_preview() -> bool:
    """Return whether the form draws a layer while it is composed."""
    return bool(QgsSettings().value(_PREVIEW, True, type=bool))


def want_preview(wanted: bool) -> None:
    """Keep whether the form draws a layer while it is composed."""
    QgsSettings().setValue(_PREVIEW, wanted)


def wants_thumbnails() -> bool:
    """Return whether the form asks for small pictures of services and of their processing templates."""
    return bool(QgsSettings().value(_THUMBNAILS, True, type=bool))


def want_thumbnails(wanted: bool) -> None:
    """Keep whether the form asks for small pictures of services and of their processing templates."""
    QgsSettings().setValue(_THUMBNAILS, wanted)


def prefers_pictures() -> bool:
    """Return whether the form proposes pictures also where a service has values."""
    return bool(QgsSettings().value(_PICTURES, False, type=bool))


def prefer_pictures(preferred: bool) -> None:
    """Keep whether the form proposes pictures also where a service has values."""
    QgsSettings().setValue(_PICTURES, preferred)


def _number(key: str, default: float) -> float:
    try:
        return float(QgsSettings().value(key, default))
    except (TypeError, ValueError):
        # Somebody has edited the file.
        return default
