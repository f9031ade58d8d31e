// The pictures of a recording, decoded: what may be wanted next is decoded before it is.

const MOST = 64e6; // bytes of pixels that a figure keeps
const bytesOf = ({ width, height }) => 4 * width * height;

function blob(base64, type) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type });
}

export function makeFrames({ pictures, mime }) {
  const there = new Map(); // what was used last stands last
  const coming = new Map();
  let plan = 0;

  const forget = (enough) => {
    let sum = [...there.values()].reduce((total, image) => total + bytesOf(image), 0);
    for (const [index, image] of there) {
      if (sum <= enough) break;
      if (index === 0) continue; // patches stand on it
      sum -= bytesOf(image);
      there.delete(index);
      image.close();
    }
  };

  const get = (index) => {
    const image = there.get(index);
    if (image) there.delete(index), there.set(index, image);
    return image;
  };

  const load = (index) => {
    if (there.has(index)) return Promise.resolve(get(index));
    if (!coming.has(index)) {
      const made = createImageBitmap(blob(pictures[index], mime)).then((image) => {
        there.set(index, image);
        forget(MOST);
        return image;
      });
      coming.set(index, made.finally(() => coming.delete(index)));
    }
    return coming.get(index);
  };

  return {
    get,
    load,
    // Decode these, one after another, until there is another plan.
    async ahead(indices) {
      const mine = ++plan;
      let room = MOST / 2;
      for (const index of indices) {
        if (mine !== plan || room < 0) return;
        room -= bytesOf(await load(index));
      }
    },
    rest() {
      plan += 1;
      forget(0);
    },
  };
}
