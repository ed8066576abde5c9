// Muster without a network: keeps the files the page consists of, and answers for them.
//
// `cargo xtask` writes the three names used here in front of this text when it builds the page as it ships
// (xtask/src/offline.rs): VERSION, which changes with any file, FILES and LATER, relative to this script. A page that trunk built
// by itself has no service worker: a kept page would stand for what was just changed.
// It knows no address but its own folder, so that any sub-path of any host will do.

/** Caches are the origin's; another Muster may lie in another folder of it. */
const MINE = `muster ${registration.scope} `;
const CACHE = MINE + VERSION;
/** What a cached answer is found by: its address alone. */
const BY_ADDRESS = { ignoreVary: true };

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(event));
});

/** All files, or none: a host in the middle of an update has a page of another version, and then the next visit tries again. */
async function keep() {
  const answers = await Promise.all(FILES.map(fetchFile));
  const page = await answers[0].clone().text();
  if (!page.includes(VERSION)) throw new Error(`the page here is not of version ${VERSION}`);
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map((file, at) => cache.put(file, answers[at])));
  // What is opened later comes last, and the page is whole without it.
  await Promise.allSettled(LATER.map(async (file) => cache.put(file, await fetchFile(file))));
  await skipWaiting();
}

/** What carries a hash in its name was loaded by the page a moment ago, and the browser still has it. */
async function fetchFile(file) {
  const hashed = /-[0-9a-f]{8,}/.test(file);
  const response = await fetch(new Request(file, { cache: hashed ? "force-cache" : "no-cache" }));
  if (!isFile(file, response)) throw new Error(`${file}: HTTP ${response.status}, ${response.headers.get("content-type")}`);
  return response;
}

/** Some networks answer everything with a page of their own, or send one there. Of our files only the page itself is one. */
function isFile(file, response) {
  const isPage = response.headers.get("content-type")?.startsWith("text/html");
  return response.ok && !response.redirected && (!isPage || file === FILES[0]);
}

/** The version before stays, for a page of it may still be open and want its files; older ones go. */
async function takeOver() {
  const mine = (await caches.keys()).filter((name) => name.startsWith(MINE));
  const before = mine.filter((name) => name !== CACHE);
  await Promise.all(before.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
}

async function answer(event) {
  const { request } = event;
  const cache = await caches.open(CACHE);
  if (request.mode === "navigate") {
    const address = new URL(request.url);
    const isPage = address.href.split(/[?#]/)[0] === registration.scope || address.pathname.endsWith("/index.html");
    return ((isPage && (await cache.match(FILES[0], BY_ADDRESS))) || fetch(request));
  }
  const kept = await cache.match(request, BY_ADDRESS);
  return kept ?? (await ofVersionBefore(request)) ?? fetched(event, cache);
}

/** What is opened later and could not be had at first is kept when it comes. */
async function fetched(event, cache) {
  const response = await fetch(event.request);
  const later = LATER.find((file) => new URL(file, registration.scope).href === event.request.url);
  // Where there is no room for it, the page has it all the same.
  if (later && isFile(later, response)) event.waitUntil(cache.put(event.request, response.clone()).catch(() => {}));
  return response;
}

async function ofVersionBefore(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(MINE) || name === CACHE) continue;
    const kept = await (await caches.open(name)).match(request, BY_ADDRESS);
    if (kept) return kept;
  }
  return undefined;
}
