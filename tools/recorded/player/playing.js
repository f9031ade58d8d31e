// Play and Pause: one step after another, each once the one before it is on the screen.

// `advance` does a step and says whether there is another; `changed` is told when playing begins and ends.
export function makePlaying(ms, advance, changed) {
  let timer = null, on = false;
  const turn = (to) => {
    clearTimeout(timer);
    if (on !== to) changed((on = to));
  };
  const tick = async () => {
    const more = await advance();
    if (!on) return;
    if (more) timer = setTimeout(tick, ms);
    else turn(false);
  };
  return {
    get on() {
      return on;
    },
    start() {
      turn(true);
      tick();
    },
    stop: () => turn(false),
  };
}
