//! The public surface of the crate, read from its source: a small parser of what this crate uses.
//!
//! It follows `pub use` from the crate root, takes structs, enums, traits, functions, constants,
//! their inherent methods, derives and trait implementations, and opens the crate's own macros
//! (`named_enum!` and the setters). It knows no cfg but `test`.

use std::collections::BTreeMap;
use std::path::Path;

use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, ImplItem, Item as Syn, Token, UseTree, Visibility};

/// One public item.
pub(crate) struct Item {
    pub(crate) line: String,
    pub(crate) name: String,
    pub(crate) documented: bool,
    pub(crate) must_use: bool,
    /// A function that gives back something which is not already to be used by its type.
    pub(crate) returns: bool,
}

/// The modules of the crate by path, such as `["text", "token"]`.
pub(crate) struct Crate {
    modules: BTreeMap<Vec<String>, Vec<Syn>>,
    /// What `named_enum!` derives and implements for every enum it declares.
    named: (Attribute, Vec<String>),
}

impl Crate {
    pub(crate) fn read(src: &Path) -> Self {
        let names = std::fs::read_to_string(src.join("names.rs")).expect("names.rs");
        let names = syn::parse_file(&names).expect("names.rs is Rust");
        let declaring = names.items.iter().find_map(|item| match item {
            Syn::Macro(of) if of.ident.as_ref().is_some_and(|i| i == "named_enum") => Some(&of.mac),
            _ => None,
        });
        let named = added(&declaring.expect("the macro `named_enum`").tokens.to_string());
        let mut all = Self { modules: BTreeMap::new(), named };
        all.file(&src.join("lib.rs"), src, Vec::new());
        all
    }

    fn file(&mut self, file: &Path, folder: &Path, path: Vec<String>) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file:?}: {e}"));
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{file:?}: {e}"));
        self.module(parsed.items, folder, path);
    }

    fn module(&mut self, items: Vec<Syn>, folder: &Path, path: Vec<String>) {
        let mut kept = Vec::new();
        for item in items {
            if has(attributes(&item), "cfg", Some("test")) {
                continue;
            }
            if let Syn::Mod(module) = &item {
                let name = module.ident.to_string();
                let below = folder.join(&name);
                let path = [path.clone(), vec![name.clone()]].concat();
                match &module.content {
                    Some((_, items)) => self.module(items.clone(), &below, path),
                    None => {
                        let file = folder.join(format!("{name}.rs"));
                        let file = if file.exists() { file } else { below.join("mod.rs") };
                        // `include!`d tables are no modules of their own.
                        if file.exists() {
                            self.file(&file, &below, path);
                        }
                    }
                }
            }
            kept.extend(opened(item, &self.named));
        }
        self.modules.insert(path, kept);
    }

    /// Every public item with its public path.
    pub(crate) fn items(&self) -> Vec<Item> {
        let mut found = Vec::new();
        let mut names = BTreeMap::new();
        self.walk(&[], "doleance", &mut found, &mut names);
        for items in self.modules.values() {
            for item in items {
                self.implementation(item, &names, &mut found);
            }
        }
        found
    }

    /// Public items of module `at`, which callers know as `public`.
    fn walk(
        &self,
        at: &[String],
        public: &str,
        found: &mut Vec<Item>,
        names: &mut BTreeMap<String, String>,
    ) {
        for item in self.modules.get(at).into_iter().flatten() {
            match item {
                Syn::Use(used) if is_public(&used.vis) && !hidden(&used.attrs) => {
                    for (path, name) in leaves(&used.tree, Vec::new()) {
                        self.export(at, &path, name.as_deref(), public, found, names);
                    }
                }
                Syn::Mod(module) if is_public(&module.vis) && !hidden(&module.attrs) => {
                    let name = module.ident.to_string();
                    let public = format!("{public}::{name}");
                    let below = [at.to_vec(), vec![name.clone()]].concat();
                    found.push(Item {
                        line: format!("mod {public}"),
                        name,
                        // Inner doc comments stand in the module's own file.
                        documented: true,
                        must_use: false,
                        returns: false,
                    });
                    self.walk(&below, &public, found, names);
                }
                Syn::Mod(_) | Syn::Use(_) => {}
                other => self.define(other, public, found, names),
            }
        }
    }

    /// What `pub use path` (or `path::*` when there is no name) brings into `public`.
    fn export(
        &self,
        at: &[String],
        path: &[String],
        name: Option<&str>,
        public: &str,
        found: &mut Vec<Item>,
        names: &mut BTreeMap<String, String>,
    ) {
        let mut module: Vec<String> = match path.first().map(String::as_str) {
            Some("crate") => path[1..].to_vec(),
            Some("self") => [at, &path[1..]].concat(),
            Some("super") => [&at[..at.len() - 1], &path[1..]].concat(),
            _ => [at, path].concat(),
        };
        let Some(name) = name else {
            return self.walk(&module, public, found, names);
        };
        // A module that is re-exported whole is not used in this crate.
        for item in self.modules.get(&module).into_iter().flatten() {
            match item {
                Syn::Use(used) => {
                    for (path, leaf) in leaves(&used.tree, Vec::new()) {
                        if leaf.as_deref() == Some(name) {
                            let from = std::mem::take(&mut module);
                            return self.export(&from, &path, Some(name), public, found, names);
                        }
                    }
                }
                other if ident(other).is_some_and(|i| i == name) => {
                    self.define(other, public, found, names);
                }
                _ => {}
            }
        }
    }

    fn define(
        &self,
        item: &Syn,
        public: &str,
        found: &mut Vec<Item>,
        names: &mut BTreeMap<String, String>,
    ) {
        let attrs = attributes(item);
        let Some(name) = ident(item).filter(|_| visibility(item).is_some_and(is_public)) else {
            return;
        };
        if hidden(attrs) {
            return;
        }
        let path = format!("{public}::{name}");
        let mut push = |line: String, documented, must_use, returns| {
            found.push(Item { line, name: name.clone(), documented, must_use, returns });
        };
        let documented = has(attrs, "doc", None);
        let marks = marks(attrs);
        match item {
            Syn::Struct(item) => {
                push(
                    format!("struct {path}{}{marks}", text(&item.generics)),
                    documented,
                    true,
                    false,
                );
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let field_name =
                        field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    let line = format!("field {path}.{field_name}: {}", text(&field.ty));
                    push(line, has(&field.attrs, "doc", None), true, false);
                }
                names.insert(name.clone(), path);
            }
            Syn::Enum(item) => {
                push(
                    format!("enum {path}{}{marks}", text(&item.generics)),
                    documented,
                    true,
                    false,
                );
                for variant in &item.variants {
                    let mut bare = variant.clone();
                    bare.attrs.clear();
                    let line = format!("variant {path}::{}", text(&bare));
                    push(line, has(&variant.attrs, "doc", None), true, false);
                }
                names.insert(name.clone(), path);
            }
            Syn::Trait(item) => {
                push(format!("trait {path}: {}", text(&item.supertraits)), documented, true, false);
                for part in &item.items {
                    let (line, attrs) = match part {
                        syn::TraitItem::Fn(f) => (text(&f.sig), &f.attrs),
                        syn::TraitItem::Const(c) => {
                            (format!("const {}: {}", c.ident, text(&c.ty)), &c.attrs)
                        }
                        _ => continue,
                    };
                    push(format!("{path}: {line}"), has(attrs, "doc", None), true, false);
                }
                names.insert(name.clone(), path);
            }
            Syn::Fn(item) => {
                let must_use = has(attrs, "must_use", None);
                push(
                    format!("{public}: {}", text(&item.sig)),
                    documented,
                    must_use,
                    returns(&item.sig),
                );
            }
            Syn::Const(item) => {
                push(format!("const {path}: {}", text(&item.ty)), documented, true, false);
            }
            Syn::Type(item) => {
                push(format!("type {path} = {}", text(&item.ty)), documented, true, false);
            }
            _ => {}
        }
    }

    /// Methods and traits of public types.
    fn implementation(&self, item: &Syn, names: &BTreeMap<String, String>, found: &mut Vec<Item>) {
        let Syn::Impl(item) = item else { return };
        let syn::Type::Path(of) = &*item.self_ty else { return };
        let Some(last) = of.path.segments.last() else { return };
        let name = last.ident.to_string();
        let Some(path) = names.get(&name) else { return };
        if let Some((of_trait, _)) = &item.trait_ {
            let cfg = marks(&item.attrs);
            let generics = text(&item.generics);
            let line = format!("impl{generics} {} for {path}{cfg}", text(of_trait));
            let types = item.items.iter().filter_map(|part| match part {
                ImplItem::Type(of) => Some(format!("{line}: {} = {}", of.ident, text(&of.ty))),
                _ => None,
            });
            for line in types.chain([line.clone()]) {
                let name = name.clone();
                found.push(Item { line, name, documented: true, must_use: true, returns: false });
            }
            return;
        }
        for part in item.items.iter().flat_map(setters) {
            let (vis, attrs, line, returns) = match &part {
                ImplItem::Fn(f) => (&f.vis, &f.attrs, text(&f.sig), returns(&f.sig)),
                ImplItem::Const(c) => {
                    (&c.vis, &c.attrs, format!("const {}: {}", c.ident, text(&c.ty)), false)
                }
                _ => continue,
            };
            if is_public(vis) && !hidden(attrs) {
                found.push(Item {
                    line: format!("{path}: {line}{}", marks(attrs)),
                    name: name.clone(),
                    documented: has(attrs, "doc", None),
                    must_use: has(attrs, "must_use", None),
                    returns,
                });
            }
        }
    }
}

/// The derives of the enum that the macro of this text declares, and the traits it implements.
fn added(text: &str) -> (Attribute, Vec<String>) {
    let derives = text.split("derive (").nth(1).and_then(|rest| rest.split(')').next());
    let derives = format!("#[derive({})]", derives.expect("derives"));
    let derives = Attribute::parse_outer.parse_str(&derives).expect("an attribute");
    let implemented = text.split("impl").skip(1).filter_map(|rest| {
        let (of, target) = rest.split_once(" for ")?;
        target.starts_with("$ name").then(|| of.replace("$ crate :: names ::", ""))
    });
    (derives[0].clone(), implemented.collect())
}

/// A `named_enum!` as the enum it declares, with what it implements; anything else as it is.
fn opened(item: Syn, (derives, implemented): &(Attribute, Vec<String>)) -> Vec<Syn> {
    let Syn::Macro(call) = &item else { return vec![item] };
    if !call.mac.path.is_ident("named_enum") {
        return vec![item];
    }
    let mut declared: syn::ItemEnum = syn::parse2(call.mac.tokens.clone()).expect("a named enum");
    let name = &declared.ident;
    let methods = quote::quote! {
        impl #name {
            /// All values.
            pub const ALL: &'static [Self] = &[];
            /// The stable name.
            #[must_use]
            pub fn as_str(self) -> &'static str {}
        }
    };
    let traits = implemented.iter().map(|of| format!("impl {of} for {name} {{}}"));
    let traits = traits.map(|text| syn::parse_str(&text).unwrap_or_else(|e| panic!("{text}: {e}")));
    let rest: Vec<Syn> =
        [syn::parse2(methods).expect("an implementation")].into_iter().chain(traits).collect();
    declared.attrs.extend([syn::parse_quote!(#[non_exhaustive]), derives.clone()]);
    [vec![Syn::Enum(declared)], rest].concat()
}

/// What the setter macros of `post.rs` take: `name;` or `name: type;` with doc comments.
struct Setters(Vec<(Vec<Attribute>, syn::Ident, Option<syn::Type>)>);

impl Parse for Setters {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        while !input.is_empty() {
            let attrs = input.call(Attribute::parse_outer)?;
            let name = input.parse()?;
            let of = if input.parse::<Option<Token![:]>>()?.is_some() {
                Some(input.parse()?)
            } else {
                None
            };
            input.parse::<Token![;]>()?;
            all.push((attrs, name, of));
        }
        Ok(Self(all))
    }
}

fn setters(item: &ImplItem) -> Vec<ImplItem> {
    let ImplItem::Macro(call) = item else { return vec![item.clone()] };
    let Setters(all) = syn::parse2(call.mac.tokens.clone()).expect("setters");
    let made = all.into_iter().map(|(attrs, name, of)| {
        let of = of.map_or(quote::quote!(impl Into<Cow<'a, str>>), |of| of.to_token_stream());
        syn::parse_quote! {
            #(#attrs)*
            #[must_use]
            pub fn #name(mut self, #name: #of) -> Self {}
        }
    });
    made.collect()
}

/// Whether a function gives back what must be used but whose type does not say so itself.
fn returns(sig: &syn::Signature) -> bool {
    let syn::ReturnType::Type(_, of) = &sig.output else { return false };
    let of = text(of);
    !(of.starts_with("Result") || of.starts_with("impl Iterator") || of.starts_with("&mut Self"))
}

fn attributes(item: &Syn) -> &[Attribute] {
    match item {
        Syn::Const(i) => &i.attrs,
        Syn::Enum(i) => &i.attrs,
        Syn::Fn(i) => &i.attrs,
        Syn::Impl(i) => &i.attrs,
        Syn::Mod(i) => &i.attrs,
        Syn::Struct(i) => &i.attrs,
        Syn::Trait(i) => &i.attrs,
        Syn::Type(i) => &i.attrs,
        Syn::Use(i) => &i.attrs,
        _ => &[],
    }
}

fn visibility(item: &Syn) -> Option<&Visibility> {
    Some(match item {
        Syn::Const(i) => &i.vis,
        Syn::Enum(i) => &i.vis,
        Syn::Fn(i) => &i.vis,
        Syn::Struct(i) => &i.vis,
        Syn::Trait(i) => &i.vis,
        Syn::Type(i) => &i.vis,
        _ => return None,
    })
}

fn ident(item: &Syn) -> Option<String> {
    Some(match item {
        Syn::Const(i) => i.ident.to_string(),
        Syn::Enum(i) => i.ident.to_string(),
        Syn::Fn(i) => i.sig.ident.to_string(),
        Syn::Struct(i) => i.ident.to_string(),
        Syn::Trait(i) => i.ident.to_string(),
        Syn::Type(i) => i.ident.to_string(),
        _ => return None,
    })
}

fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

fn has(attrs: &[Attribute], name: &str, word: Option<&str>) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident(name) && word.is_none_or(|word| text(&attr.meta).contains(word))
    })
}

fn hidden(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("doc")
            && attr
                .parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)
                .is_ok_and(|words| words.iter().any(|word| word.is_ident("hidden")))
    })
}

/// Derives, conditions and the like, which callers depend on too.
fn marks(attrs: &[Attribute]) -> String {
    let kept = ["derive", "cfg", "cfg_attr", "non_exhaustive", "must_use", "deprecated"];
    let mut found: Vec<String> = attrs
        .iter()
        .filter(|attr| kept.iter().any(|name| attr.path().is_ident(name)))
        .filter(|attr| !text(&attr.meta).contains("serde("))
        .map(|attr| format!(" {}", text(attr)))
        .collect();
    found.sort();
    found.concat()
}

/// The path and name of every item a `use` names; no name for `*`.
fn leaves(tree: &UseTree, before: Vec<String>) -> Vec<(Vec<String>, Option<String>)> {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, [before, vec![path.ident.to_string()]].concat()),
        UseTree::Name(name) => vec![(before, Some(name.ident.to_string()))],
        UseTree::Rename(name) => vec![(before, Some(name.ident.to_string()))],
        UseTree::Glob(_) => vec![(before, None)],
        UseTree::Group(group) => {
            group.items.iter().flat_map(|tree| leaves(tree, before.clone())).collect()
        }
    }
}

/// The tokens as one line, laid out nearly as people do, so that layout makes no difference.
fn text(tokens: &impl ToTokens) -> String {
    let mut line = tokens.to_token_stream().to_string();
    line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        (" :: ", "::"),
        (" ,", ","),
        (" (", "("),
        (" )", ")"),
        ("( ", "("),
        (" < ", "<"),
        (" > ", "> "),
        (" >", ">"),
        ("& ", "&"),
        (" :", ":"),
        ("# [", "#["),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        line = line.replace(from, to);
    }
    line
}
