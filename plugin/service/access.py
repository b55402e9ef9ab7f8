"""How a service is reached: the one carrier of credentials, Referer and patience."""

from __future__ import annotations

from dataclasses import dataclass

# In seconds. Enough for a busy server to draw, and short enough that a dead one is noticed.
DEFAULT_TIMEOUT = 30.0
LONGEST_TIMEOUT = 3600.0


@dataclass(frozen=True)
class Access:
    """What every request to one service has in common.

    Attributes:
        authcfg: id of a QGIS authentication configuration; empty for none. Never the credentials themselves.
        referer: the page to give as the origin of the requests, which some secured servers want to know.
        timeout: seconds that each attempt of a request may take, redirects included. What fails in passing is asked
            again, at most three times in all (`retries`).
    """

    authcfg: str = ""
    referer: str = ""
    timeout: float = DEFAULT_TIMEOUT
