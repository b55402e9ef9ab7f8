"""Settings by which QGIS reaches nothing but this machine. For drivers only: the sandbox changes their environment."""

from __future__ import annotations

from collections.abc import Mapping

from ..sandbox import CLOSED_PORT, HOST

LOOPBACK_ONLY: Mapping[str, Mapping[str, str]] = {
    "proxy": {
        "proxyEnabled": "true",
        "proxyType": "HttpProxy",
        "proxyHost": HOST,
        "proxyPort": str(CLOSED_PORT),
        "noProxyUrls": f"http://{HOST}:",
    }
}
