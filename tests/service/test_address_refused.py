"""Texts that are not the address of an image service, and the sentence that each of them gets."""

from __future__ import annotations

import traceback

import pytest

from image_server_layer.plugin.service.address import Connection, parse_address
from image_server_layer.plugin.service.errors import AddressError

CONFIDENTIAL = "mPx6WYwJqT0vS-9dXb3u_demo-token.."
CONNECTIONS = {"My server": Connection("My server", "https://gis.example.org/arcgis/rest/services")}

NOTHING = "There is no address: give the URL of an image service, https://…/ImageServer."
NEITHER = "“{}” is neither a URL nor the name of a saved connection: give the URL of an image service."
MAP_SERVICE = "“{}” is a map service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it."
FEATURE_SERVICE = "“{}” is a feature service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it."
OTHER_SERVICE = "“{}” is a service of another type: the URL of an image service ends with /ImageServer."
DIRECTORY = "“{}” is a directory of services: open it in a browser, and give the URL of one that it lists."
FOLDER = "“{}” is a folder, or lacks the type of service: the URL of an image service ends with /ImageServer."
OTHER_PAGE = "“{}” is not the URL of an image service: that ends with /rest/services/Folder/Name/ImageServer."
OTHER_SCHEME = "“{}” is not a web address: the URL of an image service begins with https://."
FILE = "“{}” is a path to a file: give the URL of an image service instead."
INVALID = "“{}” is not a valid URL: check the name of the server and its port."
USER_NAME = "“{}” has a user name in it: take it out, and choose an authentication configuration for it."


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (NOTHING, ""),
        (NOTHING, " \n''"),
        (NEITHER, "Landsat"),
        (NEITHER, "A typo/Olinda/Landsat"),
        (NEITHER, "My serverX/Olinda"),
        (MAP_SERVICE, "https://gis.example.org/arcgis/rest/services/Olinda/Places/MapServer"),
        (MAP_SERVICE, "https://gis.example.org/arcgis/services/Places/mapserver/3"),
        (MAP_SERVICE, "gis.example.org/arcgis/rest/services/Places/MapServer"),
        (MAP_SERVICE, "My server/Olinda/Places/MapServer"),
        (FEATURE_SERVICE, "https://h/arcgis/rest/services/Parcels/FeatureServer/0"),
        (OTHER_SERVICE, "https://h/arcgis/rest/services/Roads/GPServer/Route"),
        (OTHER_SERVICE, "https://h/arcgis/rest/services/Towns/GeocodeServer"),
        (OTHER_SERVICE, "https://h/arcgis/rest/services/Buildings/SceneServer"),
        (OTHER_SERVICE, "https://h/arcgis/rest/services/Streets/VectorTileServer"),
        (DIRECTORY, "https://h/arcgis/rest/services"),
        (DIRECTORY, "https://h/arcgis/services/"),
        (DIRECTORY, "https://h/services"),
        (DIRECTORY, "My server"),
        (FOLDER, "https://h/arcgis/rest/services/Olinda"),
        (FOLDER, "https://h/arcgis/rest/services/Olinda/Landsat"),
        (FOLDER, "https://h/arcgis/rest/services/ImageServer"),
        (OTHER_PAGE, "https://h"),
        (OTHER_PAGE, "https://h/arcgis/rest"),
        (OTHER_PAGE, "https://h/ImageServer"),
        (OTHER_PAGE, "https://example.org/blog/landsat.html"),
        (OTHER_SCHEME, "ftp://h/arcgis/rest/services/X/ImageServer"),
        (OTHER_SCHEME, "file:///home/me/image.tif"),
        (OTHER_SCHEME, "s3://bucket/image.tif"),
        (FILE, "/home/me/image.tif"),
        (FILE, r"C:\data\image.tif"),
        (FILE, "C:/data/image.tif"),
        (FILE, r"\\nas\share\image.tif"),
        (FILE, "~/image.tif"),
        (FILE, "../image.tif"),
        (INVALID, "https://"),
        (INVALID, "https:///arcgis/rest/services/X/ImageServer"),
        (INVALID, "https://h:99999/arcgis/rest/services/X/ImageServer"),
        (INVALID, "https://h:port/arcgis/rest/services/X/ImageServer"),
        (INVALID, "https://a b/arcgis/rest/services/X/ImageServer"),
        (INVALID, "https://a..b/arcgis/rest/services/X/ImageServer"),
        (INVALID, "https://[::1/arcgis/rest/services/X/ImageServer"),
    ],
)
def test_a_text_is_refused_in_a_sentence_that_says_what_it_is(sentence: str, text: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(text, CONNECTIONS)
    assert str(caught.value) == sentence.format(text)


@pytest.mark.parametrize(
    ("sentence", "shown", "text"),
    [
        (DIRECTORY, "https://h/arcgis/rest/services…", "https://h/arcgis/rest/services?f=json"),
        (OTHER_PAGE, "https://www.arcgis.com/home/item.html…", "https://www.arcgis.com/home/item.html?id=1234"),
        (OTHER_PAGE, "https://h/home/webmap/viewer.html…", "https://h/home/webmap/viewer.html?basemap=1234"),
        (
            MAP_SERVICE,
            "https://g/s/X/MapServer",
            "https://h/home/webmap/viewer.html?url=https%3A%2F%2Fg%2Fs%2FX%2FMapServer",
        ),
        (USER_NAME, "…@h/arcgis/rest/services/X/ImageServer", "https://me:k3y@h/arcgis/rest/services/X/ImageServer"),
        (USER_NAME, "…@h/arcgis/rest/services/X/ImageServer", "https://me@h/arcgis/rest/services/X/ImageServer"),
        (NEITHER, "two lines", "two\n   lines"),
        (NEITHER, "x" * 200 + "…", "x" * 5000),
    ],
)
def test_only_the_telling_part_of_a_text_is_repeated(sentence: str, shown: str, text: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(text)
    assert str(caught.value) == sentence.format(shown)


@pytest.mark.parametrize(
    "text",
    [
        f"https://surveyor:{CONFIDENTIAL}@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"https://surveyor:{CONFIDENTIAL}/b@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"https://surveyor:a/{CONFIDENTIAL}@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"https://surveyor:a@{CONFIDENTIAL}@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"https://surveyor:a?{CONFIDENTIAL}@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"https://surveyor:{CONFIDENTIAL}#b@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"surveyor:{CONFIDENTIAL}@gis.example.org/arcgis/rest/services/X/ImageServer",
        f"ftp://surveyor:{CONFIDENTIAL}@gis.example.org/X",
        f"https://h/arcgis/rest/services/X/MapServer?token={CONFIDENTIAL}",
        f"https://h/arcgis/rest/services/X/MapServer?x=1&apikey={CONFIDENTIAL}",
        f"https://h:x/arcgis/rest/services/X/ImageServer?token={CONFIDENTIAL}",
        f"ftp://h/X?token={CONFIDENTIAL}",
        f"/X?token={CONFIDENTIAL}",
        f"X?token={CONFIDENTIAL}",
        f"https://h/X#access_token={CONFIDENTIAL}",
        f"https://h/home/webmap/viewer.html?url=https%3A%2F%2Fh%2FX%2FMapServer%3Ftoken%3D{CONFIDENTIAL}",
    ],
)
def test_a_refusal_never_repeats_credentials(text: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(text)
    assert CONFIDENTIAL not in "".join(traceback.format_exception(caught.value))
