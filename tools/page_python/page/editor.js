// The editor of a cell: CodeMirror, with the keys of a notebook. Tab leads on, as everywhere on the page.
import { python } from "@codemirror/lang-python";
import { indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { EditorView, basicSetup } from "codemirror";

// Put an editor with a text into `parent`; `run` is called for Shift+Enter, `changed` with each new text.
export function makeEditor(parent, text, { run, changed }) {
  const press = () => (run(), true);
  const view = new EditorView({
    doc: text,
    parent,
    extensions: [
      Prec.highest(keymap.of(["Shift-Enter", "Mod-Enter"].map((key) => ({ key, run: press })))),
      basicSetup,
      python(),
      indentUnit.of("    "),
      syntaxHighlighting(classHighlighter),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Code of this cell; Shift+Enter runs it" }),
      EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
    ],
  });
  return {
    focus: () => view.focus(),
    set: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
  };
}
