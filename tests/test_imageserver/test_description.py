"""The description of services, the smaller resources, tiles, and the directory around them."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.test_imageserver.client import Client, decoded

SYNTHETIC = {"wkid": 31985, "latestWkid": 31985}


def test_a_mosaic_tells_what_a_client_must_know(client: Client) -> None:
    description = client.json("Olinda/Landsat")
    expected = {
        "currentVersion": 10.91,
        "name": "Olinda/Landsat",
        "spatialReference": SYNTHETIC,
        "extent": {
            "xmin": 288776.25,
            "ymin": 9110728.75,
            "xmax": 298722.75,
            "ymax": 9120760.75,
            "spatialReference": SYNTHETIC,
        },
        "pixelSizeX": 28.5,
        "pixelSizeY": 28.5,
        "bandCount": 6,
        "pixelType": "U8",
        "bandNames": ["Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1", "MidInfrared_2"],
        "noDataValue": None,
        "capabilities": "Catalog,Mensuration,Image,Metadata",
        "serviceDataType": "esriImageServiceDataTypeGeneric",
        "allowRasterFunction": True,
        "maxImageHeight": 4100,
        "maxImageWidth": 15000,
        "objectIdField": "OBJECTID",
        "defaultMosaicMethod": "Northwest",
        "allowedMosaicMethods": "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None",
        "sortField": "Best",
        "sortValue": 0,
        "sortAscending": True,
        "mosaicOperator": "First",
        "singleFusedMapCache": False,
    }
    assert {key: description[key] for key in expected} == expected
    fields = {field["name"]: field["type"] for field in description["fields"]}
    assert fields["CloudCover"] == "esriFieldTypeDouble"
    assert fields["AcquisitionDate"] == "esriFieldTypeDate"
    assert [info["name"] for info in description["rasterFunctionInfos"]][:3] == [
        "None",
        "NaturalColor",
        "ColorInfrared",
    ]
    assert client.json("Olinda/Landsat", "rasterFunctionInfos") == {
        "rasterFunctionInfos": description["rasterFunctionInfos"]
    }


def test_the_statistics_are_those_of_the_pixels(client: Client) -> None:
    elevation = gdal.Open(str(DATA / "dem_olinda.tif")).ReadAsArray()
    known = np.ones_like(elevation, dtype=bool)
    known[:10, 101:] = False
    description = client.json("Olinda/Elevation")
    values = elevation[known].astype(float)
    statistics = [description[key] for key in ("minValues", "maxValues", "meanValues", "stdvValues")]
    truth = [values.min(), values.max(), values.mean(), values.std()]
    assert statistics == [[pytest.approx(value)] for value in truth]
    assert (description["noDataValue"], description["noDataValues"]) == (-9999, [-9999])


@pytest.mark.parametrize(
    ("function", "bands", "pixel_type", "names"),
    [
        ("NaturalColor", 3, "U8", ["Red", "Green", "Blue"]),
        ("NDVI", 1, "F32", None),
        ("NDVIColored", 3, "U8", ["Red", "Green", "Blue"]),
        ("Hillshade", 1, "U8", None),
        ("None", 6, "U8", ["Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1", "MidInfrared_2"]),
    ],
)
def test_with_a_rendering_rule_it_is_that_of_the_result(
    client: Client, function: str, bands: int, pixel_type: str, names: list[str] | None
) -> None:
    rule = {"rasterFunction": function}
    description = client.json("Olinda/Landsat", renderingRule=rule)
    assert (description["bandCount"], description["pixelType"]) == (bands, pixel_type)
    assert names is None or description["bandNames"] == names
    pixels = client.pixels(
        "Olinda/Landsat", (288776.25, 9110728.75, 298722.75, 9120760.75), (349, 352), renderingRule=rule
    )
    assert len(pixels) == bands
    assert description["maxValues"] == [pytest.approx(band.max()) for band in pixels]


def test_a_rule_that_cannot_be_done_is_refused_by_description_and_image_alike(client: Client) -> None:
    rule = {"rasterFunction": "Unheard"}
    words = "The raster function template Unheard was not found."
    box = "288776.25,9110728.75,298722.75,9120760.75"
    for answer in (
        client.error("Olinda/Landsat", "", renderingRule=rule),
        client.error("Olinda/Landsat", "exportImage", renderingRule=rule, bbox=box),
    ):
        assert (answer[0], words in answer[1]) == (400, True)


def test_a_service_without_functions_refuses_them_but_none(client: Client) -> None:
    assert client.json("Test/NoFunctions")["allowRasterFunction"] is False
    assert client.json("Test/NoFunctions")["rasterFunctionInfos"] is None
    code, words = client.error("Test/NoFunctions", "", renderingRule={"rasterFunction": "Hillshade"})
    assert (code, words) == (400, "Raster functions are not allowed on this image service.")
    assert client.json("Test/NoFunctions", renderingRule={"rasterFunction": "None"})["bandCount"] == 3


def test_the_sample_service_has_a_raster_four_and_a_hillshade_of_one_band(client: Client) -> None:
    assert client.json("Test/Sample")["bandCount"] == 3
    assert client.json("Test/Sample", renderingRule={"rasterFunction": "Hillshade"})["bandCount"] == 1
    assert client.json("Test/Sample", "query", objectIds="4", returnCountOnly="true") == {"count": 1}
    assert "LockRaster" in client.json("Test/Sample")["allowedMosaicMethods"].split(",")


# Odd shapes


def test_a_single_raster_has_no_catalog(client: Client) -> None:
    description = client.json("Test/Single")
    expected = {"fields": [], "objectIdField": "", "allowedMosaicMethods": "", "defaultMosaicMethod": "Center"}
    assert {key: description[key] for key in expected} == expected
    assert "Catalog" not in description["capabilities"]


def test_version_9_3_knows_little(client: Client) -> None:
    description = client.json("Test/Version93")
    assert not description.keys() & {
        "currentVersion", "spatialReference", "capabilities", "fields", "rasterFunctionInfos", "allowedMosaicMethods"
    }  # fmt: skip
    assert description["extent"]["spatialReference"] == SYNTHETIC


def test_extents_may_be_no_numbers_and_names_and_statistics_missing(client: Client) -> None:
    description = client.json("Test/NaN")
    assert description["initialExtent"]["xmin"] == "NaN"
    assert description["fullExtent"]["xmin"] is None
    assert description["extent"]["xmin"] == 300000
    assert "bandNames" not in description
    assert (description["bandCount"], description["minValues"]) == (3, [])


def test_other_odd_shapes(client: Client) -> None:
    tiny = client.json("Test/TinyFullExtent")
    assert tiny["fullExtent"]["xmax"] - tiny["fullExtent"]["xmin"] == pytest.approx(0.002)
    assert tiny["extent"]["xmax"] - tiny["extent"]["xmin"] == 970
    many = client.json("Test/ManyFunctions")["rasterFunctionInfos"]
    assert (len(many), many[-1]["name"]) == (500, "None")
    assert client.json("Test/TilesOnly")["capabilities"] == "Image,TilesOnly,Tilemap"
    assert client.json("Test/EsriCode")["spatialReference"] == {"wkid": 102629, "latestWkid": 102629}
    assert client.json("Test/WebMercator")["spatialReference"] == {"wkid": 102100, "latestWkid": 3857}
    limited = client.json("Test/LimitedMethods")
    assert (limited["allowedMosaicMethods"], limited["sortField"]) == ("NorthWest,Center,Nadir,Viewpoint", "BEST")


def test_a_patch_makes_any_shape_of_any_service_until_it_is_reset(client: Client) -> None:
    original = client.json("Test/U8")
    client.server.patch("Test/U8", {"currentVersion": 12, "bandNames": None, "pixelType": "UNKNOWN"}, ["capabilities"])
    patched = client.json("Test/U8")
    assert (patched["currentVersion"], patched["bandNames"], patched["pixelType"]) == (12, None, "UNKNOWN")
    assert "capabilities" not in patched
    assert client.json("Test/U16") != patched
    client.server.reset()
    assert client.json("Test/U8") == original


# Resources


def test_the_attribute_table_has_a_row_for_each_class_that_occurs(client: Client) -> None:
    table = client.json("PuertoRico/LandCover", "rasterAttributeTable")
    pixels = gdal.Open(str(DATA / "landcover_puerto_rico.tif")).ReadAsArray()
    counts = {row["attributes"]["Value"]: row["attributes"]["Count"] for row in table["features"]}
    values, numbers = np.unique(pixels[pixels > 0], return_counts=True)
    assert counts == dict(zip(values.tolist(), numbers.tolist()))
    assert table["features"][0]["attributes"] == {
        "OBJECTID": 1, "Value": 11, "Count": 252, "ClassName": "Open Water", "Red": 71, "Green": 107, "Blue": 161
    }  # fmt: skip
    assert client.json("PuertoRico/LandCover")["hasRasterAttributeTable"] is True
    assert client.error("Olinda/Landsat", "rasterAttributeTable")[0] == 400


def test_a_table_may_belong_to_a_function_only(client: Client) -> None:
    assert client.json("Olinda/Landsat")["hasRasterAttributeTable"] is False
    table = client.json("Olinda/Landsat", "rasterAttributeTable", renderingRule={"rasterFunction": "NDVIClasses"})
    assert table["objectIdFieldName"] not in [field["name"] for field in table["fields"]]
    assert table["features"][0]["attributes"]["Class_Name"] == "Water"


@pytest.mark.parametrize(
    ("service", "parameters", "labels"),
    [
        ("Olinda/Elevation", {}, ["High : 88", "Low : -1"]),
        ("Olinda/Landsat", {"bandIds": "3,2,1"}, ["Red: NearInfrared_1", "Green: Red", "Blue: Green"]),
        (
            "Olinda/Landsat",
            {"renderingRule": '{"rasterFunction": "NaturalColor"}'},
            ["Red: Red", "Green: Green", "Blue: Blue"],
        ),
        ("PuertoRico/LandCover", {}, None),
    ],
)
def test_the_legend_shows_what_is_drawn(
    client: Client, service: str, parameters: dict[str, str], labels: list[str] | None
) -> None:
    (layer,) = client.json(service, "legend", **parameters)["layers"]
    assert labels is None or [entry["label"] for entry in layer["legend"]] == labels
    if labels is None:
        first = layer["legend"][0]
        assert (first["label"], first["contentType"]) == ("Open Water", "image/png")
        swatch = decoded(base64.b64decode(first["imageData"]))
        assert swatch[:, 10, 10].tolist() == [71, 107, 161, 255]


def test_key_properties_tell_the_wavelengths(client: Client) -> None:
    bands = client.json("Olinda/Landsat", "keyProperties")["BandProperties"]
    assert bands[3] == {"BandName": "NearInfrared_1", "WavelengthMin": 770, "WavelengthMax": 900}
    assert client.json("Test/U8", "keyProperties") == {}


def test_a_tile_is_the_image_of_its_box(client: Client) -> None:
    description = client.json("Test/Cached")
    info, extent = description["tileInfo"], description["extent"]
    assert description["singleFusedMapCache"] is True
    level = 14
    resolution = info["lods"][level]["resolution"]
    span = 256 * resolution
    column = int((extent["xmin"] + 500 - info["origin"]["x"]) // span)
    row = int((info["origin"]["y"] - extent["ymax"] + 500) // span)
    left, top = info["origin"]["x"] + column * span, info["origin"]["y"] - row * span
    answer = client.get("Test/Cached", f"tile/{level}/{row}/{column}")
    exported = client.image("Test/Cached", (left, top - span, left + span, top), (256, 256), format="png32")
    assert np.array_equal(decoded(answer.content), decoded(exported))
    assert decoded(exported)[3].any()


@pytest.mark.parametrize("place", ["14/0/0", "20/0/0", "14/x/1", "14/1"])
def test_a_tile_that_there_is_not_is_status_404(client: Client, place: str) -> None:
    assert client.get("Test/Cached", f"tile/{place}").status_code == 404
    assert client.get("Test/U8", "tile/0/0/0").status_code == 404


# The directory


def around(client: Client, path: str, **parameters: str) -> Any:
    answer = client.session.get(client.server.origin + path, params={"f": "json", **parameters}, timeout=30)
    assert answer.status_code == 200
    return answer.json()


def test_the_directory_lists_folders_and_each_folder_its_services_by_their_full_names(client: Client) -> None:
    root = around(client, "/arcgis/rest/services")
    assert root == {"currentVersion": 10.91, "folders": ["Olinda", "PuertoRico", "Test"], "services": []}
    services = around(client, "/arcgis/rest/services/Olinda")["services"]
    assert services == [
        {"name": "Olinda/Landsat", "type": "ImageServer"},
        {"name": "Olinda/Elevation", "type": "ImageServer"},
        {"name": "Olinda/ElevationDefault", "type": "ImageServer"},
        {"name": "Olinda/Places", "type": "MapServer"},
        {"name": "Olinda/Parcels", "type": "FeatureServer"},
    ]


def test_every_service_that_is_listed_describes_itself(client: Client) -> None:
    for folder in around(client, "/arcgis/rest/services")["folders"]:
        for service in around(client, f"/arcgis/rest/services/{folder}")["services"]:
            secured = "Secured" in service["name"]
            path = f"/arcgis/rest/services/{service['name']}/{service['type']}"
            if not secured:
                document = around(client, path)
                assert "error" not in document
                assert ("pixelSizeX" in document) == (service["type"] == "ImageServer")


def test_the_site_may_bear_any_name(client: Client) -> None:
    assert around(client, "/imagery/rest/services/Test/U8/ImageServer")["name"] == "Test/U8"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/arcgis/rest/services/Test/Missing/ImageServer", 500),
        ("/arcgis/rest/services/Missing", 404),
        ("/arcgis/rest/services/Test/U8/ImageServer/unheard", 400),
        ("/arcgis/rest/services/Olinda/Places/FeatureServer", 500),
        ("/arcgis/elsewhere", 400),
        ("/", 400),
        ("/sharing/rest/content/items/00000000000000000000000000000000", 400),
    ],
)
def test_what_does_not_exist_is_an_error_with_status_200(client: Client, path: str, code: int) -> None:
    assert around(client, path)["error"]["code"] == code


def test_without_a_format_the_answer_is_a_page_for_people(client: Client) -> None:
    answer = client.session.get(client.server.service("Test/U8"), timeout=30)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<title>Test/U8</title>" in answer.text


def test_a_portal_item_leads_to_its_service(client: Client) -> None:
    item = around(client, "/sharing/rest/content/items/0123456789abcdef0123456789abcdef")
    assert (item["type"], item["url"]) == ("Image Service", client.server.service("Olinda/Landsat"))
    item = around(client, "/portal/sharing/rest/content/items/fedcba9876543210fedcba9876543210")
    assert item["type"] == "Map Service"


@pytest.mark.parametrize("query", ["", "?wsdl"])
def test_soap_has_one_answer(client: Client, query: str) -> None:
    url = f"{client.server.origin}/arcgis/services/Olinda/Landsat/ImageServer"
    answer = client.session.get(url + query, timeout=30)
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert f'location="{url}"' in answer.text
