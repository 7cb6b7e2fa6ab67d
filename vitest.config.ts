import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Two cores and type-checked fixtures: slow is not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
