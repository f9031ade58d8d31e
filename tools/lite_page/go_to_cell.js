// A link from the site may name a cell, as in #cell-id=...: JupyterLite opens the notebook, and forgets the rest.
(() => {
  const [, id] = /^#cell-id=(.+)$/.exec(window.location.hash) ?? [];
  if (!id) return;
  const end = Date.now() + 120_000; // a slow line
  const look = () => {
    const panel = window.jupyterapp?.shell.currentWidget;
    if (panel?.context?.isReady && panel.setFragment) {
      panel.content.activeCellIndex = Math.max(0, panel.content.widgets.findIndex(({ model }) => model.id === id));
      panel.setFragment(`#cell-id=${id}`);
    } else if (Date.now() < end) setTimeout(look, 200);
  };
  look();
})();
