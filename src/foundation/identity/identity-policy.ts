/** Figures of the account rules (TCVN 14423 level 3 as paraphrased; a province may be stricter through the environment). */
export interface IdentityPolicy {
  /** Wrong passwords in a row before the account is locked for a while; at most 5. */
  lockoutFailures: number;
  /** First lock; every further one lasts twice as long, up to a day. */
  lockoutMinutes: number;
  idleLockMinutes: number;
  administratorIdleLockMinutes: number;
  /** Shortest password of a citizen or business. */
  personPasswordLength: number;
  /** Shortest password of an official without a second factor; all four classes of signs are needed too. */
  officialPasswordLength: number;
  /** How many of an official's last passwords are refused. */
  rememberedPasswords: number;
  /** An official's account unused for so long is locked. */
  inactiveDays: number;
  /** Administrators are asked for a new password after so many days. */
  administratorPasswordDays: number;
  /** Shortest password of an official with a second factor (TCVN 14423: 8). */
  officialPasswordLengthWithFactor: number;
  /** So many days before an unused account is locked its owner is warned. */
  inactiveWarningDays: number;
  /** Hours between two administrators' agreement and the removal of lost factors. */
  recoveryWaitHours: number;
  codeMinutes: number;
  codeAttempts: number;
  resetLinkHours: number;
}

export const defaultPolicy: IdentityPolicy = {
  lockoutFailures: 5,
  lockoutMinutes: 15,
  idleLockMinutes: 15,
  administratorIdleLockMinutes: 5,
  personPasswordLength: 8,
  officialPasswordLength: 14,
  rememberedPasswords: 10,
  inactiveDays: 45,
  administratorPasswordDays: 60,
  officialPasswordLengthWithFactor: 8,
  inactiveWarningDays: 7,
  recoveryWaitHours: 24,
  codeMinutes: 10,
  codeAttempts: 5,
  resetLinkHours: 24,
};

/** Each figure's variable, and the loosest value the rules allow. */
const VARIABLES: readonly [keyof IdentityPolicy, string, { min: number; max: number }][] = [
  ['lockoutFailures', 'SEN_LOCKOUT_FAILURES', { min: 1, max: 5 }],
  ['lockoutMinutes', 'SEN_LOCKOUT_MINUTES', { min: 1, max: 43_200 }],
  ['idleLockMinutes', 'SEN_IDLE_LOCK_MINUTES', { min: 1, max: 15 }],
  ['administratorIdleLockMinutes', 'SEN_ADMIN_IDLE_LOCK_MINUTES', { min: 1, max: 5 }],
  ['personPasswordLength', 'SEN_PERSON_PASSWORD_LENGTH', { min: 8, max: 64 }],
  ['officialPasswordLength', 'SEN_OFFICIAL_PASSWORD_LENGTH', { min: 14, max: 64 }],
  ['officialPasswordLengthWithFactor', 'SEN_OFFICIAL_PASSWORD_LENGTH_WITH_FACTOR', { min: 8, max: 64 }],
  ['rememberedPasswords', 'SEN_REMEMBERED_PASSWORDS', { min: 10, max: 100 }],
  ['administratorPasswordDays', 'SEN_ADMIN_PASSWORD_DAYS', { min: 1, max: 60 }],
  ['inactiveDays', 'SEN_INACTIVE_DAYS', { min: 1, max: 45 }],
  ['inactiveWarningDays', 'SEN_INACTIVE_WARNING_DAYS', { min: 1, max: 30 }],
  ['recoveryWaitHours', 'SEN_RECOVERY_WAIT_HOURS', { min: 1, max: 720 }],
];

/**
 * Reads the policy from the environment.
 * @throws Error naming the variable when a value is looser than the rules allow
 */
export function readPolicy(env: Record<string, string | undefined>): IdentityPolicy {
  const policy = { ...defaultPolicy };
  for (const [key, name, { min, max }] of VARIABLES) {
    const text = env[name];
    if (!text) continue;
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new Error(`${name} must be a whole number between ${min} and ${max}`);
    policy[key] = value;
  }
  return policy;
}

export interface PolicyFigure {
  key: keyof IdentityPolicy;
  value: number;
  /** What a province may choose: more than a length, less than a number of tries; null: nothing. */
  bound: { atLeast: boolean; value: number } | null;
  variable: string | null;
}

/** Figures where more is stricter; of all others less is. */
const MORE_IS_STRICTER: ReadonlySet<keyof IdentityPolicy> = new Set([
  'lockoutMinutes',
  'personPasswordLength',
  'officialPasswordLength',
  'officialPasswordLengthWithFactor',
  'rememberedPasswords',
  'inactiveWarningDays',
  'recoveryWaitHours',
]);

/** Every figure with the loosest value that is allowed and the variable that changes it. */
export function policyFigures(figures: IdentityPolicy): PolicyFigure[] {
  return (Object.keys(figures) as (keyof IdentityPolicy)[]).map((key) => {
    const [, variable, range] = VARIABLES.find(([name]) => name === key) ?? [];
    const atLeast = MORE_IS_STRICTER.has(key);
    const bound = range ? { atLeast, value: atLeast ? range.min : range.max } : null;
    return { key, value: figures[key], bound, variable: variable ?? null };
  });
}

/** The policy of this process. */
export const policy: IdentityPolicy = readPolicy(process.env);
