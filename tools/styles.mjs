// Cuts the style sheets of a site down to what its pages can use: node styles.mjs PACKAGES SITE, rewriting them in place.
// Names count as used when they stand in a page or in a script. Font Awesome's are out: icons.css draws our icons.
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

const [packages, site] = process.argv.slice(2);
const { PurgeCSS } = createRequire(join(packages, "of", "its", "own.js"))("purgecss");
const scripts = "_static/**/*.js";
const sheets = readdirSync(join(site, "_static")).filter((name) => /^(basic|pygments|mystnb.*)\.css$/.test(name));
const purged = await new PurgeCSS().purge({
  content: ["*.html", "docs/**/*.html", "notebooks/*.html", scripts].map((pattern) => join(site, pattern)),
  css: [...sheets, "styles/*.css"].map((name) => join(site, "_static", name)),
  blocklist: [/\bfa-/],
  fontFace: true,
  keyframes: true,
});
for (const { file, css } of purged) writeFileSync(file, css);
