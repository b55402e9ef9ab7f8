"""What the layer tells of itself in its Information panel and tooltip: title, abstract, rights, and its options.

What the user has written there stays: only what this module wrote itself is written anew.

Information reads these texts as HTML. Since 3.38 the tooltip shows title and abstract too, letter by letter, and what
is escaped for one place is spoiled in the other. There a text with such letters is left out, in favor of the layer's
name and the text for the tooltip alone; Information still has it, as the provider's part or with the link.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qgis.core import QgsAbstractMetadataBase, QgsLayerMetadata, QgsMapLayer

from ..backend.source import Kind
from ..options.sentences import shortened
from ..options.wording import in_words, option_label
from ..service.json_values import whole_number
from ..service.plain_text import escaped, markless_line
from ..translation import tr
from .own_properties import write_property
from .plan import LayerPlan

NOTES_PROPERTY = "image_server_layer/notes"
# What was written last, to tell it from what the user wrote. The leading underscore hides it in Information.
WRITTEN_PROPERTY = "_image_server_layer/described"


def plain(text: str) -> str:
    """Return text from a server as HTML that shows it literally, as QGIS reads metadata as HTML."""
    return escaped(text)


def _read_the_same(texts: Iterable[str]) -> bool:
    """Whether texts look the same as HTML and as plain text."""
    return not any(set("<&") & set(text) for text in texts)


def abstract_holder(layer: QgsMapLayer) -> Any:
    """Return the object that has the text of the layer's tooltip: before 3.38, the layer itself."""
    return layer.serverProperties() if hasattr(layer.serverProperties(), "setAbstract") else layer


def describe_layer(layer: QgsMapLayer, plan: LayerPlan) -> None:
    """Write what is known about the service and the options into the layer."""
    written = _written(layer)
    metadata = layer.metadata()
    server = abstract_holder(layer)
    title, abstract = plain(plan.service.name), plain("\n".join(_abstract(plan)))
    if server is not layer:
        # Title and abstract are set together, as the tooltip shows the one instead of the other.
        title, abstract = (title, abstract) if _read_the_same((title, abstract)) else ("", "")
    texts = {
        "identifier": (metadata.identifier, metadata.setIdentifier, plan.service.url),
        "type": (metadata.type, metadata.setType, "dataset"),
        "title": (metadata.title, metadata.setTitle, title),
        "abstract": (metadata.abstract, metadata.setAbstract, abstract),
        "rights": (
            lambda: "\n".join(metadata.rights()),
            lambda text: metadata.setRights(text.splitlines()),
            plain(plan.service.copyright),
        ),
        # The layer tree shows this in the layer's tooltip, before the source and letter by letter. Lists of layers, as
        # those of Processing, show it as HTML.
        "tooltip": (server.abstract, server.setAbstract, "\n".join(map(markless_line, _in_short(plan)))),
    }
    for key, (current, write, text) in texts.items():
        if current() in ("", written.get(key, "")):
            write(text)
            written[key] = text
    _set_link(metadata, plan, written, "" if abstract else plain(plan.service.description))
    metadata.setCrs(plan.crs)
    layer.setMetadata(metadata)
    write_property(layer, WRITTEN_PROPERTY, json.dumps(written))
    write_property(layer, NOTES_PROPERTY, [note.text for note in plan.notes])


def describe_time(layer: QgsMapLayer, tooltip: str, when: str) -> None:
    """Give a layer the tooltip of another one, with the time that it is of."""
    line = tr("{label}: {value}").format(label=option_label("time"), value=when)
    text = "\n".join(filter(None, (tooltip, markless_line(line))))
    abstract_holder(layer).setAbstract(text)
    write_property(layer, WRITTEN_PROPERTY, json.dumps({**_written(layer), "tooltip": text}))


def _written(layer: QgsMapLayer) -> dict[str, str]:
    try:
        written = json.loads(str(layer.customProperty(WRITTEN_PROPERTY, "{}")), parse_int=whole_number)
    except (ValueError, RecursionError):
        return {}
    return {str(key): str(text) for key, text in written.items()} if isinstance(written, dict) else {}


def _set_link(metadata: QgsLayerMetadata, plan: LayerPlan, written: dict[str, str], description: str) -> None:
    """Replace the link to the service that was written before."""
    kept = [link for link in metadata.links() if link.url != written.get("link", plan.service.url)]
    link = QgsAbstractMetadataBase.Link("ArcGIS ImageServer", "ESRI:ArcGIS:ImageServer", plan.service.url)
    link.description = description
    metadata.setLinks([link, *kept])
    written["link"] = plan.service.url


def _in_short(plan: LayerPlan) -> Iterable[str]:
    """Yield what the layer is, and what was chosen for it, in lines of plain text."""
    is_picture = plan.choice.kind is Kind.PICTURE
    what = tr("Picture of the image service {name}") if is_picture else tr("Pixel values of the image service {name}")
    yield what.format(name=plan.service.name)
    if is_picture and plan.choice.of_tiles:
        yield tr("Drawn from the service's tiles")
    for label, value in in_words(plan.options, plan.service, plan.output):
        yield tr("{label}: {value}").format(label=label, value=shortened(value))


def _abstract(plan: LayerPlan) -> Iterable[str]:
    if plan.service.description:
        yield plan.service.description
        yield ""
    for label, value in in_words(plan.options, plan.service, plan.output):
        yield tr("{label}: {value}").format(label=label, value=value)
    yield plan.choice.reason
    for note in plan.notes:
        yield tr("Note: {text}").format(text=note.text)
