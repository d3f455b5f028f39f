// The atlas as a map: parcels in slices straight into the map's worker, no tiles, no glyphs, nothing of another host.
// Where WebGL is missing nothing happens, and the drawing of the server stays.
const FONT = "Noto Sans SC Variable";
const NEAR = 14.5; // from here on every parcel carries its number
const DAY = 86_400_000;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const drawable = () => {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
};

// What each word means: colour and strength, as in land.css.
function palette() {
  const [slate, soft, jade, amber, seal, faint] = ["slate", "slate-soft", "jade", "amber", "seal", "faint"].map(css);
  return {
    state: { key: "s", raw: [soft, 1], net: [jade, 0.16], listed: [amber, 0.3], supplied: [jade, 0.42], delivered: [jade, 0.78] },
    intensity: { key: "i", met: [jade, 0.55], short: [seal, 0.3], unknown: [faint, 1] },
    vacancy: { key: "v", vacant: [amber, 0.35], full: [jade, 0.55], none: [faint, 1] },
    none: [slate, 0.3],
    effects: { blocks: [seal, 0.22, [1, 0]], adds: [amber, 0.16, [3, 2]], paper: [amber, 0.1, [1, 2]], limits: [css("mute"), 0.12, [3, 2]], covers: [jade, 0.04, [3, 2]] },
  };
}

function matched(key, table, place, otherwise) {
  return ["match", ["get", key], ...Object.entries(table).filter(([word]) => word !== "key").flatMap(([word, value]) => [word, value[place]]), otherwise];
}

const painted = (colours, by) => ({
  "fill-color": matched(colours[by].key, colours[by], 0, colours.none[0]),
  "fill-opacity": matched(colours[by].key, colours[by], 1, colours.none[1]),
});

async function mount(frame) {
  if (!drawable()) {
    const sheet = document.querySelector("[data-sheet-link]");
    if (sheet) location.replace(sheet.href);
    return;
  }
  const { Map, NavigationControl, ScaleControl, setWorkerUrl } = await import(frame.dataset.library);
  setWorkerUrl(frame.dataset.worker);
  document.querySelectorAll("[data-sheet-only]").forEach((one) => one.classList.add("on-paper"));
  frame.hidden = false;
  const ink = css("ink"), line = css("mute"), colours = palette();
  const select = document.querySelector("[data-map-by]");
  const marks = frame.dataset.marks.split(",").filter(Boolean);
  const [west, south, east, north] = frame.dataset.box.split(",").map(Number);
  let day = frame.dataset.day;
  const address = (base, more) => {
    const found = new URL(base, location.href);
    found.searchParams.set("zone", frame.dataset.zone);
    if (day) found.searchParams.set("day", day);
    for (const [name, value] of Object.entries(more)) found.searchParams.set(name, value);
    return found.href;
  };
  const slice = (mark) => address(frame.dataset.parcels, { after: mark });

  const map = new Map({
    container: frame.querySelector("[data-map-canvas]"),
    style: { version: 8, sources: {}, layers: [{ id: "paper", type: "background", paint: { "background-color": css("card") } }] },
    bounds: [west, south, east, north], fitBoundsOptions: { padding: 32 },
    attributionControl: false, fadeDuration: 0, dragRotate: false, pitchWithRotate: false, renderWorldCopies: false, maxZoom: 20,
    canvasContextAttributes: { antialias: false },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  await new Promise((done) => map.once("style.load", done));

  const fills = [];
  marks.forEach((mark, place) => {
    map.addSource(`parcels-${place}`, { type: "geojson", data: slice(mark), tolerance: 0.2, buffer: 4, maxzoom: 16 });
    fills.push(`fill-${place}`);
    map.addLayer({ id: `fill-${place}`, type: "fill", source: `parcels-${place}`, paint: { ...painted(colours, select.value), "fill-antialias": false } });
  });
  map.addSource("over", { type: "geojson", data: address(frame.dataset.over, {}) });
  const area = ["==", ["geometry-type"], "Polygon"];
  map.addLayer({ id: "veil", type: "fill", source: "over", filter: ["any", area, ["==", ["geometry-type"], "MultiPolygon"]], paint: { "fill-color": matched("e", colours.effects, 0, line), "fill-opacity": matched("e", colours.effects, 1, 0.1) } });
  for (const [effect, [colour, , dashes]] of Object.entries(colours.effects)) {
    map.addLayer({ id: `veil-${effect}`, type: "line", source: "over", filter: ["==", ["get", "e"], effect], paint: { "line-color": colour, "line-width": 1.2, "line-dasharray": dashes } });
  }
  marks.forEach((mark, place) => {
    map.addLayer({ id: `edge-${place}`, type: "line", source: `parcels-${place}`, minzoom: 11, paint: { "line-color": line, "line-width": ["case", ["==", ["get", "u"], "1"], 2, 0.6] } });
  });
  frame.dataset.sources = String(marks.length);
  map.once("idle", () => {
    frame.dataset.painted = String(Math.round(performance.now()));
    lettered().catch(() => {});
  });

  // Letters come after the land: their font is loaded by slices, and 50,000 numbers would hold up the first picture.
  async function lettered() {
    await document.fonts.load(`600 13px "${FONT}"`, document.title + [...document.querySelectorAll("[data-map-signed] option")].map((one) => one.textContent).join(""));
    const text = { "text-font": [FONT], "text-padding": 3 };
    const paint = { "text-color": ink, "text-halo-color": css("card"), "text-halo-width": 1.4 };
    marks.forEach((mark, place) => map.addLayer({ id: `number-${place}`, type: "symbol", source: `parcels-${place}`, minzoom: NEAR, layout: { ...text, "text-field": ["get", "n"], "text-size": 11 }, paint }));
    map.addLayer({ id: "projects", type: "symbol", source: "over", filter: ["has", "p"], minzoom: 9, layout: { ...text, "text-field": ["get", "t"], "text-size": 13, "text-offset": [0, -1], "text-max-width": 16 }, paint });
    frame.dataset.lettered = "1";
  }

  // What stands under the pointer, in words; a click opens it.
  const told = frame.querySelector("[data-map-told]"), hint = told.textContent;
  const states = Object.fromEntries(frame.dataset.states.split(";").map((one) => one.split("=")));
  map.on("mousemove", (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers: [...fills, "veil"] });
    const parcel = found.find((one) => one.properties.n !== undefined);
    const veils = found.filter((one) => one.layer.id === "veil").map((one) => one.properties.t);
    told.textContent = [parcel && `${parcel.properties.n} · ${states[parcel.properties.s] ?? ""}`, ...new Set(veils)].filter(Boolean).join(" · ") || hint;
    map.getCanvas().style.cursor = parcel ? "pointer" : "";
  });
  map.on("click", (event) => {
    const [parcel] = map.queryRenderedFeatures(event.point, { layers: fills });
    if (parcel) location.href = frame.dataset.parcel.replace("/0/", `/${parcel.id}/`);
  });

  select.addEventListener("change", () => {
    for (const layer of fills) for (const [name, value] of Object.entries(painted(colours, select.value))) map.setPaintProperty(layer, name, value);
    document.querySelectorAll("[data-legend]").forEach((one) => { one.hidden = one.dataset.legend !== select.value; });
  });

  // The slider of days: from the first parcel on record to today.
  const slider = frame.querySelector("[data-map-slider]"), output = frame.querySelector("[data-map-day]");
  const signed = frame.querySelector("[data-map-signed]");
  const first = Date.parse(slider.dataset.first), last = Date.parse(slider.dataset.last);
  slider.max = slider.value = String(Math.max(1, Math.round((last - first) / DAY)));
  const iso = (value) => new Date(first + Number(value) * DAY).toISOString().slice(0, 10);
  let waiting = 0;
  const on = (chosen) => {
    day = chosen === slider.dataset.last ? frame.dataset.day : chosen;
    output.textContent = chosen;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      marks.forEach((mark, place) => map.getSource(`parcels-${place}`).setData(slice(mark)));
      map.getSource("over").setData(address(frame.dataset.over, {}));
    }, 150);
  };
  slider.addEventListener("input", () => { if (signed) signed.value = ""; on(iso(slider.value)); });
  signed?.addEventListener("change", () => {
    const chosen = signed.value || slider.dataset.last;
    slider.value = String(Math.round((Date.parse(chosen) - first) / DAY));
    on(chosen);
  });
  frame.luodiMap = map;
}

for (const frame of document.querySelectorAll("[data-map]")) mount(frame);
