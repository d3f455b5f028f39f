// What stands on the sheet of a boundary: grid, scale bar, edges and corners.
import { round, scales } from "./geometry.js";

const NAMED = 40;  // with more corners their numbers would hide the plot

function node(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function drawn(svg, { view, points, closed, chosen, fixed, faulty, metric, north }) {
  const frame = svg.getBoundingClientRect(), wide = frame.width || 640, tall = frame.height || 420;
  const [mx, my] = scales(metric, view.y), pixel = wide / view.width;
  const at = ([x, y]) => [wide / 2 + (x - view.x) * mx * pixel, tall / 2 - (y - view.y) * my * pixel];
  const all = [...lines(wide, tall, pixel, view, mx, my, metric)];
  for (const ring of fixed) all.push(node("path", { class: "land", d: "M" + ring.map((one) => at(one).join(" ")).join("L") + "Z" }));
  const places = points.map(at), count = places.length;
  if (count > 1) all.push(node("path", { class: closed ? "land" : "open", d: "M" + places.map((one) => one.join(" ")).join("L") + (closed ? "Z" : "") }));
  for (let one = 0; one < (closed ? count : count - 1); one++) {
    const [a, b] = [places[one], places[(one + 1) % count]], line = { x1: a[0], y1: a[1], x2: b[0], y2: b[1] };
    if (faulty.has(one)) all.push(node("line", { class: "faulty", ...line }));
    all.push(node("line", { class: "grip", "data-edge": one, ...line }));
  }
  places.forEach(([x, y], one) => {
    all.push(node("circle", { class: one === chosen ? "corner chosen" : "corner", cx: x, cy: y, r: one === chosen ? 6.5 : 4.5 }));
    if (count <= NAMED) all.push(node("text", { class: "name", x: x + 9, y: y - 8, "font-size": 12 }, one + 1));
  });
  places.forEach(([x, y], one) => all.push(node("circle", { class: "hold", "data-corner": one, cx: x, cy: y, r: 15 })));
  all.push(...measure(tall, pixel), node("text", { class: "mute", x: wide - 10, y: 20, "text-anchor": "end", "font-size": 12 }, `↑ ${north}`));
  svg.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
  svg.replaceChildren(...all);
}

// Lines of equal longitude and latitude (or east and north) about a hundred pixels apart, with their figures at the edge.
function* lines(wide, tall, pixel, view, mx, my, metric) {
  const step = round(Math.max(90 / pixel / mx, 60 / pixel / my) * 2.5), digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const figure = (value, sign) => metric ? value.toFixed(0) : `${value.toFixed(digits)}°${sign}`;
  const half = { x: wide / 2 / pixel / mx, y: tall / 2 / pixel / my };
  for (let x = Math.ceil((view.x - half.x) / step) * step; x < view.x + half.x; x += step) {
    const place = wide / 2 + (x - view.x) * mx * pixel;
    yield node("path", { class: "grid", d: `M${place} 0V${tall}` });
    if (place > 20 && place < wide - 90) yield node("text", { class: "mute", x: place + 4, y: 14, "font-size": 11 }, figure(x, "E"));
  }
  for (let y = Math.ceil((view.y - half.y) / step) * step; y < view.y + half.y; y += step) {
    const place = tall / 2 - (y - view.y) * my * pixel;
    yield node("path", { class: "grid", d: `M0 ${place}H${wide}` });
    if (place > 30 && place < tall - 40) yield node("text", { class: "mute", x: 5, y: place - 4, "font-size": 11 }, figure(y, "N"));
  }
}

function measure(tall, pixel) {
  const metres = round(150 / pixel), end = 12 + metres * pixel, said = metres >= 1000 ? `${metres / 1000} km` : `${Number(metres.toPrecision(3))} m`;
  return [
    node("path", { class: "measure", d: `M12 ${tall - 18}v6H${end}v-6` }),
    node("text", { class: "mute", x: end + 6, y: tall - 11, "font-size": 12 }, said),
  ];
}
