() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  if (!panel?.sessionContext?.isReady || !panel.content?.model) return false;
  return panel.sessionContext.session?.kernel?.status === 'idle';
}
