// A page of a notebook once its reader has asked for Python: its figures and its cells, and what runs them.
import { keepCode, written } from "../../recorded/player/memory.js";
import { makeBar } from "./bar.js";
import { Cell } from "./cell.js";
import { addIcons } from "./icons.js";
import { makeRenderers } from "./outputs.js";
import { Python, STEPS } from "./python.js";
import { Widgets } from "./widgets.js";

// Open the page of a notebook: `told` are its code cells (tools/page_python/cells.py), `lite` the address of JupyterLite,
// `style` that of the style sheet; what the reader writes is kept under the name of the notebook.
export async function openPage({ told, lite, style, notebook, article }) {
  const [cells] = await Promise.all([
    fetch(told).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error("its code is missing")))),
    loadStyle(style),
  ]);
  addIcons();
  return new Page(cells, lite, notebook, article);
}

function loadStyle(href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = resolve;
    link.onerror = () => reject(new Error("its style sheet is missing"));
    document.head.append(link);
  });
}

class Page {
  #last = Promise.resolve();
  #tell = () => {};
  #said = "";

  constructor(told, lite, notebook, article) {
    const kept = written(notebook);
    this.cells = told.map((cell) => new Cell(cell, kept[cell.id], (text) => keepCode(notebook, cell.id, text)));
    this.python = new Python(lite, {
      heard: (message) => this.#hear(message),
      told: (step, bytes) => this.#step(STEPS[step](bytes)),
      ended: () => this.#ended(),
    });
    this.bar = makeBar(article, {
      stop: () => this.python.stop("Python was stopped"),
      restart: async () => {
        this.python.stop("Python was started anew");
        await this.#start().catch((error) => this.bar.on(`Python could not be started: ${error.message}.`));
      },
    });
  }

  cellOf = (node) => this.cells.find((cell) => cell.holds(node));

  // Put the live figure where a recorded one is, at the place where that one stands; `tell` hears of each step.
  // Resolves with the live figure's picture. Throws in words; the recording is there as before.
  together(figure, place, tell) {
    const cell = this.cellOf(figure);
    return this.#inTurn(tell, async () => {
      await this.#before(cell);
      const outputs = await cell.run(this, { hidden: true });
      if (!cell.isChanged) await this.#goTo(cell, place);
      return cell.show(outputs);
    });
  }

  // Run a cell, and before it what it needs and has not run yet.
  run(cell, tell) {
    return this.#inTurn(tell, async () => {
      await this.#before(cell);
      cell.show(await cell.run(this));
    });
  }

  // Open the editor of the cell with this input; `bar` is where its buttons go.
  async edit(input, bar) {
    const cell = this.cellOf(input);
    const { makeEditor } = await import("./editor.js");
    cell.open(makeEditor, input, bar, (tell) => this.run(cell, tell));
  }

  // One thing after the other: what is asked for meanwhile waits.
  #inTurn(tell, work) {
    const turn = this.#last.then(async () => {
      [this.#tell, this.#said] = [tell, ""];
      this.bar.busy(true);
      try {
        await this.#start();
        return await work();
      } finally {
        this.#tell = () => {};
        this.bar.busy(false);
      }
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #start() {
    if (this.python.isOn) return this.python.start();
    this.widgets = new Widgets(this.python);
    this.renderers = makeRenderers(this.widgets);
    await this.python.start();
    this.bar.on();
    setTimeout(() => this.python.isOn && this.#last.then(() => this.python.keep()), 3000);
  }

  // The setup, and of the cell's section what stands above it: a section needs nothing else.
  async #before(cell) {
    this.#step(STEPS.runs());
    for (const above of this.cells.slice(0, this.cells.indexOf(cell))) {
      const isNeeded = above.kind === "setup" || (above.kind === "code" && above.section === cell.section);
      if (isNeeded && !above.hasRun) await above.run(this, { quiet: true });
    }
  }

  async #goTo(cell, place) {
    const text = JSON.stringify(JSON.stringify(place));
    const code = `__import__("lectureutils.live.place").live.place.go_to_shown(${JSON.stringify(cell.id)}, ${text})`;
    const reply = await this.python.run(code, "");
    if (reply.status !== "ok") throw new Error(`the figure can't go where its recording stands: ${reply.evalue}`);
    await this.widgets.heard();
  }

  #step(words) {
    if (words === this.#said) return;
    this.#said = words;
    this.#tell(words);
    this.bar.say(words);
  }

  #hear(message) {
    if (message.type.startsWith("comm_")) this.widgets.hear(message);
    else for (const cell of this.cells) cell.update(message);
  }

  #ended() {
    for (const cell of this.cells) cell.end();
    this.bar.off();
  }
}
