//! Accented Latin letters: which base letter and mark each is made of, as tables made at compile
//! time. It leans on nothing else, so that the build step folds lexicon rows with the same code.

/// For each combining mark, pairs of a letter and that letter under the mark: the canonical
/// compositions of Latin-1, Latin Extended-A and -B and Latin Extended Additional.
const COMPOSED: &[(u32, &str)] = &[
    // combining grave accent
    (0x300, "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳÂẦÊỀÔỒÜǛâầêềôồüǜĂẰăằĒḔēḕŌṐōṑƠỜơờƯỪưừ"),
    // combining acute accent
    (
        0x301,
        "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźÂẤÅǺÆǼÇḈÊẾÏḮ\
         ÔỐÕṌØǾÜǗâấåǻæǽçḉêếïḯôốõṍøǿüǘĂẮăắĒḖēḗŌṒōṓŨṸũṹƠỚơớƯỨưứ",
    ),
    // combining circumflex accent
    (0x302, "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑẠẬạậẸỆẹệỌỘọộ"),
    // combining tilde
    (0x303, "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹÂẪÊỄÔỖâẫêễôỗĂẴăẵƠỠơỡƯỮưữ"),
    // combining macron
    (0x304, "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳÄǞÆǢÕȬÖȪÜǕäǟæǣõȭöȫüǖǪǬǫǭȦǠȧǡȮȰȯȱḶḸḷḹṚṜṛṝ"),
    // combining breve
    (0x306, "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭȨḜȩḝẠẶạặ"),
    // combining dot above
    (
        0x307,
        "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżŚṤ\
         śṥŠṦšṧſẛṢṨṣṩ",
    ),
    // combining diaeresis
    (0x308, "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿÕṎõṏŪṺūṻ"),
    // combining hook above
    (0x309, "AẢEẺIỈOỎUỦYỶaảeẻiỉoỏuủyỷÂẨÊỂÔỔâẩêểôổĂẲăẳƠỞơởƯỬưử"),
    // combining ring above
    (0x30A, "AÅUŮaåuůwẘyẙ"),
    // combining double acute accent
    (0x30B, "OŐUŰoőuű"),
    // combining caron
    (0x30C, "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzžÜǙüǚƷǮʒǯ"),
    // combining double grave accent
    (0x30F, "AȀEȄIȈOȌRȐUȔaȁeȅiȉoȍrȑuȕ"),
    // combining inverted breve
    (0x311, "AȂEȆIȊOȎRȒUȖaȃeȇiȋoȏrȓuȗ"),
    // combining horn
    (0x31B, "OƠUƯoơuư"),
    // combining dot below
    (
        0x323,
        "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓƠỢơợ\
         ƯỰưự",
    ),
    // combining diaeresis below
    (0x324, "UṲuṳ"),
    // combining ring below
    (0x325, "AḀaḁ"),
    // combining comma below
    (0x326, "SȘTȚsștț"),
    // combining cedilla
    (0x327, "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ"),
    // combining ogonek
    (0x328, "AĄEĘIĮOǪUŲaąeęiįoǫuų"),
    // combining circumflex accent below
    (0x32D, "DḒEḘLḼNṊTṰUṶdḓeḙlḽnṋtṱuṷ"),
    // combining breve below
    (0x32E, "HḪhḫ"),
    // combining tilde below
    (0x330, "EḚIḬUṴeḛiḭuṵ"),
    // combining macron below
    (0x331, "BḆDḎKḴLḺNṈRṞTṮZẔbḇdḏhẖkḵlḻnṉrṟtṯzẕ"),
];

/// Letters that no mark makes, with the plain letter they fold to.
const STROKES: &str = "ØoøoŁlłlĐdđdÐdðdĦhħhıiĸkĿlŀlſsŦtŧtƀbƗiɨiƟoƵzƶzǤgǥgȺaȻcȼcȽlȾtªaºo";

/// Letters that fold to two.
const DIGRAPHS: &[(char, &str)] = &[
    ('Œ', "oe"),
    ('œ', "oe"),
    ('Æ', "ae"),
    ('æ', "ae"),
    ('Ǽ', "ae"),
    ('ǽ', "ae"),
    ('ß', "ss"),
    ('Þ', "th"),
    ('þ', "th"),
    ('Ĳ', "ij"),
    ('ĳ', "ij"),
    ('ŉ', "'n"),
];

/// The first letter the tables know, and one behind the last of each of their two ranges.
const LOW: u32 = 0xA0;
const LOW_END: u32 = 0x250;
const HIGH: u32 = 0x1E00;
const HIGH_END: u32 = 0x1F00;
const LOW_LEN: usize = (LOW_END - LOW) as usize;
const SIZE: usize = LOW_LEN + (HIGH_END - HIGH) as usize;

/// Up to two ASCII letters, zeros behind; `[0, 0]` when the letter has no ASCII form.
static PLAIN: [[u8; 2]; SIZE] = plain_table();

const fn slot(c: u32) -> Option<usize> {
    if c >= LOW && c < LOW_END {
        Some((c - LOW) as usize)
    } else if c >= HIGH && c < HIGH_END {
        Some((c - HIGH) as usize + LOW_LEN)
    } else {
        None
    }
}

/// The character of `text` at byte `i` and its length; `text` has at most three bytes a character.
const fn decode(text: &[u8], i: usize) -> (u32, usize) {
    let b = text[i] as u32;
    if b < 0x80 {
        (b, 1)
    } else if b < 0xE0 {
        ((b & 0x1F) << 6 | text[i + 1] as u32 & 0x3F, 2)
    } else {
        ((b & 0x0F) << 12 | (text[i + 1] as u32 & 0x3F) << 6 | text[i + 2] as u32 & 0x3F, 3)
    }
}

const fn plain_table() -> [[u8; 2]; SIZE] {
    let mut table = [[0; 2]; SIZE];
    let strokes = STROKES.as_bytes();
    let mut i = 0;
    while i < strokes.len() {
        let (c, len) = decode(strokes, i);
        if let Some(s) = slot(c) {
            table[s] = [strokes[i + len], 0];
        }
        i += len + 1;
    }
    let mut d = 0;
    while d < DIGRAPHS.len() {
        let to = DIGRAPHS[d].1.as_bytes();
        if let Some(s) = slot(DIGRAPHS[d].0 as u32) {
            table[s] = [to[0], to[1]];
        }
        d += 1;
    }
    // Twice, for a letter with two marks is composed from one with a single mark.
    let mut round = 0;
    while round < 2 {
        let mut m = 0;
        while m < COMPOSED.len() {
            let pairs = COMPOSED[m].1.as_bytes();
            let mut i = 0;
            while i < pairs.len() {
                let (base, len) = decode(pairs, i);
                let (composed, composed_len) = decode(pairs, i + len);
                let plain = if base < 0x80 {
                    [(base as u8).to_ascii_lowercase(), 0]
                } else if let Some(s) = slot(base) {
                    table[s]
                } else {
                    [0; 2]
                };
                if let Some(s) = slot(composed) {
                    table[s] = plain;
                }
                i += len + composed_len;
            }
            m += 1;
        }
        round += 1;
    }
    table
}

/// The lower-case ASCII letters that a Latin letter folds to, if it does.
#[inline]
pub(crate) fn plain(c: char) -> Option<[u8; 2]> {
    let plain = PLAIN[slot(c as u32)?];
    (plain[0] != 0).then_some(plain)
}

/// Whether `c` is a combining mark as Latin uses them.
#[inline]
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// The letter that `base` becomes under `mark`, if Unicode has one.
pub(crate) fn compose(base: char, mark: char) -> Option<char> {
    let (_, pairs) = COMPOSED.iter().find(|(m, _)| *m == mark as u32)?;
    let mut chars = pairs.chars();
    while let (Some(b), Some(composed)) = (chars.next(), chars.next()) {
        if b == base {
            return Some(composed);
        }
    }
    None
}

/// `c` as letter and marks, the canonical decomposition: the build step writes both spellings.
#[allow(dead_code, reason = "the build step calls it")]
pub(crate) fn decompose(c: char) -> [Option<char>; 3] {
    for &(mark, pairs) in COMPOSED {
        let mut chars = pairs.chars();
        while let (Some(base), Some(composed)) = (chars.next(), chars.next()) {
            if composed == c {
                let [first, second, _] = decompose(base);
                let mark = char::from_u32(mark);
                return if second.is_some() { [first, second, mark] } else { [first, mark, None] };
            }
        }
    }
    [Some(c), None, None]
}

/// `c` without case, accents and typographic variety, appended to `out`: the one definition of
/// folding, for texts and for the tables made at build time.
pub(crate) fn fold_char(c: char, out: &mut impl FnMut(&[u8])) {
    if c.is_ascii() {
        out(&[fold_ascii(c as u8)]);
    } else if let Some(plain) = plain(c) {
        out(if plain[1] == 0 { &plain[..1] } else { &plain });
    } else if is_mark(c) || is_ignorable(c) {
    } else if let Some(ascii) = unify(c) {
        // `fold_ascii` again: the full-width grave accent is a grave accent first.
        out(&[fold_ascii(ascii)]);
    } else {
        for lower in c.to_lowercase() {
            match plain(lower) {
                Some(plain) => out(if plain[1] == 0 { &plain[..1] } else { &plain }),
                None if lower.is_ascii() => out(&[lower as u8]),
                None if is_mark(lower) => {}
                None => out(lower.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
    }
}

/// An ASCII byte without case; the grave accent is an apostrophe to those who type it for one.
#[inline]
pub(crate) const fn fold_ascii(b: u8) -> u8 {
    if b == b'`' { b'\'' } else { b.to_ascii_lowercase() }
}

/// The letter that the Latin-1 letter with that second byte (the first is `0xC3`) folds to; zero
/// where it folds to two or to none.
#[inline]
pub(crate) fn fold_latin1(second: u8) -> u8 {
    match PLAIN.get(usize::from(second & 63) + 0xC0 - LOW as usize) {
        Some(&[letter, 0]) => letter,
        _ => 0,
    }
}

/// Whether `c` stands for an apostrophe.
#[inline]
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʹ' | '´' | '`' | '′' | '＇')
}

/// The ASCII character that `c` is a typographic variant of.
pub(crate) fn unify(c: char) -> Option<u8> {
    let code = c as u32;
    Some(match c {
        _ if is_apostrophe(c) => b'\'',
        '‐' | '‑' | '﹣' => b'-',
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => b' ',
        '！'..='～' => (code - 0xFF01) as u8 + b'!',
        // Mathematical alphabets: twice 26 letters each, then digits.
        '\u{1D400}'..='\u{1D6A3}' => {
            let at = (code - 0x1D400) % 52;
            if at < 26 { b'A' + at as u8 } else { b'a' + (at - 26) as u8 }
        }
        '\u{1D7CE}'..='\u{1D7FF}' => b'0' + ((code - 0x1D7CE) % 10) as u8,
        _ => return None,
    })
}

/// Whether `c` is not seen: joiners, direction marks, variation selectors, tags.
#[inline]
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}
