// Each widget view of the notebook's outputs: the id of its widget, and whether it and its figures have been drawn.
() => lab.panel.content.widgets.flatMap(cell => {
  const outputs = cell.model.outputs ? cell.model.outputs.toJSON() : [];
  const views = outputs.filter(output => output.data?.['application/vnd.jupyter.widget-view+json']);
  const outs = [...cell.node.querySelectorAll('.jp-OutputArea-output')];
  const drawn = outs.filter(out => out.querySelector('.jupyter-widgets'));
  return views.map(({ data }, i) => ({ id: data['application/vnd.jupyter.widget-view+json'].model_id,
    stored: [data['text/plain'] ?? ''].flat().join(''), figure: !!drawn[i]?.querySelector('.lu-figure'),
    drawn: !!drawn[i] && [...drawn[i].querySelectorAll('.lu-figure .lu-card canvas')].every(c => c.dataset.frame) }));
})
