"""The example documents, and documents made from parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation

DATA = Path(__file__).parent / "data"
HOST = "https://imagery.example/arcgis"
LANDSAT = f"{HOST}/rest/services/Olinda/Landsat/ImageServer"
#: What landsat.lyrx says.
LANDSAT_OPTIONS = LayerOptions(
    bands=(4, 3, 2),
    processing_template=RAW,
    mosaic_method=MosaicMethod.ATTRIBUTE,
    order_field="CloudCover",
    order_base_value=0,
    ascending=False,
    mosaic_operation=MosaicOperation.FIRST,
    where="CloudCover < 50",
    interpolation=Interpolation.NEAREST,
)
ELEVATION = f"{HOST}/rest/services/Olinda/Elevation/ImageServer"


def text_for(name: str, server: str) -> str:
    """Return an example whose services are those of a server, given as `…/arcgis`."""
    return (DATA / name).read_text(encoding="utf-8").replace(HOST, server)


def file_for(name: str, server: str, folder: Path) -> Path:
    """Write an example for a server into a folder."""
    path = folder / name
    path.write_text(text_for(name, server), encoding="utf-8")
    return path


def definition(name: str, url: str = LANDSAT, **given: Any) -> dict[str, Any]:
    """Return an image service layer of ArcGIS Pro."""
    connection = {"type": "CIMAGSServiceConnection", "objectType": "ImageServer", "url": url}
    return {
        "type": "CIMImageServiceLayer",
        "name": name,
        "uRI": f"CIMPATH=map/{name}.json",
        "dataConnection": connection,
        **given,
    }


def group(name: str, *layers: dict[str, Any], **given: Any) -> dict[str, Any]:
    """Return a group layer of ArcGIS Pro."""
    uris = [layer["uRI"] for layer in layers]
    return {"type": "CIMGroupLayer", "name": name, "uRI": f"CIMPATH=map/{name}.json", "layers": uris, **given}


def layer_file(top: list[dict[str, Any]], *others: dict[str, Any]) -> bytes:
    """Return a layer file with some layers at the top, and those that are below them."""
    document = {
        "type": "CIMLayerDocument",
        "layers": [layer["uRI"] for layer in top],
        "layerDefinitions": [*top, *others],
    }
    return json.dumps(document).encode()


def web_map(*layers: dict[str, Any]) -> bytes:
    """Return a web map with some layers."""
    return json.dumps({"operationalLayers": list(layers), "version": "2.28"}).encode()


def map_layer(title: str = "Coast", url: str = LANDSAT, **given: Any) -> dict[str, Any]:
    """Return an image service layer of a web map."""
    return {"title": title, "layerType": "ArcGISImageServiceLayer", "url": url, **given}
