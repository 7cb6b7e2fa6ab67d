/**
 * What a refusal is about, by its wording. Engines word some of them in ways of their own, so messages
 * are compared by class and not by letter.
 */
const classes: readonly (readonly [name: string, wording: RegExp])[] = [
  ['redundant parentheses', /redundant parentheses/],
  ['empty expression', /expression can not be empty/],
  ['reserved word', /reserved keyword/],
  ['unknown function', /Invalid function name/],
  ['number of operands', /Incorrect number of operands/],
  ['operand type', /Incorrect operand type/],
  ['same operands', /must be distinct/],
  ['undefined name', /attribute name used in the document path is not defined/],
  ['undefined value', /attribute value used in expression is not defined/],
  ['repeated section', /section can only be used once/],
  ['overlapping paths', /paths overlap/],
  ['conflicting paths', /paths conflict/],
  ['unused name', /ExpressionAttributeNames unused/],
  ['unused value', /ExpressionAttributeValues unused/],
  ['names without expression', /ExpressionAttributeNames can only/],
  ['values without expression', /ExpressionAttributeValues can only/],
  ['key element missed', /missed key schema element/],
  ['key equality', /Query key condition not supported|partition key must use equality/],
  ['one condition per key', /only contain one condition per key/],
  ['key in filter', /can only contain non-primary key attributes/],
  ['key in update', /Cannot update attribute/],
  ['unknown index', /does not have the specified index/],
  ['consistent read', /Consistent reads are not supported/],
  ['mixed parameters', /Can not use both expression and non-expression/],
  ['placeholder name', /contains invalid key/],
  [
    'invalid value',
    /contains invalid value|Supplied AttributeValue|numeric value|Number overflow|significant digits|Null attribute value/,
  ],
  ['misused function', /not allowed to be used this way/],
  ['path required', /requires a document path/],
  ['bounds of BETWEEN', /BETWEEN operator requires/],
  ['index key type', /Type mismatch for Index Key/],
  ['nested key', /Key attributes must be scalars/],
  ['nested key condition', /conditions on nested attributes/],
  ['nested operation', /cannot contain nested operations/],
  ['key operator', /Invalid operator used in|Unexpected operator in/],
  ['several attributes', /Multiple attribute names used/],
  ['key condition missing', /Either the KeyConditions or KeyConditionExpression/],
  ['key type', /ComparisonOperator EQ is not valid|does not match schema type|Cannot convert/],
  ['syntax', /Syntax error|^(?:Invalid \w+: )?(?:Expected|Unexpected) /],
]

/** The class of a message; the message itself where it is of none. */
export function classOf(message: string): string {
  return classes.find(([, wording]) => wording.test(message))?.[0] ?? message
}
