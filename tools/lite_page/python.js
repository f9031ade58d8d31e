// The kernel takes Pyodide from here, so that the page can be told what is fetched (loading.js). The real one is at
// PYODIDE, an address that the build puts in its place.
const PYODIDE = '{{pyodide}}';
const COUNTED = /\.(whl|zip|wasm|js|json)$/;
const news = new BroadcastChannel('lectureutils loading');
const real = self.fetch;
let [asked, there, bytes, told] = [0, 0, 0, 0];

function tell(more = {}) {
  const now = performance.now();
  if (now - told < 100 && there < asked && !more.state) return;
  told = now;
  news.postMessage({ state: 'loading', asked, there, bytes, ...more });
}

async function count(copy) {
  const reader = copy.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length;
    tell();
  }
  there += 1;
  tell();
}

async function fetchAndTell(...request) {
  const counted = COUNTED.test(new URL(request[0]?.url ?? request[0], self.location).pathname);
  asked += counted;
  const response = await real(...request);
  if (counted && response.body) count(response.clone()).catch(() => {});
  return response;
}

export async function loadPyodide(options) {
  self.fetch = fetchAndTell;
  try {
    const { loadPyodide: load } = await import(PYODIDE);
    const pyodide = await load(options);
    tell({ state: 'starting' });
    return pyodide;
  } catch (error) {
    tell({ state: 'failed', error: String(error) });
    throw error;
  } finally {
    self.fetch = real;
  }
}
