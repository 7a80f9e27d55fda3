/** Tabs by the WAI-ARIA pattern: arrows move, one panel is shown. A panel is drawn when it is first looked at. */
import { byId } from './element';

export const TABS = ['problems', 'who', 'ask', 'move', 'edit'] as const;
export type Tab = (typeof TABS)[number];

export class Tabs {
  selected: Tab = 'problems';

  constructor(private readonly onSelect: (tab: Tab) => void) {
    for (const tab of TABS) {
      tabOf(tab).addEventListener('click', () => this.select(tab));
      tabOf(tab).addEventListener('keydown', (event) => this.move(event, tab));
    }
    this.show();
  }

  select(tab: Tab): void {
    this.selected = tab;
    this.show();
    this.onSelect(tab);
  }

  /** Behind the name of the tab; undefined: none. */
  count(tab: Tab, number: number | undefined): void {
    const name = tabOf(tab);
    name.querySelector('.number')?.remove();
    if (number === undefined) return;
    const shown = document.createElement('span');
    shown.className = 'number';
    shown.textContent = ` ${number}`;
    name.append(shown);
  }

  private move(event: KeyboardEvent, tab: Tab): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = TABS.indexOf(tab);
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? TABS.length - 1
          : step === undefined
            ? undefined
            : (at + step + TABS.length) % TABS.length;
    const next = to === undefined ? undefined : TABS[to];
    if (next === undefined) return;
    event.preventDefault();
    this.select(next);
    tabOf(next).focus();
  }

  private show(): void {
    for (const tab of TABS) {
      const isSelected = tab === this.selected;
      tabOf(tab).setAttribute('aria-selected', String(isSelected));
      tabOf(tab).tabIndex = isSelected ? 0 : -1;
      panelOf(tab).hidden = !isSelected;
    }
  }
}

export function panelOf(tab: Tab): HTMLElement {
  return byId(`panel-${tab}`);
}

function tabOf(tab: Tab): HTMLButtonElement {
  return byId<'button'>(`tab-${tab}`);
}
