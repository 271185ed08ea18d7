// Mends Material's own script for the keyboard and the screen reader; pipeline/theme.py lists why.
{
  const drawer = document.querySelector("#__drawer")

  const makeButton = (name, content, act) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "header-button"
    button.ariaLabel = name
    button.innerHTML = content
    button.addEventListener("click", act)
    return button
  }

  // While the navigation lies over the page, the keyboard stays in it.
  const enclose = () => {
    for (const part of document.querySelectorAll(".md-header, .md-content, .md-footer, .md-top, .md-skip"))
      part.inert = drawer.checked
  }

  const prepareDrawer = (label, title) => {
    const turn = () => drawer.click()
    const open = makeButton("Navigation", label.innerHTML, turn)
    const close = makeButton("Close the navigation", "✕", turn)
    label.replaceChildren(open)
    title.append(close)
    open.ariaExpanded = "false"
    // Who has chosen a section goes on there, and not at the button.
    let chosen
    title.parentNode.addEventListener("click", ({ target }) => {
      chosen = target.closest("a[href]")?.hash.slice(1)
    })
    drawer.addEventListener("change", () => {
      open.ariaExpanded = String(drawer.checked)
      enclose()
      const section = chosen && document.getElementById(decodeURIComponent(chosen))
      chosen = undefined
      if (drawer.checked) close.focus()
      else if (section) {
        section.tabIndex = -1
        section.focus({ preventScroll: true })
      } else open.focus()
    })
    matchMedia("(min-width: 76.25em)").addEventListener("change", ({ matches }) => {
      if (matches && drawer.checked) drawer.click()
    })
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && drawer.checked) drawer.click()
    })
  }

  // One button in the place of two boxes, of which the keyboard may find the one that is not shown.
  const prepareSchemes = (labels) => {
    const buttons = labels.map((label) => {
      const box = document.getElementById(label.htmlFor)
      box.hidden = true
      const turn = () => {
        box.click()
        buttons.find((button) => !button.parentNode.hidden).focus()
      }
      const button = makeButton(label.title, label.innerHTML, turn)
      label.replaceChildren(button)
      return button
    })
  }

  // The theme closes the search at Tab, writes on at every other key, and then leaves the focus
  // nowhere. Here Tab walks through the results, and Escape leads back.
  const prepareSearch = (label, search) => {
    const toggle = document.querySelector("#__search")
    const field = search.querySelector("input")
    const wide = matchMedia("(min-width: 60em)")
    const passed = ["Tab", "Shift", "PageUp", "PageDown", "Home", "End"]
    const open = makeButton("Search", label.innerHTML, () => field.focus())
    label.replaceChildren(open)
    // On a phone the field is a stop while it can be seen.
    const place = () => { field.tabIndex = wide.matches || toggle.checked ? 0 : -1 }
    wide.addEventListener("change", place)
    toggle.addEventListener("change", place)
    place()
    let before
    field.addEventListener("focus", ({ relatedTarget }) => {
      if (!search.contains(relatedTarget)) before = relatedTarget
    })
    const list = search.querySelector("ol")
    new MutationObserver(() => {
      for (const link of list.querySelectorAll("[tabindex]")) link.removeAttribute("tabindex")
    }).observe(list, { childList: true, subtree: true })
    const show = () => toggle.checked || toggle.click()
    for (const use of ["click", "input"]) field.addEventListener(use, show)
    // Where the theme sees the field take the focus, it opens the search.
    let silent
    for (const turn of ["focusin", "focusout"])
      search.addEventListener(turn, (event) => { if (silent) event.stopPropagation() })
    search.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && toggle.checked && !search.contains(relatedTarget)) toggle.click()
    })
    search.addEventListener("keydown", (event) => {
      const { key, target } = event
      const writes = target === field
      if (key === "Escape") {
        if (toggle.checked) toggle.click()
        const back = before?.closest(".md-main, .md-footer") ? before : wide.matches ? field : open
        silent = back === field
        back.focus()
        silent = false
      } else if (writes && !toggle.checked && ["Enter", "ArrowDown"].includes(key)) {
        show()
        event.preventDefault()
      } else if (!passed.includes(key) && (writes || key !== " ")) return
      event.stopPropagation()
    })
  }

  prepareSchemes([...document.querySelectorAll(".md-header__option label")])
  const label = document.querySelector(".md-header__button[for=__drawer]")
  const title = document.querySelector(".md-nav__title[for=__drawer]")
  if (drawer && label && title) prepareDrawer(label, title)
  const opener = document.querySelector(".md-header__button[for=__search]")
  const search = document.querySelector(".md-search")
  if (opener && search) prepareSearch(opener, search)
}
