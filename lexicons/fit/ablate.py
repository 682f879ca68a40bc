#!/usr/bin/env python3
"""What each family of features is worth: prints the table of lexicons/README.md.

    DOLEANCE_DATA=folder python3 lexicons/fit/ablate.py

Sentiment (macro F1) and complaint (AUC) on the dev files, with the same data, weighting and strength as fit.py, each
family left out or alone. Nothing is written.
"""

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import fit
import heads
import posts

from sklearn.metrics import f1_score, roc_auc_score

FAMILIES = {
    "all": lambda n: True,
    "without pairs of words": lambda n: kind(n) != "pair",
    "without negated words": lambda n: kind(n) != "negated",
    "without cues": lambda n: kind(n) != "cue",
    "without valence": lambda n: kind(n) != "valence",
    "without shape": lambda n: kind(n) != "shape",
    "words alone": lambda n: kind(n) in ("word", "pair", "negated"),
    "valence, cues and shape alone": lambda n: kind(n) in ("valence", "cue", "shape"),
    "valence alone": lambda n: kind(n) == "valence",
}


def kind(name):
    if name.startswith(("cue:", "cue2:")):
        return "cue"
    if name.startswith("lex:") or name.startswith(("shape:valence", "shape:short")):
        return "valence"
    if name.startswith("shape:"):
        return "shape"
    if name.startswith("not:"):
        return "negated"
    return "pair" if " " in name else "word"


def measure(tongue, keep, head):
    wanted = np.array([keep(n) for n in tongue.names])
    x = tongue.x.multiply(wanted[None, :]).tocsr()
    out = {}
    if head == "sentiment":
        y = np.array([-1 if (s := posts.sentiment(r)) is None else posts.SENTIMENTS.index(s) for r in tongue.rows])
        weight = heads.balanced(y, tongue.weigh(head, y), 0.7, tongue.file)
        fitted = heads.fit(x, tongue.names, y, weight, strength=0.1, without=fit.DECIDING)
        said = fitted.raw(x).argmax(1)
        score = lambda at: f1_score(y[at], said[at], average="macro")
        files = ["sentiment/airline_en", "sentiment/semeval_en", "sentiment/umsab_en", "sentiment/umsab_fr",
                 "sentiment/politics_fr", "care/posts_fr"]
    else:
        y = tongue.labels(posts.complaint)
        weight = heads.balanced(y, tongue.weigh(head, y), 0.5, tongue.file)
        fitted = heads.fit(x, tongue.names, (y == 1).astype(int), weight, strength=0.1, without=fit.DECIDING)
        raw = fitted.raw(x)[:, 0]
        score = lambda at: roc_auc_score(y[at], raw[at])
        files = ["complaint/brands_en", "care/posts_en", "care/posts_fr"]
    for name in files:
        at = ~tongue.train & (tongue.file == name) & (y >= 0)
        if at.any():
            out[f"{head} {name.split('/')[1]}"] = score(at)
    return out


def main():
    data = os.environ.get("DOLEANCE_DATA")
    if not data:
        sys.exit("set DOLEANCE_DATA to the folder of labelled posts")
    rows = posts.read(data, ["fr", "en"])
    x, names = fit.features(rows)
    tongues = [fit.Tongue(language, rows, x, names) for language in ("fr", "en")]
    header = None
    for family, keep in FAMILIES.items():
        cells = {}
        for tongue in tongues:
            for head in ("sentiment", "complaint"):
                cells.update(measure(tongue, keep, head))
        if header is None:
            header = list(cells)
            print("| features | " + " | ".join(header) + " |\n|---" * 1 + "|---" * len(header) + "|")
        print(f"| {family} | " + " | ".join(f"{cells[c]:.3f}"[1:] for c in header) + " |", flush=True)


if __name__ == "__main__":
    main()
