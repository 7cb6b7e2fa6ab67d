/** Operations in methods of objects that handlers get from elsewhere: by hand, by an interface, from a container. */
import { describe, expect, it } from 'vitest'
import { folderWith } from '../support/folder.ts'
import { lintFolder } from '../support/real-files.ts'

/** The ways to each Scan of some files, as its message tells them. */
function waysIn(files: Readonly<Record<string, string>>): string[] {
  const folder = folderWith({ '.git/HEAD': '', ...files })
  return lintFolder({ folder, rules: { 'no-scan-in-handler': [] } }).map(
    ({ message }) => /runs on each (.*?\)): /.exec(message)?.[1] ?? message,
  )
}

const SDK = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
`

/** A class that scans, of a name, that says it is something. */
function store(name: string, promise = ''): string {
  return `${SDK}
export class ${name} ${promise} {
  constructor(private readonly client = DynamoDBDocumentClient.from(new DynamoDBClient({}))) {}
  async all() {
    const { Items } = await this.client.send(new ScanCommand({ TableName: 'Parcels' }))
    return Items
  }
}
`
}

const SERVICE = `
import type { ParcelStore } from './port'
export class Parcels {
  constructor(private readonly store: ParcelStore) {}
  list() { return this.store.all() }
}
`
const CONTROLLER = `
import { Controller, Get } from '@nestjs/common'
import { Parcels } from './service'
@Controller('parcels')
export class ParcelController {
  constructor(private readonly parcels: Parcels) {}
  @Get() list() { return this.parcels.list() }
}
`

describe('objects that are handed over by hand', () => {
  it('to constructors, with nothing but JavaScript', () => {
    expect(
      waysIn({
        'store.js': store('ParcelStore')
          .replace('private readonly client', 'client')
          .replace(') {}', ') { this.client = client }'),
        'service.js': `
          exports.Parcels = class {
            constructor({ store }) { this.store = store }
            list() { return this.store.all() }
          }`,
        'controller.js': `
          exports.ParcelController = class {
            constructor(parcels) { this.parcels = parcels; this.list = this.list.bind(this) }
            async list(req, res) { res.json(await this.parcels.list()) }
          }`,
        'app.js': `
          const { ParcelStore } = require('./store')
          const { Parcels } = require('./service')
          const { ParcelController } = require('./controller')
          const app = require('express')()
          const controller = new ParcelController(new Parcels({ store: new ParcelStore() }))
          app.get('/parcels', controller.list)`,
      }),
    ).toEqual(['GET /parcels (ParcelStore.all ← list (service.js:4) ← list (controller.js:4))'])
  })

  it('to a function that makes routes', () => {
    expect(
      waysIn({
        'store.ts': store('ParcelStore'),
        'routes.ts': `
          import { Router } from 'express'
          export function parcelRoutes(store) {
            const router = Router()
            router.get('/parcels', async (req, res) => { res.json(await store.all()) })
            return router
          }`,
        'app.ts': `
          import express from 'express'
          import { parcelRoutes } from './routes'
          import { ParcelStore } from './store'
          express().use(parcelRoutes(new ParcelStore()))`,
      }),
    ).toEqual(['GET /parcels (ParcelStore.all ← parcelRoutes (routes.ts:5))'])
  })

  it('to one of two of a class: the other has no way to the Scan', () => {
    expect(
      waysIn({
        'store.ts': store('ParcelStore'),
        'service.ts': SERVICE.replace("import type { ParcelStore } from './port'", '').replace(
          ': ParcelStore',
          '',
        ),
        'list.ts': `
          import { Parcels } from './service'
          import { ParcelStore } from './store'
          const parcels = new Parcels(new ParcelStore())
          export const handler = async (event: ScheduledEvent) => { await parcels.list() }`,
        'memory.ts': `
          import { Parcels } from './service'
          import { other } from './store'
          const parcels = new Parcels({ all: () => [] })
          export const handler = async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: JSON.stringify(await parcels.list()) })`,
      }),
    ).toEqual([])
  })
})

const PORT = 'export interface ParcelStore { all(): Promise<unknown[]> }'
const NEST = { 'service.ts': SERVICE, 'controller.ts': CONTROLLER }
const WAY =
  'GET /parcels (DynamoParcels.all ← Parcels.list (service.ts:5) ← ParcelController.list (controller.ts:7))'

it('a class of which only the type is imported', () => {
  const folder = folderWith({
    '.git/HEAD': '',
    'store.ts': `
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
export class ParcelStore {
  constructor(private readonly client: DynamoDBDocumentClient) {}
  async find(id: string) {
    return (await this.client.send(new GetCommand({ TableName: 'Parcels', Key: { id } }))).Item as { weight: number }
  }
  keep(Item: object) { return this.client.send(new PutCommand({ TableName: 'Parcels', Item })) }
}
`,
    'service.ts': `
import type { ParcelStore } from './store'
export class Parcels {
  constructor(private readonly store: ParcelStore) {}
  async load(id: string) {
    const parcel = await this.store.find(id)
    await this.store.keep({ ...parcel, weight: parcel.weight + 1 })
  }
}
`,
  })
  expect(
    lintFolder({ folder, rules: { 'no-unconditional-read-modify-write': [] } }).map(
      ({ file, line, column }) => `${file}:${String(line)}:${String(column)}`,
    ),
  ).toEqual(['service.ts:7:22'])
})

describe('what one class alone promises to be', () => {
  it('an interface', () => {
    const dynamo = `import { ParcelStore } from './port'\n${store('DynamoParcels', 'implements ParcelStore')}`
    expect(waysIn({ ...NEST, 'port.ts': PORT, 'store.ts': dynamo })).toEqual([WAY])
  })

  it('an interface that another one extends, through an index', () => {
    const dynamo = `import type { Depot } from './ports'\n${store('DynamoParcels', 'implements Depot')}`
    expect(
      waysIn({
        ...NEST,
        'port.ts': `type Options = {}\n${PORT.replace('export ', '')}\nexport { type ParcelStore }`,
        'depot.ts': `import { ParcelStore } from './port'\nexport interface Depot extends ParcelStore { open(): void }`,
        'ports/index.ts': `export * from '../depot'`,
        'store.ts': dynamo,
      }),
    ).toEqual([WAY])
  })

  it('an abstract class', () => {
    const dynamo = `import { ParcelStore } from './port'\n${store('DynamoParcels', 'extends ParcelStore')}`
    const port = 'export abstract class ParcelStore { abstract all(): Promise<unknown[]> }'
    expect(waysIn({ ...NEST, 'port.ts': port, 'store.ts': dynamo })).toEqual([WAY])
  })

  it('a double that tests use is no other one', () => {
    const dynamo = `import { ParcelStore } from './port'\n${store('DynamoParcels', 'implements ParcelStore')}`
    const double = `import { ParcelStore } from '../port'\nexport class Memory implements ParcelStore { async all() { return [] } }`
    const files = { ...NEST, 'port.ts': PORT, 'store.ts': dynamo }
    expect(waysIn({ ...files, '__mocks__/memory.ts': double })).toEqual([WAY])
    expect(waysIn({ ...files, 'local/memory.ts': double })).toEqual([])
  })

  it('of two interfaces of one name, the one that is imported', () => {
    const dynamo = `import { ParcelStore } from './other'\n${store('DynamoParcels', 'implements ParcelStore')}`
    expect(waysIn({ ...NEST, 'port.ts': PORT, 'other.ts': PORT, 'store.ts': dynamo })).toEqual([])
  })
})

it('a call that sends one of two commands', () => {
  expect(
    waysIn({
      'list.ts': `${SDK}
        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
        export const handler = async (event: APIGatewayProxyEvent) => {
          const { id } = event.queryStringParameters
          const command = id
            ? new QueryCommand({ TableName: 'Parcels', KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': id } })
            : new ScanCommand({ TableName: 'Parcels' })
          const { Items } = await client.send(command)
          return { statusCode: 200, body: JSON.stringify(Items) }
        }`.replace('ScanCommand }', 'QueryCommand, ScanCommand }'),
    }),
  ).toEqual(['call of the Lambda handler (handler)'])
})

describe('wrapped handlers', () => {
  const wrapper = `
    export function answering(run) {
      return async function (event, context) {
        try { return { statusCode: 200, body: JSON.stringify(await run(event, context)) } }
        catch (error) { return { statusCode: 500, body: error.message } }
      }
    }`
  const files = {
    'store.ts': store('Parcels'),
    'wrapper.ts': wrapper,
    'list.ts': `
      import { Parcels } from './store'
      import { answering } from './wrapper'
      const parcels = new Parcels()
      export const list = answering(async (event) => parcels.all())`,
  }
  const template = (type: string, properties: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  List:
    Type: AWS::Serverless::Function
    Properties:
      Handler: list.list
      Events: { Call: { Type: ${type}, Properties: { ${properties} } } }
`

  it('are named as they are exported', () => {
    const api = template('Api', 'Path: /parcels, Method: get')
    expect(waysIn({ ...files, 'template.yaml': api })).toEqual([
      'GET /parcels (Parcels.all ← list (list.ts:5))',
    ])
  })

  it('are what they are, whatever wraps them', () => {
    const nightly = template('Schedule', 'Schedule: rate(1 day)')
    expect(waysIn({ ...files, 'template.yaml': nightly })).toEqual([])
  })
})

describe('containers', () => {
  const dynamo = store('DynamoParcels')
  const answer = `({ statusCode: 200, body: JSON.stringify(await parcels.all()) })`
  const handler = (parcels: string): string =>
    `export const handler = async (event: APIGatewayProxyEvent) => { const parcels = ${parcels}; return ${answer} }`
  const way = (place: string): string[] => [
    `call of the Lambda handler (DynamoParcels.all ← handler (${place}))`,
  ]
  const service = (decorator: string, inject: string, from: string): string => `
    import { ${decorator}, ${inject} } from '${from}'
    import { PARCELS } from './tokens'
    import type { ParcelStore } from './port'
    @${decorator}()
    export class Parcels {
      constructor(@${inject}(PARCELS) private readonly store: ParcelStore) {}
      list() { return this.store.all() }
    }`
  const memory = `import { ParcelStore } from './port'\nexport class Memory implements ParcelStore { async all() { return [] } }`
  const both = { 'port.ts': PORT, 'memory.ts': memory, 'controller.ts': CONTROLLER }
  const implementing = `import type { ParcelStore } from './port'\n${store('DynamoParcels', 'implements ParcelStore')}`
  const controllerWay = [
    'GET /parcels (DynamoParcels.all ← Parcels.list (service.ts:8) ← ParcelController.list (controller.ts:7))',
  ]

  it.each([
    ['useClass: DynamoParcels'],
    ['useFactory: () => new DynamoParcels()'],
    ['useValue: new DynamoParcels()'],
  ])('of NestJS: %s', (use) => {
    expect(
      waysIn({
        ...both,
        'tokens.ts': `export const PARCELS = Symbol('parcels')`,
        'store.ts': implementing,
        'service.ts': service('Injectable', 'Inject', '@nestjs/common'),
        'module.ts': `
          import { Module } from '@nestjs/common'
          import { DynamoParcels } from './store'
          import { PARCELS } from './tokens'
          @Module({ providers: [{ provide: PARCELS, ${use} }] })
          export class ParcelModule {}`,
      }),
    ).toEqual(controllerWay)
  })

  it('of NestJS, where two modules register different things', () => {
    const provide = (file: string, name: string): string => `
      import { ${name} } from './${file}'
      import { PARCELS } from './tokens'
      export const providers = [{ provide: PARCELS, useClass: ${name} }]`
    expect(
      waysIn({
        ...both,
        'tokens.ts': `export const PARCELS = 'parcels'`,
        'store.ts': implementing,
        'service.ts': service('Injectable', 'Inject', '@nestjs/common'),
        'module.ts': provide('store', 'DynamoParcels'),
        'local.ts': provide('memory', 'Memory'),
      }),
    ).toEqual([])
  })

  it('of tsyringe', () => {
    expect(
      waysIn({
        ...both,
        'tokens.ts': `export const PARCELS = 'ParcelStore'`,
        'store.ts': implementing,
        'service.ts': service('injectable', 'inject', 'tsyringe'),
        'container.ts': `
          import { container } from 'tsyringe'
          import { DynamoParcels } from './store'
          container.register<ParcelStore>('ParcelStore', { useClass: DynamoParcels })`,
      }),
    ).toEqual(controllerWay)
    expect(
      waysIn({
        'store.ts': dynamo,
        'list.ts': `
          import { container } from 'tsyringe'
          import { DynamoParcels } from './store'
          ${handler('container.resolve(DynamoParcels)')}`,
      }),
    ).toEqual(way('list.ts:4'))
  })

  it('of InversifyJS', () => {
    expect(
      waysIn({
        'store.ts': dynamo,
        'types.ts': `export const TYPES = { Parcels: Symbol.for('Parcels') }`,
        'container.ts': `
          import { Container } from 'inversify'
          import { DynamoParcels } from './store'
          import { TYPES } from './types'
          export const container = new Container()
          container.bind<ParcelStore>(TYPES.Parcels).to(DynamoParcels).inSingletonScope()`,
        'list.ts': `
          import { container } from './container'
          import { TYPES } from './types'
          ${handler('container.get<ParcelStore>(TYPES.Parcels)')}`,
      }),
    ).toEqual(way('list.ts:4'))
  })

  it('of awilix', () => {
    const container = `
      import { asClass, createContainer } from 'awilix'
      import { DynamoParcels } from './store'
      import { Parcels } from './service'
      export const container = createContainer()
      container.register({ parcels: asClass(DynamoParcels).singleton(), service: asClass(Parcels) })`
    const parts = `constructor({ parcels }) { this.parcels = parcels }`
    const named = `constructor(parcels) { this.parcels = parcels }`
    for (const constructor of [parts, named]) {
      expect(
        waysIn({
          'store.ts': dynamo,
          'container.ts': container,
          'service.ts': `export class Parcels { ${constructor} all() { return this.parcels.all() } }`,
          'list.ts': `
            import { container } from './container'
            ${handler('container.cradle.service')}`,
        }),
      ).toEqual([
        'call of the Lambda handler (DynamoParcels.all ← Parcels.all (service.ts:1) ← handler (list.ts:3))',
      ])
    }
  })

  it('of awilix, in a helper that is handed the container and a name', () => {
    const files = {
      'store.ts': dynamo,
      'container.ts': `
        import { asClass, createContainer } from 'awilix'
        import type { AwilixContainer } from 'awilix'
        import { DynamoParcels } from './store'
        import { Parcels } from './service'
        export interface Cradle { store: DynamoParcels; parcels: Parcels }
        export function newContainer(): AwilixContainer<Cradle> {
          const container = createContainer<Cradle>()
          container.register({ store: asClass(DynamoParcels), parcels: asClass(Parcels).scoped() })
          return container
        }`,
      'service.ts': `export class Parcels { constructor({ store }) { this.store = store } execute(page) { return this.store.all(page) } }`,
      'helper.ts': `
        import type { AwilixContainer } from 'awilix'
        import type { Cradle } from './container'
        export async function run(container: AwilixContainer<Cradle>, name: keyof Cradle, given: unknown) {
          const useCase = container.resolve(name)
          return useCase.execute(given)
        }`,
      'list.ts': `
        import { builder } from './builder.js'
        import { run } from './helper.js'
        import type { Context } from './context'
        builder.queryFields((t) => ({
          parcels: t.field({
            type: 'Parcel',
            resolve: async (parent, args, context: Context) => run(context.container, 'parcels', args),
          }),
        }))`,
      'context.ts': `
        import type { AwilixContainer } from 'awilix'
        import { newContainer } from './container'
        import type { Cradle } from './container'
        export interface Context { container: AwilixContainer<Cradle> }
        export const newContext = (): Context => ({ container: newContainer() })`,
    }
    expect(waysIn(files)).toEqual([
      'GraphQL field (DynamoParcels.all ← Parcels.execute (service.ts:1) ← run (helper.ts:4) ← resolve (list.ts:8))',
    ])
    const other = files['list.ts'].replace("'parcels', args", "'crates', args")
    expect(waysIn({ ...files, 'list.ts': other })).toEqual([])
  })

  it('of the project itself, that hand out by name', () => {
    const container = (more: string): string => `
      import { DynamoParcels } from './store'
      class Container {
        constructor() { this.known = new Map() }
        register(name, value) { this.known.set(name, value) }
        find(name) { return this.known.get(name) }
      }
      export const container = new Container()
      container.register('parcels', new DynamoParcels())
      ${more}`
    const files = {
      'store.ts': dynamo,
      'list.ts': `
        import { container } from './container'
        ${handler("container.find('parcels')")}`,
    }
    expect(waysIn({ ...files, 'container.ts': container('') })).toEqual(way('list.ts:3'))
    const other = `container.register('parcels', { all: () => [] })`
    expect(waysIn({ ...files, 'container.ts': container(other) })).toEqual([])
  })
})

describe('a use case that knows an interface and an entity only', () => {
  const PARCEL = `
export class Parcel {
  constructor(public readonly id: string, public weight: number, public note: string) {}
}
`
  const PORT_OF_PARCELS = `
import type { Parcel } from './parcel'
export interface ParcelPort {
  find(id: string): Promise<Parcel | null>
  keep(parcel: Parcel): Promise<void>
}
`
  const repository = (put: string, key = '`PARCEL#${parcel.id}`'): string => `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Parcel } from './parcel'
import type { ParcelPort } from './port'
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = 'Depot'
export class ParcelRepository implements ParcelPort {
  async add(parcel: Parcel) {
    await documents.send(new PutCommand({ TableName, Item: ${put}, ConditionExpression: 'attribute_not_exists(pk)' }))
  }
  async find(id: string) {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { pk: \`PARCEL#\${id}\` } }))
    return Item ? new Parcel(Item.id as string, Item.weight as number, Item.note as string) : null
  }
  async keep(parcel: Parcel) {
    await documents.send(new UpdateCommand({
      TableName,
      Key: { pk: ${key} },
      UpdateExpression: 'SET weight = :w, note = :n',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':w': parcel.weight, ':n': parcel.note },
    }))
  }
}
`
  const USE_CASE = `
import { Inject, Injectable } from '@nestjs/common'
import type { ParcelPort } from './port'
@Injectable()
export class Weigh {
  constructor(@Inject('ParcelPort') private readonly parcels: ParcelPort) {}
  async run(id: string, weight?: number) {
    const parcel = await this.parcels.find(id)
    if (!parcel) throw new Error('gone')
    if (weight !== undefined) parcel.weight = weight
    await this.parcels.keep(parcel)
  }
}
`
  const PUT = '{ pk: \`PARCEL#\${parcel.id}\`, id: parcel.id, weight: parcel.weight }'
  const racesIn = (files: Readonly<Record<string, string>>): string[] => {
    const folder = folderWith({
      '.git/HEAD': '',
      'parcel.ts': PARCEL,
      'port.ts': PORT_OF_PARCELS,
      'use-case.ts': USE_CASE,
      ...files,
    })
    return lintFolder({ folder, rules: { 'no-unconditional-read-modify-write': [] } }).map(
      ({ file, line, column, message }) =>
        `${file}:${String(line)}:${String(column)} ${message.replace(/ \(.*\)/, '')}`,
    )
  }

  it('puts back what was read', () => {
    expect(racesIn({ 'repository.ts': repository(PUT) })).toEqual([
      'use-case.ts:11:24 \`weight\` and \`note\` of \`Depot\` are read in line 8, and a value derived from that is written back with no condition: of two requests at once, one is lost.',
    ])
  })

  it('is found by an index, and by a name that a module of the framework says', () => {
    const module = `
import { Module } from '@nestjs/common'
import { ParcelRepository } from './repository'
import { Weigh } from './use-case'
@Module({ providers: [Weigh, { provide: 'ParcelPort', useClass: ParcelRepository }] })
export class ParcelModule {}
`
    const found = racesIn({
      'repository.ts': repository(PUT),
      'ports/index.ts': "export * from '../port'",
      'use-case.ts': USE_CASE.replace("'./port'", "'./ports'"),
      'module.ts': module,
    })
    expect(found).toHaveLength(1)
  })

  it.each([
    [
      'the keys of items put there have another attribute',
      PUT.replace('#\${parcel.id}', '#\${parcel.note}'),
      undefined,
    ],
    ['no item is put there', '{ pk: key }', undefined],
    ['the key is made in another way', PUT, '\`BOX#\${parcel.id}\`'],
    ['it is of something else', PUT, '\`PARCEL#\${parcel.note}\`'],
  ])('says nothing where %s', (_, put, key) => {
    expect(racesIn({ 'repository.ts': repository(put, key) })).toEqual([])
  })

  it('says nothing where two classes are what the interface promises', () => {
    const other = repository(PUT).replaceAll('ParcelRepository', 'OtherRepository')
    expect(racesIn({ 'repository.ts': repository(PUT), 'other.ts': other })).toEqual([])
  })
})

describe('functions that make an object of functions', () => {
  const PORT_OF_PARCELS = `
export interface Parcel { id: string; weight: number }
export interface ParcelStore {
  all: () => Promise<Parcel[]>
  find(id: string): Promise<Parcel | undefined>
  keep(parcel: Parcel): Promise<void>
}
`
  const maker = (promise: string): string => `
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Parcel, ParcelStore } from './port'
export const depotStore = (client: DynamoDBDocumentClient, table: string)${promise} => {
  const all = async () =>
    ((await client.send(new ScanCommand({ TableName: table }))).Items ?? []) as Parcel[]
  const find = async (id: string) =>
    (await client.send(new GetCommand({ TableName: table, Key: { id } }))).Item as Parcel | undefined
  const keep = async (parcel: Parcel) => {
    await client.send(new PutCommand({ TableName: table, Item: parcel }))
  }
  return { all, find, keep }
}
`
  const ROUTES = `
import { Router } from 'express'
import type { ParcelStore } from './port'
export const routes = (store: ParcelStore) => {
  const router = Router()
  router.get('/parcels', async (_, res) => { res.json(await store.all()) })
  router.post('/parcels/:id', async (req, res) => {
    const parcel = await store.find(req.params.id)
    if (!parcel) throw new Error('none')
    await store.keep({ ...parcel, weight: parcel.weight + 1 })
    res.end()
  })
  return router
}
`
  const APP = `
import express from 'express'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { depotStore } from './store'
import { routes } from './routes'
const app = express()
app.use('/api', routes(depotStore(DynamoDBDocumentClient.from(new DynamoDBClient({})), process.env.TABLE!)))
`
  const reportsIn = (files: Readonly<Record<string, string>>): string[] => {
    const folder = folderWith({
      '.git/HEAD': '',
      'port.ts': PORT_OF_PARCELS,
      'store.ts': maker(': ParcelStore'),
      'routes.ts': ROUTES,
      'app.ts': APP,
      ...files,
    })
    return lintFolder({
      folder,
      rules: { 'no-scan-in-handler': [], 'no-unconditional-read-modify-write': [] },
    }).map(
      ({ file, line, column, message }) =>
        `${file}:${String(line)}:${String(column)} ${message.replace(/[:,] .*/, '')}`,
    )
  }
  const SCAN =
    'store.ts:7:29 Scan of `TABLE` runs on each GET /parcels (all ← routes (routes.ts:6))'

  it('own what they do, and are what the interface that they say they make promises', () => {
    expect(reportsIn({})).toEqual([
      'routes.ts:10:17 The item read from `TABLE` in line 8 is put back changed with no condition (keep (store.ts:10))',
      SCAN,
    ])
  })

  it('are seen through with no types from where they are put together', () => {
    const found = reportsIn({
      'store.ts': maker(''),
      'routes.ts': ROUTES.replace(': ParcelStore', ''),
    })
    expect(found).toEqual([
      'app.ts:8:17 The item read from `TABLE` in line 8 is put back changed with no condition (keep (store.ts:10) ← routes (routes.ts:7) ← routes (routes.ts:4))',
      SCAN,
    ])
  })

  it('tell nothing where two make the same', () => {
    const other = maker(': ParcelStore').replace('depotStore', 'otherStore')
    expect(reportsIn({ 'other.ts': other })).toEqual([
      'app.ts:8:17 The item read from `TABLE` in line 8 is put back changed with no condition (keep (store.ts:10) ← routes (routes.ts:7) ← routes (routes.ts:4))',
      SCAN,
    ])
  })

  it('leave what they are given for one call to their callers', () => {
    const generic = `
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
export const tables = (client) => ({ all: (table) => client.send(new ScanCommand({ TableName: table })) })
`
    const handler = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { tables } from './generic'
const { all } = tables(new DynamoDBClient({}))
export const handler = async (event: APIGatewayProxyEvent) => all('Depot')
`
    const folder = folderWith({ '.git/HEAD': '', 'generic.js': generic, 'handler.ts': handler })
    expect(
      lintFolder({ folder, rules: { 'no-scan-in-handler': [] } }).map(
        ({ file, line, message }) => `${file}:${String(line)} ${message.replace(/: .*/, '')}`,
      ),
    ).toEqual([
      'handler.ts:6 Scan of `Depot` runs on each call of the Lambda handler (all (generic.js:3) ← handler)',
    ])
  })
})
