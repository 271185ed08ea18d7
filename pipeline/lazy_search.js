/* Search loads its parts when the reader opens it: the theme's script, which does nothing else here,
   the index, the worker, the words that help it and, from a folder, the shim for the worker. */
(() => {
  const config = JSON.parse(document.getElementById("__config").textContent)
  const toggle = document.getElementById("__search")
  const turn = () => toggle.click()
  const form = document.forms.namedItem("search")
  const field = form.elements.query
  const at = (path) => new URL(path, new URL(config.base, location)).href
  const fromFolder = location.protocol === "file:"

  const load = (path) => new Promise((done, failed) => {
    const script = document.createElement("script")
    Object.assign(script, { src: at(path), onload: done, onerror: failed })
    document.head.append(script)
  })
  const readIndex = async () => {
    if (fromFolder) return load("search/search_index.js").then(() => __index)
    const answer = await fetch(at("search/search_index.json"))
    if (!answer.ok) throw new Error(answer.statusText)
    return answer.json()
  }

  /* Where the address names a section, the theme takes that for a step of the reader, and closes
     the search again; while it starts, the address names none. And where the reader has closed the
     search meanwhile but is still in its field, its script opens it. */
  const keepClosed = () => {
    if (toggle.checked && document.currentScript) queueMicrotask(turn)
  }
  const loadTheme = async () => {
    const { pathname, search, hash } = location
    if (hash) history.replaceState(history.state, "", pathname + search)
    toggle.addEventListener("change", keepClosed)
    await load(form.dataset.script)
    toggle.removeEventListener("change", keepClosed)
    if (hash) history.replaceState(history.state, "", hash)
  }

  let started = false, entered
  const start = async () => {
    if (started) return
    started = true
    try {
      const early = { rel: "preload", as: "script", href: at(form.dataset.script) }
      document.head.append(Object.assign(document.createElement("link"), early))
      const [index] = await Promise.all([
        readIndex(),
        load("assets/javascripts/search.js"),
        fromFolder ? load("assets/javascripts/iframe-worker.js") : null,
      ])
      const Native = window.Worker
      window.Worker = searchWords.between(Native, index, field, () => entered)
      form.removeAttribute("name") /* or the theme fetches the index once more */
      await loadTheme()
      form.name = "search"
      window.Worker = Native
    } catch {
      started = false
      document.querySelector(".md-search-result__meta").textContent =
        "The search could not be loaded. Close it, and open it again."
    }
  }

  document.body.addEventListener("focusin", ({ target }) => {
    if (target === field && !toggle.checked) turn()
  })
  toggle.addEventListener("change", () => {
    if (!toggle.checked) return
    field.focus()
    start()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    entered = field.value
  })
  addEventListener("keydown", (event) => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (toggle.checked) {
      if (key === "Escape") turn()
    } else if (/^[fs/]$/.test(key) && !target.matches("input, select, textarea, [contenteditable]")) {
      field.focus()
      field.select()
      event.preventDefault()
    }
  })
  if (new URLSearchParams(location.search).has("q")) field.focus()
})()
