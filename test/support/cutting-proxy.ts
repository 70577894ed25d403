import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Hands connections on to a port of this computer, and cuts the first that sends more than `bytes`, in both directions at once. */
export async function startCuttingProxy(
  port: number,
  bytes: number,
): Promise<{ port: number; cuts(): number; close(): void }> {
  let cuts = 0;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    let sent = 0;
    near.on("data", (chunk: Buffer) => {
      const left = bytes - sent;
      sent += chunk.length;
      if (cuts > 0 || sent <= bytes) return void far.write(chunk);
      cuts += 1;
      far.write(chunk.subarray(0, left), () => far.destroy());
    });
    far.on("data", (chunk) => near.write(chunk));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    cuts: () => cuts,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
