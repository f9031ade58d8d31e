// What a page of the series runs: its figures move as they were recorded, its questions can be answered.
import canvasStyle from "../../../lectureutils/live/canvas.css";
import { stateIn } from "./address.js";
import { offerCells } from "./cells.js";
import { element } from "./dom.js";
import { enliven } from "./figure.js";
import { forget, load } from "./load.js";
import playerStyle from "./player.css";
import { fillMap } from "./map.js";
import { answers, keep, notebookHere } from "./memory.js";
import { openQuestions } from "./question.js";
import questionStyle from "./question.css";
import { makeTogether } from "./together.js";
import { tellHeight } from "./height.js";
import { reachByKeys } from "./wide.js";
import { walkFigures } from "../../../lectureutils/live/walk.js";

const { recordings = "", figures = "", remembers, python, lite, web } = document.currentScript.dataset;
const together = makeTogether({ folder: python, lite, web, notebook: notebookHere() });
const NEAR = "100% 0px"; // one window away
const alive = new WeakMap();

function begin(figure) {
  if (!alive.has(figure)) alive.set(figure, wake(figure));
  return alive.get(figure);
}

async function wake(figure) {
  const name = figure.dataset.figure;
  const embedded = figures && window.location.protocol !== "file:" ? `${figures}${name}.html` : "";
  try {
    const player = await enliven(figure, await load(name, recordings), { embedded, film: `${recordings}${name}.gif` }, together);
    figure.querySelector(".lu-missing")?.remove();
    figure.dataset.state = "ready";
    figure.dispatchEvent(new CustomEvent("lu-ready", { bubbles: true }));
    return player;
  } catch (error) {
    forget(name);
    explain(figure, error);
    return null;
  }
}

// The picture and its sentence stay; below them stands why nothing moves.
function explain(figure, error) {
  const again = element("button", { type: "button" }, "Try again");
  again.addEventListener("click", () => {
    alive.delete(figure);
    begin(figure);
  });
  const { live } = figure.dataset;
  const where = live ? [" It moves in the ", element("a", { href: live }, "live notebook"), "."] : [];
  const words = `This is a still picture: ${error.message}.`;
  figure.querySelector(".lu-missing")?.remove();
  figure.append(element("p", { class: "lu-missing", role: "status" }, words, ...where, " ", again));
  figure.dataset.state = "still";
}

// A link to a state: scroll to the figure and go there.
async function follow() {
  const named = stateIn(window.location.hash);
  const figure = named && document.getElementById(named.id);
  if (!figure?.matches("figure.lu-recorded")) return;
  figure.scrollIntoView();
  const player = await begin(figure);
  player?.open(named.values);
  figure.scrollIntoView();
}

offerCells(notebookHere(), together);
const style = element("style", {}, canvasStyle, playerStyle, questionStyle);
document.head.append(style);
const near = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    begin(target);
  }
}, { rootMargin: NEAR });
for (const figure of document.querySelectorAll("figure.lu-recorded")) near.observe(figure);
if (remembers === undefined) openQuestions(); // a deck belongs to a class, and a handout to many
else {
  const here = notebookHere();
  openQuestions(document, { before: answers()[here] ?? {}, keep: (...made) => keep(here, ...made) });
  document.querySelectorAll("table.lu-map").forEach(fillMap);
}
reachByKeys(document.querySelectorAll("mjx-container[display=true], pre"));
window.addEventListener("keydown", walkFigures);
follow();
window.addEventListener("hashchange", follow);
// A deck in its speaker's window is in a frame as well, which takes every message for one of its own.
if (window.parent !== window && !document.querySelector(".reveal")) tellHeight();
