// The busy hour of benches/seek.rs, asked of a session as the page asks its worker: by a module outside a browser (bench.mjs)
// or by the page's own worker (tests/browser/tests/page/hour.rs). It knows neither and imports nothing.

function varint(value) {
  const bytes = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function text(value) {
  const bytes = new TextEncoder().encode(value);
  return [...varint(bytes.length), ...bytes];
}

/** Requests by their place in `session::api::Request`; run.mjs notices when one moves. */
export const load_text = (value) => [0, ...text(value), 0];
export const play_to = (at, budget) => [5, ...varint(at), ...varint(budget)];
export const seek_time = (at) => [8, 1, ...varint(at)];

/** The place that a reply `Shown` begins with: its event and its time. */
export function place(reply) {
  if (reply[0] !== 1) throw new Error(`a reply of another kind: ${reply[0]}`);
  let at = 1;
  const next = () => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = reply[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  return { ordinal: next(), at: next() };
}

/** The busy hour, or fewer minutes of it, of benches/busy-hour.yaml.in, as benches/seek.rs makes it. */
function busy_hour(template, minutes) {
  const [head, minute] = template.split("timeline:\n");
  const timeline = Array.from({ length: minutes }, (_, now) =>
    minute
      .replaceAll("{one}", (now % 5) + 1)
      .replaceAll("{other}", ((now + 2) % 5) + 1)
      .replaceAll(/\{(\d+)\}/g, (_, second) => now * 60 + Number(second)),
  );
  return `${head.replace("{minutes}", minutes)}timeline:\n${timeline.join("")}`;
}

/**
 * Plays it through, then asks for 1,000 random moments. `ask` sends a request and gives its reply, now or later; `now` is a
 * clock in milliseconds. Gives what it came to, in a few lines.
 */
export async function seek_the_hour(ask, now, template, minutes) {
  await ask(load_text(busy_hour(template, minutes)));
  const begun = now();
  let head = { ordinal: -1n, at: 0n };
  for (let last = -2n; head.ordinal !== last; ) {
    last = head.ordinal;
    head = place(await ask(play_to(minutes * 60e9, 4_000_000)));
  }
  const took = now() - begun;
  const each = ((took * 1e6) / Number(head.ordinal)).toFixed(0);
  const times = [];
  let luck = 3n;
  for (let seek = 0; seek < 1000; seek += 1) {
    luck = BigInt.asUintN(64, luck * 6364136223846793005n + 1442695040888963407n);
    const to = ((luck >> 11n) * head.at) >> 53n;
    const before = now();
    const there = place(await ask(seek_time(to)));
    times.push(now() - before);
    if (there.at !== to) throw new Error(`${to} was asked for, ${there.at} shown`);
  }
  times.sort((a, b) => a - b);
  const percentile = (p) => times[Math.ceil((times.length * p) / 100) - 1].toFixed(1);
  return `${minutes} virtual minutes: ${head.ordinal} events in ${(took / 1e3).toFixed(1)} s (${each} ns each, checks on)
1000 random seeks: p50 ${percentile(50)} ms, p90 ${percentile(90)} ms, p99 ${percentile(99)} ms, most ${percentile(100)} ms`;
}
