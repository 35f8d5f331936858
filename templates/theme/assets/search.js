// The page of the search: asks the engine, shows the hits, and keeps the question in the page's address.
const { begin, filters, search: seek } = await import(new URL(`engine.js${new URL(import.meta.url).search}`, import.meta.url));
// Who comes with a question is not shown the ways without one until it is known that they are needed.
const awaited = document.documentElement.classList;
awaited.toggle("asked", Boolean(new URLSearchParams(location.search).get("q")?.trim()));
// The script is fetched beside the page, and may come before all of it is there.
if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
const form = document.getElementById("seek");
const field = document.getElementById("q");
const [said, title, hits, more, ways, tips, lists, chosen, clear, choose, row] = [
  "said", "found", "hits", "more", "ways", "tips", "lists", "chosen", "clear", "choose", "hit",
].map((id) => document.getElementById(id));
const root = new URL("../", import.meta.url);
const boxes = [...form.elements].filter((part) => part.type === "checkbox");
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const PAGE = 10; // hits shown at a time
const EXACT = 20; // so few hits are counted to the last; of more, parts of the index may still be on their way
const FEW = 1000; // of so few entries what the numbers are told by is small: it is fetched without being asked for
const PAUSE = 250; // milliseconds without a key before a word that is being written is searched

let turn = 0; // which search is the latest: an answer to an earlier one is thrown away
let found = []; // the hits of the latest search
const wide = matchMedia("(min-width: 56rem)");
const entries = boxes.filter((box) => box.name === "kind").reduce((sum, box) => sum + Number(box.parentElement.querySelector(".n").dataset.all), 0);
let counted = wide.matches && entries <= FEW; // whether the numbers beside the choices are wanted

const say = (key, n) => form.dataset[key].replace("{n}", n === undefined ? "" : numbers.format(n)).replace("{q}", () => field.value.trim());
const picked = () => boxes.filter((box) => box.checked);

// Pagefind escapes what it gives back and puts <mark> around what was found; only these marks become elements.
const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const marked = (excerpt) => excerpt.split(/<mark>(.*?)<\/mark>/g).map((part, at) => {
  if (at % 2 === 0) return plain(part).replace(/(\d) (?=\d{3}\b|%)/g, "$1\u00a0"); // no line breaks within a number
  const mark = document.createElement("mark");
  mark.textContent = plain(part);
  return mark;
});

// Where no word is quite like what was asked, Pagefind gives those that begin like it: then this is said.
const bare = (word) => word.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
const alike = (asked, given) => {
  let at = 0;
  while (at < asked.length && asked[at] === given[at]) at++;
  return at >= Math.max(Math.min(asked.length, 4), asked.length - 5);
};
const fits = (asked, { excerpt, meta }) => {
  const given = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map((mark) => mark[1]);
  if (!given.length) given.push(...Object.values(meta).join(" ").split(/\s+/));
  return asked.some((one) => given.some((other) => alike(one, bare(other))));
};

const shape = ({ raw_url: address, meta, excerpt, plain_excerpt: bit, raw_content: whole }) => {
  const item = row.content.cloneNode(true);
  const link = document.createElement("a");
  link.href = new URL(address, root);
  link.textContent = meta.title;
  item.querySelector("h3").append(link);
  item.querySelector(".about").append(whole?.startsWith(bit) ? "" : "… ", ...marked(excerpt), whole?.endsWith(bit) ? "" : " …");
  const [kind, mark, note, example] = item.querySelectorAll(".soft > span");
  kind.textContent = meta.kind ?? "";
  mark.textContent = meta.mark ?? "";
  if (meta.tone) mark.classList.add(meta.tone);
  note.textContent = meta.note ?? "";
  for (const [part, shown] of [[kind, meta.kind], [mark, meta.mark], [note, meta.note], [example, meta.example]]) if (!shown) part.remove();
  return item;
};

// Shows hits as they come, best first; `begun` hears when the first are there. As long as none fits what was `asked` they
// wait for each other, since more is said of them then, and nothing is to move under a reader's eyes.
const show = async (upTo, mine, { fresh = false, asked = [], begun = () => {} } = {}) => {
  const coming = found.slice(fresh ? 0 : hits.children.length, upTo).map((hit) => hit.data());
  for (const one of coming) one.catch(() => {}); // the first that fails is told of, and no other
  let [near, begins, ready] = [asked.length > 0, true, []];
  for (const [at, one] of coming.entries()) {
    const hit = await one;
    if (mine !== turn) return;
    near &&= !fits(asked, hit);
    ready.push(shape(hit));
    if (near && at + 1 < coming.length) continue;
    if (begins) begun(near);
    hits.append(...ready);
    [begins, ready] = [false, []];
  }
  more.hidden = hits.children.length >= found.length;
};

// Without a hit, or without a question, the ways to everything are shown instead.
const lead = (message, { tip = false, listed = [] } = {}) => {
  awaited.remove("asked");
  said.textContent = message;
  found = [];
  hits.replaceChildren();
  title.hidden = hits.hidden = more.hidden = true;
  ways.hidden = false;
  tips.hidden = !tip;
  lists.hidden = !listed.length;
  lists.replaceChildren(...listed.map((box) => {
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    link.href = box.dataset.list;
    link.textContent = box.nextElementSibling.textContent;
    item.append(link);
    return item;
  }));
};

// How many hits each choice gives. Beside a chosen value others of its facet may be added: what that would give is known
// as long as nothing else is chosen, and else left open. Without a result only a page without a question has numbers.
const count = (result) => {
  const facets = new Set(picked().map((box) => box.name));
  for (const box of boxes) {
    const number = box.parentElement.querySelector(".n");
    const open = facets.has(box.name) && !box.checked;
    const from = open && facets.size === 1 ? result?.totalFilters : result?.filters;
    const known = from && !(open && facets.size > 1) ? from[box.name]?.[box.value] ?? 0 : undefined;
    number.textContent = known !== undefined ? numbers.format(known) : result || field.value.trim() ? "" : number.dataset.all;
    box.parentElement.classList.toggle("nil", known === 0 && !box.checked);
  }
};

// The numbers come after the hits, since what they are told by is large.
const number = async (word, chosenFilters, mine) => {
  await filters();
  const result = await seek(word, chosenFilters);
  if (mine === turn) count(result);
};

const search = async ({ shown = PAGE, focus = false } = {}) => {
  const mine = ++turn;
  form.setAttribute("aria-busy", "true");
  const word = field.value.trim();
  const chosenFilters = {};
  for (const box of picked()) (chosenFilters[box.name] ??= { any: [] }).any.push(box.value);
  const chosenNumber = picked().length;
  chosen.textContent = chosenNumber ? `(${chosenNumber})` : "";
  clear.hidden = !chosenNumber;
  if (!word) {
    count();
    lead(chosenNumber ? say("word") : "", { listed: picked() });
    form.removeAttribute("aria-busy");
    return;
  }
  if (awaited.contains("asked")) count(); // the page came with the numbers of everything
  const waiting = setTimeout(() => { if (mine === turn) said.textContent = say("wait"); }, 400);
  const told = (near) => {
    clearTimeout(waiting);
    awaited.remove("asked");
    hits.replaceChildren();
    ways.hidden = more.hidden = true;
    title.hidden = hits.hidden = false;
    said.textContent = say(near ? "near" : found.length === 1 ? "one" : found.length > EXACT ? "about" : "count", found.length);
    if (focus) title.focus();
  };
  try {
    const { results } = await seek(word, chosenFilters);
    if (mine !== turn) return;
    found = results;
    if (found.length) await show(shown, mine, { fresh: true, asked: word.split(/\s+/).map(bare).filter(Boolean), begun: told });
    else lead(say("none"), { tip: true });
    if (mine !== turn) return;
    if (chosenNumber || (counted && found.length)) await number(word, chosenFilters, mine).catch(console.info);
    else count();
  } catch (fault) {
    if (mine === turn) lead(say("lost"));
    console.info(fault);
  } finally {
    clearTimeout(waiting);
    if (mine === turn) form.removeAttribute("aria-busy");
  }
};

// The address holds the whole question, so that it can be passed on, and back and forward lead through the questions.
const address = () => {
  const asked = new URLSearchParams();
  if (field.value.trim()) asked.set("q", field.value.trim());
  for (const box of picked()) asked.append(box.name, box.value);
  const query = asked.toString();
  return query ? `?${query}` : location.pathname;
};
const read = () => {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
  for (const facet of choose.querySelectorAll(".facet")) if (facet.querySelector(":checked")) facet.open = true;
};
const keep = (way) => {
  if (address() === (location.search || location.pathname)) return;
  history[way](null, "", address());
};

let pause;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  keep("pushState");
  search({ focus: true });
});
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => { keep("replaceState"); search(); }, PAUSE);
});
choose.addEventListener("change", () => {
  counted = true;
  keep("pushState");
  search();
});
choose.addEventListener("toggle", () => {
  if (choose.open && !counted && choose.dataset.wide === undefined) { counted = true; search(); }
});
clear.addEventListener("click", () => {
  for (const box of picked()) box.checked = false;
  keep("pushState");
  search();
  choose.querySelector("summary").focus();
});
more.addEventListener("click", async () => {
  const at = hits.children.length;
  await show(at + PAGE, turn);
  said.textContent = say("more", hits.children.length);
  hits.children[at]?.querySelector("a").focus();
});
// Who comes back from a hit finds the page as it was left.
hits.addEventListener("click", () => history.replaceState({ shown: hits.children.length, top: scrollY }, "", location.href));
addEventListener("popstate", () => { read(); again(); });
field.addEventListener("focus", () => begin(), { once: true });

const again = async () => {
  const state = history.state;
  await search({ shown: state?.shown ?? PAGE });
  if (state?.top) scrollTo(0, state.top);
};
if (wide.matches) {
  choose.dataset.wide = "";
  choose.open = true;
}
read();
again();
