// What JavaScript has to be, wherever it stands in this repository: no unknown names, nothing unused.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    // One function a file, run in a page of JupyterLab; `lab` is what tools/lab/js/tap.js puts there.
    files: ["**/tools/lab/js/*.js", "**/bench/*.js"],
    languageOptions: { sourceType: "script", globals: { lab: "readonly", bench: "readonly", jupyterapp: "readonly" } },
  },
  { files: ["**/tests/weekly/*.mjs"], languageOptions: { globals: { lab: "readonly" } } },
];
