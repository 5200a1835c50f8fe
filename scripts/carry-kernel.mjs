// Writes the kernel side's source into the page's (src/sources/kernel/carried.ts).
import { carryKernel } from './set-up/carried-kernel.mjs';

carryKernel();
