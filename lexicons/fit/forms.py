"""Forms of one word that weigh the same: masculine and feminine, one and many, British and American spelling.

A woman's complaint weighs what a man's does, and a word seen once in each form is known as well as one seen twice. The
forms share one weight when it is fitted, and each gets a row of its own, so that looking a word up costs nothing more.
All terms are folded, as the features are.
"""

from collections import defaultdict

# Feminine endings of French and what the masculine has there.
ENDINGS = (
    ("euse", ("eux", "eur")), ("trice", ("teur",)), ("enne", ("en",)), ("elle", ("el",)), ("ive", ("if",)),
    ("iere", ("ier",)), ("gere", ("ger",)), ("ale", ("al",)), ("ante", ("ant",)), ("ente", ("ent",)), ("ee", ("e",)),
    ("ée", ("é",)), ("ue", ("u",)), ("ie", ("i",)),
)
# Nouns and verbs that only look like feminines.
OTHER = set("""
    aigue alimente ampliative annee appelle apprenne appuie armee arriere arrive arrivee assemblee associe attaque attente
    augmente avale avante avenue cale chante cheminee commente comprenne confie continue copie coree crimee croise cue defie
    derive derriere detente due duree elle emploie enchante energie entente entree envie envoie essaie folie foulee fumee
    garantie invente issue journee lumiere male maniere marie matiere mente motive moyenne mutuelle oriente oublie
    parie partie pensee poignee poubelle poupee prenne presente prive quelque rappelle regale remercie rente renvoie
    represente revenue riviere rive rue sale salue scale scandale selle sente signale soiree sortie soucie statue tante
    tente tondeuse tourmente tournee tue value vente verifie vie vienne tienne vue
""".split())
# Of all other endings, adjectives and participles beyond doubt.
ADJECTIVES = """
    fait satisfait insatisfait parfait ecrit inscrit souscrit petit gratuit interdit content mecontent decu recu grand froid
    chaud lourd ouvert offert couvert mort fort court seul mauvais francais anglais surpris compris promis transmis soumis
    remis permis assis acquis certain prochain humain inhumain plein commun clair dur meilleur superieur inferieur idiot sot
    gris adroit maladroit etroit exact direct correct joint atteint contraint exclu inclus confus civil vrai bleu noir nu
    epuise coince oblige abandonne debite choque reste ravi servi trahi puni
""".split()
IRREGULAR = {
    "nouvelle": "nouveau", "belle": "beau", "fausse": "faux", "douce": "doux", "vieille": "vieux", "folle": "fou",
    "publique": "public", "blanche": "blanc", "longue": "long", "franche": "franc", "fraiche": "frais", "seche": "sec",
    "favorite": "favori", "nulle": "nul", "gentille": "gentil", "bonne": "bon", "grosse": "gros", "epaisse": "epais",
    "basse": "bas", "nette": "net", "muette": "muet", "mignonne": "mignon", "complete": "complet",
    "incomplete": "incomplet", "inquiete": "inquiet", "discrete": "discret", "concrete": "concret", "chere": "cher",
    "fiere": "fier", "conne": "con", "amie": "ami",
}
# Those who write and those who serve: written out in both genders, whether the posts have them or not.
PERSONS = {
    "cliente": "client", "conseillere": "conseiller", "teleconseillere": "teleconseiller", "vendeuse": "vendeur",
    "technicienne": "technicien", "caissiere": "caissier", "serveuse": "serveur", "livreuse": "livreur",
    "directrice": "directeur", "factrice": "facteur", "voisine": "voisin", "patronne": "patron", "employee": "employe",
    "assistante": "assistant", "interlocutrice": "interlocuteur", "operatrice": "operateur", "banquiere": "banquier",
    "abonnee": "abonne", "usagere": "usager", "passagere": "passager", "voyageuse": "voyageur", "acheteuse": "acheteur",
    "menteuse": "menteur",
}
# What stands before a noun goes with its gender.
BEFORE = {
    "une": "un", "la": "le", "ma": "mon", "ta": "ton", "sa": "son", "cette": "ce", "toute": "tout", "aucune": "aucun",
    "quelle": "quel",
}
# The same thing here and there, and in coarse words and polite ones.
SAME = {
    "fr": {"cellulaire": "portable", "gsm": "portable", "natel": "portable", "magasinage": "shopping", "bazar": "bordel",
           "foutoir": "bordel", "merdier": "bordel"},
    "en": {
        "package": "parcel", "packages": "parcels", "sidewalk": "pavement", "garbage": "rubbish", "baggage": "luggage",
        "center": "centre", "centers": "centres", "gray": "grey", "jewelry": "jewellery", "check-in": "checkin",
        "travelers": "travellers", "traveler": "traveller", "traveling": "travelling", "canceled": "cancelled",
        "canceling": "cancelling", "labeled": "labelled", "apologize": "apologise", "offense": "offence",
        "defense": "defence", "license": "licence", "program": "programme", "fulfill": "fulfil", "learned": "learnt",
    },
}
# American endings and the British ones.
SPELLINGS = (
    ("or", "our"), ("ored", "oured"), ("ors", "ours"), ("oring", "ouring"), ("orable", "ourable"), ("ize", "ise"),
    ("ized", "ised"), ("izes", "ises"), ("izing", "ising"), ("ization", "isation"), ("yze", "yse"), ("yzed", "ysed"),
)


def feminine(word, vocabulary):
    """The masculine of a feminine, where the vocabulary has it."""
    for plural in ("", "s") if word.endswith("s") else ("",):
        one = word.removesuffix(plural)
        if one in IRREGULAR:
            found = [IRREGULAR[one]]
        elif one.endswith("e") and one[:-1] in ADJECTIVES:
            found = [one[:-1]]
        elif len(one) > 4 and one not in OTHER and one.isalpha():
            found = [one[: -len(ending)] + m for ending, masculines in ENDINGS if one.endswith(ending) for m in masculines]
        else:
            continue
        for masculine in found:
            many = [masculine]
            if plural and not masculine.endswith(("s", "x")):
                many = [masculine + "s", masculine + "x", masculine.removesuffix("l") + "ux"]
            for form in many:
                if form in vocabulary and form != word:
                    return form
    return None


def american(word, vocabulary):
    """The British spelling of an American one, where the vocabulary has it."""
    if len(word) > 4:
        for ending, british in SPELLINGS:
            if word.endswith(ending) and (form := word.removesuffix(ending) + british) in vocabulary:
                return form
    return None


def single(word, vocabulary):
    """The singular of a plural in -s, where the vocabulary has it."""
    if len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word[:-1] in vocabulary:
            return word[:-1]
    return None


class Forms:
    """Which words of `counts` (how many posts have each) are forms of which."""

    def __init__(self, language, counts):
        vocabulary = {word for word, count in counts.items() if count >= 2}
        self.gender = language == "fr"
        # Gender and spelling first: both forms are always written out. Number after: only forms that are there.
        self.strict = dict(SAME[language])
        if language == "fr":
            self.strict.update(PERSONS)
            self.strict.update({a + "e": a for a in ADJECTIVES})
        other = feminine if language == "fr" else american
        for word in sorted(vocabulary):
            if word not in self.strict and (form := other(word, vocabulary)):
                self.strict[word] = form
        self.loose = {}
        for word in sorted(vocabulary):
            if word not in self.strict and (form := single(word, vocabulary)):
                self.loose[word] = form
        self.others = defaultdict(list)
        for word, form in self.strict.items():
            if word != form:
                self.others[form].append(word)
                self.others[word].append(form)

    def is_feminine(self, word):
        """Whether a word is a feminine whose masculine is known."""
        return self.gender and self.strict.get(word, word) != word

    def base(self, word):
        """The one form that stands for all."""
        for _ in range(3):
            word = self.loose.get(word) or self.strict.get(word, word)
        return word

    def feature(self, name):
        """The feature that stands for `name` and its other forms."""
        head, words = parted(name)
        before = [BEFORE.get(a, a) if self.is_feminine(b) else a for a, b in zip(words, words[1:])]
        return head + " ".join(map(self.base, [*before, words[-1]]))

    def twins(self, name):
        """`name`, and the same with one word in the other gender or spelling."""
        head, words = parted(name)
        out = [name]
        for at, word in enumerate(words):
            for other in self.others.get(word, ()):
                before = words[:at]
                if before and self.gender:
                    turned = BEFORE if self.is_feminine(word) else {a: b for b, a in BEFORE.items()}
                    before[-1] = turned.get(before[-1], before[-1])
                out.append(head + " ".join([*before, other, *words[at + 1:]]))
        return out


def parted(name):
    """What stands before the words of a feature, and the words."""
    head = "not:" if name.startswith("not:") else ""
    return head, name[len(head):].split(" ")
