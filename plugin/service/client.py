"""The client of an image service: one method for each resource of its REST API."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..translation import tr
from .address import host_of
from .attribute_table import AttributeTableRow, parse_attribute_table, parse_colormap
from .description import parse_description
from .errors import AuthenticationError, ImageServerLayerError, ResponseError, ServerError
from .image_files import image_content, tile_content, tile_request
from .image_service import BandProperties, ImageService
from .json_values import LONGEST_JSON, compact_json
from .kept_answers import KEPT_ANSWERS, AnswerKey
from .key_properties import parse_band_properties
from .legend import LegendEntry, legend_parameters, parse_legend
from .multidimensional import Slice, Variable, parse_slices, parse_variables, with_statistics
from .no_collection import NO_COLLECTION
from .pace import Pace
from .raster_files import RasterFile, download_parameters, file_parameters, parse_raster_files
from .reception import Receiver
from .response import Response, json_object
from .transport import Request, Transport, encoded_query

if TYPE_CHECKING:
    from .transport import Outcome

# In bytes. Those that ArcGIS makes have 200 × 133 pixels.
_LONGEST_THUMBNAIL = 2 * 2**20

RenderingRule = Mapping[str, Any]
_Answer = TypeVar("_Answer")


class ImageServiceClient:
    """Sends requests to one image service and reads the answers. `url` is canonical, as `parse_address` returns it.

    What a service says about itself is asked for once and kept for the session (`kept_answers`).

    Every method raises what `Transport.get` raises, `ServerError` with the server's own words when the server refuses,
    and `ResponseError` when the answer is not of the expected kind.
    """

    def __init__(self, url: str, transport: Transport) -> None:
        self.url = url
        self._transport = transport

    def describe(self, rendering_rule: RenderingRule | None = None) -> ImageService:
        """Return the service's description, or that of what comes out of a raster function."""
        try:
            return self._cached(
                "", _function_parameters(rendering_rule), lambda response: parse_description(response.content, self.url)
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
        """Return an image as a file. Always a GET, as layers draw, so that too long a URL already fails here."""
        response = self._transport.get(f"{self.url}/exportImage", {**parameters, "f": "image"}, always_get=True)
        return image_content(response)

    def thumbnail(self) -> bytes:
        """Return the thumbnail that the publisher has stored with the service, as a file; few services have none."""
        return image_content(self._transport.get(f"{self.url}/info/thumbnail", {}, max_bytes=_LONGEST_THUMBNAIL))

    def tiles(
        self, places: Sequence[tuple[int, int, int]], max_bytes: int
    ) -> list[bytes | ImageServerLayerError | None]:
        """Return ready-made tiles, given as (level, row, column), as files; None for one that does not exist.

        A tile that could not be read is returned as its error.
        """
        requests = [tile_request(self.url, *place, max_bytes) for place in places]
        return [_tile_or_error(answer) for answer in self._transport.get_all(requests)]

    def attribute_table(self, rendering_rule: RenderingRule | None = None) -> tuple[AttributeTableRow, ...]:
        """Return the raster attribute table, that of a raster function's output if a rule is given."""
        parameters = _function_parameters(rendering_rule)
        return self._cached_object("rasterAttributeTable", parameters, parse_attribute_table, "features")

    def colormap(self, rendering_rule: RenderingRule | None = None) -> tuple[AttributeTableRow, ...]:
        """Return the colormap as rows of an attribute table, whose labels are the values themselves."""
        return self._cached_object("colormap", _function_parameters(rendering_rule), parse_colormap, "colormap")

    def legend(self, parameters: Mapping[str, str]) -> tuple[LegendEntry, ...]:
        """Return the legend of an image drawn with these parameters of `exportImage`; empty if there is none."""
        return parse_legend(self._with_key("layers", "legend", self.request("legend", legend_parameters(parameters))))

    def band_properties(self) -> tuple[BandProperties, ...]:
        """Return names and wavelengths of the bands; empty if the service does not know them."""
        return self._cached("keyProperties", {"f": "json"}, lambda answer: parse_band_properties(json_object(answer)))

    def variables(self) -> tuple[Variable, ...]:
        """Return the variables of a multidimensional service, with all values of their dimensions."""
        parameters, resource = {"returnDimensionValues": "always", "f": "json"}, "multidimensionalInfo"
        return self._cached_object(resource, parameters, parse_variables, resource)

    def raster_files(self, batches: Sequence[Sequence[int]]) -> list[tuple[RasterFile, ...] | ImageServerLayerError]:
        """Return, for each batch of raster ids, the files that can be downloaded, or what went wrong.

        A batch holds at most `raster_files.batch_size` rasters. Raises what `request_all` raises.
        """
        answers = self.request_all("download", [download_parameters(batch) for batch in batches])
        return [_files_or_error(answer, batch, self.url) for answer, batch in zip(answers, batches)]

    def receive_files(
        self, next_file: Callable[[], tuple[RasterFile, Receiver] | None], max_bytes: int, pace: Pace
    ) -> Generator[tuple[int, Outcome], None, None]:
        """Download files, each into its receiver, and yield what becomes of each; see `Transport.stream`.

        `max_bytes` limits a file whose size the server has not told.
        """

        def next_request() -> Request | None:
            wanted = next_file()
            return None if wanted is None else file_request(self.url, *wanted, max_bytes)

        return self._transport.stream(next_request, pace)

    def slices(self, variable: str = "") -> dict[int, Slice]:
        """Return the slices of a multidimensional service by id; only those of `variable` if one is given."""
        parameters = {"f": "json"}
        if variable:
            parameters["multidimensionalDefinition"] = compact_json([{"variableName": variable}])
        return self.read("slices", parameters, parse_slices)

    def variable_statistics(self, variable: Variable) -> Variable:
        """Return the variable with the statistics of all its slices, which servers tell since 10.8.1."""
        told = self._cached("statistics", {"variable": variable.name, "f": "json"}, json_object)
        return with_statistics(variable, told)

    def request_all(
        self, resource: str, parameter_sets: Sequence[Mapping[str, str]]
    ) -> Iterator[Mapping[str, Any] | ImageServerLayerError]:
        """Send several requests to a resource at once; yield each answer's JSON object, or what went wrong, in order.

        All answers are here when this returns, but each is parsed only when its turn comes: freeing a large parsed
        answer stops Python on all threads, so only one at a time should exist.

        Raises:
            CanceledError: the transport's feedback was canceled.
            AuthenticationError: QGIS' store of credentials is needed, and stays locked.
        """
        url = f"{self.url}/{resource}"
        outcomes = self._transport.get_all([Request(url, given, LONGEST_JSON) for given in parameter_sets])
        return map(_object_or_error, outcomes)

    def request(self, resource: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        """Return the JSON object with which a resource of the service answers."""
        return self.read(resource, parameters, lambda body: body)

    def read(
        self, resource: str, parameters: Mapping[str, str], parse: Callable[[Mapping[str, Any]], _Answer]
    ) -> _Answer:
        """Return what `parse` makes of the JSON object with which a resource of the service answers.

        The object is gone when Python looks for garbage again, so that of a long answer, it does not go through it all.
        """
        response = self._transport.get(f"{self.url}/{resource}", parameters, max_bytes=LONGEST_JSON)
        with NO_COLLECTION:
            return parse(json_object(response))

    def _cached_object(
        self, resource: str, parameters: Mapping[str, str], parse: Callable[[Mapping[str, Any]], _Answer], key: str
    ) -> _Answer:
        """Return an answer of which the JSON object must have a key; see `_cached`."""
        return self._cached(
            resource, parameters, lambda response: parse(self._with_key(key, resource, json_object(response)))
        )

    def _cached(self, resource: str, parameters: Mapping[str, str], parse: Callable[[Response], _Answer]) -> _Answer:
        """Return a parsed answer, without a request if it is known since an earlier one with the same credentials."""
        identity = self._transport.identity
        key = AnswerKey(self.url, identity, resource, encoded_query(parameters))
        if identity is not None:
            known: _Answer | None = KEPT_ANSWERS.find(key)
            if known is not None:
                return known
        generation = KEPT_ANSWERS.generation
        response = self._transport.get(f"{self.url}/{resource}".rstrip("/"), parameters, max_bytes=LONGEST_JSON)
        with NO_COLLECTION:
            answer = parse(response)
        if identity is not None:
            KEPT_ANSWERS.add(key, answer, len(response.content), generation)
        return answer

    def _with_key(self, key: str, resource: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the JSON object of an answer, which has the key even when there is nothing to list.

        Raises:
            ResponseError: the key is missing, so this is not an empty answer but something else.
        """
        if key in body:
            return body
        message = tr("{host} sent something else instead of “{resource}”: try again later.")
        raise ResponseError(message.format(host=host_of(self.url), resource=resource), self.url)


def file_request(url: str, file: RasterFile, receiver: Receiver, max_bytes: int) -> Request:
    """Return the request for a file of the service at `url`; always a GET, as only that can ask for a range."""
    return Request(f"{url}/file", file_parameters(file), max_bytes, always_get=True, receiver=receiver)


def _function_parameters(rendering_rule: RenderingRule | None) -> dict[str, str]:
    """Return the parameters of a JSON resource that depends on the raster function in use, if any."""
    if rendering_rule is None:
        return {"f": "json"}
    return {"renderingRule": compact_json(rendering_rule), "f": "json"}


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
