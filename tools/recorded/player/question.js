// A question to predict: press a choice, then Reveal. The reason of the chosen one comes first, then the right one with
// its own, in the words of lectureutils/live/predict.py. Without this script the page shows the choices as text.

// Make all questions in `root` answerable. `memory` knows what was chosen before, by question, and keeps what is chosen.
export function openQuestions(root = document, memory = { before: {}, keep() {} }) {
  for (const form of root.querySelectorAll("form.lu-question:not([data-open])")) open(form, memory);
}

// Say the answer of a question: whether the reader was right, if there is a choice, and why.
// A deck says it with the arrow key, where a class has voted and nobody pressed anything.
export function reveal(form) {
  const chosen = form.querySelector("input:checked")?.value;
  const { right } = form.dataset;
  const said = chosen === undefined || chosen === right ? [] : [reason(form, chosen, "✗ Your answer")];
  form.querySelector("[role=status]").replaceChildren(...said, reason(form, right, "✓ Right"));
}

// Take back what was said.
export function conceal(form) {
  form.querySelector("[role=status]").replaceChildren();
}

function open(form, memory) {
  form.dataset.open = "";
  const button = form.querySelector(".lu-reveal");
  const asked = form.querySelector("legend").textContent;
  for (const pressed of [button, ...form.querySelectorAll("input")]) pressed.hidden = false;
  form.querySelector(".lu-reasons").hidden = true;
  form.addEventListener("change", () => {
    button.disabled = false;
    conceal(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    reveal(form);
    const choice = form.querySelector("input:checked");
    if (choice) memory.keep(asked, words(choice)); // a deck reveals without one, too
  });
  const before = [...form.querySelectorAll("input")].find((input) => words(input) === memory.before[asked]);
  if (!before) return;
  before.checked = true;
  button.disabled = false;
  reveal(form);
}

const words = (input) => input.closest("label").querySelector("span").textContent;

function reason(form, number, verdict) {
  const choice = words(form.querySelector(`input[value="${number}"]`));
  const line = document.createElement("span");
  const opening = line.appendChild(document.createElement("b"));
  opening.textContent = `${verdict}: ${choice}.`;
  line.append(" ", form.querySelectorAll(".lu-reasons p > span")[number].textContent);
  return line;
}
