//! Kinds of works on a dwelling.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Roof: repair and insulation.
    Roof,
    /// Insulation of outer walls.
    WallInsulation,
    /// Insulation of floors or cellars.
    FloorInsulation,
    /// Windows and doors with better glass.
    Glazing,
    /// Condensing boiler or another heating, not a heat pump.
    Heating,
    /// Heat pump, also for hot water.
    HeatPump,
    /// Photovoltaic or thermal panels.
    SolarPanels,
    /// Ventilation.
    Ventilation,
    /// Electrical installation made safe.
    Electricity,
    /// Rising or penetrating damp.
    Damp,
    /// Walls, floors, stairs and other bearing parts.
    Structure,
    /// Bathroom, toilet, water and waste pipes.
    Sanitary,
    /// Something else, described in words.
    Other,
}

/// A text that names no kind of works.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a kind of works")]
pub struct UnknownWorkKind(pub String);

impl WorkKind {
    /// Every kind, in the order people list them.
    pub const ALL: [Self; 13] = [
        Self::Roof,
        Self::WallInsulation,
        Self::FloorInsulation,
        Self::Glazing,
        Self::Heating,
        Self::HeatPump,
        Self::SolarPanels,
        Self::Ventilation,
        Self::Electricity,
        Self::Damp,
        Self::Structure,
        Self::Sanitary,
        Self::Other,
    ];

    /// The code in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Roof => "roof",
            Self::WallInsulation => "wall_insulation",
            Self::FloorInsulation => "floor_insulation",
            Self::Glazing => "glazing",
            Self::Heating => "heating",
            Self::HeatPump => "heat_pump",
            Self::SolarPanels => "solar_panels",
            Self::Ventilation => "ventilation",
            Self::Electricity => "electricity",
            Self::Damp => "damp",
            Self::Structure => "structure",
            Self::Sanitary => "sanitary",
            Self::Other => "other",
        }
    }

    /// Whether works of this kind can improve the energy performance.
    pub fn may_improve_energy(self) -> bool {
        !matches!(self, Self::Electricity | Self::Damp | Self::Structure | Self::Sanitary)
    }

    /// Whether works of this kind can repair a defect of safety, health or quality.
    pub fn may_be_structural(self) -> bool {
        matches!(
            self,
            Self::Roof
                | Self::Glazing
                | Self::Heating
                | Self::Ventilation
                | Self::Electricity
                | Self::Damp
                | Self::Structure
                | Self::Sanitary
                | Self::Other
        )
    }
}

impl fmt::Display for WorkKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for WorkKind {
    type Err = UnknownWorkKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or_else(|| UnknownWorkKind(text.to_owned()))
    }
}
