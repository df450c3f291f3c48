// Menus are popovers. Their entries may come from the server when the button is pressed, because
// what is allowed, and why not, is decided there.
const GAP = 6;

function place(menu, button) {
  const from = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = from.bottom + GAP + height < innerHeight || from.top < height;
  const left = document.dir === "rtl" || from.right - width < 10 ? from.left : from.right - width;
  menu.style.left = `${Math.max(10, Math.min(left, innerWidth - width - 10))}px`;
  // Neither side may have room enough: then the menu covers its button rather than run out of sight.
  const top = isBelow ? from.bottom + GAP : from.top - GAP - height;
  menu.style.top = `${Math.max(10, Math.min(top, innerHeight - height - 10))}px`;
}

function open(menu, button) {
  menu.showPopover({ source: button });
  place(menu, button);
  menu.querySelector(".menu-item")?.focus();
}

const opener = () => document.querySelector("[data-menu-open]");
const buttonOf = (menu) => document.querySelector(`[popovertarget="${menu.id}"]`) || opener();

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches("[data-menu]")) return;
  opener()?.removeAttribute("data-menu-open");
  event.target.setAttribute("data-menu-open", "");
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "menu" && opener()) open(event.detail.target, opener());
});

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.(".menu")) return;
  const isOpen = event.newState === "open";
  const button = buttonOf(menu);
  button?.setAttribute("aria-expanded", isOpen);
  if (isOpen && button) place(menu, button);
}, true);

// A menu stands where its button is, also when the page moves under it.
addEventListener("scroll", (event) => {
  const menu = document.querySelector(".menu:popover-open");
  if (menu && !menu.contains(event.target) && buttonOf(menu)) place(menu, buttonOf(menu));
}, { capture: true, passive: true });

// Before a panel opens, the menu closes, so that the focus later returns to the menu's button.
document.addEventListener("click", (event) => {
  const item = event.target.closest(".menu-item");
  if (!item) return;
  if (item.getAttribute("aria-disabled") === "true") event.preventDefault();
  else if (!item.querySelector("input")) item.closest("[popover]").hidePopover();
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest(".menu:popover-open");
  if (!menu || event.target.matches("input")) return;
  const items = [...menu.querySelectorAll(".menu-item")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    items.at(next % items.length)?.focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    menu.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  }
});
