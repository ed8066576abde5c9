// The page's WebAssembly module outside a browser, and the session in it, asked as the page asks its worker.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

/** Loads the module of a built page; what it exports. */
export async function load(dist) {
  const only = (ending) => {
    const found = readdirSync(dist).filter((name) => name.endsWith(ending));
    assert.equal(found.length, 1, `one file *${ending} in ${dist}, not: ${found}`);
    return join(resolve(dist), found[0]);
  };
  const module = only("_bg.wasm");
  const engine = await import(pathToFileURL(module.replace("_bg.wasm", ".js")));
  const bytes = readFileSync(module);
  const packed = bytes[0] === 0x1f; // as it ships (xtask/src/pack.rs), not as trunk builds it
  const { memory } = await engine.default({ module_or_path: packed ? gunzipSync(bytes) : bytes });
  return { ...engine, memory };
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
