// The page's WebAssembly module outside a browser, and the session in it, asked as the page asks its worker.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Loads the module of a built page; what it exports. */
export async function load(dist) {
  const module = only(dist, /_bg\.wasm$/);
  return started(dist, module, module.replace("_bg.wasm", ".js"));
}

/** Loads the module with all systems, where the page was built with one beside it; else the page's own has them all. */
export async function load_whole(dist) {
  const lazy = join(dist, "lazy");
  if (!existsSync(lazy) || !readdirSync(lazy).some((name) => /^whole-.*\.wasm$/.test(name))) return load(dist);
  const module = only(lazy, /^whole-.*\.wasm$/);
  return started(dist, module, module.replace(".wasm", ".js"));
}

function only(folder, pattern) {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  assert.equal(found.length, 1, `one file ${pattern} in ${folder}, not: ${found}`);
  return join(resolve(folder), found[0]);
}

async function started(dist, module, glue) {
  const engine = await import(pathToFileURL(glue));
  const bytes = readFileSync(module);
  const packed = bytes[0] === 0xfd; // as it ships (xtask/src/pack), not as trunk builds it
  const module_or_path = packed ? await unpacked(bytes, only(dist, /^unpack-/)) : bytes;
  const { memory } = await engine.default({ module_or_path });
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
