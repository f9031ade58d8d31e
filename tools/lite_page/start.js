// Runs before JupyterLite does. Whatever fails here is no reason not to start it.
import { refresh, offer } from './copies.js';
import { show, follow } from './loading.js';

const about = await (await fetch('../static/about.json')).json();
show(about);

async function running() {
  const end = Date.now() + 600_000;
  while (!window.jupyterapp && Date.now() < end) await new Promise(resolve => setTimeout(resolve, 100));
  await window.jupyterapp.restored;
  return window.jupyterapp;
}

try {
  const kept = await refresh(about.given);
  running().then(app => offer(kept, app)).catch(console.warn);
} catch (error) {
  console.warn('The copies of the notebooks could not be looked at:', error); // no storage in a private window, say
}
running().then(app => follow(app, about)).catch(console.warn);
