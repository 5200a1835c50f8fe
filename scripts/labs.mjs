// Writes the labs as notebooks, in English and in Polish (examples/en, examples/pl), from examples/source, and for the page to carry.
import { carryLabs, writeLabs } from './set-up/labs.mjs';

writeLabs();
carryLabs();
