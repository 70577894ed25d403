import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import Fastify from "fastify";
import { expect, it, onTestFinished } from "vitest";
import { listen } from "../../src/web/server.ts";

it("says which port is taken and what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const app = Fastify();
  onTestFinished(async () => {
    other.close();
    await app.close();
  });
  await expect(listen(app, { host: "127.0.0.1", port })).rejects.toMatchObject({
    kind: "configuration",
    code: "web-port",
    message: expect.stringMatching(new RegExp(`^Порт ${port} .* занят.*SVERKA_PORT=3000`)),
  });
});

it("refuses an address that the network sees", async () => {
  const app = Fastify();
  onTestFinished(() => app.close());
  await expect(listen(app, { host: "0.0.0.0", port: 0 })).rejects.toMatchObject({ code: "web-host" });
});
