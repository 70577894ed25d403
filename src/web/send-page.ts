import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { Html } from "./html.ts";

/** Sends a page, which no browser keeps: stretch by stretch, so that a long one that many share is not put together for each of them. */
export const sendPage = (reply: FastifyReply, { stretches }: Html): FastifyReply =>
  reply
    .type("text/html; charset=utf-8")
    .header("Cache-Control", "no-store")
    .send(Readable.from(stretches.map(({ bytes }) => bytes)));
