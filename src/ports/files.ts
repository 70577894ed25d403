/** Where prints go. */
export interface Files {
  /**
   * Writes a file into the folder, made when it is missing, whole or not at all; a file of that name is replaced. Answers with its full path.
   * Throws `SverkaError` `file-write` (configuration).
   */
  write(folder: string, name: string, content: Uint8Array): Promise<string>;
}
