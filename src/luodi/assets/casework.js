// Casework: live parts, drafts that survive a lost session, choosing several rows, acts by key.  All works without it too.
document.documentElement.classList.add("js");
const typingIn = (element) => element?.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]");

// Live parts: asked again and again with their ETag; 304 costs the server one query.  A hidden tab asks nothing.
const EVERY = 1500, PATIENCE = 30000;
function follow(part) {
  part.dataset.followed = "1";
  let etag = part.dataset.liveEtag, wait = EVERY;
  const state = () => document.querySelector("[data-live-state]");
  const fine = state()?.textContent;
  const say = (text, lost) => { const mark = state(); if (mark) { mark.textContent = text; mark.classList.toggle("lost-touch", lost); } };
  async function ask() {
    if (!part.isConnected) return;
    const inner = part.querySelector("[data-live-here]"), address = inner?.dataset.liveHere ?? part.dataset.live;
    if (address && !document.hidden) {
      try {
        const headers = { "If-None-Match": inner?.dataset.liveEtag ?? etag, "HX-Request": "true" };
        const answer = await fetch(address, { headers, cache: "no-store", redirect: "manual" });
        if (answer.type === "opaqueredirect" || answer.headers.has("HX-Redirect") || answer.status === 403) {
          say(state()?.dataset.out ?? "", true);
          return;
        }
        if (answer.status === 200) {
          const fresh = await answer.text();
          if (part.hasAttribute("data-live-reload")) { location.reload(); return; }
          if (swap(part, fresh)) etag = answer.headers.get("ETag") ?? etag;
        } else if (answer.status !== 304) throw new Error(String(answer.status));
        if (wait !== EVERY) say(fine, false);
        wait = EVERY;
      } catch {
        wait = Math.min(PATIENCE, wait * 2);
        say(state()?.dataset.lost ?? "", true);
      }
    }
    setTimeout(ask, wait);
  }
  setTimeout(ask, wait);
}
// What a person is doing in the part stays: their choice, their place, their focus; while they type nothing moves.
function swap(part, fresh) {
  if (part.contains(document.activeElement) && typingIn(document.activeElement)) return false;
  if (part.querySelector("details.menu[open]")) return false;
  const ticked = [...part.querySelectorAll("input[name=case]:checked")].map((box) => box.value);
  const row = part.querySelector("[aria-selected]")?.id, here = part.querySelector("tr.here")?.id;
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const left = part.querySelector(".scroll")?.scrollLeft;
  part.innerHTML = fresh;
  window.htmx?.process(part);
  for (const value of ticked) { const box = part.querySelector(`input[name=case][value="${CSS.escape(value)}"]`); if (box) box.checked = true; }
  if (row) document.getElementById(row)?.setAttribute("aria-selected", "true");
  if (here) document.getElementById(here)?.classList.add("here");
  if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  if (left !== undefined && part.querySelector(".scroll")) part.querySelector(".scroll").scrollLeft = left;
  count();
  part.dispatchEvent(new CustomEvent("luodi:refreshed", { bubbles: true }));
  return true;
}

// Drafts: what is typed is kept in this tab until the server has taken it, whatever happens to the session.
const KEPT = "draft:";
const noDraft = new Set(["csrfmiddlewaretoken", "seq", "key", "back"]);
const place = (form) => KEPT + new URL(form.action, location.href).pathname;
function typed(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) if (!noDraft.has(name) && typeof value === "string") (values[name] ??= []).push(value);
  return values;
}
function keep(form, sent) {
  const seq = form.elements.seq?.value ?? "";
  try { sessionStorage.setItem(place(form), JSON.stringify({ seq, sent, values: typed(form) })); } catch { /* full: the browser's own back button still has it */ }
}
function restore(form) {
  let draft;
  try { draft = JSON.parse(sessionStorage.getItem(place(form)) ?? "null"); } catch { return; }
  if (!draft) return;
  if (draft.sent && draft.seq !== (form.elements.seq?.value ?? "")) { sessionStorage.removeItem(place(form)); return; }
  let changed = false;
  for (const field of form.elements) {
    if (!field.name || noDraft.has(field.name) || field.type === "hidden") continue;
    const values = draft.values[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      const on = values.includes(field.value);
      if (on && !field.checked) { field.checked = true; changed = true; }
    } else if (values.length && !field.value && values[0]) { field.value = values[0]; changed = true; }
    else if (field.tagName === "SELECT" && values.length && field.value !== values[0]) { field.value = values[0]; changed = true; }
  }
  if (changed) { const fold = form.closest("details.act"); if (fold) fold.open = true; tick(form); }
}
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) keep(form, false);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-draft]")) keep(form, true);
  for (const button of form.querySelectorAll("button:not([name])")) setTimeout(() => { button.disabled = true; }, 0);
});
window.addEventListener("pageshow", () => { for (const button of document.querySelectorAll("form button[disabled]")) button.disabled = false; });

// Only the ticked kinds of a correction ask for their paper.
function tick(form) {
  for (const field of form.querySelectorAll(".ticked")) field.hidden = !form.querySelector(`input[name=kind][value="${CSS.escape(field.dataset.for)}"]`)?.checked;
}
document.addEventListener("change", (event) => {
  if (event.target.name === "kind") tick(event.target.form);
  if (event.target.matches("[data-all]")) for (const box of event.target.form.querySelectorAll("input[name=case]")) box.checked = event.target.checked;
  if (event.target.matches("[data-all], input[name=case], input[name=row]")) count();
});
function count() {
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const many = [...bar.closest("form").elements].filter((one) => one.checked && ["case", "row"].includes(one.name)).length;
    const said = bar.querySelector("output");
    bar.classList.toggle("some", many > 0);
    if (said && many) said.textContent = `${said.dataset.said} ${many}`;
  }
}

// The detail beside the list.
function begin(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) { tick(form); restore(form); }
}
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "side") { begin(event.target); return; }
  const side = event.target;
  side.hidden = false;
  document.querySelector(".desk")?.classList.add("open");
  const number = new URL(location.href).searchParams.get("case") ?? side.querySelector("[data-number]")?.dataset.number;
  for (const row of document.querySelectorAll(".inbox tr")) row.classList.toggle("here", row.querySelector("input[name=case]")?.value === (side.querySelector("[data-number]")?.dataset.number ?? number));
  begin(side);
  if (wanted) { press(wanted); wanted = null; }
  if (matchMedia("(max-width: 760px)").matches) side.scrollIntoView({ block: "start" });
});
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) { event.preventDefault(); unfold(opener.dataset.open); }
  const close = event.target.closest("[data-close]");
  if (close && document.querySelector(".desk.open")) {
    event.preventDefault();
    const side = document.getElementById("side"), address = new URL(location.href);
    side.hidden = true;
    side.replaceChildren();
    document.querySelector(".desk").classList.remove("open");
    document.querySelector(".inbox tr.here")?.classList.remove("here");
    address.searchParams.delete("case");
    address.searchParams.delete("done");
    history.pushState(null, "", address);
  }
});
function unfold(id) {
  const fold = document.getElementById(id);
  if (!fold) return;
  fold.open = true;
  fold.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  fold.scrollIntoView({ block: "nearest" });
}

// a: the first act of the case beside the list (a row's own case is opened first); r: ask for corrections; p: stop the clock; x: choose.
let wanted = null;
function press(key) {
  const button = document.querySelector(`#side [data-key="${key}"], #next [data-key="${key}"]`);
  if (!button) return false;
  if (button.dataset.open) unfold(button.dataset.open);
  else button.focus();
  return true;
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typingIn(event.target)) return;
  const row = document.querySelector(".inbox tr[aria-selected]");
  if (event.key === "x" && row) {
    const box = row.querySelector("input[name=case]");
    box.checked = !box.checked;
    count();
  } else if (["a", "r", "p"].includes(event.key)) {
    if (!document.querySelector(".desk, #next")) return;
    event.preventDefault();
    if (row && !row.classList.contains("here")) {
      wanted = event.key;
      row.querySelector(".matter a").click();
    } else press(event.key);
  }
});

// The day it is stands in sight, and the case beside the list is the row that j and k go on from.
for (const bars of document.querySelectorAll(".scroll")) {
  const today = bars.querySelector(".mark-asof")?.getBoundingClientRect();
  if (today) bars.scrollLeft = Math.max(0, today.left - bars.getBoundingClientRect().left - bars.clientWidth * 0.8);
}
document.querySelector(".inbox tr.here")?.setAttribute("aria-selected", "true");

for (const part of document.querySelectorAll("[data-live], [data-live-part]")) follow(part);
document.addEventListener("htmx:afterSettle", (event) => { for (const part of event.target.querySelectorAll?.("[data-live], [data-live-part]") ?? []) if (!part.dataset.followed) { part.dataset.followed = "1"; follow(part); } });
begin(document);
count();
