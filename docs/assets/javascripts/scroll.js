// What scrolls sideways says so and can be reached from the keyboard; nothing else becomes a stop.
{
  const boxes = ".md-typeset__scrollwrap, .md-typeset pre > code, .md-typeset .equation-box"
  const names = { CODE: "Code", DIV: "Table" }

  const name = (box) => `${box.matches(".equation-box") ? "Equation" : names[box.tagName]}, scrolls sideways`

  const show = (box) => {
    const left = box.scrollLeft > 1
    const right = box.scrollLeft < box.scrollWidth - box.clientWidth - 1
    if (left || right) box.dataset.more = [left && "left", right && "right"].filter(Boolean).join(" ")
    else delete box.dataset.more
  }

  const makeStop = (box) => {
    box.tabIndex = 0
    box.role = "group"
    box.ariaLabel = name(box)
  }

  const describe = (box) => {
    if (box.scrollWidth > box.clientWidth) makeStop(box)
    else if (box === document.activeElement) {
      box.addEventListener("blur", () => describe(box), { once: true })
    } else for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute)
    show(box)
  }

  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => describe(target)))
  // In a window that has become narrower, what is not laid out yet may scroll.
  const wide = document.querySelectorAll("pre > code[tabindex]")
  let before = innerWidth
  addEventListener("resize", () => {
    if (innerWidth < before)
      for (const box of wide) if (!box.checkVisibility({ contentVisibilityAuto: true })) makeStop(box)
    before = innerWidth
  })
  addEventListener("load", () => {
    for (const box of document.querySelectorAll(boxes)) {
      watch.observe(box)
      box.addEventListener("scroll", () => show(box), { passive: true })
    }
  })
}
