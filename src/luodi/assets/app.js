// Small comforts of the keyboard; every page works without them.
// Ctrl/⌘ K: search.  j / k: next and previous row of a list.  Enter: open it.  Escape: close an open menu.
const typing = (element) => element.matches("input, select, textarea, [contenteditable]");

function choose(step) {
  const rows = [...document.querySelectorAll("[data-list] > tbody > tr:not(.group), [data-list] > li:not(.group):not(.above)")]
    .filter((row) => row.offsetParent !== null);
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.hasAttribute("aria-selected"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  if (at >= 0) rows[at].removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  const link = next.querySelector("a");
  if (link) link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") choose(1);
  else if (event.key === "k") choose(-1);
  else if (event.key === " " && event.target.matches("[role=switch]")) {
    event.preventDefault();
    event.target.click();
  }
});

// One menu at a time, and none after a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// HTMX gives the focus back to an element that kept its id; the place scrolled to inside the chart is kept here.
let scrolled = 0;
document.addEventListener("htmx:beforeSwap", () => { scrolled = document.querySelector(".scroll")?.scrollLeft ?? 0; });
document.addEventListener("htmx:afterSwap", () => {
  const bars = document.querySelector(".scroll");
  if (bars) bars.scrollLeft = scrolled;
});
// Refusals and faults answer with a whole page: go there instead of swapping nothing.
document.addEventListener("htmx:responseError", (event) => { window.location.assign(event.detail.pathInfo.requestPath); });
