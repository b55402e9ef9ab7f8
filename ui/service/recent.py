"""The services used last, with the choices made for each, in QGIS' settings. Nothing secret is among them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from qgis.core import QgsSettings

from ...plugin.layer.options_file import SavedOptions, read_saved, saved_text
from ...plugin.service.access import Access
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.redaction import harmless

_KEY = "image_server_layer/recent"
_MOST = 20


@dataclass(frozen=True)
class RecentService:
    """A service, the choices made for it, and how it was asked."""

    choices: SavedOptions
    access: Access = field(default_factory=Access)


def recent_services() -> list[RecentService]:
    """Return the services that a layer was made from, the last one first."""
    recent = []
    for entry in _entries():
        try:
            choices = read_saved(entry["choices"])
            access = Access(entry["authcfg"], entry["referer"], float(entry["timeout"]))
            recent.append(RecentService(choices, access))
        # Settings outlive versions of the plugin; what this one cannot read is of no use to it.
        except (ImageServerLayerError, ValueError, KeyError, TypeError):
            continue
    return recent


def recent_service(url: str) -> RecentService | None:
    """Return what was chosen last for the service at a URL."""
    return next((recent for recent in recent_services() if recent.choices.url == url), None)


def remember(service: RecentService) -> None:
    """Put a service at the top, in place of what was remembered of it."""
    kept = [recent for recent in recent_services() if recent.choices.url != service.choices.url]
    entries = [
        {
            "choices": saved_text(recent.choices),
            **asdict(recent.access),
            "referer": harmless(recent.access.referer),
        }
        for recent in [service, *kept][:_MOST]
    ]
    QgsSettings().setValue(_KEY, json.dumps(entries))


def _entries() -> list[dict[str, str]]:
    try:
        entries = json.loads(str(QgsSettings().value(_KEY) or "[]"))
    except ValueError:
        return []
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
