#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| doleance_fuzz::lexicon(bytes));
