import type { Pose } from "./find-square.ts";
import type { Grey } from "./grey.ts";
import type { Shades } from "./square-reader.ts";
import { KNOWN, SIDE } from "./square-shape.ts";

/** Modules row by row, true where dark; all that is known of them set right. */
export type Modules = readonly (readonly boolean[])[];

/**
 * What stands in the square, judged in several ways, the likeliest first: each module against its neighbours, which bears uneven light and stains, and all against
 * one shade, which bears grain. Of a module only its middle is asked, so that blur does no harm.
 */
export function* modulesOf(grey: Grey, pose: Pose): Generator<Modules> {
  const shades = shadesOf(grey, pose);
  const overall = between([...shades]);
  for (const limit of [near(shades, 3), near(shades, 2), near(shades, 5), () => overall]) {
    const rows = Array.from({ length: SIDE }, (_, y) =>
      Array.from({ length: SIDE }, (_, x) => shadeAt(shades, x, y) < limit(x, y)),
    );
    for (const { i, j, shade } of KNOWN) {
      const [x, y] = [i + (SIDE - 1) / 2, j + (SIDE - 1) / 2];
      const row = rows[y];
      if (row !== undefined && x >= 0 && x < SIDE) row[x] = shade === -1;
    }
    yield rows;
  }
}

function shadesOf({ width, height, data }: Grey, pose: Pose): Float32Array {
  const found = new Float32Array(SIDE * SIDE);
  const spots = [-0.25, 0, 0.25];
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      let [sum, count] = [0, 0];
      for (const sy of spots) {
        for (const sx of spots) {
          const [i, j] = [x + sx - (SIDE - 1) / 2, y + sy - (SIDE - 1) / 2];
          const px = Math.round(pose.x + i * pose.rightX + j * pose.downX);
          const py = Math.round(pose.y + i * pose.rightY + j * pose.downY);
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          sum += data[py * width + px] ?? 0;
          count += 1;
        }
      }
      found[y * SIDE + x] = count === 0 ? 255 : sum / count;
    }
  }
  return found;
}

const shadeAt = (shades: Float32Array, x: number, y: number) => shades[y * SIDE + x] ?? 0;

const near = (shades: Float32Array, reach: number) => (x: number, y: number) => {
  const around: number[] = [];
  for (let py = Math.max(0, y - reach); py <= Math.min(SIDE - 1, y + reach); py += 1)
    for (let px = Math.max(0, x - reach); px <= Math.min(SIDE - 1, x + reach); px += 1)
      around.push(shadeAt(shades, px, py));
  return between(around);
};

/** Between what is dark and what is light, so that a place with little print is not judged by its mean. */
function between(shades: number[]): number {
  shades.sort((one, other) => one - other);
  return ((shades[Math.floor(shades.length * 0.15)] ?? 0) + (shades[Math.floor(shades.length * 0.85)] ?? 255)) / 2;
}

/** As a picture without any fault, of a white rim of four modules and four pixels a module. */
export function drawn(modules: Modules): Shades {
  const side = (SIDE + 8) * 4;
  const data = Uint8Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [Math.floor((at % side) / 4) - 4, Math.floor(at / side / 4) - 4];
    return modules[y]?.[x] ? 0 : 255;
  });
  return { data, width: side, height: side };
}
