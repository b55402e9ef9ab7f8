"""What was identified at a point, in words: for QGIS' Identify Results as text or HTML."""

from __future__ import annotations

from collections.abc import Sequence

from ..backend.source import Kind, LayerSource
from ..service.attribute_table import AttributeTableRow
from ..service.multidimensional import variable_of_rule
from ..translation import tr
from .identify import Identified, Values


def in_text(
    details: Identified, classes: Sequence[AttributeTableRow] = (), variable: str = ""
) -> list[tuple[str, str]]:
    """Return label and value, as plain text, of everything that was identified.

    `classes` are those of the layer, by which its values have names. `variable` is what the values are of, with its
    unit; empty for none.
    """
    rows = [(tr("Value"), _listed(details.values))]
    if variable:
        rows.append((tr("Variable"), variable))
    names = {row.value: row.label for row in classes}
    named = [names[value] for value in details.values if value is not None and names.get(value)]
    if named:
        rows.append((tr("Class"), ", ".join(named)))
    if details.raw_values != details.values:
        rows.append((tr("Value before processing"), _listed(details.raw_values)))
    for raster in details.rasters:
        label = tr("Raster {id}").format(id="" if raster.id is None else raster.id).strip()
        rows.append((label, " ".join(filter(None, (raster.name, f"({_listed(raster.values)})")))))
    return rows


def variable_shown(source: LayerSource) -> str:
    """Return what the values of a multidimensional service are of, with their unit; empty for any other layer."""
    is_one = source.kind is Kind.VALUES and len(source.bands) == 1
    return source.bands[0].name if is_one and variable_of_rule(source.mosaic_rule) else ""


def _listed(values: Values) -> str:
    return ", ".join(tr("no data") if value is None else f"{value:.15g}" for value in values)
