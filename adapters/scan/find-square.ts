import type { Place } from "./dense-places.ts";
import type { Contrast } from "./grey.ts";
import { FINDER_AT, KNOWN } from "./square-shape.ts";

/** Where a square lies: its middle, and one module to the right and one down, in pixels. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly rightX: number;
  readonly rightY: number;
  readonly downX: number;
  readonly downY: number;
}

export interface FoundSquare extends Pose {
  /** How well its known parts are seen: 1 is perfect, chance gives about 0. */
  readonly score: number;
}

/** Millimetres of a module: 24 and 26 mm over 33 modules, and what a copier makes of them. */
const MODULES = [0.69, 0.735, 0.785, 0.83];
const ANGLES = [-12, -9, -6, -3, 0, 3, 6, 9, 12];
/** Millimetres around the place in which the middle is looked for. */
const AROUND = 5;

/** The square near a dense place, as its three finders, timing lines and rim tell: any of them may be hidden, together they are not to be missed. */
export function findSquare(contrast: Contrast, place: Place): FoundSquare | null {
  let best: FoundSquare | null = null;
  for (const pose of likelyPoses(contrast, place)) {
    const fine = refine(contrast, pose);
    if (best === null || fine.score > best.score) best = fine;
  }
  return best;
}

/** The middle of the shades at the known modules, dark ones turned over. */
export function scoreOf(contrast: Contrast, pose: Pose): number {
  let sum = 0;
  for (const { i, j, shade } of KNOWN)
    sum += shade * at(contrast, pose.x + i * pose.rightX + j * pose.downX, pose.y + i * pose.rightY + j * pose.downY);
  return sum / KNOWN.length;
}

/** The best of all positions, angles and sizes, judged by three finders at four corners; which corner has none says how it is turned. */
function likelyPoses(contrast: Contrast, { x, y }: Place): Pose[] {
  const pixels = contrast.dpi / 25.4;
  const found: { pose: Pose; score: number }[] = [];
  for (const size of MODULES) {
    const module = size * pixels;
    const reach = Math.ceil((AROUND / size) * PER_MODULE);
    for (const degrees of ANGLES) {
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * module, Math.sin((degrees * Math.PI) / 180) * module];
      const finder = finderScores(contrast, { x, y }, { cos, sin, reach: reach + FINDER_AT * PER_MODULE });
      for (let j = -reach; j <= reach; j += 1) {
        for (let i = -reach; i <= reach; i += 1) {
          let [sum, least, hidden] = [0, 2, 0];
          for (const [corner, [right, down]] of CORNERS.entries()) {
            const score = finder(i + right * FINDER_AT * PER_MODULE, j + down * FINDER_AT * PER_MODULE);
            sum += score;
            if (score < least) [least, hidden] = [score, corner];
          }
          const score = sum - least;
          if (found.length === MOST_POSES && score <= (found.at(-1)?.score ?? 0)) continue;
          let [rightX, rightY] = [cos, sin];
          for (let turn = (hidden + 2) % 4; turn > 0; turn -= 1) [rightX, rightY] = [-rightY, rightX];
          const [middleX, middleY] = [x + (i * cos - j * sin) / PER_MODULE, y + (i * sin + j * cos) / PER_MODULE];
          found.push({ pose: { x: middleX, y: middleY, rightX, rightY, downX: -rightY, downY: rightX }, score });
          found.sort((one, other) => other.score - one.score);
          found.length = Math.min(found.length, MOST_POSES);
        }
      }
    }
  }
  return found.map(({ pose }) => pose);
}

const MOST_POSES = 6;
/** Clockwise from the upper left; upright, the one at the lower right has no finder. */
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
] as const;

/** Points of the lattice on a module. */
const PER_MODULE = 2;

/**
 * How much each point of a turned lattice looks like the middle of a finder: four squares one in another, each the sum of its points, which a table of sums
 * tells at once.
 */
function finderScores(
  contrast: Contrast,
  middle: Place,
  { cos, sin, reach }: { cos: number; sin: number; reach: number },
): (i: number, j: number) => number {
  const outer = reach + 5 * PER_MODULE;
  const side = 2 * outer + 1;
  const stride = side + 1;
  const sums = new Float64Array(stride * stride);
  for (let j = 0; j < side; j += 1) {
    let row = 0;
    for (let i = 0; i < side; i += 1) {
      const [u, v] = [(i - outer) / PER_MODULE, (j - outer) / PER_MODULE];
      row += nearest(contrast, middle.x + u * cos - v * sin, middle.y + u * sin + v * cos);
      sums[(j + 1) * stride + i + 1] = (sums[j * stride + i + 1] ?? 0) + row;
    }
  }
  const square = (i: number, j: number, half: number) => {
    const [left, right] = [i - half, i + half + 1];
    const [top, bottom] = [(j - half) * stride, (j + half + 1) * stride];
    return (
      (sums[bottom + right] ?? 0) - (sums[top + right] ?? 0) - (sums[bottom + left] ?? 0) + (sums[top + left] ?? 0)
    );
  };
  const known = new Float32Array(side * side).fill(Number.NaN);
  return (i, j) => {
    const [x, y] = [i + outer, j + outer];
    const before = known[y * side + x] ?? Number.NaN;
    if (!Number.isNaN(before)) return before;
    // Half sides of 4.5, 3.5, 2.5 and 1.5 modules: light line, rim, white and eye.
    const score = (square(x, y, 9) - 2 * square(x, y, 7) + 2 * square(x, y, 5) - 2 * square(x, y, 3)) / 361;
    known[y * side + x] = score;
    return score;
  };
}

/** Moves, turns, stretches and slants as long as it is seen better. */
export function refine(contrast: Contrast, from: Pose): FoundSquare {
  let pose: FoundSquare = { ...from, score: scoreOf(contrast, from) };
  const module = Math.hypot(from.rightX, from.rightY);
  for (let step = module / 2; step > module / 40; step /= 2) {
    for (let again = true; again; ) {
      again = false;
      for (const moved of neighbours(pose, step)) {
        const score = scoreOf(contrast, moved);
        if (score > pose.score + 1e-5) {
          pose = { ...moved, score };
          again = true;
        }
      }
    }
  }
  return pose;
}

function neighbours(pose: Pose, step: number): Pose[] {
  const lever = step / FINDER_AT;
  const { rightX, rightY, downX, downY } = pose;
  return [step, -step].flatMap((by) => {
    const turn = (by > 0 ? lever : -lever) / Math.hypot(rightX, rightY);
    const size = 1 + turn;
    return [
      { ...pose, x: pose.x + by },
      { ...pose, y: pose.y + by },
      {
        ...pose,
        rightX: rightX - turn * rightY,
        rightY: rightY + turn * rightX,
        downX: downX - turn * downY,
        downY: downY + turn * downX,
      },
      { ...pose, rightX: rightX * size, rightY: rightY * size, downX: downX * size, downY: downY * size },
      { ...pose, rightX: rightX * size, rightY: rightY * size },
      { ...pose, downX: downX - turn * downY, downY: downY + turn * downX },
    ];
  });
}

function nearest({ width, height, data }: Contrast, x: number, y: number): number {
  const [px, py] = [Math.round(x), Math.round(y)];
  return px < 0 || py < 0 || px >= width || py >= height ? 0 : (data[py * width + px] ?? 0);
}

/** Between four pixels. */
function at({ width, height, data }: Contrast, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return 0;
  const [right, below] = [x - left, y - top];
  const corner = top * width + left;
  const upper = (data[corner] ?? 0) * (1 - right) + (data[corner + 1] ?? 0) * right;
  const lower = (data[corner + width] ?? 0) * (1 - right) + (data[corner + width + 1] ?? 0) * right;
  return upper * (1 - below) + lower * below;
}
