// The bar at the foot of the window while Python is on: what it does, and how to end or renew it.

const RUNS = "Python runs in this page.";
const BUSY = 1000; // ms, before which nobody needs to be told

export function makeBar(article, { stop, restart }) {
  const bar = document.createElement("section");
  bar.className = "lu-python";
  bar.setAttribute("aria-label", "Python in this page");
  bar.hidden = true;
  const line = bar.appendChild(document.createElement("p"));
  line.setAttribute("role", "status");
  const button = (words, title, act) => {
    const made = bar.appendChild(document.createElement("button"));
    Object.assign(made, { type: "button", textContent: words, title });
    made.addEventListener("click", act);
  };
  button("Restart", "Start Python anew: it forgets what it knew; what you wrote stays", restart);
  button("Stop", "End Python, whatever it does; what you wrote stays", stop);
  article.append(bar);
  let timer = null;
  return {
    on(words = RUNS) {
      bar.hidden = false;
      line.textContent = words;
    },
    off() {
      clearTimeout(timer);
      bar.hidden = true;
    },
    say: (words) => (line.textContent = words),
    busy(on) {
      clearTimeout(timer);
      if (on) timer = setTimeout(() => (line.textContent = "Python is at work."), BUSY);
      else line.textContent = RUNS;
    },
  };
}
