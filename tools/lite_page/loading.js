// What is going on until a notebook can be used: JupyterLab comes first, then Python. Meanwhile its beginning can be read.
const megabytes = bytes => (bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0);

// "3.1 of 9 MB, about 4 s more"
export function progress(bytes, size, seconds) {
  const whole = `${megabytes(bytes)} of ${megabytes(Math.max(size, bytes))} MB`;
  const left = bytes && seconds > 1 ? Math.ceil((seconds * Math.max(0, size - bytes)) / bytes) : 0;
  return left > 1 ? `${whole}, about ${left > 90 ? `${Math.round(left / 60)} min` : `${left} s`} more` : whole;
}

function line(name) {
  const box = document.createElement('div');
  box.className = 'lu-loading';
  box.innerHTML = '<span></span><progress max="1" aria-hidden="true"></progress><div role="status"></div>';
  const [seen, bar, heard] = box.children;
  seen.ariaHidden = true;
  heard.textContent = `${name} is loading.`;
  return { box, set: (text, share) => {
    seen.textContent = text;
    if (share === undefined) bar.removeAttribute('value');
    else bar.value = share;
  }, say: text => { heard.textContent = text; } };
}

function fetched() {
  const files = performance.getEntriesByType('resource');
  return files.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0);
}

let opening = null;

// While JupyterLab loads: the beginning of the notebook, and how much has come. `lab` is how much that is.
export function show({ lab, given }) {
  performance.setResourceTimingBufferSize(2000);
  const name = new URLSearchParams(window.location.search).get('path') ?? '';
  const { box, set } = line('JupyterLab');
  opening = document.createElement('div');
  opening.id = 'lu-opening';
  const text = document.createElement('article');
  opening.append(box, text);
  document.body.append(opening);
  if (name in given)
    fetch(`../static/openings/${name.replace(/\.ipynb$/, '')}.html`).then(answer => answer.text())
      .then(html => { text.innerHTML = html; }).catch(console.warn);
  const look = () => {
    if (!opening) return;
    const bytes = Math.min(fetched(), lab);
    set(`JupyterLab is loading: ${progress(bytes, lab, performance.now() / 1000)}.`, bytes / lab);
    setTimeout(look, 250);
  };
  look();
}

// Once JupyterLab runs: it takes the place of the beginning, and a line tells of Python until the kernel answers.
export async function follow(app, about) {
  const panel = () => app.shell.currentWidget;
  const end = Date.now() + 15_000; // without a notebook there is nothing to wait for
  while (!panel()?.content?.widgets?.[0]?.node.isConnected && Date.now() < end) await pause(100);
  opening?.remove();
  opening = null;
  await python(() => panel()?.sessionContext?.session?.kernel?.status, about?.python ?? 0);
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const READ = 'You can read meanwhile; figures move when it is there.';
const LONG = 120; // seconds without news, as a busy machine may have them

async function python(status, size) {
  const { box, set, say } = line('Python');
  box.id = 'lu-python';
  let last = { bytes: 0, asked: 0, there: 0 }, first = 0, heard = performance.now();
  const start = heard;
  const news = new BroadcastChannel('lectureutils loading');
  news.onmessage = ({ data }) => { last = data; heard = performance.now(); first ||= heard; };
  while (status() !== 'idle' && last.state !== 'failed') {
    const quiet = (performance.now() - heard) / 1000;
    const tail = quiet > LONG ? 'This takes longer than it should. Is this page online?' : READ;
    if (performance.now() - start > 1000) document.body.append(box); // what is there at once needs no word
    const all = first && last.there === last.asked && quiet > 1;
    if (all || last.state === 'starting') set(`Python is starting, which takes some seconds. ${tail}`);
    else if (!first) set(`Python is on its way. ${tail}`);
    else set(`Python is loading, with NumPy and matplotlib: ${progress(last.bytes, size, (heard - first) / 1000)}. ${tail}`,
      last.bytes / Math.max(size, last.bytes, 1));
    await pause(250);
  }
  news.close();
  if (last.state === 'failed') {
    const why = 'Python could not be loaded. Look at the connection, then load this page again.';
    document.body.append(box);
    set(why, 0);
    say(why);
    return;
  }
  if (!box.isConnected) return;
  set('Python is ready.', 1);
  say('Python is ready.');
  await pause(4000);
  box.remove();
}
