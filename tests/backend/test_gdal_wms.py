"""The source text of a values layer: well-formed whatever stands in it, and no larger than it must be."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace

import pytest

from image_server_layer.plugin.backend.gdal_wms import CONNECTIONS, NO_REFERENCE, ValuesBand, ValuesSource
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.extent import Extent

ODD_CHARACTERS = """' " | & < > ]]> % # é 漢"""
SOURCE = ValuesSource(
    server_url="https://host/arcgis/rest/services/X/ImageServer/exportImage?a=1&b=%7C%26",
    grid=Grid(Extent(100.0, 200.0, 5100.0, 3200.0), 500, 300, (10.0, 10.0)),
    bands=(ValuesBand("Red"),),
    data_type="UInt16",
    reference="31985",
    crs="EPSG:31985",
    metadata={"service": "https://host/x", "options": '{"v":1}'},
)


def _grid(columns: int, rows: int) -> Grid:
    return Grid(Extent(0.0, 0.0, columns * 10.0, rows * 10.0), columns, rows, (10.0, 10.0))


def _text(element: ET.Element, path: str) -> str | None:
    found = element.find(path)
    assert found is not None, path
    return found.text


def _documents(source: str) -> list[list[ET.Element]]:
    """Return the WMS documents of each band: the full resolution, then the overviews."""
    bands = ET.fromstring(source).findall("VRTRasterBand")
    return [[ET.fromstring(name.text or "") for name in band.iter("SourceFilename")] for band in bands]


def test_the_document_says_all_that_gdal_needs() -> None:
    dataset = ET.fromstring(replace(SOURCE, referer="https://maps/?a&b").source())
    assert dataset.attrib == {"rasterXSize": "500", "rasterYSize": "300"}
    assert _text(dataset, "SRS") == "EPSG:31985"
    assert _text(dataset, "GeoTransform") == "100.0,10.0,0,3200.0,0,-10.0"
    assert {item.get("key"): item.text for item in dataset.iter("MDI")} == SOURCE.metadata
    band = dataset.find("VRTRasterBand")
    assert band is not None
    assert band.attrib == {"dataType": "UInt16", "band": "1"}
    assert _text(band, "Description") == "Red"
    assert _text(band, "ColorInterp") == "Undefined"
    assert band.find("Overview") is None
    document = ET.fromstring(_text(band, "SimpleSource/SourceFilename") or "")
    assert {element.tag: element.text for element in document.iter() if not len(element)} == {
        "ServerUrl": SOURCE.server_url,
        "BBoxOrder": "xyXY",
        "SRS": "31985",
        "ImageFormat": "tiff",
        "UpperLeftX": "100.0",
        "UpperLeftY": "3200.0",
        "LowerRightX": "5100.0",
        "LowerRightY": "200.0",
        "SizeX": "500",
        "SizeY": "300",
        "Projection": "EPSG:31985",
        "BandsCount": "1",
        "DataType": "UInt16",
        "BlockSizeX": "512",
        "BlockSizeY": "512",
        "OverviewCount": "0",
        "MaxConnections": str(CONNECTIONS),
        "Timeout": "30",
        "UserAgent": "QGIS Image Server Layer",
        "Referer": "https://maps/?a&b",
    }


def test_no_character_breaks_the_document() -> None:
    source = replace(
        SOURCE,
        bands=(ValuesBand(ODD_CHARACTERS), ValuesBand("b")),
        crs=f'PROJCS["{ODD_CHARACTERS}"]',
        reference=NO_REFERENCE,
        metadata={"options": ODD_CHARACTERS},
        referer=ODD_CHARACTERS,
    ).source()
    assert "|" not in source
    dataset = ET.fromstring(source)
    assert _text(dataset, "VRTRasterBand/Description") == ODD_CHARACTERS
    assert _text(dataset, "Metadata/MDI") == ODD_CHARACTERS
    for documents in _documents(source):
        assert _text(documents[0], "Projection") == f'PROJCS["{ODD_CHARACTERS}"]'
        assert _text(documents[0], "Referer") == ODD_CHARACTERS
        assert _text(documents[0], "Service/SRS") == "&"


@pytest.mark.parametrize(
    ("nodata", "of_the_bands", "of_the_blocks"),
    [
        ((None, None), [None, None], None),
        ((0.0, 0.0), ["0", "0"], "0 0"),
        ((-9999.0, 32767.0), ["-9999", "32767"], "-9999 32767"),
        ((0.5, math.nan), ["0.5", "nan"], "0.5 nan"),
        (
            (-3.4028234663852886e38, 1e15),
            ["-3.4028234663852886e+38", "1000000000000000.0"],
            "-3.4028234663852886e+38 1000000000000000.0",
        ),
        # GDAL takes a value for the blocks of all bands or of none.
        ((None, 7.0), [None, "7"], None),
    ],
)
def test_nodata_is_written_so_that_it_reads_back_exactly(
    nodata: Sequence[float | None], of_the_bands: list[str | None], of_the_blocks: str | None
) -> None:
    bands = [ValuesBand("x", value) for value in nodata]
    source = replace(SOURCE, bands=bands).source()
    dataset = ET.fromstring(source)
    found = [band.find("NoDataValue") for band in dataset.findall("VRTRasterBand")]
    assert [None if element is None else element.text for element in found] == of_the_bands
    values = _documents(source)[0][0].find("DataValues")
    assert (None if values is None else values.get("NoData")) == of_the_blocks


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(5001, 3777), (3777, 5001), (50_000, 40_000), (1001, 777), (40_000, 701), (513, 1), (20_000, 3)],
)
def test_overviews_shrink_by_the_square_root_of_two_down_to_one_block(columns: int, rows: int) -> None:
    documents = _documents(replace(SOURCE, grid=_grid(columns, rows)).source())[0]
    sizes = [(int(_text(one, "DataWindow/SizeX") or 0), int(_text(one, "DataWindow/SizeY") or 0)) for one in documents]
    assert sizes[0] == (columns, rows)
    for step, size in enumerate(sizes):
        assert max(size) / max(columns, rows) * math.sqrt(2) ** step == pytest.approx(0.985, abs=0.02)
        if min(size) > 100:
            # Pixels keep their shape: old servers would widen their box.
            assert size[0] / size[1] == pytest.approx(columns / rows, rel=2e-4)
    assert max(sizes[-1]) <= 512 < max(sizes[-2])
    assert {_text(one, "OverviewCount") for one in documents} == {"0"}
    windows = {tuple(_text(one, f"DataWindow/{edge}") for edge in ("UpperLeftX", "LowerRightY")) for one in documents}
    assert len(windows) == 1


def test_a_grid_of_one_block_needs_no_overviews() -> None:
    assert [len(documents) for documents in _documents(replace(SOURCE, grid=_grid(512, 512)).source())] == [1]


def test_a_source_beyond_reason_does_with_gdals_own_overviews() -> None:
    grid = _grid(50_000, 40_000)
    few = replace(SOURCE, grid=grid).source()
    many = replace(SOURCE, grid=grid, bands=[ValuesBand(str(number)) for number in range(300)]).source()
    assert len(_documents(few)[0]) == 15
    (document,) = _documents(many)[0]
    # 50 000 columns in blocks of 512.
    assert _text(document, "OverviewCount") == "7"


def test_blocks_are_no_larger_than_the_service_allows() -> None:
    (document,) = _documents(replace(SOURCE, largest_image=(300, 4100)).source())[0]
    assert (_text(document, "BlockSizeX"), _text(document, "BlockSizeY")) == ("300", "512")
