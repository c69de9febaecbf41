import { MenuSvg, type LabIcon } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';

/** One entry of a menu. */
export interface IEntry {
  label: string;
  icon?: LabIcon;
  caption?: string;
  isEnabled?: boolean;
  /** Set where the entry is one of several of which one holds. */
  isToggled?: boolean;
  act: () => void;
}

/** Open JupyterLab's own kind of menu at a button, which has the focus again when it is closed; null is a line. */
export function openMenu(button: HTMLElement, entries: readonly (IEntry | null)[]): void {
  const commands = new CommandRegistry();
  const menu = new MenuSvg({ commands });
  menu.addClass('jp-OpenInterpreter-menu');
  entries.forEach((entry, index) => {
    if (!entry) {
      menu.addItem({ type: 'separator' });
      return;
    }
    const command = `entry-${index}`;
    commands.addCommand(command, {
      label: entry.label,
      caption: entry.caption ?? '',
      icon: entry.icon,
      isEnabled: () => entry.isEnabled ?? true,
      isToggleable: entry.isToggled !== undefined,
      isToggled: () => entry.isToggled ?? false,
      execute: entry.act
    });
    menu.addItem({ command });
  });
  button.setAttribute('aria-expanded', 'true');
  menu.aboutToClose.connect(() => {
    button.setAttribute('aria-expanded', 'false');
    // What the entry does may want the focus elsewhere: it comes after.
    button.focus();
    requestAnimationFrame(() => {
      menu.dispose();
    });
  });
  const { left, top, bottom } = button.getBoundingClientRect();
  menu.open(left, bottom);
  // Lumino moves a menu that has no room below so far up that it hides the button.
  const opened = menu.node.getBoundingClientRect();
  if (opened.top < bottom - 1) {
    menu.node.style.marginBlockStart = `${top - opened.bottom}px`;
  }
}
