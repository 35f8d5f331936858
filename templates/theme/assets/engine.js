// The search's engine: Pagefind's own worker, spoken to directly, or Pagefind's script where there is no worker.
//
// The worker asks the host for one file after another, and whoever comes with a question in the address waits for the last
// of them. So all that the answer needs is asked for here at once, before the page is there; the worker finds it in the
// browser's cache.
const home = new URL("../pagefind/", import.meta.url);
const language = document.documentElement.lang;
const moment = String(Date.now()); // in the entry's address, so that no older one is taken from a cache
const waiting = new Map(); // what the worker has not answered yet, by number
let worker;
let ready; // the promise of a worker that can be asked
let count = 0;

const call = (method, ...args) => new Promise((resolve, reject) => {
  waiting.set(++count, { resolve, reject });
  worker.postMessage({ id: count, instanceId: "portal", method, args });
});
const stop = () => {
  worker?.terminate();
  worker = ready = undefined;
  for (const { reject } of waiting.values()) reject(new Error("Pagefind's worker does not answer"));
  waiting.clear();
};

const fetched = async (path) => (await fetch(new URL(path, home))).arrayBuffer();
const plain = (word) => word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
// The entry tells where each file of words begins: a word is looked for in the last that begins before it.
const fetchAhead = async (question) => {
  const code = fetched(`wasm.${language}.pagefind`);
  code.catch(() => {});
  const entry = JSON.parse(new TextDecoder().decode(await fetched(`pagefind-entry.json?ts=${moment}`)));
  const { hash, chunks } = entry.languages[language];
  const files = question.split(/\s+/).map(plain).filter(Boolean).map((word) => chunks.findLast(([first]) => first <= word)[1]);
  await Promise.all([code, fetched(`pagefind.${hash}.pf_meta`), ...[...new Set(files)].map((name) => fetched(`index/${name}.pf_index`))]);
};

const start = async (question) => {
  const ahead = question && fetchAhead(question).catch(() => {}); // the worker will tell
  worker = new Worker(new URL("pagefind-worker.js", home));
  worker.addEventListener("error", stop);
  worker.addEventListener("message", ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  });
  await ahead;
  await call("init", { basePath: home.href, language, metaCacheTag: moment, primary: true });
};

// Gets ready for questions, once.
export const begin = (question = "") => {
  ready ??= start(question);
  ready.catch(() => {}); // whoever asks will be told
  return ready;
};

const ask = async (method, ...args) => {
  try {
    await begin();
    return await call(method, ...args);
  } catch {
    stop();
    return (await import(new URL("pagefind.js", home)))[method](...args);
  }
};

// Fetches what the numbers beside the choices are told by.
export const filters = () => ask("filters");

// The worker keeps what it knows of a hit until it is told that nobody holds that hit any more.
const held = new FinalizationRegistry((name) => worker?.postMessage({ instanceId: "portal", method: "releaseData", args: [name] }));

// The hits of a word, best first, each with a function that fetches what is shown of it, and how many there are of each choice.
export const search = async (word, chosen) => {
  const found = await ask("search", word, { filters: chosen });
  for (const hit of found.results) {
    const name = hit.data;
    if (typeof name !== "string") continue; // Pagefind's script has made a function of it
    held.register(hit, name);
    hit.data = () => call("getData", name);
  }
  return found;
};

const asked = new URLSearchParams(location.search).get("q")?.trim();
if (asked) begin(asked);
