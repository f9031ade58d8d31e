// Elements with their attributes and what is in them.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== ""));
  return node;
}

export const SHAPES = {
  undo: "M5 2v4h4M5 6a5.5 5.5 0 1 1-1.4 5.5",
  "fast-backward": "M8 3 3 8l5 5zM14 3 9 8l5 5z",
  "step-forward": "M4 3l6 5-6 5zM12 3v10",
  play: "M4 2.5 13 8l-9 5.5z",
  pause: "M4.5 3v10M11.5 3v10",
  plus: "M8 3v10M3 8h10",
  trash: "M3 4.5h10M6 4V2.5h4V4M4.5 4.5 5 13.5h6l.5-9",
  table: "M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.75h11M7 3v10",
  more: "M3 8h.01M8 8h.01M13 8h.01",
};

// The icons that Jupyter's buttons have, by the same names; nothing where there is none.
export function icon(name) {
  if (!SHAPES[name]) return "";
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("lu-icon", `lu-icon-${name}`);
  svg.append(document.createElementNS(space, "path"));
  svg.firstChild.setAttribute("d", SHAPES[name]);
  return svg;
}
