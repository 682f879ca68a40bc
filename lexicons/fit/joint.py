"""Heads with few rows: both languages in one fit."""

import numpy as np
import scipy.sparse as sp

import heads
import posts

# How often a development row counts where thresholds are chosen. Its labels are those two annotators agreed on, as the posts
# we are measured by; those of the rows fitted on are one annotator's, who marks more.
DEV = 3

# How much less words are held back than cues and shapes. Half as much, at the same strength for words, is .001 to .005 of
# cross-validated AUC worse on repeated contact, reasons and requests in both languages.
WORDS = 8.0


class Joint:
    """Both languages in one matrix: cues and shapes shared, words apart. Small sets gain by it, and kinds of post that only
    the other language has. Words are those of the rows `among`."""

    def __init__(self, tongues, deciding, among=None):
        self.tongues = tongues
        self.deciding = deciding
        self.among = among or self.is_small
        names = tongues[0].names
        self.dense = np.where(heads.is_dense(names))[0]
        self.words = [np.where(np.diff(sp.csc_matrix(t.x[t.train & self.among(t)]).indptr) >= 3)[0] for t in tongues]
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
        small = ("care/", "severity/", "threats/", "reasons/", "signals/irony", "replies/")
        return np.array([f.startswith(small) for f in tongue.file])

    def labels(self, function):
        return np.array([-1 if (v := function(row)) is None else v for row in self.rows])

    def weigh(self, head, y):
        return np.array([posts.weight(head, row) for row in self.rows], float) * self.train * (y >= 0)

    def choosing(self, of):
        """The rows among `of` that thresholds are chosen by: those fitted on, whose values must be cross-validated, and the
        development rows, which count more. Not the posts we composed, nor replies: how often a kind of post comes they do not
        tell."""
        file = self.file.astype(str)
        rows = np.where(of & ~np.char.startswith(file, "care/composed") & ~np.char.startswith(file, "replies/"))[0]
        return np.concatenate([rows, np.repeat(rows[~self.train[rows]], DEV - 1)])

    def head(self, y, weight, **options):
        """What is fitted to `y`, for both languages."""
        options.setdefault("without", self.deciding)
        options.setdefault("groups", self.groups)
        return heads.fit(self.x, self.names, y, weight, **options)

    def fit(self, names, y, weight, *, strength=0.05, target=None, calibrate=True, beside=None, **options):
        """Fits heads `names` (classes of `y`, or one for 0/1), gives raw values of what they were not fitted on: cross-validated
        of the rows fitted, as they are of all others. `beside` is a head, its values and the share of it that is added."""
        options.setdefault("words", WORDS)
        used = np.where(weight > 0)[0]
        fitted = self.head(y, weight, strength=strength, **options)
        if len(names) > 1:
            # Shares are relative: the last is where the others are measured from.
            fitted.weights = fitted.weights - fitted.weights[-1:]
            fitted.bases = fitted.bases - fitted.bases[-1]
        honest = fitted.raw(self.x)
        part = heads.folds(len(used), 4, 7)
        for k in range(4):
            inside = np.zeros(len(y))
            inside[used[part != k]] = weight[used[part != k]]
            fold = self.head(y, inside, strength=strength, **options)
            held = used[part == k]
            honest[held] = fold.raw(self.x[held])
        unseen = ~self.train & (y >= 0)
        self.take(fitted, names)
        if beside is not None:
            other, values, share = beside
            honest = honest + share * values
            self.add(other, names[0], share)
        if calibrate and len(names) == 1:
            near = self.choosing((weight > 0) | unseen)
            if target is not None:
                near = near[target(self, near)]
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
                mine = tongue.train & self.among(tongue)
                columns = np.array([p[0] for p in pairs])
                weights = np.array([p[1] for p in pairs])
                raw = np.asarray(tongue.x[mine][:, columns] @ weights).ravel()
                tongue.keep(head, pairs, fitted.bases[k], raw.std(), mine)

    def add(self, other, head, share):
        """Adds a share of the weights of another head to those of `head`."""
        for tongue in self.tongues:
            tongue.base[head] += share * tongue.base[other]
            for by_head in tongue.weights.values():
                if other in by_head:
                    by_head[head] = by_head.get(head, 0.0) + share * by_head[other]
