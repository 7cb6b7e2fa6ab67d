import { App } from 'aws-cdk-lib'
import { ShopStack } from './stack'

const app = new App()
new ShopStack(app, 'Shop', { stage: process.env.STAGE ?? 'dev' })
app.synth()
