/* Search loads its parts when the reader opens it: the index, the worker, the words that help it
   and, from a folder, the shim for the worker. Until then a stand-in for the worker keeps what the
   theme sends to it; after that it passes everything on. */
(() => {
  const SETUP = 0, QUERY = 2, RESULT = 3
  const config = JSON.parse(document.getElementById("__config").textContent)
  const toggle = document.getElementById("__search")
  const form = document.forms.namedItem("search")
  const Native = window.Worker
  const at = (path) => new URL(path, new URL(config.base, location)).href
  const fromFolder = location.protocol === "file:"
  const marksWords = new URLSearchParams(location.search).has("h")

  const load = (path) => new Promise((done, failed) => {
    const script = document.createElement("script")
    Object.assign(script, { src: at(path), onload: done, onerror: failed })
    document.head.append(script)
  })
  const index = async () => {
    if (!fromFolder) return (await fetch(at("search/search_index.json"))).json()
    await load("search/search_index.js")
    return __index
  }

  class StandIn extends EventTarget {
    constructor(url) {
      super()
      this.kept = []
      window.Worker = Native
      form.name = "search"
      const start = () => this.start(url)
      toggle.checked ? start() : toggle.addEventListener("change", start, { once: true })
    }

    async start(url) {
      const [data] = await Promise.all([
        marksWords ? null : index(),
        load("assets/javascripts/search.js"),
        fromFolder ? load("assets/javascripts/iframe-worker.js") : null,
      ])
      this.worker = new Worker(url)
      this.worker.addEventListener("message", ({ data }) => {
        if (data.type === RESULT) data.data = searchWords.shown(data.data)
        this.dispatchEvent(new MessageEvent("message", { data }))
      })
      if (data) this.postMessage({ type: SETUP, data: { ...data, options: {} } })
      this.kept.splice(0).forEach((message) => this.postMessage(message))
    }

    postMessage(message) {
      if (!this.worker) return this.kept.push(message)
      if (message.type === SETUP) this.config = message.data.config
      if (message.type === QUERY) message.data = searchWords.asked(message.data, this.config)
      this.worker.postMessage(message)
    }
  }

  /* The theme asks for the index at once where it finds a form of this name. Where it shall mark
     the words that led a reader here, it needs it. */
  if (!marksWords) form.removeAttribute("name")
  window.Worker = StandIn
})()
