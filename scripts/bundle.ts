/** The second half of `npm run build`: the code as it is published, in few files. Types are the compiler's. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { bundle } from './bundle/bundle.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

await bundle(root, join(root, 'dist'))
