import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { PDFDocument } from "@cantoo/pdf-lib";
import { numberIn, OPERATION, one, textIn, type Values, words } from "../../adapters/print/ipp/ask.ts";
import { decodeMessage } from "../../adapters/print/ipp/decode.ts";
import { encodeMessage } from "../../adapters/print/ipp/encode.ts";
import { GROUP, type IppAttribute, TAG } from "../../adapters/print/ipp/message.ts";

export interface FakeJob {
  readonly id: number;
  readonly name: string;
  readonly attributes: Values;
  /** Numbers of the pages, as `sheetsPdf` made them; null while the document is not there. */
  pages: number[] | null;
  done: number;
  state: "held" | "pending" | "processing" | "cancelled" | "aborted" | "completed";
  begun: boolean;
}

/** What becomes of a request, instead of its answer. */
export type Mishap = "html" | "drop" | "drop-after" | "hang" | "halve" | { readonly status: number };

export interface FakePrinter {
  readonly url: string;
  readonly jobs: readonly FakeJob[];
  /** Every page that came out, in order. */
  readonly paper: readonly number[];
  /** Called with the operation of each request. */
  mishap: (operation: number, nth: number) => Mishap | null | Promise<Mishap | null>;
  /** Pages until the paper is out. */
  sheets: number;
  /** What it calls a trouble by hand, as `media-jam`; null: none. */
  trouble: string | null;
  twoSteps: boolean;
  formats: string[];
  /** Forgets what has ended, as printers of little memory do. */
  forgetful: boolean;
  /** Brings out at most so many pages. */
  print(pages: number): void;
  cancelAtPanel(): void;
  close(): Promise<void>;
}

const STATE = { held: 4, pending: 3, processing: 5, cancelled: 7, aborted: 8, completed: 9 } as const;
const OVER: ReadonlySet<string> = new Set(["cancelled", "aborted", "completed"]);
const WIDTH = 300;

/** A PDF whose page n is 300 + n points wide, so that a printer knows which it prints. */
export async function sheetsPdf(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  for (let page = 1; page <= pages; page++) pdf.addPage([WIDTH + page, 400]);
  return pdf.save();
}

export async function sheetsIn(pdf: Uint8Array): Promise<number[]> {
  const { length } = pdf;
  if (length === 0) return [];
  return (await PDFDocument.load(pdf)).getPages().map((page) => Math.round(page.getWidth()) - WIDTH);
}

/** A printer that speaks IPP on a free port of this computer, and does what printers do. */
export async function startFakePrinter(options: { port?: number } = {}): Promise<FakePrinter> {
  const jobs: FakeJob[] = [];
  const paper: number[] = [];
  let requests = 0;
  const hung = new Set<ServerResponse>();

  const reason = () =>
    printer.trouble ?? (printer.sheets === 0 && current() !== undefined ? "media-empty-error" : null);
  const current = () => jobs.find(({ state, pages }) => !OVER.has(state) && state !== "held" && pages !== null);

  const handle = async (content: Uint8Array, spoil: Mishap | null): Promise<Uint8Array> => {
    const { code, requestId, groups, data } = decodeMessage(content);
    const asked: Values = new Map(
      groups.flatMap(({ attributes }) =>
        attributes.map(({ name, values }) => [name, values.map(({ value }) => value)]),
      ),
    );
    const answer = (status: number, more: { tag: number; attributes: IppAttribute[] }[] = []) =>
      encodeMessage({
        version: [1, 1],
        code: status,
        requestId,
        groups: [
          {
            tag: GROUP.operation,
            attributes: [
              one("attributes-charset", TAG.charset, "utf-8"),
              one("attributes-natural-language", TAG.naturalLanguage, "en"),
            ],
          },
          ...more,
        ],
        data: new Uint8Array(0),
      });
    if (spoil !== null && typeof spoil === "object") return answer(spoil.status);
    const create = (pages: number[] | null): FakeJob => {
      const job: FakeJob = {
        id: jobs.length + 1,
        name: textIn(asked, "job-name") ?? "",
        attributes: asked,
        pages,
        done: 0,
        state: pages === null ? "held" : "pending",
        begun: false,
      };
      jobs.push(job);
      return job;
    };
    const named = jobs.find(
      ({ id, state }) => id === numberIn(asked, "job-id") && !(printer.forgetful && OVER.has(state)),
    );
    const short = (job: FakeJob) => ({
      tag: GROUP.job,
      attributes: [
        one("job-id", TAG.integer, job.id),
        one("job-name", TAG.name, job.name),
        one("job-state", TAG.enum, STATE[job.state]),
      ],
    });
    switch (code) {
      case OPERATION.getPrinter: {
        const why = reason();
        const operations = Object.values(OPERATION).filter(
          (operation) =>
            printer.twoSteps || (operation !== OPERATION.createJob && operation !== OPERATION.sendDocument),
        );
        return answer(0, [
          {
            tag: GROUP.printer,
            attributes: [
              one("printer-state", TAG.enum, why === null ? 4 : 5),
              one("printer-state-reasons", TAG.keyword, why ?? "none"),
              one("printer-is-accepting-jobs", TAG.boolean, true),
              { name: "operations-supported", values: operations.map((value) => ({ tag: TAG.enum, value })) },
              {
                name: "document-format-supported",
                values: printer.formats.map((value) => ({ tag: TAG.mimeType, value })),
              },
              {
                name: "sides-supported",
                values: ["one-sided", "two-sided-long-edge"].map((value) => ({ tag: TAG.keyword, value })),
              },
              one("media-supported", TAG.keyword, "iso_a4_210x297mm"),
            ],
          },
        ]);
      }
      case OPERATION.printJob:
        return answer(0, [short(create(await sheetsIn(data)))]);
      case OPERATION.createJob:
        return answer(0, [short(create(null))]);
      case OPERATION.sendDocument: {
        if (named === undefined) return answer(0x0406);
        if (named.state !== "held") return answer(0x0404);
        named.pages = await sheetsIn(data);
        named.state = "pending";
        return answer(0, [short(named)]);
      }
      case OPERATION.cancelJob: {
        if (named === undefined) return answer(0x0406);
        if (OVER.has(named.state)) return answer(0x0404);
        named.state = "cancelled";
        return answer(0);
      }
      case OPERATION.getJob: {
        if (named === undefined) return answer(0x0406);
        const attributes = [
          ...short(named).attributes,
          one("job-state-reasons", TAG.keyword, "none"),
          one("job-impressions-completed", TAG.integer, named.done),
          one("number-of-documents", TAG.integer, named.pages === null ? 0 : 1),
          named.begun ? one("time-at-processing", TAG.integer, 1) : one("time-at-processing", TAG.noValue, null),
        ];
        return answer(0, [{ tag: GROUP.job, attributes }]);
      }
      case OPERATION.getJobs: {
        const completed = words(asked, "which-jobs").includes("completed");
        const listed = jobs.filter(({ state }) => OVER.has(state) === completed && !(completed && printer.forgetful));
        return answer(0, listed.map(short));
      }
      default:
        return answer(0x0501);
    }
  };

  const server = createServer(async (request, response) => {
    try {
      const content = await bodyOf(request);
      requests += 1;
      const spoil = await printer.mishap(new DataView(content.buffer, content.byteOffset).getUint16(2), requests);
      if (spoil === "drop") return void request.socket.destroy();
      if (spoil === "hang") return void hung.add(response);
      if (spoil === "html")
        return void response.writeHead(200, { "Content-Type": "text/html" }).end("<html><h1>Router</h1></html>");
      const answer = await handle(content, spoil);
      if (spoil === "drop-after") return void request.socket.destroy();
      response.writeHead(200, { "Content-Type": "application/ipp" });
      response.end(spoil === "halve" ? answer.subarray(0, answer.length / 2) : answer);
    } catch {
      // The other end died while it sent: what came of the document is thrown away.
      request.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  const printer: FakePrinter = {
    url: `ipp://127.0.0.1:${port}/ipp/print`,
    jobs,
    paper,
    mishap: () => null,
    sheets: Number.POSITIVE_INFINITY,
    trouble: null,
    twoSteps: true,
    formats: ["application/pdf", "image/pwg-raster"],
    forgetful: false,
    print(pages) {
      for (let left = pages; left > 0; left--) {
        const job = current();
        if (job === undefined || printer.trouble !== null) return;
        job.state = "processing";
        job.begun = true;
        if (printer.sheets === 0) return;
        const page = job.pages?.[job.done];
        if (page !== undefined) {
          paper.push(page);
          job.done += 1;
          printer.sheets -= 1;
        }
        if (job.done >= (job.pages?.length ?? 0)) job.state = "completed";
      }
    },
    cancelAtPanel() {
      const job = current();
      if (job !== undefined) job.state = "cancelled";
    },
    async close() {
      for (const response of hung) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return printer;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (!request.complete) throw new Error("cut off");
  return Buffer.concat(chunks);
}
