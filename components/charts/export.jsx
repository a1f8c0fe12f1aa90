// A chart as a picture to keep: title, drawing, legend and source on one canvas.
const SCALE = 2;
const EDGE = 24;

const loaded = (address) =>
  new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => failed(new Error("The picture could not be made."));
    image.src = address;
  });

/** Save as PNG. `legend` is a list of {name, colour}; `lines` stand under the title. */
export async function savePicture({ address, title, lines, legend, source, palette, name, font }) {
  const drawing = await loaded(address);
  const width = drawing.width / SCALE + 2 * EDGE;
  const rows = legendRows(legend, width, font);
  const head = 44 + 18 * lines.length;
  const height = head + drawing.height / SCALE + 22 * rows.length + 46;
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = "alphabetic";
  write(pen, title, EDGE, 34, `650 18px ${font}`, palette.ink);
  lines.forEach((line, index) =>
    write(pen, line, EDGE, 54 + 18 * index, `13px ${font}`, palette["ink-soft"]),
  );
  pen.drawImage(drawing, EDGE, head, drawing.width / SCALE, drawing.height / SCALE);
  rows.forEach((row, number) => {
    const y = head + drawing.height / SCALE + 22 * number + 16;
    for (const { name: words, colour, x } of row) {
      pen.fillStyle = colour;
      pen.fillRect(x, y - 9, 11, 11);
      write(pen, words, x + 16, y, `12px ${font}`, palette.ink);
    }
  });
  write(pen, `${source} · Kinnect`, EDGE, height - 14, `12px ${font}`, palette["ink-soft"]);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

function write(pen, words, x, y, font, colour) {
  pen.font = font;
  pen.fillStyle = colour;
  pen.fillText(words, x, y);
}

function legendRows(legend, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `12px ${font}`;
  const rows = [[]];
  let x = EDGE;
  for (const item of legend) {
    const needed = pen.measureText(item.name).width + 36;
    if (x + needed > width - EDGE && rows.at(-1).length) {
      rows.push([]);
      x = EDGE;
    }
    rows.at(-1).push({ ...item, x });
    x += needed;
  }
  return legend.length ? rows : [];
}
