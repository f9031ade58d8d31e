// Opens another notebook in a page whose own was closed; nothing else stays open.
async path => {
  const { commands, shell } = window.jupyterapp;
  const panel = await commands.execute('docmanager:open', { path, factory: 'Notebook' });
  for (const other of [...shell.widgets('main')]) if (other !== panel) other.dispose();
  shell.activateById(panel.id);
}
