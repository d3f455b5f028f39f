// The boundary of a plot, drawn by hand on a sheet with a grid and a scale bar; no map, no foreign host.
// It reads and writes the same GeoJSON text that an uploaded file becomes.  Without JavaScript the table of corners does it.
import { area, crossings, metric, round, scales } from "./geometry.js";
import { drawn } from "./sheet.js";

const MOST = 200, DEEP = 100, FIRST_WIDTH = 1200, NUMBER = "([0-9]{2,8}(?:\\.[0-9]+)?)";
const LINE = new RegExp(`^(?:[A-Za-z]{0,2}[0-9]{0,4}[\\s,，、:：]+)?${NUMBER}[\\s,，、]+${NUMBER}$`);

// What a text says: the corners of one ring, or rings that can be shown but not drawn at (several parts, holes, too many).
function read(text) {
  let shape;
  try { shape = JSON.parse(text); } catch {
    const lines = text.split("\n").map((one) => one.trim()).filter(Boolean).map((one) => one.match(LINE));
    if (lines.length < 3 || lines.includes(null)) return { points: [], fixed: [] };
    shape = { type: "Polygon", coordinates: [lines.map((one) => [Number(one[1]), Number(one[2])])] };
  }
  shape = shape?.geometry ?? shape;
  const parts = shape?.type === "MultiPolygon" ? shape.coordinates : shape?.type === "Polygon" ? [shape.coordinates] : [];
  const rings = (Array.isArray(parts) ? parts : []).flat().filter((ring) => Array.isArray(ring) && ring.length > 2 && ring.every((one) => Number.isFinite(one?.[0]) && Number.isFinite(one?.[1])))
    .map((ring) => ring.map(([x, y]) => [x, y])).map((ring) => String(ring[0]) === String(ring.at(-1)) ? ring.slice(0, -1) : ring);
  return rings.length === 1 && rings[0].length <= MOST ? { points: rings[0], fixed: [] } : { points: [], fixed: rings };
}

function begin(box) {
  const text = box.querySelector("textarea"), said = box.querySelector("[data-said]"), words = box.dataset;
  const table = box.querySelector("[data-corners] tbody"), svg = box.querySelector("svg.sheet");
  const past = [], view = { x: Number(words.lon), y: Number(words.lat), width: FIRST_WIDTH };
  let { points, fixed } = read(text.value);
  let closed = points.length > 2, chosen = -1, writing = false;
  const tell = (key, facts = {}) => (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const grid = () => metric(points.length ? points : fixed.flat());
  const digits = () => grid() ? 3 : 7;
  const tidy = (value) => Number(value.toFixed(digits()));
  const whole = (value) => Math.round(value).toLocaleString("en-US");
  const wide = () => svg.getBoundingClientRect().width || 640;

  function remember() { past.push({ points: points.map((one) => [...one]), fixed, closed }); if (past.length > DEEP) past.shift(); }
  function change(next, more = {}) {
    remember();
    points = next;
    closed = (more.closed ?? closed) && points.length > 2;
    chosen = Math.min(more.chosen ?? chosen, points.length - 1);
    if (!closed && chosen < 0) chosen = points.length - 1;
    fixed = more.fixed ?? fixed;
    write();
  }
  function write() {
    const ring = points.length > 2 ? [...points, points[0]] : [];
    text.value = ring.length ? JSON.stringify({ type: "Polygon", coordinates: [ring] }) : fixed.length ? text.value : "";
    writing = true;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    writing = false;
    show();
  }
  function undo() {
    const last = past.pop();
    if (!last) return;
    const were = fixed;
    ({ points, fixed, closed } = last);
    chosen = Math.min(chosen, points.length - 1);
    if (fixed.length && !were.length) text.value = JSON.stringify({ type: "MultiPolygon", coordinates: fixed.map((ring) => [[...ring, ring[0]]]) });
    write();
  }
  function fit() {
    const all = points.length ? points : fixed.flat();
    if (!all.length) return;
    const xs = all.map((one) => one[0]), ys = all.map((one) => one[1]);
    view.x = (Math.min(...xs) + Math.max(...xs)) / 2;
    view.y = (Math.min(...ys) + Math.max(...ys)) / 2;
    const [mx, my] = scales(grid(), view.y), box = svg.getBoundingClientRect();
    const tall = (Math.max(...ys) - Math.min(...ys)) * my * ((box.width || 4) / (box.height || 3));
    view.width = Math.max((Math.max(...xs) - Math.min(...xs)) * mx, tall, 40) * 1.35;
  }
  function zoom(factor) {
    if (chosen >= 0) [view.x, view.y] = points[chosen];
    view.width = Math.min(400000, Math.max(20, view.width * factor));
    show();
  }
  // Metres a step of an arrow key moves a corner.
  const step = () => round(view.width / 80);
  function nudge(east, north, many) {
    if (chosen < 0) return;
    const [mx, my] = scales(grid(), points[chosen][1]), metres = step() * many;
    const moved = points.map((one, number) => number === chosen ? [tidy(one[0] + east * metres / mx), tidy(one[1] + north * metres / my)] : one);
    change(moved);
    keep(points[chosen]);
  }
  // A corner that leaves the sheet takes the sheet with it.
  function keep([x, y]) {
    const [mx, my] = scales(grid(), view.y), half = view.width / 2, tall = half * svg.getBoundingClientRect().height / wide();
    if (Math.abs(x - view.x) * mx > half * .92 || Math.abs(y - view.y) * my > tall * .92) { [view.x, view.y] = [x, y]; show(); }
  }
  function add(point) {
    if (points.length >= MOST) return;
    if (!point) {
      const [mx] = scales(grid(), view.y), from = points[chosen >= 0 ? chosen : points.length - 1];
      if (!from) point = [view.x, view.y];
      else if (closed) {
        const next = points[((chosen >= 0 ? chosen : points.length - 1) + 1) % points.length];
        point = [(from[0] + next[0]) / 2, (from[1] + next[1]) / 2];
      } else point = [from[0] + step() * 8 / mx, from[1]];
    }
    const place = closed || chosen >= 0 ? (chosen >= 0 ? chosen : points.length - 1) + 1 : points.length;
    point = [tidy(point[0]), tidy(point[1])];
    change([...points.slice(0, place), point, ...points.slice(place)], { chosen: place, fixed: [] });
    keep(point);
  }
  function remove(number = chosen) {
    if (number < 0) return;
    change(points.filter((_, place) => place !== number), { chosen: Math.max(0, number - 1) });
  }
  const choose = (number) => { chosen = points.length ? (number + points.length) % points.length : -1; show(); };
  const acts = {
    add: () => add(), remove: () => remove(), undo, closer: () => zoom(1 / 1.6), farther: () => zoom(1.6),
    fit: () => { fit(); show(); }, close: () => change(points, { closed: !closed, chosen: closed ? points.length - 1 : chosen }),
    anew: () => change([], { closed: false, chosen: -1, fixed: [] }),
  };

  function show() {
    const faulty = crossings(points, closed);
    drawn(svg, { view, points, closed, chosen, fixed, faulty, metric: grid(), north: words.north });
    for (const button of box.querySelectorAll("[data-act]")) {
      const needs = { remove: chosen >= 0, undo: past.length > 0, close: points.length > 2, anew: points.length > 0 || fixed.length > 0, add: !fixed.length && points.length < MOST, fit: points.length > 0 || fixed.length > 0 };
      button.disabled = !(needs[button.dataset.act] ?? true);
      if (button.dataset.act === "close") button.textContent = closed ? words.reopen : words.closing;
    }
    const size = fixed.length ? fixed.reduce((sum, ring) => sum + area(ring), 0) : area(points), declared = Number(words.declared || 0);
    const lines = [];
    if (fixed.length) lines.push(["mute", tell("parts")]);
    else if (faulty.size) lines.push(["wrong", "▲ " + tell("crossing", { edges: [...faulty].sort((a, b) => a - b).map((one) => `${one + 1}–${(one + 1) % points.length + 1}`).join(words.between) })]);
    if (size && !fixed.length && !faulty.size) {
      lines.push(["", tell("area", { mu: (size * 3 / 2000).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }), area: whole(size) })]);
      const share = declared ? Math.abs(size / declared - 1) * 100 : 0, facts = { mu: (declared * 3 / 2000).toLocaleString("en-US", { maximumFractionDigits: 2 }), share: share.toFixed(1), most: Number(words.tolerance) };
      if (declared) lines.push(share > Number(words.tolerance) ? ["amber", "◆ " + tell("differs", facts)] : ["jade", "● " + tell("agrees", facts)]);
      else lines.push(["mute", tell("undeclared")]);
    }
    if (!size && !fixed.length) lines.push(["mute", tell("begin")]);
    said.replaceChildren(...lines.map(([kind, words]) => Object.assign(document.createElement("span"), { className: kind, textContent: words })));
    rows();
  }
  // The table follows the drawing, but for the cell that is being typed in, and a new row that is half typed.
  function rows() {
    const wanted = fixed.length ? 0 : points.length + 1;
    while (table.rows.length > Math.max(wanted, 1)) table.rows[table.rows.length - 1].remove();
    while (table.rows.length < wanted) {
      const row = table.rows[0].cloneNode(true);
      row.querySelectorAll("input").forEach((input) => { input.value = ""; });
      delete row.dataset.point;
      table.append(row);
    }
    [...table.rows].forEach((row, number) => {
      row.cells[0].textContent = number < points.length ? number + 1 : "＋";
      row.toggleAttribute("aria-selected", number === chosen);
      const point = points[number], was = row.dataset.point !== undefined;
      row.querySelectorAll("input").forEach((input, axis) => {
        input.removeAttribute("name");
        if (input !== document.activeElement && (point || was)) input.value = point?.[axis] ?? "";
      });
      if (point) row.dataset.point = ""; else delete row.dataset.point;
    });
  }

  const place = (event) => {
    const frame = svg.getBoundingClientRect(), [mx, my] = scales(grid(), view.y), scale = view.width / frame.width;
    return [view.x + (event.clientX - frame.left - frame.width / 2) * scale / mx, view.y - (event.clientY - frame.top - frame.height / 2) * scale / my];
  };
  let drag = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const corner = event.target.dataset.corner, edge = event.target.dataset.edge;
    svg.focus({ preventScroll: true });
    drag = { x: event.clientX, y: event.clientY, moved: false, corner: corner === undefined ? -1 : Number(corner), from: { ...view }, touch: event.pointerType === "touch" };
    if (drag.corner < 0 && edge !== undefined) { chosen = Number(edge); add(place(event)); drag.corner = chosen; drag.made = true; }
    if (drag.corner >= 0) { drag.first = drag.corner === 0 && !closed && points.length > 2 && chosen !== 0; choose(drag.corner); event.preventDefault(); }
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 4 && !drag.moved) return;
    if (drag.corner >= 0) {
      if (!drag.moved && !drag.made) remember();
      points[drag.corner] = place(event).map(tidy);
      show();
    } else if (!drag.touch) {
      const [mx, my] = scales(grid(), view.y), scale = view.width / wide();
      view.x = drag.from.x - (event.clientX - drag.x) * scale / mx;
      view.y = drag.from.y + (event.clientY - drag.y) * scale / my;
      show();
    }
    drag.moved = true;
  });
  svg.addEventListener("pointercancel", () => { drag = null; });
  svg.addEventListener("pointerup", (event) => {
    const was = drag;
    drag = null;
    if (!was) return;
    if (was.corner >= 0) { if (was.moved) write(); else if (was.first) acts.close(); return; }
    if (was.moved || fixed.length) return;
    if (closed) choose(-1 - points.length); else { if (points.length) chosen = points.length - 1; add(place(event)); }
  });
  svg.addEventListener("keydown", (event) => {
    const far = event.shiftKey ? 10 : event.altKey ? .1 : 1, key = event.key;
    const keys = {
      ArrowLeft: () => nudge(-1, 0, far), ArrowRight: () => nudge(1, 0, far), ArrowUp: () => nudge(0, 1, far), ArrowDown: () => nudge(0, -1, far),
      Enter: () => { if (!fixed.length) add(); }, Delete: acts.remove, Backspace: acts.remove, PageDown: () => choose(chosen + 1), PageUp: () => choose(chosen - 1),
      Home: acts.fit, "+": acts.closer, "=": acts.closer, "-": acts.farther, c: () => { if (points.length > 2) acts.close(); }, u: undo,
    };
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") undo();
    else if (event.ctrlKey || event.metaKey || !Object.hasOwn(keys, key)) return;
    else keys[key]();
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("click", (event) => { const act = event.target.closest("[data-act]"); if (act) acts[act.dataset.act](); });
  table.addEventListener("focusin", (event) => { const row = event.target.closest("tr").rowIndex - 1; if (row < points.length && row !== chosen) { chosen = row; show(); keep(points[row]); } });
  table.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); event.target.dispatchEvent(new Event("change", { bubbles: true })); } });
  table.addEventListener("change", (event) => {
    event.stopPropagation();
    const row = event.target.closest("tr"), number = row.rowIndex - 1, typed = [...row.querySelectorAll("input")].map((one) => one.value.trim());
    const values = typed.map(Number);
    row.querySelectorAll("input").forEach((input, axis) => input.setAttribute("aria-invalid", String(Boolean(typed[axis]) && !Number.isFinite(values[axis]))));
    if (number < points.length && typed.every((one) => !one)) { remove(number); return; }
    if (!typed.every(Boolean) || !values.every(Number.isFinite)) return;
    const first = !points.length;
    change(number < points.length ? points.map((one, at) => at === number ? values : one) : [...points, values], { chosen: Math.min(number, points.length) });
    if (first) { [view.x, view.y] = values; show(); } else keep(values);
  });
  text.addEventListener("input", () => { if (writing) return; remember(); ({ points, fixed } = read(text.value)); closed = points.length > 2; chosen = -1; fit(); show(); });
  document.addEventListener("form:saved", (event) => { const fresh = event.detail.querySelector("[data-declared]"); if (fresh) { words.declared = fresh.dataset.declared; show(); } });
  box.classList.add("drawable");
  fit();
  show();
  new ResizeObserver(show).observe(svg);
}
for (const box of document.querySelectorAll("[data-boundary]")) begin(box);
