"""The store of recent views, against a picture of what should be known."""

from __future__ import annotations

import gc
import random
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from image_server_layer.plugin.backend.pixels import Pixels
from image_server_layer.plugin.backend.windows import Lattice
from image_server_layer.plugin.provider.recent_views import RecentViews, Window
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.memory import resident

LATTICE = Lattice(1000.0, 5000.0, 10.0, 10.0)


def pixels_of(window: Window) -> Pixels:
    """Return pixels that tell where they lie on `LATTICE`."""
    rows = np.arange(window.top, window.bottom)[:, np.newaxis]
    columns = np.arange(window.left, window.right)[np.newaxis]
    return Pixels((rows * 1000 + columns)[np.newaxis].astype(np.int32))


def kept(views: RecentViews, window: Window, lattice: Lattice = LATTICE, source: str = "a") -> None:
    views.add(source, lattice, window, pixels_of(window), views.generation(source))


@pytest.fixture
def views() -> Iterator[RecentViews]:
    """Return a store in which the views of the source "a" are kept, as somebody uses it."""
    store = RecentViews()
    lease = store.lease("a")
    yield store
    del lease


@pytest.mark.parametrize("seed", range(30))
def test_known_parts_and_missing_windows_are_the_whole_without_error(views: RecentViews, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    for _ in range(6):
        kept(
            views,
            Window(chance.randint(-20, 20), chance.randint(-20, 20), chance.randint(1, 30), chance.randint(1, 30)),
        )
    window = Window(chance.randint(-10, 10), chance.randint(-10, 10), 25, 20)
    found = views.find("a", LATTICE, window)
    covered = np.zeros((20, 25), int)
    values = np.zeros((20, 25), int)
    for part in found.parts:
        for row in range(part.window.rows):
            for column in range(part.window.columns):
                y, x = part.window.top + row - window.top, part.window.left + column - window.left
                if 0 <= y < 20 and 0 <= x < 25:
                    covered[y, x] = 1
                    values[y, x] = part.pixels.values[0, row, column]
    for missing in found.missing:
        y, x = missing.top - window.top, missing.left - window.left
        assert not covered[y : y + missing.rows, x : x + missing.columns].any()
        covered[y : y + missing.rows, x : x + missing.columns] += 2
    assert set(np.unique(covered)) <= {1, 2}
    assert len(found.missing) <= 3
    np.testing.assert_array_equal(values[covered == 1], pixels_of(window).values[0][covered == 1])


def test_lattices_that_differ_by_rounding_are_one(views: RecentViews) -> None:
    kept(views, Window(0, 0, 40, 30))
    moved = Lattice(1000.0 + 70.0 + 1e-9, 5000.0 - 20.0, 10.0 * (1 + 1e-13), 10.0)
    found = views.find("a", moved, Window(0, 0, 33, 28))
    assert found.missing == ()
    assert [part.window for part in found.parts] == [Window(-7, -2, 40, 30)]
    for other in (Lattice(1003.0, 5000.0, 10.0, 10.0), Lattice(1000.0, 5000.0, 10.01, 10.01)):
        assert views.find("a", other, Window(0, 0, 5, 5)).parts == ()


def test_only_the_identical_view_counts_as_a_whole(views: RecentViews) -> None:
    kept(views, Window(0, 0, 40, 30))
    assert views.find("a", LATTICE, Window(0, 0, 40, 30), as_a_whole=True).missing == ()
    inside = Window(5, 5, 10, 10)
    assert views.find("a", LATTICE, inside, as_a_whole=True).missing == (inside,)


def test_sources_are_kept_apart_and_cleared_alone() -> None:
    views = RecentViews()
    leases = [views.lease("a"), views.lease("b")]
    window = Window(0, 0, 10, 10)
    kept(views, window)
    assert views.find("b", LATTICE, window).missing == (window,)
    kept(views, window, source="b")
    views.clear("a")
    assert views.find("a", LATTICE, window).missing == (window,)
    assert views.find("b", LATTICE, window).missing == ()
    del leases


def test_what_was_asked_for_before_a_refresh_is_not_kept(views: RecentViews) -> None:
    window = Window(0, 0, 10, 10)
    found = views.find("a", LATTICE, window)
    views.clear("a")
    views.add("a", LATTICE, window, pixels_of(window), found.generation)
    assert views.size == 0


def test_the_store_is_bounded_and_what_was_used_last_stays() -> None:
    one = pixels_of(Window(0, 0, 10, 10)).values.nbytes
    views = RecentViews(max_bytes=3 * one)
    lease = views.lease("a")
    windows = [Window(100 * number, 0, 10, 10) for number in range(5)]
    for window in windows[:3]:
        kept(views, window)
    views.find("a", LATTICE, windows[0])
    for window in windows[3:]:
        kept(views, window)
    known = [not views.find("a", LATTICE, window).missing for window in windows]
    assert known == [True, False, False, True, True]
    assert views.size == 3 * one
    kept(views, Window(0, 0, 1000, 1000))
    assert views.size == 3 * one
    del lease


def test_a_view_within_a_later_one_is_given_up(views: RecentViews) -> None:
    kept(views, Window(2, 2, 5, 5))
    kept(views, Window(0, 0, 10, 10))
    assert views.size == pixels_of(Window(0, 0, 10, 10)).values.nbytes


def test_views_are_forgotten_with_the_last_user() -> None:
    views = RecentViews()
    leases = [views.lease("a"), views.lease("a")]
    window = Window(0, 0, 10, 10)
    kept(views, window)
    leases.pop()
    gc.collect()
    assert views.size > 0
    late = views.find("a", LATTICE, window)
    leases.pop()
    gc.collect()
    assert views.size == 0
    lease = views.lease("a")
    views.add("a", LATTICE, window, pixels_of(window), late.generation)
    assert views.size == 0
    del lease


def test_the_last_view_over_an_extent_is_cut_to_it(views: RecentViews) -> None:
    kept(views, Window(0, 0, 20, 10))
    found = views.latest_over("a", Extent(1050.0, 4920.0, 1150.0, 4990.0))
    assert found is not None
    np.testing.assert_array_equal(found.values, pixels_of(Window(5, 1, 10, 7)).values)
    assert views.latest_over("a", Extent(1050.0, 4920.0, 1350.0, 4990.0)) is None
    assert views.latest_over("b", Extent(1050.0, 4920.0, 1150.0, 4990.0)) is None


def test_many_threads_at_once_leave_it_whole() -> None:
    views = RecentViews(max_bytes=40_000)
    wrong: list[str] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - chance, not secrets
        for _ in range(150):
            lease = views.lease(seed % 3)
            window = Window(
                chance.randint(-20, 20), chance.randint(-20, 20), chance.randint(1, 30), chance.randint(1, 30)
            )
            found = views.find(seed % 3, LATTICE, window)
            for part in found.parts:
                if not np.array_equal(part.pixels.values, pixels_of(part.window).values):
                    wrong.append("pixels")
            views.add(seed % 3, LATTICE, window, pixels_of(window), found.generation)
            if chance.random() < 0.05:
                views.clear(seed % 3)
            del lease

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    assert wrong == []
    assert views.size == 0


def test_what_is_forgotten_goes_back_to_the_system(views: RecentViews) -> None:
    # From then on glibc puts what is smaller than this among everything else.
    np.ones(3 * 2**20).sum()
    outlives = []
    for number in range(100):
        # 1 MB, and what QGIS makes at the same time.
        window = Window(512 * number, 0, 512, 512)
        views.add("a", LATTICE, window, Pixels(np.full((1, 512, 512), number, np.int32)), views.generation("a"))
        outlives.append(b"\1" * 900_000)
    assert views.size == 100 * 2**20
    full = resident()
    views.clear("a")
    assert full - resident() > 90
    assert len(outlives) == 100
