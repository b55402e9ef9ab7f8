"""What a layer's source says of the service and the options it was made with, for any copy of the layer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qgis.core import QgsDataSourceUri
from qgis.PyQt.QtXml import QDomDocument

from ..backend.choice import PICTURE, VALUES
from ..backend.gdal_wms import METADATA_DOMAIN
from ..backend.request_rewriter import options_in_url
from ..options.layer_options import LayerOptions

_SERVICE, _OPTIONS = "service", "options"
_METADATA = re.compile(rf"<Metadata domain='{METADATA_DOMAIN}'>.*?</Metadata>", re.DOTALL)


@dataclass(frozen=True)
class LayerSource:
    """The service a layer was made from, and the JSON text of its options."""

    url: str
    options_json: str

    def options(self) -> LayerOptions:
        """Return the options.

        Raises:
            ImageServerLayerError: they were written by a later version of the plugin, or are broken.
        """
        return LayerOptions.from_json(self.options_json)


def source_metadata(url: str, options: LayerOptions) -> dict[str, str]:
    """Return what goes into the source of a values layer."""
    return {_SERVICE: url, _OPTIONS: options.to_json()}


def read_source(source: str, provider: str) -> LayerSource | None:
    """Return what a layer's source says; None for a layer that is not ours, and for a picture without options."""
    return _read_values(source) if provider == VALUES else _read_picture(source) if provider == PICTURE else None


def _read_values(source: str) -> LayerSource | None:
    metadata = _METADATA.search(source) if source.startswith("<VRTDataset") else None
    document = QDomDocument()
    if metadata is None or not document.setContent(metadata.group()):
        return None
    items = {}
    item = document.documentElement().firstChildElement("MDI")
    while not item.isNull():
        items[item.attribute("key")] = item.text()
        item = item.nextSiblingElement("MDI")
    return LayerSource(items[_SERVICE], items[_OPTIONS]) if {_SERVICE, _OPTIONS} <= items.keys() else None


def _read_picture(source: str) -> LayerSource | None:
    url = QgsDataSourceUri(source).param("url")
    options = options_in_url(url)
    return None if options is None else LayerSource(url.partition("#")[0], options)
