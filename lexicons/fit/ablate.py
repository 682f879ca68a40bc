#!/usr/bin/env python3
"""What each family of features is worth: prints the table of lexicons/README.md.

    DOLEANCE_DATA=folder python3 lexicons/fit/ablate.py

Sentiment (macro F1) and complaint (AUC) on the dev files, fitted as fit.py does, each family left out or alone. Nothing
is written but to the terminal.
"""

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import fit
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


FILES = {
    "sentiment": ["sentiment/airline_en", "sentiment/semeval_en", "sentiment/umsab_en", "care/posts_en",
                  "sentiment/umsab_fr", "sentiment/politics_fr", "care/posts_fr"],
    "complaint": ["complaint/brands_en", "care/posts_en", "care/posts_fr"],
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
    """The dev figures of a head fitted by fit.py on the features that `keep` wants."""
    whole = tongue.x
    wanted = np.array([keep(name) for name in tongue.names], np.float32)
    tongue.x = whole.multiply(wanted[None, :]).tocsr()
    tongue.x.eliminate_zeros()
    try:
        y, fitted = (fit.sentiment_head if head == "sentiment" else fit.complaint_head)(tongue)
        raw = fitted.raw(tongue.x)
    finally:
        tongue.x = whole
    out = {}
    for name in FILES[head]:
        at = ~tongue.train & (tongue.file == name) & (y >= 0)
        if at.any():
            score = (f1_score(y[at], raw[at].argmax(1), average="macro") if head == "sentiment"
                     else roc_auc_score(y[at], raw[at, 0]))
            out[f"{head} {name.split('/')[1]}"] = score
    return out


def main():
    data = os.environ.get("DOLEANCE_DATA")
    if not data:
        sys.exit("set DOLEANCE_DATA to the folder of labelled posts")
    rows = posts.read(data, ["fr", "en"])
    x, names = fit.features(rows)
    header = None
    for family, keep in {**FAMILIES, "forms of a word not tied": FAMILIES["all"]}.items():
        tied = family != "forms of a word not tied"
        tongues = [fit.Tongue(language, rows, x, names, tied) for language in ("fr", "en")]
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
