// A reader's own mark of the pages read: a box to tick below each page, a tick in the navigation,
// a line on the home page that counts. By hand, since a page scrolled through is not a page read.
// The marks stay in this browser; where it keeps nothing, no box appears.
{
  const key = "backprop-by-hand.read"
  const root = new URL("../../", document.currentScript.src).href
  const name = (address) => address.split(/[?#]/)[0].slice(root.length)
  const links = [...document.querySelectorAll(".md-nav--primary .md-nav__link:is([href], [for=__toc])")]
  const place = document.querySelector(".read-mark")
  const count = document.querySelector(".read-count")

  const read = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(key)))
    } catch {
      return new Set()
    }
  }

  const keep = (marked) => {
    try {
      localStorage.setItem(key, JSON.stringify([...marked]))
      return true
    } catch {
      return false
    }
  }

  const tell = (marked) => {
    const pages = count.dataset.pages.split(" ")
    const done = pages.filter((page) => marked.has(page)).length
    const next = links.find((link) => link.href && pages.includes(name(link.href)) && !marked.has(name(link.href)))
    count.textContent = done ? `${done} of ${pages.length} pages read. ` : ""
    if (done && next) count.append("Next: ", Object.assign(document.createElement("a"), { href: next.href, textContent: next.textContent.trim() }))
  }

  const show = () => {
    const marked = read()
    for (const link of links) link.classList.toggle("is-read", marked.has(name(link.href ?? location.href)))
    if (place) place.querySelector("input").checked = marked.has(name(location.href))
    if (count) tell(marked)
  }

  const mark = ({ target }) => {
    const marked = read()
    marked[target.checked ? "add" : "delete"](name(location.href))
    keep(marked)
    show()
  }

  if (keep(read())) {
    if (place) {
      place.innerHTML = "<label><input type=checkbox> I have read this page</label> <small>The mark stays in this browser; nothing is sent.</small>"
      place.onchange = mark
    }
    show()
    addEventListener("pageshow", show)
    addEventListener("storage", show)
  }
}
