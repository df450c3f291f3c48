// The side panel: opens when a panel arrives, keeps what was typed, gives the focus back.
const panel = document.querySelector("#panel");
const question = document.querySelector("#discard");
let isTyped = false;

export function openPanel(content) {
  if (content) panel.replaceChildren(content);
  // A form that comes back with errors still holds what was typed.
  isTyped = isTyped && panel.open;
  if (!panel.open) panel.showModal();
  const first = panel.querySelector("[aria-invalid=true]") || panel.querySelector(
    "[autofocus], .panel-body input:not([type=hidden]), .panel-foot .primary",
  );
  (first || panel.querySelector("[data-close]"))?.focus();
}

export const closePanel = () => panel?.close();

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === panel) openPanel();
});

panel?.addEventListener("input", () => { isTyped = true; });
panel?.addEventListener("close", () => { panel.replaceChildren(); isTyped = false; });
// Esc and a click beside the panel are easily made by mistake: what was typed is not lost unasked.
panel?.addEventListener("cancel", (event) => {
  if (event.target !== panel || !isTyped) return;
  event.preventDefault();
  question.showModal();
});
question?.addEventListener("submit", ({ submitter }) => { if (submitter.value === "discard") closePanel(); });
panel?.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    closePanel();
  }
  if (event.target === panel && isTyped) question.showModal();
  else if (event.target === panel) closePanel();
});
