"""What of the fitted weights is kept, and how it is written."""

from collections import defaultdict

import numpy as np

import heads

MOST_ROWS = 39_000
# Of pairs; the votes on the language and the head of the file come on top, and 2 MB is the most.
MOST_BYTES = 1_800_000

# Whose pairs are kept first when room is short: what every post is read for goes before details, and what few decide by
# goes last. Three times as much for complaints as at first keeps .004 AUC on brands that pruning took, and costs others nothing.
FIRST = {
    "negative": 32.0, "positive": 32.0, "complaint": 60.0, "escalation": 2.0, "repeat": 3.0, "severity.disapproval": 10.0,
    "severity.accusation": 10.0, "severity.blame": 10.0, "threat": 0.6, "intent.complaint": 0.5, "intent.question": 0.5,
    "intent.praise": 0.5, "abuse": 0.3, "irony": 0.2, "arousal": 0.2,
}


# Heads as the files write them, so that the room goes further (src/lexicon/entry.rs reads both names).
SHORT = {
    "negative": "neg", "positive": "pos", "complaint": "cpl", "intent.complaint": "is.cpl",
    "intent.question": "is.question", "intent.praise": "is.praise", "intent.suggestion": "is.suggestion",
    "intent.other": "is.other", "severity.disapproval": "sev1", "severity.accusation": "sev2",
    "severity.blame": "sev3", "reason.delivery": "why.delivery", "reason.waiting": "why.waiting",
    "reason.unreachable": "why.unreach", "reason.billing": "why.billing", "reason.refund": "why.refund",
    "reason.product": "why.product", "reason.outage": "why.outage", "reason.app_account": "why.account",
    "reason.staff": "why.staff", "reason.contract": "why.contract", "reason.travel_disruption": "why.travel",
    "reason.safety_privacy": "why.safety", "reason.communication": "why.comm", "reason.other": "why.other",
    "request.answer": "ask.answer", "request.fix": "ask.fix", "request.refund": "ask.refund",
    "request.compensation": "ask.comp", "request.replacement": "ask.replace", "request.cancel": "ask.cancel",
    "request.explanation": "ask.explain", "request.contact": "ask.contact", "repeat": "rep", "threat": "thr",
    "escalation": "esc", "language": "lang",
}


def rounded(head, weight):
    """Two decimals where every post is scored (what is kept first), one for details: the room goes further."""
    return round(weight, 2 if FIRST.get(head, 1.0) > 1.0 else 1)


def pair(head, weight):
    """A pair as it is written: no zero before the point."""
    number = f"{weight:g}"
    return f"{SHORT.get(head, head)}={number.replace('0.', '.', 1) if abs(weight) < 1 else number}"


def prune(tongue):
    """Keeps the pairs that move their head most, within the limits of rows and bytes."""
    index = {name: at for at, name in enumerate(tongue.names)}
    pairs = []
    for name, by_head in tongue.weights.items():
        for head, weight in by_head.items():
            share = tongue.squares[head][index[name]] if name in index and head in tongue.squares else 1.0
            dense = name.startswith(heads.DENSE)
            moves = weight * weight * share / tongue.spread.get(head, 1.0) ** 2 * FIRST.get(head, 1.0)
            importance = np.inf if dense and abs(weight) >= 0.02 else moves
            pairs.append((importance, name, head, rounded(head, weight)))
    pairs.sort(key=lambda p: (-p[0], p[1], p[2]))
    kept, size, rows = defaultdict(dict), 0, 0
    for importance, name, head, weight in pairs:
        if weight == 0:
            continue
        forms = tongue.rows_of(name)
        cost = len(forms) * (len(pair(head, weight)) + 1)
        if name not in kept:
            cost += sum(len(form.encode()) + 8 for form in forms)
        if size + cost > MOST_BYTES or (name not in kept and rows + len(forms) > MOST_ROWS):
            continue
        rows += 0 if name in kept else len(forms)
        kept[name][head] = weight
        size += cost
    tongue.weights = {form: by_head for name, by_head in kept.items() for form in tongue.rows_of(name)}
    print(f"  {tongue.language}: {len(pairs)} pairs, {sum(map(len, kept.values()))} kept in {rows} rows")


def write(tongue, language_votes, checksum, root):
    index = {name: at for at, name in enumerate(tongue.names)}
    rows = {name: dict(by_head) for name, by_head in tongue.weights.items()}
    room = MOST_ROWS - len(rows)
    for name, vote in language_votes:
        if name not in rows:
            room -= 1
            if room < 0:
                break
        rows.setdefault(name, {})["language"] = vote
    rows["base"] = {head: round(base, 2) for head, base in tongue.base.items()}
    path = root / f"lexicons/{tongue.language}/weights.tsv"
    with path.open("w", encoding="utf-8") as out:
        out.write("# The learned lexicon: what each word, pair of words, cue or shape adds to each head, in log-odds.\n"
                  "# Fitted by lexicons/fit/fit.py; do not edit: change the fit, or lay an overlay over it.\n"
                  f"# inputs {checksum}\nterm\tweights\tsupport\n")
        for name in sorted(rows):
            # A full name is one word to the reader, and no row.
            if name.count(" ") > 1:
                continue
            pairs = " ".join(pair(head, weight) for head, weight in sorted(rows[name].items()) if weight)
            count = int(tongue.support[index[name]]) if name in index else 0
            if pairs:
                out.write(f"{name}\t{pairs}\t{count}\n")
    path = root / f"lexicons/{tongue.language}/calibration.tsv"
    with path.open("w", encoding="utf-8") as out:
        out.write("# How raw values become probabilities (Platt: slope, offset), and from which probability a head says yes.\n"
                  f"# Fitted by lexicons/fit/fit.py; do not edit.\n# inputs {checksum}\nhead\tslope\toffset\tthreshold\n")
        for head, (slope, offset, threshold) in sorted(tongue.calibration.items()):
            out.write(f"{head}\t{slope:.4f}\t{offset:.4f}\t{threshold:.3f}\n")
