//! Conditions on JSON messages: `{ ($.user.id = 1 || $.items[*] = "x*") && $.error NOT EXISTS }`.
//!
//! A test on a property that is absent, an array or an object does not hold, whatever the operator: the
//! guide says that the pattern then does not fit the event. `=` and `!=` on booleans and null do not hold
//! either; `IS` is for those.

use serde_json::Value;

use super::Invalid;
use super::cursor::Cursor;
use super::expression::Expression;
use super::value::{Comparison, Operator};

/// Wildcards in the selectors of one pattern.
const MAX_WILDCARDS: usize = 3;

#[derive(Debug, Clone)]
pub(super) struct Condition(Expression<Test>);

#[derive(Debug, Clone)]
struct Test {
    selector: Vec<Step>,
    wanted: Wanted,
}

#[derive(Debug, Clone)]
enum Step {
    Property(String),
    Element(usize),
    /// Any property of an object, any element of an array.
    Any,
}

#[derive(Debug, Clone)]
enum Wanted {
    Compared(Comparison),
    Null,
    Bool(bool),
    Absent,
}

impl Condition {
    /// Reads what stands between the braces.
    pub(super) fn parse(mut input: Cursor<'_>) -> Result<Condition, Invalid> {
        let (mut regulars, mut wildcards) = (0, 0);
        let expression =
            Expression::parse(&mut input, &mut |input| test(input, &mut regulars, &mut wildcards))?;
        if !input.is_at_end() {
            return Err(input.invalid());
        }
        Ok(Condition(expression))
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        // Cheaper than parsing what is no object.
        if !message.trim_start().starts_with('{') {
            return false;
        }
        let Ok(document) = serde_json::from_str::<Value>(message) else { return false };
        self.0.holds(&|test| test.holds(&document))
    }
}

fn test(input: &mut Cursor<'_>, regulars: &mut usize, wildcards: &mut usize) -> Result<Test, Invalid> {
    let selector = selector(input)?;
    let here = selector.iter().filter(|step| matches!(step, Step::Any)).count();
    *wildcards += here;
    if here > 1 || *wildcards > MAX_WILDCARDS {
        return Err(input.invalid());
    }
    input.space();
    let wanted = if let Some(operator) = Operator::parse(input) {
        Wanted::Compared(Comparison::parse(input, operator, regulars)?)
    } else if input.eat_word("IS") {
        input.space();
        if input.eat_word("NULL") {
            Wanted::Null
        } else if input.eat_word("TRUE") {
            Wanted::Bool(true)
        } else if input.eat_word("FALSE") {
            Wanted::Bool(false)
        } else {
            return Err(input.invalid());
        }
    } else if input.eat_word("NOT") {
        input.space();
        if !input.eat_word("EXISTS") {
            return Err(input.invalid());
        }
        Wanted::Absent
    } else {
        return Err(input.invalid_character());
    };
    Ok(Test { selector, wanted })
}

fn selector(input: &mut Cursor<'_>) -> Result<Vec<Step>, Invalid> {
    if !input.eat("$") {
        return Err(input.invalid_character());
    }
    let mut steps = Vec::new();
    loop {
        if input.eat(".['") || (!steps.is_empty() && input.eat("['")) {
            let name = input.take_until('\'')?;
            if name.is_empty() || !input.eat("]") {
                return Err(input.invalid());
            }
            steps.push(Step::Property(name.to_owned()));
        } else if input.eat(".*") {
            steps.push(Step::Any);
        } else if input.eat(".") {
            let name = input.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-');
            if name.is_empty() {
                return Err(input.invalid_character());
            }
            steps.push(Step::Property(name.to_owned()));
        } else if !steps.is_empty() && input.eat("[") {
            let at = input.at();
            let step = match input.take_until(']')?.trim() {
                "*" => Step::Any,
                index => Step::Element(index.parse().map_err(|_| Invalid::pattern(at))?),
            };
            steps.push(step);
        } else if steps.is_empty() {
            return Err(input.invalid());
        } else {
            return Ok(steps);
        }
    }
}

impl Test {
    fn holds(&self, document: &Value) -> bool {
        match &self.wanted {
            Wanted::Absent => !any_at(document, &self.selector, &|_| true),
            Wanted::Null => any_at(document, &self.selector, &Value::is_null),
            Wanted::Bool(wanted) => any_at(document, &self.selector, &|found| found == wanted),
            Wanted::Compared(comparison) => any_at(document, &self.selector, &|found| match found {
                Value::String(text) => comparison.holds_for_text(text),
                Value::Number(number) => number
                    .as_f64()
                    .is_some_and(|value| comparison.holds_for_number(value, &number.to_string())),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
            }),
        }
    }
}

/// Whether some value that the steps lead to is wanted.
fn any_at(from: &Value, steps: &[Step], wanted: &dyn Fn(&Value) -> bool) -> bool {
    let Some((step, rest)) = steps.split_first() else { return wanted(from) };
    match (step, from) {
        (Step::Property(name), Value::Object(fields)) => {
            fields.get(name).is_some_and(|next| any_at(next, rest, wanted))
        }
        (Step::Element(index), Value::Array(elements)) => {
            elements.get(*index).is_some_and(|next| any_at(next, rest, wanted))
        }
        (Step::Any, Value::Object(fields)) => fields.values().any(|next| any_at(next, rest, wanted)),
        (Step::Any, Value::Array(elements)) => elements.iter().any(|next| any_at(next, rest, wanted)),
        (Step::Property(_) | Step::Element(_) | Step::Any, _) => false,
    }
}
