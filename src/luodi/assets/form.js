// The one form: what is typed is kept by the server within seconds, and what the answer means is said at once.
// Without JavaScript the buttons of the page do the same.
const QUIET = 1200, LONGEST = 8000, RETRY = 5000;

function watch(form) {
  const state = document.querySelector("[data-saved-at]");
  const fine = () => state.classList.remove("unsaved");
  const say = (text) => { state.textContent = text; state.classList.add("unsaved"); };
  const kept = "form:" + form.dataset.form;
  const dirty = new Set();
  let timer, since = 0, sending = false;
  const names = (field) => field.name && !["csrfmiddlewaretoken", "seen", "page"].includes(field.name) && field.type !== "file" && field.type !== "hidden";
  // Not form.elements[…]: the fieldset around a field has its name for an id.
  const named = (name) => form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  const values = (data, list) => { for (const name of list) { const all = new FormData(form).getAll(name); data.set(name, all.length ? all[all.length - 1] : ""); } return data; };

  function mark(field) {
    dirty.add(field.name);
    since ||= Date.now();
    say(state.dataset.waiting);
    try { if (field.name.indexOf("id_no") < 0) sessionStorage.setItem(kept, JSON.stringify(Object.fromEntries(values(new URLSearchParams(), [...dirty].filter((name) => name.indexOf("id_no") < 0))))); } catch { /* full */ }
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  }
  async function send() {
    clearTimeout(timer);
    if (sending || !dirty.size) return;
    sending = true;
    const going = [...dirty];
    const data = values(new URLSearchParams(), going);
    const said = Object.fromEntries(data);
    for (const name of ["csrfmiddlewaretoken", "seen", "page"]) data.set(name, form.elements[name].value);
    try {
      const answer = await fetch(form.dataset.form, { method: "POST", body: data, redirect: "manual", headers: { "HX-Request": "true" } });
      if (answer.type === "opaqueredirect" || answer.headers.has("HX-Redirect") || answer.status === 403) { say(state.dataset.out); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const now = values(new URLSearchParams(), going);
      for (const name of going) if (now.get(name) === said[name]) dirty.delete(name);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (!dirty.size) { since = 0; sessionStorage.removeItem(kept); }
      else { since = Date.now(); timer = setTimeout(send, QUIET); }
    } catch {
      say(state.dataset.lost);
      timer = setTimeout(send, RETRY);
    } finally { sending = false; }
  }
  function show(part) {
    const saved = part.querySelector("[data-saved]");
    form.elements.seen.value = saved.dataset.seq;
    if (!dirty.size) { state.textContent = saved.textContent; fine(); }
    document.getElementById("answer").replaceWith(part.getElementById("answer"));
    document.dispatchEvent(new CustomEvent("form:saved", { detail: part }));
    for (const note of part.querySelectorAll("[data-note]")) {
      const here = form.querySelector(`[data-note="${CSS.escape(note.dataset.note)}"]`);
      if (!here) continue;
      here.innerHTML = note.innerHTML;
      const field = named(note.dataset.note);
      if (field) { if (note.querySelector(".wrong")) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid"); }
    }
  }
  form.addEventListener("input", (event) => { if (names(event.target)) mark(event.target); });
  form.addEventListener("change", (event) => { if (names(event.target)) { mark(event.target); send(); } });
  form.addEventListener("submit", () => { dirty.clear(); sessionStorage.removeItem(kept); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
  window.addEventListener("beforeunload", (event) => { if (dirty.size) { send(); event.preventDefault(); event.returnValue = ""; } });
  // What a lost connection or a closed session left behind.
  let left = {};
  try { left = JSON.parse(sessionStorage.getItem(kept) ?? "{}"); } catch { /* nothing of ours */ }
  for (const [name, value] of Object.entries(left)) {
    const field = named(name);
    if (field && field.type !== "checkbox" && field.value !== value) { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); }
  }
}
for (const form of document.querySelectorAll("form[data-form]")) watch(form);
