import { SverkaError } from "../../src/domain/error.ts";
import { LIMITS } from "./limits.ts";

const SAVE_AS = "сохраните скан на копире как PDF, JPEG, PNG или TIFF";

/** Why a file is not accepted, as one sentence without its name: whoever tells it puts that in front. */
export const REFUSALS = {
  "scan-empty": "Файл пуст: в нём 0 байт. Отсканируйте ещё раз.",
  "scan-too-big": `Файл больше ${LIMITS.file / 1024 / 1024} МБ и не открыт: сканируйте с 200 точками на дюйм в оттенках серого, по классу в файле.`,
  "scan-unreadable":
    "Файл не читается с диска: проверьте, что он на месте, права на него и что он не открыт в другой программе.",
  "scan-kind": `Это не скан: ${SAVE_AS}.`,
  "scan-pages": `В файле больше ${LIMITS.pages} страниц, и он не прочитан: разделите его.`,
  "scan-locked": "Файл защищён паролем: отключите пароль в настройках копира и отсканируйте ещё раз.",
  "scan-broken": "Файл испорчен или не дописан до конца: отсканируйте ещё раз.",
  "scan-bomb":
    "Файл распаковывается во много раз больше, чем бывает у скана, и не прочитан: отсканируйте ещё раз с 200 точками на дюйм.",
  "scan-heavy": "Страница читается дольше минуты, и файл оставлен: отсканируйте ещё раз с 200 точками на дюйм.",
} as const;

export type ScanRefusal = keyof typeof REFUSALS;

export function refusal(code: ScanRefusal, cause?: unknown): SverkaError {
  return new SverkaError("input", code, REFUSALS[code], { cause });
}
