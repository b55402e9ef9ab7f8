"""Who may use a service: tokens, web-tier credentials, and the referer that a token is bound to."""

from __future__ import annotations

import base64

from .errors import ServiceError
from .parameters import Parameters
from .service import ImageService
from .wire import Request

#: What the secured services take.
TOKEN = "mPx6WYwJqT0vS-9dXb3u_demo-token.."  # noqa: S105 - opens nothing but this server
USER = "surveyor"
PASSWORD = "k3y 2 the map"  # noqa: S105 - opens nothing but this server
REFERER = "https://qgis.example.org/"


class CredentialsError(Exception):
    """The web tier, not the service, asks for credentials: HTTP status 401."""

    challenge = 'Basic realm="ArcGIS"'


def check(service: ImageService, request: Request, parameters: Parameters) -> None:
    """Let a request pass, or raise code 499 (no token), 498 (a wrong one) or `CredentialsError`.

    A token comes in the query, in a form or as `X-Esri-Authorization: Bearer`; Basic credentials do as well.
    """
    if service.access == "open":
        return
    basic = request.headers.get("authorization", "")
    if basic == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
        return
    if service.access == "basic":
        raise CredentialsError
    token = parameters.text("token") or request.headers.get("x-esri-authorization", "").removeprefix("Bearer ")
    if not token:
        raise ServiceError(499, "Token Required")
    if token != TOKEN or (service.access == "referer" and request.headers.get("referer") != REFERER):
        raise ServiceError(498, "Invalid Token")
