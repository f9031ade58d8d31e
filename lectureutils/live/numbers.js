// What a typed text says as a number, and whether a control can take it: the same in the notebook and on a page.

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/; // 1,250 may be 1250 or 1.25

// The number that a text says, with a point or a comma; NaN if it says none, or may say two.
export function numberIn(words) {
  const plain = words.trim().replace(/[\u2212\u2013]/g, "-");
  const point = plain.replace(",", ".");
  return NUMBER.test(point) && !THOUSANDS.test(plain) ? Number(point) : NaN;
}

// The number that a control takes for a text; throws what is wrong with it. The control takes `low`, `high` and the
// numbers of `near(number)`, the ones just below and just above; `shown` is what its box shows for a number, and
// `places` what lies between are called.
export function takenFor(words, { low, high, near, shown, whole = false, places }) {
  const number = numberIn(words);
  const around = near(number);
  const isMeant = (it) => it === number || numberIn(shown(it)) === number; // what a box shows is rounded
  const taken = [low, high, ...around].find(isMeant) ?? (around[0] === around[1] ? around[0] : NaN);
  const fits = !whole || Number.isInteger(number);
  if (fits && taken >= low && taken <= high) return taken;

  const got = `${words.trim() || "nothing"}${THOUSANDS.test(words.trim()) ? ", which can be read in two ways" : ""}`;
  if (fits && number > low && number < high) {
    const [below, above] = around.map(shown);
    throw new Error(`got ${got}, which is between two ${places}; expected ${below} or ${above}`);
  }
  throw new Error(`got ${got}; expected a ${whole ? "whole " : ""}number from ${shown(low)} to ${shown(high)}`);
}
