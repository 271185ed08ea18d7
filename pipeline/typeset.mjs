// Reads {equations: [[tex, display], …]} as JSON from standard input and writes
// {equations: [{html} or {error}, …], css, glyphs: {family: [code point, …]}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const MathJax = await createRequire(import.meta.url)("mathjax").init({
  loader: { load: ["input/tex", "output/chtml", "adaptors/liteDOM", "a11y/assistive-mml"] },
  tex: {
    // Would set an unknown name in red instead of refusing it.
    packages: { "[-]": ["noundefined"] },
    formatError: (jax, error) => {
      throw error;
    },
  },
  chtml: {
    adaptiveCSS: true,
    matchFontHeight: false,
    mtextFont: "var(--md-text-font-family)",
    fontURL: "fonts",
  },
  options: { enableAssistiveMml: true },
  startup: { typeset: false },
});
const adaptor = MathJax.startup.adaptor;
const glyphs = {};
// An equation of so many characters, less than half a line on a phone, is not broken.
const SHORT = 14;
// The mean width of a letter in em, for words in the reader's font.
adaptor.options.unknownCharWidth = 0.52;

// What a page may declare as a symbol: a letter with its accent, layers and indices, as TeX has it.
const LETTER = String.raw`(?:\\(?:hat|bar|tilde|vec|dot|mathbf|boldsymbol|mathrm|mathcal)\{\\?[a-zA-Z]+\}|\\[a-zA-Z]+|[a-zA-Z])`;
const HANGING = String.raw`(?:\^\{\(\w+\)(?:\\top)?\}|_(?:\w|\{[\w ,]+\}|\{\\text\{\w+\}\}))`;
const POWER = String.raw`(?:(?<=_.*)\^(?:\d|\{\d\}|\\top))?`;
const SYMBOL = new RegExp(`^${LETTER}${HANGING}*${POWER}$`);
const HOLDERS = ["mjx-mi", "mjx-TeXAtom", "mjx-msub", "mjx-msup", "mjx-msubsup"];

// Drops what only MathJax in a browser would read, but leaves in data-s the TeX of what may be a
// symbol, the indices within it left out, and collects the glyphs of each font.
function clean(node, family, within) {
  const kind = adaptor.kind(node);
  if (kind === "#text") {
    if (family) {
      // Line feeds, and the invisible operators from function application to plus, draw nothing.
      for (const char of adaptor.value(node).replace(/[\n\u2061-\u2064]/g, "")) {
        (glyphs[family] ??= new Set()).add(char.codePointAt(0));
      }
    }
    return;
  }
  if (kind === "mjx-assistive-mml") family = null;
  const latex = adaptor.getAttribute(node, "data-latex") ?? "";
  const symbol = !within && HOLDERS.includes(kind) && SYMBOL.test(latex);
  for (const name of ["data-latex", "data-mjx-texclass", "texclass", "xmlns"]) {
    adaptor.removeAttribute(node, name);
  }
  if (symbol) adaptor.setAttribute(node, "data-s", latex);
  if (kind === "mjx-utext") {
    adaptor.setStyle(node, "width", ""); // guessed, without the reader's font
    family = null;
  }
  if (kind === "mjx-mtable" && adaptor.tags(node, "mjx-utext").length) {
    adaptor.setStyle(node, "min-width", "");
  }
  const named = (adaptor.getAttribute(node, "class") ?? "").match(/NCM-[\w-]+/);
  if (named && family !== null) family = named[0];
  for (const child of adaptor.childNodes(node)) clean(child, family, within || symbol);
}

// Rows of fractions need air between them, or the foot of one reads as the head of the next.
const airy = (tex) => tex.includes("\\begin{aligned}") && tex.includes("\\frac")
  ? tex.replace(/\\\\(?!\[)/g, "\\\\[0.5em]")
  : tex;

// To TeX what has a brace below is an operator, and a plus after it a sign that stands close.
const BRACED = /\\underbrace(?:\{(?:[^{}]|\{[^{}]*\})*\}_?){2}(?=\s*[-+])/g;
const spaced = (tex) => tex.replace(BRACED, "{$&}");

async function typeset([tex, display]) {
  try {
    const node = await MathJax.tex2chtmlPromise(spaced(airy(tex)), { display, em: 16, ex: 8, containerWidth: 1e4 });
    clean(node, undefined, false);
    // Without the stylesheet the browser's own MathML is seen, and nothing twice.
    adaptor.setAttribute(adaptor.firstChild(node), "hidden", "");
    // MathJax breaks at spaces of a font of its own; <wbr> needs none.
    const chance = !display && adaptor.tags(node, "mjx-c").length > SHORT ? "<wbr>" : "";
    const html = adaptor.outerHTML(node).replace(/(<mjx-break[^>]*>) (?=<)/g, `$1${chance}`);
    return html.includes("<mjx-merror") ? { error: adaptor.textContent(node) } : { html };
  } catch (error) {
    return { error: error.message ?? String(error) };
  }
}

const { equations } = JSON.parse(readFileSync(0, "utf8"));
const results = [];
for (const equation of equations) results.push(await typeset(equation));
process.stdout.write(
  JSON.stringify({
    equations: results,
    css: adaptor.cssText(MathJax.chtmlStylesheet()),
    glyphs: Object.fromEntries(Object.entries(glyphs).map(([name, points]) => [name, [...points]])),
  }),
);
