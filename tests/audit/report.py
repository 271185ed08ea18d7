"""What Lighthouse says of a page in several runs, as one row of a table and a list of faults."""

from collections import namedtuple
from statistics import median

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIMIT_KIB, LIMIT_TASK_MS = 120, 50
HEAD = (
    "| page | performance | accessibility | best practices | SEO | KiB | requests "
    "| layout shift | blocking, ms | longest task, ms |"
)

Row = namedtuple("Row", "page scores kib requests shift blocking task faults")
"""A page: its four scores, its first load, how it moves and blocks, and what is wrong with it."""


def row(page, reports):
    """The medians of the reports of a page, and what keeps it from passing."""
    if broken := [report for report in reports if report.get("runtimeError")]:
        words = broken[0]["runtimeError"]["message"]
        return Row(page, (0,) * len(CATEGORIES), 0, 0, 0, 0, 0, [f"cannot be rated: {words}"])
    scores = tuple(
        round(100 * median(report["categories"][name]["score"] or 0 for report in reports))
        for name in CATEGORIES
    )
    loads = [_requests(report) for report in reports]
    found = Row(
        page,
        scores,
        kib=median(sum(each["transferSize"] for each in load) for load in loads) / 1024,
        requests=round(median(map(len, loads))),
        shift=round(median(_number(report, "cumulative-layout-shift") for report in reports), 4),
        blocking=median(_number(report, "total-blocking-time") for report in reports),
        task=median(_longest(report) for report in reports),
        faults=[],
    )
    return found._replace(faults=[*_beyond(found), *_failed(found, reports)])


def table(rows):
    """The rows as a Markdown table."""
    lines = [HEAD, "|---|" + "---:|" * (HEAD.count("|") - 2)]
    for each in rows:
        cells = [
            each.page,
            *each.scores,
            f"{each.kib:.0f}",
            each.requests,
            each.shift or 0,
            f"{each.blocking:.0f}",
            f"{each.task:.0f}",
        ]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def faults(rows):
    """What is wrong, a line each below the name of its page; nothing if all is well."""
    return "\n".join(
        "\n".join([each.page, *(f"  - {fault}" for fault in each.faults)])
        for each in rows
        if each.faults
    )


def _requests(report):
    """What went over the network: not the pictures and fonts inside a stylesheet."""
    items = report["audits"]["network-requests"]["details"]["items"]
    return [item for item in items if item["url"].startswith("http")]


def _number(report, audit):
    return report["audits"][audit].get("numericValue", 0)


def _longest(report):
    details = report["audits"]["long-tasks"].get("details") or {"items": []}
    return max((item["duration"] for item in details["items"]), default=0)


def _beyond(found):
    """The limits of our own that a page exceeds."""
    if found.kib > LIMIT_KIB:
        yield f"{found.kib:.0f} KiB at first load, more than {LIMIT_KIB}"
    if found.shift > 0:
        yield f"the page moves while it loads: layout shift {found.shift}"
    if found.task > LIMIT_TASK_MS:
        yield f"a task of {found.task:.0f} ms, longer than {LIMIT_TASK_MS}"


def _failed(found, reports):
    """The audits, in Lighthouse's own words, that keep a score of the page under 100."""
    for name, score in zip(CATEGORIES, found.scores):
        if score == 100:
            continue
        yield f"{name}: {score}, not 100"
        for reference in reports[0]["categories"][name]["auditRefs"]:
            audits = [report["audits"][reference["id"]] for report in reports]
            values = [audit["score"] for audit in audits if audit["score"] is not None]
            counts = reference["weight"] > 0 or reference.get("group") == "insights"
            if counts and values and median(values) < 1:
                yield f"{name}: {_words(min(audits, key=_score))}"


def _score(audit):
    return 1 if audit["score"] is None else audit["score"]


def _words(audit):
    """The title of an audit, its value, and the first places that it names."""
    said = [audit["title"], audit.get("displayValue", ""), audit.get("explanation", "")]
    places = [
        item["node"].get("snippet") or item["node"].get("selector", "")
        for item in (audit.get("details") or {}).get("items", [])
        if isinstance(item.get("node"), dict)
    ]
    more = [f"and {len(places) - 3} more"] * (len(places) > 3)
    words = ": ".join(filter(None, said)) + "".join(f"; {place}" for place in places[:3] + more)
    return words.replace("\N{NO-BREAK SPACE}", " ")
