// Puts a reader's question into words that the search index has, tidies what it finds, and lets
// Enter wait for it.
// Loaded by pipeline/lazy_search.js when the search is opened.
const searchWords = (() => {
  const SETUP = 0, QUERY = 2, RESULT = 3
  const OPERATOR = /["*^~]|(?:^|\s)[+-]\S/
  const ENDING = /(?:ations?|ings?|ized?|ed|es|[es]|ions?|ly)$/

  const stem = (word) => {
    const short = word.replace(ENDING, "")
    return word.endsWith("ss") || short.length < 4 ? word : short
  }

  // What is typed counts most, then what begins like it or means the same; idle words not at all.
  // A query in the search's own language (quotes, plus, minus, stars) stays as it is.
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

  // The theme calls a word missing although another stood for it, and shows the whole text of a
  // section where only the code has the word.
  const tidied = (section) => ({
    ...section,
    terms: Object.fromEntries(Object.entries(section.terms).filter(([, found]) => found)),
    text: section.text.includes("<mark>") ? section.text : section.text.split("</p>")[0],
  })
  const shown = (result) => ({ ...result, items: result.items.map((page) => page.map(tidied)) })

  // Between the theme and its worker: gives it the index, and puts questions and answers into other
  // words. Enter follows the best of what the field asks: where the answer is still to come, once it
  // is there and no other key was pressed. What was entered before there was a worker waits too.
  const between = (Native, index, field, entered) => class extends EventTarget {
    questions = []
    awaited = entered()

    constructor(url) {
      super()
      this.worker = new Native(url)
      this.worker.addEventListener("message", ({ data }) => this.answer(data))
      this.worker.postMessage({ type: SETUP, data: { ...index, options: {} } })
      field.addEventListener("keydown", (event) => this.hold(event))
    }

    postMessage(message) {
      if (message.type === QUERY) {
        this.questions.push(message.data)
        message.data = asked(message.data, index.config)
      }
      this.worker.postMessage(message)
    }

    answer(data) {
      const isResult = data.type === RESULT
      if (isResult) {
        data.data = shown(data.data)
        this.answered = this.questions.shift()
      }
      this.dispatchEvent(new MessageEvent("message", { data }))
      if (isResult && this.answered === this.awaited && this.answered === field.value)
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))
    }

    hold(event) {
      const early = event.key === "Enter" && this.answered !== field.value
      this.awaited = early ? field.value : undefined
      if (!early) return
      event.preventDefault()
      event.stopPropagation()
    }
  }

  return { asked, shown, between }
})()
