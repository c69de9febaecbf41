import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator } from '@jupyterlab/translation';

import { IPreferences } from '../contracts';
import { Preferences } from '../preferences';

/** The settings of schema/panel.json. */
const SETTINGS = 'open-interpreter-lab:panel';

/** Tells what the person has set for the panel; the defaults where nothing keeps settings. */
export const preferences: JupyterFrontEndPlugin<IPreferences> = {
  id: 'open-interpreter-lab:preferences',
  description: 'Tells what the person has set for the panel.',
  autoStart: true,
  provides: IPreferences,
  optional: [ISettingRegistry, ITranslator],
  activate: (_: JupyterFrontEnd, registry: ISettingRegistry | null, translator: ITranslator | null) => {
    const preferences = new Preferences();
    // In the list that JupyterLab begins with, an extension's titles are English; asked for by themselves they are not.
    const isEnglish = translator?.languageCode.startsWith('en') ?? true;
    const loaded = isEnglish ? registry?.load(SETTINGS) : registry?.reload(SETTINGS);
    loaded?.then(
      settings => {
        preferences.follow(settings);
      },
      (reason: unknown) => {
        console.error('The settings of the panel could not be loaded: it goes by the defaults.', reason);
      }
    );
    return preferences;
  }
};
