//! `&&`, `||` and parentheses over tests of some kind; `&&` binds tighter.

use super::Invalid;
use super::cursor::Cursor;

/// Parentheses inside parentheses.
const MAX_DEPTH: usize = 32;

#[derive(Debug, Clone)]
pub(super) enum Expression<T> {
    Test(T),
    All(Vec<Expression<T>>),
    Any(Vec<Expression<T>>),
}

impl<T> Expression<T> {
    /// Reads an expression; `test` reads one test.
    pub(super) fn parse(
        input: &mut Cursor<'_>,
        test: &mut dyn FnMut(&mut Cursor<'_>) -> Result<T, Invalid>,
    ) -> Result<Expression<T>, Invalid> {
        Self::any(input, test, 0)
    }

    fn any(
        input: &mut Cursor<'_>,
        test: &mut dyn FnMut(&mut Cursor<'_>) -> Result<T, Invalid>,
        depth: usize,
    ) -> Result<Expression<T>, Invalid> {
        let mut parts = vec![Self::all(input, test, depth)?];
        while input.eat("||") {
            parts.push(Self::all(input, test, depth)?);
        }
        Ok(single(parts, Expression::Any))
    }

    fn all(
        input: &mut Cursor<'_>,
        test: &mut dyn FnMut(&mut Cursor<'_>) -> Result<T, Invalid>,
        depth: usize,
    ) -> Result<Expression<T>, Invalid> {
        let mut parts = vec![Self::one(input, test, depth)?];
        while input.eat("&&") {
            parts.push(Self::one(input, test, depth)?);
        }
        Ok(single(parts, Expression::All))
    }

    /// One test or parenthesis, with the space around it.
    fn one(
        input: &mut Cursor<'_>,
        test: &mut dyn FnMut(&mut Cursor<'_>) -> Result<T, Invalid>,
        depth: usize,
    ) -> Result<Expression<T>, Invalid> {
        input.space();
        let part = if depth < MAX_DEPTH && input.eat("(") {
            let inner = Self::any(input, test, depth + 1)?;
            if !input.eat(")") {
                return Err(input.invalid());
            }
            inner
        } else {
            Expression::Test(test(input)?)
        };
        input.space();
        Ok(part)
    }

    pub(super) fn holds(&self, test: &dyn Fn(&T) -> bool) -> bool {
        match self {
            Expression::Test(one) => test(one),
            Expression::All(parts) => parts.iter().all(|part| part.holds(test)),
            Expression::Any(parts) => parts.iter().any(|part| part.holds(test)),
        }
    }
}

fn single<T>(mut parts: Vec<Expression<T>>, many: fn(Vec<Expression<T>>) -> Expression<T>) -> Expression<T> {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            many(parts)
        }
        None => many(parts),
    }
}
