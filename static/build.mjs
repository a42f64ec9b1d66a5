// Builds dist/: one style sheet, two scripts and the images that they use.
// Nothing in dist/ may make a browser ask another host: the build fails if
// a style sheet would.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const kit = dirname(createRequire(import.meta.url).resolve("nhsuk-frontend/package.json"));
const kitImages = join(kit, "dist/nhsuk/assets/images");

// Images that pages name; those that the style sheet names are found in it.
const pageImages = ["favicon.ico", "favicon.svg", "nhsuk-icon-180.png"];

await empty(dist);
await mkdir(join(dist, "images"));
await bundle("js/app.js", "app.js", { format: "esm" });
await bundle("js/support.js", "support.js", { format: "iife" });
const images = await styles();
for (const name of new Set([...pageImages, ...images])) {
  await copyFile(join(kitImages, name), join(dist, "images", name));
}
for (const name of await readdir(join(here, "images"))) {
  await copyFile(join(here, "images", name), join(dist, "images", name));
}

// empty makes a folder where there is none, and empties it but for what keeps it in the repository.
async function empty(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name !== ".keep") await rm(join(folder, name), { recursive: true });
  }
}

async function bundle(from, to, options) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [from],
    bundle: true,
    minify: true,
    write: false,
    legalComments: "none",
    target: "es2020",
    external: ["/assets/*", "https://*"],
    ...options,
  });
  const text = result.outputFiles[0].text;
  if (to) await writeFile(join(dist, to), text);
  return text;
}

// styles writes app.css and returns the names of the images that it uses.
async function styles() {
  const images = [];
  const css = (await bundle("css/app.css", null))
    // The design system loads its fonts from another host. A deployment that
    // may use them serves its own /fonts.css.
    .replace(/@font-face\s*\{[^}]*\}/g, "")
    .replace(/url\((["']?)\/assets\/images\/([^"')]+)\1\)/g, (_, quote, name) => {
      images.push(name);
      return `url(images/${name})`;
    });
  const outside = css.match(/@import|@font-face|url\((?!images\/[\w.-]+\))[^)]*\)/);
  if (outside) throw new Error(`app.css would load something from elsewhere: ${outside[0]}`);
  await writeFile(join(dist, "app.css"), css);
  return images;
}
