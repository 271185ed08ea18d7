// What the theme's own script would do on a page. That one is ten times as large, keeps a phone busy
// for longer than a reader should wait, and comes when search is opened; see pipeline/lazy_search.py.
{
  const drawer = document.querySelector("#__drawer")
  const search = document.querySelector("#__search")

  // A code block goes to the clipboard as `copy.css` leaves it: without prompts and outputs.
  const codeOf = (button) => {
    const code = document.querySelector(button.dataset.clipboardTarget)
    code.dataset.mdCopying = ""
    const text = code.innerText.trimEnd()
    delete code.dataset.mdCopying
    return text
  }
  // Where a page came over plain HTTP, the browser has no clipboard to offer; another refuses it.
  const copyByHand = (text) => {
    const box = document.createElement("textarea")
    box.value = text
    box.style.position = "fixed"
    document.body.append(box)
    box.select()
    const copied = document.execCommand("copy")
    box.remove()
    return copied
  }
  const dialog = document.querySelector(".md-dialog")
  let gone
  const say = (words) => {
    dialog.firstElementChild.textContent = words
    dialog.classList.add("md-dialog--active")
    clearTimeout(gone)
    gone = setTimeout(() => dialog.classList.remove("md-dialog--active"), 2000)
  }
  const copy = async (button) => {
    const text = codeOf(button)
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
      || copyByHand(text)
    button.focus()
    say(copied ? "Copied to clipboard" : "The browser does not let the page copy")
  }
  // Before the theme's script hears of it, which search brings, and which would copy once more.
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-clipboard-target]")
    if (!button) return
    event.stopPropagation()
    copy(button)
  }, true)
  document.documentElement.classList.add("copies")

  // In the table of contents, the section that is read; in the header, the title of the page once
  // it has left the window. What is above the line under the header has passed.
  const LINE = 80
  const title = document.querySelector("h1")
  const places = new Map()
  for (const link of document.querySelectorAll(".md-nav--secondary a[href^='#']")) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (place) places.set(place, [...(places.get(place) ?? []), link])
  }
  const passed = new Set()
  let ended = false
  // The title of a list covers its first entries; none is left half covered.
  const keepInView = (link) => {
    const box = link.closest(".md-sidebar__scrollwrap")
    if (box.scrollHeight <= box.clientHeight) return
    box.scrollTop += link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2
    const { bottom: edge } = box.querySelector(".md-nav__title").getBoundingClientRect()
    for (const entry of box.querySelectorAll(".md-nav__link")) {
      const { top, bottom } = entry.getBoundingClientRect()
      if (top < edge && bottom > edge) {
        box.scrollTop += top - edge
        break
      }
    }
  }
  const showPlace = () => {
    const now = [...places.keys()].filter((place) => ended || passed.has(place)).at(-1)
    for (const [place, links] of places)
      for (const link of links) {
        link.classList.toggle("md-nav__link--passed", ended || passed.has(place))
        if (link.classList.toggle("md-nav__link--active", place === now)) keepInView(link)
      }
    document.querySelector(".md-header__title").classList.toggle("md-header__title--active", passed.has(title))
  }
  const atLine = new IntersectionObserver((entries) => {
    for (const { target, boundingClientRect } of entries)
      if (boundingClientRect.top < LINE) passed.add(target)
      else passed.delete(target)
    showPlace()
  }, { rootMargin: `-${LINE}px 0px 9999999px 0px`, threshold: [0, 1] })
  for (const place of [title, ...places.keys()]) if (place) atLine.observe(place)
  new IntersectionObserver(([{ isIntersecting }]) => {
    ended = isIntersecting && scrollY > 0
    showPlace()
  }, { threshold: 1 }).observe(document.querySelector(".md-footer-meta"))

  // The page that is open, in a navigation higher than the window. On a phone it is in the drawer,
  // and asking for its place would only delay the page.
  if (matchMedia("(min-width: 76.25em)").matches)
    requestAnimationFrame(() => document.querySelectorAll(".md-sidebar--primary a.md-nav__link--active")
      .forEach((link) => link.offsetHeight && keepInView(link)))

  // The way back to the top is offered to a reader who scrolls up, and not where the focus moves: it
  // would cover the focus, which the page has scrolled to.
  const back = document.querySelector(".md-top")
  let before = 0
  let led = -1000
  addEventListener("scroll", ({ timeStamp }) => {
    if (Math.abs(scrollY - before) < 40) return
    back.hidden = scrollY > before || scrollY < innerHeight / 2 || timeStamp - led < 500
    before = scrollY
  }, { passive: true })
  addEventListener("focusin", ({ target, timeStamp }) => {
    if (target === back) return
    led = timeStamp
    back.hidden = true
  })
  back.addEventListener("click", () => scrollTo({ top: 0 }))

  // A link into a folded part opens it, and paper has nothing to unfold.
  const unfold = () => {
    const place = document.querySelector(":target")
    const fold = place?.closest("details:not([open])")
    if (!fold) return
    fold.open = true
    place.scrollIntoView()
  }
  let unfolded = []
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")]
    unfolded.forEach((fold) => { fold.open = true })
  })
  addEventListener("afterprint", () => unfolded.forEach((fold) => { fold.open = false }))
  addEventListener("hashchange", unfold)
  addEventListener("load", unfold)

  // Who chooses a section in the drawer wants to read it.
  document.querySelector(".md-sidebar--primary").addEventListener("click", ({ target }) => {
    if (drawer.checked && target.closest("a[href*='#']")) setTimeout(() => drawer.click(), 125)
  })

  // The keys of the theme: the page before and the page behind.
  const KEYS = { p: "prev", ",": "prev", n: "next", ".": "next" }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || search.checked) return
    if (event.target.matches("input, select, textarea, [contenteditable]")) return
    const link = document.querySelector(`link[rel="${KEYS[event.key]}"]`)
    if (link) location.assign(link.href)
  })

  // The words that led a reader here from the search are marked.
  const sought = new URLSearchParams(location.search).get("h")?.split(/[\s*]+/).filter(Boolean)
  if (sought?.length && window.Highlight) {
    const plain = sought.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
    const word = new RegExp(`(?<![\\p{L}\\d])(?:${plain.join("|")})`, "giu")
    const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
    const ranges = []
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      for (const { index, 0: found } of node.data.matchAll(word))
        ranges.push(new StaticRange({ startContainer: node, startOffset: index, endContainer: node, endOffset: index + found.length }))
    CSS.highlights.set("sought", new Highlight(...ranges))
  }
}
