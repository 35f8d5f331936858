// The search's engine: Pagefind's own worker, spoken to directly, or Pagefind's script where there is no worker.
//
// Pagefind asks the host for one file after another, and whoever comes with a question in the address waits for the last of
// them. So all that the answer needs is asked for here at once, before the page is there, and handed to the worker.
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

const plain = (word) => word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
// All that this question needs: addresses and what was there. What could not be had the worker asks for itself.
const fetchAhead = async (question) => {
  const got = [];
  const fetched = async (path) => {
    const address = new URL(path, home).href;
    const answer = await fetch(address);
    const data = await answer.arrayBuffer();
    if (answer.ok) got.push([address, data]);
    return data;
  };
  // The entry tells where each file of words begins: a word is looked for in the last that begins before it.
  const chosen = async () => {
    const entry = new TextDecoder().decode(await fetched(`pagefind-entry.json?ts=${moment}`));
    const { hash, chunks } = JSON.parse(entry).languages[language];
    const words = question.split(/\s+/).map(plain).filter(Boolean);
    const files = new Set(words.map((word) => chunks.findLast(([first]) => first <= word)[1]));
    await Promise.all([fetched(`pagefind.${hash}.pf_meta`), ...[...files].map((name) => fetched(`index/${name}.pf_index`))]);
  };
  await Promise.allSettled([fetched(`wasm.${language}.pagefind`), chosen()]);
  return got;
};

const start = async (question) => {
  const ahead = question ? fetchAhead(question) : [];
  worker = new Worker(new URL(`engine-worker.js${new URL(import.meta.url).search}`, import.meta.url));
  worker.addEventListener("error", stop);
  worker.addEventListener("message", ({ data: { id, result, error } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error));
    else asked?.resolve(result);
  });
  const handed = await ahead;
  worker.postMessage({ handed }, handed.map(([, data]) => data));
  call("init", { basePath: home.href, language, metaCacheTag: moment, primary: true }).catch(() => {});
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
