// JupyterLite keeps what a reader saves in the browser, and would show that copy for ever, whatever is published later.
// So, as in `my_notebooks` (tools/workcopy.py): a copy in which the reader wrote nothing gives way to a new version;
// one that was changed stays, and the new version is offered. What counts is the text of the cells.
const { pathname } = new URL('..', window.location.href);
const STORAGE = `JupyterLite Storage - ${pathname}`;
const MEMORY = `lectureutils given ${pathname}`; // which version each copy began with

// As tools/lite_page/__init__.py computes it: FNV-1a over the texts.
export function fingerprint(cells) {
  let number = 0x811c9dc5;
  for (const { cell_type: type, source } of cells)
    for (const letter of `${type}\n${[source].flat().join('')}\0`)
      number = Math.imul(number ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return number;
}

function remembered() {
  try {
    return JSON.parse(window.localStorage.getItem(MEMORY)) ?? {};
  } catch {
    return {}; // in doubt a copy belongs to the reader
  }
}

function remember(versions) {
  window.localStorage.setItem(MEMORY, JSON.stringify({ ...remembered(), ...versions }));
}

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function storage() {
  const all = await window.indexedDB.databases();
  return all.some(({ name }) => name === STORAGE) ? done(window.indexedDB.open(STORAGE)) : null;
}

// Before JupyterLite starts. Gives the notebooks that have a new version and were kept: {name: version}.
export async function refresh(given) {
  const base = remembered(), kept = {}, database = await storage();
  const stores = [...database?.objectStoreNames ?? []].filter(name => ['files', 'checkpoints'].includes(name));
  const open = () => database.transaction(stores, 'readwrite');
  for (const [name, version] of Object.entries(given)) {
    const copy = stores.includes('files') ? await done(open().objectStore('files').get(name)) : undefined;
    const mine = copy && fingerprint(copy.content?.cells ?? []);
    if (!copy || mine === version) remember({ [name]: version });
    else if (mine === base[name]) {
      const transaction = open();
      for (const store of stores) transaction.objectStore(store).delete(name);
      remember({ [name]: version });
    } else if (base[name] !== version) kept[name] = version;
  }
  database?.close();
  return kept;
}

// Once it runs: each kept notebook says so when it is opened.
export async function offer(kept, app) {
  const { commands, shell, serviceManager: { contents } } = app;
  commands.addCommand('lectureutils:new-version', { label: 'Get the new version', execute: async ({ path }) => {
    const panel = [...shell.widgets('main')].find(({ context }) => context?.path === path);
    await panel?.context.save();
    const taken = (await contents.get('')).content.map(({ name }) => name);
    let mine = `my_${path}`;
    for (let number = 2; taken.includes(mine); number += 1) mine = `my_${number}_${path}`;
    await contents.rename(path, mine);
    remember({ [path]: kept[path] });
    await commands.execute('docmanager:open', { path });
  } });
  commands.addCommand('lectureutils:keep-mine', {
    label: 'Keep mine', execute: ({ path }) => remember({ [path]: kept[path] }),
  });
  const said = new Set();
  const look = () => {
    const path = shell.currentWidget?.context?.path;
    if (!(path in kept) || said.has(path)) return;
    said.add(path);
    const action = (label, command) => ({ label, commandId: `lectureutils:${command}`, args: { path } });
    commands.execute('apputils:notify', {
      message: `There is a new version of ${path}. Yours has changed, so yours was kept. If you get the new one, yours `
        + `becomes my_${path}.`,
      type: 'info',
      options: { autoClose: false, actions: [action('Get the new one', 'new-version'), action('Keep mine', 'keep-mine')] },
    });
  };
  shell.currentChanged.connect(look);
  look();
}
