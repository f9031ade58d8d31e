// The controls of a recorded figure: the browser's own, with the names and number boxes that they have in the notebook.
import { takenFor } from "../../../lectureutils/live/numbers.js";
import { element } from "./dom.js";

const LIVE_ONLY = "Not recorded: it works in the live notebook";

function slider(control, hand) {
  const { name, label, shown, values } = control;
  const last = shown.length - 1;
  const range = element("input", { type: "range", min: 0, max: last, step: 1, "aria-label": name });
  const box = element("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", class: "lu-number", "aria-label": name,
  });
  let here = 0;

  const take = () => {
    const near = (number) => [values.findLast((it) => it <= number), values.find((it) => it >= number)];
    try {
      const number = takenFor(box.value, {
        low: values[0],
        high: values[last],
        near,
        shown: (it) => shown[values.indexOf(it)] ?? "",
        whole: values.every(Number.isInteger),
        places: "recorded positions",
      });
      box.value = shown[here];
      hand.move(values.indexOf(number));
    } catch (error) {
      box.value = shown[here];
      hand.refuse(`${name} stays as it is: ${error.message}.`);
    }
  };
  range.addEventListener("input", () => hand.move(Number(range.value)));
  box.addEventListener("change", take);
  box.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    if (box.value !== shown[here]) take();
    hand.move(Math.min(Math.max(here + direction, 0), last));
  });

  return {
    node: element("div", { class: "lu-slider" }, label && element("span", { class: "lu-label" }, label), range, box),
    show(position) {
      here = position;
      range.value = position;
      range.setAttribute("aria-valuetext", shown[position]);
      range.style.setProperty("--lu-share", last ? position / last : 0);
      box.value = shown[position];
    },
  };
}

function choice({ name, label, shown }, hand) {
  const options = shown.map((text, position) => element("option", { value: position }, text));
  const select = element("select", { "aria-label": name }, ...options);
  select.addEventListener("change", () => hand.move(Number(select.value)));
  return {
    node: element("div", { class: "lu-choice" }, label && element("span", { class: "lu-label" }, label), select),
    show: (position) => (select.value = position),
  };
}

function toggle({ name, label }, hand) {
  const box = element("input", { type: "checkbox", "aria-label": label ? "" : name });
  box.addEventListener("change", () => hand.move(Number(box.checked)));
  return {
    node: element("label", { class: "lu-toggle" }, box, element("span", {}, label)),
    show: (position) => (box.checked = position === 1),
  };
}

// What is not recorded stands there as it was, or as a run sets it, and says where it works.
function asleep(control, note) {
  const { name, label, kind, shown = [] } = control;
  const looks = { disabled: true, title: LIVE_ONLY, "aria-label": name, "aria-describedby": note };
  const type = kind === "slider" ? "range" : "text";
  const input = kind === "toggle"
    ? element("input", { ...looks, type: "checkbox" })
    : element("input", { ...looks, type, value: type === "range" ? "" : shown[0] });
  const words = label && element("span", { class: "lu-label" }, label);
  const show = (position) => {
    if (kind === "toggle") input.checked = shown[position] === "on";
    else if (type === "text") input.value = shown[position];
  };
  return { node: element("div", { class: `lu-asleep lu-${kind}` }, words, input), show };
}

const MAKERS = { slider, choice, toggle };

// Make a control; `hand` is told of moves and of numbers that it can't take, `note` is the id of what says why
// some controls are asleep.
export function makeControl(control, hand, note) {
  const make = MAKERS[control.kind];
  return control.recorded !== false && make ? make(control, hand) : asleep(control, note);
}

export { LIVE_ONLY };
