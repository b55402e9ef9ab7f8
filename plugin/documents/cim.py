"""Layer files (`.lyrx`) and maps (`.mapx`) of ArcGIS Pro: JSON of the Cartographic Information Model (CIM).

After https://github.com/Esri/cim-spec: `CIMLayerDocument`, `CIMMapDocument` and what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..service.description import parse_spatial_reference
from ..service.extent import Extent
from ..service.image_service import SpatialReference
from ..service.json_values import flag, mapping, number, sequence, text
from ..translation import tr
from .cim_layer import cim_look, is_image_service, read_image_service
from .document import Collected, Document, DocumentError, DocumentGroup, MapClip

_LAYER_DOCUMENT, _MAP_DOCUMENT = "CIMLayerDocument", "CIMMapDocument"
# `ClippingMode` by its words or its numbers. The shape of the others is kept elsewhere, the file has its address only.
_NO_CLIP, _CLIP_TO_EXTENT = (None, "", "None", 0), ("MapExtent", 1)
_GROUP, _MOSAIC = "CIMGroupLayer", "CIMMosaicLayer"


def is_cim_document(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a layer file or a map of ArcGIS Pro."""
    return value.get("type") in (_LAYER_DOCUMENT, _MAP_DOCUMENT)


def parse_cim(value: Mapping[str, Any], title: str) -> Document:
    """Read a layer file or a map.

    Raises:
        DocumentError: a group contains itself, or there is more than is read.
    """
    definitions = [mapping(entry) for entry in sequence(value.get("layerDefinitions"))]
    by_uri = {text(entry.get("uRI")): entry for entry in definitions if text(entry.get("uRI"))}
    holder = mapping(value.get("mapDefinition")) if value["type"] == _MAP_DOCUMENT else value
    top = list(map(text, sequence(holder.get("layers"))))
    walk = _Walk(by_uri, title, Collected(title))
    _read_clip(holder, walk)
    if value["type"] == _MAP_DOCUMENT:
        beside = (("bookmarks", tr("bookmarks")), ("standaloneTables", tr("tables")))
        walk.collected.leave_out_beside((sequence(holder.get(key)), part) for key, part in beside)
    if top:
        walk.go_through(top)
    else:
        # Probably written by hand: layers that no other layer names are at the top.
        inner = {uri for entry in definitions for uri in _below(entry)}
        for number, entry in enumerate(definitions):
            uri = text(entry.get("uRI"))
            if uri not in inner:
                walk.take(uri or f"#{number}", entry, ())
    return walk.collected.document()


def _read_clip(holder: Mapping[str, Any], walk: _Walk) -> None:
    """Read what a map is clipped to: the full extent that was set for it, with ArcGIS Pro's name for that."""
    mode = holder.get("clippingMode")
    if mode in _NO_CLIP:
        return
    box = mapping(holder.get("customFullExtent"))
    sides = [number(box.get(side)) for side in ("xmin", "ymin", "xmax", "ymax")]
    extent = Extent(*(side for side in sides if side is not None)) if None not in sides else None
    if mode not in _CLIP_TO_EXTENT or extent is None or not extent.is_valid():
        remark = tr("The map is clipped to a shape that “{title}” does not hold, so its layers are not clipped.")
        walk.collected.remark(remark.format(title=walk.title))
        return
    told = mapping(box.get("spatialReference")) or mapping(holder.get("spatialReference"))
    reference = parse_spatial_reference(told)
    walk.clip = MapClip(extent, None if reference == SpatialReference() else reference)
    walk.unclipped = frozenset(map(text, sequence(holder.get("layersExcludedFromClipping"))))


def _below(definition: Mapping[str, Any]) -> Iterator[str]:
    """Return the URIs of the layers in a group, or of the image of a mosaic dataset."""
    yield from map(text, sequence(definition.get("layers")))
    if definition.get("type") == _MOSAIC:
        yield text(definition.get("imageLayer"))


@dataclass
class _Walk:
    """Goes through the tree of layers from the top; each layer is taken once, wherever it is named."""

    by_uri: Mapping[str, Mapping[str, Any]]
    title: str
    collected: Collected
    taken: set[str] = field(default_factory=set)
    clip: MapClip | None = None
    unclipped: frozenset[str] = frozenset()

    def go_through(self, uris: list[str], groups: tuple[DocumentGroup, ...] = ()) -> None:
        for uri in uris:
            if any(group.key == uri for group in groups):
                message = tr("The group “{group}” in “{title}” contains itself; save the file anew in ArcGIS Pro.")
                raise DocumentError(message.format(group=groups[-1].name, title=self.title))
            definition = self.by_uri.get(uri)
            if definition is None:
                self.collected.enter(len(groups))
                self.collected.leave_out(uri, tr("The file names it, but does not hold it."))
            else:
                self.take(uri, definition, groups)

    def take(self, uri: str, definition: Mapping[str, Any], groups: tuple[DocumentGroup, ...]) -> None:
        if uri in self.taken:
            return
        self.taken.add(uri)
        self.collected.enter(len(groups))
        name, kind = text(definition.get("name")), text(definition.get("type"))
        if kind == _GROUP:
            self._take_group(uri, definition, groups)
        elif is_image_service(definition):
            excluded = {uri, *(group.key for group in groups)} & self.unclipped
            read_image_service(definition, groups, self.collected, None if excluded else self.clip)
        elif kind == _MOSAIC:
            # Its layers of outlines and seamlines are vector data.
            self.go_through([text(definition.get("imageLayer"))], groups)
        else:
            reason = tr("It is of the type {type}, not an image service.")
            self.collected.leave_out(name, reason.format(type=kind.removeprefix("CIM") or tr("unknown")))

    def _take_group(self, uri: str, definition: Mapping[str, Any], groups: tuple[DocumentGroup, ...]) -> None:
        group = DocumentGroup(uri, text(definition.get("name")), flag(definition.get("visibility"), default=True))
        if cim_look(definition).opacity < 1:
            remark = tr("The transparency of the group “{name}” is left out.")
            self.collected.remark(remark.format(name=group.name))
        self.go_through(list(map(text, sequence(definition.get("layers")))), (*groups, group))
