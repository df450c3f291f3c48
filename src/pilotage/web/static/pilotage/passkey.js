// allauth tells of a passkey that did not come; people should read it on the page.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("#passkey-trouble")?.removeAttribute("hidden");
});
