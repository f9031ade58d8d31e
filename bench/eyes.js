// What is on the screen, told by a number: read from the picture's own element (an img or a canvas).
(() => {
  const small = new OffscreenCanvas(160, 100);
  const pen = small.getContext('2d', { willReadFrequently: true });
  pen.imageSmoothingEnabled = false; // looking must cost little, or it would be the looking that is measured

  // null while there is no picture (interact takes the old one away first).
  function look(node) {
    if (!node) return null;
    pen.clearRect(0, 0, 160, 100);
    pen.drawImage(node, 0, 0, 160, 100);
    let sum = 0;
    for (const value of new Uint32Array(pen.getImageData(0, 0, 160, 100).data.buffer))
      sum = (Math.imul(sum, 31) + value) | 0;
    return sum;
  }

  window.eyes = { look, nextFrame: () => new Promise(requestAnimationFrame) };
})();
