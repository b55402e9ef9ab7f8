"""What an image service is asked: one method for each resource of its REST interface."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from ..translation import tr
from .address import PortalItem, ServiceAddress, host_of, parse_web_address
from .attribute_table import AttributeTableRow, parse_attribute_table, parse_colormap
from .description import parse_description
from .errors import AddressError, AuthenticationError, ImageServerLayerError, ResponseError, ServerError, WebMapError
from .image_service import BandProperties, ImageService
from .json_values import LONGEST_JSON, compact_json, mapping, number, sequence, text
from .kept_answers import KEPT_ANSWERS, AnswerKey
from .legend import LegendEntry, legend_parameters, parse_legend
from .multidimensional import Slice, Variable, parse_slices, parse_variables, with_statistics
from .pace import Pace
from .raster_files import RasterFile, download_parameters, file_parameters, parse_raster_files
from .reception import Receiver
from .response import Response, check_body, describe_content, json_object
from .transport import Request, Transport, encoded_query

if TYPE_CHECKING:
    from .transport import Outcome

_IMAGE_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LERC_MAGIC = (b"CntZImage ", b"Lerc2 ")
_NOT_FOUND = 404
_NO_CONTENT = 204

# ArcGIS' own have 200 by 133 pixels.
_LONGEST_THUMBNAIL = 2 * 2**20

WEB_MAPS = ("Web Map", "Web Scene")
"""The types of portal items that hold layers."""

RenderingRule = Mapping[str, Any]
_Answer = TypeVar("_Answer")


class ImageServiceClient:
    """Asks one image service. `url` is canonical, as `parse_address` returns it.

    What it says of itself is kept for the session (`kept_answers`).

    Every method raises what `Transport.get` raises, `ServerError` with the server's words where it refuses, and
    `ResponseError` where the answer is of another kind.
    """

    def __init__(self, url: str, transport: Transport) -> None:
        self.url = url
        self._transport = transport

    def describe(self, rendering_rule: RenderingRule | None = None) -> ImageService:
        """Return the service's description, or that of what comes out of a raster function."""
        try:
            return self._kept(
                "", function_parameters(rendering_rule), lambda response: parse_description(response.content, self.url)
            )
        except AuthenticationError:
            raise
        except ServerError as error:
            if rendering_rule is not None or not error.words:
                raise
            text = tr("There is no image service at {url}, or it is unavailable; check the address: {words}")
            message = text.format(url=self.url, words=error.words)
            raise ServerError(message, error.details, error.code, error.words) from error

    def export_image(self, parameters: Mapping[str, str]) -> bytes:
        """Return a drawn image as a file. Always by GET, as layers draw: it may be too long for the server."""
        response = self._transport.get(f"{self.url}/exportImage", {**parameters, "f": "image"}, always_get=True)
        return image_content(response)

    def thumbnail(self) -> bytes:
        """Return the small picture that the service's publisher has put there, as a file; few services have none."""
        return image_content(self._transport.get(f"{self.url}/info/thumbnail", {}, max_bytes=_LONGEST_THUMBNAIL))

    def tiles(
        self, places: Sequence[tuple[int, int, int]], max_bytes: int
    ) -> list[bytes | ImageServerLayerError | None]:
        """Return ready-made tiles by level, row and column, as files: None for one that there is not, or its error."""
        requests = [tile_request(self.url, *place, max_bytes) for place in places]
        return [_tile_or_error(answer) for answer in self._transport.get_all(requests)]

    def attribute_table(self, rendering_rule: RenderingRule | None = None) -> tuple[AttributeTableRow, ...]:
        """Return the raster attribute table; it belongs to a raster function, where one is in play."""
        parameters = function_parameters(rendering_rule)
        return self._told("rasterAttributeTable", parameters, parse_attribute_table, "features")

    def colormap(self, rendering_rule: RenderingRule | None = None) -> tuple[AttributeTableRow, ...]:
        """Return the colors of the values, labeled by the values themselves."""
        return self._told("colormap", function_parameters(rendering_rule), parse_colormap, "colormap")

    def legend(self, parameters: Mapping[str, str]) -> tuple[LegendEntry, ...]:
        """Return the legend of a picture that is drawn with these parameters of `exportImage`; empty for none."""
        return parse_legend(self._holding("layers", "legend", self.request("legend", legend_parameters(parameters))))

    def band_properties(self) -> tuple[BandProperties, ...]:
        """Return names and wavelengths of the bands; empty where the service does not know them."""
        return self._kept("keyProperties", {"f": "json"}, lambda answer: parse_band_properties(json_object(answer)))

    def variables(self) -> tuple[Variable, ...]:
        """Return the variables of a multidimensional service, with all values of their dimensions."""
        parameters, resource = {"returnDimensionValues": "always", "f": "json"}, "multidimensionalInfo"
        return self._told(resource, parameters, parse_variables, resource)

    def raster_files(self, batches: Sequence[Sequence[int]]) -> list[tuple[RasterFile, ...] | ImageServerLayerError]:
        """Return the files of each batch of rasters, as they may be downloaded, or what went wrong, in their order.

        A batch holds at most `raster_files.batch_size` rasters. Raises what `request_all` raises.
        """
        answers = self.request_all("download", [download_parameters(batch) for batch in batches])
        return [_files_or_error(answer, batch, self.url) for answer, batch in zip(answers, batches)]

    def receive_files(
        self, next_file: Callable[[], tuple[RasterFile, Receiver] | None], max_bytes: int, pace: Pace
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Ask for files; hand each to its receiver as it comes, and yield what becomes of it, see `Transport.stream`.

        `max_bytes` is for those whose size nobody knows.
        """

        def next_request() -> Request | None:
            wanted = next_file()
            return None if wanted is None else file_request(self.url, *wanted, max_bytes)

        return self._transport.stream(next_request, pace)

    def slices(self, variable: str = "") -> dict[int, Slice]:
        """Return the slices of a multidimensional service by their ids, those of one variable if it is named."""
        parameters = {"f": "json"}
        if variable:
            parameters["multidimensionalDefinition"] = compact_json([{"variableName": variable}])
        return parse_slices(self.request("slices", parameters))

    def variable_statistics(self, variable: Variable) -> Variable:
        """Return a variable of a multidimensional service with the statistics of all its slices; since 10.8.1."""
        told = self._kept("statistics", {"variable": variable.name, "f": "json"}, json_object)
        return with_statistics(variable, told)

    def identify(self, x: float, y: float, parameters: Mapping[str, str]) -> tuple[float | None, ...]:
        """Return the pixel values at a point in the service's CRS, None for nodata. Rules go in `parameters`."""
        point = {"geometryType": "esriGeometryPoint", "geometry": compact_json({"x": x, "y": y})}
        answer = self.request("identify", {**point, "returnCatalogItems": "false", **parameters, "f": "json"})
        return identified_values(answer, self.url)

    def request_all(
        self, resource: str, parameter_sets: Sequence[Mapping[str, str]]
    ) -> Iterator[Mapping[str, Any] | ImageServerLayerError]:
        """Ask a resource several times at once; yield each answer's JSON object, or what went wrong, in their order.

        All are asked for before this returns, and each is read when its turn comes: Python stands still on all threads
        while it lets go of what was read, so that is to be one at a time.

        Raises:
            CanceledError: the transport's feedback was canceled.
            AuthenticationError: QGIS' store of credentials is needed, and stays locked.
        """
        url = f"{self.url}/{resource}"
        outcomes = self._transport.get_all([Request(url, given, LONGEST_JSON) for given in parameter_sets])
        return map(_object_or_error, outcomes)

    def _told(
        self, resource: str, parameters: Mapping[str, str], parse: Callable[[Mapping[str, Any]], _Answer], key: str
    ) -> _Answer:
        """Return what the service says of itself under a key, from before where that is known."""
        return self._kept(
            resource, parameters, lambda response: parse(self._holding(key, resource, json_object(response)))
        )

    def _kept(self, resource: str, parameters: Mapping[str, str], parse: Callable[[Response], _Answer]) -> _Answer:
        """Return what the service says of itself, from before where that is known."""
        identity = self._transport.identity
        key = AnswerKey(self.url, identity, resource, encoded_query(parameters))
        if identity is not None:
            known: _Answer | None = KEPT_ANSWERS.find(key)
            if known is not None:
                return known
        generation = KEPT_ANSWERS.generation
        response = self._transport.get(f"{self.url}/{resource}".rstrip("/"), parameters, max_bytes=LONGEST_JSON)
        answer = parse(response)
        if identity is not None:
            KEPT_ANSWERS.add(key, answer, len(response.content), generation)
        return answer

    def request(self, resource: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        """Return the JSON object that a resource below the service answers with."""
        return json_object(self._transport.get(f"{self.url}/{resource}", parameters, max_bytes=LONGEST_JSON))

    def _holding(self, key: str, resource: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a resource answers, as long as it says something under a key, be it that there is nothing.

        Raises:
            ResponseError: it does not: that is another answer, and no empty one.
        """
        if key in body:
            return body
        message = tr("{host} sent something else instead of “{resource}”: try again later.")
        raise ResponseError(message.format(host=host_of(self.url), resource=resource), self.url)


def _object_or_error(outcome: Response | ImageServerLayerError) -> Mapping[str, Any] | ImageServerLayerError:
    try:
        return outcome if isinstance(outcome, ImageServerLayerError) else json_object(outcome)
    except ImageServerLayerError as error:
        return error


def _files_or_error(
    answer: Mapping[str, Any] | ImageServerLayerError, batch: Sequence[int], url: str
) -> tuple[RasterFile, ...] | ImageServerLayerError:
    try:
        return answer if isinstance(answer, ImageServerLayerError) else parse_raster_files(answer, batch, url)
    except ImageServerLayerError as error:
        return error


def _tile_or_error(answer: Response | ImageServerLayerError) -> bytes | ImageServerLayerError | None:
    try:
        return tile_content(answer)
    except ImageServerLayerError as error:
        return error


def function_parameters(rendering_rule: RenderingRule | None) -> dict[str, str]:
    """Return the parameters of a JSON resource that may depend on a raster function."""
    if rendering_rule is None:
        return {"f": "json"}
    return {"renderingRule": compact_json(rendering_rule), "f": "json"}


def image_content(response: Response) -> bytes:
    """Return the image in an answer to `exportImage`.

    Raises:
        ServerError: there is an error of ArcGIS in its place.
        ResponseError: there is something else in its place.
    """
    check_body(response)
    if response.content.startswith(_IMAGE_MAGIC):
        return response.content
    raise ResponseError(
        tr("{host} sent {content} instead of an image: check whether it needs credentials, or try again later.").format(
            host=host_of(response.url), content=describe_content(response.content)
        ),
        response.url,
    )


def tile_request(url: str, level: int, row: int, column: int, max_bytes: int) -> Request:
    """Return the request for a ready-made tile of the service at `url`, always by GET."""
    return Request(f"{url}/tile/{level}/{row}/{column}", {}, max_bytes=max_bytes, always_get=True)


def tile_content(answer: Response | ImageServerLayerError) -> bytes | None:
    """Return the file in an answer to `tile_request`; None where the cache has no such tile.

    Raises:
        ImageServerLayerError: the answer, where it is an error.
        ServerError: there is an error of ArcGIS in its place.
        ResponseError: there is something else in its place.
    """
    try:
        if isinstance(answer, ImageServerLayerError):
            raise answer
        check_body(answer)
    except AuthenticationError:
        raise
    except ServerError as error:
        if error.code == _NOT_FOUND:
            return None
        raise
    # Nothing without a word may as well be what a broken connection has left.
    if answer.status == _NO_CONTENT and not answer.content:
        return None
    if answer.content.startswith((*_IMAGE_MAGIC, *_LERC_MAGIC)):
        return answer.content
    raise ResponseError(
        tr("{host} sent {content} instead of a tile: check whether it needs credentials, or try again later.").format(
            host=host_of(answer.url), content=describe_content(answer.content)
        ),
        answer.url,
    )


def file_request(url: str, file: RasterFile, receiver: Receiver, max_bytes: int) -> Request:
    """Return the request for a file of the service at `url`, always by GET, as only that has ranges."""
    return Request(f"{url}/file", file_parameters(file), max_bytes, always_get=True, receiver=receiver)


def parse_band_properties(body: Mapping[str, Any]) -> tuple[BandProperties, ...]:
    """Read `BandProperties` of the key properties; numbers may be written as text."""
    return tuple(
        BandProperties(text(band.get("BandName")), number(band.get("WavelengthMin")), number(band.get("WavelengthMax")))
        for band in map(mapping, sequence(body.get("BandProperties")))
    )


def identified_values(answer: Mapping[str, Any], url: str) -> tuple[float | None, ...]:
    """Return the values in an answer to `identify`, None for no data.

    Raises:
        ResponseError: there are none, which is not the same as no data.
    """
    value = answer.get("value")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        message = tr("{host} sent something else instead of the values at a point: try again later.")
        raise ResponseError(message.format(host=host_of(url)), url)
    return parse_values(value)


def parse_values(value: object) -> tuple[float | None, ...]:
    """Read the comma-separated `value` of an identify answer; `NoData` and what is no number becomes None."""
    return tuple(number(part) for part in str(value).split(","))


def resolve_portal_item(item: PortalItem, transport: Transport) -> ServiceAddress:
    """Ask a portal for the image service behind one of its items.

    The token of the item goes along only where the service is on the portal's own host, or both are ArcGIS Online's.

    Raises:
        WebMapError: the item is a web map, which may hold any number of them.
        AddressError: the item is something else.
    """
    answer = portal_item(item, transport)
    url = text(answer.get("url"))
    if answer.get("type") in WEB_MAPS:
        raise _web_map(item, answer)
    try:
        address = parse_web_address(url)
    except AddressError as error:
        raise _not_an_image_service(item, answer, error.message) from error
    if not isinstance(address, ServiceAddress):
        raise _not_an_image_service(item, answer, url)
    return replace(address, token=address.token or (item.token if are_related(item.url, address.url) else None))


def portal_item(item: PortalItem, transport: Transport) -> Mapping[str, Any]:
    """Return what a portal says of one of its items: `title`, `type`, and `url` where it is that of a service."""
    return json_object(transport.get(item.url, {"f": "json"}))


def portal_item_data(item: PortalItem, transport: Transport) -> Mapping[str, Any]:
    """Return the JSON that an item of a portal holds: of a web map, its layers."""
    return json_object(transport.get(f"{item.url}/data", {"f": "json"}, max_bytes=LONGEST_JSON))


def _web_map(item: PortalItem, answer: Mapping[str, Any]) -> WebMapError:
    message = tr(
        "The portal item “{title}” is a web map: open it with the algorithm “Open layer file”, or give the item of one "
        "of its image services."
    )
    return WebMapError(message.format(title=text(answer.get("title")) or item.url), item.url)


def _not_an_image_service(item: PortalItem, answer: Mapping[str, Any], details: str) -> AddressError:
    message = tr("The portal item “{title}” is not an image service but of the type “{type}”: give the item of one.")
    title, kind = text(answer.get("title")) or item.url, text(answer.get("type")) or tr("unknown")
    return AddressError(message.format(title=title, type=kind), details)


def are_related(portal_url: str, service_url: str) -> bool:
    """Whether a service is asked with the credentials of a portal: on the same host, or both at ArcGIS Online.

    Never by http where the portal was asked by https.
    """
    if (urlsplit(portal_url).scheme, urlsplit(service_url).scheme) == ("https", "http"):
        return False
    hosts = {urlsplit(url).hostname or "" for url in (portal_url, service_url)}
    return len(hosts) == 1 or all(host.endswith(".arcgis.com") for host in hosts)
