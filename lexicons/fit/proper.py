"""Words that must decide nothing: brands, and names of people and places (names.txt lists common ones)."""

import re
import unicodedata
from collections import Counter

import heads

# Numbers of orders, cases and flights are somebody's, and years are no words: nothing is fitted to them.
NUMBERED = re.compile(r"\d{4}|[^\W\d]\w*\d{3}|\d{3}\w*[^\W\d]")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def fold(word):
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return plain.replace("’", "'").replace("œ", "oe").replace("æ", "ae")


def words_of(feature):
    """The words a feature is made of."""
    if feature.startswith(heads.DENSE):
        return ()
    return tuple(w.lstrip("#@") for w in feature.removeprefix("not:").split(" "))


SPELLED = set("""
deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante cent
two three four five seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred
""".split())
SPANS = set("""
jours semaines mois ans annees heures minutes jour semaine heure
days weeks months years hours minutes day week month year hour minute mins hrs yrs
""".split())


def gendered(feature):
    """Whether a feature tells a writer's or an employee's gender, and little else."""
    words = words_of(feature)
    return any(w in PERSONS for w in words) or (len(words) == 1 and words[0] in ARTICLES)


def is_numbered(feature):
    """Whether a feature is a number, or so many days: ten days once seen three times would say more than nine, and how long
    something takes is told by cues and shapes."""
    words = words_of(feature)
    return any(NUMBERED.search(w) for w in words) or (len(words) == 2 and words[0] in SPELLED and words[1] in SPANS)


def brands(language, root):
    """The names of the list, but for what is an ordinary word of the language."""
    out, ordinary = set(), False
    for line in (root / "lexicons/fit/brands.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ordinary words of "):
            ordinary = line.startswith(("# ordinary words of both", f"# ordinary words of {NAMES[language]}"))
        elif line and not line.startswith("#") and not ordinary:
            out.update(fold(line).split())
    return out


def banned(language, rows, root):
    """What decides nothing in posts of that language."""
    return (brands(language, root) | names(language, rows, root)) - ALLOWED - ORDINARY[language]


def banned_in_both(rows, root):
    """What says nothing of which of the two languages a post is in."""
    found = names("fr", rows, root) - ORDINARY["fr"] | names("en", rows, root) - ORDINARY["en"]
    return (brands("fr", root) & brands("en", root) | found) - ALLOWED


def names(language, rows, root):
    """Names by list, and by how people write them: with a capital inside a sentence, nearly always."""
    out = set()
    for line in (root / "lexicons/fit/names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            out.add(fold(line))
    known = set()
    for name in ("valence", "cues"):
        path = root / f"lexicons/{language}/{name}.tsv"
        for line in path.read_text(encoding="utf-8").splitlines():
            known.update(fold(w) for w in re.split(r"[ |()]", line.split("\t")[0].replace("~", " ")))
    title, plain = Counter(), Counter()
    for row in rows:
        text = row["text"]
        letters = [c for c in text if c.isalpha()]
        if not letters or sum(c.isupper() for c in letters) > 0.4 * len(letters):
            continue
        for match in WORD.finditer(text):
            word = match.group()
            before = text[: match.start()].rstrip()
            if not before or before[-1] in ".!?:;\"«“(*|-" or text[match.start() - 1] in "@#/&":
                continue
            if word[0].isupper() and word[1:].islower():
                title[fold(word)] += 1
            elif word.islower():
                plain[fold(word)] += 1
    for word, count in title.items():
        if count >= 2 and count > 1.5 * plain[word] and word not in known:
            out.add(word)
    return out


# Capitalised by rule, not as names.
ALLOWED = set("i i'm i've i'll i'd monday tuesday wednesday thursday friday saturday sunday january february march april "
              "may june july august september october november december christmas internet english french".split())

NAMES = {"fr": "French", "en": "English"}

# Names elsewhere, and words of feeling in this language.
ORDINARY = {"fr": {"ravi", "ravie", "ravis"}, "en": set()}

# A man's complaint weighs what a woman's does: these decide nothing, alone or in a pair. Professions, whose forms differ
# but by an ending, are tied by forms.py.
PERSONS = set("he she him her his hers himself herself husband wife brother sister son daughter boyfriend girlfriend "
              "father mother dad mum mom uncle aunt nephew niece grandfather grandmother grandad granddad grandma grandpa "
              "granny nan grandson granddaughter sir madam mr mrs ms lady ladies gent gents gentleman gentlemen guy gal lad lass "
              "bloke chap man woman women girl girls boy boys waiter waitress steward stewardess salesman saleswoman actor "
              "actress il elle ils elles mari femme femmes frere soeur fils fille filles pere peres mere meres papa maman oncle tante neveu niece "
              "copain copine fiance fiancee monsieur madame messieurs mesdames mademoiselle mlle mme dame dames mec meuf "
              "gars garcon".split())

# Nor do these alone: they go with the gender of a noun.
ARTICLES = set("le la un une mon ma ton ta son sa du au ce cet cette tout toute quel quelle aucun aucune".split())
