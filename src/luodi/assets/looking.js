// The search box over any page: Ctrl/⌘ K or a click into the header's box.  Without this file that box leads to the
// search page.  Arrows choose, Enter opens, Escape closes; what is typed is asked 150 ms after the last key.
let box = null;

function made() {
  const form = document.querySelector("form.search[role=search]");
  const field = form?.querySelector("input");
  if (!field || !window.htmx || !("showModal" in document.createElement("dialog"))) return null;
  const dialog = document.createElement("dialog");
  dialog.className = "seek";
  dialog.setAttribute("aria-label", field.getAttribute("aria-label") ?? "");
  const inner = document.createElement("form");
  inner.action = form.action;
  inner.method = "get";
  inner.setAttribute("role", "search");
  const input = document.createElement("input");
  const answer = document.createElement("div");
  answer.className = "answer";
  answer.id = "seek-answer";
  answer.setAttribute("role", "listbox");
  answer.setAttribute("aria-label", dialog.getAttribute("aria-label"));
  const said = {
    type: "text", enterkeyhint: "search", name: "q", maxlength: "100", autocomplete: "off", spellcheck: "false", role: "combobox",
    placeholder: field.placeholder.replace(/^⌘K\s*/, ""), "aria-label": field.getAttribute("aria-label") ?? "",
    "aria-controls": answer.id, "aria-expanded": "true", "aria-autocomplete": "list",
    "hx-get": `${form.getAttribute("action")}box/`, "hx-trigger": "input changed delay:150ms", "hx-target": "#seek-answer",
    "hx-sync": "this:replace",
  };
  for (const [name, value] of Object.entries(said)) input.setAttribute(name, value);
  const key = document.createElement("kbd");
  key.textContent = "Esc";
  inner.append(input, key);
  dialog.append(inner, answer);
  document.body.append(dialog);
  window.htmx.process(dialog);
  inner.addEventListener("submit", (event) => {
    const hit = chosen(answer);
    if (!hit) return;
    event.preventDefault();
    window.location.assign(hit.href);
  });
  answer.addEventListener("htmx:afterSwap", () => { choose(answer, input, 0); answer.scrollTop = 0; });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    const hits = [...answer.querySelectorAll("a[role=option]")];
    const at = hits.indexOf(chosen(answer));
    choose(answer, input, Math.min(hits.length - 1, Math.max(0, at + step)));
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return { dialog, input };
}

const chosen = (answer) => answer.querySelector("a[role=option][aria-selected=true]");

function choose(answer, input, place) {
  chosen(answer)?.removeAttribute("aria-selected");
  const hit = answer.querySelectorAll("a[role=option]")[place];
  if (hit) {
    hit.setAttribute("aria-selected", "true");
    hit.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", hit.id);
  } else input.removeAttribute("aria-activedescendant");
}

function open(event) {
  box ??= made();
  if (!box) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!box.dialog.open) box.dialog.showModal();
  box.input.focus();
  box.input.select();
}

window.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") open(event);
}, true);
document.addEventListener("mousedown", (event) => {
  if (event.target.matches("form.search[role=search] #search")) open(event);
});
