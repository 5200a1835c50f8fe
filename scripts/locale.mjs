// Writes the Polish words for JupyterLab's own translator (sparkglass/locale).
import { writeLocale } from './set-up/locale.mjs';

await writeLocale();
