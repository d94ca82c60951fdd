import { expect, type Page } from '@playwright/test';
import { type Newcomer, signedInAs } from './harbor.ts';

/** Speaks the protocol from within the page, so that the browser gets its cookies; gives the backup codes. */
const signUpInPage = async ({ email, phone, password }: Newcomer): Promise<string[]> => {
  interface Opened {
    flow: { step: { id: string; name: string; stage?: string; codes?: string[] } };
    token: string;
  }
  let token = '';
  const post = async (path: string, body: object): Promise<Opened> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Opened;
  };
  const codeFor = async (to: string): Promise<object> => {
    const messages = (await (await fetch('/demo/messages')).json()) as { to: string; text: string }[];
    const { text = '' } = messages.findLast((message) => message.to === to) ?? {};
    return { type: 'submit-code', code: /\d{6,10}/u.exec(text)?.[0] };
  };
  const opened = await post('/flows', { kind: 'sign-up' });
  token = opened.token;
  let { step } = opened.flow;
  const answers: Record<string, () => object | Promise<object>> = {
    identify: () => ({ type: 'identify', identifier: { type: 'email', value: email } }),
    'enter-code': () => codeFor(email),
    'set-password': () => ({ type: 'set-password', password }),
    'choose-factor': () => ({ type: 'choose', factor: 'sms' }),
    'setup-factor': () => (step.stage === 'phone' ? { type: 'submit-phone', phone } : codeFor(phone)),
    'save-backup-codes': () => ({ type: 'acknowledge' }),
  };
  let codes: string[] = [];
  while (step.name !== 'complete') {
    codes = step.codes ?? codes;
    const action = { id: crypto.randomUUID(), step: step.id, ...(await answers[step.name]?.()) };
    step = (await post('/flows/current/actions', action)).flow.step;
  }
  return codes;
};

/** Signs up without any element, for tests that are about what comes after; ends at the account. */
export async function becomeMember(page: Page, person: Newcomer): Promise<string[]> {
  await page.goto('/favicon.svg');
  const codes = await page.evaluate(signUpInPage, person);
  await page.goto('/');
  await expect(signedInAs(page, person.email)).toBeVisible();
  return codes;
}
