// Marks every place of the symbol that is pointed at, and says what it means. The build has numbered
// the symbols: data-s="3" is symbol 3, "3e" an entry of it; #known-symbols says what each one means.
{
  const article = document.querySelector("article")
  const known = JSON.parse(document.getElementById("known-symbols").textContent)
  const numberOf = (mark) => parseInt(mark.dataset.s)
  const isEntry = (mark) => mark.dataset.s.endsWith("e")
  const inCode = (mark) => mark.closest("code")
  const rowOf = (element) => element.closest?.(".symbol-row")
  const markOf = (element) =>
    rowOf(element)?.closest("tr").querySelector("[data-s]") ?? element.closest?.("article [data-s]")
  const shapeOf = (shape) => (shape[0] === "(" ? `shape ${shape}` : shape)

  const made = (name, className, ...parts) => {
    const element = document.createElement(name)
    element.className = className
    element.append(...parts)
    return element
  }
  const card = article.appendChild(made("div", "symbol-card"))
  card.hidden = card.ariaHidden = true
  const said = article.appendChild(made("div", "symbol-said"))
  said.role = "status"

  let all
  const placesOf = (number) => {
    all ??= [...article.querySelectorAll("[data-s]")]
    return all.filter((mark) => numberOf(mark) === number)
  }

  // A copy of a symbol as it stands on the page.
  const drawn = (mark) => {
    const math = mark.closest("mjx-math")?.cloneNode()
    if (!math) return mark.textContent
    const symbol = mark.cloneNode(true)
    for (const name of ["class", "data-s", "size", "space"]) symbol.removeAttribute(name)
    math.append(symbol)
    const copy = made("mjx-container", "MathJax", math)
    copy.setAttribute("jax", "CHTML")
    return copy
  }

  // Places in a fold that is closed count for nobody.
  const seen = () => lit.filter((mark) => mark.checkVisibility())
  const counted = (mark) => {
    const places = seen()
    return places.length > 1 ? `place ${places.indexOf(mark) + 1} of ${places.length}` : "its only place"
  }

  const fill = (mark, keys) => {
    const [meaning, shape, name] = known[numberOf(mark)]
    const whole = lit.find((place) => !inCode(place) && !isEntry(place)) ?? mark
    const title = isEntry(mark) && whole !== mark ? [drawn(mark), ", an entry of "] : []
    const code = lit.some(inCode) ? [made("code", "", name), " in code · "] : []
    card.replaceChildren(
      made("div", "", ...title, drawn(whole), `: ${meaning}`),
      made("div", "symbol-facts", `${shapeOf(shape)} · `, ...code, counted(mark)),
    )
    if (keys) card.append(made("div", "symbol-facts", "Arrow keys: others here · Enter: next place"))
  }

  // Beside a row of a table, else above or below what is read: on the side that is nearer to the
  // symbol, unless there the card has no room or covers another equation or code.
  const put = (mark) => {
    const symbol = mark.getBoundingClientRect()
    const block = mark.closest(".equation-box, tr, .highlight")
    const around = block?.getBoundingClientRect()
    const read = around?.height < 240 ? around : symbol
    const top = Math.max(0, document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0)
    const width = document.documentElement.clientWidth - card.offsetWidth - 8
    const height = card.offsetHeight + 6
    const sides = [read.top - height, read.bottom + 6]
    if (symbol.top - read.top > read.bottom - symbol.bottom) sides.reverse()
    const beside = block?.matches("tr") && read.right + 8 < width
    const centred = Math.max(symbol.left + (symbol.width - card.offsetWidth) / 2, article.getBoundingClientRect().left)
    const x = beside ? read.right + 8 : Math.min(centred, width)
    const roomy = sides.filter((y) => y >= top && y + height <= innerHeight)
    const others = [...article.querySelectorAll(".equation-box > mjx-container, pre")]
      .filter((other) => !other.contains(mark)).map((other) => other.getBoundingClientRect())
    const free = (y) => others.every(({ left, right, top, bottom }) =>
      right < x || left > x + card.offsetWidth || bottom < y || top > y + height)
    const y = beside ? read.top : roomy.find(free) ?? roomy[0] ?? read.bottom + 6
    const origin = card.offsetParent.getBoundingClientRect()
    card.style.left = `${Math.max(8, x) - origin.left}px`
    card.style.top = `${Math.max(top, Math.min(y, innerHeight - height)) - origin.top}px`
  }

  let here, held
  let lit = []
  const hide = () => {
    for (const mark of lit) mark.classList.remove("symbol-lit", "symbol-here")
    lit = []
    here = held = undefined
    card.hidden = true
    said.textContent = ""
  }
  const show = (mark, hold, keys) => {
    hide()
    here = mark
    held = hold
    lit = placesOf(numberOf(mark))
    fill(mark, keys)
    for (const place of lit) place.classList.add("symbol-lit")
    mark.classList.add("symbol-here")
    card.hidden = false
    put(mark)
  }
  const say = (mark) => {
    const [meaning, shape, name] = known[numberOf(mark)]
    const spoken = name.replace("_", " ").replace(/\d/, " $&")
    said.textContent = `${isEntry(mark) ? "entry of " : ""}${spoken}: ${meaning}, ${shapeOf(shape)}, ${counted(mark)}`
  }

  // Only a pointer that moves points: a page that scrolls beneath it opens nothing.
  let over, timer, last
  addEventListener(
    "pointermove",
    ({ pointerType, buttons, screenX, screenY, target }) => {
      const at = `${screenX} ${screenY}`
      if (pointerType === "touch" || buttons || at === last) return
      last = at
      const mark = card.contains(target) ? card : markOf(target)
      if (mark === over) return
      over = mark
      clearTimeout(timer)
      if (held || mark === card || (mark && mark === here)) return
      timer = setTimeout(() => (mark ? show(mark) : hide()), mark ? 120 : 350)
    },
    { passive: true },
  )
  const forget = () => {
    clearTimeout(timer)
    over = null
  }
  addEventListener("scroll", forget, { capture: true, passive: true })

  // A press holds the marks, so that the page can be walked through; the next one lets go.
  addEventListener("click", ({ target }) => {
    if (card.contains(target) || getSelection().toString()) return
    const mark = markOf(target)
    forget()
    if (!mark || (held && mark === here) || target.closest("a, summary")) return hide()
    show(mark, true)
    if (rowOf(target)) say(mark)
  })

  const reach = (mark, block) => {
    mark.scrollIntoView({ block, inline: "nearest" })
    show(mark, true, true)
    say(mark)
  }
  const after = (list, item, step) => list[(list.indexOf(item) + step + list.length) % list.length]
  // To the next place of the symbol that can be seen, or to the one before.
  const go = (step) => {
    reach(after(seen(), here, step), "center")
    const equation = here.closest(".equation")?.querySelector(".equation-number").ariaLabel
    const where = equation ?? (inCode(here) ? "code" : here.closest("table") ? "table" : "text")
    said.textContent = `${counted(here)}, ${where}`
  }
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
  addEventListener("keydown", (event) => {
    const { key, target } = event
    const row = rowOf(target)
    const equation = target.closest(".equation-number")?.closest(".equation")
    const marks = [...(equation?.querySelectorAll("[data-s]") ?? [])]
    const step = steps[key]
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (key === "Escape" && here) {
      hide()
      if (row || equation) target.scrollIntoView({ block: "nearest" })
    } else if (row && step) after([...row.closest("table").querySelectorAll(".symbol-row")], row, step).focus()
    else if (marks.length && /Left|Right/.test(key)) {
      reach(marks.includes(here) || step > 0 ? after(marks, here, step) : marks.at(-1), "nearest")
    } else if ((row && key === " ") || (key === "Enter" && (row || (equation && held)))) {
      if (here) go(event.shiftKey ? -1 : 1)
      else reach(markOf(row), "nearest")
    } else return
    event.preventDefault()
  })
  addEventListener("focusout", () => held && hide())

  // In the table of symbols the meanings are buttons, one of them a stop of the Tab key.
  for (const cell of document.querySelectorAll("[data-symbols] td:nth-child(2)")) {
    const row = made("span", "symbol-row", ...cell.childNodes)
    row.role = "button"
    row.tabIndex = cell.closest("tr").previousElementSibling ? -1 : 0
    cell.append(row)
    row.addEventListener("focus", () => {
      document.querySelector(".symbol-row[tabindex='0']").tabIndex = -1
      row.tabIndex = 0
      if (row.matches(":focus-visible")) reach(markOf(row), "nearest")
    })
  }
  article.classList.add("symbols")
}
