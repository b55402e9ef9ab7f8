"""Plots: round numbers and dates along the axes, gaps where there is no value, tables as text."""

from __future__ import annotations

import math

import pytest
from qgis.PyQt.QtGui import QColor, QPalette

from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.ask.plot_data import Place, Plot, Scale, Series, as_csv
from image_server_layer.ui.ask.plot_widget import PlotWidget
from image_server_layer.ui.ask.ticks import number_ticks, time_ticks, whole_ticks, widened

DAY = 86_400_000


@pytest.mark.parametrize(
    ("low", "high", "most", "texts"),
    [
        (0, 10, 5, ["0", "2", "4", "6", "8", "10"]),
        (0.1, 0.35, 6, ["0.1", "0.15", "0.2", "0.25", "0.3", "0.35"]),
        (-1, 1, 4, ["-1", "-0.5", "0", "0.5", "1"]),
        (1e6, 3e6, 3, ["1000000", "2000000", "3000000"]),
        (2.3, 2.4, 3, ["2.3", "2.35", "2.4"]),
    ],
)
def test_numbers_are_round(low: float, high: float, most: int, texts: list[str]) -> None:
    assert [tick.text for tick in number_ticks(low, high, most)] == texts


def test_bands_are_counted_in_whole_numbers() -> None:
    assert [tick.text for tick in whole_ticks(0.75, 6.25, 20)] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 2 * 365 * DAY, ["1970-01", "1970-07", "1971-01", "1971-07"]),
        (0, 5 * 365 * DAY, ["1970", "1971", "1972", "1973", "1974"]),
        (0, 100 * DAY, ["1970-01", "1970-02", "1970-03", "1970-04"]),
        (0, 3 * DAY, ["1970-01-01", "1970-01-02", "1970-01-03", "1970-01-04"]),
        (0, DAY / 2, ["00:00", "03:00", "06:00", "09:00", "12:00"]),
        (0, 50 * 365.25 * DAY, ["1970", "1980", "1990", "2000", "2010"]),
    ],
)
def test_times_are_round(low: float, high: float, texts: list[str]) -> None:
    assert [tick.text for tick in time_ticks(low, high, 5)][: len(texts)] == texts


def test_odd_ranges_do_no_harm() -> None:
    for low, high in ((5, 5), (0, 0), (-1e300, 1e300), (1e17, 1e17), (0, 1e-300), (-1.7e308, 1.7e308)):
        begin, end = widened(low, high)
        assert begin < end
        assert len(number_ticks(begin, end, 10)) <= 30
    assert len(time_ticks(-1e18, 1e18, 5)) < 1000
    assert math.isfinite(widened(0, 0)[0])


def test_a_table_holds_a_column_for_each_line_and_leaves_gaps_empty() -> None:
    plot = Plot(
        "Time (UTC)",
        "NDVI",
        Scale.TIME,
        (
            Series("Point 1", "#ff0000", (Place(0, 0.5, "a"), Place(DAY, None, "b"))),
            Series("Point 2", "#00ff00", (Place(DAY, 1.0, "b"),)),
        ),
    )
    assert plot.table() == [
        ["Time (UTC)", "", "Point 1", "Point 2"],
        ["1970-01-01 00:00:00", "a", "0.5", ""],
        ["1970-01-02 00:00:00", "b", "", "1"],
    ]


def test_names_of_a_server_are_no_formulas() -> None:
    assert as_csv([["=1+1", "-0.5", "+a", '@"x"', "1,5"]]) == "'=1+1,-0.5,'+a,\"'@\"\"x\"\"\",\"1,5\"\r\n"


def test_no_data_is_a_gap_in_the_line() -> None:
    widget = PlotWidget()
    widget.resize(400, 300)
    palette = QPalette(widget.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    widget.setPalette(palette)

    def inked(*values: float | None) -> int:
        places = tuple(Place(float(number), value) for number, value in enumerate(values))
        widget.set_plot(Plot("x", "y", Scale.NUMBER, (Series("a", "#ff0000", places),)))
        image = widget.image()
        # Half way between the second place and the third.
        columns = range(image.width() // 2 - 12, image.width() // 2 + 12)
        return sum(QColor(image.pixel(x, y)).name() == "#ff0000" for x in columns for y in range(300))

    assert inked(1, 2, 2, 1) > 0
    assert inked(1, 2, None, None, 2, 1) == 0
    # A lonely value is seen as well, and nothing at all draws nothing.
    widget.set_plot(Plot("x", "y", Scale.NUMBER, (Series("a", "#ff0000", (Place(1.0, None),)),)))
    assert not widget.image().isNull()
    delete(widget)
