/** Node has WebAssembly; the types that we take (no browser ones) do not name it. */
declare const WebAssembly: {
  readonly Memory: { readonly prototype: { readonly buffer: ArrayBuffer; grow(pages: number): number } };
};

const PAGE = 65_536;

/**
 * No WebAssembly of this thread takes more than so many bytes from now on: what unpacks without end is told that there is no memory, and breaks off or leaves
 * out what it could not hold. Answers whether that has happened since it was last asked.
 */
export function limitMemory(bytes: number): () => boolean {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  let reached = false;
  prototype.grow = function (this: typeof prototype, pages) {
    if (this.buffer.byteLength + pages * PAGE > bytes) {
      reached = true;
      throw new RangeError("the memory limit of this thread");
    }
    return grow.call(this, pages);
  };
  return () => {
    const answer = reached;
    reached = false;
    return answer;
  };
}
