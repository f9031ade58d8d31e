// anywidget's script hands itself to a loader of AMD modules, which this page has not.
globalThis.define = (_names, make) => {
  delete globalThis.define;
  globalThis.lectureutilsAnywidget = make;
};
