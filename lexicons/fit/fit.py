#!/usr/bin/env python3
"""Fits the learned lexicon: lexicons/{fr,en}/weights.tsv and calibration.tsv.

    pip install -r lexicons/fit/requirements.txt
    DOLEANCE_DATA=folder python3 lexicons/fit/fit.py

Features come from the crate itself (examples/features.rs), so that what is fitted is what is served. The same inputs
give the same files, whose headers carry the checksum of what they were made from.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).parent))
import heads
import posts
import proper
import tongues

ROOT = Path(__file__).resolve().parents[2]
MOST_ROWS = 39_000
# Of pairs; the votes on the language and the head of the file come on top, and 2 MB is the most.
MOST_BYTES = 1_700_000
DECIDING = ("shape:handle", "shape:hashtag", "shape:tokens", "shape:retweet")


def features(rows):
    """The features of all rows as one sparse matrix, and their names."""
    subprocess.run(["cargo", "build", "-q", "--release", "--example", "features"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    paths = list(dict.fromkeys(row["path"] for row in rows))
    vocabulary, data, columns, ends = {}, [], [], [0]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "features.tsv"
        subprocess.run([target / "release/examples/features", out, *paths], check=True)
        with out.open(encoding="utf-8") as lines:
            for line in lines:
                row = {}
                for pair in line.rstrip("\n").split("\t")[2:]:
                    name, value = pair.rsplit("=", 1)
                    at = vocabulary.setdefault(name, len(vocabulary))
                    row[at] = row.get(at, 0.0) + float(value)
                columns.extend(row.keys())
                data.extend(row.values())
                ends.append(len(columns))
    x = sp.csr_matrix((np.array(data, np.float32), np.array(columns, np.int32), np.array(ends)),
                      shape=(len(ends) - 1, len(vocabulary)))
    return x, np.array(list(vocabulary), dtype=object)


class Tongue:
    """The rows of one language with their features."""

    def __init__(self, language, rows, x, names):
        self.language = language
        at = [i for i, row in enumerate(rows) if row.get("language") == language]
        self.rows = [rows[i] for i in at]
        self.x = x[at]
        self.train = np.array([row["part"] == "train" for row in self.rows])
        self.file = np.array([row["file"] for row in self.rows])
        banned = proper.banned(language, self.rows, ROOT)
        words = [proper.words_of(n) for n in names]
        self.usable = np.array([not any(w in banned for w in ws) and not proper.gendered(n) for ws, n in zip(words, names)])
        self.x = self.x.multiply(self.usable[None, :]).tocsr()
        self.names = names
        self.weights = defaultdict(dict)  # feature -> head -> weight
        self.base = {}
        self.spread = {}
        self.calibration = {}

    def labels(self, function):
        return np.array([-1 if (v := function(row)) is None else v for row in self.rows])

    def weigh(self, head, y):
        weight = np.array([posts.weight(head, row) for row in self.rows], float)
        return weight * self.train * (y >= 0)

    def keep(self, head, weights, base, raw_spread):
        """Takes the weights of a head by feature index."""
        self.base[head] = float(base)
        self.spread[head] = float(raw_spread) or 1.0
        for at, weight in weights:
            if weight:
                self.weights[self.names[at]][head] = float(weight)


def take(tongue, fitted, names):
    """Keeps each row of a fitted head under its name."""
    used = tongue.train
    for k, head in enumerate(names):
        raw = np.asarray(tongue.x[used][:, fitted.columns] @ fitted.weights[k]).ravel()
        tongue.keep(head, zip(fitted.columns, fitted.weights[k]), fitted.bases[k], raw.std())


def fit_sentiment(tongue):
    y = np.array([-1 if (s := posts.sentiment(row)) is None else posts.SENTIMENTS.index(s) for row in tongue.rows])
    weight = heads.balanced(y, tongue.weigh("sentiment", y), {"fr": 0.3, "en": 0.5}[tongue.language], tongue.file)
    # English has five times the posts, and carries over to other kinds when it holds back more.
    strength = {"fr": 0.1, "en": 0.04}[tongue.language]
    fitted = heads.fit(tongue.x, tongue.names, y, weight, strength=strength, words=4.0,
                       without=DECIDING + ("shape:url", "shape:number", "shape:quote", "shape:sentences"))
    # Shares are relative: neutral is where the others are measured from, and needs no weights.
    fitted.weights = fitted.weights - fitted.weights[1:2]
    fitted.bases = fitted.bases - fitted.bases[1]
    take(tongue, fitted, posts.SENTIMENTS)


def fit_complaint(tongue):
    y = tongue.labels(posts.complaint)
    weight = heads.balanced(y, tongue.weigh("complaint", y), 0.5, tongue.file)
    fitted = heads.fit(tongue.x, tongue.names, (y == 1).astype(int), weight, strength=0.05, words=6.0, without=DECIDING)
    take(tongue, fitted, ["complaint"])
    # Calibrated where the classes stand as they come to a care team.
    raw = fitted.raw(tongue.x)[:, 0]
    near = np.isin(tongue.file, ["complaint/brands_en", "care/posts_en", "care/posts_fr"]) & (y >= 0)
    honest = near & ~tongue.train
    slope, offset = heads.platt(raw[honest], y[honest])
    tongue.calibration["complaint"] = (slope, offset, 0.5)


class Joint:
    """Both languages in one matrix: cues and shapes shared, words apart. Small sets gain by it."""

    def __init__(self, tongues):
        self.tongues = tongues
        names = tongues[0].names
        self.dense = np.where(heads.is_dense(names))[0]
        self.words = [np.where(np.diff(sp.csc_matrix(t.x[t.train & self.is_small(t)]).indptr) >= 3)[0] for t in tongues]
        self.words = [w[~heads.is_dense(names[w])] for w in self.words]
        self.names = np.concatenate([names[self.dense], *[names[w] for w in self.words]])
        self.rows = [row for t in tongues for row in t.rows]
        self.train = np.concatenate([t.train for t in tongues])
        self.file = np.concatenate([t.file for t in tongues])
        blocks = []
        for i, t in enumerate(tongues):
            parts = [t.x[:, self.dense]]
            for j, w in enumerate(self.words):
                parts.append(t.x[:, w] if i == j else sp.csr_matrix((t.x.shape[0], len(w)), dtype=np.float32))
            blocks.append(sp.hstack(parts).tocsr())
        self.x = sp.vstack(blocks).tocsr()
        side = np.concatenate([np.full(t.x.shape[0], i) for i, t in enumerate(tongues)])
        self.side = side
        self.groups = sp.csr_matrix(np.stack([(side == i) * 2.0 for i in range(len(tongues))], 1))
        files = sorted(set(self.file[self.train]))
        self.collections = sp.csr_matrix(np.stack(
            [((self.file == f) & (side == i)) * 2.0 for f in files for i in range(len(tongues))], 1))

    @staticmethod
    def is_small(tongue):
        small = ("care/", "severity/", "threats/", "reasons/", "signals/irony")
        return np.array([f.startswith(small) for f in tongue.file])

    def labels(self, function):
        return np.array([-1 if (v := function(row)) is None else v for row in self.rows])

    def fit(self, names, y, weight, *, strength=0.1, target=None, calibrate=True, **options):
        """Fits heads `names` (classes of `y`, or one for 0/1), gives cross-validated raw values of the rows fitted."""
        used = np.where(weight > 0)[0]
        options.setdefault("without", DECIDING)
        options.setdefault("groups", self.groups)
        fitted = heads.fit(self.x, self.names, y, weight, strength=strength, **options)
        if len(names) > 1:
            # Shares are relative: the last is where the others are measured from.
            fitted.weights = fitted.weights - fitted.weights[-1:]
            fitted.bases = fitted.bases - fitted.bases[-1]
        honest = np.zeros((len(y), len(names)))
        part = heads.folds(len(used), 4, 7)
        for k in range(4):
            inside = np.zeros(len(y))
            inside[used[part != k]] = weight[used[part != k]]
            fold = heads.fit(self.x, self.names, y, inside, strength=strength, **options)
            held = used[part == k]
            honest[held] = fold.raw(self.x[held])
        self.take(fitted, names)
        if calibrate and len(names) == 1:
            near = used if target is None else used[target(self, used)]
            for i, tongue in enumerate(self.tongues):
                mine = near[self.side[near] == i]
                if (y[mine] == 1).sum() < 15 or (y[mine] == 0).sum() < 15:
                    # Too few to calibrate on alone.
                    mine = near
                slope, offset = heads.platt(honest[mine, 0], y[mine])
                chance = 1 / (1 + np.exp(-(slope * honest[mine, 0] + offset)))
                threshold = heads.best_threshold(chance, y[mine])
                tongue.calibration[names[0]] = (slope, offset, threshold)
                said = chance >= threshold
                f1 = 2 * (said & (y[mine] == 1)).sum() / max(1, said.sum() + (y[mine] == 1).sum())
                print(f"  {names[0]} {tongue.language}: cross-validated F1 {f1:.3f} of {(y[mine] == 1).sum()}")
        return honest

    def take(self, fitted, names):
        edges = np.cumsum([0, len(self.dense), *[len(w) for w in self.words]])
        for i, tongue in enumerate(self.tongues):
            own = [*self.dense, *self.words[i]]
            place = {int(j): k for k, j in enumerate(range(edges[0], edges[1]))}
            place.update({int(j): len(self.dense) + k for k, j in enumerate(range(edges[i + 1], edges[i + 2]))})
            for k, head in enumerate(names):
                pairs = [(own[place[int(c)]], w) for c, w in zip(fitted.columns, fitted.weights[k]) if int(c) in place]
                mine = tongue.train & self.is_small(tongue)
                columns = np.array([p[0] for p in pairs])
                weights = np.array([p[1] for p in pairs])
                raw = np.asarray(tongue.x[mine][:, columns] @ weights).ravel()
                tongue.keep(head, pairs, fitted.bases[k], raw.std())


def care_only(joint, used):
    return np.array([joint.file[i].startswith("care/") for i in used])


def not_finance(joint, used):
    """The Indian banks' collection draws its levels elsewhere; it teaches a little, but does not decide."""
    return np.array([not joint.file[i].startswith("severity/finance") for i in used])


def fit_small(joint):
    weigh = lambda head, y: np.array([posts.weight(head, row) for row in joint.rows]) * joint.train * (y >= 0)

    y = np.array([-1 if (i := posts.intent(row)) is None else posts.INTENTS.index(i) for row in joint.rows])
    # Suggestions have no labels; their head is set by hand below.
    known = [0, 1, 2, 4]
    renamed = np.array([known.index(v) if v in known else -1 for v in y])
    joint.fit(["intent." + posts.INTENTS[k] for k in known], renamed, weigh("intent", renamed), strength=0.15)
    for tongue in joint.tongues:
        tongue.base["intent.suggestion"] = -2.0
        tongue.weights["cue:suggestion"]["intent.suggestion"] = 2.5
        tongue.weights["cue:wish"]["intent.suggestion"] = 0.8
        tongue.weights["cue:agent.self"]["intent.suggestion"] = -0.2

    levels = joint.labels(posts.severity)
    honest = []
    for k, name in enumerate(posts.SEVERITIES[1:], 1):
        y = np.where(levels < 0, -1, (levels >= k).astype(int))
        weight = heads.balanced(y, weigh("severity", y), 0.5, joint.file)
        deciding = not_finance(joint, range(len(y)))
        honest.append(joint.fit([f"severity.{name}"], y, weight, strength=0.05, target=not_finance,
                                groups=joint.collections, level=deciding)[:, 0])
    tune_severity(joint, levels, honest)

    for which, names, function in (
        ("reason", posts.REASONS, posts.reasons), ("request", posts.REQUESTS, posts.requests),
    ):
        given = [function(row) for row in joint.rows]
        gold = np.array([[-1] * len(names) if g is None else [int(name in g) for name in names] for g in given])
        honest = np.zeros(gold.shape)
        for k, name in enumerate(names):
            weight = heads.balanced(gold[:, k], weigh(which, gold[:, k]), 0.3)
            honest[:, k] = joint.fit([f"{which}.{name}"], gold[:, k], weight, strength=0.12)[:, 0]
        tune_lists(joint, [f"{which}.{name}" for name in names], gold, honest)

    y = joint.labels(posts.repeat)
    joint.fit(["repeat"], y, heads.balanced(y, weigh("repeat", y), 0.3), strength=0.12)
    y = joint.labels(posts.threat)
    joint.fit(["threat"], y, heads.balanced(y, weigh("threat", y), 0.3), strength=0.1, target=care_only)
    y = joint.labels(posts.escalation)
    joint.fit(["escalation"], y, heads.balanced(y, weigh("escalation", y), 0.3), strength=0.1)
    y = joint.labels(posts.irony)
    joint.fit(["irony"], y, heads.balanced(y, weigh("irony", y), 0.5, joint.file), strength=0.06, target=care_only)


def tune_severity(joint, levels, honest):
    """Chooses the decision weights of the levels for macro F1, on cross-validated values."""
    from sklearn.metrics import f1_score

    for i, tongue in enumerate(joint.tongues):
        near = not_finance(joint, range(len(levels)))
        mine = np.where((levels >= 0) & joint.train & near & (joint.side == i))[0]
        at_least = []
        for k, name in enumerate(posts.SEVERITIES[1:]):
            slope, offset, _ = tongue.calibration[f"severity.{name}"]
            at_least.append(1 / (1 + np.exp(-(slope * honest[k][mine] + offset))))
        at_least = np.minimum.accumulate(np.stack(at_least, 1), axis=1)
        shares = np.stack([1 - at_least[:, 0], at_least[:, 0] - at_least[:, 1], at_least[:, 1] - at_least[:, 2],
                           at_least[:, 2]], 1)
        bias = np.zeros(3)
        score = lambda b: f1_score(levels[mine], (shares * np.exp(-np.array([0, *b]))).argmax(1), average="macro")
        best = score(bias)
        for _ in range(3):
            for k in range(3):
                for step in np.arange(-1.2, 1.21, 0.2):
                    tried = bias.copy()
                    tried[k] = step
                    if (s := score(tried)) > best + 1e-9:
                        best, bias = s, tried
        for k, name in enumerate(posts.SEVERITIES[1:]):
            slope, offset, _ = tongue.calibration[f"severity.{name}"]
            tongue.calibration[f"severity.{name}"] = (slope, offset, float(1 / (1 + np.exp(-bias[k]))))
        print(f"  severity {tongue.language}: cross-validated macro F1 {best:.3f}")


def tune_lists(joint, names, gold, honest):
    """Chooses the thresholds of heads that make up a list for its micro F1, on cross-validated values."""
    for i, tongue in enumerate(joint.tongues):
        mine = np.where((gold[:, 0] >= 0) & joint.train & (joint.side == i))[0]
        truth = gold[mine] == 1
        chance = np.zeros(truth.shape)
        for k, name in enumerate(names):
            slope, offset, _ = tongue.calibration[name]
            chance[:, k] = 1 / (1 + np.exp(-(slope * honest[mine, k] + offset)))
        thresholds = np.full(len(names), 0.36)

        def score(tried):
            said = chance >= tried
            # Pulled a little towards the middle: of rare ones there is little to choose by.
            return 2 * (said & truth).sum() / max(1, said.sum() + truth.sum()) - 0.002 * np.abs(tried - 0.4).mean()

        best = score(thresholds)
        for _ in range(3):
            for k in range(len(names)):
                for step in np.arange(0.14, 0.81, 0.02):
                    tried = thresholds.copy()
                    tried[k] = step
                    if (s := score(tried)) > best + 1e-9:
                        best, thresholds = s, tried
        for name, threshold in zip(names, thresholds):
            slope, offset, _ = tongue.calibration[name]
            tongue.calibration[name] = (slope, offset, float(threshold))
        print(f"  {names[0].split('.')[0]} {tongue.language}: cross-validated micro F1 {best:.3f}")


def fit_english_signals(french, english):
    """Heads with labels in English only: words for English, cues and shapes for both."""
    for head, function, strength, threshold in (
        ("arousal", posts.arousal, 0.05, 0.5), ("abuse", posts.abuse, 0.05, 0.95),
    ):
        y = english.labels(function)
        weight = heads.balanced(y, english.weigh(head, y), 1.0)
        options = {"without": DECIDING, "strength": strength}
        fitted = heads.fit(english.x, english.names, (y == 1).astype(int), weight, **options)
        take(english, fitted, [head])
        shared = heads.fit(english.x, english.names, (y == 1).astype(int), weight, only_dense=True, **options)
        take(french, shared, [head])
        for tongue in (french, english):
            tongue.calibration[head] = (1.0, 0.0, threshold)


# Whose pairs are kept first when room is short: what every post is read for goes before details.
FIRST = {"negative": 8.0, "positive": 8.0, "complaint": 5.0, "escalation": 1.5, "repeat": 1.5}


def prune(tongue):
    """Keeps the pairs that move their head most, within the limits of rows and bytes."""
    used = tongue.train
    squares = np.asarray(tongue.x[used].multiply(tongue.x[used]).mean(0)).ravel()
    index = {name: at for at, name in enumerate(tongue.names)}
    pairs = []
    for name, by_head in tongue.weights.items():
        share = squares[index[name]] if name in index else 1.0
        for head, weight in by_head.items():
            dense = name.startswith(heads.DENSE)
            moves = weight * weight * share / tongue.spread.get(head, 1.0) ** 2 * FIRST.get(head, 1.0)
            importance = np.inf if dense and abs(weight) >= 0.02 else moves
            pairs.append((importance, name, head, round(weight, 2)))
    pairs.sort(key=lambda p: (-p[0], p[1], p[2]))
    kept, size = defaultdict(dict), 0
    for importance, name, head, weight in pairs:
        if weight == 0:
            continue
        cost = len(head) + len(f"{weight:g}") + 2 + (0 if name in kept else len(name.encode()) + 8)
        if size + cost > MOST_BYTES or (name not in kept and len(kept) >= MOST_ROWS):
            continue
        kept[name][head] = weight
        size += cost
    tongue.weights = kept
    print(f"  {tongue.language}: {len(pairs)} pairs, {sum(map(len, kept.values()))} kept in {len(kept)} rows")


def write(tongue, language_votes, checksum):
    support = np.diff(sp.csc_matrix(tongue.x).indptr)
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
    path = ROOT / f"lexicons/{tongue.language}/weights.tsv"
    with path.open("w", encoding="utf-8") as out:
        out.write("# The learned lexicon: what each word, pair of words, cue or shape adds to each head, in log-odds.\n"
                  "# Fitted by lexicons/fit/fit.py; do not edit: change the fit, or lay an overlay over it.\n"
                  f"# inputs {checksum}\nterm\tweights\tsupport\n")
        for name in sorted(rows):
            # A full name is one word to the reader, and no row.
            if name.count(" ") > 1:
                continue
            pairs = " ".join(f"{head}={weight:g}" for head, weight in sorted(rows[name].items()) if weight)
            count = int(support[index[name]]) if name in index else 0
            if pairs:
                out.write(f"{name}\t{pairs}\t{count}\n")
    path = ROOT / f"lexicons/{tongue.language}/calibration.tsv"
    with path.open("w", encoding="utf-8") as out:
        out.write("# How raw values become probabilities (Platt: slope, offset), and from which probability a head says yes.\n"
                  f"# Fitted by lexicons/fit/fit.py; do not edit.\n# inputs {checksum}\nhead\tslope\toffset\tthreshold\n")
        for head, (slope, offset, threshold) in sorted(tongue.calibration.items()):
            out.write(f"{head}\t{slope:.4f}\t{offset:.4f}\t{threshold:.3f}\n")


def checksum(rows):
    """Of everything the files depend on: labelled posts, lexicons, the fitting code."""
    digest = hashlib.sha256()
    for path in dict.fromkeys(row["path"] for row in rows):
        digest.update(Path(path).read_bytes())
    digest.update(tree_checksum(ROOT).encode())
    return digest.hexdigest()[:16] + " tree " + tree_checksum(ROOT)


def tree_checksum(root):
    """Of what stands in the tree: the lexicons by hand and the code that fits."""
    digest = hashlib.sha256()
    made = {"weights.tsv", "calibration.tsv"}
    for path in sorted([*root.glob("lexicons/fr/*.tsv"), *root.glob("lexicons/en/*.tsv"), *root.glob("lexicons/shared/*.tsv"),
                        *root.glob("lexicons/fit/*.py"), *root.glob("lexicons/fit/*.txt")]):
        if path.name not in made:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main():
    data = os.environ.get("DOLEANCE_DATA")
    if not data:
        sys.exit("set DOLEANCE_DATA to the folder of labelled posts")
    rows = posts.read(data, ["fr", "en"])
    # The files are made anew from the lexicons by hand alone.
    for language in ("fr", "en"):
        for name in ("weights.tsv", "calibration.tsv"):
            (ROOT / f"lexicons/{language}/{name}").unlink(missing_ok=True)
    x, names = features(rows)
    print(f"{x.shape[0]} posts, {x.shape[1]} features")
    votes = tongues.fit(data, x, names, rows, proper, ROOT)
    french, english = (Tongue(language, rows, x, names) for language in ("fr", "en"))
    for tongue in (french, english):
        fit_sentiment(tongue)
        fit_complaint(tongue)
    fit_small(Joint([french, english]))
    fit_english_signals(french, english)
    stamp = checksum(rows)
    for tongue in (french, english):
        prune(tongue)
        write(tongue, votes[tongue.language], stamp)


if __name__ == "__main__":
    main()
