// What a screen reader says: the sentence, once the hand rests, and not 40 times a second.

const QUIET = 500; // ms

// The region, below `parent`, that screen readers listen to and nobody sees.
export function makeRegion(parent) {
  const region = parent.appendChild(document.createElement("p"));
  region.className = "lu-said";
  region.setAttribute("role", "status");
  return region;
}

// Let a region speak; a later sentence takes the place of one that is not said yet. `known` is what was there at first:
// a page with thirty figures must not read out thirty sentences.
export function makeVoice(region, known = "") {
  let timer = null, said = known;
  return (sentence, again = false) => {
    clearTimeout(timer);
    if (sentence === said && !again) return;
    timer = setTimeout(() => (region.textContent = said = sentence), QUIET);
  };
}
