import { externalName } from '../project/term.ts'
import { evaluate } from '../project/evaluate.ts'
import { givenBy } from '../project/call.ts'
import { freeFrame } from '../project/frame.ts'
import type { ExternalTerm, Term } from '../project/term.ts'
import type { EntryPoint, Framework, Trigger } from './framework.ts'
import { fieldOf } from './functions.ts'
import { functionsGiven, functionsIn } from './handed.ts'

interface Registrar {
  /** Of `package#path`. */
  readonly name: RegExp
  readonly trigger: Trigger
  readonly label: string
  readonly framework: string
  /** Fields of an object given that hold what is called. */
  readonly fields: readonly string[]
}

function registrar(
  name: RegExp,
  trigger: Trigger,
  framework: string,
  label: string,
  fields: readonly string[] = [],
): Registrar {
  return { name, trigger, framework, label, fields }
}

/** Calls of libraries that run a function later, or wrap the handler of one kind of event. */
const REGISTRARS: readonly Registrar[] = [
  registrar(/^node-cron#schedule$/, 'schedule', 'node-cron', 'cron job'),
  registrar(/^cron#(CronJob|CronJob\.from)$/, 'schedule', 'cron', 'cron job', ['onTick']),
  registrar(/^croner#(Cron)?$/, 'schedule', 'croner', 'cron job'),
  registrar(/^node-schedule#scheduleJob$/, 'schedule', 'node-schedule', 'scheduled job'),
  registrar(/^bullmq#Worker$/, 'queue', 'BullMQ', 'queue worker'),
  registrar(/^sqs-consumer#Consumer(\.create)?$/, 'queue', 'sqs-consumer', 'queue consumer', [
    'handleMessage',
    'handleMessageBatch',
  ]),
  registrar(/^@architect\/functions#http(\.\w+)?$/, 'http', 'Architect', 'Architect route'),
  registrar(/^@architect\/functions#events\.subscribe$/, 'event', 'Architect', 'event subscriber'),
  registrar(/^@architect\/functions#queues\.subscribe$/, 'queue', 'Architect', 'queue consumer'),
  registrar(/^@architect\/functions#scheduled$/, 'schedule', 'Architect', 'scheduled function'),
  registrar(/^sst\/node\/(future\/)?api#\w*ApiHandler$/, 'http', 'SST', 'Lambda handler'),
  registrar(/^sst\/node\/graphql#GraphQLHandler$/, 'graphql', 'SST', 'GraphQL handler'),
  registrar(
    /^sst\/node\/websocket-api#WebSocketApiHandler$/,
    'websocket',
    'SST',
    'WebSocket handler',
  ),
  registrar(/^sst\/node\/job#JobHandler$/, 'script', 'SST', 'job'),
  registrar(
    /^sst\/event-bus#\w*EventHandler$|^sst\/node\/event-bus#EventHandler$/,
    'event',
    'SST',
    'event handler',
  ),
  registrar(/^@sveltejs\/kit#(query|form|command)$/, 'rpc', 'SvelteKit', 'remote function'),
  registrar(
    /^@google-cloud\/functions-framework#http$/,
    'http',
    'Cloud Functions',
    'HTTP function',
  ),
]

/** The packages that all of these come from; a file that imports none of them is not looked at. */
const PACKAGES =
  /^(node-cron|cron|croner|node-schedule|bull|bullmq|sqs-consumer|agenda|inngest|sst|@architect\/functions|@sveltejs\/kit|@google-cloud\/functions-framework)(\/|$)/

/** Methods of a registrar's result that are given what is called: `inngest.createFunction(…)`. */
const METHODS: readonly (readonly [RegExp, string, Trigger, string])[] = [
  [/^inngest(\/\w+)?#Inngest$/, 'createFunction', 'event', 'Inngest'],
  [/^(bull|bullmq)#(default|Queue)?$/, 'process', 'queue', 'Bull'],
  [/^agenda#(Agenda)?$/, 'define', 'schedule', 'Agenda'],
]

/** Schedulers, queues, and libraries that wrap one kind of handler. */
export const jobs: Framework = {
  name: 'jobs',
  entryPoints: (module) => {
    if (!module.facts.imports.some(({ source }) => PACKAGES.test(source))) return []
    return module.facts.calls.flatMap((call, id): readonly EntryPoint[] => {
      if (call.arguments.length === 0) return []
      const frame = freeFrame(module, call.function)
      const callee = evaluate({ frame, value: call.callee })
      const found = callee.kind === 'external' ? byName(callee) : byMethod(callee)
      if (found === null) return []
      const { trigger, label, framework, fields } = found
      const given = givenBy(frame, id)
      const inFields = given.flatMap((argument) =>
        fields.flatMap((key) => {
          const held = fieldOf(argument.term(), key)
          return held === null ? [] : functionsIn(held)
        }),
      )
      return [...functionsGiven(given), ...inFields].map((handler) => ({
        handler,
        trigger,
        label,
        framework,
      }))
    })
  },
}

function byName(callee: ExternalTerm): Registrar | null {
  if (callee.source === '') return null
  const name = externalName(callee)
  return REGISTRARS.find((r) => r.name.test(name)) ?? null
}

function byMethod(callee: Term): Registrar | null {
  if (callee.kind !== 'part' || callee.of.kind !== 'made') return null
  const name = externalName(callee.of.of)
  const found = METHODS.find(([maker, method]) => maker.test(name) && method === callee.key)
  return found ? registrar(found[0], found[2], found[3], `${found[3]} function`) : null
}
