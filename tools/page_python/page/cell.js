// A cell of code on the page: what it says now, whether it has run, and what stands below it.
import { makeOutputs } from "./outputs.js";

export class Cell {
  hasRun = false;
  #outputs = null;

  // `written` is what the reader made of its source, if anything; `keep` is told of each change.
  constructor({ id, kind, section, source }, written, keep) {
    Object.assign(this, { id, kind, section, original: source, source: written ?? source, keep });
    this.node = document.querySelector(`div.cell.tag_lu-${CSS.escape(id)}`);
  }

  get isChanged() {
    return this.source !== this.original;
  }

  // Let the reader write here: the editor takes the place of the code in `input`, and `bar` gets its buttons.
  open(makeEditor, input, bar, run) {
    const [said] = bar.querySelectorAll("[role=status]");
    const button = (words, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      made.addEventListener("click", act);
      return made;
    };
    const press = async () => {
      if (runs.disabled) return;
      runs.disabled = true;
      try {
        await run((words) => (said.textContent = words && `${words} …`));
        said.textContent = this.hasRun ? "It has run." : "It has an error, which stands below.";
      } catch (error) {
        said.textContent = `${error.message}.`;
      }
      runs.disabled = false;
    };
    const changed = (text) => {
      this.source = text;
      this.keep(this.isChanged ? text : undefined);
      back.hidden = !this.isChanged;
      said.textContent = "";
    };
    const runs = button("Run", press);
    const back = button("Undo all changes", () => (editor.set(this.original), editor.focus()));
    back.hidden = !this.isChanged;
    const code = input.querySelector(".highlight, pre");
    if (code) code.hidden = true;
    const place = document.createElement("div");
    bar.before(place);
    const editor = makeEditor(place, this.source, { run: press, changed });
    bar.replaceChildren(runs, back, said);
    editor.focus();
  }

  holds = (node) => this.node?.contains(node) ?? false;

  // What is stored in the page below the code: it stands there until something newer does.
  get #stored() {
    let stored = this.node.querySelector(":scope > .cell_output");
    if (!stored) {
      stored = document.createElement("div");
      stored.className = "cell_output docutils container";
      this.node.append(stored);
    }
    return stored;
  }

  // Run it and resolve with its outputs; with `quiet` they are seen only where they tell of an error, with `hidden` once
  // they are shown. Throws in words where a quiet or hidden one fails.
  async run({ python, renderers }, { quiet = false, hidden = false } = {}) {
    const kept = [];
    const make = () => {
      const node = document.createElement("div");
      node.className = "lu-outputs";
      node.hidden = hidden;
      this.#stored.after(node);
      const outputs = { ...makeOutputs(node, renderers), place: node };
      for (const message of kept) outputs.hear(message);
      return outputs;
    };
    let outputs = quiet ? null : make();
    if (outputs && !hidden) this.show(outputs);
    const listen = (message) => (outputs ? outputs.hear(message) : kept.push(message));
    const reply = await python.run(this.source, this.id, listen).catch((error) => {
      if (hidden) outputs.place.remove(); // nobody has seen it
      throw error;
    });
    this.hasRun = reply.status === "ok";
    if (reply.status === "error" && (quiet || hidden)) {
      outputs ??= make();
      this.show(outputs);
      throw new Error(`a cell that this needs has an error, and tells of it: ${reply.evalue}`);
    }
    return outputs;
  }

  // Show outputs in the place of what stood there. Resolves with the picture of a live figure once that is painted.
  async show(outputs) {
    if (this.#outputs !== outputs) this.#drop();
    this.#outputs = outputs;
    if (outputs.place.hidden) await painted(outputs.node);
    outputs.place.hidden = false;
    this.#stored.hidden = true;
    return outputs.node.querySelector(".lu-figure canvas");
  }

  // A display is updated, perhaps one of this cell's.
  update(message) {
    this.#outputs?.hear(message);
  }

  // Python is gone: what it drew is dead, and what is stored comes back. What is text stays.
  end() {
    this.hasRun = false;
    if (!this.#outputs?.node.querySelector(".jupyter-widgets")) return;
    this.#drop();
    this.#stored.hidden = false;
  }

  #drop() {
    this.#outputs?.end();
    this.#outputs?.place.remove();
    this.#outputs = null;
  }
}

// Wait until the canvas of a live figure has a frame; an output without one need not wait.
async function painted(node) {
  for (let tries = 0; tries < 200; tries += 1) {
    const canvas = node.querySelector(".lu-figure canvas");
    if (canvas?.dataset.frame) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
