/** A picture in shades of grey, row by row; 0 is black. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Dots per inch. */
  readonly dpi: number;
}

/** How far each pixel is from what surrounds it: −1 is dark, 1 is light, whatever the light and the paper. */
export interface Contrast {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
  readonly dpi: number;
}

/** The same picture with fewer dots, about `dpi`, each the mean of what it covers. */
export function coarser(grey: Grey, dpi: number): Grey {
  const exact = grey.dpi / dpi;
  // Whole dots are summed faster than parts of dots.
  const factor = Math.abs(exact - Math.round(exact)) < 0.1 ? Math.round(exact) : exact;
  if (factor <= 1.05) return grey;
  const [width, height] = [Math.max(1, Math.floor(grey.width / factor)), Math.max(1, Math.floor(grey.height / factor))];
  const data = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  const bounds = Array.from({ length: width + 1 }, (_, x) => Math.min(grey.width, Math.round(x * factor)));
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.round(y * factor), Math.min(grey.height, Math.round((y + 1) * factor))];
    sums.fill(0);
    for (let sy = top; sy < bottom; sy += 1) {
      const row = sy * grey.width;
      for (let x = 0; x < width; x += 1) {
        const right = bounds[x + 1] ?? 0;
        let sum = 0;
        for (let sx = bounds[x] ?? 0; sx < right; sx += 1) sum += grey.data[row + sx] ?? 0;
        sums[x] = (sums[x] ?? 0) + sum;
      }
    }
    for (let x = 0; x < width; x += 1)
      data[y * width + x] = (sums[x] ?? 0) / ((bottom - top) * ((bounds[x + 1] ?? 0) - (bounds[x] ?? 0)));
  }
  return { width, height, data, dpi: grey.dpi / factor };
}

/** A part of a picture; what lies outside of it is left out. */
export function cut(
  grey: Grey,
  box: { x: number; y: number; width: number; height: number },
): Grey & { readonly left: number; readonly top: number } {
  const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
  const width = Math.max(0, Math.min(grey.width, Math.ceil(box.x + box.width)) - left);
  const height = Math.max(0, Math.min(grey.height, Math.ceil(box.y + box.height)) - top);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = (top + y) * grey.width + left;
    data.set(grey.data.subarray(from, from + width), y * width);
  }
  return { width, height, data, dpi: grey.dpi, left, top };
}

/** Each pixel becomes the mean of its nine: grain goes, print stays. */
export function smoothed({ width, height, data, dpi }: Grey): Grey {
  const rows = new Uint16Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      rows[at] = (data[x > 0 ? at - 1 : at] ?? 0) + (data[at] ?? 0) + (data[x + 1 < width ? at + 1 : at] ?? 0);
    }
  }
  const found = new Uint8Array(width * height);
  for (let at = 0; at < found.length; at += 1) {
    const [above, below] = [at >= width ? at - width : at, at + width < found.length ? at + width : at];
    found[at] = ((rows[above] ?? 0) + (rows[at] ?? 0) + (rows[below] ?? 0)) / 9;
  }
  return { width, height, data: found, dpi };
}

/** Paper that lies in the dark and a blot of coffee are light all the same, seen from their surroundings of `radius` pixels. */
export function contrastOf({ width, height, data, dpi }: Grey, radius: number): Contrast {
  const [away, spread] = [new Float32Array(width * height), new Float32Array(width * height)];
  // Sums of each column over the rows around; from row to row one is added and one taken away.
  const [columns, squares] = [new Int32Array(width), new Int32Array(width)];
  const add = (row: number, sign: 1 | -1) => {
    for (let x = 0; x < width; x += 1) {
      const value = data[row * width + x] ?? 0;
      columns[x] = (columns[x] ?? 0) + sign * value;
      squares[x] = (squares[x] ?? 0) + sign * value * value;
    }
  };
  for (let row = 0; row < Math.min(radius, height); row += 1) add(row, 1);
  for (let y = 0; y < height; y += 1) {
    if (y + radius < height) add(y + radius, 1);
    if (y - radius > 0) add(y - radius - 1, -1);
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius);
    let [sum, square] = [0, 0];
    for (let x = 0; x < Math.min(radius, width); x += 1) {
      sum += columns[x] ?? 0;
      square += squares[x] ?? 0;
    }
    for (let x = 0; x < width; x += 1) {
      if (x + radius < width) {
        sum += columns[x + radius] ?? 0;
        square += squares[x + radius] ?? 0;
      }
      if (x > radius) {
        sum -= columns[x - radius - 1] ?? 0;
        square -= squares[x - radius - 1] ?? 0;
      }
      const count = rows * (Math.min(width, x + radius + 1) - Math.max(0, x - radius));
      const mean = sum / count;
      spread[y * width + x] = Math.sqrt(Math.max(0, square / count - mean * mean));
      away[y * width + x] = (data[y * width + x] ?? 0) - mean;
    }
  }
  const least = Math.max(LEAST_SPREAD, printSpread(spread) * OF_PRINT);
  for (let at = 0; at < away.length; at += 1) {
    const share = (away[at] ?? 0) / Math.max(spread[at] ?? 0, least);
    away[at] = Math.max(-1, Math.min(1, share));
  }
  return { width, height, data: away, dpi };
}

/** Shades: what differs less is grain, not print. */
const LEAST_SPREAD = 10;
/** … and so is what differs less than this share of the strongest print of the page. */
const OF_PRINT = 0.4;

/** How much the densest hundredth of the page differs from its surroundings. */
function printSpread(spread: Float32Array): number {
  const step = Math.max(1, Math.floor(spread.length / 20_000));
  const some = Float32Array.from({ length: Math.ceil(spread.length / step) }, (_, at) => spread[at * step] ?? 0).sort();
  return some[Math.floor(some.length * 0.99)] ?? 0;
}
