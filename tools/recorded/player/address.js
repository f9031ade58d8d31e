// Links to a state: #surface?step=7&W[0,1]=0.3 names a figure and what its controls show.
import { numberIn } from "../../../lectureutils/live/numbers.js";
import { positionOf } from "./recording.js";

// The figure's id and the shown values that an address names, or null where it names no state.
export function stateIn(hash) {
  const [id, query] = hash.replace(/^#/, "").split(/\?(.*)/s);
  if (query === undefined) return null;
  return { id: decodeURIComponent(id), values: [...new URLSearchParams(query)] };
}

// The address of a state: what differs from the figure's start.
export function addressOf(id, { controls, start }, state) {
  const moved = Object.keys(state).filter((name) => state[name] !== start[name]);
  const query = new URLSearchParams(moved.map((name) => [name, controls[name].shown[state[name]]]));
  return `${window.location.href.split("#")[0]}#${encodeURIComponent(id)}${moved.length ? `?${query}` : ""}`;
}

// The positions that shown values stand for, and words on those that are not recorded.
export function positionsOf(values, { controls }) {
  const wanted = {}, missing = [];
  for (const [name, text] of values) {
    const control = controls[name];
    const isKnown = control && control.recorded !== false;
    const position = isKnown ? positionOf(control, text, numberIn(text)) : -1;
    if (position >= 0) wanted[name] = position;
    if (position < 0) missing.push(`${name} = ${text} is not recorded.`);
    else if (numberIn(control.shown[position]) !== numberIn(text) && control.shown[position] !== text) {
      missing.push(`${name} = ${text} is not recorded; this is the nearest, ${control.shown[position]}.`);
    }
  }
  return { wanted, words: missing.join(" ") };
}
