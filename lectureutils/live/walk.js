// From figure to figure by one key: F8 is a command of neither JupyterLab, Notebook, a browser nor a screen reader.

const isSeen = (node) => node.checkVisibility({ visibilityProperty: true });

// A live one and a recorded one: a page of the site may have both.
const FIGURES = ".lu-figure, figure.lu-recorded";

// Let F8 lead to the picture of the next figure, with Shift to the one before, round and round.
// A page with many figures may hear of one key as often.
export function walkFigures(event) {
  if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const all = [...document.querySelectorAll(FIGURES)].filter(isSeen);
  if (!all.length) return;
  // Who has left a figure for its cell, or for the page, goes on from that figure, and not into it again.
  const last = document.querySelector("[data-lu-last]");
  const here = last && document.activeElement.contains(last) ? last : document.activeElement;
  const where = (node) => here.compareDocumentPosition(node);
  const isAfter = (node) => where(node) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isBefore = (node) => !isAfter(node) && !node.contains(here);
  const to = event.shiftKey ? all.findLast(isBefore) ?? all.at(-1) : all.find(isAfter) ?? all[0];
  last?.removeAttribute("data-lu-last");
  to.setAttribute("data-lu-last", "");
  const picture = to.querySelector("canvas, img") ?? to;
  picture.tabIndex = -1;
  picture.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
  event.preventDefault();
}
