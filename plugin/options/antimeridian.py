"""Whether an area lies on both sides of the antimeridian, where most maps of the world begin and end."""

from __future__ import annotations

from collections.abc import Sequence


def lies_on_both_sides(positions: Sequence[float], world_width: float) -> bool:
    """Whether an area crosses the edge of the map, so that its bounding box would be a band around the Earth.

    An area around a pole, or one as wide as the world, really is such a band.

    Args:
        positions: x of points along the edge of the area, once around it and back to the first, in the CRS of the map;
            no two that follow one another are half a world apart on the ground.
        world_width: how far apart the left and the right edge of the map are, in the same unit: 360 in degrees.
    """
    steps = [after - before for before, after in zip(positions, positions[1:])]
    # A jump from one edge of the map to the other is a step across the edge.
    jumps = [round(step / world_width) for step in steps]
    if not any(jumps):
        return False
    gone, places = 0.0, [0.0]
    for step, jump in zip(steps, jumps):
        gone += step - jump * world_width
        places.append(gone)
    # A way around a pole also is as long as the world is wide.
    return max(places) - min(places) < world_width * (1 - 1e-9)
