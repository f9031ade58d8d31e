// The view of a live figure: a canvas for the frames, one line of text below it, and the pointer.
// Everything the figure knows lives in Python; this file draws what it is sent and reports what the hand does.
import { openBoxes, readBoxes, sayWhatIsShown } from "./boxes.js";
import { keepFitted } from "./fit.js";
import { isHeld } from "./holds.js";
import { keepKeys } from "./keys.js";
import { whenOnPage } from "./page.js";
import { makePicture, proportion, tell } from "./picture.js";
import { makeTables, pressByKey } from "./tables.js";
import { watchRoom } from "./room.js";
import { makeRegion, makeVoice } from "./voice.js";

// One for each model, however many views show it.
function initialize({ model }) {
  // The player: the next tick leaves only when the last frame has come.
  // Where the system asks for less motion, Play is one step.
  const few = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = null, left = Infinity;
  const schedule = () => {
    clearTimeout(timer);
    if (!model.get("playing")) return;
    if (left <= 0) return stop();
    timer = setTimeout(() => {
      if (!model.get("playing")) return;
      left -= 1;
      model.set("tick", model.get("tick") + 1);
      model.save_changes();
    }, model.get("tick_ms"));
  };
  const stop = () => {
    model.set("playing", false);
    model.save_changes();
  };
  model.on("change:frame_id", schedule);
  model.on("change:playing", () => {
    left = few.matches ? 1 : Infinity;
    schedule();
  });
  // A slider's last move may leave the page after the click on Reset that followed it, but never after this answer:
  // it waits until no move is on its way any more, or until the hand does something new.
  const hand = ["pointerdown", "keydown", "change", "drop"];
  const obey = () => {
    const command = model.get("command");
    const answer = () => {
      for (const kind of hand) document.removeEventListener(kind, answer, true);
      if (model.get("obeyed") >= command) return;
      model.set("obeyed", command);
      model.save_changes();
    };
    for (const kind of hand) document.addEventListener(kind, answer, true);
    movesArrived(model).then(answer, answer);
  };
  model.on("change:command", obey);
  obey();
  return () => clearTimeout(timer);
}

// Jupyter keeps the second message of a control back until the kernel has finished with the first, and counts them.
async function movesArrived(model) {
  const inputs = await Promise.all(model.get("inputs").map((id) => model.widget_manager.get_model(id)));
  while (inputs.some((input) => input._pending_msgs > 0)) await new Promise((resolve) => setTimeout(resolve, 10));
}

// Sliders of Jupyter have no accessible name: give each input of this figure the name of its control, which Jupyter
// keeps as the title of the control's label, even where that label is hidden.
function nameControls(root) {
  for (const control of root.querySelectorAll(".widget-inline-hbox")) {
    sayWhatIsShown(control);
    const label = control.querySelector(".widget-label");
    const name = (label?.title || label?.textContent || control.title).replace("\u200b", "").trim();
    if (!name) continue; // a checkbox: its words stand beside it, in a label of their own
    for (const input of control.querySelectorAll("[role=slider], .widget-readout, input, select")) {
      input.setAttribute("aria-label", name);
      if (input.classList.contains("widget-readout")) input.setAttribute("role", "textbox");
    }
  }
  // An icon is a letter of a private alphabet: without this it is part of the button's name.
  for (const icon of root.querySelectorAll("button i")) icon.setAttribute("aria-hidden", "true");
}

function base64(data) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.toBase64) return bytes.toBase64();
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

// Make a decoder of frames: one image that gets each of them in turn. It stays in the page's own process, where a Blob
// takes a detour through another, and lets go of what it had, where ImageDecoder keeps the memory of closed frames.
// A frame that comes while the last one is being decoded takes its place, and that one fails.
// In Firefox `decode` answers for the frame before as long as the new one is not loaded: the picture would lag behind.
// A kernel in the page itself sends pixels, which are a picture already.
function makeDecoder() {
  const image = new Image();
  return async (data, type) => {
    const [kind, width] = type.split(";width=");
    if (kind === "image/x-rgba") {
      return new ImageData(new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength), Number(width));
    }
    const loaded = new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error("a frame is no picture"));
    });
    image.src = `data:${type};base64,${base64(data)}`;
    await Promise.all([loaded, image.decode()]);
    return image;
  };
}

// A slow line: once the hand has waited long for an answer, and not for the kernel's work, frames are coarse, and so
// small, while it moves, and sharp again when it rests.
function watchPace(root, model) {
  const LATE = 300, REST = 600, GIVEN_UP = 2000; // ms
  let asked = null, latest = 0, late = false, resting = null;
  const coarse = (on) => {
    if (model.get("coarse") === on) return;
    model.set("coarse", on);
    model.save_changes();
  };
  const ask = (event) => {
    if (event?.type === "pointermove" && !event.buttons) return;
    const now = performance.now();
    if (now - latest > GIVEN_UP) asked = null; // what moved nothing is not answered
    asked ??= now;
    latest = now;
    if (!late) return;
    coarse(true);
    rest(GIVEN_UP);
  };
  const rest = (wait) => {
    clearTimeout(resting);
    if (model.get("coarse")) resting = setTimeout(() => coarse(false), wait);
  };
  for (const kind of ["input", "keydown", "pointerdown", "pointermove"]) root.addEventListener(kind, ask, true);
  model.on("change:tick", ask);
  const answered = () => {
    if (asked !== null) late ||= performance.now() - asked - (model.get("worked") ?? 0) > LATE;
    asked = null;
    rest(REST);
  };
  return { answered, end: () => model.off("change:tick", ask) };
}

// The tables of the picture's numbers: shown while their button says so, and renewed once the hand rests.
function keepNumbers(model, card) {
  const REST = 500; // ms
  const tables = makeTables(card);
  let root = null, timer = null, wanted = false;
  const button = () => root?.querySelector(".lu-numbers-button");
  const turn = () => {
    const open = model.get("numbers_open");
    button()?.setAttribute("aria-expanded", open);
    if (!open) return tables.hide();
    tables.show(model.get("numbers"));
    if (wanted) tables.region.focus();
    wanted = false;
  };
  model.on("change:numbers", turn);
  model.on("change:numbers_open", turn);
  return {
    on(figure) {
      root = figure;
      button()?.addEventListener("click", () => (wanted = !model.get("numbers_open")));
      pressByKey(figure, button);
      turn();
    },
    // A new frame is there.
    later() {
      clearTimeout(timer);
      if (!model.get("numbers_open")) return;
      timer = setTimeout(() => {
        model.set("numbers_asked", model.get("numbers_asked") + 1);
        model.save_changes();
      }, REST);
    },
    end() {
      clearTimeout(timer);
      model.off("change:numbers", turn);
      model.off("change:numbers_open", turn);
    },
  };
}

function render({ model, el }) {
  const card = el.appendChild(document.createElement("div"));
  card.className = "lu-card";
  const canvas = card.appendChild(document.createElement("canvas"));
  const line = card.appendChild(document.createElement("p"));
  line.className = "lu-line";
  const voice = makeVoice(makeRegion(card), model.get("text"));

  const showNumbers = keepNumbers(model, card);
  let size = model.get("size");
  const become = (share) => {
    const enlarged = model.get("narrow") ? 1 : share * model.get("scale"); // words and controls
    canvas.style.width = `${share * size[0]}px`;
    card.style.maxWidth = `${share * size[0]}px`;
    line.style.fontSize = `${15 * enlarged}px`;
    el.closest(".lu-figure")?.style.setProperty("--lu-scale", enlarged);
  };
  const takeSize = () => {
    size = model.get("size");
    proportion(canvas, size);
    become(share);
  };

  let share = 1;
  takeSize();
  model.on("change:size", takeSize);

  const say = (problem) => {
    tell(canvas, line, model.get("text"), problem);
    voice(problem || model.get("text"), Boolean(problem));
    if (model.get("failed")) line.classList.add("lu-failed");
  };

  const picture = makePicture(canvas);
  const decode = makeDecoder();
  let latest = 0;
  let pace = null;
  const show = async () => {
    const id = (latest = model.get("frame_id"));
    const image = await decode(model.get("frame"), model.get("mime")).catch((error) => error);
    if (id !== latest) return; // a newer frame is on its way: never step back
    if (image instanceof Error) throw image;
    picture.keep(image);
    pace?.answered();
    say("");
    showNumbers.later();
    canvas.dataset.frame = id;
  };
  model.on("change:frame_id", show);
  show();

  // The page may be zoomed or moved to another screen, again and again; a query notices only when it is left.
  let screen = null;
  const density = () => {
    screen?.removeEventListener("change", density);
    screen = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    screen.addEventListener("change", density);
    model.set("pixel_ratio", share * Math.min(window.devicePixelRatio || 1, 2));
    model.save_changes();
  };
  density();
  const sized = new ResizeObserver(() => {
    const shrunk = Math.min(canvas.clientWidth / (share * size[0]), 1);
    if (!shrunk || Math.abs(shrunk - model.get("shrunk")) < 0.01) return;
    model.set("shrunk", shrunk);
    model.save_changes();
  });
  sized.observe(canvas);

  // A drag is a synced trait: while the kernel is busy, Jupyter merges moves and keeps the last one.
  // Start and end travel together, so that a merged message still tells the whole stroke.
  let stroke = null;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
  };
  const report = (event, phase) => {
    const at = place(event);
    const moved = stroke.moved || Math.hypot(event.clientX - stroke.x, event.clientY - stroke.y) > 3;
    stroke.moved = moved;
    model.set("pointer", { stroke: stroke.id, start: stroke.start, at, phase, moved, touch: stroke.touch });
    model.save_changes();
  };
  if (model.get("takes_pointer")) {
    canvas.classList.add("lu-draggable");
    if (navigator.maxTouchPoints > 0 && !model.get("fingers")) {
      model.set("fingers", true);
      model.save_changes();
    }
    const onTouch = (event) => {
      const { left, bottom, width, height } = canvas.getBoundingClientRect();
      const [touch] = event.changedTouches;
      const there = [touch.clientX - left, bottom - touch.clientY];
      if (event.touches.length === 1 && isHeld(model.get("holds"), there, width, height)) event.preventDefault();
    };
    canvas.addEventListener("touchstart", onTouch, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      stroke = {
        id: `${Date.now()}-${Math.random()}`,
        start: place(event),
        x: event.clientX,
        y: event.clientY,
        moved: false,
        touch: event.pointerType === "touch",
      };
      report(event, "down");
    });
    canvas.addEventListener("pointermove", (event) => stroke && report(event, "move"));
    const end = (event) => {
      if (!stroke) return;
      report(event, "up");
      stroke = null;
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", (event) => {
      if (stroke) stroke.moved = true; // the page scrolls: that is no tap
      end(event);
    });
  }

  // Texts change with every frame; only new elements need names, and room.
  const isNew = ({ addedNodes }) => [...addedNodes].some((node) => node.nodeType === Node.ELEMENT_NODE);
  let fitted = null, roomed = null;
  const names = new MutationObserver((changes) => {
    if (!changes.some(isNew)) return;
    const root = el.closest(".lu-figure") ?? el;
    openBoxes(root);
    nameControls(root);
    fitted.again();
  });
  const leave = whenOnPage(el, ".lu-figure", (root) => {
    const settle = (now) => {
      share = now;
      density();
    };
    become(share);
    fitted = keepFitted(el, () => (model.get("narrow") ? 1 : model.get("scale")), become, settle);
    roomed = watchRoom(root, model.get("wide"), ({ narrow, enlarged }) => {
      const changed = narrow !== model.get("narrow");
      model.set("narrow", narrow);
      if (narrow) become(enlarged);
      else if (changed) become(1);
      if (narrow || changed) settle(narrow ? enlarged : 1);
      if (changed) fitted.again();
    });
    openBoxes(root);
    nameControls(root);
    readBoxes(root, model, say);
    pace = watchPace(root, model);
    showNumbers.on(root);
    names.observe(root, { childList: true, subtree: true });
  });
  const freeKeys = keepKeys(el, ".lu-figure");

  return () => {
    freeKeys();
    leave();
    showNumbers.end();
    sized.disconnect();
    fitted?.end();
    roomed?.disconnect();
    names.disconnect();
    pace?.end();
    screen.removeEventListener("change", density);
    model.off("change:frame_id", show);
    model.off("change:size", takeSize);
  };
}

export default { initialize, render };
