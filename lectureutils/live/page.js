// Jupyter makes a view first and puts it on the page later; on a busy machine much later.

// Call `ready` with the nearest `box` (a selector) around `el` once `el` is on the page; return what calls it off.
export function whenOnPage(el, box, ready) {
  let gone = false;
  const look = () => {
    if (gone) return;
    if (!el.isConnected) return void requestAnimationFrame(look);
    const root = el.closest(box);
    if (root) ready(root);
  };
  requestAnimationFrame(look);
  return () => (gone = true);
}
