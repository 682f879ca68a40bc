//! Many posts on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::analyzer::{Analyzer, Scratch};
use crate::assessment::Assessment;
use crate::post::Post;

/// How many posts a thread takes at a time: enough that handing out costs nothing, few enough that
/// a handful of long reviews does not leave the other threads idle.
const STRETCH: usize = 64;

impl Analyzer {
    /// Assesses many posts on the threads of the current rayon pool, in the order they are given:
    /// what [`Analyzer::analyze`] says of each, to the bit. Needs the feature `rayon`.
    ///
    /// `progress` is told now and then how many posts are done; it is called from any thread, with
    /// numbers that need not rise from call to call; the highest is all. For no posts it is not
    /// called.
    ///
    /// ```
    /// use doleance::{Analyzer, Post};
    ///
    /// let posts = [Post::from("Toujours pas remboursé !"), Post::from("Great job, thanks!")];
    /// let said = Analyzer::new().analyze_batch(&posts, |done| eprintln!("{done} of 2"));
    /// assert!(said[0].complaint().is_complaint());
    /// assert!(!said[1].complaint().is_complaint());
    /// ```
    #[must_use]
    pub fn analyze_batch(
        &self,
        posts: &[Post<'_>],
        progress: impl Fn(usize) + Sync,
    ) -> Vec<Assessment> {
        let done = AtomicUsize::new(0);
        let mut said = Vec::with_capacity(posts.len());
        posts
            .par_chunks(STRETCH)
            .map_init(Scratch::new, |scratch, stretch| {
                let said: Vec<Assessment> =
                    stretch.iter().map(|post| self.analyze_with(scratch, post)).collect();
                progress(done.fetch_add(stretch.len(), Ordering::Relaxed) + stretch.len());
                said
            })
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|stretch| said.extend(stretch));
        said
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn says_what_one_thread_says_in_order() {
        let corpus = [
            include_str!("../benches/corpus/en.txt"),
            include_str!("../benches/corpus/fr.txt"),
            include_str!("../benches/corpus/long.txt"),
        ];
        let posts: Vec<Post<'_>> =
            corpus.iter().flat_map(|text| text.lines()).map(Post::from).collect();
        let analyzer = Analyzer::new();
        let most = AtomicUsize::new(0);
        let said = analyzer.analyze_batch(&posts, |done| {
            most.fetch_max(done, Ordering::Relaxed);
        });
        assert_eq!(most.into_inner(), posts.len());
        let one_by_one: Vec<Assessment> = posts.iter().map(|p| analyzer.analyze(p)).collect();
        assert_eq!(said, one_by_one);
        assert!(analyzer.analyze_batch(&[], |_| {}).is_empty());
    }
}
