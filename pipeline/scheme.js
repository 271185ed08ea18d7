/* Shows the scheme that the reader has chosen, or else the system's, from the first paint on; the
   theme would show the light one until its script has arrived, and restyle the page four times. */
(() => {
  const form = document.querySelector(".md-header__option")
  const boxes = [...form.querySelectorAll("input")]
  const systems = boxes.map((box) => matchMedia(box.dataset.mdColorMedia))
  const stored = () => __md_get("__palette")

  const tint = () => {
    const header = getComputedStyle(document.querySelector(".md-header"))
    document.querySelector("meta[name=theme-color]").content = header.backgroundColor
  }
  let shown
  const show = (index) => {
    const scheme = boxes[index].dataset.mdColorScheme
    document.body.dataset.mdColorScheme = scheme
    document.documentElement.style.colorScheme = scheme === "slate" ? "dark" : "light"
    shown = index
  }
  /* Later than the scheme: a switch in a header that is half there would move. */
  const showSwitch = () => {
    boxes.forEach((box, index) => { box.nextElementSibling.hidden = index !== shown })
    tint()
  }
  const showStored = () => {
    const index = stored()?.index ?? systems.findIndex((system) => system.matches)
    show(Math.max(0, Math.min(index, boxes.length - 1)))
  }

  boxes.forEach((box, index) => box.addEventListener("change", () => {
    __md_set("__palette", { index, color: { scheme: box.dataset.mdColorScheme } })
    show(index)
    showSwitch()
  }))
  systems.forEach((system) => system.addEventListener("change", () => {
    showStored()
    showSwitch()
  }))
  /* When the first frame is there: to ask for a style before is to reckon all of them at once. */
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(showSwitch)))
  showStored()
})()
