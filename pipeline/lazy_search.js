/* Search loads its index, its worker and, from a folder, the shim for the worker when the reader
   opens it. Until then a stand-in for the worker keeps what the theme sends to it. After that it
   passes everything on, and puts a reader's question into words that the index has. */
(() => {
  const SETUP = 0, QUERY = 2
  const OPERATOR = /["*^~]|(?:^|\s)[+-]\S/
  const ENDING = /(?:ations?|ings?|ized?|ed|es|[es]|ions?|ly)$/
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

  const stem = (word) => {
    const short = word.replace(ENDING, "")
    return word.endsWith("ss") || short.length < 4 ? word : short
  }
  /* What is typed counts most, then what begins like it or means the same; idle words not at all. */
  const asked = (query, { separator, idle, alike }) => {
    const words = query.toLowerCase().split(new RegExp(`(?:${separator}|:)+`)).filter(Boolean)
    const telling = words.filter((word) => !idle.includes(word))
    if (OPERATOR.test(query) || !telling.length) return query
    const same = (word) => Object.keys(alike).filter((start) => word.startsWith(start))
      .flatMap((start) => alike[start])
    const begun = (word) => word.length > 2 || word === words.at(-1) ? [stem(word)] : []
    return telling.flatMap((word) =>
      [`${word}^8`, ...[...begun(word), ...same(word)].map((start) => `${start}*^4`)]).join(" ")
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
      if (data) this.postMessage({ type: SETUP, data })
      this.kept.splice(0).forEach((message) => this.postMessage(message))
    }

    postMessage(message) {
      if (!this.worker) return this.kept.push(message)
      if (message.type === SETUP) this.config = message.data.config
      if (message.type === QUERY) message.data = asked(message.data, this.config)
      this.worker.postMessage(message)
    }
  }

  /* The theme asks for the index at once where it finds a form of this name; to mark the words
     that led a reader here it needs it. */
  if (!marksWords) form.removeAttribute("name")
  window.Worker = StandIn
})()
