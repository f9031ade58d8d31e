// The quiet menu of a figure: its address, the line that embeds it, its picture, its film.
import { element, icon } from "./dom.js";

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // only pages that came safely have a clipboard
    const area = document.body.appendChild(element("textarea", { style: "position: fixed; top: 0" }));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function save(address, name) {
  element("a", { href: address, download: name }).click();
}

function embedLine(address, title, figure) {
  const link = element("iframe", {
    src: new URL(address, document.baseURI).href,
    title,
    width: "100%",
    height: Math.ceil(figure.getBoundingClientRect().height) + 40,
    style: "border: 0",
    loading: "lazy",
  });
  return link.outerHTML;
}

// `address()` is the link to the present state; `embedded` and `film` are addresses, empty where there is none.
export function makeMenu({ figure, canvas, title, word, address, embedded, film, say }) {
  const items = [
    ["Copy link to this state", async () => (await copy(address()), "The link is copied.")],
    embedded && [
      "Copy line to embed it",
      async () => (await copy(embedLine(embedded, title, figure)), "The line for another page is copied."),
    ],
    ["Save picture (PNG)", async () => {
      const blob = await new Promise((resolve) => canvas.toBlob(resolve));
      const made = URL.createObjectURL(blob);
      save(made, `${word}.png`);
      URL.revokeObjectURL(made);
      return "The picture is saved.";
    }],
    film && ["Save film (GIF)", async () => (save(film, `${word}.gif`), "")],
  ].filter(Boolean);

  const summary = element("summary", { "aria-label": "More: link, picture, film", title: "More" }, icon("more"));
  const menu = element("details", { class: "lu-menu" }, summary);
  const close = () => {
    if (menu.contains(document.activeElement)) summary.focus();
    menu.open = false;
  };
  const buttons = items.map(([words, act]) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", async () => {
      close();
      say(await act());
    });
    return button;
  });
  menu.append(element("div", { class: "lu-menu-items" }, ...buttons));
  menu.addEventListener("keydown", (event) => {
    const all = [summary, ...buttons];
    const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && menu.open) {
      close();
      event.preventDefault(); // the figure keeps the focus
    }
    else if (direction && menu.open) {
      all[(all.indexOf(document.activeElement) + direction + all.length) % all.length].focus();
      event.preventDefault();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  return menu;
}
