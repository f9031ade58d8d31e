// The numbers of a picture as small tables below it: the same in the notebook and on a page without a kernel.

function row(kind, cells) {
  const line = document.createElement("tr");
  cells.forEach((text, column) => {
    const isHead = kind === "col" || (column === 0 && cells.length > 1);
    const cell = line.appendChild(document.createElement(isHead ? "th" : "td"));
    if (isHead) cell.scope = kind;
    cell.textContent = text;
  });
  return line;
}

function table([title, heads, rows]) {
  const node = document.createElement("table");
  node.createCaption().textContent = title;
  node.createTHead().append(row("col", heads));
  node.createTBody().append(...rows.map((cells) => row("row", cells)));
  return node;
}

// Make the place for the tables, below `card`, and keep it out of sight until there is something to show.
export function makeTables(card) {
  const region = card.appendChild(document.createElement("div"));
  region.className = "lu-numbers";
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", "Numbers of this picture");
  region.tabIndex = 0; // it scrolls
  region.hidden = true;
  return {
    region,
    // Show tables, each [title, heads, rows], with `note` above them.
    show(tables, note = "") {
      const words = document.createElement("p");
      words.textContent = tables.length ? note : "This picture holds no numbers but those of its sentence.";
      region.replaceChildren(...(words.textContent ? [words] : []), ...tables.map(table));
      region.hidden = false;
    },
    hide() {
      region.hidden = true;
    },
  };
}

// Let the key n press the `button` of a figure, wherever the focus is in it but where n is a letter of a text.
export function pressByKey(root, button) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input:is([type=text], :not([type])), textarea, select, [contenteditable]")) return;
    button()?.click();
    event.preventDefault();
  });
}
