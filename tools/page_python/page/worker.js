// Python in a worker: JupyterLite's own kernel on Pyodide, with what it does at a server's address left out.
// One request is done after the other, so that each output belongs to the request that is being done.
import { PyodideRemoteKernel } from "@jupyterlite/pyodide-kernel/lib/worker.js";
import remember from "./remember.py";
import { fetchCompiled, keepCompiled } from "./compiled.js";

class PageKernel extends PyodideRemoteKernel {
  async initRuntime(options) {
    const compiled = fetchCompiled(options.key); // on its way while Python starts
    await super.initRuntime(options);
    note("imports");
    this.remember = this._pyodide.runPython(remember);
    this.remember.start(this._pyodide.toPy(await compiled));
  }

  // All packages come from the lock file. `%pip` finds piplite there, once somebody asks for it.
  async initPackageManager() {}

  async initKernel() {
    await this._pyodide.runPythonAsync("import pyodide_kernel");
  }

  // What was compiled since, for the next start in this browser.
  async keep() {
    const made = this.remember.take();
    if (made) await keepCompiled(this._options.key, made.toJs());
    made?.destroy();
  }
}

const kernel = new PageKernel();
const note = (step) => postMessage({ type: "step", step });
kernel.registerWorkerMessageCallback((message) => postMessage(message));

const doing = {
  start: (options) => kernel.initialize({ ...options, location: "", mountDrive: false }),
  execute: ({ code }, parent) => kernel.execute({ code }, parent),
  comm_open: (message, parent) => kernel.commOpen(message, parent),
  comm_msg: (message, parent) => kernel.commMsg(message, parent),
  comm_close: (message, parent) => kernel.commClose(message, parent),
  keep: () => kernel.keep(),
};

let last = Promise.resolve();
onmessage = ({ data: { id, kind, content, parent } }) => {
  last = last.then(async () => {
    try {
      postMessage({ type: "reply", id, reply: await doing[kind](content, parent) });
    } catch (error) {
      postMessage({ type: "reply", id, failed: String(error?.message ?? error) });
    }
  });
};
