import type { FindingCode, RequestFinding } from '../../src/expressions/index.ts'
import { crashed, type EngineAnswer } from '../engines/engines.ts'

/** A way in which an engine is known to differ from the service. */
export interface EngineFault {
  readonly engine: 'dynalite' | 'Dynoxide'
  readonly fault: string
  /** The engine takes what the service refuses for this reason. */
  readonly takes?: (finding: RequestFinding) => boolean
  /** The engine refuses, with such an answer, such a request that the service takes. */
  readonly refuses?: (answer: EngineAnswer & { readonly ok: false }, request: string) => boolean
}

const coded =
  (...codes: readonly FindingCode[]) =>
  ({ code }: RequestFinding): boolean =>
    codes.includes(code)

const ordering = /operator or function: (?:<|<=|>|>=|BETWEEN), operand type/

/**
 * Known faults. The grammar is the one that AWS publishes with its DAX client (DynamoDbGrammar.g4);
 * limits, messages and types are those of the developer guide and of answers from the service.
 */
export const engineFaults: readonly EngineFault[] = [
  {
    engine: 'dynalite',
    fault: 'ends on IN behind a value, or beside a path that the item has not',
    refuses: ({ error }, request) => error === crashed && request.includes(' IN ('),
  },
  {
    engine: 'dynalite',
    fault: 'knows no NOT behind NOT',
    refuses: ({ message }, request) => message.includes('Syntax error') && /NOT NOT/i.test(request),
  },
  {
    engine: 'dynalite',
    fault: 'refuses a path into the key of an index, which the service may take',
    refuses: ({ message }) => /Key attributes must be scalars.*IndexKey/.test(message),
  },
  {
    engine: 'dynalite',
    fault: 'does not look at the types of ordered operands',
    takes: ({ message }) => ordering.test(message),
  },
  {
    engine: 'dynalite',
    fault:
      'forgets that operands must differ when there is more behind them, and in IN and BETWEEN',
    takes: coded('sameOperands'),
  },
  {
    engine: 'dynalite',
    fault: 'takes an empty text for a key in a key condition',
    takes: coded('emptyKeyValue'),
  },
  {
    engine: 'dynalite',
    fault: 'has no keywords but those of the kind of expression, and REMOVE is on no list of words',
    takes: ({ code, subject }) =>
      code === 'reservedWord' && /^(?:set|add|remove|delete)$/i.test(subject ?? ''),
  },
  {
    engine: 'Dynoxide',
    fault: 'knows no operand in brackets',
    refuses: ({ message }) => /got \(|redundant parentheses|Expected comparison/.test(message),
  },
  {
    engine: 'Dynoxide',
    fault: 'takes the first equality for the one on the partition key',
    refuses: ({ message }, request) =>
      message.includes('missed key schema element') && /\(.* = .*\) and \(.* = .*\)/.test(request),
  },
  {
    engine: 'Dynoxide',
    fault: 'takes no value in size',
    refuses: ({ message }, request) =>
      message.includes('Expected attribute name, got :') && request.includes('size(:'),
  },
  {
    engine: 'Dynoxide',
    fault: 'compares no type with that of the key in a key condition',
    takes: coded('keyConditionType', 'emptyKeyValue'),
  },
  {
    engine: 'Dynoxide',
    fault: 'is lax about the types of operands and the bounds of BETWEEN',
    takes: coded('operandType', 'attributeTypeName', 'betweenBounds', 'indexKeyType'),
  },
  {
    engine: 'Dynoxide',
    fault: 'looks at operands that must differ in contains only',
    takes: coded('sameOperands'),
  },
  {
    engine: 'Dynoxide',
    fault: 'knows no conflict of a map with a list',
    takes: coded('conflictingPaths', 'nestedKey'),
  },
  {
    engine: 'Dynoxide',
    fault: 'reads of a condition only what it needs to decide it',
    takes: coded('undefinedName', 'undefinedValue', 'reservedWord', 'unusedName', 'unusedValue'),
  },
]
