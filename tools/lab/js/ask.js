// The value of a Python expression in the kernel. It travels as JSON in a string as repr shows it.
async code => {
  const question = { code: '', silent: true, user_expressions: { it: `__import__('json').dumps(${code})` } };
  const { content } = await lab.kernel.requestExecute(question).done;
  const { status, ename, evalue, data } = content.user_expressions.it;
  if (status !== 'ok') throw new Error(`${code}: ${ename}: ${evalue}`);
  return JSON.parse(data['text/plain'].slice(1, -1).replace(/\\(['\\])/g, '$1'));
}
