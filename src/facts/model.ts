/**
 * What one file says, as plain values: no syntax node outlives the extractor. Everything here can be written as JSON,
 * compared and cached. Tables refer to one another by index; a value may refer to itself through a loop.
 */

export type ValueId = number
export type FunctionId = number
export type CallId = number
export type BranchId = number
export type LoopId = number
export type TryId = number
export type VariableId = number
export type ClassId = number

/** Offsets in the text of the module, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

export type Primitive = string | number | boolean | null | undefined

/** One piece of an object literal. */
export type ObjectEntry =
  | {
      readonly kind: 'property'
      readonly key: string
      readonly keyAt: Range
      readonly value: ValueId
      readonly valueAt: Range
      readonly at: Range
      readonly shorthand: boolean
    }
  | {
      readonly kind: 'computed'
      readonly key: ValueId
      readonly keyAt: Range
      readonly value: ValueId
      readonly valueAt: Range
      readonly at: Range
    }
  | { readonly kind: 'spread'; readonly value: ValueId; readonly at: Range }

/** A value that an array literal, or a call, is given. */
export interface Item {
  readonly value: ValueId
  readonly at: Range
  readonly spread: boolean
}

export type Key = string | { readonly computed: ValueId }

/**
 * A symbolic value.
 * - `choice`: one of the options; where `branch` is known, option i is what comes of arm `arms[i]` of that branch.
 * - `loop`: a variable at the head of a loop: what it was before, and what the body leaves in it (null: unchanged).
 * - `variable`: a variable read from a function other than its own.
 * - `member`, `item`, `element`: `of.key`, `of[key]`, one element of an iterated `of`.
 * - `set`, `delete`, `append`: what `of` is after the change.
 * - `rest`: `of` without the named keys.
 * - `super`: the class that `class` extends, called in its constructor, or asked for a member on behalf of `this`.
 * - `instance`: anything that is an instance of the class `of` (a type annotation says so).
 * - `shape`: anything that has the members whose types are told (an interface or a type literal).
 * - `unknown`: something no other kind says; it derives from `from`.
 */
export type Value =
  | { readonly kind: 'literal'; readonly value: Primitive }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'array'; readonly elements: readonly Item[] }
  | {
      readonly kind: 'choice'
      readonly branch: BranchId | null
      readonly options: readonly ValueId[]
      readonly arms: readonly number[]
    }
  | {
      readonly kind: 'loop'
      readonly loop: LoopId
      readonly initial: ValueId
      next: ValueId | null
    }
  | {
      readonly kind: 'parameter'
      readonly function: FunctionId
      readonly index: number
      readonly rest: boolean
    }
  | { readonly kind: 'this'; readonly function: FunctionId }
  | { readonly kind: 'super'; readonly class: ClassId; readonly function: FunctionId }
  | { readonly kind: 'import'; readonly source: string; readonly name: string }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'variable'; readonly variable: VariableId }
  | { readonly kind: 'member'; readonly of: ValueId; readonly key: string }
  | { readonly kind: 'item'; readonly of: ValueId; readonly key: ValueId }
  | { readonly kind: 'element'; readonly of: ValueId }
  | { readonly kind: 'call'; readonly call: CallId }
  | { readonly kind: 'function'; readonly function: FunctionId }
  | { readonly kind: 'class'; readonly class: ClassId }
  | {
      readonly kind: 'binary'
      readonly operator: string
      readonly left: ValueId
      readonly leftAt: Range
      readonly right: ValueId
      /** null where it is not written: the 1 of `n++`. */
      readonly rightAt: Range | null
    }
  | {
      readonly kind: 'logical'
      readonly operator: '&&' | '||' | '??'
      readonly left: ValueId
      readonly right: ValueId
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: ValueId }
  | {
      readonly kind: 'set'
      readonly of: ValueId
      readonly key: Key
      readonly keyAt: Range
      readonly value: ValueId
      readonly valueAt: Range
    }
  | { readonly kind: 'delete'; readonly of: ValueId; readonly key: Key }
  | { readonly kind: 'append'; readonly of: ValueId; readonly items: readonly Item[] }
  | { readonly kind: 'rest'; readonly of: ValueId; readonly omit: readonly string[] }
  | { readonly kind: 'caught'; readonly try: TryId }
  | { readonly kind: 'instance'; readonly of: ValueId }
  | {
      readonly kind: 'shape'
      /** As it is declared; null where it is written where it is used. */
      readonly name: string | null
      readonly members: Readonly<Record<string, ValueId>>
      /** The members that are called. */
      readonly methods: readonly string[]
      readonly extends: readonly ValueId[]
    }
  | { readonly kind: 'unknown'; readonly from: readonly ValueId[] }

/** A piece of text with the source range it stands at, or a value put into it. Text is as it reads at run time. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly at: Range }
  | { readonly kind: 'value'; readonly value: ValueId; readonly at: Range }

/** The way a branch was taken for something to happen. Arm 0 of an `if` is its condition holding, arm 1 its failing. */
export interface Guard {
  readonly branch: BranchId
  readonly arm: number
}

/** `tests`: for a switch, the values that each arm's cases compare with (none: default). */
export interface BranchFacts {
  readonly kind: 'if' | 'conditional' | 'logical' | 'switch' | 'loop' | 'catch'
  readonly condition: ValueId | null
  readonly tests: readonly (readonly ValueId[])[]
  readonly at: Range
  readonly function: FunctionId
  /** Arms that never come out at the other end: they return or throw (or leave the loop). */
  exits: number[]
}

export interface LoopFacts {
  readonly kind: 'for' | 'for-in' | 'for-of' | 'while' | 'do-while'
  /** What a for-of or for-in ranges over. */
  readonly over: ValueId | null
  /** Where that is written, in the loop's head. */
  readonly overAt: Range | null
  /** What keeps the loop going, evaluated at its head (or foot). */
  test: ValueId | null
  readonly at: Range
  readonly function: FunctionId
}

export interface TryFacts {
  readonly at: Range
  readonly handlerAt: Range | null
  readonly function: FunctionId
}

export interface CallFacts {
  readonly callee: ValueId
  readonly arguments: readonly Item[]
  readonly isNew: boolean
  readonly at: Range
  /** The callee's own last name (`send` in `client.send(x)`), or the whole callee. */
  readonly calleeAt: Range
  readonly function: FunctionId
  readonly guards: readonly Guard[]
  readonly loops: readonly LoopId[]
  /** Tries whose protected block holds the call, innermost last. */
  readonly tries: readonly TryId[]
  /** Tries whose catch clause holds the call. */
  readonly handlers: readonly TryId[]
  /** The value of the call is thrown away (an expression statement, awaited or not). */
  discarded: boolean
}

export interface Outcome {
  readonly value: ValueId
  readonly at: Range
  readonly guards: readonly Guard[]
  readonly loops: readonly LoopId[]
}

/**
 * What an annotation says of a value that is no object: `enumeration` is one of a few literals, `named` a type that is
 * declared elsewhere.
 */
export type PrimitiveType = 'string' | 'number' | 'boolean' | 'enumeration' | 'named'

export interface ParameterFacts {
  readonly name: string | null
  readonly at: Range
  /** What its type annotation tells of it: an `instance` or a `shape`. */
  readonly type: ValueId | null
  readonly typeName: string | null
  /** Of itself under the empty key, of its elements under `[]`, of its members under their names. */
  readonly primitives: Readonly<Record<string, PrimitiveType>>
  readonly default: ValueId | null
  readonly rest: boolean
  readonly decorators: readonly DecoratorFacts[]
}

export interface DecoratorFacts {
  readonly name: ValueId
  readonly arguments: readonly ValueId[]
}

export type FunctionKind =
  'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor' | 'initialiser'

export interface FunctionFacts {
  /** As a reader would call it: `listOrders`, `OrdersRepository.list`; empty where it has no name. */
  readonly name: string
  readonly at: Range
  readonly nameAt: Range
  readonly kind: FunctionKind
  /** The function it stands in; null for the module itself. */
  readonly parent: FunctionId | null
  readonly class: ClassId | null
  readonly static: boolean
  /** The object literal it is a method of, which is its `this`. */
  readonly object: ValueId | null
  readonly async: boolean
  readonly generator: boolean
  readonly parameters: ParameterFacts[]
  /** The type that the function's variable is annotated with (`const handler: APIGatewayProxyHandler = …`). */
  readonly typeName: string | null
  /** The names of the types that one is given (`const handler: Handler<SQSEvent> = …`). */
  readonly typeArguments: readonly string[]
  /** The type it says it returns, taken out of its Promise. */
  readonly returnTypeName: string | null
  /** The type of the object literal that it says it returns: what it makes, as a class that implements it. */
  readonly makes: ValueId | null
  readonly decorators: readonly DecoratorFacts[]
  readonly directives: string[]
  /** In order of evaluation, those in nested functions left out. */
  readonly calls: CallId[]
  readonly returns: Outcome[]
  readonly yields: Outcome[]
  readonly throws: Outcome[]
}

export interface VariableFacts {
  readonly name: string
  readonly function: FunctionId
  readonly at: Range
  readonly constant: boolean
  readonly type: ValueId | null
  /** What it holds when its own function ends. */
  final: ValueId | null
  /** What other functions put into it. */
  readonly foreign: ValueId[]
  /** Where it is read and where it, or something below it, is given a value: the offset of its name, in the whole file. */
  readonly reads: number[]
  readonly assigned: number[]
  /** Between the first and the last thing of the block that it is declared in. */
  readonly visible: Range
  /** The whole statement that declares it, where that declares nothing beside one name or one pattern. */
  declaration: Range | null
}

export interface ClassMember {
  readonly name: string
  readonly static: boolean
  readonly kind: 'field' | 'method' | 'getter' | 'setter'
  readonly value: ValueId | null
  readonly function: FunctionId | null
  readonly type: ValueId | null
  readonly decorators: readonly DecoratorFacts[]
}

export interface ClassFacts {
  readonly name: string
  readonly at: Range
  readonly extends: ValueId | null
  readonly implements: readonly ValueId[]
  readonly abstract: boolean
  readonly members: ClassMember[]
  construct: FunctionId | null
  readonly decorators: readonly DecoratorFacts[]
  /** `this.key = value` anywhere in the class; `Class.key = value` anywhere in the file (static). */
  readonly assigned: {
    readonly key: string
    readonly static: boolean
    readonly value: ValueId
    readonly function: FunctionId
  }[]
}

/** `imported as local`; `*` and `default` included. */
export interface ImportedName {
  readonly imported: string
  readonly local: string
  readonly at: Range
  /** Where the name is read as a value. */
  readonly reads: number[]
}

export interface ImportFacts {
  readonly source: string
  readonly at: Range
  readonly typeOnly: boolean
  /** What it brings in; null for `require` and `import()`, which are values where they stand. */
  readonly names: readonly ImportedName[] | null
}

export interface ReexportFacts {
  readonly source: string
  /** Name here → name there; null: everything (`export * from`). */
  readonly name: string | null
  readonly imported: string | null
}

export interface ModuleFacts {
  readonly file: string
  /** `lines`: the offsets at which the lines of the text begin. */
  readonly text: {
    readonly length: number
    readonly hash: string
    readonly lines: readonly number[]
  }
  readonly values: readonly Value[]
  /** Where each value is written. */
  readonly places: readonly Range[]
  readonly functions: readonly FunctionFacts[]
  readonly calls: readonly CallFacts[]
  readonly branches: readonly BranchFacts[]
  readonly loops: readonly LoopFacts[]
  readonly tries: readonly TryFacts[]
  readonly variables: readonly VariableFacts[]
  readonly classes: readonly ClassFacts[]
  readonly imports: readonly ImportFacts[]
  /** Exported name → value; CommonJS `module.exports` whole is `=`. */
  readonly exports: Readonly<Record<string, ValueId>>
  readonly reexports: readonly ReexportFacts[]
  /** `'use server'` and its like. */
  readonly directives: readonly string[]
  readonly hashbang: boolean
}
