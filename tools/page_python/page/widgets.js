// Jupyter's own widgets on this page: models by message from Python, views where an output wants one.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import "./define.js";
import "anywidget";
import { Widget } from "@lumino/widgets";

const MODULES = { "@jupyter-widgets/base": base, "@jupyter-widgets/controls": controls };
const viewed = (buffers) => (buffers ?? []).map((it) => new DataView(it.buffer, it.byteOffset, it.byteLength));

// One channel between a model here and its widget in Python.
class Comm {
  target_name = "jupyter.widget";

  constructor(id, python, closed) {
    Object.assign(this, { comm_id: id, python, closed });
  }

  on_msg(listen) {
    this.listen = listen;
  }

  on_close(listen) {
    this.ended = listen;
  }

  open() {}

  // Jupyter holds a second message back until it hears that Python is idle again.
  send(data, callbacks, _metadata, buffers) {
    const idle = { content: { execution_state: "idle" } };
    const content = { comm_id: this.comm_id, data };
    return this.python.tell("comm_msg", content, buffers, () => callbacks?.iopub?.status?.(idle));
  }

  close() {
    this.closed(this.comm_id);
    if (this.python.isOn) this.python.tell("comm_close", { comm_id: this.comm_id, data: {} }, []);
  }
}

export class Widgets extends ManagerBase {
  #comms = new Map();
  #last = Promise.resolve();

  constructor(python) {
    super();
    this.python = python;
  }

  async loadClass(name, module) {
    if (module === "anywidget") MODULES.anywidget ??= await globalThis.lectureutilsAnywidget(base);
    if (!MODULES[module]?.[name]) throw new Error(`this page has no ${name} of ${module}`);
    return MODULES[module][name];
  }

  // Called for what a page makes; here all widgets are made in Python.
  async _create_comm(_target, id) {
    return this.#comm(id);
  }

  async _get_comm_info() {
    return {};
  }

  #comm(id) {
    const comm = new Comm(id, this.python, (closed) => this.#comms.delete(closed));
    this.#comms.set(id, comm);
    return comm;
  }

  // Take a message of Python's, in the order in which they come.
  hear(message) {
    this.#last = this.#last.then(() => this.#take(message)).catch((error) => console.error(error));
  }

  // Resolves once all that Python has said so far is done.
  heard = () => this.#last;

  async #take({ type, content, metadata, buffers, parentHeader }) {
    const message = { content, metadata, buffers: viewed(buffers), parent_header: parentHeader ?? {} };
    if (type === "comm_open") return void (await this.handle_comm_open(this.#comm(content.comm_id), message));
    const comm = this.#comms.get(content.comm_id);
    if (type === "comm_msg") await comm?.listen?.(message);
    else {
      this.#comms.delete(content.comm_id);
      comm?.ended?.(message);
    }
  }
}

// A renderer of outputs that are views of widgets.
export const widgetFactory = (widgets) => ({
  safe: true,
  mimeTypes: ["application/vnd.jupyter.widget-view+json"],
  defaultRank: -10,
  createRenderer: () => new WidgetView(widgets),
});

class WidgetView extends Widget {
  constructor(widgets) {
    super();
    this.widgets = widgets;
  }

  async renderModel({ data }) {
    await this.widgets.heard();
    const model = await this.widgets.get_model(data["application/vnd.jupyter.widget-view+json"].model_id);
    const view = await this.widgets.create_view(model);
    if (this.isDisposed) return view.remove();
    Widget.attach(view.luminoWidget, this.node);
    this.view = view;
  }

  // The view is no part of this widget's layout: it has to go while it is still on the page.
  onBeforeDetach(message) {
    super.onBeforeDetach(message);
    this.view?.remove();
    this.view = null;
  }
}
