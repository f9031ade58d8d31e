"""Read a recording back: its states as pixels, painted as the player paints them."""

import json
from base64 import b64decode
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tools.recorded.pictures import decode

Place = dict[str, int]


class Recording:
    """A recording as `told`, what stands in its script."""

    def __init__(self, told: dict[str, Any]):
        self.told = told

    @classmethod
    def read(cls, path: Path) -> "Recording":
        """Read the script of a recording. Raises ValueError where the file is none."""
        head, _, rest = path.read_text(encoding="utf-8").partition("(")
        try:
            if head != "lectureutilsRecording" or not rest.endswith(")\n"):
                raise ValueError("it has no beginning or no end")
            return cls(json.loads(rest[:-2]))
        except ValueError as error:
            raise ValueError(f"{path} is no recording: {error}. Remove it and record anew (make recordings)") from error

    @cached_property
    def _decoded(self) -> dict[int, np.ndarray]:
        return {}

    def places(self) -> Iterator[tuple[Place, list]]:
        """Give each recorded place, as positions of all controls, with its state; some come twice."""
        for table in self.told["tables"]:
            sizes = [len(self.told["controls"][key]["shown"]) for key in table["axes"]]
            for positions, state in zip(np.ndindex(*sizes), table["states"], strict=True):
                if state:
                    yield self.told["start"] | table["at"] | dict(zip(table["axes"], positions, strict=True)), state

    def sentence(self, state: list) -> str:
        """Return the sentence of a state."""
        return self.told["sentences"][state[0]]

    def pixels(self, state: list) -> np.ndarray:
        """Paint a state: uint8 (height, width, 3)."""
        frame = self._picture(0)[..., :3].copy()
        for number, x, y in state[1]:
            patch = self._picture(number)
            there = frame[y : y + len(patch), x : x + patch.shape[1]]
            alpha = patch[..., 3:].astype(np.uint16)
            there[:] = (patch[..., :3] * alpha + there * (255 - alpha) + 127) // 255
        return frame

    def _picture(self, number: int) -> np.ndarray:
        if number not in self._decoded:
            if len(self._decoded) > 60:
                self._decoded.clear()
            self._decoded[number] = decode(b64decode(self.told["pictures"][number]))
        return self._decoded[number]

    def line(self, key: str) -> list[list]:
        """Return the states in which one control moves and the others stand as at the start."""
        start = self.told["start"]
        found = {}
        for place, state in self.places():
            if all(position == start[other] for other, position in place.items() if other != key):
                found[place[key]] = state
        return [found[position] for position in sorted(found)]

    def sweeps(self, key: str) -> bool:
        """Say whether a control moves alone in this recording."""
        return key in self.told["start"] and len(self.line(key)) > 1

    def sweep(self, key: str) -> list[np.ndarray]:
        """Paint the states of one control that moves alone."""
        return [self.pixels(state) for state in self.line(key)]
