"""From an address to the resource or operation that answers it."""

from __future__ import annotations

import html
import itertools
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from . import directory, downloads, multidimensional, portal, resources, security
from .errors import ParameterError, ServiceError
from .export import ExportedImage, export_image
from .faults import Fault
from .functions import Block
from .identify import identify
from .parameters import Parameters
from .query import query
from .root import describe, function_infos
from .samples import LIMIT, get_samples
from .service import ImageService
from .services import service as service_of
from .wire import Request, Response, json_response
from .zonal import compute_histograms, compute_statistics_histograms

#: How many exported images wait for being fetched by their href.
_IMAGES = 256


class Site:
    """What of the server changes while it runs: patched descriptions, and exported images that wait to be fetched."""

    def __init__(self) -> None:
        self._patches: dict[str, tuple[dict[str, object], frozenset[str]]] = {}
        self._images: OrderedDict[str, ExportedImage] = OrderedDict()
        self._serial = itertools.count(1)
        self.tokens = security.Tokens()

    def patch(self, service: str, changes: Mapping[str, object], removed: Sequence[str]) -> None:
        """Lay `changes` over a service's description and take the keys `removed` out of it."""
        service_of(service)
        self._patches[service] = dict(changes), frozenset(removed)

    def patched(self, service: str, document: dict[str, object]) -> dict[str, object]:
        changes, removed = self._patches.get(service, ({}, frozenset()))
        return {key: value for key, value in {**document, **changes}.items() if key not in removed}

    def clear(self) -> None:
        self._patches.clear()
        self.tokens.clear()

    def keep(self, image: ExportedImage) -> str:
        """Keep an image for its href; returns its file name."""
        name = f"_ags_{next(self._serial):08d}.{image.suffix}"
        self._images[name] = image
        while len(self._images) > _IMAGES:
            self._images.popitem(last=False)
        return name

    def image(self, name: str) -> ExportedImage:
        if name not in self._images:
            raise ServiceError(404, f"The file {name} does not exist.")
        return self._images[name]


def respond(request: Request, site: Site, fault: Fault | None = None) -> Response:
    """The answer to a request. `fault` may ask for an image of the wrong size or with the wrong number of bands."""
    parameters = Parameters(request.parameters)
    try:
        return _respond(request, parameters, site, fault)
    except security.CredentialsError as error:
        return Response(
            b"<html><body>401 Unauthorized</body></html>", "text/html", 401, {"WWW-Authenticate": error.challenge}
        )
    except ServiceError as error:
        return _document(parameters, error.to_json(), "Error")


def _respond(request: Request, parameters: Parameters, site: Site, fault: Fault | None) -> Response:
    segments = request.segments
    if segments[1:3] == ("rest", "directories"):
        image = site.image(segments[-1])
        return Response(image.data, image.content_type)
    if segments[1:3] == ("rest", "services"):
        return _services(segments[3:], request, parameters, site, fault)
    if segments[1:3] == ("rest", "info"):
        return _document(parameters, directory.info(request), "Server")
    if segments[1:2] == ("services",):
        return directory.soap(request)
    if "sharing" in segments and "thumbnail" in segments:
        return portal.picture(segments[segments.index("items") + 1])
    if "sharing" in segments and segments[-1] == "search":
        return _document(parameters, portal.search(request, security.knows(request, parameters, site.tokens)), "Portal")
    if "sharing" in segments or segments[-1:] == ("generateToken",):
        return _document(parameters, directory.portal(request, site.tokens), "Portal")
    raise ServiceError(400, "Invalid URL")


def _services(
    place: tuple[str, ...], request: Request, parameters: Parameters, site: Site, fault: Fault | None
) -> Response:
    """The answer of what is at a place below `/rest/services`: a folder, or a service and one of its resources."""
    kind = next((position for position, segment in enumerate(place) if segment.endswith("Server")), None)
    if kind is None:
        return _document(parameters, directory.folder("/".join(place)), "Folder")
    name = "/".join(place[:kind])
    if place[kind] != "ImageServer":
        return _document(parameters, directory.other_service(name, place[kind]), name)
    service = service_of(name)
    security.check(service, request, parameters, site.tokens)
    operation = place[kind + 1 :]
    if not operation:
        return _document(parameters, site.patched(name, describe(service, parameters)), name)
    if operation == ("exportImage",):
        return _export(service, request, parameters, site, fault)
    if operation == ("getSamples",):
        return _document(parameters, _samples(service, parameters, fault), name)
    if operation in (("download",), ("file",)):
        return _download(service, operation[0], request, parameters, fault)
    if operation == ("info", "thumbnail"):
        return resources.thumbnail(service)
    if operation == ("query",) and fault is not None and fault.kind == "placeless":
        return _document(parameters, _placeless(query(service, parameters), fault.arguments["count"]), name)
    if operation[0] == "tile":
        return resources.tile(service, operation[1:])
    if operation[0].isdigit():
        return _document(parameters, resources.catalog_item(service, int(operation[0])), name)
    if operation[0] not in _RESOURCES or len(operation) > 1:
        raise ServiceError(400, "Invalid URL")
    return _document(parameters, _RESOURCES[operation[0]](service, parameters), name)


_RESOURCES: dict[str, Callable[[ImageService, Parameters], dict[str, object]]] = {
    "identify": identify,
    "query": query,
    "legend": resources.legend,
    "rasterAttributeTable": resources.attribute_table,
    "colormap": resources.colormap,
    "multidimensionalInfo": multidimensional.info,
    "slices": multidimensional.slices,
    "keyProperties": lambda service, _: resources.key_properties(service),
    "statistics": resources.statistics,
    "computeStatisticsHistograms": compute_statistics_histograms,
    "computeHistograms": compute_histograms,
    "rasterFunctionInfos": lambda service, _: {"rasterFunctionInfos": function_infos(service)},
}


def _download(
    service: ImageService, operation: str, request: Request, parameters: Parameters, fault: Fault | None
) -> Response:
    """The list of the files of some rasters, or one of them; a fault may tell other sizes, or know no ranges."""
    if operation == "file":
        knows_ranges = fault is None or fault.kind != "no_range"
        return downloads.raster_file(service, parameters, request, knows_ranges=knows_ranges)
    difference = fault.arguments["difference"] if fault is not None and fault.kind == "file_size" else 0
    return _document(parameters, downloads.download(service, parameters, difference), service.name)


def _samples(service: ImageService, parameters: Parameters, fault: Fault | None) -> dict[str, object]:
    """The answer to getSamples; a fault may cut it off, or put other values or other numbers into it."""
    given = fault.arguments if fault is not None and fault.kind == "samples" else {}
    document = get_samples(service, parameters, given.get("limit", LIMIT))
    changes = {name: given[name] for name in ("value",) if given.get(name) is not None}
    for sample in document["samples"]:  # type: ignore[attr-defined]
        sample.update(changes)
        sample["locationId"] += given.get("shift", 0)
    return document


def _placeless(document: dict[str, object], count: int) -> dict[str, object]:
    """The answer to a query, without the footprints of its first rasters."""
    for feature in document.get("features", [])[:count]:  # type: ignore[index]
        feature.pop("geometry", None)
    return document


#: Faults that draw something else than was asked for, and the parameter that they lay over it.
_OTHER_PARAMETERS = {"format": "format", "pixel_type": "pixelType"}


def _export(
    service: ImageService, request: Request, parameters: Parameters, site: Site, fault: Fault | None
) -> Response:
    form = parameters.text("f", "html")
    if form not in ("image", "json", "pjson", "html"):
        raise ParameterError(f"Parameter 'f': the format '{form}' is not supported.")
    if fault is not None and fault.kind in _OTHER_PARAMETERS:
        parameters = Parameters({**request.parameters, _OTHER_PARAMETERS[fault.kind]: fault.arguments[fault.kind]})
    size, alter = _wrong(fault)
    image = export_image(service, parameters, size, alter)
    if form == "image":
        return Response(image.data, image.content_type)
    folder = f"{request.origin}/{request.segments[0]}/rest/directories/arcgisoutput/{service.name}_ImageServer"
    return _document(parameters, image.to_json(f"{folder}/{site.keep(image)}"), "Export Image")


def _wrong(fault: Fault | None) -> tuple[tuple[int, int] | None, Callable[[Block], Block] | None]:
    """What a fault makes of an image: another size, other bands."""
    if fault is not None and fault.kind == "size":
        return (fault.arguments["columns"], fault.arguments["rows"]), None
    if fault is not None and fault.kind == "bands":
        count: int = fault.arguments["count"]
        return None, lambda block: block.bands([band % block.band_count for band in range(count)])
    return None, None


def _document(parameters: Parameters, document: dict[str, object], title: str) -> Response:
    """A document in the format asked for; without one it is a page for people, as on real servers.

    An error in answer to `f=image` is JSON.
    """
    form = parameters.text("f", "html")
    if form in ("json", "image"):
        return json_response(document)
    if form == "pjson":
        return json_response(document, indent=2)
    text = html.escape(json.dumps(document, indent=1, ensure_ascii=False))
    head = f"<!DOCTYPE html>\n<html><head><title>{html.escape(title)}</title></head>"
    page = f"{head}<body><pre>{text}</pre></body></html>\n"
    return Response(page.encode(), "text/html;charset=UTF-8")
