// The reader's own mark of a page read: a box below it, a tick in the navigation, a count on the
// home page. By hand, since a page scrolled through is not a page read. The marks stay in this
// browser; where it keeps nothing, no box appears.
{
  const key = "backprop-by-hand.read"
  const root = new URL("../../", document.currentScript.src).href
  const name = (address) => address.split(/[?#]/)[0].slice(root.length)
  const here = name(location.href)
  const link = ".md-nav--primary .md-nav__link"
  const links = [...document.querySelectorAll(`${link}[for=__toc], ${link}[href]:not([href^="#"])`)]
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
    } catch {}
  }

  const tell = (marked) => {
    const pages = count.dataset.pages.split(" ")
    const left = pages.filter((page) => !marked.has(page))
    const next = links.find(({ href }) => href && name(href) === left[0])
    const done = pages.length - left.length
    count.textContent = done ? `${done} of ${pages.length} pages read. ` : ""
    if (done && next) {
      const { href, textContent } = next
      count.append("Next: ", Object.assign(document.createElement("a"), { href, textContent }))
    }
  }

  const show = () => {
    const marked = read()
    for (const { href, classList } of links) {
      classList.toggle("is-read", marked.has(href ? name(href) : here))
    }
    if (place) place.querySelector("input").checked = marked.has(here)
    if (count) tell(marked)
  }

  const mark = ({ target }) => {
    const marked = read()
    marked[target.checked ? "add" : "delete"](here)
    keep(marked)
    show()
  }

  if (keep(read())) {
    if (place) {
      place.innerHTML = `<label><input type=checkbox> I have read this page</label>
        <small>The mark stays in this browser; nothing is sent.</small>`
      place.onchange = mark
    }
    show()
    addEventListener("pageshow", show)
    addEventListener("storage", show)
  }
}
