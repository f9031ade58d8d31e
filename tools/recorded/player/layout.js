// Where the controls stand: the rows, columns and grids that they have in the notebook.
import { element } from "./dom.js";

// Build a tree of {column}, {row}, {grid, columns}, {label}, {control} and {button}; `leaf` makes the last two.
export function build(tree, leaf) {
  const inside = (parts) => parts.map((part) => build(part, leaf));
  if (tree.column) return element("div", { class: "lu-column" }, ...inside(tree.column));
  if (tree.row) return element("div", { class: "lu-controls" }, ...inside(tree.row));
  if (tree.grid) {
    const grid = element("div", { class: "lu-matrix" }, ...inside(tree.grid.flat()));
    grid.style.gridTemplateColumns = tree.columns;
    return grid;
  }
  if ("label" in tree) return element("span", { class: "lu-label" }, tree.label);
  return leaf(tree);
}
