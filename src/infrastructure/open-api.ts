import { at, entriesOf } from './data.ts'
import type { Data } from './data.ts'
import { routeOf } from './deployed.ts'

const METHODS = /^(get|put|post|delete|options|head|patch|trace|x-amazon-apigateway-any-method)$/

/** A route of an API, and what answers it. */
interface ApiRoute {
  readonly route: string | null
  readonly integration: Data
}

/** The routes of an OpenAPI description: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
export function openApiRoutes(description: Data): readonly ApiRoute[] {
  return entriesOf(at(description, 'paths')).flatMap(([path, methods]) =>
    entriesOf(methods).flatMap(([method, operation]): readonly ApiRoute[] => {
      const integration = at(operation, 'x-amazon-apigateway-integration')
      if (!METHODS.test(method) || integration === undefined) return []
      const verb = method.startsWith('x-') ? null : method
      return [{ route: routeOf(verb, path), integration }]
    }),
  )
}
