//! `#[derive(FromDoc)]`: how a type of a scenario's file is read from a tree with places (`muster_core::text::typed`).
//!
//! It reads the same `#[serde(...)]` attributes by which a value is written back and its JSON Schema is made, so that the three
//! cannot disagree: `rename`, `rename_all = "camelCase"`, `default`, `deny_unknown_fields`. What it writes is a table of names and
//! places for one reader that is compiled once; serde's own derive writes that reader anew for every type. It
//! deliberately refuses what no file has: unknown fields passed over, variants with fields, generics.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Ident, LitStr, Token, Type,
    parse_macro_input,
};

/// Derives `muster_core::text::typed::FromDoc` for a struct with named fields or an enum of units and newtypes.
#[proc_macro_derive(FromDoc, attributes(serde))]
pub fn from_doc(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn derive(input: &DeriveInput) -> Result<Tokens, Error> {
    let said = Said::of(&input.attrs)?;
    let refused = |why: &str| Err(Error::new_spanned(&input.ident, why));
    match &input.data {
        _ if !input.generics.params.is_empty() => refused("a type of a file has no parameters"),
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) if !said.strict => refused("a mapping says #[serde(deny_unknown_fields)]"),
            Fields::Named(fields) => mapping(&input.ident, fields, &said),
            _ => refused("a mapping has named fields"),
        },
        Data::Enum(data) => variants(&input.ident, data, &said),
        Data::Union(_) => refused("a union cannot be read"),
    }
}

/// What the attributes of a type, a field or a variant say of reading.
#[derive(Default)]
struct Said {
    rename: Option<String>,
    camel: bool,
    default: bool,
    strict: bool,
}

impl Said {
    fn of(attributes: &[Attribute]) -> Result<Said, Error> {
        let mut said = Said::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let word = meta.path.require_ident()?.to_string();
                let value = || meta.value()?.parse::<LitStr>();
                match word.as_str() {
                    "default" if !meta.input.peek(Token![=]) => said.default = true,
                    "deny_unknown_fields" => said.strict = true,
                    "rename" => said.rename = Some(value()?.value()),
                    "rename_all" => {
                        let style = value()?;
                        if style.value() != "camelCase" {
                            return Err(Error::new_spanned(style, "names are camelCase"));
                        }
                        said.camel = true;
                    }
                    "skip_serializing_if" => drop(value()?), // of writing, not of reading
                    _ => return Err(meta.error("not known to FromDoc")),
                }
                Ok(())
            })?;
        }
        Ok(said)
    }
    fn name(&self, ident: &Ident, of: &Said, variant: bool) -> String {
        let plain = ident.unraw().to_string();
        match &self.rename {
            Some(name) => name.clone(),
            None if !of.camel => plain,
            None if variant => plain[..1].to_ascii_lowercase() + &plain[1..],
            None => camel(&plain),
        }
    }
}

/// `one_way` as `oneWay`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let (head, tail) = part.split_at(part.len().min(1));
        name + &head.to_ascii_uppercase() + tail
    })
}

fn is_option(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

fn mapping(ident: &Ident, fields: &FieldsNamed, of: &Said) -> Result<Tokens, Error> {
    let (mut names, mut slots, mut begins) = (Vec::new(), Vec::new(), Vec::new());
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for field in &fields.named {
        let said = Said::of(&field.attrs)?;
        let Some(slot) = field.ident.as_ref() else { continue };
        names.push(said.name(slot, of, false));
        slots.push(slot);
        let filled = of.default || said.default || is_option(&field.ty);
        begins.push(match (filled, of.default) {
            (true, true) => quote!(usual.#slot),
            (true, false) => quote!(::core::default::Default::default()),
            (false, _) => quote!(crate::text::typed::Required(::core::option::Option::None)),
        });
        if filled { optional.push(slot) } else { required.push(slot) }
    }
    let usual = of.default.then(|| quote!(let usual = <Self as ::core::default::Default>::default();));
    let taken = (!required.is_empty()).then(|| {
        quote! {
            let (#(crate::text::typed::Required(::core::option::Option::Some(#required)),)*) = (#(#required,)*)
            else {
                return ::core::result::Result::Err(node.incomplete());
            };
        }
    });
    Ok(quote! {
        impl crate::text::typed::FromDoc for #ident {
            fn from_doc(
                node: crate::text::typed::Node<'_>,
            ) -> ::core::result::Result<Self, crate::text::typed::Fault> {
                #usual
                #(let mut #slots = #begins;)*
                node.fields(&mut [#((#names, &mut #slots)),*])?;
                #taken
                ::core::result::Result::Ok(#ident { #(#required,)* #(#optional,)* })
            }
        }
    })
}

fn variants(ident: &Ident, data: &DataEnum, of: &Said) -> Result<Tokens, Error> {
    let (mut names, mut arms) = (Vec::new(), Vec::new());
    for (at, variant) in data.variants.iter().enumerate() {
        let said = Said::of(&variant.attrs)?;
        let name = &variant.ident;
        names.push(said.name(name, of, true));
        let made = match &variant.fields {
            Fields::Unit => quote!(content.none().map(|()| #ident::#name)),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote!(content.read().map(#ident::#name)),
            _ => return Err(Error::new_spanned(name, "a variant has nothing or one value")),
        };
        // The last one stands for all beyond, so that there is nothing left to refuse.
        arms.push(if at + 1 < data.variants.len() { quote!(#at => #made) } else { quote!(_ => #made) });
    }
    let arms: Punctuated<_, Token![,]> = arms.into_iter().collect();
    Ok(quote! {
        impl crate::text::typed::Variants for #ident {
            const NAMES: &'static [&'static str] = &[#(#names),*];
            fn from_content(
                at: usize,
                content: crate::text::typed::Content<'_>,
            ) -> ::core::result::Result<Self, crate::text::typed::Fault> {
                match at { #arms }
            }
        }
        impl crate::text::typed::FromDoc for #ident {
            fn from_doc(
                node: crate::text::typed::Node<'_>,
            ) -> ::core::result::Result<Self, crate::text::typed::Fault> {
                let (at, content) = node.variant(<Self as crate::text::typed::Variants>::NAMES)?;
                <Self as crate::text::typed::Variants>::from_content(at, content)
            }
        }
    })
}
