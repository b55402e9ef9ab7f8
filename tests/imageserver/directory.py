"""What lies around the image services: the services directory, services of other kinds, SOAP, the portal."""

from __future__ import annotations

import time

from .errors import ServiceError
from .parameters import Parameters
from .root import CURRENT_VERSION
from .security import PASSWORD, TOKEN, USER, Tokens
from .services import NAMES, OTHERS
from .services import service as service_of
from .web_map import WEB_MAPS, item_data
from .wire import Request, Response

#: Portal items, id → what it is of.
ITEMS = {
    "0123456789abcdef0123456789abcdef": ("Olinda/Landsat", "ImageServer", "Image Service"),
    "fedcba9876543210fedcba9876543210": ("Olinda/Places", "MapServer", "Map Service"),
}

_SOAP = """<?xml version="1.0" encoding="utf-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" name="ImageServer" targetNamespace="http://www.esri.com/schemas/ArcGIS/10.9.1">
  <service name="{name}_ImageServer">
    <port name="ImageServerPort"><address xmlns="http://schemas.xmlsoap.org/wsdl/soap/" location="{address}"/></port>
  </service>
</definitions>
"""


def folder(name: str) -> dict[str, object]:
    """The services of a folder, their names with the folder in them; of the root (empty name), the folders."""
    services = [(service, "ImageServer") for service in NAMES] + list(OTHERS.items())
    folders = sorted({service.split("/")[0] for service, _ in services})
    if not name:
        return {"currentVersion": CURRENT_VERSION, "folders": folders, "services": []}
    if name not in folders:
        raise ServiceError(404, f"Folder not found: {name}")
    listed = [{"name": service, "type": kind} for service, kind in services if service.startswith(f"{name}/")]
    return {"currentVersion": CURRENT_VERSION, "services": listed}


def other_service(name: str, kind: str) -> dict[str, object]:
    """The root of a map or feature service, as far as it tells that it is none of images."""
    if OTHERS.get(name) != kind:
        raise ServiceError(500, f"Service {name}/{kind} not found")
    layers = [{"id": 0, "name": name.split("/")[1], "type": "Feature Layer", "geometryType": "esriGeometryPoint"}]
    document: dict[str, object] = {"currentVersion": CURRENT_VERSION, "layers": layers, "tables": []}
    if kind == "MapServer":
        return {**document, "mapName": "Layers", "singleFusedMapCache": False, "capabilities": "Map,Query,Data"}
    return {**document, "serviceDescription": "", "capabilities": "Query"}


def info(request: Request) -> dict[str, object]:
    site = f"{request.origin}/{request.segments[0]}"
    return {
        "currentVersion": CURRENT_VERSION,
        "fullVersion": "10.9.1",
        "soapUrl": f"{site}/services",
        "owningSystemUrl": f"{request.origin}/portal",
        "authInfo": {"isTokenBasedSecurity": True, "tokenServicesUrl": f"{site}/tokens/generateToken"},
    }


def soap(request: Request) -> Response:
    """The one answer that the SOAP address of a service has, with or without `?wsdl`."""
    name = "/".join(request.segments[2:-1])
    if request.segments[-1] != "ImageServer":
        raise ServiceError(400, "Invalid URL")
    service_of(name)
    return Response(_SOAP.format(name=name, address=request.origin + request.path).encode(), "text/xml;charset=utf-8")


def portal(request: Request, tokens: Tokens) -> dict[str, object]:
    """A portal item (`…/sharing/rest/content/items/<id>`), its `/data`, or a token for user and password."""
    last = request.segments[-1]
    if last == "data":
        return item_data(request.segments[-2], f"{request.origin}/arcgis/rest/services", next(iter(ITEMS)))
    if last == "generateToken":
        parameters = Parameters(request.parameters)
        if (parameters.text("username"), parameters.text("password")) != (USER, PASSWORD):
            raise ServiceError(400, "Unable to generate token.", "Invalid username or password.")
        minutes = parameters.integer("expiration", 0)
        if not minutes:
            return {"token": TOKEN, "expires": 4102444800000, "ssl": False}
        expires = int((time.time() + minutes * 60) * 1000)
        return {"token": tokens.issue(minutes * 60.0), "expires": expires, "ssl": False}
    if last in WEB_MAPS:
        return {"id": last, "title": WEB_MAPS[last], "type": "Web Map", "url": None, "access": "public"}
    if last not in ITEMS:
        error = ServiceError(400, "Item does not exist or is inaccessible.").to_json()["error"]
        return {"error": {**error, "messageCode": "CONT_0001"}}  # type: ignore[dict-item]
    name, kind, item_type = ITEMS[last]
    url = f"{request.origin}/arcgis/rest/services/{name}/{kind}"
    return {"id": last, "title": name.split("/")[1], "type": item_type, "url": url, "access": "public"}
