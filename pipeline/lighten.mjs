// Reads {styles, pages: [path, …], scripts: [path, …], figures: [path, …]} as JSON from standard
// input, and writes {styles, figures: [text, …]}: the styles without the rules that no page and no
// script can use, the figures without what nobody sees.
import { readFileSync } from "node:fs";

import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { optimize } from "svgo";

const read = (path) => readFileSync(path, "utf8");
const words = (text) => text.match(/[\w-]+/g) ?? [];

// What a selector may name: all that stands in the tags of a page, and every word of a script,
// since it may write any of them into a page.
const NAMED = /<script\b[^]*?<\/script>|<[^>]+>/g;

async function purged(styles, pages, scripts) {
  const tags = pages.map((page) => read(page).match(NAMED).join(" "));
  const texts = [...tags, ...scripts.map(read)];
  const variables = texts.join(" ").match(/--[\w-]+/g) ?? [];
  const [{ css }] = await new PurgeCSS().purge({
    content: texts.map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: styles }],
    defaultExtractor: words,
    keyframes: true,
    safelist: { variables },
    variables: true,
  });
  return css;
}

// The same rules without comments and spaces; no value is touched.
function minified(styles) {
  const root = postcss.parse(styles);
  root.walkComments((comment) => void comment.remove());
  root.walk((node) => {
    const between = node.type === "decl" ? ":" : "";
    node.raws = { before: "", after: "", between, afterName: " ", semicolon: false };
    if (node.selectors) node.selector = node.selectors.map((each) => each.trim()).join();
  });
  root.raws = { after: "\n" };
  return root.toString();
}

const { styles, pages, scripts, figures } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(
  JSON.stringify({
    styles: minified(await purged(styles, pages, scripts)),
    figures: figures.map((path) => optimize(read(path), { path }).data),
  }),
);
