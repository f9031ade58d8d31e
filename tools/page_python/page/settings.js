// Where Python is: JupyterLite's settings of the same site say it, so both have the same Pyodide and the same packages.

const KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel";
const NOT_HERE = new Set(["micropip", "piplite", "jedi"]); // for %pip, which finds them itself, and for completing

// Give what the worker has to know, from the address of the folder lite/. Throws in words.
export async function readSettings(lite) {
  const told = await fetchFrom(new URL("jupyter-lite.json", lite), "this copy of the site comes without it");
  const { pyodideUrl, loadPyodideOptions } = (await told.json())["jupyter-config-data"].litePluginSettings[KERNEL];
  const lock = new URL(loadPyodideOptions.lockFileURL, lite);
  const text = await (await fetchFrom(lock, "its list of packages is missing")).text();
  const pyodide = new URL(loadPyodideOptions.indexURL, lite);
  return {
    key: await digest(text),
    pyodideUrl: new URL(pyodideUrl, lite).href,
    indexUrl: pyodide.href,
    host: pyodide.host,
    loadPyodideOptions: {
      indexURL: pyodide.href,
      lockFileURL: lock.href,
      packages: loadPyodideOptions.packages.filter((name) => !NOT_HERE.has(name)),
    },
  };
}

async function fetchFrom(url, otherwise) {
  const answer = await fetch(url).catch(() => null);
  if (!answer) throw new Error("the network does not answer");
  if (!answer.ok) throw new Error(otherwise);
  return answer;
}

// A page that came without https has no digests: there the length and a sum stand for it.
async function digest(text) {
  const bytes = new TextEncoder().encode(text);
  if (!crypto.subtle) return `${bytes.length}-${bytes.reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7)}`;
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
