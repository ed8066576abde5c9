// The page's WebAssembly module outside a browser, and the session in it, asked as the page asks its worker.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Loads the module of a built page; what it exports. */
export async function load(dist) {
  const only = (pattern) => {
    const found = readdirSync(dist).filter((name) => pattern.test(name));
    assert.equal(found.length, 1, `one file ${pattern} in ${dist}, not: ${found}`);
    return join(resolve(dist), found[0]);
  };
  const module = only(/_bg\.wasm$/);
  const engine = await import(pathToFileURL(module.replace("_bg.wasm", ".js")));
  const bytes = readFileSync(module);
  const packed = bytes[0] === 0xfd; // as it ships (xtask/src/pack), not as trunk builds it
  const { memory } = await engine.default({ module_or_path: packed ? await unpacked(bytes, only(/^unpack-/)) : bytes });
  return { ...engine, memory };
}

/** Unpacked by the page's own unpacker. It is a module, as all of the page's scripts, which Node takes a `.js` by itself not to be. */
async function unpacked(bytes, unpacker) {
  const source = readFileSync(unpacker, "utf8");
  const { unpack } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  return unpack(new Blob([bytes]).stream());
}

/** Starts the worker's end in this thread; a function that asks it. Requests and replies are postcard, as in the page. */
export function worker(engine) {
  let reply;
  globalThis.postMessage = (data) => (reply = data);
  engine.worker_main();
  return (request) => {
    reply = undefined;
    globalThis.onmessage({ data: new Uint8Array(request) });
    if (typeof reply === "string") throw new Error(reply);
    return reply;
  };
}
