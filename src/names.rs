//! Enums with stable snake_case names, and small sets of them.
//!
//! Every name that leaves the crate (JSON, CSV, lexicon files, templates) is declared once, here
//! through [`named_enum`], so that what is written is what is read.

use std::fmt;
use std::marker::PhantomData;

/// An enum whose variants have stable names and small indices.
///
/// Implemented by the enums of this crate; it is what [`Set`] needs of its items.
pub trait Named: Copy + Eq + 'static {
    /// All variants, in order of declaration.
    const ALL: &'static [Self];

    /// The stable snake_case name.
    fn as_str(self) -> &'static str;

    /// The position in [`Named::ALL`].
    fn index(self) -> usize;

    /// The variant with that name.
    #[must_use]
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.as_str() == name)
    }
}

/// A small set of named values, kept as bits: `Copy`, no allocation, ordered as declared.
///
/// ```
/// use doleance::{Reason, Set};
///
/// let reasons: Set<Reason> = [Reason::Refund, Reason::Delivery].into_iter().collect();
/// assert!(reasons.contains(Reason::Refund));
/// assert_eq!(reasons.iter().map(|r| r.to_string()).collect::<Vec<_>>(), ["delivery", "refund"]);
/// ```
pub struct Set<T> {
    bits: u32,
    item: PhantomData<T>,
}

impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Set<T> {}
impl<T> Default for Set<T> {
    fn default() -> Self {
        Self { bits: 0, item: PhantomData }
    }
}
impl<T> PartialEq for Set<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}
impl<T> Eq for Set<T> {}
impl<T> std::hash::Hash for Set<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<T: Named> Set<T> {
    /// The empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The items whose indices are the bits that are set.
    pub(crate) fn of_bits(bits: u32) -> Self {
        debug_assert!(u64::from(bits) >> T::ALL.len() == 0, "bits of no item");
        Self { bits, item: PhantomData }
    }

    /// Whether the set holds `item`.
    #[must_use]
    pub fn contains(self, item: T) -> bool {
        self.bits >> item.index() & 1 == 1
    }

    /// Adds `item`.
    pub fn insert(&mut self, item: T) {
        self.bits |= 1 << item.index();
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many items are in the set.
    #[must_use]
    pub fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// The items, in order of declaration.
    pub fn iter(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |&item| self.contains(item))
    }

    /// The items in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, item: PhantomData }
    }
}

impl<T: Named> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        for item in items {
            set.insert(item);
        }
        set
    }
}

impl<T: Named> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Named::as_str)).finish()
    }
}

#[cfg(feature = "serde")]
impl<T: Named> serde::Serialize for Set<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Named::as_str))
    }
}

#[cfg(feature = "serde")]
impl<'de, T: Named + serde::Deserialize<'de>> serde::Deserialize<'de> for Set<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);
        impl<'de, T: Named + serde::Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
            type Value = Set<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of names")
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Set<T>, A::Error> {
                let mut set = Set::new();
                while let Some(item) = seq.next_element::<T>()? {
                    set.insert(item);
                }
                Ok(set)
            }
        }
        deserializer.deserialize_seq(Visitor(PhantomData))
    }
}

/// Declares a public enum with stable names: `Named`, `Display`, `FromStr` and serde by name.
macro_rules! named_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        // A `Set` has a bit for each.
        const _: () = assert!($name::ALL.len() <= 32);

        impl $crate::names::Named for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
            fn index(self) -> usize {
                self as usize
            }
        }

        impl $name {
            /// All values, in order of declaration.
            pub const ALL: &'static [Self] = <Self as $crate::names::Named>::ALL;

            /// The stable snake_case name, as it stands in JSON and in the lexicon files.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                <Self as $crate::names::Named>::as_str(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Error;
            fn from_str(name: &str) -> Result<Self, $crate::Error> {
                <Self as $crate::names::Named>::from_name(name).ok_or_else(|| {
                    $crate::names::unknown_name(
                        name,
                        &Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>(),
                    )
                })
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("one of")?;
                        for (i, v) in $name::ALL.iter().enumerate() {
                            write!(f, "{} {v}", if i == 0 { "" } else { "," })?;
                        }
                        Ok(())
                    }
                    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<$name, E> {
                        <$name as $crate::names::Named>::from_name(name)
                            .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(name), &self))
                    }
                }
                d.deserialize_str(Visitor)
            }
        }
    };
}
pub(crate) use named_enum;

/// The error of a name that is none of `known`.
pub(crate) fn unknown_name(name: &str, known: &[&str]) -> crate::Error {
    crate::Error::new(
        crate::error::ErrorKind::Input,
        "name",
        None,
        None,
        format!("`{name}` is unknown; expected one of {}", known.join(", ")),
    )
}
