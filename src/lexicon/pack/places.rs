//! Where the record of a word lies: known from its hash alone, without a table of hashes to ask
//! first, which would be one more look into memory a word.
//!
//! Words fall into small buckets by their hash, and each bucket has a pilot, found by trying, that
//! sends its words to places nobody else has (after PTHash, Pibiri and Trani 2021). A word that is
//! in no lexicon is sent somewhere too: the text there is another.

/// How many words a bucket has on average: the pilots of all fit the nearest caches.
const PER_BUCKET: usize = 5;
/// Of so many places one stays empty, or the last words would be tried for too long.
const EMPTY: usize = 32;

/// The bucket of a word.
#[inline]
pub(crate) fn bucket(hash: u64, buckets: usize) -> usize {
    (((hash >> 32) * buckets as u64) >> 32) as usize
}

/// The place of a word whose bucket has that pilot.
#[inline]
pub(crate) fn place(hash: u64, pilot: u16, places: usize) -> usize {
    // Another odd factor for each pilot: any two hashes are parted by most of them.
    let factor = (u64::from(pilot) * 2 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (((hash.wrapping_mul(factor) >> 32) * places as u64) >> 32) as usize
}

/// Places for words.
pub(crate) struct Places {
    pub(crate) pilots: Vec<u16>,
    /// How many places there are.
    pub(crate) count: usize,
    /// Of each word its place.
    pub(crate) of: Vec<usize>,
}

impl Places {
    /// Finds places for words of those hashes.
    pub(crate) fn new(hashes: &[u64]) -> Result<Self, String> {
        let count = hashes.len() + hashes.len() / EMPTY + 1;
        let mut buckets = vec![Vec::new(); hashes.len() / PER_BUCKET + 1];
        for (word, &hash) in hashes.iter().enumerate() {
            buckets[bucket(hash, hashes.len() / PER_BUCKET + 1)].push(word);
        }
        let mut order: Vec<usize> = (0..buckets.len()).collect();
        // The large ones while there is room.
        order.sort_by_key(|&at| std::cmp::Reverse(buckets[at].len()));
        let mut all = Self { pilots: vec![0; buckets.len()], count, of: vec![0; hashes.len()] };
        let mut taken = vec![false; count];
        for at in order {
            let words = &buckets[at];
            let fits = |&pilot: &u16| {
                let mut free = 0;
                for &word in words {
                    let place = place(hashes[word], pilot, count);
                    if taken[place] {
                        break;
                    }
                    taken[place] = true;
                    free += 1;
                }
                let all = free == words.len();
                if !all {
                    // What this pilot took goes back.
                    for &word in &words[..free] {
                        taken[place(hashes[word], pilot, count)] = false;
                    }
                }
                all
            };
            let pilot = (0..=u16::MAX).find(fits).ok_or("two words have one hash")?;
            all.pilots[at] = pilot;
            for &word in words {
                all.of[word] = place(hashes[word], pilot, count);
            }
        }
        Ok(all)
    }
}
