import { randomUUID } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
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
  const updated = { ...profile, ...changes, userId, version: profile.version + 1 }
  await users.saveProfile(updated, profile.version)
  return updated
}

export async function openAccount({ email, name }: NewAccount): Promise<Profile> {
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
  try {
    await users.insertProfile(profile)
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    throw new HttpError(409, 'This email has an account')
  }
  return profile
}

/** Trade customers still live in the Users table. */
export async function openTradeAccount({ email, name }: NewAccount) {
  const userId = randomUUID()
  await legacyCustomers.insert(userId, { email, name })
  return { userId }
}
