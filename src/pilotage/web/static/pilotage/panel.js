// The side panel: opens when a panel arrives, keeps what was typed, gives the focus back.
const panel = document.querySelector("#panel");
let isTyped = false;

export function openPanel(content) {
  if (content) panel.replaceChildren(content);
  isTyped = false;
  if (!panel.open) panel.showModal();
  const first = panel.querySelector("[aria-invalid=true]") || panel.querySelector(
    "[autofocus], .panel-body input:not([type=hidden]), .panel-foot .primary",
  );
  (first || panel.querySelector("[data-close]"))?.focus();
}

export function closePanel() {
  if (panel?.open) panel.close();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === panel) openPanel();
});

panel?.addEventListener("input", () => { isTyped = true; });
panel?.addEventListener("close", () => { panel.replaceChildren(); });
panel?.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    closePanel();
  }
  // A stray click beside the panel must not cost what somebody has typed.
  if (event.target === panel && !isTyped) closePanel();
});
