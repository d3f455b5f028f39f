// Bundles src/luodi/assets into src/luodi/desk/static/dist: app.css, app.js and the slices of the Chinese font.
// Run by ./dev. app.css and app.js import what they need in the order they need it; whatever they do not import
// themselves goes before them, so that no file in the folder is forgotten.  Modules (*.mjs) are copied as they are, beside the
// map library, which must stay unbundled: its worker is a file of its own.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";

const source = "src/luodi/assets";
const target = "src/luodi/desk/static/dist";
const fresh = `${target}.new`;
const beneath = {
  css: ["modern-normalize/modern-normalize.css", "@fontsource-variable/noto-sans-sc/index.css"],
  js: [],
};

function entry(kind) {
  const files = existsSync(source) ? readdirSync(source).filter((name) => name.endsWith(`.${kind}`)).sort() : [];
  const text = files.map((name) => readFileSync(`${source}/${name}`, "utf8")).join("\n");
  const loose = files.filter((name) => name !== `app.${kind}` && !text.includes(`/${name}"`) && !text.includes(`/${name}'`));
  const own = files.includes(`app.${kind}`) ? [...loose, `app.${kind}`] : loose;
  const names = [...beneath[kind], ...own.map((name) => `./${name}`)];
  const line = kind === "css" ? (name) => `@import ${JSON.stringify(name)};` : (name) => `import ${JSON.stringify(name)};`;
  return { contents: names.map(line).join("\n"), loader: kind, resolveDir: existsSync(source) ? source : ".", sourcefile: `all.${kind}` };
}

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
for (const kind of ["css", "js"]) {
  await build({
    stdin: entry(kind),
    outfile: `${fresh}/app.${kind}`,
    bundle: true,
    minify: true,
    format: kind === "js" ? "iife" : undefined,
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    assetNames: "fonts/[name]",
    legalComments: "none",
    logLevel: "warning",
  });
}
const map = "node_modules/maplibre-gl/dist";
mkdirSync(`${fresh}/map`);
for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"]) copyFileSync(`${map}/${name}`, `${fresh}/map/${name}`);
for (const name of existsSync(source) ? readdirSync(source).filter((one) => one.endsWith(".mjs")) : []) {
  copyFileSync(`${source}/${name}`, `${fresh}/map/${name}`);
}
// A half-made folder is never served: build beside it, then swap.
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
