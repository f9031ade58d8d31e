// The page side of a predict question: nothing to see. Its choices and its button keep their keys, its choices are one
// group with the question as its name, and its outcome is said.
import { keepKeys } from "./keys.js";
import { whenOnPage } from "./page.js";

let count = 0;

function describe(box) {
  const [asked, choices, , outcome] = box.children;
  asked.id = `lu-question-${++count}`;
  choices.setAttribute("role", "radiogroup");
  choices.setAttribute("aria-labelledby", asked.id);
  choices.removeAttribute("title"); // the question once more
  for (const choice of choices.querySelectorAll("input")) choice.name = asked.id; // for Tab they are one stop
  outcome.setAttribute("role", "status");
}

function render({ el }) {
  const freeKeys = keepKeys(el, ".lu-predict");
  const leave = whenOnPage(el, ".lu-predict", describe);
  return () => [freeKeys, leave].forEach((end) => end());
}

export default { render };
