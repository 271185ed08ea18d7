// Rates pages with Lighthouse's mobile profile: addresses, runs and the browser's flags on stdin,
// one report a line on stdout.

import { text } from "node:stream/consumers"

import { launch } from "chrome-launcher"
import lighthouse from "lighthouse"

const { addresses, runs, flags } = JSON.parse(await text(process.stdin))
const options = {
  onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
  disableFullPageScreenshot: true,
  logLevel: "silent",
}

for (const address of addresses.flatMap((each) => Array(runs).fill(each))) {
  const chrome = await launch({ chromeFlags: flags, logLevel: "silent" })
  try {
    const { lhr } = await lighthouse(address, { ...options, port: chrome.port })
    process.stdout.write(JSON.stringify(lhr) + "\n")
  } finally {
    chrome.kill()
  }
}
