# SPDX-License-Identifier: BSD-3-Clause
# Reads an MSTest result file (trx) and prints a line a test, tab-separated: passed, failed or skipped; name; its message on one line.
# What is neither passed nor not executed has failed. A file whose totals do not match its results is a failed test by itself.

BEGIN { RS = "<"; OFS = "\t" }

function attribute(name,    found) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    found = substr($0, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", found)
    sub(/"$/, "", found)
    return found
}

function plain(text) {
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
    gsub(/&#x[0-9A-Fa-f]+;|[\t\r]/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
}

function finish() {
    if (name == "") return
    if (kind == "skipped" && message == "") { kind = "failed"; message = "skipped without a reason" }
    print kind, plain(name), plain(message)
    name = ""
    results++
}

/^UnitTestResult / {
    finish()
    name = attribute("testName")
    outcome = attribute("outcome")
    kind = outcome == "Passed" ? "passed" : outcome == "NotExecuted" || outcome == "Inconclusive" ? "skipped" : "failed"
    message = kind == "failed" ? outcome : ""
}

/^Message>/ && name != "" {
    message = substr($0, 9)
    sub(/^[ \n]+/, "", message)
    sub(/^Assert\.Inconclusive\. |^Class Initialization method .* threw exception\. [A-Za-z.]*: (Assert\.Inconclusive\. )?/, "", message)
    gsub(/[ \n]+/, " ", message)
    sub(/ $/, "", message)
    if (length(message) > 300) message = substr(message, 1, 300) " [...]"
}

/^\/Results>/ { finish() }

/^Counters / { total = attribute("total"); summed = 1 }

END {
    finish()
    if (!summed) print "failed", "result file", "it is cut off: the run ended before it was written"
    else if (total != results) print "failed", "result file", "it says " total " tests and holds " results
}
