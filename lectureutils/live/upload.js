// The reader's own picture: decoded and shrunk here, so that only side * side * 4 bytes travel to Python.
// What can't be used is answered here, in words, and the reason travels instead of the picture.

const KINDS = "PNG, JPEG, WebP, GIF or BMP";

const short = (name) => (name.length <= 40 ? name : `${name.slice(0, 28)}...${name.slice(-9)}`);
const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

function draw(source, width, height, x, y, w, h) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(source, x, y, w, h);
  return canvas;
}

// Halving first, the last bit at the end: every pixel of a large photo counts, none is skipped.
function shrink(bitmap, side) {
  let [picture, width, height] = [bitmap, bitmap.width, bitmap.height];
  while (Math.max(width, height) >= 2 * side) {
    [width, height] = [width, height].map((length) => Math.max(1, Math.round(length / 2)));
    picture = draw(picture, width, height, 0, 0, width, height);
  }
  const factor = side / Math.max(width, height);
  const [w, h] = [width * factor, height * factor].map((length) => Math.max(1, Math.round(length)));
  const square = draw(picture, side, side, Math.floor((side - w) / 2), Math.floor((side - h) / 2), w, h);
  return new Uint8Array(square.getContext("2d").getImageData(0, 0, side, side).data.buffer);
}

async function read(file, side, limit) {
  const name = short(file.name);
  if (!file.size) throw new Error(`${name} is empty. Choose a picture: ${KINDS}.`);
  if (file.size > limit * 1e6) {
    throw new Error(`${name} has ${megabytes(file.size)} MB. Pictures of up to ${limit} MB can be read.`);
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Error(`${name} is not a picture that this browser can read. Choose one as ${KINDS}.`);
  }
  const pixels = shrink(bitmap, side);
  bitmap.close();
  return pixels;
}

function render({ model, el }) {
  const label = model.get("label");
  const box = el.appendChild(document.createElement("div"));
  box.className = "lu-upload";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  const button = box.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "jupyter-button";
  button.textContent = `${label} …`;
  const input = box.appendChild(document.createElement("input"));
  input.type = "file";
  input.accept = "image/*";
  input.hidden = true;
  const note = box.appendChild(document.createElement("span"));
  note.className = "lu-upload-note";
  note.setAttribute("role", "status");

  const show = () => {
    const { file, error } = model.get("value");
    note.textContent = error || file || "or drop one here";
    note.classList.toggle("lu-failed", Boolean(error));
  };
  const send = (value) => {
    model.set("value", value);
    model.save_changes();
    show();
  };

  let latest = 0;
  const take = async (file) => {
    const turn = ++latest;
    note.textContent = `Reading ${short(file.name)} …`;
    note.classList.remove("lu-failed");
    let value;
    try {
      value = { file: short(file.name), pixels: await read(file, model.get("side"), model.get("limit_mb")) };
    } catch (error) {
      value = { file: short(file.name), error: error.message };
    }
    if (turn === latest) send(value); // a file chosen later wins, however long this one took
  };

  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) take(file);
    input.value = ""; // the same file can be chosen again
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault(); // else the browser leaves the notebook and opens the file
      event.stopPropagation();
      const inside = kind === "dragleave" && box.contains(event.relatedTarget);
      box.classList.toggle("lu-over", kind === "dragenter" || kind === "dragover" || inside);
      if (kind !== "drop") return;
      const [file] = event.dataTransfer.files;
      latest += 1;
      if (file) take(file);
      else send({ file: "", error: `That was not a file. Drop a picture: ${KINDS}.` });
    });
  }

  const changed = () => {
    if (!("file" in model.get("value"))) latest += 1; // Reset: what is still being read is out of date
    show();
  };
  model.on("change:value", changed);
  show();
  return () => model.off("change:value", changed);
}

export default { render };
