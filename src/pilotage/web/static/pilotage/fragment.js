// A secret in an address stands behind the #, which no server sees. This hands it to the form that
// asks for it, takes it out of the address bar and the history, and sends the form.
const forms = document.querySelectorAll("form[data-fragment]");

function send() {
  for (const form of forms) {
    const value = new URLSearchParams(location.hash.slice(1)).get(form.dataset.fragment);
    if (!value) continue;
    history.replaceState(null, "", location.pathname + location.search);
    form.elements.token.value = value;
    form.requestSubmit();
  }
}

send();
// Microsoft's answer stands in the address of a refusal, and is of no use any more.
if (location.pathname.startsWith("/auth/")) history.replaceState(null, "", location.pathname);
// Another link in the same tab only changes the fragment, which loads nothing by itself. A page
// without the form, which a POST may have answered with, is left by an address of its own.
addEventListener("hashchange", () => {
  if (forms.length) send();
  else location.replace(`?again=${Date.now()}${location.hash}`);
});
