/**
 * The one place from which elements and factors take their text functions. `@lit/localize` keeps its state per copy
 * and refuses to be configured twice on a page, so a bundle must hold exactly one, and everybody must import it from
 * here. English stands in the code that says it; call `msg` inside functions only, so that it is looked up again
 * when the language changes.
 */
export { msg, str, updateWhenLocaleChanges } from '@lit/localize';
