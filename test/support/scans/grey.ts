/** A picture in shades of grey, row by row; 0 is black. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export function blankGrey(width: number, height: number, shade: number): Grey {
  return { width, height, data: new Uint8Array(width * height).fill(shade) };
}

export function crop({ width, data }: Grey, box: { x: number; y: number; width: number; height: number }): Grey {
  const cut = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y += 1) {
    const from = (box.y + y) * width + box.x;
    cut.set(data.subarray(from, from + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, data: cut };
}

export interface Laying {
  /** Where the middle of the sheet comes to lie. */
  readonly x: number;
  readonly y: number;
  /** Clockwise. */
  readonly degrees: number;
  /** Pixels of the ground per pixel of the sheet. */
  readonly scale: number;
}

/** Lays a sheet on the ground, turned and scaled; each pixel is the mean of what it covers. */
export function lay(ground: Grey, sheet: Grey, { x, y, degrees, scale }: Laying): void {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const reachX = (Math.abs(cos) * sheet.width + Math.abs(sin) * sheet.height) * (scale / 2) + 1;
  const reachY = (Math.abs(sin) * sheet.width + Math.abs(cos) * sheet.height) * (scale / 2) + 1;
  const samples = Math.max(1, Math.round(1 / scale));
  const step = 1 / samples;
  const [fromX, toX] = [Math.max(0, Math.floor(x - reachX)), Math.min(ground.width - 1, Math.ceil(x + reachX))];
  for (
    let gy = Math.max(0, Math.floor(y - reachY));
    gy <= Math.min(ground.height - 1, Math.ceil(y + reachY));
    gy += 1
  ) {
    for (let gx = fromX; gx <= toX; gx += 1) {
      let sum = 0;
      let hits = 0;
      for (let sy = 0; sy < samples; sy += 1) {
        for (let sx = 0; sx < samples; sx += 1) {
          const dx = gx + (sx + 0.5) * step - 0.5 - x;
          const dy = gy + (sy + 0.5) * step - 0.5 - y;
          const value = at(
            sheet,
            (dx * cos + dy * sin) / scale + sheet.width / 2,
            (dy * cos - dx * sin) / scale + sheet.height / 2,
          );
          if (value < 0) continue;
          sum += value;
          hits += 1;
        }
      }
      if (hits * 2 >= samples * samples) ground.data[gy * ground.width + gx] = sum / hits;
    }
  }
}

/** Between four pixels; below 0 outside. */
function at({ width, height, data }: Grey, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return -1;
  const [right, below] = [x - left, y - top];
  const corner = top * width + left;
  const upper = (data[corner] ?? 0) * (1 - right) + (data[corner + 1] ?? 0) * right;
  const lower = (data[corner + width] ?? 0) * (1 - right) + (data[corner + width + 1] ?? 0) * right;
  return upper * (1 - below) + lower * below;
}
