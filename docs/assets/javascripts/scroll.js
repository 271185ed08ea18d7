// What scrolls sideways can be reached from the keyboard; nothing else becomes a stop.
const boxes = ".md-typeset__scrollwrap, .md-typeset pre > code"
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})
addEventListener("load", () => document.querySelectorAll(boxes).forEach((box) => watch.observe(box)))
