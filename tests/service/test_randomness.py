"""Tokens by themselves, and the names, ids and paths that have to stay readable."""

from __future__ import annotations

import base64
import json
import random
import re
import string
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.plugin.service.redaction import redacted
from image_server_layer.tests.service.names_of_services import IDENTIFIERS, SCENES, SERVICES

_BASE62 = string.ascii_letters + string.digits
_BASE64URL = _BASE62 + "-_"
_BASE32 = string.ascii_uppercase + "234567"

# What of a token may be left: no more than anything else has by chance.
_LONGEST_LEFT = 8

_PLACES = (
    "https://h.example/arcgis/rest/services/A/ImageServer?f=json&x={token}&y=1",
    "https://h.example/arcgis/rest/services/A/ImageServer?{token}",
    "https://h.example/arcgis/rest/services/A/ImageServer#{token}",
    "https%3A%2F%2Fh.example%2Fimage%3Fx%3D{quoted}%26y%3D1",
    "The session {token} has ended.",
    "'{token}' is not valid, see (x:{token})",
    '{{"message": "{token}"}}',
    "{token}",
)
_PATH = "https://h.example/proxy/{token}/arcgis/rest/services/A/ImageServer"


def _letters(alphabet: str, shortest: int, longest: int) -> st.SearchStrategy[str]:
    # Evenly by lot, as tokens are; hypothesis alone would draw the same letter over and over.
    return st.builds(
        lambda seed, length: "".join(random.Random(seed).choices(alphabet, k=length)),  # noqa: S311
        st.integers(0, 2**64),
        st.integers(shortest, longest),
    )


def _bytes(shortest: int, longest: int) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda seed, length: random.Random(seed).randbytes(length),  # noqa: S311
        st.integers(0, 2**64),
        st.integers(shortest, longest),
    )


def _in_base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _json_web_token(algorithm: str, claims: dict[str, int | str], signature: bytes) -> str:
    head = json.dumps({"alg": algorithm, "typ": "JWT"}).encode()
    return ".".join(map(_in_base64, (head, json.dumps(claims).encode(), signature)))


_HEX = _bytes(16, 16).map(bytes.hex) | _bytes(20, 32).map(bytes.hex)
_TOKENS = {
    "JSON Web Token": st.builds(
        _json_web_token,
        st.sampled_from(["HS256", "RS256", "none"]),
        st.dictionaries(st.sampled_from(["sub", "exp", "iss"]), st.integers(0, 10**10) | _letters(_BASE62, 1, 20)),
        _bytes(32, 64),
    ),
    "hexadecimal": _HEX | _HEX.map(str.upper),
    "token of ArcGIS": st.builds("{}{}".format, _letters(_BASE64URL, 86, 200), st.sampled_from(["", ".", ".."])),
    "API key of ArcGIS": st.builds("AAPK{}{}".format, _bytes(16, 16).map(bytes.hex), _letters(_BASE64URL, 60, 90)),
    "long base64": _bytes(64, 200).map(lambda content: base64.b64encode(content).decode()),
    "long base64 for URLs": _bytes(64, 200).map(_in_base64),
}


def _for_any(inputs: st.SearchStrategy[Any], count: int, check: Callable[[Any], None]) -> None:
    """Check so many inputs, the same ones in each run."""
    run = settings(max_examples=count, deadline=None, derandomize=True, database=None)
    run(given(inputs)(check))()


def _longest_left(token: str, shown: str) -> int:
    """Return how many characters of a token can be read in one piece."""
    longest = 0
    for start in range(len(token)):
        while token[start : start + longest + 1] in shown and start + longest < len(token):
            longest += 1
    return longest


@pytest.mark.parametrize("kind", _TOKENS)
@pytest.mark.parametrize("place", [*_PLACES, _PATH])
def test_tokens_are_hidden_whatever_stands_around_them(kind: str, place: str) -> None:
    def check(token: str) -> None:
        text = place.format(token=token, quoted=quote(token, safe=""))
        shown = redacted(text)
        assert "…" in shown
        assert _longest_left(token, shown) <= _LONGEST_LEFT, shown
        assert redacted(shown) == shown

    # By itself, hexadecimal is the id of an item of a portal.
    if place != "{token}" or kind != "hexadecimal":
        _for_any(_TOKENS[kind].filter(lambda token: place != _PATH or "/" not in token), 30, check)


@pytest.mark.parametrize(
    ("draw", "share"),
    [
        (lambda chance: "".join(chance.choices(_BASE62, k=20)), 0.02),
        (lambda chance: "".join(chance.choices(_BASE62, k=32)), 0.004),
        (lambda chance: "ghp_" + "".join(chance.choices(_BASE62, k=36)), 0.002),
        (lambda chance: "AIza" + "".join(chance.choices(_BASE64URL, k=35)), 0.002),
        (lambda chance: "AKIA" + "".join(chance.choices(_BASE32, k=16)), 0.06),
        (lambda chance: _in_base64(chance.randbytes(30)), 0.003),
        (lambda chance: base64.b64encode(chance.randbytes(32)).decode(), 0.02),
    ],
)
def test_hardly_any_short_token_passes_for_a_name(draw: Callable[[random.Random], str], share: float) -> None:
    chance = random.Random(11)  # noqa: S311
    tokens = [draw(chance) for _ in range(2000)]
    seen = [token for token in tokens if _longest_left(token, redacted(f"The key {token} is unknown.")) > 16]
    assert len(seen) <= share * len(tokens)


def _names() -> Iterator[str]:
    yield from SERVICES
    yield from SCENES
    yield from IDENTIFIERS


@pytest.mark.parametrize(
    "place",
    [
        "{name}",
        "https://gis.example.org/arcgis/rest/services/{name}/ImageServer/exportImage?f=json&bbox=1.5,-2,3e5,4",
        "https%3A%2F%2Fgis.example.org%2Farcgis%2Frest%2Fservices%2F{quoted}%2FImageServer",
        "The raster “{name}” does not exist.",
        "Name = '{name}' AND AcquisitionDate > timestamp '2021-06-04 10:15:59' OR Tag IN ('{name}', 'Dataset')",
        '{{"rasterFunction":"{name}","rasterFunctionArguments":{{"Raster":"{name}","MinimumElevation":-11034.2}}}}',
        "/home/me/.local/share/QGIS/QGIS3/profiles/default/{name}.tif",
        "C:\\Users\\me\\Documents\\{name}.tif",
        "renderingRule=%7B%22rasterFunction%22%3A%22{quoted}%22%7D&size=64,64&pixelType=F32",
    ],
)
def test_names_stay_readable(place: str) -> None:
    texts = [place.format(name=name, quoted=quote(name, safe="")) for name in _names()]
    assert len(texts) > 350
    assert [text for text in texts if redacted(text) != text] == []


def test_names_of_words_stay_readable() -> None:
    parts = [part for name in SERVICES for part in re.split("[/_]", name)]
    # Without what is short and no word: side by side, such parts are as random as a token.
    words = sorted({part for part in parts if re.fullmatch("[A-Z]*[a-z]{3,}[0-9]*|[A-Z]{2,}|[0-9]{4}", part)})
    years = st.integers(1950, 2030).map(str)

    def check(name_of: tuple[list[str], str]) -> None:
        parts, joint = name_of
        name = joint.join(parts)
        assert redacted(name) == name

    names = st.tuples(
        st.lists(st.sampled_from(words) | years, min_size=1, max_size=6, unique=True),
        st.sampled_from(["_", "-", " ", "/"]),
    )
    _for_any(names, 500, check)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.arcgis.com/home/item.html?id=4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d",
        "https://portal.example/sharing/rest/content/items/4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d/data?f=json",
        "https%3A%2F%2Fportal.example%2Fitem.html%3Fid%3D4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d",
        "https://portal.example/apps/mapviewer/index.html?webmap=4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d&layers=5c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d",
        "4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d",
        "“4c5b1c2d3e4f5a6b7c8d9e0f1a2b3c4d” is not an image service.",
        "The raster {6D2C1F0A-55AB-4E0B-9D1F-0C2E3B4A5F6D} is locked.",
        "No layer Landsat_1a2b3c4d_5e6f_7a8b_9c0d_ef0123456789 is in the project.",
    ],
)
def test_ids_of_items_layers_and_rasters_are_public(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        'PROJCS["NAD_1983_StatePlane_North_Carolina_FIPS_3200_Feet",PARAMETER["False_Easting",2000000.002616666]]',
        "x" * 64,
        "0" * 64,
        "0x3fff and 0xFFFFFFFF, 1200x800, 64x64, 3e10b",
        "3.14159265358979323846264338327950288419716939937510",
        "20210604101559 20210604T101559 2021-06-04T10:15:59.123456Z",
        "bbox=-35.20000000000001,0.0000001,0.1,0.3333333333333333&size=4100,15000&noData=-3.4028234663852886e38",
        "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40",
        "Donaudampfschifffahrtsgesellschaftskapitän und Rindfleischetikettierungsüberwachung",
        "https://ec2-198-51-100-1.eu-central-1.compute.amazonaws.com:6443/arcgis/rest/services",
        "https://a1b2c3d4x5y6z7q8w9k0m1n2.cloudfront.example/arcgis/rest/services/A/ImageServer",
    ],
)
def test_numbers_hosts_and_long_words_are_no_tokens(text: str) -> None:
    assert redacted(text) == text


def test_what_stands_beside_a_token_stays_readable() -> None:
    token = "q7Zx9Kd2Vb4Tn8Rw3Yf6Hs1Lp5Jc0Mg"  # noqa: S105
    assert redacted(f"https://h.example/p/{token}/arcgis/rest/services/Olinda/Landsat/ImageServer?f=json") == (
        "https://h.example/p/…/arcgis/rest/services/Olinda/Landsat/ImageServer?f=json"
    )
    assert redacted(f"bbox=1,2,3,4&x={token}&size=64,64") == "bbox=1,2,3,4&x=…&size=64,64"
    error = ImageServerLayerError(f"The server says {token}.", f"https://h.example/x?y={token}")
    assert (error.message, error.details) == ("The server says ….", "https://h.example/x?y=…")
