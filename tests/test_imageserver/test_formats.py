"""The image formats of exportImage: what each keeps, stretches, blends out or loses."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.test_imageserver.client import Array, Client, decoded

# Test/U16, Test/FourBandsU8 and others: 97 × 61 pixels of 10 m.
SMALL, SIZE = (300000.0, 9099390.0, 300970.0, 9100000.0), (97, 61)
# As many pixels again to the left, where there are none.
HALF_OUTSIDE = (299030.0, 9099390.0, 300970.0, 9100000.0)


def ramps(bands: int) -> Array:
    rows, columns = np.indices((61, 97))
    return np.stack([rows + columns + 10 * band + 1 for band in range(bands)])


def opened(image: bytes) -> gdal.Dataset:
    gdal.FileFromMemBuffer("/vsimem/opened", image)
    return gdal.Open("/vsimem/opened")


@pytest.mark.parametrize(
    ("asked", "content_type", "driver"),
    [
        ("tiff", "image/tiff", "GTiff"),
        ("png", "image/png", "PNG"),
        ("png8", "image/png", "PNG"),
        ("png24", "image/png", "PNG"),
        ("png32", "image/png", "PNG"),
        ("jpg", "image/jpeg", "JPEG"),
        ("jpgpng", "image/jpeg", "JPEG"),
        ("", "image/jpeg", "JPEG"),
    ],
)
def test_the_image_is_of_the_format_asked_for(client: Client, asked: str, content_type: str, driver: str) -> None:
    box = ",".join(map(str, SMALL))
    answer = client.get("Test/FourBandsU8", "exportImage", bbox=box, size="97,61", format=asked, f="image")
    assert answer.headers["Content-Type"] == content_type
    assert opened(answer.content).GetDriver().ShortName == driver


@pytest.mark.parametrize("service", ["Test/FourBands", "Test/FourBandsU8", "Test/Synthetic"])
def test_lz77_is_deflate_and_changes_no_value(client: Client, service: str) -> None:
    plain = client.image(service, SMALL, SIZE, compression="None")
    packed = client.image(service, SMALL, SIZE, compression="LZ77")
    assert opened(packed).GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    assert opened(plain).GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") is None
    assert len(packed) < len(plain)
    assert np.array_equal(decoded(packed), decoded(plain))


def test_a_tiff_may_be_compressed_as_jpeg_where_its_pixels_are_bytes(client: Client) -> None:
    image = client.image("Test/FourBandsU8", SMALL, SIZE, compression="JPEG", bandIds="0,1,2", compressionQuality="90")
    assert opened(image).GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "YCbCr JPEG"
    assert np.abs(decoded(image).astype(int) - ramps(3)).max() <= 6
    box = ",".join(map(str, SMALL))
    code, text = client.error("Test/U16", bbox=box, format="tiff", compression="JPEG")
    assert (code, "JPEG" in text) == (400, True)


def test_the_quality_of_a_jpeg_counts(client: Client) -> None:
    sizes = [
        len(client.image("Test/FourBandsU8", SMALL, SIZE, format="jpg", compressionQuality=q)) for q in ("10", "95")
    ]
    assert sizes[0] < sizes[1]


def test_a_png_of_bytes_holds_the_first_three_bands(client: Client) -> None:
    for image_format in ("png24", "png32"):
        pixels = client.pixels("Test/FourBandsU8", SMALL, SIZE, format=image_format)
        assert np.array_equal(pixels[:3], ramps(3))


def test_a_single_band_is_gray(client: Client) -> None:
    pixels = client.pixels("Test/TwoBands", SMALL, SIZE, format="png24", pixelType="U8")
    assert np.array_equal(pixels, np.broadcast_to(ramps(1), (3, 61, 97)))


@pytest.mark.parametrize("service", ["Test/U16", "Test/S16", "Test/U32", "Test/S32", "Test/F32", "Test/F64"])
def test_a_png_of_wider_pixels_is_stretched_from_minimum_to_maximum(client: Client, service: str) -> None:
    description = client.json(service)
    least, greatest = (np.array(description[key])[:, np.newaxis, np.newaxis] for key in ("minValues", "maxValues"))
    values = client.pixels(service, SMALL, SIZE).astype(float)
    picture = client.pixels(service, SMALL, SIZE, format="png32")
    assert np.abs(picture[:3] - (values - least) / (greatest - least) * 255).max() <= 0.5 + 1e-6
    assert (picture[:3].min(), picture[:3].max()) == (0, 255)


def test_the_result_of_a_function_is_stretched_by_its_own_statistics(client: Client) -> None:
    rule = {"rasterFunction": "NDVI"}
    corners = (288776.25, 9110728.75, 298722.75, 9120760.75)
    description = client.json("Olinda/Landsat", renderingRule=rule)
    values = client.pixels("Olinda/Landsat", corners, (349, 352), renderingRule=rule)[0]
    picture = client.pixels("Olinda/Landsat", corners, (349, 352), renderingRule=rule, format="png32")[0]
    least, greatest = description["minValues"][0], description["maxValues"][0]
    assert (least, greatest) == (pytest.approx(values.min()), pytest.approx(values.max()))
    assert np.abs(picture - (values - least) / (greatest - least) * 255).max() <= 0.51


def test_png32_is_transparent_where_there_is_no_data(client: Client) -> None:
    pixels = client.pixels("Test/FourBandsU8", HALF_OUTSIDE, (194, 61), format="png32")
    assert np.array_equal(pixels[3], np.repeat([0, 255], 97) * np.ones((61, 1)))
    assert np.array_equal(pixels[:3, :, 97:], ramps(3))


def test_jpgpng_is_png_only_where_something_is_transparent(client: Client) -> None:
    assert opened(client.image("Test/FourBandsU8", SMALL, SIZE, format="jpgpng")).GetDriver().ShortName == "JPEG"
    image = client.image("Test/FourBandsU8", HALF_OUTSIDE, (194, 61), format="jpgpng")
    assert np.array_equal(decoded(image), client.pixels("Test/FourBandsU8", HALF_OUTSIDE, (194, 61), format="png32"))


def test_png8_comes_close_with_255_colors_and_a_transparent_one(client: Client) -> None:
    image = client.image("Test/FourBandsU8", HALF_OUTSIDE, (194, 61), format="png8")
    assert opened(image).RasterCount == 1
    pixels = decoded(image)
    assert np.array_equal(pixels[3], np.repeat([0, 255], 97) * np.ones((61, 1)))
    assert np.abs(pixels[:3, :, 97:] - ramps(3)).mean() < 8


def test_a_colormap_colors_pictures_and_leaves_the_values_of_a_tiff(client: Client) -> None:
    colors = {row[0]: row[1:] for row in client.json("PuertoRico/LandCover", "colormap")["colormap"]}
    extent = client.json("PuertoRico/LandCover")["extent"]
    corners = tuple(extent[key] for key in ("xmin", "ymin", "xmax", "ymax"))
    classes = client.pixels("PuertoRico/LandCover", corners, (84, 46))[0]
    picture = client.pixels("PuertoRico/LandCover", corners, (84, 46), format="png32")
    assert set(np.unique(classes)) == {0, *colors}
    for value, color in colors.items():
        assert (picture[:3, classes == value] == np.array(color)[:, np.newaxis]).all()
    assert np.array_equal(picture[3] == 0, classes == 0)
