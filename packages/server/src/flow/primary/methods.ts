import type { SignInMethod } from '@countersign/core/flow';
import type { Draft } from '../draft.ts';

/** How whoever names themselves in this flow may prove that it is they, the first being what is asked for at once. */
export const methodsOf = ({ flow, settings }: Draft): readonly SignInMethod[] =>
  flow.kind === 'sign-in' || flow.kind === 'recover' ? settings.signIn.methods : ['code'];
