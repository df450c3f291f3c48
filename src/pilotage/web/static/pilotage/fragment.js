// A secret in an address stands behind the #, which no server sees. This hands it to the form that
// asks for it, takes it out of the address bar and the history, and sends the form.
for (const form of document.querySelectorAll("form[data-fragment]")) {
  const value = new URLSearchParams(location.hash.slice(1)).get(form.dataset.fragment);
  if (!value) continue;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.token.value = value;
  form.requestSubmit();
}
