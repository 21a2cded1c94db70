//! Placement constraints.

use super::query::Expression;
use super::request::Error;
use model::ecs::launch::{PlacementConstraint, PlacementConstraintType};

/// The most constraints a task may have, those of its definition included.
pub const MAX_CONSTRAINTS: usize = 10;

/// A rule that an instance must pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// No other task of the group on the instance.
    DistinctInstance,
    /// The instance is among those that the expression selects.
    MemberOf(Expression),
}

impl Constraint {
    /// Checks and compiles one constraint of the API.
    pub fn from_model(constraint: &PlacementConstraint) -> Result<Self, Error> {
        let kind = constraint.kind.ok_or(Error::MissingConstraintType)?;
        match (kind, constraint.expression.as_deref()) {
            (PlacementConstraintType::DistinctInstance, None) => Ok(Self::DistinctInstance),
            (PlacementConstraintType::DistinctInstance, Some(_)) => Err(Error::DistinctInstanceExpression),
            (PlacementConstraintType::MemberOf, None) => Err(Error::MissingExpression),
            (PlacementConstraintType::MemberOf, Some(text)) => Self::member_of(text),
        }
    }

    /// Checks a whole list.
    pub fn list_from_model(constraints: &[PlacementConstraint]) -> Result<Vec<Self>, Error> {
        if constraints.len() > MAX_CONSTRAINTS {
            return Err(Error::TooManyConstraints(constraints.len()));
        }
        constraints.iter().map(Self::from_model).collect()
    }

    /// `memberOf` with this expression.
    pub fn member_of(text: &str) -> Result<Self, Error> {
        Expression::parse(text)
            .map(Self::MemberOf)
            .map_err(|source| Error::Expression { expression: text.to_owned(), source })
    }
}
