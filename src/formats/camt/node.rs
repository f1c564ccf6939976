//! A small tree: one entry, one transaction, one header. Never a whole file.

use crate::formats::bank::Place;

/// An element with what is in it. Names are without prefix.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// Its text without blanks on either side, entities resolved.
    pub(super) text: String,
    /// Its attribute `Ccy`.
    pub(super) currency: Option<String>,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// The first element at a path like `Acct/Id/IBAN`.
    pub(super) fn find(&self, path: &str) -> Option<&Node> {
        path.split('/').try_fold(self, |node, name| node.children.iter().find(|child| child.name == name))
    }

    /// The children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text at a path; none when there is no such element or it is empty.
    pub(super) fn text_at(&self, path: &str) -> Option<&str> {
        self.find(path).map(|node| node.text.as_str()).filter(|text| !text.is_empty())
    }

    /// The text at the first of these paths that has one.
    pub(super) fn text_at_any(&self, paths: &[&str]) -> Option<&str> {
        paths.iter().find_map(|path| self.text_at(path))
    }
}

/// An element of a file, with the way to it for the problems in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) node: &'a Node,
    pub(super) path: &'a str,
}

impl<'a> Spot<'a> {
    /// The place of an element below it; the nearest one that is there gives the line.
    pub(super) fn place(self, below: &str) -> Place {
        let mut node = self.node;
        for name in below.split('/') {
            match node.children.iter().find(|child| child.name == name) {
                Some(child) => node = child,
                None => break,
            }
        }
        let path = if below.is_empty() { self.path.to_owned() } else { format!("{}/{below}", self.path) };
        Place::Element { line: node.line, path }
    }

    /// The text at a path below it.
    pub(super) fn text(self, below: &str) -> Option<&'a str> {
        self.node.text_at(below)
    }
}
