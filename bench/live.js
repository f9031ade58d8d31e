// The hand of the benchmark in JupyterLab, the same for every technique; it looks once per animation frame (eyes.js).
(() => {
  const { nextFrame } = eyes;

  function picture() {
    const all = [...document.querySelectorAll('.jp-OutputArea-output img, .jp-OutputArea-output canvas')];
    return all.find(node => node.offsetWidth > 400 && (node.tagName !== 'IMG' || node.complete && node.naturalWidth));
  }

  const look = () => eyes.look(picture());
  const handle = () => document.querySelector('.jp-OutputArea-output .noUi-handle');
  const angle = () => Number(handle().closest('.noUi-target').noUiSlider.get());
  const press = key => handle().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  async function settle() {
    let seen = look(), since = performance.now();
    while (performance.now() - since < bench.quiet) {
      await nextFrame();
      const now = look();
      if (now !== seen || now === null || lab.kernel.status !== 'idle') [seen, since] = [now, performance.now()];
    }
    return seen;
  }

  // Milliseconds from one move of the slider to other pixels on the screen. A hand does not move in step with the
  // screen: `phase`, in ms, says how long after a frame it moves.
  async function latency(key, phase) {
    const before = await settle();
    await nextFrame();
    await new Promise(resolve => setTimeout(resolve, phase));
    const start = performance.now();
    press(key);
    while (performance.now() - start < 10000) {
      await nextFrame();
      const now = look();
      if (now !== null && now !== before) return performance.now() - start;
    }
    throw new Error('no new picture in 10 s');
  }

  // Drag the handle with mouse events (noUiSlider, inside Jupyter's sliders, listens to these) and the pointer events
  // that come with them, one move per animation frame; count the different pictures on the way.
  // After the hand has stopped, the picture must be the one that the slider's value gives when it is set calmly.
  async function drag(milliseconds, from, to) {
    let seen = await settle(), shown = 0;
    const track = handle().closest('.noUi-target').getBoundingClientRect();
    const send = (node, kind, share, buttons) => {
      const event = {
        bubbles: true, cancelable: true, buttons, clientX: track.left + share * track.width,
        clientY: track.top + track.height / 2,
      };
      handle().dispatchEvent(new PointerEvent(`pointer${kind}`, event));
      node.dispatchEvent(new MouseEvent(`mouse${kind}`, event));
    };
    const root = document.documentElement;
    send(handle(), 'down', (angle() + 3) / 6, 1);
    const start = performance.now();
    let share = from;
    while (performance.now() - start < milliseconds) {
      await nextFrame();
      const now = look();
      if (now !== null && now !== seen) { shown += 1; seen = now; }
      // There and back again: the end must not be where the way would have led anyway.
      const t = (performance.now() - start) / milliseconds;
      share = from + (to - from) * Math.abs(Math.sin(4.5 * t));
      send(root, 'move', share, 1);
    }
    send(root, 'up', share, 0);
    const last = await settle();
    const end = angle();
    if (Math.abs(end - (6 * share - 3)) > 0.1) throw new Error(`the slider is at ${end}, the hand at ${6 * share - 3}`);
    const line = document.querySelector('.lu-line');
    const says = line ? line.textContent.includes(`angle ${end.toFixed(2)}`) : null;
    const way = end > 0 ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    press(way[0]);
    const away = await settle();
    press(way[1]);
    const calm = await settle();
    return { shown, matches: last === calm && away !== calm && says !== false };
  }

  window.bench = { quiet: 200, latency, drag, angle };
})();
