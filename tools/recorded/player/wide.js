// What is wider than its place, such as a formula on a phone, scrolls sideways: keys have to reach it.

export function reachByKeys(nodes) {
  const sized = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const node of nodes) sized.observe(node);
}
