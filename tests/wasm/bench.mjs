// What the page's WebAssembly module costs, outside a browser: an idle Raft group's loop against the same loop natively,
// and how long any moment of a long, busy run takes to come back, asked as the page asks its worker.
// Arguments: the built page's folder; the native nanoseconds for a delivered message, as `cargo bench --bench raft` prints.
//
// `MUSTER_MINUTES=5 node tests/wasm/bench.mjs dist` makes the hour shorter.

import { load, load_text, place, play_to, seek_time, worker } from "./module.mjs";

const [dist, native] = process.argv.slice(2);
const engine = await load(dist);
const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

idle();
seeks(Number(process.env.MUSTER_MINUTES ?? 60));

/** The loop of benches/raft.rs: the least of seven, after the first, which still compiles. */
function idle() {
  const times = [];
  const delivered = engine.idle_group_delivers(1000);
  for (let turn = 0; turn < 8; turn += 1) {
    const before = process.cpuUsage().user;
    engine.idle_group_runs(1000);
    times.push(((process.cpuUsage().user - before) * 1e3) / delivered);
  }
  const least = Math.min(...times.slice(1));
  const against = native ? `, ${(least / Number(native)).toFixed(2)} of native` : "";
  console.log(`a delivered message, idle Raft group of 5, timers included: ${least.toFixed(1)} ns${against}`);
}

/** The hour of benches/seek.rs: five members, ten open-loop clients of 100 requests a second each, faults all along. */
function hour(minutes) {
  const timeline = Array.from({ length: minutes }, (_, minute) => {
    const [one, other] = [(minute % 5) + 1, ((minute + 2) % 5) + 1];
    return [
      [10, `crash: n${one}`],
      [15, `start: n${one}`],
      [25, `partition: { groups: [[n${one}, n${other}]] }`],
      [30, "heal: all"],
      [40, "crash: { select: leader, of: kv }"],
      [45, "start: { select: crashed, of: kv }"],
      [50, `pause: n${other}`],
      [53, `resume: n${other}`],
    ].map(([second, line]) => `  - { at: ${minute * 60 + second}s, do: { ${line} } }\n`);
  });
  return `apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: busy-hour }
seed: 11
until: ${minutes}min
budget: 1000000000
systems:
  - name: kv
    kind: Raft
    members: 5
  - name: load
    kind: Clients
    target: kv
    count: 10
    spec: { rate: 100/s, open: true, mix: { get: 50, put: 40, cas: 10 } }
network: { latency: { logNormal: { median: 2ms, p99: 10ms } }, loss: 0.1% }
timeline:
${timeline.flat().join("")}`;
}

function seeks(minutes) {
  const ask = worker(engine);
  ask(load_text(hour(minutes)));
  const begun = milliseconds();
  let head = { ordinal: -1n, at: 0n };
  for (let last = -2n; head.ordinal !== last; ) {
    last = head.ordinal;
    head = place(ask(play_to(minutes * 60e9, 4_000_000)));
  }
  const took = milliseconds() - begun;
  console.log(
    `${minutes} virtual minutes: ${head.ordinal} events in ${(took / 1e3).toFixed(1)} s (${((took * 1e6) / Number(head.ordinal)).toFixed(0)} ns each, checks on)`,
  );
  const times = [];
  let luck = 3n;
  for (let seek = 0; seek < 1000; seek += 1) {
    luck = BigInt.asUintN(64, luck * 6364136223846793005n + 1442695040888963407n);
    const to = ((luck >> 11n) * head.at) >> 53n;
    const before = milliseconds();
    const there = place(ask(seek_time(to)));
    times.push(milliseconds() - before);
    if (there.at !== to) throw new Error(`${to} was asked for, ${there.at} shown`);
  }
  times.sort((a, b) => a - b);
  const percentile = (p) => times[Math.ceil((times.length * p) / 100) - 1].toFixed(1);
  console.log(`1000 random seeks: p50 ${percentile(50)} ms, p90 ${percentile(90)} ms, p99 ${percentile(99)} ms, most ${percentile(100)} ms`);
  console.log(`memory of the module: ${(engine.memory.buffer.byteLength / 1e6).toFixed(1)} MB`);
}
