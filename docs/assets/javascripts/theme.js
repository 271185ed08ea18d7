// Mends Material's own script for the keyboard and the screen reader; pipeline/theme.py lists why.
const drawer = document.querySelector("#__drawer")
const still = matchMedia("(prefers-reduced-motion: reduce)")

const makeButton = (label, content) => {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "md-header__button md-icon drawer-button"
  button.ariaLabel = label
  button.innerHTML = content
  button.addEventListener("click", () => drawer.click())
  return button
}

// While the navigation lies over the page, the keyboard stays in it.
const enclose = () => {
  for (const part of document.querySelectorAll(".md-header, .md-content, .md-footer, .md-top, .md-skip"))
    part.inert = drawer.checked
}

const prepareDrawer = (label, title) => {
  const open = makeButton("Navigation", label.innerHTML)
  const close = makeButton("Close the navigation", "✕")
  label.replaceWith(open)
  title.append(close)
  open.ariaExpanded = "false"
  drawer.addEventListener("change", () => {
    open.ariaExpanded = String(drawer.checked)
    enclose()
    if (drawer.checked) close.focus()
    else open.focus()
  })
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && drawer.checked) drawer.click()
  })
}

// A copy button is no place to navigate to.
const dropLandmarks = () => {
  for (const nav of document.querySelectorAll(".md-code__nav")) nav.role = "none"
}

for (const name of ["scrollTo", "scrollBy"]) {
  const scroll = Element.prototype[name]
  Element.prototype[name] = function (...where) {
    if (still.matches && where[0]?.behavior) where[0] = { ...where[0], behavior: "instant" }
    return scroll.apply(this, where)
  }
}

addEventListener("load", dropLandmarks)
const label = document.querySelector(".md-header__button[for=__drawer]")
const title = document.querySelector(".md-nav__title[for=__drawer]")
if (drawer && label && title) prepareDrawer(label, title)
