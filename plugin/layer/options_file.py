"""Options in a file, to be kept and handed on: JSON with the address of the service, and nothing secret.

An exported TIFF has the same in its metadata, so that the layer which it was made of can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from osgeo import gdal

from ..backend.gdal_messages import quiet
from ..backend.source import Kind
from ..options.layer_options import LayerOptions, UnknownVersionError
from ..service.address import ServiceAddress, parse_web_address
from ..service.errors import ImageServerLayerError
from ..service.json_values import whole_number
from ..translation import tr
from .kind import Provider

_SERVICE, _KIND, _PROVIDER, _OPTIONS = "imageService", "kind", "provider", "options"
# Items of the metadata of a TIFF.
_SERVICE_ITEM, _KIND_ITEM, _OPTIONS_ITEM = (f"IMAGE_SERVER_LAYER_{name}" for name in ("SERVICE", "KIND", "OPTIONS"))
_TIFF, _TIFF_ENDINGS = "GTiff", (".tif", ".tiff")


class OptionsFileError(ImageServerLayerError):
    """The file cannot be read or written, or holds something else."""


@dataclass(frozen=True)
class SavedOptions:
    """What a file holds. `url` is canonical, as `parse_web_address` returns it; kind and provider may be None."""

    url: str
    options: LayerOptions
    kind: Kind | None = None
    provider: Provider | None = None


def saved_text(saved: SavedOptions) -> str:
    """Return the JSON text of what a file holds."""
    document = {_SERVICE: saved.url, _OPTIONS: json.loads(saved.options.to_json())}
    if saved.kind is not None:
        document[_KIND] = saved.kind.value
    if saved.provider is not None:
        document[_PROVIDER] = saved.provider.value
    return json.dumps(document, indent=2) + "\n"


def read_saved(text: str) -> SavedOptions:
    """Read what `saved_text` wrote. The address may be any URL of an image service; a token in it is left out.

    Raises:
        UnknownVersionError: written by a later version of the plugin.
        ValueError: anything else that `saved_text` did not write.
    """
    try:
        document = json.loads(text, parse_int=whole_number)
        # Whoever writes a file by hand may spell the address in any way.
        address, kind, provider = parse_web_address(document[_SERVICE]), document.get(_KIND), document.get(_PROVIDER)
        if not isinstance(address, ServiceAddress):
            raise TypeError
        options = LayerOptions.from_json(json.dumps(document[_OPTIONS]))
        return SavedOptions(
            address.url, options, None if kind is None else Kind(kind), None if provider is None else Provider(provider)
        )
    except UnknownVersionError:
        raise
    except (KeyError, TypeError, AttributeError, RecursionError, ImageServerLayerError) as error:
        raise ValueError(str(error)) from error


def metadata_items(url: str, kind: Kind, options_json: str) -> dict[str, str]:
    """Return what a TIFF says of the layer that it was made of, as items of its metadata."""
    return {_SERVICE_ITEM: url, _KIND_ITEM: kind.value, _OPTIONS_ITEM: options_json}


def save_options(path: Path, saved: SavedOptions) -> None:
    """Write a file.

    Raises:
        OptionsFileError: it cannot be written.
    """
    try:
        path.write_text(saved_text(saved), encoding="utf-8")
    except OSError as error:
        text = tr("The file {path} cannot be written: {reason}")
        raise OptionsFileError(text.format(path=path, reason=error.strerror)) from error


def load_options(path: Path) -> SavedOptions:
    """Read a file: what `save_options` wrote, or a TIFF that was exported.

    Raises:
        OptionsFileError: it cannot be read, or holds something else.
        UnknownVersionError: it was written by a later version of the plugin.
    """
    try:
        is_tiff = path.suffix.lower() in _TIFF_ENDINGS
        return read_saved(_text_in_tiff(path) if is_tiff else path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        text = tr("The file {path} cannot be read: {reason}")
        raise OptionsFileError(text.format(path=path, reason=error.strerror)) from error
    except ValueError as error:
        text = tr("The file {path} does not hold options of an image server layer; choose another one.")
        raise OptionsFileError(text.format(path=path), str(error)) from error


def _text_in_tiff(path: Path) -> str:
    """Return what the metadata of a TIFF say as the text of a file of options.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no TIFF, or was not made by an export.
    """
    with path.open("rb"), quiet():
        try:
            # No sibling files, as they may be anybody's.
            data = gdal.OpenEx(str(path), gdal.OF_RASTER, [_TIFF], [], [path.name])
        except RuntimeError as error:
            raise ValueError(str(error)) from error
        found: Mapping[str, str] = {} if data is None else data.GetMetadata()
    try:
        options = json.loads(found[_OPTIONS_ITEM], parse_int=whole_number)
        return json.dumps({_SERVICE: found[_SERVICE_ITEM], _KIND: found[_KIND_ITEM], _OPTIONS: options})
    except (KeyError, RecursionError) as error:
        raise ValueError(str(error)) from error
