// Drives Firefox, and prints as JSON what it saw; test_firefox.py starts it and says what that should be.
//   node firefox.mjs '{"firefox": path, "modules": folder, "scripts": folder, "lab": address, "site": address,
//                      "page": address, "seconds": number}'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { play } from "./player.mjs";

const given = JSON.parse(process.argv[2]);
const puppeteer = createRequire(join(given.modules, "of", "its", "own.js"))("puppeteer-core");
const timeout = 1000 * given.seconds;
// The default, to ask at every frame of the screen, would make Firefox paint all the time.
const patient = { timeout, polling: 100 };
// The functions that the tests in Chromium run in a page of JupyterLab, each called by its name with these arguments.
const script = (name) => readFileSync(join(given.scripts, `${name}.js`), "utf8").replace(/^\s*\/\/.*$/gm, "").trim();
const call = (name, ...values) => `(${script(name)})(${values.map((it) => JSON.stringify(it)).join()})`;

// Waits until sentence and picture are those of the kernel's newest frame, and the sentence is not `before`. Gives the sentence, a digest of the pixels,
// and how far at most a pixel is off the kernel's frame: they are not the same to the last bit, as in Chromium.
const settled = async ([figure, milliseconds, before]) => {
  const node = document.querySelector(".lu-figure");
  const [canvas, line] = [node.querySelector(".lu-card canvas"), node.querySelector(".lu-line")];
  const end = performance.now() + milliseconds;
  const pixels = (context, { width, height }) => context.getImageData(0, 0, width, height).data;
  for (;;) {
    const [id, text, coarse, frame, mime] = await lab.ask(`(lambda it: [it.frame_id, it.text, it.coarse,
      __import__('base64').b64encode(it.frame).decode(), it.mime])(${figure})`);
    const there = () => lab.kernel.status === "idle" && !lab.open.size && Number(canvas.dataset.frame) === id
      && line.textContent.trim() === text.trim() && text !== before;
    if (there() && !coarse) {
      const image = new Image();
      image.src = `data:${mime};base64,${frame}`;
      await image.decode();
      const pen = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      pen.drawImage(image, 0, 0);
      const [seen, wanted] = [pixels(canvas.getContext("2d"), canvas), pixels(pen, canvas)];
      const off = seen.reduce((most, color, i) => Math.max(most, Math.abs(color - wanted[i])), 0);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", seen));
      if (there()) return { text, off, pixels: [...digest].join(" ") };
    }
    if (performance.now() > end)
      throw new Error(`no rest: frame ${canvas.dataset.frame} of ${id}, "${line.textContent}"`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

// In JupyterLab: run a notebook, move a slider, type a number, press keys that are JupyterLab's commands elsewhere.
async function inLab(page) {
  await page.goto(given.lab);
  await page.waitForFunction(call("ready"), patient);
  await page.evaluate(call("tap"));
  await page.evaluate(`lab.ask = ${script("ask")}; undefined`);
  await page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells'); undefined");
  await page.waitForFunction(call("ran"), patient);
  await page.waitForFunction(`${call("views")}.every(({ drawn }) => drawn)`, patient);

  const { id } = (await page.evaluate(call("views"))).find(({ figure }) => figure);
  const kernel = `__import__('ipywidgets').widgets.widget._instances['${id}'].children[0]`;
  const settle = (before) => page.evaluate(`(${settled})(${JSON.stringify([kernel, timeout, before])})`);
  const cells = () => page.evaluate(`(() => {
    const { widgets, activeCellIndex, mode } = lab.panel.content;
    const sources = widgets.map(({ model }) => [model.type, model.sharedModel.getSource()]);
    return JSON.stringify([sources, activeCellIndex, mode]);
  })()`);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  const slider = await page.$(".lu-figure .noUi-handle");
  await slider.focus();
  const before = { ...(await settle()), cells: await cells() };
  await press("ArrowRight", "ArrowRight", "ArrowRight");
  const moved = await settle(before.text);
  await press(..."xdcvabmyrzhjk", "ArrowUp", "ArrowDown");
  const keys = { ...(await settle()), cells: await cells() };

  const box = await page.$(".lu-figure .widget-readout");
  await box.click();
  await page.keyboard.down("Control");
  await press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type("1,5");
  await press("Enter");
  const typed = { ...(await settle(keys.text)), box: await box.evaluate((it) => it.textContent), cells: await cells() };
  return { before, moved, keys, typed, errors: await page.evaluate("lab.errors") };
}

// A page of the built site: formulas are set, pictures are there, nothing comes from elsewhere.
async function onSite(page) {
  await page.goto(given.page, { waitUntil: "load" });
  await page.waitForFunction("document.querySelectorAll('mjx-container').length > 0", patient);
  return page.evaluate(() => ({
    title: document.querySelector("h1").textContent,
    formulas: document.querySelectorAll("mjx-container").length,
    broken: [...document.images].filter((it) => it.complete && !it.naturalWidth).map((it) => it.src),
    pictures: [...document.images].filter((it) => it.naturalWidth).length,
    foreign: performance.getEntriesByType("resource").map(({ name }) => name)
      .filter((name) => new URL(name).origin !== location.origin && !name.startsWith("data:")),
  }));
}

// A figure on a page of the site, as it was recorded.
async function inPlayer(page) {
  await page.goto(given.site);
  return play({
    evaluate: (expression) => page.evaluate(expression),
    press: async (selector, key) => (await page.$(selector)).press(key),
    click: (selector) => page.click(selector),
  }, timeout);
}

const browser = await puppeteer.launch({ browser: "firefox", executablePath: given.firefox, headless: true });
try {
  const saw = {};
  for (const [name, look] of Object.entries({ lab: inLab, site: onSite, player: inPlayer })) {
    const page = await browser.newPage();
    page.setDefaultTimeout(timeout);
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(String(error)));
    saw[name] = { ...(await look(page)), thrown };
    await page.close();
  }
  process.stdout.write(JSON.stringify({ version: await browser.version(), ...saw }));
} finally {
  await browser.close();
}
