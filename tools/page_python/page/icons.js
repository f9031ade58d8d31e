// The icons of Jupyter's buttons, by the same names and with the same lines as those of a recorded figure.
import { SHAPES } from "../../recorded/player/dom.js";

const FILLED = new Set(["play", "step-forward", "fast-backward"]);

// Put them into the page as a style sheet: each a mask in the colour of the text.
export function addIcons() {
  const rules = Object.entries(SHAPES).map(([name, shape]) => {
    const fill = FILLED.has(name) ? "black" : "none";
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${shape}" fill="${fill}" `
      + `stroke="black" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
    return `.lu-outputs .fa-${name} { --lu-icon: url("data:image/svg+xml,${encodeURIComponent(svg)}"); }`;
  });
  document.head.append(Object.assign(document.createElement("style"), { textContent: rules.join("\n") }));
}
