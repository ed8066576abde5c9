// Runs the WebAssembly module that the page ships, outside a browser, and holds it against the native engine.
// Arguments: the built page's folder, and the native `muster` command.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const [dist, native] = process.argv.slice(2);
const only = (ending) => {
  const found = readdirSync(dist).filter((name) => name.endsWith(ending));
  assert.equal(found.length, 1, `one file *${ending} in ${dist}, not: ${found}`);
  return join(resolve(dist), found[0]);
};

const module = only("_bg.wasm");
const engine = await import(pathToFileURL(module.replace("_bg.wasm", ".js")));
await engine.default({ module_or_path: readFileSync(module) });

test("the module says the version of the sources", () => {
  const manifest = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");
  const [, version] = manifest.match(/\[workspace\.package\]\nversion = "(.*)"/);
  assert.equal(engine.version(), version);
});

test("every scenario has the digest that the native engine gives it", () => {
  const expected = execFileSync(native, ["run", "--all", "--digest"], { encoding: "utf8" });
  assert.ok(expected.trim().split("\n").length >= 16, expected);
  assert.equal(engine.golden(), expected);
});
