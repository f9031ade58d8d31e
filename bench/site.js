// The hand on a page of the site: the first recorded figure and its first slider (after eyes.js, at the page's start).
(() => {
  const { look, nextFrame } = eyes;
  const figure = () => document.querySelector('figure.lu-recorded');
  const see = () => look(figure().querySelector('canvas'));

  function move() {
    const slider = figure().querySelector('input[type=range]');
    slider.value = Number(slider.value) + (slider.value === slider.max ? -1 : 1);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // Milliseconds and frames of the screen from one move of the slider, `phase` ms after a frame, to other pixels.
  async function latency(phase) {
    await nextFrame();
    await new Promise((resolve) => setTimeout(resolve, phase));
    const before = see(), start = performance.now();
    move();
    for (let frames = 1; performance.now() - start < 10000; frames += 1) {
      await nextFrame();
      if (see() !== before) return { ms: performance.now() - start, frames };
    }
    throw new Error('no new picture in 10 s');
  }

  // Milliseconds from the page's start until its first figure has followed a hand that goes there at once.
  async function firstMove() {
    while (!figure()) await nextFrame();
    figure().scrollIntoView();
    while (figure().dataset.state !== 'ready') await nextFrame();
    await latency(0);
    return performance.now();
  }

  // What the page has loaded until now, in bytes on the line: the figure's recording, and all the rest.
  function loaded() {
    const sizes = { figure: 0, page: performance.getEntriesByType('navigation')[0].transferSize };
    for (const { name, transferSize } of performance.getEntriesByType('resource'))
      sizes[name.includes('/recordings/') ? 'figure' : 'page'] += transferSize;
    return sizes;
  }

  window.bench = { latency, firstMove, loaded };
})();
