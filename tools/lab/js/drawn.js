// A canvas's colours, and whether they are more than a few.
canvas => {
  const { buffer } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  return new Uint32Array(buffer).some(color => seen.add(color).size > 8);
}
