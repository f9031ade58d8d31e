// The outputs of a cell, drawn by JupyterLab's own renderers.
import { OutputArea, OutputAreaModel } from "@jupyterlab/outputarea";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import { Widget } from "@lumino/widgets";
import { widgetFactory } from "./widgets.js";

const TYPES = { execute_error: "error" };

export function makeRenderers(widgets) {
  const renderers = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
  renderers.addFactory(widgetFactory(widgets));
  return renderers;
}

// Make an output area at the end of `node`.
export function makeOutputs(node, renderers) {
  const area = new OutputArea({ model: new OutputAreaModel({ trusted: true }), rendermime: renderers });
  const asked = { done: new Promise(() => {}), dispose() {} }; // what JupyterLab has for a running request
  area.future = asked;
  Widget.attach(area, node);
  return {
    node: area.node,
    // Take a message of a run, or of a display that is updated.
    hear: ({ type, bundle }) => asked.onIOPub({ header: { msg_type: TYPES[type] ?? type }, content: bundle }),
    end: () => area.dispose(),
  };
}
