// Scrolls to the cell that shows the widget with this id.
id => {
  const all = lab.panel.content.widgets;
  const at = all.findIndex(cell => JSON.stringify(cell.model.outputs?.toJSON() ?? '').includes(id));
  return lab.panel.content.scrollToItem(at);
}
