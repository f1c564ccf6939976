//! The tables: every type of structured communication and information that is read for people.
//!
//! Lengths are positions; `Decimal(3)` of 15 positions is an amount of 12 digits and 3 decimals, `Decimal(8)` of 12
//! a rate of 4 digits and 8 decimals.

use super::layout::Form::{Blank, Code, Date, Decimal, LongDate, Number, Reference, Text, Time};
use super::layout::{Form, Layout};

const CARD_SCHEME: Form =
    Code(&[("1", "Bancontact"), ("2", "Maestro"), ("3", "private card"), ("5", "TINA"), ("9", "other card")]);

const CARD_USE: Form = Code(&[
    ("0", "cumulative"),
    ("1", "withdrawal"),
    ("2", "cumulative on the network"),
    ("3", "reimbursement of a Proton balance"),
    ("4", "reversal of a purchase"),
    ("5", "point of sale"),
    ("7", "distribution"),
    ("8", "teledata"),
    ("9", "fuel"),
]);

const FUEL: Form = Code(&[
    ("01", "premium with lead substitute"),
    ("02", "Europremium"),
    ("03", "diesel"),
    ("04", "LPG"),
    ("06", "premium plus 98"),
    ("07", "regular unleaded"),
    ("08", "heating oil"),
    ("09", "lubricants"),
    ("10", "petrol"),
    ("11", "premium 99+"),
    ("12", "avgas"),
    ("16", "other product"),
]);

/// Some banks write 0, others 2, for a minimum that does not apply.
const MINIMUM: Form = Code(&[("0", "does not apply"), ("1", "applies"), ("2", "does not apply")]);

const CARD_ISSUER: Form =
    Code(&[("1", "Mastercard"), ("2", "Visa"), ("3", "American Express"), ("4", "Diners Club"), ("9", "other issuer")]);

const SECURITY_CODE: Form = Code(&[
    ("01", "SVM"),
    ("02", "ISIN"),
    ("04", "Telekurs"),
    ("05", "Sedol"),
    ("06", "Cedel"),
    ("07", "Euroclear"),
    ("08", "Wertpapier"),
    ("09", "EOE"),
    ("99", "internal"),
]);

/// Structured communications of movements (records 2), positions from 66 of record 2.1 on.
pub(super) const COMMUNICATIONS: &[Layout] = &[
    Layout("103", "number", &[("of the cheque or card", 12, Text)]),
    Layout(
        "105",
        "original amount",
        &[
            ("gross in the currency of the account", 15, Decimal(3)),
            ("gross in the original currency", 15, Decimal(3)),
            ("rate", 12, Decimal(8)),
            ("currency", 3, Text),
            ("reference", 12, Reference),
            ("country of the principal", 2, Text),
            ("in euro", 15, Decimal(3)),
        ],
    ),
    Layout(
        "106",
        "calculation",
        &[
            ("amount", 15, Decimal(3)),
            ("on", 15, Decimal(3)),
            ("percent", 12, Decimal(8)),
            ("minimum", 1, MINIMUM),
            ("in euro", 15, Decimal(3)),
        ],
    ),
    // The domestic direct debit of before 2014; read off samples, for newer standards no longer hold it.
    Layout(
        "107",
        "domestic direct debit",
        &[
            ("mandate", 12, Text),
            ("on", 6, Date),
            ("text", 15, Text),
            ("further text", 15, Text),
            ("outcome", 1, Text),
            ("creditor", 11, Text),
        ],
    ),
    Layout(
        "108",
        "closing",
        &[
            ("amount", 15, Decimal(3)),
            ("rates and basis", 15, Text),
            ("interest", 12, Decimal(8)),
            ("from", 6, Date),
            ("to", 6, Date),
        ],
    ),
    Layout(
        "111",
        "card receipts in total",
        &[
            ("scheme", 1, CARD_SCHEME),
            ("terminal", 6, Text),
            ("period", 3, Text),
            ("first transaction", 6, Number),
            ("of", 6, Date),
            ("last transaction", 6, Number),
            ("until", 6, Date),
            ("use", 1, CARD_USE),
            ("at", 16, Text),
            ("in", 10, Text),
        ],
    ),
    Layout(
        "113",
        "card payment",
        &[
            ("card", 16, Text),
            ("scheme", 1, CARD_SCHEME),
            ("terminal", 6, Text),
            ("transaction", 6, Number),
            ("on", 6, Date),
            ("hour", 4, Time),
            ("use", 1, CARD_USE),
            ("at", 16, Text),
            ("in", 10, Text),
            ("original amount", 15, Decimal(3)),
            ("rate", 12, Decimal(8)),
            ("currency", 3, Text),
            ("volume", 5, Decimal(2)),
            ("product", 2, FUEL),
            ("unit price", 5, Decimal(3)),
        ],
    ),
    Layout(
        "114",
        "card receipt",
        &[
            ("scheme", 1, CARD_SCHEME),
            ("terminal", 6, Text),
            ("period", 3, Text),
            ("transaction", 6, Number),
            ("on", 6, Date),
            ("hour", 4, Time),
            ("use", 1, CARD_USE),
            ("at", 16, Text),
            ("in", 10, Text),
            ("reference", 16, Text),
        ],
    ),
    Layout(
        "115",
        "cash deposit",
        &[
            ("card", 16, Text),
            ("scheme", 1, CARD_SCHEME),
            ("terminal", 6, Text),
            ("transaction", 6, Number),
            ("on", 6, Date),
            ("hour", 4, Time),
            ("validated on", 6, Date),
            ("validation", 6, Number),
            ("amount counted", 15, Decimal(3)),
            ("conformity", 1, Text),
            ("at", 16, Text),
            ("in", 10, Text),
            ("message", 12, Text),
        ],
    ),
    Layout(
        "121",
        "bill",
        &[
            ("amount", 15, Decimal(3)),
            ("due on", 6, Date),
            ("conventionally due on", 6, Date),
            ("issued on", 6, Date),
            ("company", 11, Text),
            ("currency", 3, Text),
            ("blank", 3, Blank),
            ("number", 13, Text),
            ("rate", 12, Decimal(8)),
        ],
    ),
    Layout(
        "122",
        "interest on a bill",
        &[
            ("days", 4, Number),
            ("rate", 12, Decimal(8)),
            ("on", 15, Decimal(3)),
            ("minimum", 1, MINIMUM),
            ("number", 13, Text),
            ("due on", 6, Date),
        ],
    ),
    Layout(
        "123",
        "fees and commissions",
        &[
            ("from", 6, Date),
            // 999999 for a guarantee without end: no date, and so kept as it stands there.
            ("to", 6, Date),
            ("on", 15, Decimal(3)),
            ("percent", 12, Decimal(8)),
            ("days", 4, Number),
            ("minimum", 1, MINIMUM),
            ("guarantee", 13, Text),
        ],
    ),
    Layout(
        "124",
        "credit card",
        &[
            ("card", 20, Text),
            ("issuer", 1, CARD_ISSUER),
            ("invoice", 12, Text),
            ("identification", 15, Text),
            ("on", 6, Date),
        ],
    ),
    Layout(
        "125",
        "credit",
        &[
            ("account", 12, Text),
            ("extension", 15, Text),
            ("old balance", 15, Decimal(3)),
            ("new balance", 15, Decimal(3)),
            ("amount", 15, Decimal(3)),
            ("currency", 3, Text),
            ("from", 6, Date),
            ("to", 6, Date),
            ("rate", 12, Decimal(8)),
            ("reference", 13, Text),
        ],
    ),
    Layout(
        "126",
        "term investment",
        &[
            ("deposit", 15, Text),
            ("amount", 15, Decimal(3)),
            ("in the currency of the account", 15, Decimal(3)),
            ("from", 6, Date),
            ("to", 6, Date),
            ("interest rate", 12, Decimal(8)),
            ("interest", 15, Decimal(3)),
            ("currency", 3, Text),
            ("rate", 12, Decimal(8)),
        ],
    ),
];

/// Structured information (records 3), positions from 44 of record 3.1 on. 001, 008 and 009 have types of their own.
pub(super) const INFORMATION: &[Layout] = &[
    Layout("002", "text of the bank", &[("says", 265, Text)]),
    Layout("003", "data of the bank", &[("says", 265, Text)]),
    Layout(
        "004",
        "bank of the counterparty",
        &[("line 1", 35, Text), ("line 2", 35, Text), ("line 3", 35, Text), ("line 4", 35, Text)],
    ),
    Layout(
        "005",
        "correspondent",
        &[("line 1", 35, Text), ("line 2", 35, Text), ("line 3", 35, Text), ("line 4", 35, Text)],
    ),
    Layout(
        "006",
        "detail amount",
        &[
            ("for", 30, Text),
            ("currency", 3, Text),
            ("amount", 15, Decimal(3)),
            ("sign", 1, Code(&[("0", "credit"), ("1", "debit")])),
            ("category", 3, Text),
        ],
    ),
    Layout("007", "notes and coins", &[("number", 7, Number), ("of", 6, Decimal(3)), ("in total", 15, Decimal(3))]),
    Layout(
        "010",
        "securities bought or sold",
        &[
            ("order", 13, Text),
            ("file of the bank", 15, Text),
            ("customer reference", 13, Text),
            ("kind of code", 2, SECURITY_CODE),
            ("security", 15, Text),
            ("entered", 1, Code(&[("N", "by nominal value"), ("U", "by unit")])),
            ("number", 12, Decimal(4)),
            ("issued in", 3, Text),
            ("per transaction unit", 4, Number),
            ("quoted in", 3, Text),
            ("quotation", 12, Decimal(4)),
            ("exchange rate", 12, Decimal(8)),
            ("name", 40, Text),
            ("bordereau", 13, Text),
            ("coupon", 8, Text),
            ("coupon paid on", 8, LongDate),
            ("market", 30, Text),
            ("traded on", 8, LongDate),
            ("nature", 24, Text),
            ("nominal value", 15, Decimal(3)),
        ],
    ),
    Layout(
        "011",
        "coupons",
        &[
            ("order", 13, Text),
            ("file of the bank", 15, Text),
            ("customer reference", 13, Text),
            ("kind of code", 2, SECURITY_CODE),
            ("security", 15, Text),
            ("number", 12, Decimal(4)),
            ("name", 40, Text),
            ("issued in", 3, Text),
            ("amount of the coupon", 14, Decimal(6)),
            ("kind", 1, Code(&[("1", "dividend"), ("2", "interest")])),
            ("foreign tax", 15, Decimal(3)),
            ("nature", 24, Text),
            ("coupon", 6, Text),
            ("on", 6, Date),
            ("exchange rate", 12, Decimal(8)),
            ("paid in", 3, Text),
            ("nominal value", 15, Decimal(3)),
        ],
    ),
];
