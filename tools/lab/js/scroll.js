async top => {
  const outer = lab.panel.content.outerNode;
  outer.scrollTop = top;
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  const last = lab.panel.content.widgets.at(-1).node;
  return last.getBoundingClientRect().bottom - outer.getBoundingClientRect().top + outer.scrollTop;
}
