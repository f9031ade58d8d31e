// The picture of a figure and the sentence below it: the same in the notebook and on a page without a kernel.

// Draws on a canvas: a whole frame, which is kept, or patches over the one that is kept. A patch is [image, x, y].
export function makePicture(canvas) {
  const pen = canvas.getContext("2d");
  let kept = null, patched = [];
  return {
    keep(image, width = image.naturalWidth ?? image.width, height = image.naturalHeight ?? image.height) {
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      if (image instanceof ImageData) pen.putImageData(image, 0, 0);
      else pen.drawImage(image, 0, 0);
      [kept, patched] = [image, []];
    },
    patch(patches) {
      for (const [x, y, width, height] of patched) pen.drawImage(kept, x, y, width, height, x, y, width, height);
      for (const [image, x, y] of patches) pen.drawImage(image, x, y);
      patched = patches.map(([{ width, height }, x, y]) => [x, y, width, height]);
    },
  };
}

// Makes a canvas the picture of a figure, with the proportions of its size in CSS pixels.
export function proportion(canvas, [width, height]) {
  canvas.setAttribute("role", "img");
  canvas.style.aspectRatio = `${width} / ${height}`;
}

// Says what can be seen, in the line below a canvas and as its text alternative. A problem in the page, a number that
// can't be taken, stands in the place of the sentence until the next frame.
export function tell(canvas, line, sentence, problem = "") {
  line.textContent = problem || sentence;
  line.classList.toggle("lu-failed", Boolean(problem));
  canvas.setAttribute("aria-label", sentence);
}
