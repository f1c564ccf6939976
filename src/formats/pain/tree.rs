//! A payment file read back as a tree of elements, for the check: nothing of the writer is used here.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::domain::text::{FieldProblem, Text};

/// One element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) name: String,
    /// Attributes, by name, in order.
    pub(super) attributes: Vec<(String, String)>,
    /// The text directly in it, as it stands; blanks between elements left out.
    pub(super) text: String,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// The children with a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text at the end of a path of names; empty where there is none.
    pub(super) fn text_at<'a>(&'a self, path: &[&str]) -> &'a str {
        let mut node = self;
        for name in path {
            let Some(child) = node.children.iter().find(|child| child.name == *name) else { return "" };
            node = child;
        }
        &node.text
    }
}

/// Reads the one element of a document.
///
/// # Errors
/// It is not well-formed XML, or it holds what no payment file of ours needs: a document type, a comment, a
/// processing instruction, a reference (`&` has a relative in the character set of SEPA and is never written).
pub(super) fn read(bytes: &[u8]) -> Result<Node, Vec<FieldProblem>> {
    let broken = |cause: &str| vec![FieldProblem::new("Document", cause, Text::new("pain-unreadable"))];
    let text = std::str::from_utf8(bytes).map_err(|error| broken(&error.to_string()))?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().map_err(|error| broken(&error.to_string()))? {
            Event::Start(start) => open.push(node(&start).map_err(|cause| broken(&cause))?),
            Event::Empty(start) => {
                let empty = node(&start).map_err(|cause| broken(&cause))?;
                close(&mut open, empty);
            }
            Event::End(_) => {
                let ended = open.pop().ok_or_else(|| broken("</>"))?;
                close(&mut open, ended);
            }
            Event::Text(words) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&words);
                }
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => return Err(broken(&format!("{other:?}"))),
        }
    }
    let mut root = open.pop().unwrap_or_default();
    match (open.is_empty(), root.children.pop()) {
        (true, Some(document)) if root.children.is_empty() && root.text.trim().is_empty() => Ok(document),
        _ => Err(broken("")),
    }
}

fn close(open: &mut [Node], mut ended: Node) {
    if !ended.children.is_empty() && ended.text.trim().is_empty() {
        ended.text.clear();
    }
    if let Some(parent) = open.last_mut() {
        parent.children.push(ended);
    }
}

fn node(start: &BytesStart<'_>) -> Result<Node, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        attributes.push((attribute.key.0.to_owned(), attribute.value.into_owned()));
    }
    Ok(Node { name: start.name().0.to_owned(), attributes, ..Node::default() })
}
