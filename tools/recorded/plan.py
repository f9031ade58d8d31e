"""Which states of a figure are recorded: small combinations in full, of larger ones one control at a time.

A table stands around a place, a position of every control: the start, or what a preset leads to. Its axes are the
controls that move; the others stay where they are.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple

Place = dict[str, int]  # a position of every recorded control

FULL = 300  # states of all controls together that are recorded in full
PAIR = 320  # states of choices and a slider, or of two short sliders
SHORT = 15  # positions of a short slider
CORNERS = 12  # combinations of presets that set different controls


class Table(NamedTuple):
    """States around a place; those that are not `needed` are left out where they would make a recording too long."""

    at: Place
    axes: tuple[str, ...]
    needed: bool


def tables(
    start: Place, presets: Sequence[Place], sizes: Mapping[str, int], sliders: Sequence[str], handles: Sequence[tuple]
) -> list[Table]:
    """Give the tables of a figure, the most important first.

    `presets` are the positions that they set, `sizes` the numbers of positions of the controls; `sliders` are those
    that are no choices, `handles` the pairs that the pointer moves together.
    """
    moving = {key: size for key, size in sizes.items() if size > 1}
    if prod(moving.values()) <= FULL:
        return [Table(start, tuple(sorted(moving, key=lambda key: moving[key])), True)]
    corners = list(_corners(start, presets))
    found = [Table(start, (key,), True) for key in moving]
    found += [Table(corner, (), True) for corner in corners]
    choices = [key for key in moving if key not in sliders]
    pairs = [(one, other) for one in choices for other in moving if other in sliders]
    pairs += itertools.combinations(choices, 2)
    pairs += [pair for pair in itertools.combinations(sliders, 2) if all(1 < sizes[key] <= SHORT for key in pair)]
    size = {pair: prod(moving[key] for key in pair) for pair in pairs}
    found += [Table(start, pair, False) for pair in sorted(pairs, key=lambda pair: size[pair]) if size[pair] <= PAIR]
    found += [Table(corner, (key,), False) for corner in corners for key in moving]
    for key in sliders:
        if len(choices) > 1 and moving.get(key) and prod(moving[it] for it in (*choices, key)) <= PAIR:
            found.append(Table(start, (*choices, key), False))
    found += [Table(start, pair, False) for pair in handles if len(pair) == 2]
    return found


def _corners(start: Place, presets: Sequence[Place]) -> Iterator[Place]:
    """Give the places that presets lead to; those that set different controls are combined, if they are few."""
    groups: dict[tuple[str, ...], list[Place]] = {}
    for goes in presets:
        groups.setdefault(tuple(sorted(goes)), []).append(goes)
    apart = all(set(one).isdisjoint(other) for one, other in itertools.combinations(groups, 2))
    if apart and len(groups) > 1 and prod(len(group) + 1 for group in groups.values()) <= CORNERS:
        ways = itertools.product(*([{}, *group] for group in groups.values()))
        found = [{key: position for goes in way for key, position in goes.items()} for way in ways]
    else:
        found = list(presets)
    seen = [start]
    for goes in found:
        if (place := start | goes) not in seen:
            seen.append(place)
            yield place


def covered(table: Table, others: Sequence[Table]) -> bool:
    """Say whether another table has all the states of a table."""
    return any(
        other is not table
        and set(table.axes) < set(other.axes)
        and all(other.at[key] == position for key, position in table.at.items() if key not in other.axes)
        for other in others
    )


def places(table: Table, sizes: Mapping[str, int]) -> Iterator[Place]:
    """Go through the places of a table, the last axis fastest."""
    for positions in itertools.product(*(range(sizes[key]) for key in table.axes)):
        yield table.at | dict(zip(table.axes, positions, strict=True))
