// Says the words of an output to whom a page is read aloud: JupyterLab and a page of the site show outputs in silence.

// `script` is the element that runs this, in the output; `made` is when its cell ran. A notebook that is opened again
// runs its scripts anew, and has nothing to say.
export function sayAloud(script, words, made) {
  const FRESH = 60000, QUIET = 500; // ms
  if (!script.closest(".jp-NotebookPanel, .lu-outputs") || Math.abs(Date.now() - made) > FRESH) return;
  let region = document.getElementById("lu-aloud");
  if (!region) {
    region = document.body.appendChild(document.createElement("p"));
    region.id = "lu-aloud";
    region.setAttribute("role", "status");
    region.style.cssText = "position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%)";
  }
  region.textContent = ""; // the same verdict once more is news
  setTimeout(() => (region.textContent = words), QUIET); // only what changes later is heard
}
