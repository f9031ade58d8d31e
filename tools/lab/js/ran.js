() => {
  if (lab.kernel.status !== 'idle') return false;
  return lab.panel.content.widgets.every(cell => cell.model.type !== 'code'
    || !cell.model.sharedModel.getSource().trim() || cell.model.executionCount);
}
