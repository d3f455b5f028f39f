// The atlas under the hand: wheel and buttons go nearer, a drag or two fingers move it.  Without this the sheet stands still.
const NEAREST = 60;

function mount(frame) {
  const svg = frame.querySelector("svg");
  if (!svg) return;
  const [, , wide, tall] = svg.getAttribute("viewBox").split(" ").map(Number);
  const view = { x: 0, y: 0, scale: 1 };
  let due = false;

  const show = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      svg.setAttribute("viewBox", `${view.x} ${view.y} ${wide / view.scale} ${tall / view.scale}`);
    });
  };
  const zoom = (factor, px, py) => {
    const scale = Math.min(NEAREST, Math.max(1, view.scale * factor));
    view.x += (px * wide) / view.scale - (px * wide) / scale;
    view.y += (py * tall) / view.scale - (py * tall) / scale;
    view.scale = scale;
    keep();
  };
  const keep = () => {
    view.x = Math.min(wide - wide / view.scale, Math.max(0, view.x));
    view.y = Math.min(tall - tall / view.scale, Math.max(0, view.y));
    show();
  };
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  frame.querySelector(".tools").hidden = false;
  frame.addEventListener("click", (event) => {
    const factor = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (factor === undefined) return;
    if (factor === "0") Object.assign(view, { x: 0, y: 0, scale: 1 }), show();
    else zoom(Number(factor), 0.5, 0.5);
  });
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, ...at(event));
  }, { passive: false });

  const fingers = new Map();
  let moved = 0;
  svg.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    moved = 0;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const box = svg.getBoundingClientRect();
    if (fingers.size === 1) {
      moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      if (moved > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
      view.x -= ((event.clientX - before.clientX) / box.width) * (wide / view.scale);
      view.y -= ((event.clientY - before.clientY) / box.height) * (tall / view.scale);
      keep();
    } else if (fingers.size === 2) {
      const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      if (apart(before) > 0) zoom(apart(event) / apart(before), ...at(event));
    }
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(end, (event) => fingers.delete(event.pointerId));
  // A drag is no click on the parcel it ended on.
  svg.addEventListener("click", (event) => { if (moved > 4) event.preventDefault(); }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

for (const frame of document.querySelectorAll("[data-atlas]")) mount(frame);
