import { inflateSync } from 'node:zlib';

/** Bytes of a pixel, by the kind of colour; Chromium writes no other kinds, nor interlaced ones. */
const channelsOf = { 2: 3, 6: 4 };

/** Reads a screenshot; `at` gives the red, green and blue of a pixel, 0 to 255, and null outside the picture. */
export function readPng(file) {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const channels = channelsOf[file[25]];
  if (file[24] !== 8 || channels === undefined || file[28] !== 0) throw new Error('not a PNG of the expected kind');
  const pixels = unfiltered(inflateSync(Buffer.concat(dataIn(file))), { stride: width * channels, height, channels });
  const at = (x, y) => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= width || row >= height) return null;
    const start = (row * width + column) * channels;
    return [...pixels.subarray(start, start + 3)];
  };
  return { width, height, at };
}

function dataIn(file) {
  const parts = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const isData = file.toString('latin1', at + 4, at + 8) === 'IDAT';
    if (isData) parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return parts;
}

/** Each row says how it was foretold from the pixel before, the row above, or both (PNG, section 9). */
function unfiltered(raw, { stride, height, channels }) {
  const pixels = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const foretell = foretellers[raw[row * (stride + 1)]];
    const from = row * (stride + 1) + 1;
    const to = row * stride;
    for (let x = 0; x < stride; x += 1) {
      const before = x < channels ? 0 : pixels[to + x - channels];
      const above = row === 0 ? 0 : pixels[to + x - stride];
      const both = row === 0 || x < channels ? 0 : pixels[to + x - stride - channels];
      pixels[to + x] = raw[from + x] + foretell(before, above, both);
    }
  }
  return pixels;
}

const foretellers = [
  () => 0,
  (before) => before,
  (_before, above) => above,
  (before, above) => (before + above) >> 1,
  (before, above, both) => {
    const guess = before + above - both;
    const [a, b, c] = [before, above, both].map((each) => Math.abs(guess - each));
    if (a <= b && a <= c) return before;
    return b <= c ? above : both;
  },
];
