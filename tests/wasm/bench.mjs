// What the page's WebAssembly module costs, outside a browser: an idle Raft group's loop against the same loop natively,
// and how long any moment of a long, busy run takes to come back, asked as the page asks its worker.
// Arguments: the built page's folder; the native nanoseconds for a delivered message, as `cargo bench --bench raft` prints.
//
// `MUSTER_MINUTES=5 node tests/wasm/bench.mjs dist` makes the hour shorter.

import { readFileSync } from "node:fs";
import { seek_the_hour } from "./hour.mjs";
import { load, worker } from "./module.mjs";

const [dist, native] = process.argv.slice(2);
const engine = await load(dist);
const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

idle();
const template = readFileSync(new URL("../../benches/busy-hour.yaml.in", import.meta.url), "utf8");
console.log(await seek_the_hour(worker(engine), milliseconds, template, Number(process.env.MUSTER_MINUTES ?? 60)));
console.log(`memory of the module: ${(engine.memory.buffer.byteLength / 1e6).toFixed(1)} MB`);

/** The loop of benches/raft.rs: the least of forty turns: the runtime compiles better while they go on. */
function idle() {
  const times = [];
  const delivered = engine.idle_group_delivers(1000);
  for (let turn = 0; turn < 40; turn += 1) {
    const before = process.cpuUsage().user;
    engine.idle_group_runs(1000);
    times.push(((process.cpuUsage().user - before) * 1e3) / delivered);
  }
  const least = Math.min(...times);
  const against = native ? `, ${(least / Number(native)).toFixed(2)} of native` : "";
  console.log(`a delivered message, idle Raft group of 5, timers included: ${least.toFixed(1)} ns${against}`);
}
