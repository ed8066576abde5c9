// Runs the WebAssembly module that the page ships, outside a browser, and holds it against the native engine.
// Arguments: the built page's folder, and the native `muster` command.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { seek_the_hour } from "./hour.mjs";
import { load, load_whole, worker } from "./module.mjs";

const [dist, native] = process.argv.slice(2);
const engine = await load(dist);
const whole = await load_whole(dist);

test("the module says the version of the sources", () => {
  const manifest = readFileSync(new URL("../../Cargo.toml", import.meta.url), "utf8");
  const [, version] = manifest.match(/\[workspace\.package\]\nversion = "(.*)"/);
  assert.equal(engine.version(), version);
});

test("every scenario has the digest that the native engine gives it", () => {
  const expected = execFileSync(native, ["run", "--all", "--digest"], { encoding: "utf8" });
  assert.ok(expected.trim().split("\n").length >= 16, expected);
  assert.equal(whole.golden(), expected);
  // The page's own module may lack systems; what it has, it has exactly.
  const lines = (text) => text.trim().split("\n");
  const [natively, here] = [lines(expected), lines(engine.golden())];
  const has = here.filter((line) => !line.endsWith(" unreadable"));
  assert.ok(has.length >= 16, `${has.length} scenarios`);
  assert.equal(here.length, natively.length);
  for (const line of has) assert.ok(natively.includes(line), line);
});

test("where the page's own module lacks systems, the one with all brings their words, and only that one brings any", () => {
  const brought = (engine) => {
    const posted = [];
    globalThis.postMessage = (data) => posted.push(data);
    engine.worker_main();
    return posted;
  };
  assert.deepEqual(brought(engine), []);
  if (!engine.golden().includes(" unreadable")) return; // it has them all, and there is no other
  const [[words], ...others] = brought(whole);
  assert.deepEqual(others, []);
  const lines = words.split("\n");
  assert.ok(lines.length > 1000 && lines.length % 2 === 1 && lines.at(-1) === "", `${lines.length} lines`);
  assert.ok(lines.includes("acceptor") && lines.includes("接受者"));
});

test("a session in it, asked as the page asks its worker, shows the moments that are asked for", async () => {
  const template = readFileSync(new URL("../../benches/busy-hour.yaml.in", import.meta.url), "utf8");
  const told = await seek_the_hour(worker(engine), () => performance.now(), template, 1);
  assert.match(told, /^1 virtual minutes: \d{5,} events/);
});
