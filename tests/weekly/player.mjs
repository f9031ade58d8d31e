// A recorded figure of the site under a hand, in whatever browser: the driver lends its own keys and clicks.

const FIGURE = "figure.lu-recorded";
const ready = `(() => {
  const figure = document.querySelector("${FIGURE}");
  figure.scrollIntoView();
  return figure.dataset.state === "ready";
})()`;
// The sentence, and a number for the pixels.
const look = `(() => {
  const figure = document.querySelector("${FIGURE}");
  const drawn = figure.querySelector("canvas").toDataURL();
  let pixels = 0;
  for (let at = 0; at < drawn.length; at += 1) pixels = (Math.imul(pixels, 31) + drawn.charCodeAt(at)) | 0;
  return { text: figure.querySelector("figcaption").textContent, pixels };
})()`;
const button = (icon) => `${FIGURE} button:has(.lu-icon-${icon})`;

// `hand` has evaluate(expression), press(selector, key) and click(selector). Gives what was seen after each act.
export async function play(hand, milliseconds) {
  const end = Date.now() + milliseconds;
  const until = async (what, enough, ask) => {
    for (;;) {
      const found = await ask();
      if (enough(found)) return found;
      if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(found)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const see = () => hand.evaluate(look);
  const other = (what, before) => until(what, (now) => now.text !== before.text && now.pixels !== before.pixels, see);
  await until("no figure that moves", Boolean, () => hand.evaluate(ready));
  const start = await see();
  await hand.press(`${FIGURE} input[type=range]`, "End");
  const slid = await other("the slider", start);
  await hand.click(button("undo"));
  const reset = await other("Reset", slid);
  await hand.click(button("step-forward"));
  const stepped = await other("Step", reset);
  await hand.click(button("play"));
  const played = await other("Play", await other("Play", stepped)); // goes on by itself
  await hand.click(button("pause"));
  const paused = await see();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { start, slid, reset, stepped, played, paused, later: await see() };
}
