/* Search loads its index, its worker and, from a folder, the shim for the worker when the reader
   opens it. Until then a stand-in for the worker keeps what the theme sends to it. */
(() => {
  const SETUP = 0
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
      const data = marksWords ? null : { ...await index(), options: {} }
      if (fromFolder) await load("assets/javascripts/iframe-worker.js")
      this.worker = new Worker(url)
      this.worker.addEventListener("message", ({ data }) =>
        this.dispatchEvent(new MessageEvent("message", { data })))
      if (data) this.worker.postMessage({ type: SETUP, data })
      this.kept.splice(0).forEach((message) => this.worker.postMessage(message))
    }

    postMessage(message) {
      if (this.worker) this.worker.postMessage(message)
      else this.kept.push(message)
    }
  }

  /* The theme asks for the index at once where it finds a form of this name; to mark the words
     that led a reader here it needs it. */
  if (!marksWords) form.removeAttribute("name")
  window.Worker = StandIn
})()
