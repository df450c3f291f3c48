// Keeps the list up to date; the page works without it.
const EVERY = 2000; // milliseconds

const part = (root, id) => root.getElementById(id);

async function refresh() {
  if (document.hidden || document.querySelector(":popover-open")) return;
  const answer = await fetch(location.href).catch(() => null); // the server may be restarting
  if (!answer) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = part(document, "list"), next = part(page, "list");
  if (!next) return;
  part(document, "banner").replaceChildren(...part(page, "banner").childNodes);
  const isNew = next.dataset.version !== now.dataset.version;
  const focused = now.contains(document.activeElement) && document.activeElement.getAttribute("href");
  now.dataset.version = next.dataset.version;
  now.replaceChildren(...next.childNodes);
  if (focused) now.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  if (isNew) part(document, "news").textContent = `${now.querySelectorAll("li").length} mails in the list`;
}

setInterval(refresh, EVERY);
