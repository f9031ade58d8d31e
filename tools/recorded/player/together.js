// Python in this page: a button under each figure asks for it, and nothing comes before that.
import { element } from "./dom.js";

const WORDS = "Move everything together";
const TITLE = "Start Python in this page and put the live figure here, as it stands: about 25 MB the first time";

// Say how figures of a page become live. `folder` is the address of what Python in a page is made of (empty where there
// is none), `lite` that of JupyterLite, `web` the page's own on the web.
export function makeTogether({ folder, lite, web, notebook }) {
  if (!folder) return null;
  let opening = null;
  const here = (address) => new URL(address, document.baseURI).href;
  const open = async () => {
    const { openPage } = await import(here(`${folder}main.js`)).catch(() => {
      throw new Error("the network does not answer");
    });
    return openPage({
      told: here(`${folder}${notebook}.json`),
      lite: here(lite),
      style: here(`${folder}main.css`),
      notebook,
      article: document.querySelector(".bd-article-container") ?? document.body,
    });
  };
  // The page with its Python, once somebody has asked. Throws in words; then the next one to ask tries again.
  const page = () => {
    if (window.location.protocol === "file:") {
      const way = element("a", { href: web }, "this page on the web");
      throw Object.assign(new Error("a page from a disk can't start Python"), { way: [" It can on ", way, "."] });
    }
    opening ??= open().catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    page,
    // The button under a figure. `place()` is where its recording stands; `say` shows words and reads them out.
    button(figure, place, say) {
      const button = element("button", { type: "button", class: "lu-together", title: TITLE }, WORDS);
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          const live = await (await page()).together(figure, place(), say);
          say("");
          if (live) live.tabIndex = -1; // code that was changed may show something else
          live?.focus({ preventScroll: true });
        } catch (error) {
          say(`The recording stays: ${error.message}.`, ...(error.way ?? []));
        }
        button.disabled = false;
      });
      return button;
    },
  };
}
