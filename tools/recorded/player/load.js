// Loads recordings, each a classic script that hands over its content: a page from a disk may load nothing else.

const waiting = new Map();
const loads = new Map(); // two figures of a page may play the same recording

window.lectureutilsRecording = (recording) => waiting.get(recording.figure)?.(recording);

// Give the recording of a figure; throws in words where it is missing, or cut on its way.
export function load(name, folder) {
  if (!loads.has(name)) loads.set(name, begin(name, folder));
  return loads.get(name);
}

// Load it anew next time.
export function forget(name) {
  loads.delete(name);
}

function begin(name, folder) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const ended = (answer, value) => {
      waiting.delete(name);
      script.remove();
      answer(value);
    };
    waiting.set(name, (recording) => ended(resolve, recording));
    script.onerror = () => ended(reject, new Error("the recording of this figure is missing"));
    // By now the script would have handed it over.
    script.onload = () => waiting.has(name) && ended(reject, new Error("the recording of this figure came incomplete"));
    script.src = `${folder}${name}.js`;
    document.head.append(script);
  });
}
