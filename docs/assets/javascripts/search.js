// Puts a reader's question into words that the search index has, and tidies what it finds.
// Loaded by pipeline/lazy_search.js when the search is opened.
const searchWords = (() => {
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

  return { asked, shown }
})()
