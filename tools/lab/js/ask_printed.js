// As `ask`, for a kernel that answers no user_expressions: the value travels as JSON in what it prints.
async code => {
  const asked = lab.kernel.requestExecute({ code: `print(__import__('json').dumps(${code}))`, store_history: false });
  let printed = '';
  asked.onIOPub = ({ header, content }) => { if (header.msg_type === 'stream') printed += content.text; };
  const { content } = await asked.done;
  if (content.status !== 'ok') throw new Error(`${code}: ${content.ename}: ${content.evalue}`);
  return JSON.parse(printed);
}
