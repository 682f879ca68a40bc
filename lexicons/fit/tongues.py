"""The words that tell French from English, as votes in log-odds."""

import json
import re
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

import heads
import posts


def scraps(rows, seed):
    """Two to five of the words of each row."""
    random = np.random.RandomState(seed)
    columns, ends = [], [0]
    for at in range(rows.shape[0]):
        mine = rows.indices[rows.indptr[at]: rows.indptr[at + 1]]
        some = random.permutation(mine)[: random.randint(2, 6)]
        columns.append(np.sort(some))
        ends.append(ends[-1] + len(some))
    return sp.csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(columns), np.array(ends)), shape=rows.shape)


def fit(data, x, names, rows, proper, root):
    """Votes by language: [(feature, weight)], the surest first, French above 0."""
    word = np.array([not n.startswith(("not:",) + heads.DENSE) and " " not in n and n[0].isalpha()
                     for n in names])
    y = np.array([{"fr": 1, "en": 0}.get(posts.language(row), -1) for row in rows])
    train = np.array([row["part"] == "train" for row in rows]) & (y >= 0)
    have = np.diff(sp.csc_matrix(x[train]).indptr)
    columns = np.where(word & (have >= 2))[0]
    banned = proper.banned_in_both(rows, root)
    # French writes `vous` so, English `versus`.
    banned.add("vs")
    columns = np.array([c for c in columns if names[c] not in banned and not proper.is_numbered(names[c])])
    known = (x[:, columns] > 0).astype(np.float32).tocsr()

    # A word the lexicons do not hold is known by its first five letters, and by its accents.
    prefixes = {}
    for at, c in enumerate(columns):
        name = names[c]
        if len(name) > 6 and name[:5].isascii() and name[:5].isalpha():
            prefixes.setdefault("pre:" + name[:5], []).append(at)
    spelled = sp.csr_matrix(
        (np.ones(sum(map(len, prefixes.values())), np.float32),
         (np.concatenate([np.array(v) for v in prefixes.values()]), np.repeat(np.arange(len(prefixes)), [len(v) for v in prefixes.values()]))),
        shape=(len(columns), len(prefixes)))
    # Half of the rows are read by prefixes only, so that these learn to speak for unknown words.
    order = np.random.RandomState(3).permutation(x.shape[0]) % 2 == 0
    blind = train & order
    seen = train & ~order
    # Beside whole posts, a few words of each: short posts must be told as well.
    few = sp.vstack([known[seen], scraps(known[seen], 5), scraps(known[seen], 6)])
    by_word = sp.hstack([few, sp.csr_matrix((few.shape[0], len(prefixes)), dtype=np.float32)])
    by_prefix = sp.hstack([sp.csr_matrix((blind.sum(), len(columns)), dtype=np.float32), (known[blind] @ spelled)])
    both = sp.vstack([by_word, by_prefix]).tocsr()
    target = np.concatenate([np.tile(y[seen], 3), y[blind]])
    weight = np.where(target == 1, (target == 0).sum() / (target == 1).sum(), 1.0)
    # With the usual tolerance it stops after a dozen steps, at other weights whenever a row changes.
    model = LogisticRegression(C=8.0, fit_intercept=False, max_iter=500, tol=1e-6)
    model.fit(both, target, sample_weight=weight)
    votes = list(zip([names[c] for c in columns], model.coef_[0][: len(columns)]))
    counts = have[columns]
    order = np.argsort(-counts * np.abs(model.coef_[0][: len(columns)]), kind="stable")
    votes = [votes[i] for i in order]
    votes += sorted(zip(prefixes, model.coef_[0][len(columns):] * 0.7), key=lambda v: (-abs(v[1]), v[0]))
    out = {"fr": [("<accented>", 1.5)], "en": []}
    for name, vote in votes:
        vote = round(float(np.clip(vote, -6, 6)), 2)
        if abs(vote) >= 0.05:
            out["fr" if vote > 0 else "en"].append((name, vote))
    return out
