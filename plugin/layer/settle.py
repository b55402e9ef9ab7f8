"""Holds a request against its service before anything is drawn: names become ids, and options are checked.

This is all that is needed to ask a service for something other than pixels, such as its rasters or statistics.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qgis.core import QgsCoordinateTransformContext, QgsFeedback

from ..options.check import Note, check
from ..options.layer_options import LayerOptions
from ..options.sentences import shortened
from ..service.catalog import Catalog
from ..service.client import ImageServiceClient
from ..service.errors import CanceledError, ImageServerLayerError, OptionError, ServerError
from ..service.image_service import ImageService
from ..service.json_values import flag
from ..translation import tr
from .connect import ConnectedService, connect
from .locked_rasters import lock_raster
from .request import LayerRequest
from .resolve import Arguments, number_bands, resolve
from .slice_by_id import with_slice


@dataclass(frozen=True)
class Doubts:
    """What could not be checked beforehand; the first drawing shows whether it was right.

    Attributes:
        where: the error with which the server refused to count the rasters that match the where clause.
        notes: what the user should be told.
    """

    where: ServerError | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Settled:
    """A request held against its service.

    Attributes:
        connected: the service, and what comes out of the processing template.
        options: what was asked for, in plain values that the service can take.
        notes: odd but harmless things that the user should be told.
        doubts: what could not be checked.
        transform_context: that of the request.
    """

    connected: ConnectedService
    options: LayerOptions
    notes: tuple[Note, ...]
    doubts: Doubts
    transform_context: QgsCoordinateTransformContext


def settle(
    request: LayerRequest, feedback: QgsFeedback | None = None, described: ConnectedService | None = None
) -> Settled:
    """Read the service and hold the request against it.

    `described` is the service at the request's address, with what comes out of the request's processing template,
    if both have been read before: neither is asked for again then.

    Raises:
        ImageServerLayerError: the request does not fit the service, or that cannot be asked.
    """
    if described is not None:
        return settle_with(request, described, described.client(feedback), is_described=True)
    connected = connect(request.address, request.access, feedback)
    return settle_with(request, connected, connected.client(feedback))


def settle_with(
    request: LayerRequest, connected: ConnectedService, client: ImageServiceClient, *, is_described: bool = False
) -> Settled:
    """Hold the request against a service that has been read, asking the rest through `client`.

    With `is_described`, what comes out of the processing template has been read, too.

    Raises:
        ImageServerLayerError: as `settle` does.
    """
    service, catalog = connected.service, connected.catalog(client)
    arguments, slice_notes = with_slice(request.arguments, service, client)
    options, notes = resolve(arguments, service, catalog, request.transform_context)
    options, lock_notes = _with_named_raster(options, connected, catalog)
    # Nodata must wait until it is known for how many bands it is.
    check(replace(options, nodata=()), service).raise_first()
    doubts = count_matches(options, catalog)
    if not is_described:
        connected = connected.with_output(options, client)
    connected = connected.of_variable(options)
    options, band_notes = number_bands(request.arguments, options, service, connected.output)
    findings = check(options, service, connected.output)
    findings.raise_first()
    told = (*connected.notes, *_slice_of_tiles(service), *slice_notes)
    said = (*told, *notes, *lock_notes, *band_notes, *doubts.notes, *findings.notes)
    return Settled(connected, options, said, doubts, request.transform_context)


def count_matches(options: LayerOptions, catalog: Catalog | None) -> Doubts:
    """Make sure that some raster matches where clause and time: an empty map would look like missing data.

    If the catalog does not answer, the layer may be fine all the same: services can draw what they do not count.

    Raises:
        OptionError: no raster matches.
        CanceledError: the catalog's client was canceled.
    """
    time = "" if options.time is None else options.time.parameter()
    if not (options.where or time) or catalog is None:
        return Doubts()
    try:
        count = catalog.count(options.where, time=time)
    except CanceledError:
        raise
    except ImageServerLayerError as error:
        if not options.where:
            text = tr("Whether there is anything of that time could not be checked: {reason}")
            return Doubts(notes=(Note("time", text.format(reason=error.message)),))
        text = tr("Whether the where clause matches could not be checked: {reason}")
        refused = error if isinstance(error, ServerError) and error.is_about_the_request else None
        return Doubts(refused, (Note("where", text.format(reason=error.message)),))
    if count == 0 and time:
        text = tr("No raster of the service is of {time}; choose another time.")
        if options.where:
            text = tr("No raster of the service is of {time} and matches the where clause; loosen one of them.")
        raise OptionError("time", text.format(time=options.time))
    if count == 0:
        text = tr("No raster of the service matches the where clause “{where}”; loosen it.")
        raise OptionError("where", text.format(where=shortened(options.where)))
    return Doubts()


def _with_named_raster(
    options: LayerOptions, connected: ConnectedService, catalog: Catalog | None
) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Lock the raster that the address itself names (`…/ImageServer/12`)."""
    locked, notes = lock_raster(options, connected.address.raster_id)
    if locked == options:
        return options, notes
    arguments = Arguments(locked)
    found, found_notes = resolve(arguments, connected.service, catalog, QgsCoordinateTransformContext())
    return found, (*notes, *found_notes)


def _slice_of_tiles(service: ImageService) -> tuple[Note, ...]:
    """Say that ready-made tiles are of a slice that cannot be chosen, where a service has several."""
    if not service.tiles_only or not flag(service.raw.get("hasMultidimensions")):
        return ()
    text = tr("The service has several slices, and its tiles show the one that it chooses by itself.")
    return (Note("variable", text),)
