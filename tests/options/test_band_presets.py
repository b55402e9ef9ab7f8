"""Natural color and color infrared are offered where names or wavelengths prove them, and nowhere else."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.options.band_presets import (
    Wavelengths,
    color_infrared,
    known_wavelengths,
    natural_color,
)
from image_server_layer.plugin.service.image_service import Band, BandProperties
from image_server_layer.tests.options.services import named_bands

# From the handbooks of the sensors.
LANDSAT_7 = ((450, 520), (520, 600), (630, 690), (770, 900), (1550, 1750), (10400, 12500), (2090, 2350), (520, 900))
LANDSAT_8 = ((430, 450), (450, 510), (530, 590), (640, 670), (850, 880), (1570, 1650), (2110, 2290), (500, 680))
WORLDVIEW_2 = ((400, 450), (450, 510), (510, 580), (585, 625), (630, 690), (705, 745), (770, 895), (860, 1040))
NAIP = ((619, 651), (525, 585), (435, 495), (808, 882))
MODIS = ((620, 670), (841, 876), (459, 479), (545, 565), (1230, 1250), (1628, 1652), (2105, 2155))
SENTINEL_2 = ((458, 523), (543, 578), (650, 680), (698, 713), (785, 899), (855, 875))


@pytest.mark.parametrize(
    ("names", "natural", "infrared"),
    [
        (("Red", "Green", "Blue"), (1, 2, 3), None),
        (("Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1"), (3, 2, 1), (4, 3, 2)),
        (("NIR", "red", "GREEN"), None, (1, 2, 3)),
        (("band 2: blue", "band_3_green", "Band 4 (Red)", "Band 8 (NIR)"), (3, 2, 1), (4, 3, 2)),
        (("Blue", "Green", "Red", "Near-Infra-Red"), (3, 2, 1), (4, 3, 2)),
        (("Blue", "Green", "Red", "Red Edge", "Near IR"), (3, 2, 1), (5, 3, 2)),
        # No near infrared, no red, and nothing that names a color at all.
        (("Blue", "Green", "Red", "Infrared"), (3, 2, 1), None),
        (("Blue", "Green", "RedEdge", "Near Infrared"), None, None),
        (("Blues", "Greenery", "Redness", "Souvenir"), None, None),
        (("Band_1", "Band_2", "Band_3", "Band_4"), None, None),
        ((), None, None),
        # Two of a color: which one is not proven.
        (("Blue", "Green", "Red", "Red 2", "NIR"), None, None),
        (("Blue", "Green", "Red", "NIR 1", "NIR 2"), (3, 2, 1), None),
    ],
)
def test_names_prove_colors(
    names: tuple[str, ...], natural: tuple[int, ...] | None, infrared: tuple[int, ...] | None
) -> None:
    assert natural_color(names) == natural
    assert color_infrared(names) == infrared


@pytest.mark.parametrize(
    ("ranges", "natural", "infrared"),
    [
        (LANDSAT_7, (3, 2, 1), (4, 3, 2)),
        (LANDSAT_8, (4, 3, 2), (5, 4, 3)),
        (WORLDVIEW_2, (5, 3, 2), (7, 5, 3)),
        (NAIP, (1, 2, 3), (4, 1, 2)),
        (MODIS, (1, 4, 3), (2, 1, 4)),
        # Two bands in the near infrared.
        (SENTINEL_2, (3, 2, 1), None),
        # A panchromatic band of four, with its middle in red.
        (((450, 800), (500, 600), (450, 500), (760, 900)), None, None),
        # Micrometers.
        (((0.45, 0.52), (0.52, 0.6), (0.63, 0.69), (0.77, 0.9)), None, None),
    ],
)
def test_wavelengths_prove_colors_where_names_do_not(
    ranges: tuple[tuple[float, float], ...], natural: tuple[int, ...] | None, infrared: tuple[int, ...] | None
) -> None:
    names = [f"Band_{number}" for number in range(1, len(ranges) + 1)]
    wavelengths = {number: Wavelengths(*known) for number, known in enumerate(ranges, start=1)}
    assert natural_color(names, wavelengths) == natural
    assert color_infrared(names, wavelengths) == infrared


def test_wavelengths_tell_bands_apart_that_have_one_name() -> None:
    names = ("Blue", "Green", "Red", "Red 2")
    wavelengths = {3: Wavelengths(705, 745), 4: Wavelengths(630, 690)}
    assert natural_color(names, wavelengths) == (4, 2, 1)


UNNAMED = (Band(1, "Band_1"), Band(2, "Band_2"))


def test_wavelengths_of_raw_pixels_are_in_the_order_of_the_bands() -> None:
    properties = (BandProperties("B2", 450, 520), BandProperties("B3", 520, 600))
    expected = {1: Wavelengths(450, 520), 2: Wavelengths(520, 600)}
    assert known_wavelengths(UNNAMED, properties, are_raw=True) == expected


def test_a_wrong_number_of_properties_tells_nothing() -> None:
    assert known_wavelengths(UNNAMED, (BandProperties("B2", 450, 520),), are_raw=True) == {}


@pytest.mark.parametrize("limits", [(None, 520), (450, None), (520, 450), (450, 450)])
def test_half_a_range_and_an_empty_one_are_no_wavelengths(limits: tuple[float | None, float | None]) -> None:
    properties = (BandProperties("Blue", *limits), BandProperties("Green", 520, 600))
    assert known_wavelengths(named_bands("Blue", "Green"), properties, are_raw=True) == {2: Wavelengths(520, 600)}


def test_after_a_template_bands_are_known_by_names_with_a_meaning() -> None:
    properties = (BandProperties("Blue", 450, 520), BandProperties("Band_2", 520, 600), BandProperties("Red", 630, 690))
    bands = (*named_bands("Red", "Blue"), Band(3, "Band_2"))
    expected = {1: Wavelengths(630, 690), 2: Wavelengths(450, 520)}
    assert known_wavelengths(bands, properties, are_raw=False) == expected
