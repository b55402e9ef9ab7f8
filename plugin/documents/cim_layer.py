"""One image service layer of ArcGIS Pro: `CIMImageServiceLayer` with its connection, mosaic rule and function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..options import arcgis_arguments as read
from ..service.errors import AddressError
from ..service.json_values import flag, integer, mapping, number, sequence, text
from ..service.vocabulary import find_interpolation
from ..translation import tr
from .document import Collected, DocumentGroup, DocumentLayer, Look, MapClip
from .wanted import Wanted, address_in_document, opacity_of, scale_of

_LAYERS = ("CIMImageServiceLayer", "CIMImageMosaicSubLayer")
_CONNECTION = "CIMAGSServiceConnection"
_IMAGE_SERVER = "imageserver"
_RGB = "CIMRasterRGBColorizer"
_JPEG = "jp"


def is_image_service(definition: Mapping[str, Any]) -> bool:
    """Whether a layer is one of an image service, dynamic or of ready-made tiles."""
    if text(definition.get("type")) in _LAYERS:
        return True
    connection = _connection(definition)
    kind = text(connection.get("objectType")) or text(connection.get("url")).rstrip("/").rpartition("/")[2]
    return connection.get("type") == _CONNECTION and kind.lower() == _IMAGE_SERVER


def read_image_service(
    definition: Mapping[str, Any],
    groups: tuple[DocumentGroup, ...],
    collected: Collected,
    clip: MapClip | None = None,
) -> None:
    """Read a layer into what has been collected; one without a usable address is left out there.

    `clip` is what its map is clipped to.

    Raises:
        DocumentError: there are too many layers.
    """
    wanted, name = Wanted(), text(definition.get("name"))
    try:
        address = address_in_document(_url(_connection(definition)), wanted)
    except AddressError as error:
        collected.leave_out(name, error.message)
        return
    _read_function(mapping(definition.get("renderingRule")), wanted)
    _read_mosaic(definition, wanted)
    _read_drawing(definition, wanted)
    _leave_out_the_rest(definition, wanted)
    layer = DocumentLayer(
        name,
        address,
        wanted.options(),
        wanted.viewpoint_reference,
        flag(definition.get("visibility"), default=True),
        cim_look(definition),
        groups,
        tuple(wanted.left_out),
        clip,
    )
    collected.add(layer)


def cim_look(definition: Mapping[str, Any]) -> Look:
    """Return how a layer is drawn; its transparency is in percent."""
    return Look(
        opacity_of(1 - (number(definition.get("transparency")) or 0) / 100),
        scale_of(definition.get("minScale")),
        scale_of(definition.get("maxScale")),
    )


def _connection(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(definition.get("dataConnection")) or mapping(definition.get("serviceConnection"))


def _url(connection: Mapping[str, Any]) -> str:
    """Return the address of a service.

    Raises:
        AddressError: it is no service but a data set.
    """
    if connection.get("type") != _CONNECTION:
        raise AddressError(tr("It comes from a file or a database, not from an image service."))
    # The specification spells it URL, ArcGIS Pro url.
    url = text(connection.get("url")) or text(connection.get("URL"))
    server = mapping(connection.get("serverConnection"))
    base, name = text(server.get("url")) or text(server.get("URL")), text(connection.get("objectName"))
    if url or not (base and name):
        return url
    return f"{base.rstrip('/')}/{name}/ImageServer"


def _read_function(rule: Mapping[str, Any], wanted: Wanted) -> None:
    """Read a `CIMRenderingRule`: the name of a published function, with arguments or without, or a chain as JSON."""
    name, definition = text(rule.get("name")), text(rule.get("definition"))
    arguments = _plain(rule.get("arguments"))
    if definition.startswith("{"):
        wanted.take_template_text(definition)
    elif definition:
        wanted.leave_out(tr("the raster function “{name}”, which is not written as JSON").format(name=name))
    elif isinstance(arguments, dict) and arguments:
        wanted.take_function({"rasterFunction": name, "rasterFunctionArguments": arguments})
    else:
        wanted.take_template_name(name)
    if text(rule.get("variableName")):
        wanted.leave_out(tr("the variable “{name}”").format(name=text(rule.get("variableName"))))


def _plain(value: Any) -> Any:
    """Return a property set, a list of names and values in turn, as an object; anything else as it is."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "PropertySet":
        items = sequence(value.get("propertySetItems"))
        return {str(key): _plain(item) for key, item in zip(items[::2], items[1::2])}
    return {key: _plain(item) for key, item in value.items()}


def _read_mosaic(definition: Mapping[str, Any], wanted: Wanted) -> None:
    rule = mapping(definition.get("mosaicRule"))
    fids = sequence(rule.get("fIDs")) or sequence(rule.get("FIDs"))
    locked = rule.get("lockRasterID")
    wanted.take_mosaic(
        rule.get("mosaicMethod"),
        rule.get("mosaicOperatorType"),
        rule.get("ascending"),
        (rule.get("orderByFieldName"), rule.get("orderByBaseValue")),
        locked if read.is_given(locked) else fids,
        mapping(rule.get("viewpoint")),
    )
    if fids and not wanted.options().lock_raster_ids:
        wanted.leave_out(tr("the choice of rasters by their ids"))
    table = mapping(definition.get("featureTable"))
    wanted.take_where(rule.get("whereClause"), table.get("definitionExpression"))
    wanted.take_time(mapping(rule.get("timeValue")))


def _read_drawing(definition: Mapping[str, Any], wanted: Wanted) -> None:
    """Read bands, interpolation and quality from how the layer is drawn."""
    bands = sequence(mapping(definition.get("auxiliaryRasterProperties")).get("bandIndexes"))
    colorizer = mapping(definition.get("colorizer"))
    kind = text(colorizer.get("type"))
    if kind == _RGB and not flag(colorizer.get("useDefaultMapping")):
        bands = _drawn_bands(colorizer, bands)
    wanted.take_bands(bands)
    resampling = text(colorizer.get("resamplingType"))
    if resampling and find_interpolation(resampling) is None:
        wanted.leave_out(tr("the resampling {type}").format(type=resampling))
    else:
        wanted.take("interpolation", read.interpolation, resampling)
    if colorizer:
        wanted.leave_out(tr("the symbology"))
    if text(definition.get("compression")).lower().startswith(_JPEG):
        wanted.take("compression_quality", read.compression_quality, definition.get("compressionQuality"))


def _drawn_bands(colorizer: Mapping[str, Any], bands: list[Any]) -> list[Any]:
    """Return the bands drawn in red, green and blue, all of which are in use, out of those of the layer."""
    colors = ("red", "green", "blue")
    if not all(flag(colorizer.get(f"use{color.capitalize()}Band"), default=True) for color in colors):
        return bands
    drawn = [integer(colorizer.get(f"{color}BandIndex")) or 0 for color in colors]
    if bands and all(0 <= band < len(bands) for band in drawn):
        return [bands[band] for band in drawn]
    return list(drawn)


def _leave_out_the_rest(definition: Mapping[str, Any], wanted: Wanted) -> None:
    server = mapping(_connection(definition).get("serverConnection"))
    time = mapping(definition.get("timeDefinition"))
    has_slice = mapping(definition.get("activeSlice")) or mapping(definition.get("multidimensionalExtent"))
    parts = (
        (text(server.get("user")) or text(server.get("password")), tr("the user name of its connection")),
        (sequence(_connection(definition).get("customParameters")), tr("its custom parameters")),
        (flag(time.get("useTime")) or mapping(time.get("customTimeExtent")), tr("the time")),
        (flag(definition.get("useVisibilityTimeExtent")), tr("the time in which it is drawn")),
        (has_slice or sequence(definition.get("activeVariables")), tr("the multidimensional slice")),
        (text(definition.get("activeRangeName")), tr("the range")),
        (mapping(definition.get("pageDefinition")), tr("the query by map series page")),
        (flag(definition.get("drawFootprints")), tr("the footprints")),
        (text(definition.get("blendingMode")) not in ("", "Alpha"), tr("the blending mode")),
        (sequence(definition.get("layerEffects")), tr("the layer effects")),
        (mapping(definition.get("popupInfo")), tr("the pop-up")),
        (sequence(definition.get("layerMasks")), tr("the masks")),
        ((number(definition.get("refreshRate")) or 0) > 0, tr("the refresh interval")),
    )
    for is_there, part in parts:
        if is_there:
            wanted.leave_out(part)
