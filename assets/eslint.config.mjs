// What JavaScript has to be, wherever it stands in this repository: no unknown names, nothing unused.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    // Run in a page as they are; `lab` is what tools/lab/js/tap.js puts there, `eyes` bench/eyes.js.
    files: ["**/tools/lab/js/*.js", "**/bench/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: { lab: "readonly", bench: "readonly", eyes: "readonly", jupyterapp: "readonly" },
    },
  },
  { files: ["**/tests/weekly/*.mjs"], languageOptions: { globals: { lab: "readonly" } } },
];
