import type { EffectLibrary } from './effect-library.ts'

/** Each of some methods behind each of some beginnings. */
function calls(beginnings: readonly string[], methods: readonly string[]): readonly string[] {
  return beginnings.flatMap((beginning) => {
    const dot = beginning.endsWith('#') ? '' : '.'
    return methods.map((method) => `${beginning}${dot}${method}`)
  })
}

const none: readonly string[] = []

const mail: readonly EffectLibrary[] = [
  {
    name: 'nodemailer',
    kind: 'mail',
    packages: ['nodemailer'],
    commands: none,
    calls: ['nodemailer#createTransport().sendMail'],
  },
  {
    name: 'SendGrid',
    kind: 'mail',
    packages: ['@sendgrid/mail'],
    commands: none,
    calls: calls(['@sendgrid/mail#', '@sendgrid/mail#MailService()'], ['send', 'sendMultiple']),
  },
  {
    name: 'Postmark',
    kind: 'mail',
    packages: ['postmark'],
    commands: none,
    calls: calls(
      ['postmark#ServerClient()', 'postmark#Client()'],
      ['sendEmail', 'sendEmailBatch', 'sendEmailWithTemplate', 'sendEmailBatchWithTemplates'],
    ),
  },
  {
    name: 'Resend',
    kind: 'mail',
    packages: ['resend'],
    commands: none,
    calls: calls(
      ['resend#Resend()'],
      ['emails.send', 'emails.create', 'batch.send', 'batch.create', 'broadcasts.send'],
    ),
  },
  {
    name: 'Mailgun',
    kind: 'mail',
    packages: ['mailgun.js', 'mailgun-js'],
    commands: none,
    calls: [
      'mailgun.js#().client().messages.create',
      'mailgun-js#().messages().send',
      'mailgun-js#().messages().sendMime',
    ],
  },
  {
    name: 'Mailjet',
    kind: 'mail',
    packages: ['node-mailjet'],
    commands: none,
    calls: [
      'node-mailjet#().post().request',
      'node-mailjet#connect().post().request',
      'node-mailjet#apiConnect().post().request',
      'node-mailjet#Client.apiConnect().post().request',
    ],
  },
  {
    name: 'Twilio',
    kind: 'mail',
    packages: ['twilio'],
    commands: none,
    calls: ['twilio#().messages.create', 'twilio#Twilio().messages.create'],
  },
]

const messages: readonly EffectLibrary[] = [
  {
    name: 'a topic of Architect',
    kind: 'message',
    packages: ['@architect/functions'],
    commands: none,
    calls: calls(['@architect/functions#'], ['events.publish', 'queues.publish']),
  },
  {
    name: 'Kafka',
    kind: 'message',
    packages: ['kafkajs'],
    commands: none,
    calls: calls(['kafkajs#Kafka().producer()'], ['send', 'sendBatch']),
  },
  {
    name: 'a queue',
    kind: 'message',
    packages: ['bullmq', 'bull'],
    commands: none,
    calls: calls(['bullmq#Queue()', 'bull#()'], ['add', 'addBulk']),
  },
  {
    name: 'RabbitMQ',
    kind: 'message',
    packages: ['amqplib'],
    commands: none,
    calls: calls(
      ['amqplib#connect().createChannel()', 'amqplib#connect().createConfirmChannel()'],
      ['publish', 'sendToQueue'],
    ),
  },
  {
    name: 'Pub/Sub',
    kind: 'message',
    packages: ['@google-cloud/pubsub'],
    commands: none,
    calls: calls(['@google-cloud/pubsub#PubSub().topic()'], ['publish', 'publishMessage']),
  },
]

const search: readonly EffectLibrary[] = [
  {
    name: 'the search index',
    kind: 'search',
    packages: ['@opensearch-project/opensearch', '@elastic/elasticsearch', 'elasticsearch'],
    commands: none,
    calls: calls(
      [
        '@opensearch-project/opensearch#Client()',
        '@elastic/elasticsearch#Client()',
        'elasticsearch#Client()',
      ],
      ['index', 'create', 'update', 'delete', 'bulk', 'updateByQuery', 'deleteByQuery'],
    ),
  },
  {
    name: 'Algolia',
    kind: 'search',
    packages: ['algoliasearch', 'algoliasearch/lite'],
    commands: none,
    calls: [
      ...calls(
        [
          'algoliasearch#().initIndex()',
          'algoliasearch#algoliasearch().initIndex()',
          'algoliasearch#()',
          'algoliasearch#algoliasearch()',
        ],
        [
          'saveObject',
          'saveObjects',
          'partialUpdateObject',
          'partialUpdateObjects',
          'deleteObject',
          'deleteObjects',
        ],
      ),
    ],
  },
  {
    name: 'Meilisearch',
    kind: 'search',
    packages: ['meilisearch'],
    commands: none,
    calls: calls(
      ['meilisearch#MeiliSearch().index()', 'meilisearch#Meilisearch().index()'],
      ['addDocuments', 'updateDocuments', 'deleteDocument', 'deleteDocuments'],
    ),
  },
  {
    name: 'Typesense',
    kind: 'search',
    packages: ['typesense'],
    commands: none,
    calls: calls(
      ['typesense#Client().collections().documents()'],
      ['create', 'upsert', 'update', 'delete', 'import'],
    ),
  },
]

const CACHE_WRITES = [
  'set',
  'setex',
  'setEx',
  'setnx',
  'setNX',
  'mset',
  'mSet',
  'del',
  'unlink',
  'expire',
  'hset',
  'hSet',
  'hmset',
  'hdel',
  'hDel',
  'incr',
  'incrby',
  'incrBy',
  'decr',
  'zadd',
  'zAdd',
  'zrem',
  'zRem',
  'sadd',
  'sAdd',
  'srem',
  'sRem',
  'lpush',
  'lPush',
  'rpush',
  'rPush',
] as const

const caches: readonly EffectLibrary[] = [
  {
    name: 'Redis',
    kind: 'cache',
    packages: ['redis', 'ioredis', '@upstash/redis'],
    commands: none,
    calls: [
      ...calls(
        [
          'redis#createClient()',
          'redis#createCluster()',
          'redis#createClient().connect()',
          'ioredis#()',
          'ioredis#Redis()',
          'ioredis#Cluster()',
          'ioredis#Redis.Cluster()',
          '@upstash/redis#Redis()',
          '@upstash/redis#Redis.fromEnv()',
        ],
        CACHE_WRITES,
      ),
      ...calls(
        ['redis#createClient()', 'ioredis#()', 'ioredis#Redis()', '@upstash/redis#Redis()'],
        ['publish', 'xadd', 'xAdd'],
      ),
    ],
  },
  {
    name: 'Memcached',
    kind: 'cache',
    packages: ['memcached', 'memjs'],
    commands: none,
    calls: calls(
      ['memcached#()', 'memjs#Client.create()'],
      ['set', 'add', 'replace', 'del', 'delete', 'incr', 'decr'],
    ),
  },
]

const pushes: readonly EffectLibrary[] = [
  {
    name: 'web push',
    kind: 'push',
    packages: ['web-push'],
    commands: none,
    calls: ['web-push#sendNotification'],
  },
  {
    name: 'Expo',
    kind: 'push',
    packages: ['expo-server-sdk'],
    commands: none,
    calls: calls(
      ['expo-server-sdk#Expo()', 'expo-server-sdk#()'],
      ['sendPushNotificationsAsync', 'sendPushNotificationChunkAsync'],
    ),
  },
  {
    name: 'Firebase',
    kind: 'push',
    packages: ['firebase-admin', 'firebase-admin/messaging'],
    commands: none,
    calls: calls(
      ['firebase-admin#messaging()', 'firebase-admin/messaging#getMessaging()'],
      ['send', 'sendEach', 'sendEachForMulticast', 'sendMulticast', 'sendToDevice', 'sendToTopic'],
    ),
  },
  {
    name: 'Pusher',
    kind: 'push',
    packages: ['pusher'],
    commands: none,
    calls: calls(['pusher#()'], ['trigger', 'triggerBatch']),
  },
]

const HTTP_METHODS = ['post', 'put', 'patch', 'delete', 'request'] as const

const http: readonly EffectLibrary[] = [
  { name: 'fetch', kind: 'http', packages: none, commands: none, calls: ['#fetch'] },
  {
    name: 'an HTTP client',
    kind: 'http',
    packages: ['axios', 'got', 'undici', 'node-fetch', 'cross-fetch', 'ky', 'superagent'],
    commands: none,
    calls: [
      'axios#',
      'got#',
      'node-fetch#',
      'cross-fetch#',
      'cross-fetch#fetch',
      'undici#fetch',
      'undici#request',
      'ky#',
      ...calls(
        ['axios#', 'axios#create()', 'got#', 'got#extend()', 'ky#', 'ky#create()', 'superagent#'],
        HTTP_METHODS,
      ),
    ],
  },
]

/** Services of others than AWS, by the packages that speak to them. */
export const otherEffects: readonly EffectLibrary[] = [
  ...mail,
  ...messages,
  ...search,
  ...caches,
  ...pushes,
  ...http,
]
