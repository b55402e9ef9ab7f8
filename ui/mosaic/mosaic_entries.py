"""The entries of the form's lists for mosaics, each a text and a value. The first one is always the service default."""

from __future__ import annotations

from typing import Any

from ...plugin.options.check import orderable_fields
from ...plugin.options.wording import direction_label, method_label, operation_label
from ...plugin.service.image_service import Mosaic
from ...plugin.service.vocabulary import MosaicMethod, MosaicOperation
from ...plugin.translation import tr
from .mosaic_texts import service_default

Entries = list[tuple[str, Any]]


def method_entries(mosaic: Mosaic, chosen: MosaicMethod | None) -> Entries:
    """Return the methods that the service allows, and the chosen one, which may come from another service."""
    allowed = mosaic.allowed_methods or tuple(MosaicMethod)
    own = method_label(mosaic.default_method) if mosaic.default_method else ""
    offered = (method for method in MosaicMethod if method is chosen or method in allowed)
    return [(service_default(own), ""), *((method_label(method), method.value) for method in offered)]


def operation_entries(mosaic: Mosaic) -> Entries:
    """Return all mosaic operators."""
    own = operation_label(mosaic.operation) if mosaic.operation else ""
    return [(service_default(own), ""), *((operation_label(each), each.value) for each in MosaicOperation)]


def direction_entries() -> Entries:
    """Return both sort orders."""
    return [(service_default(), None), *((direction_label(value), value) for value in (True, False))]


def order_field_entries(mosaic: Mosaic, chosen: str) -> Entries:
    """Return the fields by which rasters can be ordered, and the chosen one, which may be another."""
    default = service_default(mosaic.sort_field) if mosaic.sort_field else tr("Choose a field")
    entries: Entries = [(default, "")]
    for field in orderable_fields(mosaic.fields):
        entries.append((field.name if field.alias == field.name else f"{field.alias} ({field.name})", field.name))
    if chosen not in (value for _, value in entries):
        entries.append((chosen, chosen))
    return entries
