"""The web maps of the portal: one with several layers, and one with a single image service."""

from __future__ import annotations

from .errors import ServiceError

COAST_MAP, SCENE_MAP = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2"
#: Items, id → title.
WEB_MAPS = {COAST_MAP: "Coast map", SCENE_MAP: "Scene map"}


def item_data(item: str, services: str, landsat_item: str) -> dict[str, object]:
    """What an item holds; `services` is the address of the services directory. Raises where it holds nothing."""
    landsat = {
        "id": "landsat",
        "title": "Scenes",
        "layerType": "ArcGISImageServiceLayer",
        "url": f"{services}/Olinda/Landsat/ImageServer",
        "visibility": True,
        "opacity": 0.75,
        "bandIds": [3, 2, 1],
        "mosaicRule": {"mosaicMethod": "esriMosaicNone", "where": "CloudCover < 50"},
    }
    if item == SCENE_MAP:
        return {"operationalLayers": [landsat], "version": "2.28"}
    if item != COAST_MAP:
        raise ServiceError(400, "Item data does not exist.")
    relief = {
        "id": "relief",
        "title": "Relief",
        "layerType": "ArcGISImageServiceLayer",
        "url": f"{services}/Olinda/Elevation/ImageServer",
        "visibility": False,
        "opacity": 1,
    }
    by_item = {"id": "item", "title": "By its item", "layerType": "ArcGISImageServiceLayer", "itemId": landsat_item}
    places = {"id": "places", "title": "Places", "layerType": "ArcGISFeatureLayer", "url": f"{services}/P/MapServer/0"}
    return {"operationalLayers": [relief, by_item, landsat, places], "version": "2.28"}
