// Every message of the kernel passes anyMessage. Errors of callbacks arrive there, and nowhere else. `open` holds the
// widgets' messages that the kernel has not finished with; a kernel may answer others meanwhile, and call itself idle.
// On a fresh page Jupyter's widget manager asks a kernel that has no widgets yet for their state, over a comm that
// the kernel does not know: what it says about that comm is harmless.
() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const lab = window.lab = { panel, kernel: panel.sessionContext.session.kernel, errors: [], started: false, known: [],
    open: new Set() };
  lab.kernel.anyMessage.connect((_, { msg, direction }) => {
    const { content, header } = msg;
    if (content.target_name === 'jupyter.widget.control') lab.known.push(`No such comm: ${content.comm_id}`);
    if (direction === 'send' && header.msg_type === 'comm_msg') lab.open.add(header.msg_id);
    if (direction !== 'recv') return;
    if (content.execution_state === 'idle') lab.open.delete(msg.parent_header.msg_id);
    if (header.msg_type === 'execute_input') lab.started = true;
    if (header.msg_type === 'stream' && lab.known.some(known => content.text.includes(known))) return;
    if (header.msg_type === 'stream' && !lab.started && content.text.startsWith('No such comm')) return;
    if (header.msg_type === 'error' || content.status === 'error')
      lab.errors.push([
        `${header.msg_type}: ${content.ename}: ${content.evalue}`, ...content.traceback ?? []].join('\n'));
    if (header.msg_type === 'stream' && content.name === 'stderr') lab.errors.push(`stderr: ${content.text}`);
  });
}
