import type { FastifyReply } from "fastify";
import type { Html } from "./html.ts";

/** Sends a page, which no browser keeps. Never as a stream: of one that somebody hung up on, a hook would believe that it was not answered, and let the request go on. */
export const sendPage = (reply: FastifyReply, { stretches }: Html): FastifyReply =>
  reply
    .type("text/html; charset=utf-8")
    .header("Cache-Control", "no-store")
    .send(Buffer.concat(stretches.map(({ bytes }) => bytes)));
