/**
 * What a call does outside DynamoDB.
 * - `mail`: a mail or a text message to somebody.
 * - `message`: a message to a queue, a topic, an event bus or a stream, or a workflow that is started.
 * - `search`: a change of a search index.
 * - `cache`: a change of a cache.
 * - `push`: a notification to a device or an open connection.
 * - `http`: a request to anybody.
 */
export type EffectKind = 'mail' | 'message' | 'search' | 'cache' | 'push' | 'http'

/**
 * How a client library spells calls that have an effect outside DynamoDB; reads are left out. A name is `package#path`, with
 * `()` behind what is called or made and a method behind a dot: `nodemailer#createTransport().sendMail`.
 */
export interface EffectLibrary {
  /** As a message names what receives it: `SES`, `Redis`. */
  readonly name: string
  readonly kind: EffectKind
  /** Packages without which code cannot do it; none for what every program can. */
  readonly packages: readonly string[]
  /** `package#Command`, which is sent to a client. */
  readonly commands: readonly string[]
  readonly calls: readonly string[]
}
