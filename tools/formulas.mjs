// Draws formulas: node formulas.mjs MATHJAX, with [[TeX, is it displayed], ...] as JSON on stdin.
// Prints {"drawn": [a container's HTML, ...], "glyphs": {id: a path's SVG, ...}}: the drawings name their glyphs by id.
import { createRequire } from "node:module";
import process from "node:process";

const mathjax = createRequire(import.meta.url)(process.argv[2]);
const fail = (_jax, error) => { throw error; };
const parts = ["input/tex", "output/svg", "a11y/assistive-mml"];
const MathJax = await mathjax.init({
  loader: { load: parts }, svg: { fontCache: "global" }, tex: { formatError: fail },
});
const { adaptor, output } = MathJax.startup;

let given = "";
for await (const part of process.stdin.setEncoding("utf8")) given += part;
const drawn = JSON.parse(given).map(([tex, display]) => {
  try {
    return adaptor.outerHTML(MathJax.tex2svg(tex, { display }));
  } catch (error) {
    throw new Error(`${error.message} in the formula ${tex}`, { cause: error });
  }
});
const glyphs = adaptor.childNodes(output.fontCache.getCache())
  .map((glyph) => [adaptor.getAttribute(glyph, "id"), adaptor.outerHTML(glyph)]);
process.stdout.write(JSON.stringify({ drawn, glyphs: Object.fromEntries(glyphs) }));
