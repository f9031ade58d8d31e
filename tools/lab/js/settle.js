// Waits until number, sentence and every pixel on the page are those of the kernel's newest frame, and the kernel has
// nothing left to do. (A question keeps it busy for a moment longer than its answer takes.) A slider's last move may
// leave the page a moment after the kernel became idle: it would be on its way before the answer to the question comes.
// Gives a digest of the pixels.
async ([figure, view, seconds]) => {
  const words = text => text.trim().split(/\s+/).join(' ');
  const pixels = (context, { width, height }) => context.getImageData(0, 0, width, height).data;
  const decode = async (frame, type) => {
    const [kind, across] = type.split(';width=');
    if (kind === 'image/x-rgba') {
      const bytes = Uint8Array.from(atob(frame), letter => letter.charCodeAt(0));
      return [Number(across), bytes.length / 4 / across, new Uint32Array(bytes.buffer)];
    }
    const image = new Image();
    image.src = `data:${type};base64,${frame}`;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen.drawImage(image, 0, 0);
    return [width, height, new Uint32Array(pixels(pen, { width, height }).buffer)];
  };
  const node = document.querySelectorAll('.lu-figure')[figure];
  const [canvas, line] = [node.querySelector('.lu-card canvas'), node.querySelector('.lu-line')];
  const number = () => Number(canvas.dataset.frame);
  const end = performance.now() + 1000 * seconds;
  const busy = () => lab.kernel.status !== 'idle' || lab.open.size > 0;
  const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
  const rest = async () => { while (busy() && performance.now() < end) await pause(2); };
  for (;;) {
    await rest();
    const shown = number();
    const [id, text, coarse, frame, mime] = await lab.ask(`(lambda it: [it.frame_id, it.text, it.coarse,
      __import__('base64').b64encode(it.frame).decode(), it.mime])(${view})`);
    await rest();
    const there = () => number() === id && shown === id && !busy() && words(line.textContent) === words(text);
    if (there() && !coarse) {
      const [width, height, wanted] = await decode(frame, mime);
      const seen = pixels(canvas.getContext('2d'), canvas);
      const same = new Uint32Array(seen.buffer);
      if (there() && canvas.width === width && canvas.height === height
          && same.every((color, i) => color === wanted[i])) {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seen));
        return [line.textContent, `${width}x${height} ${[...digest].map(byte => byte.toString(16)).join(' ')}`];
      }
    }
    if (performance.now() > end)
      throw new Error(`a figure did not come to rest in ${seconds} s: frame ${number()} of ${id}, `
        + `"${line.textContent}", "${text}"`);
    await pause(20);
  }
}
