// The page's one Python: started once, asked one thing after another, and gone when it is stopped.
import { readSettings } from "./settings.js";

const NEWS = "lectureutils loading"; // the channel on which JupyterLite's Python tells what has come

// What is said at each step of a start.
export const STEPS = {
  load: (bytes) => `Python is on its way: ${bytes ? `${Math.round(bytes / 1e6)} MB have come, ` : ""}about 25 the first time`,
  imports: () => "Python is there and gets its packages ready",
  runs: () => "The code of this page runs",
};

// `heard` gets the messages on widgets and on displays that are updated, `told` a step by its name.
export class Python {
  #worker = null;
  #started = null;
  #asked = new Map();
  #listeners = new Map();
  #serial = 0;

  constructor(lite, { heard, told, ended }) {
    Object.assign(this, { lite, heard, told, ended });
  }

  get isOn() {
    return this.#worker !== null;
  }

  // Start it, unless it is there. Throws in words where it can't be had.
  start() {
    this.#started ??= this.#start().catch((error) => {
      this.stop();
      throw error;
    });
    return this.#started;
  }

  async #start() {
    this.told("load");
    const settings = await readSettings(this.lite);
    const news = new BroadcastChannel(NEWS);
    news.onmessage = ({ data }) => data.state === "loading" && this.told("load", data.bytes);
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => this.stop(event.message || "the worker can't be read");
    await this.#ask("start", settings, {}).catch((error) => {
      const lost = /fetch|import|network|load/i.test(error.message);
      throw new Error(lost ? `${settings.host} does not answer, and Python comes from there` : error.message);
    }).finally(() => news.close());
  }

  // Run code for a cell; `listen` gets its outputs as they come. Returns Jupyter's reply.
  run(code, cell, listen = () => {}) {
    const id = this.#next();
    this.#listeners.set(id, listen);
    const parent = { header: { msg_id: id }, metadata: { cellId: cell, sitePage: true } };
    return this.#ask("execute", { code }, parent, id).finally(() => this.#listeners.delete(id));
  }

  // Send a message of a widget; `done` is called once Python has dealt with it. Returns its id.
  tell(kind, content, buffers, done) {
    const id = this.#next();
    const message = { content, buffers, header: { msg_id: id }, metadata: {} };
    this.#ask(kind, message, { header: { msg_id: id }, metadata: {} }, id).then(done, done);
    return id;
  }

  // Keep what was compiled, for the next start.
  keep = () => this.#ask("keep").catch(() => {});

  // End it, whatever it does: what it knew is gone.
  stop(why = "Python was stopped") {
    this.#worker?.terminate();
    this.#worker = this.#started = null;
    for (const { reject } of this.#asked.values()) reject(new Error(why));
    this.#asked.clear();
    this.#listeners.clear();
    this.ended();
  }

  #next = () => `page-${++this.#serial}`;

  #ask(kind, content, parent, id = this.#next()) {
    if (!this.#worker) return Promise.reject(new Error("Python does not run"));
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, kind, content, parent });
    });
  }

  #hear(message) {
    if (message.type === "step") this.told(message.step);
    else if (message.type === "reply") {
      const { resolve, reject } = this.#asked.get(message.id) ?? {};
      this.#asked.delete(message.id);
      if (message.failed !== undefined) reject?.(new Error(message.failed));
      else resolve?.(message.reply);
    }
    else if (message.type.startsWith("comm_") || message.type === "update_display_data") this.heard(message);
    else this.#listeners.get(message.parentHeader?.msg_id)?.(message);
  }
}
