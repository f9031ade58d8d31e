// A recording: where its controls can stand, and what is seen there. A state is a position of every control, by name.

// The place of a state in the list of a table, which goes through the positions of its axes row by row.
function indexIn({ controls }, { axes }, state) {
  return axes.reduce((index, id) => index * controls[id].shown.length + state[id], 0);
}

// What a table has for the controls of `wanted`, the others left where they are as far as it can; null if it has nothing.
// A run that has ended earlier is at its last step.
function within(recording, table, wanted, from) {
  const { controls, start } = recording;
  const isAxis = (id) => table.axes.includes(id);
  const state = { ...start, ...table.at };
  for (const id of table.axes) state[id] = wanted[id] ?? from[id];
  if (Object.keys(wanted).some((id) => state[id] !== wanted[id])) return null;
  if (table.axes.some((id) => !(state[id] in controls[id].shown))) return null; // beyond an end

  const steps = table.axes.find((id) => controls[id].kind === "steps" && !(id in wanted) && isAxis(id));
  const frame = () => table.states[indexIn(recording, table, state)];
  while (!frame() && steps && state[steps] > 0) state[steps] -= 1;
  return frame() ? { state, frame: frame() } : null;
}

// The recorded state with the controls of `wanted` where it says and as few others as can be moved away from `from`,
// with its frame and the names of those others; null if nothing was recorded there.
export function reach(recording, wanted, from) {
  let best = null;
  for (const table of recording.tables) {
    const found = within(recording, table, wanted, from);
    if (!found) continue;
    const moved = Object.keys(found.state).filter((id) => !(id in wanted) && found.state[id] !== from[id]);
    if (!best || moved.length < best.moved.length) best = { ...found, moved };
    if (!moved.length) break;
  }
  return best;
}

// As `reach`, where not all that is wanted was recorded together: the later ones of `wanted` have their way.
export function approach(recording, wanted, from) {
  const at_once = reach(recording, wanted, from);
  if (at_once) return at_once;
  let found = null, state = from;
  for (const [id, position] of Object.entries(wanted)) {
    const next = reach(recording, { [id]: position }, state);
    if (next) [found, state] = [next, next.state];
  }
  return found && { ...found, moved: Object.keys(state).filter((id) => state[id] !== (wanted[id] ?? from[id])) };
}

// What a state is called by those who did not record it: the number, the words, or on and off of each input, or else the
// run and how far it has come.
export function placeOf({ controls }, state) {
  if (controls.chunk?.kind === "steps") return { run: controls.run.shown[state.run], chunk: state.chunk };
  const value = { slider: ({ values }, at) => values[at], toggle: (_, at) => at === 1, choice: ({ shown }, at) => shown[at] };
  return Object.fromEntries(Object.entries(state).map(([id, at]) => [id, value[controls[id].kind](controls[id], at)]));
}

// The positions of a control in the order in which a hand at `here` may come to them.
export function nearestFirst(count, here) {
  const all = Array.from({ length: count }, (_, position) => position);
  return all.sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
}

// The position where a control shows this text, or else the one with the nearest number; -1 if there is none.
export function positionOf({ shown, values }, text, number) {
  const exact = shown.indexOf(text);
  if (exact >= 0 || !values || Number.isNaN(number)) return exact;
  return nearestFirst(values.length, 0).reduce((best, at) => (
    Math.abs(values[at] - number) < Math.abs(values[best] - number) ? at : best), 0);
}
