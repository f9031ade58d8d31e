// The code on a page of the site: each cell can be edited and run once a reader asks for it, and what was written before
// in this browser stands there again.
import { element } from "./dom.js";
import { written } from "./memory.js";

export function offerCells(notebook, together) {
  if (!together) return;
  const kept = written(notebook);
  for (const input of document.querySelectorAll("div.cell[class*=' tag_lu-'] .cell_input")) {
    const id = /(?:^| )tag_lu-(\S+)/.exec(input.closest("div.cell").className)[1];
    if (id in kept) (input.querySelector("pre") ?? input).textContent = kept[id];
    const button = element("button", { type: "button", class: "lu-edit" }, "Edit and run");
    const said = element("p", { class: "lu-cell-said", role: "status" }, id in kept ? "As you left it." : "");
    const bar = element("div", { class: "lu-cell-bar" }, button, said);
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await (await together.page()).edit(input, bar);
      } catch (error) {
        said.replaceChildren(`It can't be run here: ${error.message}.`, ...(error.way ?? []));
        button.disabled = false;
      }
    });
    input.append(bar);
  }
}
