"""The rasters to lock: ids and names, held against the catalog of the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.sentences import quoted_list
from ..service.catalog import Catalog
from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..service.vocabulary import MosaicMethod
from ..translation import tr


def ids_and_names(rasters: Sequence[int | str]) -> tuple[list[int], list[str]]:
    """Return apart what is given by id and what by name."""
    ids = [raster for raster in rasters if isinstance(raster, int)]
    return ids, [raster for raster in rasters if isinstance(raster, str)]


def find_rasters(
    rasters: Sequence[int | str], service: ImageService, catalog: Catalog | None
) -> tuple[tuple[int, ...], tuple[Note, ...]]:
    """Return the ids of the rasters to lock, in the order given, after asking the catalog, if there is one, for them.

    Raises:
        OptionError: an id or a name that no raster has, or a name where there is no catalog.
    """
    ids, names = ids_and_names(rasters)
    if catalog is None:
        if names:
            text = tr("The service “{service}” has no catalog of rasters in which to look up “{name}”; leave it out.")
            raise OptionError("lock_raster_ids", text.format(service=service.name, name=names[0]))
        return tuple(ids), ()
    known: dict[int | str, tuple[int, ...]] = {}
    if ids:
        known.update({raster_id: (raster_id,) for raster_id in catalog.existing_ids(ids)})
    if names:
        known.update(catalog.ids_named(names))
    missing = [raster for raster in rasters if not known.get(raster)]
    if missing:
        raise no_such_rasters(missing, service)
    notes = tuple(
        Note(
            "lock_raster_ids",
            tr("{count} rasters are named “{name}”; all of them are locked: {ids}.").format(
                count=len(known[name]), name=name, ids=", ".join(map(str, known[name]))
            ),
        )
        for name in names
        if len(known[name]) > 1
    )
    return tuple(dict.fromkeys(raster_id for raster in rasters for raster_id in known[raster])), notes


def lock_raster(options: LayerOptions, raster_id: int | None) -> tuple[LayerOptions, tuple[Note, ...]]:
    """Lock the raster that the address itself names (`…/ImageServer/12`), unless other rasters are asked for."""
    if raster_id is None or options.lock_raster_ids == (raster_id,):
        return options, ()
    if options.lock_raster_ids or options.mosaic_method not in (None, MosaicMethod.LOCK_RASTER):
        text = tr(
            "The address names raster {id}, but the mosaic options ask for something else; the options are used."
        ).format(id=raster_id)
        return options, (Note("lock_raster_ids", text),)
    return replace(options, mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(raster_id,)), ()


def no_such_rasters(rasters: Iterable[int | str], service: ImageService) -> OptionError:
    """Return the error for rasters, by id or name, that are not in the catalog."""
    text = tr("The service “{service}” has no raster {rasters}; look up ids and names in its catalog.")
    return OptionError("lock_raster_ids", text.format(service=service.name, rasters=quoted_list(rasters)))
