import { walkFigures } from "./walk.js";

// Keys that are pressed in a control stay there. JupyterLab has a command for nearly every letter: an x on a slider's
// handle would cut the cell with its figure, an ArrowDown in a dropdown go on to the next cell.

// What is meant for JupyterLab, wherever the focus is: to save (Ctrl+S), to run the cell and go on.
const isCommand = ({ ctrlKey, metaKey, altKey, shiftKey, key }) =>
  ctrlKey || metaKey || altKey || (shiftKey && key === "Enter");

// Keep the keys of whatever has the focus in the `box` (a selector) around `el`; return what ends it. Escape leads from
// there to the cell, where keys are JupyterLab's again, and F8 from wherever the focus is to the next figure.
// JupyterLab asks the element that has the focus, and no container of it. It listens at the document: the window hears
// of a key before.
export function keepKeys(el, box) {
  const claim = (event) => {
    walkFigures(event);
    if (!el.closest(box)?.contains(event.target)) return;
    if (event.key === "Escape") return leave(event);
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !isCommand(event));
  };
  window.addEventListener("keydown", claim, true);
  return () => window.removeEventListener("keydown", claim, true);
}

function leave(event) {
  const cell = event.target.closest(".jp-Cell, .cell");
  if (!cell) return event.target.blur();
  if (!cell.hasAttribute("tabindex")) cell.tabIndex = -1;
  cell.focus({ preventScroll: true });
  event.stopPropagation();
}
