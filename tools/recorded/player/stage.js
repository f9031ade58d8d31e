// Where a recorded figure is seen: the canvas in place of the still picture, its sentence, and what is said of both.
import { makePicture, proportion, tell } from "../../../lectureutils/live/picture.js";
import { makeTables } from "../../../lectureutils/live/tables.js";
import { makeRegion, makeVoice } from "../../../lectureutils/live/voice.js";
import { element } from "./dom.js";
import { makeFrames } from "./frames.js";

const OPENING = "Of the picture that this page opened with. The live notebook has those of every other.";

// Put the canvas into the figure once the whole frame of the start is decoded; the still picture stays until then.
export async function makeStage(figure, recording) {
  const frames = makeFrames(recording);
  const whole = await frames.load(0).catch(() => {
    throw new Error("the recording of this figure can't be read");
  });
  const canvas = element("canvas");
  proportion(canvas, recording.size);
  const picture = makePicture(canvas);
  picture.keep(whole, whole.width, whole.height);
  const card = element("div", { class: "lu-card" }, canvas);
  const line = figure.querySelector("figcaption") ?? element("figcaption");
  line.classList.add("lu-line");
  line.id ||= `${figure.id}-line`;
  figure.setAttribute("aria-labelledby", line.id); // a caption that is no child names no figure by itself
  const seen = element("div", { class: "lu-seen" }, card, line);
  seen.style.setProperty("--lu-width", `${recording.size[0]}px`);
  const tables = makeTables(card);
  const still = figure.querySelector("img");
  const isHere = still === document.activeElement; // F8 came before the recording
  still?.remove();
  figure.prepend(seen);
  if (isHere) {
    canvas.tabIndex = -1;
    canvas.focus({ preventScroll: true });
  }

  let latest = 0, sentence = line.textContent.trim(); // of the still picture, which shows the same
  const voice = makeVoice(makeRegion(seen), sentence);
  tell(canvas, line, sentence);
  const draw = (id, text, patches, note) => {
    if (id !== latest) return; // a newer frame is on its way: never step back
    picture.patch(patches);
    sentence = text;
    tell(canvas, line, sentence);
    canvas.dataset.frame = id;
    voice([sentence, note].filter(Boolean).join(" "));
  };
  return {
    canvas,
    // Show a frame with its sentence, at once where its patches are decoded; `note` is said after it.
    async show([text, patches], note) {
      const id = ++latest;
      const images = patches.map(([index]) => frames.get(index));
      const placed = (them) => them.map((image, number) => [image, ...patches[number].slice(1)]);
      if (images.every(Boolean)) return draw(id, recording.sentences[text], placed(images), note);
      const loaded = await Promise.all(patches.map(([index]) => frames.load(index))).catch(() => null);
      if (!loaded) return this.refuse("This frame of the recording can't be read.");
      return draw(id, recording.sentences[text], placed(loaded), note);
    },
    refuse(problem) {
      tell(canvas, line, sentence, problem);
      voice(problem, true);
    },
    say: voice,
    // Show the numbers of the picture that the page opened with, or take them away; return whether they are there.
    turnNumbers() {
      if (!tables.region.hidden) return tables.hide(), false;
      tables.show(recording.numbers ?? [], OPENING);
      tables.region.focus();
      return true;
    },
    // Decode what may be shown next, the likeliest frame first.
    ahead: (coming) => frames.ahead([...new Set(coming.flatMap(([, patches]) => patches.map(([index]) => index)))])
      .catch(() => {}), // it is told when it is wanted
    rest: frames.rest,
  };
}
