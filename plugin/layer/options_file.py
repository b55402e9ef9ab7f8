"""Options in a file, to be kept and handed on: JSON with the address of the service, and nothing secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..backend.source import Kind
from ..options.layer_options import LayerOptions, UnknownVersionError
from ..service.address import ServiceAddress, parse_web_address
from ..service.errors import ImageServerLayerError
from ..service.json_values import whole_number
from ..translation import tr
from .kind import Provider

_SERVICE, _KIND, _PROVIDER, _OPTIONS = "imageService", "kind", "provider", "options"


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
    """Read a file.

    Raises:
        OptionsFileError: it cannot be read, or holds something else.
        UnknownVersionError: it was written by a later version of the plugin.
    """
    try:
        return read_saved(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        text = tr("The file {path} cannot be read: {reason}")
        raise OptionsFileError(text.format(path=path, reason=error.strerror)) from error
    except ValueError as error:
        text = tr("The file {path} does not hold options of an image server layer; choose another one.")
        raise OptionsFileError(text.format(path=path), str(error)) from error
