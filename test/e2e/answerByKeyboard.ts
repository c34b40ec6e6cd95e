/** A participant with a keyboard alone: goes from field to field by Tab, answers whatever has the focus, and presses the button at the end. */
import type { Page } from '@playwright/test';

/** What has the focus, as far as answering it goes. */
type Focused = {
  readonly kind: 'slider' | 'chips' | 'mark' | 'number' | 'text' | 'radio' | 'checkbox' | 'submit' | 'other';
  readonly isSet: boolean;
  readonly label: string;
};

const readFocus = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const input = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
    const label = (input?.labels?.[0] ?? element)?.textContent ?? '';
    const isIn = (selector: string): boolean => element?.closest(selector) != null;
    if (element?.classList.contains('handle'))
      return { kind: 'slider', isSet: !element.closest('.line')?.classList.contains('is-unset'), label };
    if (element?.classList.contains('chip-column'))
      return { kind: 'chips', isSet: element.ariaValueNow !== '0', label };
    if (input?.type === 'radio') {
      const group = input.closest('fieldset')?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [];
      return { kind: 'radio', isSet: [...group].some(({ checked }) => checked), label };
    }
    if (input?.type === 'checkbox' && input instanceof HTMLInputElement)
      return { kind: 'checkbox', isSet: input.checked, label };
    if (input && isIn('.mark-field')) return { kind: 'mark', isSet: input.value !== '', label };
    if (input && isIn('.rating-tools, .number-answer')) return { kind: 'number', isSet: input.value !== '', label };
    if (input) return { kind: 'text', isSet: input.value !== '', label };
    const isPrimary = element?.matches('main .is-primary') === true;
    return { kind: isPrimary ? 'submit' : 'other', isSet: false, label };
  });

/** Answers what has the focus. The right option of the tour's checks is "No". */
async function answer(
  page: Page,
  { kind, isSet, label }: Focused,
  isWanted: (label: string) => boolean,
): Promise<void> {
  const { keyboard } = page;
  if (isSet) return;
  if (kind === 'slider') await keyboard.press('ArrowRight');
  if (kind === 'chips') for (let i = 0; i < 20; i++) await keyboard.press('ArrowUp');
  if (kind === 'mark' || kind === 'number') await keyboard.type('37');
  if (kind === 'text') await keyboard.type('Words');
  if (kind === 'checkbox') await keyboard.press('Space');
  if (kind === 'radio') {
    await keyboard.press('Space');
    const options = 8;
    for (let i = 0; i < options && !isWanted((await readFocus(page)).label); i++) await keyboard.press('ArrowDown');
    // An option was passed over only where another was wanted; the first is as good as any elsewhere.
    if (isWanted(label)) await keyboard.press('Space');
  }
}

/** Goes through the screen that is shown and leaves it. `isWanted` says of a check's option whether it is to be chosen. */
export async function answerByKeyboard(page: Page, isWanted: (label: string) => boolean): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    const focused = await readFocus(page);
    if (focused.kind === 'submit') return page.keyboard.press('Enter');
    await answer(page, focused, isWanted);
  }
  throw new Error('no button to go on was reached by Tab');
}
