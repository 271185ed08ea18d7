// Step the network: forward, backward and update of a 2-3-1 network by hand. The arithmetic comes
// first and is tested against NumPy; the start comes from the snippet, as data in the page; the
// equations and lines of code that light up are those of the page.
const stepTheNetwork = (() => {
  // Arithmetic: matrices are arrays of rows, biases are arrays.
  const times = (A, B) =>
    A.map((row) => B[0].map((_, k) => row.reduce((sum, a, i) => sum + a * B[i][k], 0)))
  const turned = (A) => A[0].map((_, k) => A.map((row) => row[k]))
  const each = (f, ...all) =>
    all[0].map((row, n) => row.map((_, k) => f(...all.map((A) => A[n][k]))))
  const plus = (A, b) => A.map((row) => row.map((a, k) => a + b[k]))
  const columns = (A) => A[0].map((_, k) => A.reduce((sum, row) => sum + row[k], 0))
  const sigmoid = (z) => 1 / (1 + Math.exp(-z))

  const forward = (X, Y, { W1, b1, W2, b2 }) => {
    const Z1 = plus(times(X, W1), b1)
    const A1 = each(sigmoid, Z1)
    const Z2 = plus(times(A1, W2), b2)
    const Y_hat = each(sigmoid, Z2)
    const L = columns(each((p, y) => (p - y) ** 2, Y_hat, Y)).reduce((a, b) => a + b) / X.length
    return { Z1, A1, Z2, Y_hat, L }
  }

  const backward = (X, Y, { A1, Y_hat }, { W2 }) => {
    const through = (g, a) => g * a * (1 - a)
    const grad_Y_hat = each((p, y) => (2 / X.length) * (p - y), Y_hat, Y)
    const delta2 = each(through, grad_Y_hat, Y_hat)
    const grad_W2 = times(turned(A1), delta2)
    const grad_b2 = columns(delta2)
    const grad_A1 = times(delta2, turned(W2))
    const delta1 = each(through, grad_A1, A1)
    const grad_W1 = times(turned(X), delta1)
    const grad_b1 = columns(delta1)
    return { grad_Y_hat, delta2, grad_W2, grad_b2, grad_A1, delta1, grad_W1, grad_b1 }
  }

  const update = ({ W1, b1, W2, b2 }, slopes, eta) => {
    const step = (w, slope) => w - eta * slope
    return {
      W1: each(step, W1, slopes.grad_W1),
      b1: each(step, [b1], [slopes.grad_b1])[0],
      W2: each(step, W2, slopes.grad_W2),
      b2: each(step, [b2], [slopes.grad_b2])[0],
    }
  }

  const finite = (parameters) => Object.values(parameters).flat(2).every(Number.isFinite)

  // As many steps as asked for, or as stay within what a float can hold.
  const train = (X, Y, parameters, eta, steps) => {
    for (let done = 0; done < steps; done++) {
      const slopes = backward(X, Y, forward(X, Y, parameters), parameters)
      const next = update(parameters, slopes, eta)
      if (!finite(next)) return { parameters, done }
      parameters = next
    }
    return { parameters, done: steps }
  }

  // A place is ["W1", 0, 2] or ["b1", 2].
  const read = (parameters, [name, ...at]) => at.reduce((A, i) => A[i], parameters[name])
  const changed = (parameters, [name, i, k], value) => {
    const array = parameters[name].map((row) => (Array.isArray(row) ? [...row] : row))
    if (k === undefined) array[i] = value
    else array[i][k] = value
    return { ...parameters, [name]: array }
  }
  const slopeOf = (slopes, [name, ...at]) => read(slopes, [`grad_${name}`, ...at])

  const nudge = (X, Y, parameters, place, epsilon) => {
    const w = read(parameters, place)
    const [up, down] = [epsilon, -epsilon].map(
      (step) => forward(X, Y, changed(parameters, place, w + step)).L
    )
    return { up, down, measured: (up - down) / (2 * epsilon) }
  }

  // Digits of measured that are right: −log₁₀ of its relative error; 16 if they are equal.
  const digits = (measured, slope) => {
    if (measured === slope) return 16
    const error = Math.abs(measured - slope) / Math.max(Math.abs(measured), Math.abs(slope))
    return Math.max(0, Math.trunc(-Math.log10(error)))
  }

  // The address: what differs from the start, each number so that it is read back to the last bit.
  const places = (parameters) =>
    Object.entries(parameters).flatMap(([name, array]) =>
      array.flatMap((row, i) =>
        Array.isArray(row) ? row.map((_, k) => [name, i, k]) : [[name, i]]
      )
    )
  const stages = ["start", "forward", "backward", "update"]
  const exact = (x) => (Object.is(x, -0) ? "-0" : String(x).replace("+", ""))
  const written = {
    data: (s) => s.data,
    row: (s) => s.row,
    show: (s) => s.show,
    eta: (s) => exact(s.eta),
    at: (s) => s.at.join("."),
    eps: (s) => exact(s.eps),
    w: (s) => places(s.parameters).map((place) => exact(read(s.parameters, place))).join(),
    stage: (s) => s.stage,
    steps: (s) => exact(s.steps),
  }

  const address = (state, start, others = "") => {
    const kept = others.replace(/^\?/, "").split("&")
    const pairs = kept.filter((pair) => pair && !(pair.split("=")[0] in written))
    for (const [name, text] of Object.entries(written))
      if (text(state) !== text(start)) pairs.push(`${name}=${text(state)}`)
    return pairs.length ? `?${pairs.join("&")}` : ""
  }

  const number = (text) =>
    /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(+text) ? +text : undefined
  const oneOf = (values) => (text) => values.find((value) => value === text)
  const sizes = Array.from({ length: 10 }, (_, i) => +`1e-${i + 1}`)

  // The state in an address; throws an Error that says what cannot be read.
  const fromAddress = (search, start, rows) => {
    const all = places(start.parameters)
    const readers = {
      data: oneOf(["XOR", "OR"]),
      row: oneOf([...rows, "all"]),
      show: oneOf(rows),
      eta: (text) => (number(text) >= 0 ? number(text) : undefined),
      at: (text) => all.find((place) => place.join(".") === text),
      eps: (text) => sizes.find((eps) => eps === number(text)),
      w: (text) => {
        const values = text.split(",").map(number)
        return values.length === all.length && !values.includes(undefined) ? values : undefined
      },
      stage: oneOf(stages),
      steps: (text) => (/^\d{1,15}$/.test(text) ? +text : undefined),
    }
    const state = { ...start }
    for (const [name, text] of new URLSearchParams(search)) {
      if (!(name in readers)) continue
      const value = readers[name](text)
      if (value === undefined) throw new Error(`${name}=${text.slice(0, 40)}`)
      if (name !== "w") state[name] = value
      else all.forEach((at, i) => (state.parameters = changed(state.parameters, at, value[i])))
    }
    return state.row === "all" ? state : { ...state, show: state.row }
  }

  // Numbers as people read them: a real minus; four places, or fifteen digits.
  const sign = (text) => text.replaceAll("-", "−").replace("+", "")
  const brief = (x) => {
    const size = Math.abs(x)
    if (x === 0) return "0"
    return sign(size < 0.00005 || size >= 10000 ? x.toExponential(1) : x.toFixed(4))
  }
  const long = (x) =>
    sign(x.toPrecision(15).replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, ""))
  // toLocaleString keeps a phone busy for 40 ms when it is first used.
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",")
  const unsigned = (text) => text.trim().replaceAll("−", "-")
  // "1,000" is a thousand for some and one for others.
  const typed = (text) => {
    const plain = unsigned(text)
    return /^-?[1-9]\d{0,2}(,\d{3})+$/.test(plain) ? undefined : number(plain.replace(",", "."))
  }

  return {
    ...{ forward, backward, update, train, nudge, digits, finite, read, changed, slopeOf },
    ...{ places, stages, address, fromAddress, number, typed, sizes, sign, brief, long, grouped, unsigned },
  }
})()

{
  const $ = (id) => document.getElementById(`step-${id}`)
  const net = stepTheNetwork
  const given = JSON.parse($("the-network-data").textContent)
  const rows = given.inputs.map((row) => row.join(""))
  const start = {
    data: "XOR",
    row: rows[given.row],
    show: rows[given.row],
    eta: given.eta,
    at: ["W1", 0, 0],
    eps: given.epsilon,
    parameters: given.parameters,
    stage: "start",
    steps: 0,
  }
  const all = net.places(start.parameters)
  const narrow = 520

  // What four places hold is shown without zeros at its end, and what they would show as 1 with
  // as many as it takes.
  const { sign, brief, long } = net
  const isExact = (x, shown) => +net.unsigned(shown) === x
  const short = (x) => (isExact(x, brief(x)) ? long(x) : brief(x))
  const fine = (x) =>
    brief(x) === "1.0000" && x < 1
      ? x.toFixed(Math.min(16, 2 + Math.ceil(-Math.log10(1 - x))))
      : short(x)
  // What is said of a calculation, and whether it is equal or rounded.
  let rounded = false
  const noted = (x, shown = short) => {
    rounded ||= !isExact(x, shown(x))
    return shown(x)
  }
  const factor = (x) => (x < 0 ? `(${noted(x)})` : noted(x))
  // Beside a factor of 0 it changes nothing that another is rounded.
  const weighed = (factors, write) => {
    const before = rounded
    const text = write()
    if (factors.includes(0)) rounded = before
    return text
  }
  const product = (...factors) => weighed(factors, () => factors.map(factor).join(" · "))
  const equation = (calculation, value) => {
    rounded = !isExact(value, brief(value))
    return `${calculation()} ${rounded ? "≈" : "="} ${brief(value)}`
  }
  const code = ([name, ...at]) => `${name}[${at.join(", ")}]`

  let state = start
  let now = {}

  // What follows from the state: values, slopes and, after a step, the parameters it led to.
  const compute = () => {
    const done = net.stages.indexOf(state.stage)
    const one = rows.indexOf(state.row)
    const Y = given.targets[state.data]
    const chosen = one < 0 ? rows.map((_, n) => n) : [one]
    now = {
      X: chosen.map((n) => given.inputs[n]),
      Y: chosen.map((n) => Y[n]),
      n: one < 0 ? rows.indexOf(state.show) : 0,
    }
    const values = net.forward(now.X, now.Y, state.parameters)
    const slopes = net.backward(now.X, now.Y, values, state.parameters)
    if (done === 1 || done === 2) now.values = values
    if (done >= 2) now.slopes = slopes
    now.before = { values, slopes }
    now.parameters = done === 3 ? net.update(state.parameters, slopes, state.eta) : state.parameters
  }

  // The parts: what can be pointed at. A unit has a value, the slope along it, and the lines of
  // code that compute them; a weight has a place.
  const sub = "₁₂₃"
  const units = [
    ...[0, 1].map((d) => ({
      ...{ key: `x${d}`, short: `x${sub[d]}`, name: "X", at: d },
      words: `input ${d + 1}, given by the data`,
    })),
    ...[0, 1, 2].map((h) => ({
      ...{ key: `z${h}`, name: "Z1", at: h, slope: "delta1" },
      words: `sum of hidden neuron ${h + 1}; its slope is δ`,
    })),
    ...[0, 1, 2].map((h) => ({
      ...{ key: `a${h}`, short: `a${sub[h]}`, name: "A1", at: h, slope: "grad_A1" },
      words: `activation of hidden neuron ${h + 1}`,
    })),
    { key: "z", name: "Z2", at: 0, slope: "delta2", words: "sum of the output; its slope is δ" },
    { key: "y", short: "ŷ", name: "Y_hat", at: 0, slope: "grad_Y_hat", words: "the answer" },
    { key: "L", name: "L" },
  ]
  const ends = {
    W1: (d, h) => `weight from input ${d + 1} to hidden neuron ${h + 1}`,
    b1: (h) => `bias of hidden neuron ${h + 1}`,
    W2: (h) => `weight from hidden neuron ${h + 1} to the output`,
    b2: () => "bias of the output",
  }
  const weights = all.map((place) => ({
    ...{ key: place.join("."), place, name: place[0] },
    words: ends[place[0]](...place.slice(1)),
  }))
  const parts = new Map([...weights, ...units].map((part) => [part.key, part]))
  const lossIs = () => (state.row === "all" ? "mean loss" : "loss")
  const wordsOf = (part) => part.words ?? `the ${lossIs()}`

  const label = (part) => {
    if (part.place) return code(part.place)
    return part.key === "L" ? "L" : code([part.name, now.n, part.at])
  }
  const valueOf = (part) => {
    if (part.place) return net.read(now.parameters, part.place)
    if (part.name === "X") return now.X[now.n][part.at]
    return part.key === "L" ? now.values?.L : now.values?.[part.name][now.n][part.at]
  }
  const slopeOf = (part) => {
    if (!now.slopes || !(part.place || part.slope)) return undefined
    if (part.place) return net.slopeOf(now.slopes, part.place)
    return state.stage === "backward" ? now.slopes[part.slope][now.n][part.at] : undefined
  }
  const shownValue = (part) => {
    const value = valueOf(part)
    if (value === undefined) return ""
    return part.place || part.name === "X" ? short(value) : brief(value)
  }
  // The slopes that a step has used belong to the parameters before it: they stand in brackets.
  const shownSlope = (part) => {
    const slope = slopeOf(part)
    if (slope === undefined) return ""
    return state.stage === "update" ? `(${brief(slope)})` : brief(slope)
  }

  // The lines that compute what a part shows: name on the left of =, words, the same in numbers.
  const linesOf = (part) => {
    const { X, Y, n, values, slopes } = { ...now, ...now.before }
    const N = X.length
    const { W1, b1, W2, b2 } = state.parameters
    const { Z1, A1, Z2, Y_hat, grad_Y_hat, delta2, grad_A1 } = { ...values, ...slopes }
    const sum = (terms) => terms.join(" + ")
    const products = (left, right) => left.map((a, i) => product(a, right[i]))
    const weigh = (inputs, weights, bias) => sum([...products(inputs, weights), factor(bias)])
    const sums = {
      Z1: (h) => weigh(X[n], W1.map((row) => row[h]), b1[h]),
      Z2: () => weigh(A1[n], W2.map((row) => row[0]), b2[0]),
    }
    if (part.place) {
      const [name, i, k] = part.place
      const hidden = name.endsWith("1")
      const slope = net.slopeOf(slopes, part.place)
      const old = net.read(state.parameters, part.place)
      if (state.stage === "update") {
        const moved = () => `${noted(old)} − ${product(state.eta, slope)}`
        return [[name, "Step", equation(moved, valueOf(part))]]
      }
      if (state.stage !== "backward") {
        const [into, h] = hidden ? ["Z1", k ?? i] : ["Z2", 0]
        const ready = hidden || now.values
        const calculation = ready ? equation(() => sums[into](h), values[into][n][h]) : ""
        return [[into, "Used in", calculation || "Press Forward."]]
      }
      const deltas = (hidden ? slopes.delta1 : slopes.delta2).map((row) => row[k ?? i])
      const into = (name === "W1" ? X : A1).map((row) => row[i])
      const terms = () => sum(k === undefined ? deltas.map((delta) => factor(delta)) : products(into, deltas))
      return [[`grad_${name}`, "Slope", equation(terms, slope)]]
    }
    if (part.name === "X") return []
    // The entries of this row and unit, as text; the right sides of the lines with numbers.
    const at = part.at
    const through = (slope, a) =>
      weighed([slope, a, 1 - a], () => `${factor(slope)} · ${factor(a)} · (1 − ${noted(a, fine)})`)
    const squares = () => sum(Y_hat.map(([p], m) => `(${noted(p, fine)} − ${Y[m][0]})²`))
    const right = {
      ...sums,
      A1: () => `σ(${noted(Z1[n][at])})`,
      Y_hat: () => `σ(${noted(Z2[n][0])})`,
      L: () => (N > 1 ? `(${squares()}) / ${N}` : squares()),
      grad_Y_hat: () => `${N > 1 ? `2/${N}` : "2"} · (${noted(Y_hat[n][0], fine)} − ${Y[n][0]})`,
      delta2: () => through(grad_Y_hat[n][0], Y_hat[n][0]),
      grad_A1: () => product(delta2[n][0], W2[at][0]),
      delta1: () => through(grad_A1[n][at], A1[n][at]),
    }
    const line = (name, words, value) => [
      name,
      words,
      value === undefined ? "Press Forward." : equation(() => right[name](at), value),
    ]
    const lines = [line(part.name, "Value", valueOf(part))]
    const slope = slopeOf(part)
    return slope === undefined ? lines : [...lines, line(part.slope, "Slope", slope)]
  }

  // The equation and the line of code on the page that have this name on the left.
  const passes = {
    forward: ["Z1", "A1", "Z2", "Y_hat", "L"],
    backward: [
      ...["grad_Y_hat", "delta2", "grad_W2", "grad_b2"],
      ...["grad_A1", "delta1", "grad_W1", "grad_b1"],
    ],
    update: ["W1", "b1", "W2", "b2"],
  }
  const found = new Map()
  for (const [pass, names] of Object.entries(passes))
    for (const name of names)
      found.set(name, {
        equation: document.getElementById(`eq-${name.toLowerCase().replaceAll("_", "-")}`),
        line: [...document.querySelectorAll(`#${pass} code > span`)].find((span) =>
          span.textContent.trim().startsWith(`${name} = `)
        ),
      })
  const everything = Object.values(passes).flat()
  const light = (names) => {
    for (const [name, { equation, line }] of found)
      for (const element of [equation, line])
        element?.classList.toggle("widget-lit", names.includes(name))
  }
  const bare = (element) => {
    const copy = element.cloneNode(true)
    for (const inner of [copy, ...copy.querySelectorAll("[id]")]) inner.removeAttribute("id")
    return copy
  }

  const make = (name, options = {}, ...children) => {
    const element = Object.assign(document.createElement(name), options)
    element.append(...children)
    return element
  }

  // The box that explains one part: its lines, as an equation, as code and with its numbers. Where
  // it would stay half empty, it says what it is for.
  const hint = $("why").firstElementChild
  const explain = (part) => {
    const entries = linesOf(part).map(([name, words, numbers]) => {
      const { equation, line } = found.get(name)
      const math = make("div", { className: "step-math" })
      const text = make("code")
      if (equation) math.append(bare(equation.querySelector("mjx-container")))
      if (line) {
        text.append(...bare(line).childNodes)
        text.firstChild.textContent = text.firstChild.textContent.trimStart()
        text.querySelector(".c1")?.remove()
      }
      return make(
        "div",
        { className: "step-entry" },
        make("p", {}, make("a", { href: `#${equation?.id}`, textContent: words })),
        math,
        make("div", { className: "highlight" }, text),
        make("p", { className: "step-numbers", textContent: numbers || "" })
      )
    })
    const title = make("p", {}, make("code", { textContent: label(part) }), ` ${wordsOf(part)}`)
    $("why").replaceChildren(title, ...entries, ...(entries.length < 2 ? [hint] : []))
  }

  // The drawing. It has two shapes: from left to right, and from top to bottom where it is narrow.
  const shapes = {
    wide: {
      ...{ box: "0 10 660 406", target: [625, 282], radius: 35, chip: [70, 36], apart: 14 },
      nodes: {
        ...{ x0: [60, 165], x1: [60, 305], y: [580, 235], L: [580, 335] },
        ...{ a0: [350, 95], a1: [350, 235], a2: [350, 375] },
      },
      along: { W1: () => 0.66, W2: () => 0.5 },
      bias: { a0: [350, 34], a1: [350, 174], a2: [350, 314], y: [580, 174] },
    },
    narrow: {
      ...{ box: "0 0 280 536", target: [140, 531], radius: 31, chip: [60, 31], apart: 13 },
      nodes: {
        ...{ x0: [44, 32], x1: [236, 32], y: [140, 485], L: [226, 485] },
        ...{ a0: [44, 275], a1: [140, 275], a2: [236, 275] },
      },
      along: {
        W1: (d, h) => [0.34, 0.49, 0.78].at(d ? 2 - h : h),
        W2: (h) => [0.49, 0.68, 0.49][h],
      },
      bias: { a0: [34, 333], a1: [173, 328], a2: [246, 333], y: [48, 485] },
    },
  }
  const drawing = $("drawing")
  const svg = (name, attributes = {}, parent = drawing) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    parent.append(element)
    return element
  }
  const drawn = new Map()
  const tailAndHead = ([name, i, k]) => {
    if (name === "W1") return [`x${i}`, `a${k}`]
    if (name === "W2") return [`a${i}`, "y"]
    return [undefined, name === "b1" ? `a${i}` : "y"]
  }

  const draw = () => {
    const head = svg("marker", {
      ...{ id: "step-head", viewBox: "0 0 8 8", refX: 7, refY: 4, orient: "auto" },
      ...{ markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse" },
    })
    svg("path", { d: "M0 0L8 4L0 8", class: "step-line" }, head)
    const arrow = { class: "step-line", "marker-end": "url(#step-head)" }
    for (const part of weights) {
      const line = svg("path", arrow)
      const near = svg("path", { class: "step-near" })
      near.dataset.part = part.key
      drawn.set(part.key, { line, near })
    }
    drawn.set("answer", { line: svg("path", arrow) })
    const order = ["x0", "x1", "W1", "b1", "a0", "a1", "a2", "W2", "b2", "y", "L"]
    const named = (key) => weights.filter((part) => part.name === key)
    for (const part of order.flatMap((key) => (parts.has(key) ? parts.get(key) : named(key)))) {
      const kindOf = part.place ? "step-edge" : "step-node"
      const group = svg("g", { role: "button", tabindex: -1, class: kindOf })
      group.dataset.part = part.key
      const round = part.name === "A1" || part.name === "Y_hat"
      const box = svg(round ? "circle" : "rect", { class: "step-box" }, group)
      const name = part.place ? null : svg("text", { class: "step-name" }, group)
      if (name) name.textContent = part.short
      const kind = part.place ? "parameter" : part.name === "X" ? "data" : "forward"
      const target = part.key === "y" ? svg("text", { class: "step-data" }, group) : null
      group.append(" ")
      const up = svg("text", { class: `step-${kind}` }, group)
      group.append(" ")
      const down = svg("text", { class: "step-gradient" }, group)
      drawn.set(part.key, { ...drawn.get(part.key), group, box, name, target, up, down })
    }
    drawn.get("x0").group.setAttribute("tabindex", 0)
  }

  const place = (shape) => {
    const { box, radius, chip, apart, nodes, along, bias, target: goal } = shape
    drawing.setAttribute("viewBox", box)
    const cut = (from, to, before, after) => {
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
      const length = Math.hypot(dx, dy)
      const point = (at) => `${from[0] + (dx * at) / length} ${from[1] + (dy * at) / length}`
      return `M${point(before)}L${point(length - after)}`
    }
    const set = (element, attributes) => {
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    }
    for (const part of weights) {
      const { line, near, group, box: hit, up, down } = drawn.get(part.key)
      const [tail, head] = tailAndHead(part.place)
      const to = nodes[head]
      const from = tail ? nodes[tail] : bias[head]
      const t = tail ? along[part.name](...part.place.slice(1)) : 0
      const [x, y] = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]
      const path = cut(from, to, tail ? radius : 16, radius + 1)
      for (const element of [line, near]) element.setAttribute("d", path)
      set(hit, { x: x - chip[0] / 2, y: y - chip[1] / 2, width: chip[0], height: chip[1], rx: 4 })
      set(up, { x, y: y - 4 })
      set(down, { x, y: y + apart - 2 })
    }
    set(drawn.get("y").target, { x: goal[0], y: goal[1] })
    drawn.get("answer").line.setAttribute("d", cut(nodes.y, nodes.L, radius, radius + 1))
    for (const [key, [x, y]] of Object.entries(nodes)) {
      const { box: hit, name, up, down } = drawn.get(key)
      if (hit.localName === "circle") set(hit, { cx: x, cy: y, r: radius })
      else set(hit, { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, rx: 3 })
      set(name, { x, y: y - apart })
      set(up, { x, y: y + 1 })
      set(down, { x, y: y + apart })
    }
  }

  // The tables: all numbers of the drawing and a field for each parameter.
  const cells = new Map()
  const write = (input, value) =>
    (input.value = document.activeElement === input ? sign(String(value)) : short(value))
  // A field for a parameter: rounded until it is used, then the number to its last digit.
  const field = (input, where) => {
    const rewrite = () => write(input, net.read(now.parameters, where()))
    input.addEventListener("focus", () => {
      rewrite()
      input.select()
    })
    input.addEventListener("blur", rewrite)
    input.addEventListener("change", () => edit(where(), input))
  }
  const fill = () => {
    for (const part of weights) {
      const input = make("input", { type: "text", autocomplete: "off", id: `step-${part.key}` })
      const about = { textContent: code(part.place), title: part.words }
      const name = make("label", { htmlFor: input.id, ...about })
      const slope = make("td", { className: "widget-gradient" })
      const moved = make("td")
      const head = make("th", { scope: "row" }, name)
      const row = make("tr", {}, head, make("td", {}, input), slope, moved)
      row.dataset.part = part.key
      field(input, () => part.place)
      cells.set(part.key, { input, slope, moved })
      $("parameters").append(row)
    }
    for (const part of units) {
      const button = make("button", { type: "button", title: part.words })
      const value = make("td", { className: part.name === "X" ? "widget-data" : "widget-forward" })
      const slope = make("td", { className: "widget-gradient" })
      const row = make("tr", {}, make("th", { scope: "row" }, button), value, slope)
      row.dataset.part = part.key
      button.addEventListener("click", () => choose(part))
      cells.set(part.key, { button, value, slope })
      $("units").append(row)
    }
    const choice = (value, text) => make("option", { value, textContent: text })
    $("row").append(...rows.map((row) => choice(row, "")), choice("all", "all four rows"))
    $("show").append(...rows.map((row) => choice(row, "")))
    $("at").append(...weights.map((part) => choice(part.key, code(part.place))))
    for (const eps of net.sizes) {
      $("eps").append(choice(eps.toExponential(), sign(eps.toExponential())))
      $("sizes").append(make("th", { scope: "col", textContent: Math.log10(eps).toFixed() }))
      $("sweep").append(make("td"))
    }
    for (const head of $("sizes").cells) head.textContent = sign(head.textContent)
  }

  // What is shown, all of it, from the state.
  let chosen = parts.get(start.at.join("."))
  let lit = []
  const say = (text) => ($("said").textContent = text)

  const show = () => {
    compute()
    for (const part of parts.values()) {
      const [value, slope] = [shownValue(part), shownSlope(part)]
      const figure = drawn.get(part.key)
      if (figure) {
        figure.up.textContent = value
        figure.down.textContent = slope
        figure.down.dataset.length = slope.length < 8 ? "" : slope.length < 10 ? "long" : "longer"
        if (part.key === "L") figure.name.textContent = lossIs()
        if (figure.target) figure.target.textContent = `target ${now.Y[now.n][0]}`
        const seen = [...figure.group.querySelectorAll("text")].map((text) => text.textContent)
        const said = slope ? `, slope ${slope}` : part.place || part.slope ? ", no slope yet" : ""
        const name = `${seen.filter(Boolean).join(" ")}: ${label(part)}, ${wordsOf(part)}${said}`
        figure.group.setAttribute("aria-label", name)
        figure.group.setAttribute("aria-pressed", part === chosen)
        figure.line?.classList.toggle("step-chosen", part === chosen)
      }
      const cell = cells.get(part.key)
      cell.slope.textContent = slope || "–"
      if (part.place) {
        write(cell.input, net.read(now.parameters, part.place))
        cell.moved.textContent =
          state.stage === "update"
            ? brief(net.read(now.parameters, part.place) - net.read(state.parameters, part.place))
            : "–"
      } else {
        cell.button.textContent = label(part)
        cell.value.textContent = value || "–"
        if (part.name === "X" || part.key === "L") cell.slope.textContent = ""
      }
    }
    const Y = given.targets[state.data]
    rows.forEach((row, n) => {
      const text = `(${given.inputs[n].join(", ")}) → ${Y[n][0]}`
      $("row").options[n].textContent = $("show").options[n].textContent = text
    })
    $("data").value = state.data
    $("row").value = state.row
    $("show").value = state.row === "all" ? state.show : state.row
    $("show").disabled = state.row !== "all"
    $("eta").value = state.eta
    $("steps").textContent = net.grouped(state.steps)
    $("kind").textContent = lossIs().replace(/./, (first) => first.toUpperCase())
    $("loss").textContent = shownValue(parts.get("L")) || "–"
    const answers = now.values?.Y_hat.map(([p]) => p.toFixed(3)).join(" ")
    $("answers").hidden = state.row !== "all"
    $("answers").textContent = `Answers ${answers ?? "–"}`
    const next = { forward: "backward", backward: "update" }[state.stage] ?? "forward"
    for (const button of document.querySelectorAll("[data-press]"))
      button.classList.toggle("widget-primary", button.dataset.press === next)
    showNudge()
    explain(chosen)
    light(lit)
  }

  const showNudge = () => {
    const [where, slope] = [state.at, now.slopes && net.slopeOf(now.slopes, state.at)]
    const ready = state.stage === "backward"
    const measure = (eps) => net.nudge(now.X, now.Y, now.parameters, where, eps)
    const { up, down, measured } = measure(state.eps)
    $("at").value = where.join(".")
    $("eps").value = state.eps.toExponential()
    write($("value"), net.read(now.parameters, where))
    $("up").textContent = long(up)
    $("down").textContent = long(down)
    $("measured").textContent = long(measured)
    $("slope").textContent = ready ? long(slope) : "Run Forward, then Backward"
    const count = (eps) => net.digits(measure(eps).measured, slope)
    $("digits").textContent = !ready ? "–" : measured === slope ? "exact" : count(state.eps)
    for (const [i, eps] of net.sizes.entries()) {
      const [head, cell] = [$("sizes"), $("sweep")].map((row) => row.cells[i + 1])
      cell.textContent = ready ? count(eps) : "–"
      for (const element of [head, cell])
        element.classList.toggle("step-size", eps === state.eps)
    }
  }

  const keep = () => {
    const search = net.address(state, start, location.search)
    try {
      history.replaceState(history.state, "", location.pathname + search + location.hash)
    } catch {
      // An address that cannot be written costs the bookmark, not the lesson.
    }
  }
  const become = (changes, words, names = []) => {
    state = { ...state, ...changes }
    lit = names
    show()
    keep()
    say(words)
  }

  // The presses.
  const lossNow = (parameters) => net.forward(now.X, now.Y, parameters).L
  const tooLarge = "The numbers have left what a float can hold"
  const press = {
    forward: () => {
      become({ parameters: now.parameters, stage: "forward" }, "", passes.forward)
      say(`Forward: ${lossIs()} ${brief(now.values.L)}.`)
    },
    backward: () => {
      if (state.stage === "backward")
        return say("Backward: done already; these are the slopes. Press Update.")
      if (state.stage !== "forward")
        return say("Backward: run Forward first, for Backward needs the values that it leaves.")
      become({ stage: "backward" }, "", passes.backward)
      const size = (part) => Math.abs(slopeOf(part))
      const steepest = weights.reduce((a, b) => (size(b) > size(a) ? b : a))
      const slope = slopeOf(steepest)
      const { Y_hat, L } = now.values
      const saturated = L > 0 && Y_hat.every(([p]) => p === 0 || p === 1)
      const why = saturated ? " The output is saturated: its answers are 0 or 1." : ""
      say(
        slope === 0
          ? `Backward: every slope is 0: Update would change nothing.${why}`
          : `Backward: 13 slopes, the steepest along ${label(steepest)}, ${brief(slope)}.`
      )
    },
    update: () => {
      if (state.stage !== "backward")
        return say("Update: run Forward and Backward first, for a step needs fresh slopes.")
      if (!net.finite(net.update(state.parameters, now.slopes, state.eta)))
        return say(`${tooLarge}: the parameters stay as they are. Choose a smaller η.`)
      become({ stage: "update", steps: state.steps + 1 }, "", passes.update)
      say("Update: a step against the slopes. Press Forward for the new loss.")
    },
    100: () => {
      const before = lossNow(now.parameters)
      const { parameters, done } = net.train(now.X, now.Y, now.parameters, state.eta, 100)
      become({ parameters, stage: "forward", steps: state.steps + done }, "", everything)
      const losses = `${lossIs()} ${brief(before)} → ${brief(now.values.L)}`
      const words = `${done} steps: ${losses}, after ${net.grouped(state.steps)} in all.`
      say(done < 100 ? `${tooLarge} after ${words} Choose a smaller η.` : words)
    },
    reset: () => {
      const { parameters, stage, steps } = start
      become({ parameters, stage, steps }, "Reset: the weights of the ledger; data, row and rate stay.")
    },
    copy: async () => {
      try {
        await navigator.clipboard.writeText(location.href)
        say("Copied: the address holds the network and its settings.")
      } catch {
        say(`Copy the address of this page, it holds the network: ${location.href}`)
      }
    },
  }

  // What is said out of sight of the field in use stands beside it too; a screen reader has heard it.
  const note = make("span", { className: "step-note", ariaHidden: "true" })
  const sayBeside = (input) => {
    const { top, bottom } = $("said").getBoundingClientRect()
    if (bottom > 48 && top < innerHeight || document.activeElement !== input) return
    note.textContent = $("said").textContent
    input.after(note)
  }
  const calm = ({ target }) => {
    target.removeAttribute("aria-invalid")
    note.remove()
  }
  const refuse = (input, value, name, wanted) => {
    input.value = sign(String(value))
    input.setAttribute("aria-invalid", true)
    say(`${name} must be ${wanted}; it keeps ${sign(String(value))}.`)
    sayBeside(input)
  }
  const edit = (where, input) => {
    const value = net.typed(input.value)
    const old = net.read(now.parameters, where)
    if (value === undefined) return refuse(input, old, code(where), "a number, such as −0.25")
    if (value === old) return
    chosen = parts.get(where.join("."))
    const parameters = net.changed(now.parameters, where, value)
    const words = `${code(where)} is ${sign(String(value))} now; what was computed before is gone.`
    become({ parameters, stage: "start", at: where }, `${words} Press Forward.`)
    sayBeside(input)
  }
  const choose = (part) => {
    chosen = part
    lit = linesOf(part).map(([name]) => name)
    become(part.place ? { at: part.place } : {}, "", lit)
    say(`${label(part)}, ${wordsOf(part)}.`)
  }

  const listen = () => {
    const widget = $("widget")
    for (const button of widget.querySelectorAll("[data-press]"))
      button.addEventListener("click", press[button.dataset.press])
    const anew = (changes, words) =>
      become({ parameters: now.parameters, stage: "start", ...changes }, `${words} Press Forward.`)
    $("data").addEventListener("change", () => anew({ data: $("data").value }, "Other targets."))
    $("row").addEventListener("change", () => {
      const row = $("row").value
      if (row === "all") anew({ row }, "All four rows, with the mean of their losses.")
      else anew({ row, show: row }, "One row.")
    })
    $("show").addEventListener("change", () =>
      become({ show: $("show").value }, "The nodes show this row now.", lit)
    )
    $("eta").addEventListener("change", () => {
      const eta = net.typed($("eta").value)
      if (!(eta >= 0)) return refuse($("eta"), state.eta, "η", "0 or more, such as 0.5")
      const used = state.stage === "update"
      const gone = used ? " The slopes that Update has used are gone." : ""
      if (used) become({ parameters: now.parameters, stage: "start" }, "")
      become({ eta }, `η is ${sign(String(eta))} now.${gone}`, lit)
    })
    $("at").addEventListener("change", () => choose(parts.get($("at").value)))
    $("eps").addEventListener("change", () =>
      become({ eps: +$("eps").value }, `ε is ${sign($("eps").value)} now.`, lit)
    )
    field($("value"), () => state.at)
    addEventListener("popstate", keep) // back from a place on this page, whose address is older

    const partAt = (event) => parts.get(event.target.closest?.("[data-part]")?.dataset.part)
    const mark = (key) => {
      for (const [of, { line, group }] of drawn)
        for (const element of [line, group])
          element?.classList.toggle("step-pointed", of === key)
    }
    const point = (event) => {
      const part = partAt(event)
      if (!part) return
      mark(part.key)
      explain(part)
      light(linesOf(part).map(([name]) => name))
    }
    const leave = (event) => {
      const [why, into] = [$("why"), event.relatedTarget]
      if (why.contains(into) || !(partAt(event) || why.contains(event.target))) return
      mark()
      explain(chosen)
      light(lit)
    }
    widget.addEventListener("pointerover", point)
    widget.addEventListener("focusin", point)
    widget.addEventListener("pointerout", leave)
    widget.addEventListener("focusout", leave)
    widget.addEventListener("focusout", calm)
    widget.addEventListener("input", calm)
    drawing.addEventListener("click", (event) => partAt(event) && choose(partAt(event)))
    drawing.addEventListener("keydown", (event) => {
      const groups = [...drawing.querySelectorAll("[role=button]")]
      const at = groups.indexOf(event.target)
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
      const to = { Home: 0, End: -1 }[event.key] ?? (step && (at + step) % groups.length)
      if (event.ctrlKey || event.altKey || event.metaKey) return
      if ([" ", "Enter"].includes(event.key)) choose(partAt(event))
      else if (to !== undefined) {
        const next = groups.at(to)
        for (const group of groups) group.setAttribute("tabindex", group === next ? 0 : -1)
        next.focus()
      } else return
      event.preventDefault()
    })
    new ResizeObserver(([{ contentRect }]) =>
      place(contentRect.width < narrow ? shapes.narrow : shapes.wide)
    ).observe(drawing.parentElement)
  }

  draw()
  fill()
  listen()
  for (const control of $("widget").querySelectorAll("[disabled]")) control.disabled = false
  try {
    state = net.fromAddress(location.search, start, rows)
    chosen = parts.get(state.at.join("."))
    show()
    if (state.stage !== "start") light((lit = passes[state.stage]))
    const same = net.address(state, start) === ""
    say(same ? "Press Forward." : "As the address says. Go on from here.")
  } catch (error) {
    show()
    say(`The address says ${error.message}, which cannot be read. This is the start instead.`)
  }
}
