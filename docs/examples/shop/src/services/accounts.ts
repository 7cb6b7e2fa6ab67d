import { randomUUID } from 'node:crypto'
import { HttpError } from '../http'
import { userKey } from '../keys'
import type { Profile } from '../models'
import * as legacyCustomers from '../repositories/legacy-customers'
import * as users from '../repositories/users'

interface NewAccount {
  email: string
  name: string
}

export async function signIn(email: string) {
  const user = await users.findByEmail(email.toLowerCase())
  if (!user) throw new HttpError(401, 'Unknown email or password')
  return { userId: user.userId, name: user.name }
}

export async function getAccount(userId: string): Promise<Profile> {
  const profile = await users.getProfile(userId)
  if (!profile) throw new HttpError(404, 'No such customer')
  return profile
}

export async function updateAccount(userId: string, changes: Partial<Profile>): Promise<Profile> {
  const profile = await getAccount(userId)
  const updated = { ...profile, ...changes, userId }
  await users.saveProfile(updated)
  return updated
}

export async function openAccount({ email, name }: NewAccount): Promise<Profile> {
  if (await users.emailIsTaken(email)) throw new HttpError(409, 'This email has an account')

  const userId = randomUUID()
  const profile: Profile = {
    PK: userKey(userId),
    SK: 'PROFILE',
    GSI2PK: `EMAIL#${email.toLowerCase()}`,
    GSI2SK: 'PROFILE',
    userId,
    email,
    name,
    plan: 'free',
    version: 1,
    createdAt: new Date().toISOString(),
  }
  await users.insertProfile(profile)
  return profile
}

/** Trade customers still live in the Users table and have a customer number instead of a UUID. */
export async function openTradeAccount({ email, name }: NewAccount) {
  const customers = await legacyCustomers.listAll()
  const customerNumber = String(customers.length + 1).padStart(5, '0')
  await legacyCustomers.insert(`C${customerNumber}`, { email, name })
  return { customerNumber }
}
