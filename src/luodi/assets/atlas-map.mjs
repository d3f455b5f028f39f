// The atlas as a map: tiles the server made of the land as it stands, no glyphs, nothing of another host.
// From afar a tile holds squares that count their parcels, near the parcels themselves; letters come after the first picture.
// Where WebGL is missing the drawing of the server stays.
const FONT = "Noto Sans SC Variable";
const NUMBERED = 14.5; // from here on every parcel carries its number
const OPENS = ["cells", "parcels", "nodes"];
const DAY = 86_400_000;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const tint = (colour, strength) => colour + Math.round(strength * 255).toString(16).padStart(2, "0");
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// What each word means: colour and strength, as in land.css.  One colour a parcel, its strength in it: half as much to upload.
function palette() {
  const [slate, soft, jade, amber, seal, faint] = ["slate", "slate-soft", "jade", "amber", "seal", "faint"].map(css);
  return {
    state: ["s", { raw: soft, net: tint(jade, 0.16), listed: tint(amber, 0.3), supplied: tint(jade, 0.42), delivered: tint(jade, 0.78) }],
    intensity: ["i", { met: tint(jade, 0.55), short: tint(seal, 0.3), unknown: faint }],
    vacancy: ["v", { vacant: tint(amber, 0.35), full: tint(jade, 0.55), none: faint }],
    otherwise: tint(slate, 0.3),
    effects: { blocks: [seal, 0.22, [1, 0]], adds: [amber, 0.16, [3, 2]], paper: [amber, 0.1, [1, 2]], limits: [css("mute"), 0.12, [3, 2]], covers: [jade, 0.04, [3, 2]] },
  };
}

const matched = (key, table, otherwise) => ["match", ["get", key], ...Object.entries(table).flat(), otherwise];
const coloured = (colours, by) => matched(...colours[by], colours.otherwise);

function layers(colours, by, few) {
  const line = css("mute"), veils = Object.entries(colours.effects);
  const over = { source: "over" }, land = { source: "land" }, base = { source: "base" };
  const fill = { "fill-color": coloured(colours, by), "fill-antialias": false };
  return [
    { id: "cells", type: "fill", ...land, "source-layer": "cells", paint: { ...fill, "fill-antialias": few, "fill-outline-color": line } },
    { id: "parcels", type: "fill", ...land, "source-layer": "parcels", paint: fill },
    { id: "veil", type: "fill", ...over, filter: ["has", "e"], paint: { "fill-color": matched("e", Object.fromEntries(veils.map(([name, [colour, strength]]) => [name, tint(colour, strength)])), tint(line, 0.1)) } },
    ...veils.map(([name, [colour, , dashes]]) => ({ id: `veil-${name}`, type: "line", ...over, filter: ["==", ["get", "e"], name], paint: { "line-color": colour, "line-width": 1.2, "line-dasharray": dashes } })),
    { id: "borders", type: "line", ...base, filter: ["==", ["get", "kind"], "boundary"], paint: { "line-color": css("ink"), "line-width": 1.6, "line-dasharray": [6, 2, 1, 2] } },
    { id: "edges", type: "line", ...land, "source-layer": "parcels", minzoom: 13, paint: { "line-color": line, "line-width": ["case", ["has", "u"], 2, 0.6] } },
    { id: "towns", type: "circle", ...base, filter: ["==", ["get", "kind"], "county"], minzoom: 7, paint: { "circle-radius": 2, "circle-color": css("card"), "circle-stroke-color": line, "circle-stroke-width": 1 } },
    { id: "cities", type: "circle", ...base, filter: ["==", ["get", "kind"], "city"], paint: { "circle-radius": 3.5, "circle-color": css("card"), "circle-stroke-color": line, "circle-stroke-width": 1.4 } },
    { id: "nodes", type: "circle", ...base, filter: ["==", ["get", "kind"], "node"], minzoom: 7, paint: { "circle-radius": 5, "circle-color": css("slate"), "circle-stroke-color": css("ink"), "circle-stroke-width": 1.4 } },
  ];
}

function letters() {
  const layout = { "text-font": [FONT], "text-padding": 3 };
  const paint = { "text-color": css("ink"), "text-halo-color": css("card"), "text-halo-width": 1.4 };
  const named = (id, source, kind, minzoom, text, size, offset) => ({
    id, type: "symbol", source, minzoom, paint, filter: kind ? ["==", ["get", "kind"], kind] : ["has", "p"],
    layout: { ...layout, "text-field": ["get", text], "text-size": size, "text-offset": [0, offset], "text-max-width": 16 },
  });
  return [
    { id: "numbers", type: "symbol", source: "land", "source-layer": "names", minzoom: NUMBERED, layout: { ...layout, "text-field": ["get", "n"], "text-size": 11 }, paint },
    named("town-names", "base", "county", 8, "name", 11, 0.9),
    named("city-names", "base", "city", 4, "name", 13, 1),
    named("node-names", "base", "node", 11, "name", 11, 1.2),
    named("projects", "over", "", 9, "t", 13, -1),
  ];
}

// A machine that draws without a graphics card is slow by the pixel: until the first picture is whole, and while the map moves,
// it draws a sixth of them, and all of them as soon as the map stands still.
const SLOW = 25, COARSE = 0.4, REST = 160; // ms for one sharp picture; pixels a point of the screen; ms
function sharpened(map) {
  const begun = performance.now();
  map.setPixelRatio(null);
  map.redraw();
  const gl = map.getCanvas().getContext("webgl2");
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); // waits until it is drawn
  if (performance.now() - begun < SLOW) return;
  let waiting = 0, drawn = null;
  const draw = (ratio) => {
    if (drawn === ratio) return;
    drawn = ratio;
    map.setPixelRatio(ratio);
    map.redraw();
  };
  map.on("movestart", () => {
    if (!map.isMoving()) return; // a change of size, not of place
    clearTimeout(waiting);
    draw(COARSE);
  });
  map.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => draw(null), REST);
  });
}

async function mount(frame) {
  const sheet = document.querySelector("[data-sheet-link]");
  if (!window.WebGL2RenderingContext) return sheet && location.replace(sheet.href);
  const { Map, NavigationControl, ScaleControl, prewarm, setWorkerUrl } = await import(frame.dataset.library);
  setWorkerUrl(frame.dataset.worker);
  prewarm();
  const colours = palette(), select = document.querySelector("[data-map-by]"), data = frame.dataset;
  const box = data.box.split(",").map(Number);
  let day = "";
  const address = (base) => {
    const found = new URL(base, location.href);
    found.searchParams.set("zone", data.zone);
    if (day) found.searchParams.set("day", day);
    else if (data.asOf) found.searchParams.set("as_of", data.asOf);
    return found;
  };
  const over = () => address(data.over).href, base = () => address(data.base).href;
  const tiles = () => {
    const found = address(data.tiles);
    found.searchParams.set("v", data.version);
    return [found.href.replace("/0/0/0/", "/{z}/{x}/{y}/")];
  };

  frame.hidden = false;
  let map;
  try {
    map = new Map({
      container: frame.querySelector("[data-map-canvas]"),
      style: {
        version: 8, layers: layers(colours, select.value, Number(data.near) < 10),
        sources: { land: { type: "vector", tiles: tiles(), bounds: box, minzoom: 0, maxzoom: Number(data.deepest) }, over: { type: "geojson", data: over() }, base: { type: "geojson", data: base() } },
      },
      bounds: box, fitBoundsOptions: { padding: 32 }, attributionControl: false, fadeDuration: 0, dragRotate: false, pitchWithRotate: false,
      renderWorldCopies: false, refreshExpiredTiles: false, collectResourceTiming: false, validateStyle: false, maxZoom: 20, pixelRatio: COARSE,
      canvasContextAttributes: { antialias: false },
    });
  } catch {
    frame.hidden = true;
    return sheet && location.replace(sheet.href);
  }
  document.querySelectorAll("[data-sheet-only]").forEach((one) => one.classList.add("on-paper"));
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  frame.luodiMap = map;

  const printed = document.querySelector("[data-print-sheet]");
  const print = () => {
    if (!printed) return;
    const found = address(printed.dataset.printSheet);
    found.searchParams.set("by", select.value);
    printed.src = found.href;
  };
  map.once("idle", async () => {
    sharpened(map);
    data.painted = String(Math.round(performance.now()));
    print();
    await document.fonts.load(`600 13px "${FONT}"`, document.title + frame.textContent);
    letters().forEach((one) => map.addLayer(one));
    map.once("idle", () => { data.lettered = "1"; });
  });

  // What stands under the pointer, in words; a click on a square goes nearer, on anything else opens its page.
  const told = frame.querySelector("[data-map-told]"), hint = told.textContent;
  const said = (by, word) => document.querySelector(`[data-legend="${by}"] .${CSS.escape(word)}`)?.parentElement.textContent.trim() ?? "";
  const words = ({ layer, properties: one }) => {
    const by = select.value, [key] = colours[by];
    if (layer.id === "cells") return filled(data.many, { count: one.c, word: said(by, one[key]), most: one[`${key}n`] });
    return layer.id === "parcels" ? `${one.n} · ${said("state", one.s)}` : (one.told ?? one.name ?? one.t);
  };
  const under = (event) => map.queryRenderedFeatures(event.point, { layers: ["cells", "parcels", "veil", "borders", "towns", "cities", "nodes"] });
  map.on("mousemove", (event) => {
    const found = under(event);
    told.textContent = [...new Set(found.map(words))].filter(Boolean).reverse().join(" · ") || hint;
    map.getCanvas().style.cursor = found.some((one) => OPENS.includes(one.layer.id)) ? "pointer" : "";
  });
  map.on("click", (event) => {
    const found = under(event), of = (layer) => found.find((one) => one.layer.id === layer);
    if (of("nodes")) location.href = of("nodes").properties.href;
    else if (of("parcels")) location.href = data.parcel.replace("/0/", `/${of("parcels").id}/`);
    else if (of("cells")) map.easeTo({ center: event.lngLat, zoom: Math.min(map.getZoom() + 2, Math.max(map.getZoom(), Number(data.near))) });
  });

  select.addEventListener("change", () => {
    for (const layer of ["cells", "parcels"]) map.setPaintProperty(layer, "fill-color", coloured(colours, select.value));
    document.querySelectorAll("[data-legend]").forEach((one) => { one.hidden = one.dataset.legend !== select.value; });
    print();
  });

  // The slider of days: from the first parcel on record to today.
  const slider = frame.querySelector("[data-map-slider]"), output = frame.querySelector("[data-map-day]");
  const signed = frame.querySelector("[data-map-signed]");
  const first = Date.parse(slider.dataset.first), last = Date.parse(slider.dataset.last);
  slider.max = slider.value = String(Math.max(1, Math.round((last - first) / DAY)));
  const iso = (value) => new Date(first + Number(value) * DAY).toISOString().slice(0, 10);
  let waiting = 0;
  const on = (chosen) => {
    day = chosen === slider.dataset.last ? "" : chosen;
    output.textContent = chosen;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      map.getSource("land").setTiles(tiles());
      map.getSource("over").setData(over());
      map.getSource("base").setData(base());
      print();
    }, 150);
  };
  slider.addEventListener("input", () => { if (signed) signed.value = ""; on(iso(slider.value)); });
  signed?.addEventListener("change", () => {
    const chosen = signed.value || slider.dataset.last;
    slider.value = String(Math.round((Date.parse(chosen) - first) / DAY));
    on(chosen);
  });
}

for (const frame of document.querySelectorAll("[data-map]")) mount(frame);
