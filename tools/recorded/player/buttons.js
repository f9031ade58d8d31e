// The buttons of a recorded figure, with the words and icons that they have in the notebook.
import { LIVE_ONLY } from "./controls.js";
import { element, icon } from "./dom.js";

// `acts` are what is done for each kind of button; `note` is the id of what says why some are asleep.
export function makeButton(told, acts, note) {
  const act = told.recorded !== false && acts[told.kind];
  const asleep = act ? {} : { disabled: true, title: LIVE_ONLY, "aria-describedby": note };
  const words = element("span", {}, told.label);
  const button = element("button", { type: "button", title: told.name, ...asleep }, icon(told.icon), words);
  if (act) button.addEventListener("click", () => act(told));
  return {
    button,
    look(label, name, title) {
      words.textContent = label;
      button.title = title;
      button.querySelector(".lu-icon")?.replaceWith(icon(name));
    },
  };
}
