// The map of the series on a page of the site: how many questions this browser has answered, and where to go on.
// The table is that of lectureutils/live/progress_map.py; exercises are solved in a live notebook, not here.
import { element } from "./dom.js";
import { answers, forget } from "./memory.js";

export function fillMap(table) {
  const rows = [...table.querySelectorAll("tr[data-notebook]")].map((row) => {
    const [, exercises, questions, here] = row.cells;
    const of = Number(/of (\d+)/.exec(questions.textContent)?.[1] ?? 0);
    return { notebook: row.dataset.notebook, exercises, questions, here, of };
  });
  for (const { exercises } of rows) exercises.textContent = exercises.textContent.replace(/^\d+ of /, "");
  const again = element("button", { type: "button", class: "lu-forget" }, "Forget my answers");
  const show = () => {
    const kept = answers();
    const count = ({ notebook, of }) => Math.min(of, Object.keys(kept[notebook] ?? {}).length);
    for (const row of rows) row.questions.textContent = row.questions.textContent.replace(/^\d+/, count(row));
    const last = Math.max(0, rows.findLastIndex((row) => count(row) > 0));
    const next = [...rows.slice(last), ...rows.slice(0, last)].find((row) => count(row) < row.of);
    for (const { here } of rows) here.replaceChildren();
    next?.here.append(element("a", { href: `${next.notebook}.html` }, element("b", {}, "→ go on here")));
    again.hidden = !rows.some(count);
  };
  again.addEventListener("click", () => {
    forget();
    show();
  });
  table.after(again);
  show();
}
