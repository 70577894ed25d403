export interface Letter {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Uint8Array }[];
}

/** What became of one attempt. `later` is worth another try, `never` is not. */
export type MailOutcome =
  | { readonly kind: "accepted"; readonly answer: string }
  | { readonly kind: "later"; readonly answer: string }
  | { readonly kind: "never"; readonly answer: string };

export interface Mailer {
  /** Where letters go, for people: a server's host or a folder. */
  readonly place: string;
  send(letter: Letter): Promise<MailOutcome>;
  /** Proves that the place can be used, without sending. Throws a `SverkaError`. */
  verify(): Promise<void>;
}
