// A finger that comes down on something it can hold drags it; anywhere else it scrolls the page, as on any picture.

const NEAR = 24; // px: a finger covers what it aims at

// Say whether what `holds` tells of is near a place (x, y) of a picture of some width and height, in px from its lower
// left corner.
export function isHeld({ spots = [], lines = [], pads = [] }, [x, y], width, height) {
  const far = (a, b) => Math.hypot(x - a * width, y - b * height);
  const fromLine = ([a, b, c, d]) => {
    const [across, up] = [(c - a) * width, (d - b) * height];
    const along = ((x - a * width) * across + (y - b * height) * up) / (across ** 2 + up ** 2 || 1);
    const share = Math.min(Math.max(along, 0), 1);
    return far(a + share * (c - a), b + share * (d - b));
  };
  return spots.some(([a, b]) => far(a, b) < NEAR) || lines.some((line) => fromLine(line) < NEAR / 2)
    || pads.some(([a, b, c, d]) => x > a * width && x < c * width && y > b * height && y < d * height);
}
