// Writes the labs as notebooks, in English and in Polish (examples/en, examples/pl), from examples/source.
import { writeLabs } from './set-up/labs.mjs';

writeLabs();
