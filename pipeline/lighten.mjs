// Reads {theme, own, pages: [path, …], scripts: [path, …], figures: [path, …]} as JSON from standard
// input, and writes {styles, dark, figures: [text, …]}: the theme's styles without the rules that
// no page and no script can use, and our own; those of the dark scheme for readers without a script
// to choose it; the figures without what nobody sees.
import { readFileSync } from "node:fs";

import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { optimize } from "svgo";

const read = (path) => readFileSync(path, "utf8");
const words = (text) => text.match(/[\w-]+/g) ?? [];

// What a selector may name: all that stands in the tags of a page, but for sentences and data, and
// every word of a script, since it may write any of them into a page.
const NAMED = /<script(?! type="application)\b[^]*?<\/script>|<[^>]+>/g;
const SAID = /(?<=\s(?:alt|aria-label|content|d|href|src|title)=)"[^"]*"/g;
// What the pages alone choose: kinds of boxes, the direction of text, the theme's colours. A script
// may use their names as words for something else.
const CHOSEN = [
  /(?:\.admonition|\bdetails)\.([\w-]+)/,
  /\.([\w-]+)>(?:\.admonition-title|summary)/,
  /\[(?:dir|data-md-color-(?:accent|primary))="?([\w-]+)/,
];
const DARK = /\[data-md-color-scheme="?slate"?\]/g;

async function purged(styles, own, pages, scripts) {
  const tags = pages.map((page) => read(page).match(NAMED).join(" ").replace(SAID, ""));
  const texts = [...tags, ...scripts.map(read)];
  const variables = [own, ...texts].join(" ").match(/--[\w-]+/g) ?? [];
  const onPages = new Set(words(tags.join(" ")));
  const usable = (selector) => {
    const names = CHOSEN.map((pattern) => selector.match(pattern)?.[1]).filter(Boolean);
    return names.every((name) => onPages.has(name)) && selector;
  };
  const [{ css }] = await new PurgeCSS().purge({
    content: texts.map((raw) => ({ raw, extension: "html" })),
    css: [{ raw: chosen(postcss.parse(styles), usable).toString() }],
    defaultExtractor: words,
    keyframes: true,
    safelist: { variables },
    variables: true,
  });
  return css;
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
