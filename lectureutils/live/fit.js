// On a projector: a figure is as large as the notebook's window can hold it with its sentence and its controls. Never
// larger than `style.projector` asks for, and never smaller than a figure without it.
const STEP = 0.05; // of the scale
const SPARE = 22; // px of the sentence's size: it may get one more line

// Keep the figure of `el` fitted: `become` shows it with a share of the `scale()` that is asked for, `settled` gets the one
// that fits. Return how to do it once more, where something was added, and how to end it. Only JupyterLab and Notebook
// have a window of their own for a notebook; elsewhere nothing is changed.
export function keepFitted(el, scale, become, settled) {
  const root = el.closest(".lu-figure"), shown = el.closest(".jp-WindowedPanel-outer");
  if (scale() <= 1 || !root || !shown) return { again() {}, end() {} };
  const fit = () => {
    const asked = scale();
    if (asked <= 1) return; // a narrow page
    let now = asked;
    const fits = () => {
      become(now / asked);
      return now <= 1 || root.offsetHeight + SPARE * now <= shown.clientHeight;
    };
    while (!fits()) now = Math.max(now - STEP, 1);
    settled(now / asked);
  };
  let asked = null;
  const again = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(fit);
  };
  const resized = new ResizeObserver(again);
  resized.observe(shown);
  return {
    again,
    end() {
      cancelAnimationFrame(asked);
      resized.disconnect();
    },
  };
}
