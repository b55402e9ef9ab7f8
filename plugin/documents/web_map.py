"""Web maps of a portal: JSON with `operationalLayers`, after the ArcGIS Web Map Specification."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..options import arcgis_arguments as read
from ..service.address import PortalItem, ServiceAddress
from ..service.errors import AddressError
from ..service.json_values import flag, mapping, number, sequence, text
from ..translation import tr
from .document import Collected, Document, DocumentGroup, DocumentLayer, Look
from .wanted import Wanted, address_in_document, opacity_of, scale_of

_LAYERS = ("ArcGISImageServiceLayer", "ArcGISImageServiceVectorLayer", "ArcGISTiledImageServiceLayer")
_GROUP = "GroupLayer"
# Values of `visibilityMode`.
_SHOWN_IN_OTHER_WAYS = ("exclusive", "inherited")
_IMAGE_SERVER = re.compile(r".+/ImageServer/?", re.IGNORECASE)
_ITEM_ID = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_FORMATS_WITH_QUALITY = ("", "jpg", "jpgpng")


def is_web_map(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a web map, or a web scene."""
    return isinstance(value.get("operationalLayers"), list) or isinstance(value.get("baseMap"), dict)


def parse_web_map(value: Mapping[str, Any], title: str, portal: str = "") -> Document:
    """Read a web map, whose topmost layer is listed last; `portal` is the URL that items of its portal are below.

    Raises:
        DocumentError: there is more in it than is read.
    """
    walk = _Walk(Collected(title), portal)
    base = mapping(value.get("baseMap"))
    group = DocumentGroup("basemap", text(base.get("title")) or tr("Basemap"))
    walk.go_through(sequence(base.get("baseMapLayers")), (group,), "basemap")
    walk.go_through(sequence(value.get("operationalLayers")), (), "")
    beside = (
        ("bookmarks", tr("bookmarks")),
        ("tables", tr("tables")),
        ("presentation", tr("slides")),
        ("widgets", tr("the time slider and other widgets")),
    )
    walk.collected.leave_out_beside((value.get(key), part) for key, part in beside)
    return walk.collected.document(layers_upside_down=True)


class _Walk:
    """Goes through the layers, group by group."""

    def __init__(self, collected: Collected, portal: str) -> None:
        self.collected, self._portal = collected, portal

    def go_through(self, layers: list[Any], groups: tuple[DocumentGroup, ...], place: str) -> None:
        for position, layer in enumerate(map(mapping, layers)):
            self.collected.enter(len(groups))
            if layer.get("layerType") == _GROUP:
                key = f"{place}/{position}"
                self.go_through(sequence(layer.get("layers")), (*groups, self._group(layer, key)), key)
            else:
                self._take(layer, groups)

    def _group(self, layer: Mapping[str, Any], key: str) -> DocumentGroup:
        group = DocumentGroup(key, text(layer.get("title")), flag(layer.get("visibility"), default=True))
        if opacity_of(number(layer.get("opacity"))) < 1:
            remark = tr("The transparency of the group “{name}” is left out.")
            self.collected.remark(remark.format(name=group.name))
        if text(layer.get("visibilityMode")) in _SHOWN_IN_OTHER_WAYS:
            remark = tr("That layers of the group “{name}” are shown one at a time, or only together, is left out.")
            self.collected.remark(remark.format(name=group.name))
        return group

    def _take(self, layer: Mapping[str, Any], groups: tuple[DocumentGroup, ...]) -> None:
        name, kind = text(layer.get("title")) or text(layer.get("id")), text(layer.get("layerType"))
        # Older web maps do not always name the type of a layer.
        if kind not in _LAYERS and (kind or not _IMAGE_SERVER.fullmatch(text(layer.get("url")))):
            reason = tr("It is of the type {type}, not an image service.")
            self.collected.leave_out(name, reason.format(type=kind or tr("unknown")))
            return
        wanted = Wanted()
        try:
            address = self._address(layer, wanted)
        except AddressError as error:
            self.collected.leave_out(name, error.message)
            return
        definition = mapping(layer.get("layerDefinition"))
        _read_options(layer, definition, wanted)
        _leave_out_the_rest(layer, definition, wanted)
        self.collected.add(
            DocumentLayer(
                name,
                address,
                wanted.options(),
                wanted.viewpoint_reference,
                flag(layer.get("visibility"), default=True),
                Look(
                    opacity_of(number(layer.get("opacity"))),
                    scale_of(layer.get("minScale") or definition.get("minScale")),
                    scale_of(layer.get("maxScale") or definition.get("maxScale")),
                ),
                groups,
                tuple(wanted.left_out),
            )
        )

    def _address(self, layer: Mapping[str, Any], wanted: Wanted) -> ServiceAddress | PortalItem:
        """Return the address of a layer, or else the item that it is one of.

        Raises:
            AddressError: there is none that leads to an image service.
        """
        url, item = text(layer.get("url")), text(layer.get("itemId"))
        if not url and self._portal and _ITEM_ID.fullmatch(item):
            return PortalItem(f"{self._portal}/sharing/rest/content/items/{item.lower()}")
        if not url:
            raise AddressError(tr("It has no address."))
        return address_in_document(url, wanted)


def _read_options(layer: Mapping[str, Any], definition: Mapping[str, Any], wanted: Wanted) -> None:
    rule, bands = mapping(layer.get("mosaicRule")), layer.get("bandIds")
    wanted.take_mosaic(
        rule.get("mosaicMethod"),
        rule.get("mosaicOperation"),
        rule.get("ascending"),
        (rule.get("sortField"), rule.get("sortValue")),
        rule.get("lockRasterIds"),
        mapping(rule.get("viewpoint")),
    )
    wanted.take_where(rule.get("where"), definition.get("definitionExpression"))
    wanted.take_slice(sequence(rule.get("multidimensionalDefinition")))
    function = mapping(layer.get("renderingRule"))
    if function:
        wanted.take_function(function)
    wanted.take_bands(bands if isinstance(bands, list) else [] if bands is None else [bands])
    wanted.take("interpolation", read.interpolation, text(layer.get("interpolation")))
    wanted.take("nodata", read.nodata, layer.get("noData"))
    if wanted.options().nodata:
        interpretation = text(layer.get("noDataInterpretation"))
        wanted.take("nodata_matches_all", read.nodata_interpretation, interpretation)
    if text(layer.get("format")).lower() in _FORMATS_WITH_QUALITY:
        wanted.take("compression_quality", read.compression_quality, layer.get("compressionQuality"))


def _leave_out_the_rest(layer: Mapping[str, Any], definition: Mapping[str, Any], wanted: Wanted) -> None:
    rule = mapping(layer.get("mosaicRule"))
    pixel_type = text(layer.get("pixelType"))
    drawing = mapping(definition.get("drawingInfo"))
    is_vector = layer.get("layerType") == "ArcGISImageServiceVectorLayer"
    has_look = mapping(drawing.get("renderer")) or sequence(definition.get("presetRenderers")) or is_vector
    parts = (
        (sequence(rule.get("fids")), tr("the choice of rasters by their ids")),
        (mapping(rule.get("itemRenderingRule")), tr("the raster function for each raster")),
        (mapping(layer.get("multidimensionalSubset")), tr("the multidimensional subset")),
        (pixel_type and pixel_type.upper() != "UNKNOWN", tr("the pixel type {type}").format(type=pixel_type)),
        (has_look, tr("the symbology")),
        (mapping(layer.get("timeInfo")) or flag(layer.get("timeAnimation")), tr("the time")),
        (mapping(layer.get("visibilityTimeExtent")), tr("the time in which it is drawn")),
        (mapping(layer.get("customParameters")), tr("its custom parameters")),
        (mapping(layer.get("popupInfo")), tr("the pop-up")),
        (text(layer.get("blendMode")) not in ("", "normal"), tr("the blending mode")),
        (layer.get("effect"), tr("the layer effects")),
        ((number(layer.get("refreshInterval")) or 0) > 0, tr("the refresh interval")),
    )
    for is_there, part in parts:
        if is_there:
            wanted.leave_out(part)
