// What the browser needs beyond htmx. No framework, no inline handlers; every page also works
// without this file, with whole pages instead of panels.
import "./menus.js";
import { say } from "./live.js";
import { openPanel, closePanel } from "./panel.js";

// Theme: the cookie is read by the server, so that no page flashes.
function toggleTheme() {
  const root = document.documentElement;
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = root.dataset.theme || (isDark ? "dark" : "light");
  root.dataset.theme = shown === "dark" ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax${secure}`;
}

// Rows that are ticked: the bar above the table, and the box that ticks all.
function countTicks() {
  const bar = document.querySelector("#bulk");
  if (!bar) return;
  const boxes = [...document.querySelectorAll("td.pick input")];
  const ticked = boxes.filter((box) => box.checked).length;
  bar.hidden = ticked === 0;
  bar.querySelector("[data-count]").textContent = ticked;
  const all = document.querySelector("[data-tick-all]");
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function tickAll(isTicked) {
  for (const box of document.querySelectorAll("td.pick input")) box.checked = isTicked;
  countTicks();
}

// Copying a link: the server is asked first, because each copy stands in the event log.
async function copyLink(form) {
  const address = fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "text/plain" },
  }).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))));
  try {
    // Safari allows a copy after waiting only through a promise that was made in the click.
    const blob = address.then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    // The list may have been drawn anew meanwhile.
    const action = form.getAttribute("action");
    const shown = form.isConnected ? form : document.querySelector(`form[action="${action}"]`);
    confirmCopy((shown || form).querySelector("button"));
  } catch {
    address.then(showLink, () => say("The link could not be fetched. Reload and try again.", "error"));
  }
}

// A text that stands in a field; it is selected too, for browsers that give no clipboard.
function copyField(button) {
  const box = document.getElementById(button.dataset.copyField);
  box.select();
  const refused = () => say("Press Ctrl or Cmd and C: the text is selected.", "error");
  if (!navigator.clipboard) refused();
  else navigator.clipboard.writeText(box.value).then(() => confirmCopy(button, "Copied"), refused);
}

function confirmCopy(button, words = "Activation link copied") {
  const isSeen = button.checkVisibility();
  say(words, isSeen ? "" : "success");
  if (!isSeen) return;
  const label = button.querySelector("[data-label]") || button;
  const before = label.textContent;
  label.textContent = "Copied";
  button.classList.add("done");
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("done");
  }, 2000);
}

function showLink(address) {
  const content = document.querySelector("#copy-by-hand").content.cloneNode(true);
  const box = content.querySelector("input");
  box.value = address;
  openPanel(content);
  box.select();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-toggle-theme]")) toggleTheme();
  if (event.target.closest("[data-clear-ticks]")) tickAll(false);
  if (event.target.closest("[data-copy-field]")) copyField(event.target.closest("button"));
  event.target.closest("[data-dismiss]")?.closest(".toast").remove();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) tickAll(event.target.checked);
  else if (event.target.matches("td.pick input")) countTicks();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-copy]") || !navigator.clipboard) return;
  event.preventDefault();
  copyLink(event.target);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
  const search = document.querySelector("#search");
  if (search) event.preventDefault();
  search?.focus();
});

// A panel's work is done: show what changed, where the person was, and say it.
document.addEventListener("panelDone", ({ detail: { to } }) => {
  closePanel();
  to ? location.assign(to) : drawAnew();
});

// What was polled for has come, and more on the page may follow from it. A panel stays as it is.
document.addEventListener("cameToAnEnd", drawAnew);

async function drawAnew() {
  const opener = document.activeElement?.id;
  await htmx.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerHTML" });
  document.getElementById(opener || "main")?.focus();
}

document.addEventListener("htmx:afterSettle", () => {
  countTicks();
  for (const toast of document.querySelectorAll(".toast:not([data-said])")) {
    toast.dataset.said = "";
    say(toast.querySelector("p").textContent);
  }
});

// Nobody looks: nothing is asked.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
});

document.addEventListener("htmx:sendError", () =>
  say("The server cannot be reached. Nothing was changed; try again in a moment.", "error"));

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500)
    say("Something went wrong on our side, and it has been logged. Try again in a moment.", "error");
});

countTicks();
