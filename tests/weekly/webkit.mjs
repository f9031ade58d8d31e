// Drives WebKit through its WebDriver, and prints as JSON what it saw of a recorded figure.
//   node webkit.mjs '{"driver": address, "browser": path, "modules": folder, "page": address, "seconds": number}'
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { play } from "./player.mjs";

const given = JSON.parse(process.argv[2]);
const { Builder, By, Capabilities, Key } = createRequire(join(given.modules, "of", "its", "own.js"))("selenium-webdriver");
const driver = await new Builder().disableEnvironmentOverrides().usingServer(given.driver).withCapabilities(
  new Capabilities({
    browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: given.browser, args: ["--automation"] },
  })).build();
const find = (selector) => driver.findElement(By.css(selector));
const hand = {
  evaluate: (expression) => driver.executeScript(`return ${expression};`),
  press: async (selector, key) => (await find(selector)).sendKeys({ End: Key.END }[key]),
  click: async (selector) => (await find(selector)).click(),
};
try {
  await driver.get(given.page);
  const about = await driver.getCapabilities();
  const saw = await play(hand, 1000 * given.seconds);
  process.stdout.write(JSON.stringify({ version: `${about.getBrowserName()} ${about.getBrowserVersion()}`, ...saw }));
} finally {
  await driver.quit();
}
