// Boots Muster: the page when run by the page, a session's worker when run as a module worker.
//
// Both run the same WebAssembly module. The page fetches and compiles it once and hands the compiled module to each worker
// it starts (web/src/wire.rs), so that a worker starts at once and after the network is gone. The module with all systems, where the
// page was built without them, is fetched and compiled by the first worker that is to run it.
// The names of the glue and the module carry hashes; index.html knows them (Trunk.toml, `pattern_script`).

/** The first byte of every xz stream; a module's is zero. */
const XZ = 0xfd;

if (typeof document === "undefined") {
  bootWorker();
} else {
  bootPage().catch(showFailure);
}

async function bootPage() {
  const glue = document.getElementById("muster-glue").href;
  const text = document.getElementById("loading-text");
  const words = text.textContent;
  const module = await compile(
    document.getElementById("muster-module").href,
    document.getElementById("muster-unpacker")?.href,
    (bytes) => { text.textContent = `${words} · ${Math.round(bytes / 1024)} KB`; },
  );
  const { default: init } = await import(glue);
  await init({ module_or_path: module });
  keepForLater();
}

/** Has the page kept for when there is no network, where it was built to be (xtask/src/offline.rs) and the browser can. */
function keepForLater() {
  const { offline } = document.documentElement.dataset;
  if (!offline || !navigator.serviceWorker) return;
  // Without it the page works as before, but not without a network; a private window or a plain-http host may refuse it.
  navigator.serviceWorker.register(offline).catch((error) => console.info(`Muster is not kept for later: ${error}`));
}

/** Fetches and compiles a module, telling on the way how many bytes have come. */
async function compile(url, unpacker, tell = () => {}) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  const reader = response.body.getReader();
  let bytes = 0;
  const next = async () => {
    const { done, value } = await reader.read();
    if (!done) bytes += value.byteLength;
    tell(bytes);
    return done ? undefined : value;
  };
  const first = (await next()) ?? new Uint8Array();
  const module = new ReadableStream({
    start: (out) => out.enqueue(first),
    async pull(out) {
      const chunk = await next();
      if (chunk) out.enqueue(chunk);
      else out.close();
    },
  });
  // As it ships the module is packed (xtask/src/pack); as trunk builds it, it is not.
  if (first[0] === XZ) {
    const { unpack } = await import(unpacker);
    return WebAssembly.compile(await unpack(module));
  }
  const headers = { "content-type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(module, { headers }));
}

function showFailure(error) {
  const loading = document.getElementById("loading");
  loading.setAttribute("role", "alert");
  document.getElementById("loading-text").textContent =
    `Muster could not start. Reload the page to try again. · Muster 无法启动，请重新加载页面。 (${error})`;
  console.error(error);
}

/**
 * The first message brings the glue's address and the compiled module, or its address: then the page is handed what was compiled.
 * What follows it waits until the module runs.
 */
function bootWorker() {
  const waiting = [];
  const keep = (event) => waiting.push(event.data);
  const first = async (event) => {
    removeEventListener("message", first);
    addEventListener("message", keep);
    try {
      const { glue, module, address, unpacker } = event.data;
      const [bindings, compiled] = await Promise.all([import(glue), module ?? compile(address, unpacker)]);
      if (!module) postMessage(compiled);
      await bindings.default({ module_or_path: compiled });
      bindings.worker_main();
      removeEventListener("message", keep);
      for (const data of waiting) dispatchEvent(new MessageEvent("message", { data }));
    } catch (error) {
      reportError(error); // reaches the page as the worker's `error` event
    }
  };
  addEventListener("message", first);
}
