//! Where the record of a word lies, and that of two words in a row: known from a hash alone, without a
//! table of hashes to ask first, which would be one more look into memory a word.
//!
//! Words fall into small buckets by their hash, and each bucket has a pilot, found by trying, that
//! sends its words to places nobody else has (after PTHash, Pibiri and Trani 2021). A word that is
//! in no lexicon is sent somewhere too: the text there is another.

use std::ops::Range;

use super::Bytes;

/// How many words a bucket has on average: the pilots of all fit the nearest caches.
const PER_BUCKET: usize = 5;
/// Of so many places one stays empty, or the last words would be tried for too long.
const EMPTY: usize = 96;

/// What stands before the pilots: how many of them there are, how many places they tell, and how many
/// words have others.
const HEADER: usize = 3 * 4;

/// Pilots as they lie in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pilots {
    start: usize,
    buckets: usize,
    places: usize,
    left: usize,
}

impl Pilots {
    /// Those that begin at `start`.
    pub(crate) fn read(bytes: &[u8], start: usize) -> Self {
        let count = |at: usize| match bytes.get(start + at * 4..).and_then(|b| b.first_chunk()) {
            Some(count) => u32::from_le_bytes(*count) as usize,
            None => 0,
        };
        Self { start: start + HEADER, buckets: count(0), places: count(1), left: count(2) }
    }

    /// The pilots themselves, for who asks for many places.
    #[inline]
    pub(crate) fn all<'b>(&self, bytes: &'b [u8]) -> &'b [[u8; 2]] {
        bytes.get(self.start..).unwrap_or(&[]).as_chunks().0
    }

    /// The place of a hash, by the pilots that [`Pilots::all`] gave.
    #[inline]
    pub(crate) fn place_of(&self, pilots: &[[u8; 2]], hash: u64) -> usize {
        let pilot = pilots.get(bucket(hash, self.buckets));
        place(hash, pilot.map_or(0, |pilot| u16::from_le_bytes(*pilot)), self.places)
    }

    /// The places of those that no pilot tells.
    #[inline]
    pub(crate) fn left(&self) -> Range<usize> {
        self.places..self.places + self.left
    }
}

/// The bucket of a word.
#[inline]
fn bucket(hash: u64, buckets: usize) -> usize {
    (((hash >> 32) * buckets as u64) >> 32) as usize
}

/// The place of a word whose bucket has that pilot.
#[inline]
fn place(hash: u64, pilot: u16, places: usize) -> usize {
    // Another odd factor for each pilot: any two hashes are parted by most of them.
    let factor = u64::from(pilot) * 2 + 1;
    let parted = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_mul(factor);
    (((parted >> 32) * places as u64) >> 32) as usize
}

/// Places for words.
pub(crate) struct Places {
    pub(crate) pilots: Vec<u16>,
    /// How many places pilots tell.
    pub(crate) count: usize,
    /// How many words have places behind those, for another has their hash: none or next to none.
    pub(crate) left: usize,
    /// Of each word its place.
    pub(crate) of: Vec<usize>,
}

impl Places {
    /// Finds places for words of those hashes.
    pub(crate) fn new(hashes: &[u64]) -> Self {
        let count = hashes.len() + hashes.len() / EMPTY + 1;
        let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); hashes.len() / PER_BUCKET + 1];
        let mut all =
            Self { pilots: vec![0; buckets.len()], count, left: 0, of: vec![0; hashes.len()] };
        for (word, &hash) in hashes.iter().enumerate() {
            let bucket = &mut buckets[bucket(hash, all.pilots.len())];
            if bucket.iter().any(|&other| hashes[other] == hash) {
                all.leave(word);
            } else {
                bucket.push(word);
            }
        }
        let mut order: Vec<usize> = (0..buckets.len()).collect();
        // The large ones while there is room; before them that of the hash 0, which no text has but
        // the empty one and which every pilot sends to the same place.
        order.sort_by_key(|&at| (at != 0, std::cmp::Reverse(buckets[at].len())));
        let mut taken = vec![false; count];
        for at in order {
            let words = &buckets[at];
            match (0..=u16::MAX).find(|&pilot| take(&mut taken, words, hashes, pilot)) {
                Some(pilot) => {
                    all.pilots[at] = pilot;
                    words.iter().for_each(|&w| all.of[w] = place(hashes[w], pilot, count));
                }
                None => words.iter().for_each(|&word| all.leave(word)),
            }
        }
        all
    }

    /// Pilots as [`Pilots`] reads them.
    pub(crate) fn to_bytes(&self) -> Bytes {
        let mut out = Bytes::default();
        for count in [self.pilots.len(), self.count, self.left] {
            out.u32(count as u32);
        }
        self.pilots.iter().for_each(|&pilot| out.u16(pilot));
        out
    }

    /// How many places there are in all.
    pub(crate) fn len(&self) -> usize {
        self.count + self.left
    }

    fn leave(&mut self, word: usize) {
        self.of[word] = self.count + self.left;
        self.left += 1;
    }
}

/// Takes the places that a pilot sends words to, if all are free.
fn take(taken: &mut [bool], words: &[usize], hashes: &[u64], pilot: u16) -> bool {
    let count = taken.len();
    let place = |&word: &usize| place(hashes[word], pilot, count);
    // Nearly every pilot fails by a look.
    if words.iter().any(|word| taken[place(word)]) {
        return false;
    }
    let free = words.iter().take_while(|word| !std::mem::replace(&mut taken[place(word)], true));
    let free = free.count();
    if free < words.len() {
        // What was taken before goes back.
        words[..free].iter().for_each(|word| taken[place(word)] = false);
    }
    free == words.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::entry::hash_term;

    #[test]
    fn each_word_has_a_place_of_its_own() {
        let hash = |n: u64| hash_term(format!("word{n}").as_bytes());
        for words in [0, 1, 2, 17, 5000] {
            let mut hashes: Vec<u64> = (0..words).map(hash).collect();
            // Some have the hash of another.
            hashes.extend((0..words / 100).map(hash));
            let places = Places::new(&hashes);
            assert_eq!(places.left as u64, words / 100);
            let mut seen = vec![false; places.count + places.left];
            for (&hash, &at) in hashes.iter().zip(&places.of) {
                assert!(!std::mem::replace(&mut seen[at], true));
                let pilot = places.pilots[bucket(hash, places.pilots.len())];
                assert!(at >= places.count || at == place(hash, pilot, places.count));
            }
        }
    }

    #[test]
    fn two_words_of_one_hash_are_told_apart() {
        let words = ["jhucihrhobsprgy", "twskiinardtkxet"];
        assert_eq!(hash_term(words[0].as_bytes()), hash_term(words[1].as_bytes()));
        let rows = format!("term\tvalence\tarousal\n{}\t-4\t.9\n{}\t4\t.9\n", words[0], words[1]);
        let ours = crate::Analyzer::builder().lexicon("ours.tsv", rows).build().unwrap();
        let polarity = |text: &str| ours.analyze(text).sentiment().polarity();
        let with = |word: &str| polarity(&format!("the service was {word}"));
        let unknown = with("qpwoeirutyalskd");
        assert!(with(words[0]) < unknown && with(words[1]) > unknown);
        // Looked up in another way.
        assert!(with("jhucihrhobsprgy's") < unknown && with("twskiinardtkxet's") > unknown);
    }
}
