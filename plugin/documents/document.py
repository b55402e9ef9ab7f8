"""What a document of ArcGIS holds: the layers of image services in it, and in words what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..options.layer_options import LayerOptions
from ..service.address import PortalItem, ServiceAddress
from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from ..service.image_service import SpatialReference
from ..translation import tr

# Limits on the entries of a document, the depth of its groups, and its image services, each of which costs several
# requests.
MOST_ENTRIES = 2000
DEEPEST = 50
MOST_LAYERS = 100


class DocumentError(ImageServerLayerError):
    """The document cannot be read, or is another one."""


@dataclass(frozen=True)
class Look:
    """How QGIS draws a layer, whatever its pixels: opacity from 0 to 1, and between which scales it is drawn.

    Scales are denominators, 0 for no limit; the minimum scale is the smallest one, so the largest number.
    """

    opacity: float = 1
    minimum_scale: float = 0
    maximum_scale: float = 0


@dataclass(frozen=True)
class DocumentGroup:
    """A group of layers; `key` tells it from others of the same name."""

    key: str
    name: str
    is_visible: bool = True


@dataclass(frozen=True)
class MapClip:
    """What the layers of a map are clipped to, and the CRS that it is in; None where the document does not tell."""

    extent: Extent
    reference: SpatialReference | None = None


@dataclass(frozen=True)
class DocumentLayer:
    """A layer of an image service.

    Attributes:
        name: as the document has it.
        address: of the service, without a token, or the item of a portal that leads to it.
        options: what the document says of the pixels. A base value is as it was written, as its field is not known.
        viewpoint_reference: that of the options' viewpoint; None where it is in the service's CRS.
        is_visible: whether it is switched on.
        look: how it is drawn.
        groups: those that it is in, the outermost first.
        left_out: what has no counterpart, in words: parts of a list.
        clip: what it is clipped to; None for nothing.
    """

    name: str
    address: ServiceAddress | PortalItem
    options: LayerOptions = field(default_factory=LayerOptions)
    viewpoint_reference: SpatialReference | None = None
    is_visible: bool = True
    look: Look = field(default_factory=Look)
    groups: tuple[DocumentGroup, ...] = ()
    left_out: tuple[str, ...] = ()
    clip: MapClip | None = None

    def report(self) -> list[str]:
        """Return the sentence that says what of this layer is left out, if anything is."""
        if not self.left_out:
            return []
        text = tr("Left out of the layer “{name}”: {parts}.")
        return [text.format(name=self.name, parts="; ".join(self.left_out))]


@dataclass(frozen=True)
class Document:
    """What was read: the layers of image services, the topmost first, and sentences on all that is none.

    `title` is what it is called in messages.
    """

    title: str
    layers: tuple[DocumentLayer, ...] = ()
    left_out: tuple[str, ...] = ()

    def report(self) -> list[str]:
        """Return all that is left out, in sentences."""
        return [*(sentence for layer in self.layers for sentence in layer.report()), *self.left_out]


def no_image_service(document: Document) -> DocumentError:
    """Return the error for a document without any image service."""
    text = tr("There is no image service in “{title}” that could be added; the details list what there is.")
    if not document.left_out:
        text = tr("There is no layer in “{title}”.")
    return DocumentError(text.format(title=document.title), "\n".join(document.left_out))


class Collected:
    """The layers found so far while a document is gone through, within bounds."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._entries = 0
        self._layers: list[DocumentLayer] = []
        self._left_out: list[str] = []

    def enter(self, depth: int) -> None:
        """Count an entry of the document, `depth` groups deep.

        Raises:
            DocumentError: there are too many, or they are nested too deeply.
        """
        self._entries += 1
        if self._entries > MOST_ENTRIES:
            text = tr("“{title}” has more than {count} layers, so it is not read.")
            raise DocumentError(text.format(title=self._title, count=MOST_ENTRIES))
        if depth > DEEPEST:
            text = tr("The groups in “{title}” are nested more than {count} deep, so it is not read.")
            raise DocumentError(text.format(title=self._title, count=DEEPEST))

    def add(self, layer: DocumentLayer) -> None:
        """Take a layer.

        Raises:
            DocumentError: there are too many.
        """
        self._layers.append(layer)
        if len(self._layers) > MOST_LAYERS:
            text = tr("“{title}” has more than {count} image services, so it is not read.")
            raise DocumentError(text.format(title=self._title, count=MOST_LAYERS))

    def leave_out(self, name: str, reason: str) -> None:
        """Note a layer that is left out, and why."""
        text = tr("The layer “{name}” is left out: {reason}")
        self._left_out.append(text.format(name=name, reason=reason))

    def remark(self, sentence: str) -> None:
        """Note anything else that has no counterpart."""
        self._left_out.append(sentence)

    def leave_out_beside(self, parts: Iterable[tuple[object, str]]) -> None:
        """Note what a map holds beside its layers: of each part, whether there is any, and what it is."""
        there = [part for is_there, part in parts if is_there]
        if there:
            text = tr("Left out of the map “{title}”: {parts}.")
            self.remark(text.format(title=self._title, parts="; ".join(there)))

    def document(self, layers_upside_down: bool = False) -> Document:
        """Return what was found; `layers_upside_down` where the document lists the bottommost first."""
        layers: Sequence[DocumentLayer] = self._layers[::-1] if layers_upside_down else self._layers
        return Document(self._title, tuple(layers), tuple(self._left_out))
