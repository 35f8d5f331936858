// Pagefind's worker, which is handed what was fetched for it before it asked.
const handed = new Map();
const fetchAnew = self.fetch;
self.fetch = async (address) => {
  const data = handed.get(address);
  handed.delete(address);
  return data ? new Response(data) : fetchAnew(address);
};
self.addEventListener("message", (event) => {
  if (!event.data.handed) return;
  for (const [address, data] of event.data.handed) handed.set(address, data);
  event.stopImmediatePropagation();
});
importScripts(new URL("../pagefind/pagefind-worker.js", location.href));
