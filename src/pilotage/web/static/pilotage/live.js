// Says something to everybody: a live region for the screen reader, and with a `kind` (success or
// error) a toast for the eye.

export function say(text, kind = "") {
  document.querySelector("#live").textContent = text;
  if (kind) showToast(text, kind);
}

function showToast(text, kind) {
  const toast = document.querySelector(`#toast-${kind}`).content.cloneNode(true).firstElementChild;
  toast.querySelector("p").textContent = text;
  toast.dataset.said = "";
  document.querySelector("#toasts").replaceChildren(toast);
}
