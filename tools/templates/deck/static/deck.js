// A deck's keys, and what stands on its slides: figures that are walked through step by step, questions, controls.
/* global Reveal */

const interactive = ".lu-recorded, .lu-question, .lu-tally";
const isPrinted = /[?&](print-pdf|view=print)/.test(window.location.search);
const positions = new WeakMap(); // of the control that the arrow keys walk, for each stage

// On paper every figure is its picture: the player, which comes after this script, shall not find one.
if (isPrinted) for (const figure of document.querySelectorAll(".lu-recorded")) figure.className = "lu-picture";

// A figure that is walked stands where its fragments say.
function walk(stage) {
  const steps = [...stage.querySelectorAll(".fragment")];
  const at = steps.filter((step) => step.classList.contains("visible")).length;
  if (!steps.length || positions.get(stage) === at) return;
  const detail = { [steps[0].dataset.control]: at };
  stage.querySelector("figure").dispatchEvent(new CustomEvent("lu-go", { detail }));
}

// Let the slide that is shown say what its fragments say. They change in many ways (a key, a link, the overview, the
// speaker's window), so what is seen is read off them anew, and never counted along.
function follow() {
  for (const stage of Reveal.getCurrentSlide().querySelectorAll(".stage")) walk(stage);
  for (const said of Reveal.getCurrentSlide().querySelectorAll(".lu-question .fragment.visible:empty")) {
    answer(said.closest("form"));
  }
}

const answer = (form) => "open" in form.dataset && form.requestSubmit();
const answerAll = () => document.querySelectorAll(".lu-question").forEach(answer);

// A link to a state of a figure (#surface?step=7) shows the figure's slide, and the player does the rest.
function turnToState(hash) {
  const [id, state] = hash.slice(1).split("?");
  const stage = state && document.getElementById(decodeURIComponent(id))?.closest(".stage");
  if (!stage) return;
  const { h, v } = Reveal.getIndices(stage.closest("section"));
  Reveal.slide(h, v, (positions.get(stage) ?? 0) - 1);
}

// The deck writes an address of its own over one that it does not know: what it was is kept, and comes after.
const { hash: opened } = window.location;
Reveal.on("ready", () => turnToState(opened));
window.addEventListener("hashchange", ({ newURL }) => setTimeout(() => turnToState(new URL(newURL).hash)));
for (const event of ["ready", "slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, follow);
Reveal.on("pdf-ready", answerAll);
window.addEventListener("beforeprint", answerAll);

document.addEventListener("lu-ready", ({ target }) => {
  const stage = target.closest(".stage");
  if (stage) walk(stage);
});

// The hand has moved a figure: the next arrow goes on from there.
document.addEventListener("lu-moved", ({ target, detail: { state } }) => {
  const stage = target.closest(".stage");
  const step = stage?.querySelector(".fragment");
  if (!step) return;
  positions.set(stage, state[step.dataset.control]);
  if (Reveal.getCurrentSlide()?.contains(stage)) Reveal.navigateFragment(positions.get(stage) - 1);
});

// Whoever presses Reveal has shown what the next key would have.
document.addEventListener("submit", ({ target }) => {
  const said = target.querySelector(".fragment:not(.visible)");
  if (said && Reveal.getCurrentSlide()?.contains(said)) Reveal.nextFragment();
});

// Keys of a control stay in it, but for those that a remote control of slides sends; Escape leaves it.
// The deck's own listener stands at the document, and passes over what happens in an input.
const remote = new Set(["PageDown", "PageUp"]);
document.querySelector(".slides").addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.closest(interactive)) return;
  const leaves = remote.has(key) || key === "Escape" || (key === " " && target.type === "range");
  if (!leaves) return event.stopPropagation();
  event.preventDefault();
  target.blur();
  if (key === "Escape") event.stopPropagation();
});

// A button that was clicked, and not pressed by a key, gives the keys back to the deck: the next space goes on.
document.addEventListener("click", ({ target, detail }) => {
  const pressed = target.closest("button, [type=radio], [type=checkbox]");
  if (detail > 0 && pressed?.closest(interactive)) pressed.blur();
});
