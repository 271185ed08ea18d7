/* On a phone the first frame has the beginning of the page, and each frame that follows some parts
   more, so that no frame keeps the reader waiting. Who scrolls, types or taps gets at once all that
   has arrived; so does who comes to a place in the page. */
(() => {
  const SLICE = 2 /* ms of a frame for new parts */
  const HIDDEN = ".by-parts :is(.md-content__inner > :nth-child(n + 4), .widget > *, .md-footer):not(.in)"
  const [arrival] = performance.getEntriesByType("navigation")
  /* Only its name has the words that a search engine sends the reader to. */
  if (arrival?.type !== "navigate" || (arrival.name + location.hash).includes("#")) return
  if (!matchMedia("(max-width: 59.9375em)").matches) return
  const { classList } = document.documentElement
  const rest = () => classList.remove("by-parts")
  let parts = []
  let all = false
  const next = () => {
    if (!parts.length) {
      if (all) rest()
      all = document.readyState !== "loading"
      parts = [...document.querySelectorAll(HIDDEN)]
    }
    if (!classList.contains("by-parts")) return
    const begun = performance.now()
    while (parts.length && performance.now() - begun < SLICE) {
      const part = parts.shift()
      part.classList.add("in")
      part.offsetHeight
    }
    requestAnimationFrame(next)
  }
  classList.add("by-parts")
  for (const use of ["scroll", "keydown", "pointerdown", "hashchange"])
    addEventListener(use, rest, { once: true, capture: true, passive: true })
  requestAnimationFrame(() => requestAnimationFrame(next))
})()
