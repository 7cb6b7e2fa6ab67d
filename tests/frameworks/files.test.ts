/** Frameworks that route by the names of files. */
import { describe, expect, it } from 'vitest'
import { entries, labels, triggers } from './entries.ts'

describe('Next.js', () => {
  it('reads route handlers', () => {
    const text = `export async function GET(request) {}
export const POST = withAuth(async (request) => {})
export const dynamic = 'force-dynamic'
import { withAuth } from '@/lib/auth'`
    expect(entries(text, 'src/app/(shop)/api/orders/[id]/route.ts')).toEqual([
      'http | GET /api/orders/[id] | Next.js | GET',
      'http | POST /api/orders/[id] | Next.js | async (request) => {}',
    ])
    expect(labels(text, 'src/lib/api.ts')).toEqual([])
  })

  it('knows a route that only a scheduler calls', () => {
    const get = 'export async function GET() { await purge() }'
    expect(labels(get, 'app/api/cron/purge/route.ts')).toEqual(['schedule GET /api/cron/purge'])
    const secret =
      'export async function GET(r) { if (r.headers.get("authorization") !== process.env.CRON_SECRET) return }'
    expect(triggers(secret, 'app/api/purge/route.ts')).toEqual(['schedule'])
  })

  it('reads API routes, and their wrappers', () => {
    expect(
      labels('export default async function handler(req, res) {}', 'pages/api/orders/[id].ts'),
    ).toEqual(['http /api/orders/[id]'])
    expect(
      labels(
        "import { withAuth } from '../../lib/auth'\nexport default withAuth((req, res) => {})",
        'src/pages/api/index.ts',
      ),
    ).toEqual(['http /api'])
  })

  it('reads pages', () => {
    expect(
      labels('export default async function Page() { return load() }', 'app/orders/page.tsx'),
    ).toEqual(['page page /orders'])
    expect(
      labels('export const getServerSideProps = async () => load()', 'pages/orders.tsx'),
    ).toEqual(['page getServerSideProps'])
    expect(labels('export const getStaticProps = async () => load()', 'pages/orders.tsx')).toEqual([
      'script getStaticProps',
    ])
    expect(
      labels('export async function generateStaticParams() {}', 'app/orders/[id]/page.tsx'),
    ).toEqual(['script generateStaticParams'])
    expect(
      labels("'use client'\nexport default function Page() {}", 'app/orders/page.tsx'),
    ).toEqual([])
  })

  it('reads server actions', () => {
    expect(
      labels(
        "'use server'\nexport async function save(form) {}\nasync function helper() {}\nexport const SIZE = 3",
        'src/actions.ts',
      ),
    ).toEqual(['action server action save'])
    expect(
      labels(
        "export function Form() { async function save(form) { 'use server'\n await put(form) } }",
        'src/form.tsx',
      ),
    ).toEqual(['action server action save'])
  })
})

describe('Remix and React Router', () => {
  it('reads loaders and actions', () => {
    const text =
      'export async function loader({ params }) {}\nexport const action = async ({ request }) => {}'
    expect(labels(text, 'app/routes/orders.$id.tsx')).toEqual([
      'page loader /orders/:id',
      'action action /orders/:id',
    ])
    expect(labels(text, 'app/routes/_auth.orders._index/route.tsx')).toEqual([
      'page loader /orders',
      'action action /orders',
    ])
    expect(labels(text, 'src/data.ts')).toEqual([])
  })

  it('knows them by their type', () => {
    expect(
      labels(
        "import type { LoaderFunctionArgs } from '@remix-run/node'\nexport async function loader({ params }: LoaderFunctionArgs) {}",
        'src/data.ts',
      ),
    ).toEqual(['page loader'])
  })
})

it('reads SvelteKit', () => {
  expect(labels('export const GET = async () => {}', 'src/routes/orders/+server.ts')).toEqual([
    'http GET /orders',
  ])
  expect(
    labels(
      'export const load = async () => {}\nexport const actions = { add: async () => {} }',
      'src/routes/orders/+page.server.ts',
    ),
  ).toEqual(['page load /orders', 'action action /orders?/add'])
})

it('reads endpoints of Astro and SolidStart', () => {
  expect(labels('export const GET = async () => {}', 'src/pages/orders.json.ts')).toEqual([
    'http GET /orders.json',
  ])
  expect(labels('export async function POST() {}', 'src/routes/api/orders.ts')).toEqual([
    'http POST /api/orders',
  ])
})

it('reads event handlers of Nuxt', () => {
  expect(
    labels(
      'export default defineEventHandler(async (event) => load())',
      'server/api/orders/[id].get.ts',
    ),
  ).toEqual(['http GET /api/orders/[id]'])
  expect(
    labels(
      "import { defineEventHandler } from './own'\nexport default defineEventHandler(() => load())",
      'server/api/a.ts',
    ),
  ).toEqual([])
})
