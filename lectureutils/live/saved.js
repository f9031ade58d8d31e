// What stands in for a live figure in a notebook that was saved and is opened again: JupyterLab has lost the figure with
// its kernel, and would only say so. This runs as an output of its own, just before the view of the figure, and hides.

const LOADING = "Loading widget..."; // what JupyterLab shows until it knows whether the figure is there
const LATE = 3000; // ms; without a kernel it never knows

// `script` is the element that runs this; `saved` is what lectureutils/live/saved.py says.
export function standIn(script, saved) {
  const own = script.closest(".jp-OutputArea-child");
  if (!own) return;
  own.style.display = "none";
  if (!own.closest(".jp-NotebookPanel")) return; // a page made from a notebook shows the picture by itself
  const view = () => own.nextElementSibling?.querySelector(":scope > .jp-OutputArea-output");
  if (view()) return watch(view(), saved, true);
  const coming = new MutationObserver(() => { // the cell is running now: the view comes later
    if (!view()) return;
    coming.disconnect();
    watch(view(), saved, false);
  });
  coming.observe(own.parentElement, { childList: true });
}

// Replaces a message that stands alone in the place of the view. A live figure is left alone, and takes the place back.
function watch(place, saved, opened) {
  let late = false;
  const mend = () => {
    if (place.firstElementChild) return;
    const failed = place.classList.contains("jupyter-widgets");
    if (failed || (late && place.textContent === LOADING)) place.replaceChildren(made(saved));
  };
  new MutationObserver(mend).observe(place, { childList: true });
  mend();
  if (opened) setTimeout(() => mend((late = true)), LATE);
}

function made({ text, how, picture, size, scale, styles }) {
  const add = (to, kind, className, words = "") => {
    const node = to.appendChild(document.createElement(kind));
    node.className = className;
    node.textContent = words;
    return node;
  };
  const all = document.createElement("div");
  all.className = "lu-saved";
  add(all, "style", "", styles);
  const card = add(all, "div", picture ? "lu-card" : "");
  if (picture) {
    const [width, height] = size;
    card.style.maxWidth = `${width}px`;
    Object.assign(add(card, "img", ""), { src: picture, alt: text, width, height });
  }
  add(card, "p", picture ? "lu-line" : "", text).style.fontSize = picture ? `${15 * scale}px` : "";
  add(all, "p", "lu-how", how);
  return all;
}
