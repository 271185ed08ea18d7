// Scrub the training: one slider moves boundary, loss and weights through a run that the snippet recorded.
// What computes stands first, under the snippet's names and open to the tests; what draws follows.
const scrubTheTraining = (() => {
  const sigmoid = (z) => 1 / (1 + Math.exp(-z))

  // What a layer of neurons says to the rows of X (N, D), as (N, H).
  const layer = (X, W, b) => X.map((row) => b.map((bias, h) => {
    let sum = 0
    for (let d = 0; d < row.length; d += 1) sum += row[d] * W[d][h]
    return sigmoid(sum + bias)
  }))

  const forward = (X, { W1, b1, W2, b2 }) => {
    const A1 = layer(X, W1, b1)
    return { A1, yHat: layer(A1, W2, b2).map(([answer]) => answer) }
  }

  const loss = (X, y, theta) => forward(X, theta).yHat
    .reduce((sum, answer, n) => sum + (answer - y[n][0]) ** 2, 0) / y.length

  // Which neurons say more than one half to some rows only.
  const parting = (A1) => A1[0].map((_, h) => A1.some((a) => a[h] > 0.5) && A1.some((a) => a[h] < 0.5))

  const NAMES = ["step", "loss", "W1", "b1", "W2", "b2"]
  const at = (run, k) => Object.fromEntries(NAMES.map((name) => [name, run[name][k]]))

  // The stop whose step is nearest to the one asked for.
  const nearest = (steps, step) => steps.reduce((best, other, k) =>
    Math.abs(other - step) < Math.abs(steps[best] - step) ? k : best, 0)

  // Knots of a square from low to high, side × side, from the upper left corner, row by row.
  const grid = (side, low, high) => Array.from({ length: side * side }, (_, n) => [
    low + (n % side) / (side - 1) * (high - low),
    high - Math.floor(n / side) / (side - 1) * (high - low),
  ])

  // Where values at such knots pass one half: pieces [x, y, x, y] in meshes from the upper left corner.
  const contour = (values, side) => {
    const pieces = []
    for (let r = 0; r < side - 1; r += 1) {
      for (let c = 0; c < side - 1; c += 1) {
        const corners = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]]
        const heights = corners.map(([x, y]) => values[y * side + x] - 0.5)
        const cuts = corners.flatMap(([x, y], i) => {
          const j = (i + 1) % 4
          if (heights[i] < 0 === heights[j] < 0) return []
          const t = heights[i] / (heights[i] - heights[j])
          return [[x + t * (corners[j][0] - x), y + t * (corners[j][1] - y)]]
        })
        for (let i = 0; i < cuts.length; i += 2) pieces.push([...cuts[i], ...cuts[i + 1]])
      }
    }
    return pieces
  }

  // Both ends of the line w · x + b = 0 in the square from low to high, the upper left one first; or none.
  const line = ([w1, w2], b, low, high) => {
    const ends = [low, high]
      .flatMap((edge) => [[edge, -(w1 * edge + b) / w2], [-(w2 * edge + b) / w1, edge]])
      .filter((end) => end.every((value) => value >= low && value <= high))
      .sort((p, q) => p[0] - p[1] - q[0] + q[1])
    return ends.length > 1 ? [ends[0], ends[ends.length - 1]] : []
  }

  // toLocaleString keeps a phone busy for 40 ms when it is first used.
  const format = (step) => String(step).replace(/\B(?=(\d{3})+$)/g, ",")

  // The state that an address asks for, and what is wrong with it.
  const read = (search, runs) => {
    const asked = new URLSearchParams(search)
    const [first] = Object.keys(runs)
    const name = asked.get("run") ?? first
    if (!Object.hasOwn(runs, name)) return { name: first, k: 0, fault: `No run “${name.slice(0, 12)}”. Showing step 0.` }
    const { step: steps } = runs[name]
    const step = asked.get("step") ?? "0"
    const last = steps[steps.length - 1]
    if (!/^\d{1,9}$/.test(step) || Number(step) > last)
      return { name, k: 0, fault: `No step “${step.slice(0, 12)}” from 0 to ${format(last)}. Showing step 0.` }
    const k = nearest(steps, Number(step))
    const fault = `Step ${format(Number(step))} is not in the record; the nearest is ${format(steps[k])}.`
    return { name, k, fault: steps[k] === Number(step) ? "" : fault }
  }

  // Names of the rows in a hidden space of so many pixels a unit: rows that meet share a label, which is above or
  // below its mark, or beside it, where it covers nothing, the line w · a + b = 0 neither, and grows inwards:
  // [rows, row of the mark, shift in pixels or in shares of the label].
  const naming = (A1, scale, w, b) => {
    const near = (a, c) => Math.abs(a[0] - c[0]) * scale < 30 && Math.abs(a[1] - c[1]) * scale < 16
    const groups = A1.reduce((all, a, n) => {
      const met = all.filter((group) => group.some((m) => near(a, A1[m])))
      return [...all.filter((group) => !met.includes(group)), [...met.flat(), n].sort()]
    }, [])
    const byHeight = (m, n) => A1[n][1] - A1[m][1]
    const taken = [0, 1].flatMap((t) => [[t * scale - 4, 8 - 0.25 * scale, 8], [4 - 0.25 * scale, t * scale, 8]])
    const marks = A1.map((a) => [a[0] * scale - 5, a[1] * scale, 10])
    const free = ([x, y, width], others) => others.every(([x2, y2, width2]) => x >= x2 + width2 || x2 >= x + width || Math.abs(y - y2) >= 12)
    const clear = ([x, y, width]) => {
      const sides = [x, x + width].flatMap((p) => [y - 8, y + 8].map((q) => w[0] * p + w[1] * q + b * scale > 0))
      return sides.every((side) => side === sides[0])
    }
    const inside = ([x, , width]) => x > -0.25 * scale && x + width < 1.25 * scale
    const worth = ([, , box, level]) => 8 * inside(box) + 4 * free(box, taken) + 2 * free(box, marks) + clear(box) - 0.5 * level
    return groups.map((group) => [...group].sort(byHeight)).sort(([m], [n]) => byHeight(m, n)).map((group) => {
      const width = 30 * group.length - 11
      const top = group[0]
      const low = group.at(-1)
      const inwards = (n) => 0.1 + 0.8 * A1[n][0]
      const put = (n, left, up, shift, level) => [n, shift, [A1[n][0] * scale + left, A1[n][1] * scale + up, width], level]
      const [[n, shift, box]] = [
        put(top, -inwards(top) * width, 12, `${-100 * inwards(top)}%, -155%`, false),
        put(low, -inwards(low) * width, -12, `${-100 * inwards(low)}%, 55%`, false),
        put(top, -width - 9, 0, "calc(-100% - 9px), -50%", true),
        put(top, 9, 0, "9px, -50%", true),
      ].sort((one, other) => worth(other) - worth(one))
      taken.push(box)
      return [group.sort(), n, shift]
    })
  }

  // Where the badge of a line goes, in hundredths of a square of so many pixels: near its own end, but off ticks and rows.
  const badgePlace = ([own, other], pixels) => {
    const edge = 800 / pixels
    const ticks = [[edge / 1.2, 25], [edge / 1.2, 75], [25, 100 - edge], [75, 100 - edge]]
    const rows = [[25, 25], [25, 75], [75, 25], [75, 75]]
    const met = (a) => [...ticks, ...rows].some((c) => Math.hypot(a[0] - c[0], a[1] - c[1]) * pixels / 100 < 14)
    const tries = Array.from({ length: 11 }, (_, k) =>
      [0, 1].map((i) => Math.min(94, Math.max(6, own[i] + k / 10 * (other[i] - own[i])))))
    return tries.find((a) => !met(a)) ?? tries[0]
  }

  return { layer, forward, loss, parting, at, nearest, grid, contour, line, format, read, naming, badgePlace }
})()

{
  const root = document.getElementById("scrub")
  const { layer, forward, loss, parting, at, nearest, grid, contour, line, format, read, naming, badgePlace } = scrubTheTraining
  const { X, y, runs } = JSON.parse(document.getElementById("scrub-data").textContent)
  const SIDE = 33
  const PLANE = [-0.5, 1.5]
  const SPACE = [-0.25, 1.25]
  const STEPS = [0, 3000]
  const LOSSES = [0, 0.28]
  const PARAMETERS = [
    ...[0, 1].map((h) => [[`W1[0, ${h}]`, (t) => t.W1[0][h]], [`W1[1, ${h}]`, (t) => t.W1[1][h]], [`b1[${h}]`, (t) => t.b1[h]]]),
    [["W2[0, 0]", (t) => t.W2[0][0]], ["W2[1, 0]", (t) => t.W2[1][0]], ["b2[0]", (t) => t.b2[0]]],
  ]
  const part = (name) => root.querySelector(`.scrub-${name}`)
  const choice = part("run")
  const play = part("play")
  const slider = part("stop")
  const moment = root.querySelectorAll(".scrub-moment span span")
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  let run
  let k = 0
  let playing
  let resting
  let painting
  let color

  const add = (parent, tag, name = "", text = "") => {
    const element = parent.appendChild(document.createElement(tag))
    if (name) element.className = name
    element.textContent = text
    return element
  }
  const share = (value, [low, high]) => 100 * (value - low) / (high - low)
  const across = (x, range) => [share(x[0], range), 100 - share(x[1], range)]
  const put = (element, [left, top]) => {
    element.style.left = `${left}%`
    element.style.top = `${top}%`
  }
  const trace = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`).join("")
  const draw = (box, name, path) => box.querySelector(`.scrub-${name}`).setAttribute("d", path)
  const minus = (value, digits) => value.toFixed(digits).replace(/^-/, "−")

  // A square that is shaded and lined, with a mark and a label for each row.
  const square = (name, range) => {
    const box = part(name)
    const marks = X.map((_, n) => [
      add(box, "span", `scrub-mark scrub-target-${y[n][0]}`),
      add(box, "span", "scrub-label"),
    ])
    for (const tick of [0, 1]) {
      put(add(box, "span", "scrub-tick scrub-tick-x", tick), [share(tick, range), 100])
      put(add(box, "span", "scrub-tick scrub-tick-y", tick), [0, 100 - share(tick, range)])
    }
    const context = box.querySelector("canvas").getContext("2d")
    return { box, range, marks, context, points: grid(SIDE, ...range) }
  }
  const plane = square("plane", PLANE)
  const space = square("space", SPACE)
  draw(space.box, "unit", trace([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map((a) => across(a, SPACE))))
  const badges = ["1", "2"].map((text) => add(plane.box, "span", "scrub-badge", text))

  const shade = ({ context }, values) => {
    const image = context.createImageData(SIDE, SIDE)
    values.forEach((value, n) => image.data.set([...color, 140 * value], 4 * n))
    context.putImageData(image, 0, 0)
  }
  const markRows = ({ marks, range }, rows, texts) => rows.forEach((row, n) => {
    marks[n].forEach((element) => put(element, across(row, range)))
    marks[n][1].textContent = texts[n]
  })

  const paintPlane = (theta) => {
    const values = forward(plane.points, theta).yHat
    shade(plane, values)
    const pieces = contour(values, SIDE).map((piece) => piece.map((place) => place * 100 / (SIDE - 1)))
    draw(plane.box, "boundary", pieces.map(([a, b, c, d]) => trace([[a, b], [c, d]])).join(""))
    badges.forEach((badge, h) => {
      const ends = line(theta.W1.map((row) => row[h]), theta.b1[h], ...PLANE).map((x) => across(x, PLANE))
      draw(plane.box, `neuron-${h + 1}`, trace(ends))
      badge.hidden = !ends.length
      if (ends.length) put(badge, badgePlace([ends[h], ends[1 - h]], plane.box.clientWidth))
    })
    // An answer stands below its row, or above where the boundary would run through it.
    const unit = 100 / plane.box.clientWidth
    plane.marks.forEach(([, label], n) => {
      const [x, y] = across(X[n], PLANE)
      const crossed = (down) => pieces.some(([a, b]) =>
        Math.abs(a - x) < 15 * unit && Math.abs(b - y - down * unit) < 8 * unit)
      label.classList.toggle("scrub-above", crossed(14) && !crossed(-14))
    })
  }

  const paintSpace = (theta) => {
    shade(space, layer(space.points, theta.W2, theta.b2).map(([answer]) => answer))
    const ends = line(theta.W2.map(([w]) => w), theta.b2[0], ...SPACE).map((a) => across(a, SPACE))
    draw(space.box, "boundary", trace(ends))
  }

  // However fast the slider moves, at most once a frame.
  const paint = () => {
    const theta = at(run, k)
    painting = undefined
    color ??= getComputedStyle(plane.context.canvas).color.match(/[\d.]+/g).slice(0, 3).map(Number)
    paintPlane(theta)
    paintSpace(theta)
  }

  const curve = part("loss")
  const curveMark = curve.querySelector(".scrub-here")
  const GUIDES = [[1 / 4, "¼: one half to every row"], [1 / 6, "⅙: one answer to three rows"]]
  draw(curve, "guides", GUIDES.map(([value]) => `M0 ${100 - share(value, LOSSES)}H100`).join(""))
  GUIDES.forEach(([value, text]) => put(add(curve, "span", "scrub-guide", text), [100, 100 - share(value, LOSSES)]))
  for (const step of [0, 1000, 2000, 3000]) put(add(curve, "span", "scrub-step", format(step)), [share(step, STEPS), 100])
  const lossAt = (run, k) => [share(run.step[k], STEPS), 100 - share(run.loss[k], LOSSES)]
  const showCurves = () => {
    draw(curve, "now", trace(run.step.map((_, k) => lossAt(run, k))))
    const other = Object.values(runs).find((one) => one !== run)
    draw(curve, "other", trace(other.step.map((_, k) => lossAt(other, k))))
    cells.forEach((cell) => {
      const values = run.step.map((_, k) => cell.value(at(run, k)))
      cell.range = [Math.min(0, ...values), Math.max(0, ...values)]
      const height = (value) => 100 - share(value, cell.range)
      draw(cell.box, "zero", `M0 ${height(0)}H100`)
      draw(cell.box, "now", trace(values.map((value, k) => [share(run.step[k], STEPS), height(value)])))
    })
  }

  const cells = PARAMETERS.flatMap((column, c) => column.map(([name, value], r) => {
    const cell = add(part("weights"), "div", "scrub-cell")
    cell.style.gridArea = `${r + 2} / ${c + 1}`
    add(cell, "code", "", name)
    const number = add(cell, "span", "scrub-value")
    const box = add(cell, "div", "scrub-spark")
    box.innerHTML = '<svg viewBox="0 0 100 100" preserveAspectRatio="none"><path class="scrub-zero"/><path class="scrub-now"/></svg>'
    return { name, value, number, box, here: add(box, "span", "scrub-here") }
  }))

  const table = (caption, head, rows) => {
    const element = add(part("tables"), "table", "widget-table")
    add(element, "caption", "", caption)
    const titles = add(add(element, "thead"), "tr")
    head.forEach((title) => add(titles, "th", "", title).scope = "col")
    const body = add(element, "tbody")
    return rows.map((cellsOfRow) => {
      const row = add(body, "tr")
      return cellsOfRow.map((text) => add(row, "td", "", text))
    })
  }
  const rowCells = table("Rows", ["Inputs", "Target", "Neuron 1", "Neuron 2", "Answer"],
    X.map((row, n) => [`(${row.join(", ")})`, String(y[n][0]), "", "", ""]))
  const nameCells = table("Parameters", ["Parameter", "Value"], cells.map(({ name }) => [name, ""]))

  const describe = (A1, yHat) => {
    const [first, second] = parting(A1)
    const right = yHat.filter((answer, n) => answer > 0.5 === y[n][0] > 0.5).length
    const who = first && second ? "Both neurons part" : first ? "Neuron 1 alone parts" : second ? "Neuron 2 alone parts" : "Neither neuron parts"
    return `${who} the rows. ${right} of ${y.length} answers are on the right side of one half.`
  }

  let address = location.search
  const settle = (how = "replaceState") => {
    const asked = new URLSearchParams(address)
    asked.set("run", choice.value)
    asked.set("step", run.step[k])
    try {
      history[how](null, "", `?${asked}${location.hash}`)
    } catch {
      // Some browsers keep the address of a file as it is.
    }
    address = location.search
    tell()
  }
  const tell = () => {
    part("said").textContent = `${slider.getAttribute("aria-valuetext")}. ${part("words").textContent}`
  }

  const nameSpots = () => {
    const { A1 } = forward(X, at(run, k))
    const scale = space.box.clientWidth / (SPACE[1] - SPACE[0])
    markRows(space, A1, X.map(() => ""))
    const { W2, b2 } = at(run, k)
    for (const [rows, n, shift] of naming(A1, scale, W2.map(([w]) => w), b2[0])) {
      const label = space.marks[n][1]
      label.textContent = rows.map((m) => X[m].join()).join(" · ")
      label.style.transform = `translate(${shift})`
    }
  }

  const show = (fault = "") => {
    const theta = at(run, k)
    const { A1, yHat } = forward(X, theta)
    const now = [format(theta.step), loss(X, y, theta).toFixed(4)]
    slider.value = k
    slider.setAttribute("aria-valuetext", `Step ${now[0]}, loss ${now[1]}`)
    moment.forEach((element, i) => { element.textContent = now[i] })
    part("words").textContent = fault || describe(A1, yHat)
    markRows(plane, X, yHat.map((answer) => answer.toFixed(2)))
    nameSpots()
    painting ??= requestAnimationFrame(paint)
    put(curveMark, lossAt(run, k))
    cells.forEach(({ value, range, number, here }, n) => {
      number.textContent = minus(value(theta), 2)
      nameCells[n][1].textContent = minus(value(theta), 4)
      put(here, [share(theta.step, STEPS), 100 - share(value(theta), range)])
    })
    rowCells.forEach((row, n) => [...A1[n], yHat[n]].forEach((value, i) => { row[i + 2].textContent = value.toFixed(3) }))
  }

  const go = (stop) => {
    k = Math.min(run.step.length - 1, Math.max(0, stop))
    show()
    clearTimeout(resting)
    resting = setTimeout(settle, 300)
  }

  const choose = (name) => {
    choice.value = name
    run = runs[name]
    slider.max = run.step.length - 1
    showCurves()
  }

  const pause = () => {
    clearInterval(playing)
    playing = undefined
    play.textContent = "Play"
  }
  // Who asked for less motion gets still pictures, one a second.
  const start = () => {
    const [stride, wait] = still.matches ? [8, 1000] : [1, 90]
    if (k === run.step.length - 1) go(0)
    play.textContent = "Pause"
    playing = setInterval(() => {
      go(k + stride)
      if (k === run.step.length - 1) pause()
    }, wait)
  }

  play.addEventListener("click", () => (playing ? pause() : start()))
  document.addEventListener("visibilitychange", () => document.hidden && pause())
  slider.addEventListener("input", () => {
    pause()
    go(Number(slider.value))
  })
  choice.addEventListener("change", () => {
    const { step } = at(run, k)
    pause()
    choose(choice.value)
    go(nearest(run.step, step))
  })

  const point = (event) => {
    const { left, width } = curve.getBoundingClientRect()
    pause()
    go(nearest(run.step, STEPS[1] * (event.clientX - left) / width))
  }
  // A finger may want to scroll: it counts when it has moved sideways, or is lifted where it was put.
  let touched
  curve.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return
    curve.setPointerCapture(event.pointerId)
    if (event.pointerType === "touch") touched = event
    else point(event)
  })
  curve.addEventListener("pointermove", (event) => {
    if (!curve.hasPointerCapture(event.pointerId)) return
    const sideways = Math.abs(event.clientX - touched?.clientX)
    if (touched && (sideways < 6 || sideways < Math.abs(event.clientY - touched.clientY))) return
    touched = undefined
    point(event)
  })
  curve.addEventListener("pointerup", (event) => {
    if (touched) point(event)
    touched = undefined
  })
  curve.addEventListener("pointercancel", () => { touched = undefined })

  const obey = (search) => {
    const { name, k: stop, fault } = read(search, runs)
    choose(name)
    k = stop
    show(fault)
  }
  document.querySelectorAll('a[href^="?run="]').forEach((link) => link.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    pause()
    obey(link.search)
    history.replaceState({ followed: link.getAttribute("href") }, "")
    settle("pushState")
    root.scrollIntoView({ block: "start" })
    slider.focus({ preventScroll: true })
  }))

  const recolor = () => {
    color = undefined
    painting ??= requestAnimationFrame(paint)
  }
  new MutationObserver(recolor).observe(document.body, { attributeFilter: ["data-md-color-scheme"] })
  new ResizeObserver(() => {
    nameSpots()
    painting ??= requestAnimationFrame(paint)
  }).observe(space.box)
  // Back from a link: to it, and to what was shown before.
  addEventListener("popstate", ({ state }) => {
    if (state?.followed) {
      document.querySelector(`a[href="${CSS.escape(state.followed)}"]`)?.focus({ preventScroll: true })
      history.replaceState(null, "")
    }
    if (location.search === address) return
    address = location.search
    pause()
    obey(address)
    tell()
  })
  obey(address)
  for (const control of root.querySelectorAll("[disabled]")) control.disabled = false
}
