// Be the optimiser: one neuron, whose three parameters are moved by hand, or by their slopes.
// The arithmetic comes first and touches no page; the tests compare it with the snippet's.
// The rows to learn and the start come from the page, where the snippet has put them.

const beTheOptimiser = (() => {
  const NAMES = ["w₁", "w₂", "b"], KEYS = ["w1", "w2", "b"]
  const sigmoid = (z) => 1 / (1 + Math.exp(-z))

  // Every operation passes through `note`, so that one which makes ∞ or NaN can be found.
  // It is told the value, the row (or −1), the name of the operation, and left, sign and right.
  const pass = (value) => value

  const bounded = {
    answer: sigmoid,
    rest: 0, // where the answer is one half
  }
  const losses = {
    absolute: {
      ...bounded,
      price: (a, y) => Math.abs(a - y),
      pull: (a, y) => Math.sign(a - y) * a * (1 - a),
    },
    squared: {
      ...bounded,
      price: (a, y) => (a - y) ** 2,
      pull: (a, y) => 2 * (a - y) * a * (1 - a),
    },
    "cross-entropy": {
      ...bounded,
      price: (a, y, n, note) => {
        const yes = note(Math.log(a), n, "log ŷ", "log", a)
        const no = note(Math.log(1 - a), n, "log(1 − ŷ)", "log", 1 - a)
        const first = note(y * yes, n, "y · log ŷ", y, "·", yes)
        const second = note((1 - y) * no, n, "(1 − y) · log(1 − ŷ)", 1 - y, "·", no)
        return -note(first + second, n, "the loss", first, "+", second)
      },
      pull: (a, y) => a - y,
    },
    linear: {
      answer: (z) => z,
      rest: 0.5,
      price: (a, y, n, note) => note((a - y) ** 2, n, "(z − y)²", a - y, "·", a - y),
      pull: (a, y, n, note) => note(2 * (a - y), n, "2(z − y)", 2, "·", a - y),
    },
  }

  const sum = (terms, what, note) =>
    terms.reduce((total, term) => note(total + term, -1, what, total, "+", term), 0)

  // What leads to z, to the loss, to the error signals and to each slope can be noted apart.
  const SILENT = { z: pass, loss: pass, delta: pass, slopes: [pass, pass, pass] }

  // Rows with z, answer, loss and error signal; the loss; its slopes along w₁, w₂ and b.
  const look = ({ X, y }, [w1, w2, b], name, notes = SILENT) => {
    const { answer, price, pull } = losses[name]
    const note = notes.z
    const rows = X.map((x, n) => {
      const first = note(w1 * x[0], n, "w₁x₁", w1, "·", x[0])
      const second = note(w2 * x[1], n, "w₂x₂", w2, "·", x[1])
      const both = note(first + second, n, "w₁x₁ + w₂x₂", first, "+", second)
      const z = note(both + b, n, "z", both, "+", b)
      const a = answer(z)
      return { z, answer: a, loss: price(a, y[n], n, notes.loss), delta: pull(a, y[n], n, notes.delta) }
    })
    const loss = sum(rows.map((row) => row.loss), "the sum of the rows’ losses", notes.loss)
    const slopes = NAMES.map((parameter, d) => {
      const terms = rows.map(({ delta }, n) =>
        d === 2 ? delta : notes.slopes[d](X[n][d] * delta, n, `x${"₁₂"[d]}δ`, X[n][d], "·", delta))
      return sum(terms, `the slope along ${parameter}`, notes.slopes[d])
    })
    return { rows, loss, slopes }
  }

  const step = (task, parameters, name, eta, notes = SILENT) => {
    const { slopes } = look(task, parameters, name, notes)
    return parameters.map((value, d) => {
      const note = notes.slopes[d]
      const move = note(eta * slopes[d], -1, `η times the slope along ${NAMES[d]}`, eta, "·", slopes[d])
      return note(value - move, -1, `the new ${NAMES[d]}`, value, "−", move)
    })
  }

  // What is no finite number: nothing, the loss or a parameter.
  const trouble = (parameters, loss) => {
    if (parameters.some(Number.isNaN)) return "parameter NaN"
    if (!parameters.every(Number.isFinite)) return "parameter ∞"
    if (Number.isNaN(loss)) return "loss NaN"
    return Number.isFinite(loss) ? "" : "loss ∞"
  }

  // The first operation that made ∞ from finite numbers, and the first that made NaN from others, each with
  // all the rows in which it did. Of a parameter in trouble the last step is followed, else what leads to the loss.
  const culprits = (task, before, now, name, eta) => {
    const found = {}
    const note = (value, row, what, ...parts) => {
      if (Number.isFinite(value)) return value
      const operands = parts.filter((part) => typeof part === "number")
      const [kind, fair] = Number.isNaN(value) ? ["nan", (x) => !Number.isNaN(x)] : ["inf", Number.isFinite]
      if (!operands.every(fair)) return value
      found[kind] ??= { what, parts, rows: [], alike: true }
      if (found[kind].what !== what) return value
      found[kind].alike &&= String(parts) === String(found[kind].parts)
      if (row >= 0) found[kind].rows.push(row)
      return value
    }
    const slopes = now.map((value) => (Number.isFinite(value) ? pass : note))
    if (!slopes.includes(note)) look(task, now, name, { ...SILENT, z: note, loss: note })
    else if (before) step(task, before, name, eta, { z: note, loss: pass, delta: note, slopes })
    return found
  }

  // "1,000" is a thousand for some and one for others.
  const twofold = (text) => /^[−-]?[1-9]\d{0,2}(,\d{3})+$/.test(text.trim())
  const number = (text) => {
    if (twofold(text)) return null
    const plain = text.trim().replaceAll("−", "-").replace(",", ".").replace("∞", "Infinity")
    if (plain === "NaN") return NaN
    const value = Number(plain)
    return plain === "" || Number.isNaN(value) ? null : value
  }
  const rate = (text) => {
    const value = number(text)
    return value > 0 && Number.isFinite(value) ? value : null
  }

  // The state that an address asks for, and the parts that cannot be read.
  const read = (search, { tasks, start }) => {
    const state = {
      parameters: KEYS.map((key) => start[key]), eta: start.eta, loss: start.loss, task: start.task, step: 0,
    }
    const faults = []
    const asked = new URLSearchParams(search)
    const take = (key, wanted, parse, set) => {
      if (!asked.has(key)) return
      const text = asked.get(key), value = parse(text)
      if (value === null) faults.push(`${key}=${text.slice(0, 20)} (not ${wanted})`)
      else set(value)
    }
    const among = (names) => (text) => Object.keys(names).find((name) => name === text.toLowerCase()) ?? null
    KEYS.forEach((key, d) => take(key, "a number", number, (value) => { state.parameters[d] = value }))
    take("eta", "a rate above 0", rate, (value) => { state.eta = value })
    take("loss", `one of ${Object.keys(losses).join(", ")}`, among(losses), (value) => { state.loss = value })
    take("rows", `one of ${Object.keys(tasks).join(", ")}`, among(tasks), (value) => { state.task = value })
    const count = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null)
    take("step", "a whole number of at most 9 digits", count, (value) => { state.step = value })
    return { state, faults }
  }

  // The address of a state: what equals the start is left out, what belongs to others is kept.
  const write = (state, { start }, search = "") => {
    const address = new URLSearchParams(search)
    const put = (key, value, usual) =>
      Object.is(value, usual) ? address.delete(key) : address.set(key, String(value).replace("e+", "e"))
    KEYS.forEach((key, d) => put(key, state.parameters[d], start[key]))
    put("eta", state.eta, start.eta)
    put("loss", state.loss, start.loss)
    put("rows", state.task, start.task)
    put("step", state.step, 0)
    const text = address.toString()
    return text && `?${text}`
  }

  return { NAMES, losses, look, step, trouble, culprits, twofold, number, rate, read, write }
})()

document.querySelectorAll(".optimiser").forEach((widget) => {
  const { NAMES, losses, look, step, trouble, culprits, twofold, number, rate, read, write } = beTheOptimiser
  // toLocaleString keeps a phone busy for 40 ms when it is first used.
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",")
  const data = JSON.parse(document.getElementById("be-the-optimiser-data").textContent)
  const RATES = Array.from({ length: 28 }, (_, i) => Number(`${[1, 2, 5][i % 3]}e${Math.floor(i / 3) - 3}`))
  const REACH = 10, STEP_BY_KEY = 0.1
  const MOST = 400 // steps in one frame
  const calm = matchMedia("(prefers-reduced-motion: reduce)")
  const find = (role) => widget.querySelector(`[data-is="${role}"]`)
  const all = (role) => [...widget.querySelectorAll(`[data-is="${role}"]`)]

  let { state, faults } = read(location.search, data)
  let before = null // the parameters one step ago
  let running = 0, runs = 0 // the number of the run in progress, so that none goes on beside the next
  let move = 0, hands = 0, past = [], reached

  const task = () => data.tasks[state.task]
  const now = () => look(task(), state.parameters, state.loss)

  // ---- numbers and words

  const show = (value, digits = 4) => {
    if (Number.isNaN(value)) return "NaN"
    if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
    if (value === 0) return "0"
    const size = Math.abs(value)
    const text = size >= 1e4 || size < 10 ** -digits / 2
      ? value.toExponential(2).replace("e+", "e")
      : value.toFixed(digits)
    return text.replaceAll("-", "−")
  }
  const short = (value) => (Number.isInteger(value) && Math.abs(value) < 1e5 ? String(value).replace("-", "−") : show(value, 2))
  const row = (n) => `row (${task().X[n].join(", ")})`
  // Without σ it is z, no prediction between 0 and 1.
  const answerIs = () => (state.loss === "linear" ? ["z", "output"] : ["ŷ", "prediction"])

  // ", in rows (0, 0), (0, 1): x₁δ = 0 · ∞", with no line broken inside a formula
  const whole = (formula) => formula.replaceAll(" ", "\u00a0")
  const cause = ({ rows, alike, what, parts: [left, sign, right] }) => {
    const bracket = (x) => (x < 0 ? `(${short(x)})` : short(x))
    const where = rows.length ? `, in row${rows.length > 1 ? "s" : ""} ${rows.map((n) => whole(`(${task().X[n].join(", ")})`)).join(", ")}${alike ? "" : ", in the first"}` : ""
    const value = left === "log" ? "log(0) = −∞" : `${short(left)} ${sign} ${bracket(right)}`
    return `${where}: ${what.startsWith("the ") ? what : whole(what)} = ${whole(value)}`
  }

  const ending = (lost, { loss }) => {
    if (lost && !before) return "Type a number, or reset."
    if (lost) return state.parameters.some(Number.isNaN) ? "No step leads back: reset, and take a smaller rate." : "Reset and take a smaller rate, or run on to see what follows ∞."
    const still = halt() === "rest"
    if (state.loss === "cross-entropy") {
      return `The parameters are numbers still${still ? ", but no step moves them any more" : ": go on"}. Exercise 2 avoids this.`
    }
    if (still) return "No step moves anything any more."
    return before ? "Reset and take a smaller rate, or run on to see what follows ∞." : `The loss is ${show(loss)} for numbers as large as these: type others, or reset.`
  }

  const explain = () => {
    const seen = now(), said = {}
    if (!trouble(state.parameters, seen.loss)) return ""
    NAMES.forEach((name, d) => {
      const value = state.parameters[d]
      if (!Number.isFinite(value)) (said[show(value)] ??= []).push(name)
    })
    const lost = Object.keys(said).length > 0
    if (!lost) said[show(seen.loss)] = ["the loss"]
    const parts = Object.entries(said).map(([value, names]) =>
      `${names.join(", ")} ${names.length > 1 ? "are" : "is"} ${value}${value === "NaN" ? ", not a number" : ""}`)
    const { inf, nan } = culprits(task(), before, state.parameters, state.loss, state.eta)
    const causes = []
    if (inf?.parts[0] === "log") causes.push(`A prediction is rounded to exactly ${inf.what === "log ŷ" ? 0 : 1}${cause(nan ? { ...inf, rows: [] } : inf)}.`)
    else if (inf) causes.push(`Overflow${cause(inf)}, beyond the largest number, 1.8e308.`)
    if (nan) causes.push(`First NaN${cause(nan)}.`)
    return [`Step ${grouped(state.step)}: ${parts.join("; ")}.`, ...causes, ending(lost, seen)].join(" ")
  }

  const say = (text) => { find("said").textContent = text }

  // ---- the drawing: x from 34 to 334, y from 10 to 310, of −0.5 to 1.5 times the largest input

  const scale = () => Math.max(...task().X.flat())
  const px = (x) => 34 + 150 * (x / scale() + 0.5)
  const py = (x) => 310 - 150 * (x / scale() + 0.5)
  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  }
  const hide = (element, hidden) => element.toggleAttribute("hidden", hidden)

  // In pixels of the drawing: direction of rising z, its size for each pixel, the foot of the middle on the line.
  const line = () => {
    const [w1, w2, b] = state.parameters
    const size = Math.hypot(w1, w2) / 150 * scale()
    if (!(size > 1e-12) || !Number.isFinite(size + b)) return null
    const length = Math.hypot(w1, w2)
    const [dx, dy] = [w1 / length, -w2 / length]
    const middle = (w1 / 2 + w2 / 2) * scale() + b - losses[state.loss].rest
    return { dx, dy, size, x: 184 - dx * middle / size, y: 160 - dy * middle / size }
  }

  const blue = (answer) => 0.45 * Math.min(Math.max(answer || 0, 0), 1)

  const drawPlane = ({ rows }) => {
    const at = line(), sure = state.loss === "linear" ? 0.5 : 6
    if (at) {
      const reach = Math.min(Math.max(sure / at.size, 0.05), 1e5)
      const { answer, rest } = losses[state.loss]
      find("shade").querySelectorAll("stop").forEach((stop, i) =>
        set(stop, { "stop-opacity": blue(answer(rest + (i / 6 - 1) * sure)) }))
      set(find("shade"), {
        x1: at.x - at.dx * reach, y1: at.y - at.dy * reach, x2: at.x + at.dx * reach, y2: at.y + at.dy * reach,
      })
      const ends = { x1: at.x - at.dy * 500, y1: at.y + at.dx * 500, x2: at.x + at.dy * 500, y2: at.y - at.dx * 500 }
      for (const role of ["line", "grip"]) set(find(role), ends)
      set(find("turn"), { transform: `translate(${at.x} ${at.y}) rotate(${Math.atan2(at.dy, at.dx) * 180 / Math.PI})` })
    }
    const inside = at && Math.abs(at.x - 184) < 150 && Math.abs(at.y - 160) < 150
    for (const role of ["line", "grip"]) hide(find(role), !at || Math.abs(at.x) > 1e5 || Math.abs(at.y) > 1e5)
    hide(find("turn"), !inside)
    const flat = losses[state.loss].answer(state.parameters[2])
    set(find("ground"), at
      ? { fill: "url(#optimiser-shade)", "fill-opacity": 1 }
      : { fill: "var(--forward)", "fill-opacity": blue(flat) })
    const [sign, word] = answerIs()
    all("point").forEach((point, n) => {
      const [x1, x2] = task().X[n], target = task().y[n]
      set(point, { transform: `translate(${px(x1)} ${py(x2)})` })
      hide(point.querySelector("circle"), target === 1)
      hide(point.querySelector("rect"), target !== 1)
      const [top, bottom] = point.querySelectorAll("text")
      top.textContent = `${sign} ${show(rows[n].answer, 3)}`
      bottom.textContent = `target ${target}`
    })
    for (const role of ["tick-x", "tick-y"])
      all(role).forEach((tick, i) => { tick.textContent = show(scale() * i / 2, 1).replace(".0", "") })
    if (running) return
    const where = `The line where the ${word} is one half ${inside ? "crosses it" : "is not in it"}.`
    set(find("plane"), { "aria-label": `The plane of the two inputs. ${where} ${rows.map(({ answer }, n) => `${row(n)}, target ${task().y[n]}: ${word} ${show(answer, 3)}`).join("; ")}.` })
  }

  // ---- the history of the loss: x the steps and moves by hand, y the logarithm

  const remember = (loss, byHand) => {
    move += 1
    if (loss < 0.1) reached ??= past.length ? `Below 0.1 first at step ${grouped(state.step)}${hands ? `, move ${grouped(hands)} by hand` : ""}: ${show(loss, 6)}.` : ""
    past.push({ move, loss, byHand })
    if (past.length > 400) past = past.filter((_, i) => i % 2 === 0 || i === past.length - 1)
  }

  const begin = () => {
    move = state.step + hands - 1
    past = []
    reached = undefined
    remember(now().loss)
  }

  const drawHistory = () => {
    const fine = past.filter(({ loss }) => Number.isFinite(loss))
    const level = (loss) => Math.log10(Math.max(loss, 1e-300))
    const logs = fine.map(({ loss }) => level(loss))
    const low = Math.floor(Math.min(...logs, 0)), high = Math.max(Math.ceil(Math.max(...logs, 0)), low + 1)
    const first = past[0].move, last = Math.max(move, first + 10)
    const x = ({ move }) => (44 + 286 * (move - first) / (last - first)).toFixed(1)
    const y = ({ loss }) => (84 - 66 * (level(loss) - low) / (high - low)).toFixed(1)
    const there = (i) => Number.isFinite(past[i]?.loss)
    const dot = "m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0" // what no line would show
    const drawn = past.map((entry, i) =>
      there(i) ? `${there(i - 1) ? "L" : "M"}${x(entry)} ${y(entry)}${there(i - 1) || there(i + 1) ? "" : dot}` : "")
    set(find("trace"), { d: drawn.join("") })
    set(find("hands"), { d: fine.filter(({ byHand }) => byHand).map((entry) => `M${x(entry)} ${y(entry)}h0`).join("") })
    const here = past.at(-1)
    hide(find("here"), !Number.isFinite(here.loss))
    find("here").classList.toggle("optimiser-hand", here.byHand === true)
    if (Number.isFinite(here.loss)) set(find("here"), { cx: x(here), cy: y(here) })
    for (const [role, is] of [["infinite", (loss) => Math.abs(loss) === Infinity], ["not-a-number", Number.isNaN]]) {
      const entry = past.find(({ loss }) => is(loss))
      hide(find(role), !entry)
      if (entry) set(find(role), { x: x(entry) })
    }
    const power = (n) => (n > -4 && n < 4 ? grouped(10 ** n) : `1e${n}`.replace("-", "−"))
    find("high").textContent = power(high)
    find("low").textContent = power(low)
    find("first").textContent = grouped(first)
    find("last").textContent = grouped(last)
  }

  // ---- everything with a number

  const draw = () => {
    const seen = now(), [sign, word] = answerIs()
    drawPlane(seen)
    drawHistory()
    find("loss").textContent = show(seen.loss)
    find("step").textContent = grouped(state.step)
    find("moved").textContent = grouped(hands)
    NAMES.forEach((name, d) => {
      const value = state.parameters[d], slope = seen.slopes[d]
      const slider = all("slider")[d], box = all("box")[d], arrow = all("arrow")[d]
      slider.value = Number.isNaN(value) ? 0 : Math.min(Math.max(value, -REACH), REACH)
      if (!running) set(slider, { "aria-valuetext": `${show(value)}, slope ${show(slope)}, loss ${show(seen.loss)}` })
      if (document.activeElement !== box || running) box.value = plain(value)
      const way = slope < 0 ? "Downhill: raise" : slope > 0 ? "Downhill: lower" : slope === 0 ? "Level" : "–"
      all("slope")[d].textContent = show(slope)
      all("way")[d].textContent = way
      const length = Number.isNaN(slope) ? 0 : Math.min(Math.abs(slope), 1)
      arrow.style.setProperty("--length", length)
      arrow.classList.toggle("optimiser-back", slope > 0)
      arrow.classList.toggle("optimiser-cut", Math.abs(slope) > 1)
      if (running) return
      const cells = all("parameter-row")[d].cells
      cells[1].textContent = show(value)
      cells[2].textContent = show(slope)
    })
    const heads = all("example-row")[0].closest("table").rows[0].cells
    heads[3].textContent = `${word.replace(/./, (first) => first.toUpperCase())} ${sign}`
    if (!running) all("example-row").forEach((line, n) => {
      const { answer, loss } = seen.rows[n]
      const values = [...task().X[n], task().y[n], show(answer), show(loss)]
      values.forEach((value, i) => { line.cells[i].textContent = value })
    })
    if (document.activeElement !== find("rate-box")) find("rate-box").value = plain(state.eta)
    const nearest = RATES.reduce((best, value, i) => (Math.abs(Math.log(value / state.eta)) < Math.abs(Math.log(RATES[best] / state.eta)) ? i : best), 0)
    find("rate").value = nearest
    set(find("rate"), { "aria-valuetext": plain(state.eta) })
    find("losses").value = state.loss
    find("tasks").value = state.task
    const stuck = state.parameters.some(Number.isNaN)
    for (const role of ["one", "hundred", "run"]) set(find(role), { "aria-disabled": stuck && !running })
    find("run").textContent = running ? "Pause" : "Let it run"
    keep()
  }
  const plain = (value) => {
    const size = Math.abs(value)
    if (!Number.isFinite(value)) return show(value)
    const text = size && (size < 1e-4 || size >= 1e5) ? Number(value.toPrecision(3)).toExponential() : size < 1 ? Number(value.toFixed(6)) : Number(value.toPrecision(6))
    return String(text).replace("e+", "e").replaceAll("-", "−")
  }

  // ---- the address, at most twice a second; beside it the browser keeps where the link began

  const usual = read("", data).state.parameters
  const origin = history.state?.optimiser
    ?? (state.parameters.every(Number.isFinite) ? { parameters: state.parameters, step: state.step } : { parameters: usual, step: 0 })

  let due = 0
  const keepNow = () => {
    clearTimeout(due)
    due = 0
    const address = write(state, data, location.search) || location.pathname
    try {
      history.replaceState({ ...history.state, optimiser: origin }, "", address + location.hash)
    } catch {
      // some browsers allow no other address for a file on disk
    }
  }
  const keep = () => { due ||= setTimeout(keepNow, 500) }
  addEventListener("pagehide", () => { if (due) keepNow() })
  addEventListener("popstate", keepNow) // back from a place on this page, whose address is older

  // ---- moving

  const byHand = (parameters) => {
    before = null
    state.parameters = parameters
    draw()
  }
  const commit = (was, again) => {
    if (again) {
      past.pop()
      move -= 1
    } else hands += 1
    remember(now().loss, true)
    draw()
    say(explain() || told(`By hand: the loss was ${show(was)}, now it is ${show(now().loss)}.`))
  }
  const told = (text) => [text, reached].filter(Boolean).join(" ")

  // Whether the next step moves nothing, or leads back to where the last one came from.
  const ahead = () => step(task(), state.parameters, state.loss, state.eta)
  const halt = (next = ahead()) => {
    const same = (others) => others?.every((value, d) => value === next[d])
    return same(state.parameters) ? "rest" : same(before) ? "bounce" : ""
  }

  // Take so many steps, fewer if one brings rest, ∞ or NaN; tell whether one did.
  const advance = (count) => {
    let known = trouble(state.parameters, now().loss), next = ahead()
    if (halt(next) === "rest") return true
    for (let i = 0; i < count; i += 1) {
      before = state.parameters
      state.parameters = next
      state.step += 1
      const { loss } = now()
      remember(loss)
      const kind = trouble(state.parameters, loss)
      next = ahead()
      if ((kind && kind !== known) || halt(next)) return true
      known = kind
    }
    return false
  }
  const atRest = () => {
    const { slopes, rows } = now(), next = ahead()
    const why = () => {
      if (halt(next) === "bounce") {
        const way = Math.max(...next.map((value, d) => Math.abs(value - state.parameters[d])))
        return `the next step leads back to where the last one came from, and so on for ever, to and fro by ${show(way)}.`
      }
      if (slopes.some((slope) => slope !== 0)) return "the next step is smaller than the last digit of every parameter. Nothing moves any more."
      if (["linear", "cross-entropy"].includes(state.loss)) return "every slope is 0. This is a lowest point."
      return rows.every(({ delta }) => delta === 0) && rows.some(({ answer }, n) => Math.abs(answer - task().y[n]) > 0.5)
        ? "every slope is exactly 0, and a row is wrong. The neuron is saturated: σ is flat there to the last digit, and no step of this loss will move it."
        : "every slope is 0: no step moves anything. That can be a lowest point, or a place that is level in every direction."
    }
    return `Step ${grouped(state.step)}: ${why()}`
  }
  const still = () => explain() || (halt() && told(atRest()))

  const take = (count) => {
    if (state.parameters.some(Number.isNaN)) return say(explain())
    const was = now().loss
    running = 0
    advance(count)
    draw()
    say(still() || told(`Step ${grouped(state.step)}: the loss was ${show(was)}, now it is ${show(now().loss)}.`))
  }

  const pause = () => {
    running = 0
    draw()
    keepNow()
    say(still() || told(`Paused at step ${grouped(state.step)}: the loss is ${show(now().loss)}.`))
  }

  // Faster and faster, so that a thousand steps do not take a thousand frames.
  const frame = (begun, run) => {
    if (running !== run) return
    const known = reached
    if (advance(calm.matches ? 500 : Math.min(1 + Math.floor((state.step - begun) / 20), MOST))) return pause()
    draw()
    if (reached !== known) say(`Running. ${reached}`)
    schedule(begun, run)
  }
  const schedule = (begun, run) =>
    calm.matches ? setTimeout(frame, 700, begun, run) : setTimeout(requestAnimationFrame, 16, () => frame(begun, run))

  const toggle = () => {
    if (running) return pause()
    if (state.parameters.some(Number.isNaN)) return say(explain())
    running = runs += 1
    say(`Running from step ${grouped(state.step)} …`)
    draw()
    schedule(state.step, running)
  }

  // To where the link began; from there, to the start of the page.
  const reset = () => {
    running = 0
    before = null
    hands = 0
    const equal = (one, other) => one.every((value, d) => value === other[d])
    const there = state.step === origin.step && equal(state.parameters, origin.parameters)
    const first = equal(origin.parameters, usual) && !origin.step
    state = { ...state, ...(there || first ? { parameters: usual, step: 0 } : origin) }
    begin()
    draw()
    const where = there || first ? "Back at the start" : "Back where the link began (reset once more for the start of the page)"
    say(`${where}: the loss is ${show(now().loss)}. Rate, loss and data are as you chose them.`)
  }

  // ---- controls

  let was = now().loss
  const grab = () => {
    if (running) pause()
    was = now().loss
  }
  // A finger that comes to scroll the page may touch a slider first: then nothing is to change.
  const cancellable = (slider, hold, giveBack) => {
    let held = null, cancelled = false
    slider.addEventListener("pointerdown", () => {
      held = hold()
      cancelled = false
    })
    slider.addEventListener("pointercancel", () => {
      cancelled = true
      giveBack(held)
      setTimeout(() => { cancelled = false }, 500)
    })
    return (act) => () => {
      if (cancelled) giveBack(held)
      else act()
    }
  }
  const tenth = (value) => Number(value.toFixed(1))
  all("slider").forEach((slider, d) => {
    const move = (value) => byHand(state.parameters.with(d, value))
    const unlessCancelled = cancellable(slider, () => { grab(); return state.parameters }, byHand)
    slider.addEventListener("input", unlessCancelled(() => move(Number(Number(slider.value).toFixed(2)))))
    slider.addEventListener("change", unlessCancelled(() => { commit(was); grab() }))
    slider.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key]
      const to = { Home: -REACH, End: REACH }[event.key] ?? (by && tenth((state.parameters[d] || 0) + by * STEP_BY_KEY))
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      grab()
      move(to)
      commit(was, event.repeat)
    })
  })
  const typed = (box, parse, wanted, name, accept) => box.addEventListener("change", () => {
    const value = parse(box.value)
    set(box, { "aria-invalid": value === null })
    const fault = twofold(box.value) ? "can be read in two ways, with a comma for thousands or for decimals" : `is not ${wanted}`
    if (value === null) return say(`“${box.value.slice(0, 20)}” ${fault}; ${name} stays as it was.`)
    accept(value)
  })
  all("box").forEach((box, d) => {
    typed(box, number, "a number", NAMES[d], (value) => {
      grab()
      byHand(state.parameters.with(d, value))
      commit(was)
    })
  })
  const chosen = (text) => {
    before = null
    begin()
    draw()
    say(explain() || text)
  }
  const setRate = (value) => {
    state.eta = value
    draw()
    say(`The rate is ${plain(value)}.`)
  }
  find("rate").addEventListener("input", cancellable(find("rate"), () => state.eta, setRate)(() => setRate(RATES[find("rate").value])))
  typed(find("rate-box"), rate, "a rate above 0", "η", setRate)
  for (const box of [...all("box"), find("rate-box")]) {
    box.addEventListener("focus", () => { if (running) pause() })
    box.addEventListener("blur", () => { box.removeAttribute("aria-invalid"); draw() })
  }
  const choose = (role, key) => find(role).addEventListener("change", () => {
    state[key] = find(role).value
    chosen(`${find(role).selectedOptions[0].textContent}: the loss is ${show(now().loss)}.`)
  })
  choose("losses", "loss")
  choose("tasks", "task")
  find("one").addEventListener("click", () => take(1))
  find("hundred").addEventListener("click", () => take(100))
  find("run").addEventListener("click", toggle)
  find("reset").addEventListener("click", reset)
  document.addEventListener("visibilitychange", () => { if (document.hidden && running) pause() })

  // The line, moved or turned with the pointer.
  const point = (event) => {
    const box = find("plane").getBoundingClientRect()
    return [(event.clientX - box.left) * 344 / box.width, (event.clientY - box.top) * 332 / box.height]
  }
  const drag = (element, moved) => {
    let from = null
    element.addEventListener("pointerdown", (event) => {
      if (event.button || !event.isPrimary) return
      element.setPointerCapture(event.pointerId)
      grab()
      from = { at: line(), point: point(event), parameters: state.parameters }
    })
    element.addEventListener("pointermove", (event) => { if (from && event.isPrimary) byHand(moved(from, point(event))) })
    element.addEventListener("pointerup", () => {
      if (from && from.parameters !== state.parameters) commit(was)
      from = null
    })
    element.addEventListener("pointercancel", () => {
      if (from) byHand(from.parameters)
      from = null
    })
  }
  const round = (value) => Number(value.toPrecision(4))
  // How far the line can go along its normal, so that its middle stays within the frame.
  const within = (way, { x, y, dx, dy }) => {
    const ends = [[184 - x, dx], [160 - y, dy]].filter(([, d]) => d).map(([to, d]) =>
      [(to - 140 * Math.sign(d)) / d, (to + 140 * Math.sign(d)) / d])
    const least = Math.max(...ends.map(([end]) => end)), most = Math.min(...ends.map(([, end]) => end))
    return Math.min(Math.max(way, Math.min(least, 0)), Math.max(most, 0))
  }
  drag(find("grip"), ({ at, point: [x0, y0], parameters: [w1, w2, b] }, [x, y]) =>
    [w1, w2, round(b - at.size * within((x - x0) * at.dx + (y - y0) * at.dy, at))])
  drag(find("turn"), ({ at, parameters: [w1, w2] }, [x, y]) => {
    const length = Math.hypot(x - at.x, y - at.y), size = Math.hypot(w1, w2)
    if (length < 4) return state.parameters
    const [v1, v2] = [size * (x - at.x) / length, size * (at.y - y) / length].map(round)
    const foot = [(at.x - 34) / 150 - 0.5, (310 - at.y) / 150 - 0.5].map((u) => u * scale())
    return [v1, v2, round(losses[state.loss].rest - v1 * foot[0] - v2 * foot[1])]
  })

  // ---- begin

  widget.querySelectorAll("[disabled]").forEach((control) => { control.disabled = false })
  begin()
  draw()
  const left = faults.length && `Left out of the address: ${faults.join(", ")}.`
  say(left || (location.search && (still() || (state.step && `Step ${grouped(state.step)}: the loss is ${show(now().loss)}.`))) || find("said").textContent)
})
