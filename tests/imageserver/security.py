"""Who may use a service: tokens, web-tier credentials, and the referer that a token is bound to."""

from __future__ import annotations

import base64
import secrets
import time

from .errors import ServiceError
from .parameters import Parameters
from .service import ImageService
from .wire import Request

#: What the secured services take.
TOKEN = "mPx6WYwJqT0vS-9dXb3u_demo-token.."  # noqa: S105 - opens nothing but this server
USER = "surveyor"
PASSWORD = "k3y 2 the map"  # noqa: S105 - opens nothing but this server
REFERER = "https://qgis.example.org/"


_BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


class CredentialsError(Exception):
    """The web tier, not the service, asks for credentials: HTTP status 401."""

    challenge = 'Basic realm="ArcGIS"'


class Tokens:
    """Tokens with an end, by a clock that `advance` can put forward."""

    def __init__(self) -> None:
        self._ends: dict[str, float] = {}
        self._passed = 0.0

    def issue(self, seconds: float) -> str:
        """Return a new token that is good for so long."""
        token = f"issued-{secrets.token_hex(16)}"
        self._ends[token] = self._now() + seconds
        return token

    def accept(self, token: str) -> bool:
        return token == TOKEN or self._now() < self._ends.get(token, 0.0)

    def advance(self, seconds: float) -> None:
        self._passed += seconds

    def clear(self) -> None:
        self._ends.clear()
        self._passed = 0.0

    def _now(self) -> float:
        return time.monotonic() + self._passed


def knows(request: Request, parameters: Parameters, tokens: Tokens) -> bool:
    """Whether a request is one of a user that is known: by Basic credentials or a token."""
    if request.headers.get("authorization", "") == _BASIC:
        return True
    token = parameters.text("token") or request.headers.get("x-esri-authorization", "").removeprefix("Bearer ")
    return tokens.accept(token)


def check(service: ImageService, request: Request, parameters: Parameters, tokens: Tokens) -> None:
    """Let a request pass, or raise code 499 (no token), 498 (a wrong or old one) or `CredentialsError`.

    A token comes in the query, in a form or as `X-Esri-Authorization: Bearer`; Basic credentials do as well.
    """
    if service.access == "open":
        return
    if request.headers.get("authorization", "") == _BASIC:
        return
    if service.access == "basic":
        raise CredentialsError
    token = parameters.text("token") or request.headers.get("x-esri-authorization", "").removeprefix("Bearer ")
    if not token:
        raise ServiceError(499, "Token Required")
    if not tokens.accept(token) or (service.access == "referer" and request.headers.get("referer") != REFERER):
        raise ServiceError(498, "Invalid Token")
