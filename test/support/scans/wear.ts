import type { Random } from "../../emulator/school/random.ts";
import type { Grey } from "./grey.ts";

// What happens to paper and on a copier's glass. Lengths are in millimetres; each changes the picture in place.

interface Paper {
  readonly picture: Grey;
  /** Pixels of a millimetre. */
  readonly mm: number;
  readonly random: Random;
}

const shade = (value: number) => Math.max(0, Math.min(255, value));

function each({ data, width, height }: Grey, change: (value: number, x: number, y: number) => number): void {
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data[y * width + x] = shade(change(data[y * width + x] ?? 0, x, y));
}

/** Toner that is no longer black on paper that is not white. */
export function fade({ picture, random }: Paper): void {
  const [ink, paper] = [random.between(0, 80), random.between(205, 255)];
  each(picture, (value) => ink + (value / 255) * (paper - ink));
}

/** The lid stands open: light falls in from one side, or one edge lies in the dark. */
export function uneven({ picture, random }: Paper): void {
  const angle = random.next() * 2 * Math.PI;
  const [alongX, alongY] = [Math.cos(angle) / picture.width, Math.sin(angle) / picture.height];
  const depth = random.between(10, 50) / 100;
  each(picture, (value, x, y) => value * (1 - depth * Math.max(0, Math.min(1, 0.5 + x * alongX + y * alongY))));
}

/** Coffee, fat, water: a blot darker at its rim. At most a third of a square is under it. */
export function stain({ picture, mm, random }: Paper, x: number, y: number): void {
  const radius = mm * (2 + 3 * random.next());
  const depth = 0.25 + 0.5 * random.next();
  spot(picture, x, y, radius, (value, part) => value * (1 - depth * (part > 0.85 ? 1 : 0.6)));
}

/** A blot of ink that hides what is under it. */
export function blot({ picture, mm, random }: Paper, x: number, y: number): void {
  const radius = mm * (0.8 + 1.2 * random.next());
  spot(picture, x, y, radius, () => 25);
}

function spot(picture: Grey, x: number, y: number, radius: number, change: (value: number, part: number) => number) {
  const { width, height, data } = picture;
  for (let py = Math.max(0, Math.floor(y - radius)); py < Math.min(height, y + radius); py += 1) {
    for (let px = Math.max(0, Math.floor(x - radius)); px < Math.min(width, x + radius); px += 1) {
      const part = Math.hypot(px - x, py - y) / radius;
      if (part < 1) data[py * width + px] = shade(change(data[py * width + px] ?? 0, part));
    }
  }
}

/** A pen's line: a signature that did not keep to its place. */
export function scribble({ picture, mm, random }: Paper, x: number, y: number): void {
  const pen = random.between(20, 90);
  let [px, py, angle] = [x, y, random.next() * 6];
  for (let i = 0; i < 260; i += 1) {
    angle += (random.next() - 0.5) * 0.9;
    px += Math.cos(angle) * mm * 0.2;
    py += Math.sin(angle) * mm * 0.2;
    spot(picture, px, py, mm * 0.3, (value) => Math.min(value, pen));
  }
}

/** A fold through a point: the paper beyond it lies a little aside and in another light, the crease itself is worn. */
export function fold({ picture, mm, random }: Paper, x: number, y: number): void {
  const { width, height, data } = picture;
  const before = data.slice();
  const angle = (random.chance(0.5) ? 0 : Math.PI / 2) + (random.next() - 0.5) * 0.5;
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const [alongX, alongY] = [-ny, nx].map((part) => Math.round(part * mm * 0.25 * (random.next() * 2 - 1)));
  const [light, crease] = [0.8 + 0.3 * random.next(), random.chance(0.5) ? 60 : -70];
  const half = mm * (0.1 + 0.25 * random.next());
  for (let py = 0; py < height; py += 1) {
    for (let px = 0; px < width; px += 1) {
      const away = (px - x) * nx + (py - y) * ny;
      if (away < -half) continue;
      const sx = Math.max(0, Math.min(width - 1, px + (alongX ?? 0)));
      const sy = Math.max(0, Math.min(height - 1, py + (alongY ?? 0)));
      const value = (before[sy * width + sx] ?? 0) * light;
      data[py * width + px] = shade(Math.abs(away) < half ? value + crease : value);
    }
  }
}

/** Dust on the glass of the feeder draws lines down the page. */
export function streaks({ picture, mm, random }: Paper): void {
  const { width, height, data } = picture;
  for (let i = random.between(1, 3); i > 0; i -= 1) {
    const [from, wide] = [random.between(0, width - 1), Math.max(1, Math.round(mm * 0.25 * random.next()))];
    const dark = random.between(40, 140);
    for (let y = 0; y < height; y += 1)
      for (let x = from; x < Math.min(width, from + wide); x += 1)
        data[y * width + x] = shade((data[y * width + x] ?? 0) - dark);
  }
}

const GRAINS = 1 << 16;

/** The sensor's grain, and single dots of dust and toner. Each row takes its own part of one table of chance, which is made much faster than the rows. */
export function grain({ picture, random }: Paper): void {
  const { width, height, data } = picture;
  const strength = random.between(4, 26);
  const dots = random.next() * 0.008;
  const grains = Int16Array.from({ length: GRAINS }, () =>
    random.next() < dots
      ? random.pick([-255, 255])
      : Math.round((random.next() + random.next() + random.next() - 1.5) * 2 * strength),
  );
  for (let y = 0; y < height; y += 1) {
    const from = random.between(0, GRAINS - 1);
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      data[at] = shade((data[at] ?? 0) + (grains[(from + x) & (GRAINS - 1)] ?? 0));
    }
  }
}
