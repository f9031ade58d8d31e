// A tally on each core question: how many hands went up for each choice, before the neighbours' talk and after it.
// Counts are typed in; bars show both. They stay in this browser until they are cleared for the next class, go nowhere
// else, and can be saved as a table that `make report` reads. On paper nobody counts (deck.js, which comes before, knows).
/* global isPrinted */

const ROUNDS = ["before", "after"];
const deck = decodeURIComponent(window.location.pathname.split("/").at(-1)).replace(/\.html$/, "");
const KEY = `lectureutils:tally:${deck}`;
let counts = read(); // { "q04-02": { before: [12, 30, 4], after: [3, 40, 3] } }

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function write() {
  try {
    localStorage.setItem(KEY, JSON.stringify(counts));
  } catch {
    // full, or not allowed: then the counts live as long as the page
  }
}

function made(tag, attributes = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...inside);
  return element;
}

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
const whole = (text) => Math.min(9999, Math.max(0, Math.round(Number(text) || 0)));
const words = (label) => label.querySelector("span").textContent;

class Tally {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.poll;
    this.choices = [...form.querySelectorAll("label")].map((label) => [label.querySelector("b").textContent, words(label)]);
    this.button = made("button", { type: "button", className: "lu-reveal lu-vote", textContent: "Tally" });
    this.button.setAttribute("aria-expanded", "false");
    this.button.addEventListener("click", () => this.show(true));
    form.querySelector(".lu-reveal").after(this.button);
    this.panel = this.build();
    form.closest("section").append(this.panel);
    this.draw();
  }

  get question() {
    return this.form.querySelector("legend").lastChild.textContent.trim();
  }

  of(round) {
    return counts[this.name]?.[round] ?? this.choices.map(() => 0);
  }

  build() {
    this.inputs = {};
    this.bars = {};
    const head = made("div", { className: "lu-row lu-head" }, made("span"), ...ROUNDS.map((round) => made("b", {}, round)));
    const rows = this.choices.map(([letter, text], n) => {
      const boxes = ROUNDS.map((round) => this.box(round, letter, n));
      const bars = ROUNDS.map((round) => this.bar(round, n));
      return made("div", { className: "lu-row" }, made("span", {}, made("b", {}, letter), ` ${text}`), ...boxes,
        made("div", { className: "lu-bars" }, ...bars));
    });
    this.said = made("p", { className: "lu-count" });
    this.said.setAttribute("role", "status");
    const press = (text, act) => {
      const button = made("button", { type: "button", className: "lu-reveal", textContent: text });
      button.addEventListener("click", act);
      return button;
    };
    const panel = made("div", { className: "lu-tally", hidden: true }, made("p", { className: "lu-asked" }, this.question),
      head, ...rows, this.said, press("Back to the question", () => this.show(false)),
      press("Save all votes", save), press("Clear all, for the next class", () => this.clear()));
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", "Tally");
    return panel;
  }

  box(round, letter, n) {
    const input = made("input", { type: "number", min: 0, max: 9999, step: 1, inputMode: "numeric" });
    input.setAttribute("aria-label", `${letter} ${round}`);
    input.addEventListener("input", () => this.put(round, n, input.value));
    input.addEventListener("keydown", ({ key }) => key === "Enter" && this.next(input));
    (this.inputs[round] ??= []).push(input);
    return input;
  }

  bar(round, n) {
    const bar = made("i", { className: `lu-${round}` });
    const share = made("span");
    (this.bars[round] ??= [])[n] = [bar, share];
    return made("div", {}, bar, share);
  }

  // Enter goes down a column, and from its end to the next one.
  next(input) {
    const all = ROUNDS.flatMap((round) => this.inputs[round]);
    all[(all.indexOf(input) + 1) % all.length].focus();
  }

  put(round, n, text) {
    const numbers = [...this.of(round)];
    numbers[n] = whole(text);
    counts[this.name] = { ...counts[this.name], [round]: numbers };
    write();
    this.draw();
  }

  show(open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    (open ? this.inputs.before[0] : this.button).focus();
  }

  clear() {
    if (!window.confirm("Clear the votes on all questions of this deck?")) return;
    counts = {};
    write();
    tallies.forEach((tally) => tally.draw());
  }

  draw() {
    for (const round of ROUNDS) {
      const numbers = this.of(round);
      const all = sum(numbers);
      numbers.forEach((number, n) => {
        const input = this.inputs[round][n];
        if (document.activeElement !== input) input.value = number || "";
        const [bar, share] = this.bars[round][n];
        bar.style.width = `${all ? (80 * number) / all : 0}%`;
        share.textContent = all ? `${Math.round((100 * number) / all)}%` : "";
      });
    }
    const told = ROUNDS.map((round) => `${sum(this.of(round))} ${round}`);
    this.said.textContent = `Votes: ${told.join(", ")}.`;
    this.button.textContent = sum(this.of("before")) + sum(this.of("after")) ? "Tally ✓" : "Tally";
  }

  // What a spreadsheet and `make report` read: a row for each choice.
  rows() {
    const right = Number(this.form.dataset.right);
    return this.choices.map(([letter, text], n) => [this.name, this.question, letter, text, n === right ? "right" : "",
      this.of("before")[n], this.of("after")[n]]);
  }
}

const quoted = (value) => `"${String(value).replaceAll('"', '""')}"`;
const COLUMNS = ["id", "question", "letter", "choice", "right", "before", "after"];

function save() {
  const voted = tallies.filter((tally) => ROUNDS.some((round) => sum(tally.of(round))));
  const table = [COLUMNS, ...voted.flatMap((tally) => tally.rows())];
  const text = `\ufeff${table.map((row) => row.map(quoted).join(",")).join("\n")}\n`;
  const link = made("a", { download: `votes-${deck}.csv`, href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const asked = isPrinted ? [] : [...document.querySelectorAll(".lu-question[data-poll]")];
const tallies = asked.map((form) => new Tally(form));

// Another window of the same deck, such as the speaker's.
window.addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  counts = read();
  tallies.forEach((tally) => tally.draw());
});
