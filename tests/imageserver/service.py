"""An image service: its pixels, its catalog, its raster functions and what its description says of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .catalog import Catalog
from .errors import ParameterError, ServiceError
from .functions import Block, Context, FunctionError, Reader, Statistics, Window, evaluate
from .functions.block import Array
from .mosaic import MosaicRule, Selection, View, draw, parse_rule, select, sort_base
from .multidimensional import Variable, selected_by
from .parameters import Parameters
from .pixels import LOWEST_F32, Raster, extent_of, sample
from .spatial import Extent, spatial_reference, transform

if TYPE_CHECKING:
    from .downloads import SourceFile

Rule = Mapping[str, object]

#: The raster function that stands for the pixels as they are.
NONE = "None"

_STATISTICS_CELLS = 512


@dataclass(frozen=True)
class MosaicDefaults:
    """How a mosaic is drawn when a request does not say, in the spelling of the description."""

    allowed_methods: str = "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None"
    method: str = "Northwest"
    sort_field: str = ""
    sort_value: object = None
    ascending: bool = True
    operator: str = "First"


@dataclass(frozen=True)
class TileScheme:
    """The cache of a service: tiles of `size` pixels from `origin`, one resolution a level.

    `lerc` is the version of Lerc2 that they hold values in, 0 for pictures; `missing` are tiles (level, row, column)
    that nobody made.
    """

    origin: tuple[float, float]
    resolutions: tuple[float, ...]
    size: int = 256
    format: str = "PNG32"
    lerc: int = 0
    missing: frozenset[tuple[int, int, int]] = frozenset()


@dataclass(frozen=True, eq=False)
class ImageService:
    """An image service.

    `name` holds the folder. `reference` is the spatial reference as its description writes it, `grid` the whole of the
    service in its own pixels. `source` is one raster or a catalog of them. `no_data` has a value for each band.
    `functions` are the published raster function templates, the default one first; `function_tables` the attribute
    tables of what comes out of some of them. `time_fields` are those of the catalog that say when a raster begins and
    ends; the second is empty where a raster is of one moment. `variables` are those of a multidimensional service,
    whose rasters, one a slice, `slice_records` tell the variable and the dimensions of. `access` is `open`, `token`,
    `referer` (a token that is bound to one) or `basic`. `thumbnail_function` drew the thumbnail that is published, if
    any. `source_files` are those that may be downloaded, by their ids. `reshape` turns the description into that of an
    odd server.
    """

    name: str
    reference: Mapping[str, object]
    grid: Window
    pixel_type: str
    band_names: tuple[str, ...]
    source: Raster | Catalog
    no_data: tuple[float, ...] | None = None
    description: str = ""
    copyright_text: str = ""
    data_type: str = "esriImageServiceDataTypeGeneric"
    functions: Mapping[str, Rule] = field(default_factory=dict)
    allow_raster_function: bool = True
    mosaic: MosaicDefaults = MosaicDefaults()
    resampling: str = "Nearest"
    colormap: Mapping[int, tuple[int, int, int]] | None = None
    attribute_table: Mapping[str, object] | None = None
    time_fields: tuple[str, str] | None = None
    variables: tuple[Variable, ...] = ()
    slice_records: tuple[Mapping[str, object], ...] = ()
    function_tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    band_properties: tuple[Mapping[str, object], ...] = ()
    tiles: TileScheme | None = None
    thumbnail_function: str = ""
    tiles_only: bool = False
    source_files: Mapping[str, SourceFile] = field(default_factory=dict)
    max_download_image_count: int = 20
    max_download_size_limit: int = 2048
    access: str = "open"
    max_image_width: int = 15000
    max_image_height: int = 4100
    max_record_count: int = 1000
    max_mosaic_image_count: int = 20
    version: float = 10.91
    reshape: Callable[[dict[str, object]], dict[str, object]] = dict

    @property
    def catalog(self) -> Catalog | None:
        return self.source if isinstance(self.source, Catalog) else None

    @property
    def extent(self) -> Extent:
        return extent_of(self.grid)

    @cached_property
    def statistics(self) -> tuple[Statistics, ...]:
        """Statistics of each band over the whole service, from at most 512 × 512 of its pixels."""
        return _statistics(self.reader(self.default_mosaic_rule, self.view(self.grid))(self._overview))

    @property
    def _overview(self) -> Window:
        return self.grid.overview(_STATISTICS_CELLS)

    @cached_property
    def context(self) -> Context:
        wavelengths = [
            (float(band["WavelengthMin"]) + float(band["WavelengthMax"])) / 2  # type: ignore[arg-type]
            for band in self.band_properties
        ]
        return Context(self.grid, self.statistics, tuple(wavelengths), self._project)

    def _project(self, points: Array, reference: Mapping[str, object]) -> Array:
        source = spatial_reference(dict(reference), "renderingRule")
        return np.column_stack(transform(source, self.reference, points[:, 0], points[:, 1]))

    @cached_property
    def default_mosaic_rule(self) -> MosaicRule:
        defaults = self.mosaic
        methods = {method.lower(): method for method in defaults.allowed_methods.split(",")}
        rule = MosaicRule(
            method=methods.get(defaults.method.lower(), defaults.method),
            ascending=defaults.ascending,
            operation=f"MT_{defaults.operator.upper()}",
        )
        if self.catalog is None or rule.method != "ByAttribute":
            return rule
        sort_field = self.catalog.field(defaults.sort_field, "sortField")
        sort_value = sort_base(defaults.sort_value, self.catalog.types[sort_field])
        return replace(rule, sort_field=sort_field, sort_value=sort_value)

    def mosaic_rule(self, parameters: Parameters) -> MosaicRule:
        """The mosaic rule of a request, the service's own when there is none; a single raster takes no notice of it."""
        rule = parameters.mapping("mosaicRule")
        selection, slices = self.selection(parameters), selected_by(self, parameters, rule)
        chosen = None if slices is None else tuple(slices)
        if rule is None or self.catalog is None:
            return replace(self.default_mosaic_rule, selection=selection, slices=chosen)
        allowed = tuple(self.mosaic.allowed_methods.split(","))
        parsed = parse_rule(rule, self.catalog, allowed, self.max_mosaic_image_count, self.reference)
        return replace(parsed, selection=selection, slices=chosen)

    def selection(self, parameters: Parameters) -> Selection | None:
        """What the parameter `time` selects; a service without times takes no notice of it."""
        time = parameters.time()
        return None if time is None or self.time_fields is None else Selection(time, *self.time_fields)

    @cached_property
    def time_extent(self) -> tuple[int, int] | None:
        """The first and the last moment of all rasters; None for a service without times."""
        if self.time_fields is None or self.catalog is None:
            return None
        records = [self.catalog.attributes(position) for position in range(len(self.catalog))]
        times = [record[field] for record in records for field in self.time_fields if field]
        known = [int(time) for time in times if time is not None]  # type: ignore[call-overload]
        return min(known), max(known)

    def rendering_rule(self, parameters: Parameters) -> Rule | None:
        """The rendering rule of a request; without one the first published function. None stands for raw pixels."""
        rule: Rule | None = parameters.mapping("renderingRule")
        if rule is None:
            rule = {"rasterFunction": next(iter(self.functions), NONE)}
        elif not self.allow_raster_function and rule.get("rasterFunction") != NONE:
            raise ServiceError(400, "Raster functions are not allowed on this image service.")
        # A template may bear the name and yet be another function: only the identity is skipped.
        identity = rule.get("rasterFunction") == NONE and not rule.get("rasterFunctionArguments")
        return None if identity and self.functions.get(NONE, rule).get("rasterFunction") == NONE else rule

    def view(self, window: Window) -> View:
        """What a mosaic rule needs to know of a request for `window`."""
        return View(extent_of(window).center, max(window.cell_x, window.cell_y), (self.grid.xmin, self.grid.ymax))

    def sample(self, x: Array, y: Array, rule: MosaicRule, view: View, interpolation: str) -> Block:
        """Raw pixels at ground coordinates that broadcast to (rows, columns)."""
        if isinstance(self.source, Catalog):
            # A function reads beyond the view, where other rasters may lie.
            margin = view.cell_size / 2
            box = Extent(
                float(np.nanmin(x)) - margin,
                float(np.nanmin(y)) - margin,
                float(np.nanmax(x)) + margin,
                float(np.nanmax(y)) + margin,
            )
            items = select(self.source, rule, view, box, self.max_mosaic_image_count)
            pixels, valid = draw(items, rule, len(self.band_names), self.pixel_type, x, y, interpolation)
        else:
            pixels, valid = sample(self.source, x, y, interpolation)
        colormap = dict(self.colormap) if self.colormap else None
        return Block(pixels, valid, self.pixel_type, self.band_names, colormap)

    def reader(self, rule: MosaicRule, view: View, interpolation: str = "Nearest") -> Reader:
        """What raster functions read raw pixels with."""

        def read(window: Window) -> Block:
            x, y = window.x_centers[np.newaxis, :], window.y_centers[:, np.newaxis]
            return self.sample(x, y, rule, view, interpolation)

        return read

    def evaluate(self, rendering: Rule, read: Reader, window: Window) -> Block:
        """The pixels of a window after a rendering rule; raises code 400 with the reason if it cannot be done."""
        try:
            return evaluate(rendering, self.functions, read, window, self.context)
        except FunctionError as error:
            raise ParameterError(str(error)) from None

    @lru_cache(maxsize=64)  # noqa: B019 - services live as long as the process
    def _overview_after(self, rendering: str) -> Block:
        read = self.reader(self.default_mosaic_rule, self.view(self.grid))
        return self.evaluate(json.loads(rendering), read, self._overview)

    def described(self, rendering: Rule | None) -> Block:
        """What comes out of a rendering rule: a coarse block of the whole service with the statistics of its bands."""
        if rendering is None:
            block = self.reader(self.default_mosaic_rule, self.view(self.grid))(self.grid.overview(1))
            block.statistics = self.statistics
            return block
        block = self._overview_after(json.dumps(rendering, sort_keys=True))
        block.statistics = block.statistics or _statistics(block)
        return block

    def no_data_after(self, block: Block) -> tuple[float, ...] | None:
        """The values that stand for no data in what comes out of a rendering rule, one a band; None = there are none.

        They are the declared ones where bands and pixel type are still those of the service. What else is in floating
        point has the lowest F32.
        """
        if block.pixel_type == self.pixel_type and block.band_count == len(self.band_names) and self.no_data:
            return self.no_data
        return (LOWEST_F32,) * block.band_count if block.pixel_type in ("F32", "F64") else None


def _statistics(block: Block) -> tuple[Statistics, ...]:
    bands = []
    for pixels, valid in zip(block.pixels, block.valid):
        values = pixels[valid].astype(np.float64)
        bands.append(
            Statistics(float(values.min()), float(values.max()), float(values.mean()), float(values.std()))
            if len(values)
            else Statistics(0.0, 0.0, 0.0, 0.0)
        )
    return tuple(bands)
