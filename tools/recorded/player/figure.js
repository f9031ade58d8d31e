// A recorded figure at work: its controls move it from state to state, and each state is shown as it was recorded.
import { addressOf, positionsOf } from "./address.js";
import { makeButton } from "./buttons.js";
import { makeControl } from "./controls.js";
import { element } from "./dom.js";
import { build } from "./layout.js";
import { makeMenu } from "./menu.js";
import { makePlaying } from "./playing.js";
import { pressByKey } from "../../../lectureutils/live/tables.js";
import { approach, nearestFirst, placeOf, reach } from "./recording.js";
import { makeStage } from "./stage.js";

const few = window.matchMedia("(prefers-reduced-motion: reduce)");
const listed = (words) => words.join(", ").replace(/, ([^,]*)$/, " and $1");

// Bring a figure to life; `files` are the addresses of the page to embed it from and of its film, empty without one;
// `together` makes the button for the live one, or is null.
export async function enliven(figure, recording, files, together) {
  const { controls, start, buttons } = recording;
  const { live } = figure.dataset;
  const stage = await makeStage(figure, recording);
  const note = element("p", { class: "lu-note" });
  const asleep = element("p", { class: "lu-asleep-note", id: `${figure.id}-asleep`, hidden: true });
  const liveLink = () => (live ? element("a", { href: live }, "live notebook") : "live notebook");
  let state = { ...start };

  // What the hand does

  const isHeld = (id) => parts[id] && controls[id].recorded !== false; // and not set by a run
  const show = (found, words = "", isPlayed = false) => {
    ({ state } = found);
    for (const [id, part] of Object.entries(parts)) if (id in state) part.show(state[id]);
    for (const part of Object.values(parts)) part.node.classList.remove("lu-taken-back");
    const seen = found.moved.filter(isHeld);
    for (const id of seen) parts[id].node.classList.add("lu-taken-back");
    note.replaceChildren(words);
    if (seen.length) {
      const names = seen.map((id) => controls[id].name);
      const where = names.length > 3 ? `${listed(names.slice(0, 2))} and ${names.length - 2} more` : listed(names);
      note.replaceChildren(`${words} ${where} went back: not every combination is recorded. `,
        "All move together in the ", liveLink(), ".");
    }
    const shown = stage.show(found.frame, note.textContent);
    if (!isPlayed) lookAhead(held);
    figure.dispatchEvent(new CustomEvent("lu-moved", { bubbles: true, detail: { state: { ...state } } }));
    return shown;
  };

  // Move controls to positions, by the hand or by a page: playing ends.
  const move = (wanted, words) => {
    playing.stop();
    const found = reach(recording, wanted, state) ?? approach(recording, wanted, state);
    return found ? show(found, words) : stage.refuse("This is not recorded. It works in the live notebook.");
  };

  // The frames that the control in hand can come to, the nearest first; one step of each if the hand is on none.
  let held = null;
  const lookAhead = (id) => {
    const near = (name, most) => nearestFirst(controls[name].shown.length, state[name]).slice(0, most)
      .map((position) => reach(recording, { [name]: position }, state)?.frame);
    const all = id ? near(id, 64) : Object.keys(parts).filter(isHeld).flatMap((name) => near(name, 4));
    stage.ahead(all.filter(Boolean));
  };
  const hold = (id) => {
    if (held !== id) lookAhead((held = id));
  };

  // The player

  const button = Object.values(buttons).find(({ kind }) => kind === "play" || kind === "step");
  const played = button?.plays in start ? button.plays : null;
  const further = (position) => {
    const found = reach(recording, { [played]: position }, state);
    const isOther = found?.moved.length && controls[played].kind === "steps"; // another run goes on, this one has ended
    return found && !isOther ? found : null;
  };
  const advance = async () => {
    const next = further(state[played] + 1);
    if (!next) return false;
    const shown = show(next, "", true);
    const coming = [1, 2, 3, 4, 5, 6, 7, 8].map((step) => further(state[played] + step)?.frame);
    stage.ahead(coming.filter(Boolean));
    await shown;
    return coming[0] !== undefined;
  };
  const playing = makePlaying(buttons.play?.ms ?? button?.ms ?? 60, advance, (on) => {
    const name = on ? ["Pause", "pause", "Pause where it is"] : ["Play", "play", buttons.play?.name];
    for (const { kind, look } of pressed) if (kind === "play") look(...name);
  });
  const numbersButton = () => pressed.find(({ kind }) => kind === "numbers")?.button;
  const acts = {
    numbers: () => numbersButton().setAttribute("aria-expanded", stage.turnNumbers()),
    reset() {
      playing.stop();
      const home = reach(recording, start, start);
      if (home) show(home);
    },
    preset: ({ goes }) => move(goes),
    rewind: () => move({ [played]: 0 }),
    step() {
      playing.stop();
      advance();
    },
    play() {
      if (playing.on) return playing.stop();
      if (!further(state[played] + 1)) move({ [played]: 0 }); // at the end it begins anew
      return few.matches ? advance() : playing.start();
    },
  };

  // What there is to hold

  const parts = {}, pressed = [];
  const sleeping = [];
  const leaf = ({ control: id, button: key }) => {
    if (key) {
      const told = buttons[key];
      const made = makeButton(told, acts, asleep.id);
      pressed.push({ kind: told.kind, look: made.look, button: made.button });
      if (made.button.disabled) sleeping.push(told.label);
      return made.button;
    }
    const control = controls[id];
    const hand = { move: (position) => move({ [id]: position }), refuse: stage.refuse };
    const part = makeControl(control, hand, asleep.id);
    const isAsleep = control.recorded === false;
    if (isAsleep) sleeping.push(control.label || control.name);
    if (!(id in state)) return part.node;
    parts[id] = part;
    if (!isAsleep) for (const kind of ["pointerover", "focusin"]) part.node.addEventListener(kind, () => hold(id));
    part.show(state[id]);
    return part.node;
  };
  const panel = element("div", { class: "lu-panel" }, build(recording.layout, leaf));
  const word = recording.figure.split("/").at(-1);
  const menu = makeMenu({
    figure, canvas: stage.canvas, word, ...files, title: `Figure: ${word.replaceAll("_", " ")}`,
    address: () => addressOf(figure.id, recording, state),
    say: (words) => (note.replaceChildren(words), stage.say(words)),
  });
  if (sleeping.length) {
    asleep.hidden = false;
    asleep.append(`Not recorded, and so asleep here: ${listed([...new Set(sleeping)])}. Awake in the `, liveLink(), ".");
  }
  const wakes = together?.button(figure, () => (playing.stop(), placeOf(recording, state)), (...words) => {
    note.replaceChildren(...words);
    if (note.textContent) stage.say(note.textContent);
  });
  const foot = element("div", { class: "lu-foot" }, wakes ?? "", note, menu);
  figure.append(element("div", { class: "lu-held" }, panel, asleep, foot));
  lookAhead(null);

  // What the page does

  let opens = "opens" in figure.dataset && played !== null && !few.matches; // what a page opens with plays once, unasked
  new IntersectionObserver((changes) => {
    if (!changes.at(-1).isIntersecting) {
      playing.stop();
      return stage.rest();
    }
    if (!opens) return lookAhead(held);
    opens = false;
    move({ [played]: 0 });
    return playing.start();
  }).observe(figure);
  numbersButton()?.setAttribute("aria-expanded", false);
  pressByKey(figure, numbersButton);
  figure.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || figure.closest(".reveal")) return; // a deck's own key
    figure.tabIndex = -1;
    figure.focus({ preventScroll: true });
  });
  figure.addEventListener("lu-go", ({ detail }) => move(detail));
  return {
    // Go to shown values, as a link names them.
    open(values) {
      const { wanted, words } = positionsOf(values, recording);
      if (Object.keys(wanted).length) move(wanted, words);
      else note.replaceChildren(words);
    },
  };
}
