import { Presets, SingleBar } from "cli-progress";
import type { SyncProgress } from "../sync/sync-school.ts";

/** Shows a pass on stderr: a bar on a terminal, nothing where nobody watches. */
export function passProgress(stream: NodeJS.WriteStream): { show(progress: SyncProgress): void; stop(): void } {
  if (!stream.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      stream,
      format: "{phase} [{bar}] {percentage} % · {value} из {total} страниц {eta_formatted}",
      formatTime: timeLeft,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show({ phase, done, total }) {
      if (phase !== "pages") {
        stream.write(phase === "sign-in" ? "Вхожу в журнал…\n" : "Читаю списки классов и учеников…\n");
        return;
      }
      if (started) bar.update(done);
      else bar.start(total, done, { phase: "Страницы журнала" });
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

/** Shows how far a thick scan has been read; nothing for one of a few pages, and nothing where nobody watches. */
export function scanProgress(stream: NodeJS.WriteStream): {
  show(name: string, done: number, pages: number): void;
  stop(): void;
} {
  const FEW = 3;
  let bar: SingleBar | null = null;
  return {
    show(name, done, pages) {
      if (!stream.isTTY || pages <= FEW) return;
      if (bar === null) {
        const format = `${name.replaceAll(/[{}]/g, " ")} [{bar}] {value} из {total} страниц {eta_formatted}`;
        bar = new SingleBar({ stream, format, formatTime: timeLeft, hideCursor: true }, Presets.shades_classic);
        bar.start(pages, done);
      } else bar.update(done);
    },
    stop() {
      bar?.stop();
      bar = null;
    },
  };
}

/** Seconds as a person says them; the bar knows none at its beginning and at its end. */
export function timeLeft(seconds: unknown): string {
  if (typeof seconds !== "number" || seconds <= 0) return "";
  return seconds < 60 ? `· ещё ${seconds} с` : `· ещё ${Math.ceil(seconds / 60)} мин`;
}
