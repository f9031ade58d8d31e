// The number boxes of a figure: the readouts of its sliders, and the boxes of Jupyter for a number alone.
// Left to itself, Jupyter takes 1,5 as 1 and 4.6 as 4 where only whole numbers fit, forgets a minus sign that is typed as
// it is shown (U+2212), and puts what lies beyond an end at that end. Here a text is the number that it says, or it is
// refused in words.
import { takenFor } from "./numbers.js";

const BOXES = ".widget-readout, input.lu-number";
const isReadout = (box) => box.classList.contains("widget-readout");
const text = (box) => (isReadout(box) ? box.textContent : box.value);
const put = (box, words) => (isReadout(box) ? (box.textContent = words) : (box.value = words));

// What a box shows for a number, the control's own by default.
function shown(control, number = control.get("value")) {
  return control.readout_formatter ? control.readout_formatter(number) : String(number);
}

// The number of a control's `min`, `max`, or of what lies between: a log slider counts in exponents.
const outer = (control, inner) => (control.get("base") ? control.get("base") ** inner : inner);
const inner = (control, number) => (control.get("base") ? Math.log(number) / Math.log(control.get("base")) : number);

// The steps of a slider just below and just above a number.
function steps(control, number) {
  const [min, step] = [control.get("min"), control.get("step")];
  const count = Number(((inner(control, number) - min) / step).toFixed(6)); // 2.9999999999999996 is the third
  return [Math.floor(count), Math.ceil(count)].map((whole) => outer(control, Number((min + whole * step).toFixed(12))));
}

// The number that a control takes for a text; throws what is wrong with it.
function accepted(control, words) {
  return takenFor(words, {
    low: outer(control, control.get("min")),
    high: outer(control, control.get("max")),
    near: (number) => (control.readout_formatter ? steps(control, number) : [number, number]),
    shown: (number) => shown(control, number),
    whole: control.get("_model_name").includes("Int"),
    places: "of its steps",
  });
}

// The control that a box belongs to, among those with the `inputs` of a figure.
async function controlOf(box, model) {
  for (const id of model.get("inputs")) {
    const control = await model.widget_manager.get_model(id);
    for (const view of Object.values(control.views ?? {})) if ((await view).el.contains(box)) return control;
  }
  throw new Error("a number box belongs to no control of its figure");
}

function set(control, box, number) {
  control.set("value", number);
  control.save_changes();
  put(box, shown(control));
}

// Read the boxes below `root` in place of Jupyter; `answer` is told why a number is refused, or "" if it is taken.
export function readBoxes(root, model, answer) {
  const edited = new WeakSet();

  const take = async (box) => {
    if (!edited.delete(box)) return;
    const control = await controlOf(box, model);
    const name = box.getAttribute("aria-label");
    try {
      set(control, box, accepted(control, text(box)));
      answer("");
    } catch (error) {
      put(box, shown(control));
      answer(`${name} stays as it is: ${error.message}.`);
    }
  };

  const step = async (box, direction) => {
    await take(box);
    const control = await controlOf(box, model);
    const next = control.get("value") + direction * control.get("step");
    const within = Math.min(Math.max(next, control.get("min")), control.get("max"));
    set(control, box, Number(within.toPrecision(12)));
  };

  const onKey = (event, box) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === "Enter") take(box);
    else if (direction && !isReadout(box)) step(box, direction);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const hear = (event) => {
    const box = event.target;
    if (!(box instanceof Element && box.matches(BOXES)) || event.isComposing) return;
    if (event.type === "keydown") return onKey(event, box);
    if (event.type === "input") edited.add(box);
    else if (event.type !== "keypress" && event.type !== "keyup") take(box);
    event.stopPropagation(); // Jupyter's own reading of the box
  };
  for (const kind of ["keydown", "keypress", "keyup", "input", "change", "blur"]) {
    root.addEventListener(kind, hear, true);
  }
}

// A browser drops letters of a number box that don't fit, a comma or a minus sign among them, and what is left is
// another number. Here the text is judged as a whole.
export function openBoxes(root) {
  for (const box of root.querySelectorAll("input[type=number]")) {
    box.type = "text";
    box.inputMode = "decimal";
    box.classList.add("lu-number");
  }
}

const said = new WeakSet();

// Let a slider say what its box shows: on its own it says 0.10999999999999988, or the exponent of a log slider.
export function sayWhatIsShown(control) {
  const slider = control.querySelector(".noUi-target")?.noUiSlider;
  if (!slider || said.has(slider)) return;
  said.add(slider);
  const [handle, box] = [control.querySelector(".noUi-handle"), control.querySelector(".widget-readout")];
  slider.on("update", () => handle.setAttribute("aria-valuetext", box.textContent));
}
