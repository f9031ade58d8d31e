// What a reader of the site has answered stays in this browser, and goes nowhere else. Where nothing can be kept, nothing
// is: a browser may refuse.

const KEY = "lectureutils:answers";

// Give the answers by notebook: { "01_linear_classifier": { "the question": "the choice" } }.
export function answers() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

// Keep the choice that was made for a question of a notebook.
export function keep(notebook, question, choice) {
  const all = answers();
  all[notebook] = { ...all[notebook], [question]: choice };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // full, or not allowed
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // not allowed: then there is nothing
  }
}

const CODE = "lectureutils:code";

// Give what the reader has written into the cells of a notebook: { "984764bea9ea": "x = 1" }.
export function written(notebook) {
  try {
    const kept = JSON.parse(localStorage.getItem(CODE))?.[notebook];
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

// Keep what was written into a cell; without a text it is as the notebook has it, and nothing is kept.
export function keepCode(notebook, cell, text) {
  try {
    const all = JSON.parse(localStorage.getItem(CODE)) ?? {};
    all[notebook] = { ...all[notebook], [cell]: text };
    if (text === undefined) delete all[notebook][cell];
    localStorage.setItem(CODE, JSON.stringify(all));
  } catch {
    // full, or not allowed
  }
}

// The notebook whose page this is.
export const notebookHere = () => decodeURIComponent(window.location.pathname.split("/").at(-1)).replace(/\.html$/, "");
