// Reads {theme, own, pages: [path, …], scripts: [path, …], figures: [path, …]} as JSON from standard
// input, and writes {styles, dark, figures: [text, …]}: the theme's styles without the rules that no
// page and no script can use, and our own; those of the dark scheme for readers without a script to
// choose it; the figures without what nobody sees.
import { readFileSync } from "node:fs";

import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { optimize } from "svgo";

const read = (path) => readFileSync(path, "utf8");
const words = (text) => text.match(/[\w-]+/g) ?? [];

// What a selector may name: all that stands in the tags of a page, and every word of a script,
// since it may write any of them into a page.
const NAMED = /<script\b[^]*?<\/script>|<[^>]+>/g;
// Every page is read from left to right.
const LEFTWARD = /\[dir="?rtl"?\]/;
const DARK = /\[data-md-color-scheme="?slate"?\]/g;

async function purged(styles, own, pages, scripts) {
  const tags = pages.map((page) => read(page).match(NAMED).join(" "));
  const texts = [...tags, ...scripts.map(read)];
  const variables = [own, ...texts].join(" ").match(/--[\w-]+/g) ?? [];
  const [{ css }] = await new PurgeCSS().purge({
    content: texts.map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: styles }],
    defaultExtractor: words,
    keyframes: true,
    safelist: { variables },
    variables: true,
  });
  return chosen(postcss.parse(css), (selector) => !LEFTWARD.test(selector) && selector).toString();
}

// The rules with what `choose` makes of each selector, and without those that are left with none.
function chosen(root, choose) {
  root.walkRules((rule) => {
    if (rule.parent.name?.endsWith("keyframes")) return;
    const selectors = rule.selectors.map(choose).filter(Boolean);
    if (!selectors.length) rule.remove();
    else if (selectors.join() !== rule.selectors.join()) rule.selectors = selectors;
  });
  root.walkAtRules((rule) => void (rule.nodes?.length === 0 && rule.remove()));
  return root;
}

// What the dark scheme changes, for a page that does not say which scheme it is in.
function dark(styles) {
  const root = postcss.parse(styles);
  root.walkAtRules(/^(charset|font-face|page|.*keyframes)$/, (rule) => void rule.remove());
  return chosen(
    root,
    (selector) => selector.search(DARK) >= 0 && selector.replace(DARK, "[data-md-color-scheme]"),
  ).toString();
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

const { theme, own, pages, scripts, figures } = JSON.parse(readFileSync(0, "utf8"));
const styles = minified((await purged(theme, own, pages, scripts)) + own);
process.stdout.write(
  JSON.stringify({
    styles,
    dark: dark(styles),
    figures: figures.map((path) => optimize(read(path), { path }).data),
  }),
);
