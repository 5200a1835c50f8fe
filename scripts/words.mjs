// node scripts/words.mjs: what the Polish catalogues lack, or hold too much.
//   --list   every message of the code instead, a line each
import words from './checks/words.cjs';

if (process.argv.includes('--list')) {
  for (const [key, { plural }] of words.messages()) {
    process.stdout.write(
      `${JSON.stringify(plural === null ? [key] : [key, plural])}\n`
    );
  }
} else {
  const lines = [...words.complaints(), ...words.settingsComplaints()];
  process.stdout.write(`${lines.join('\n') || 'Every word has its Polish.'}\n`);
  process.exitCode = lines.length > 0 ? 1 : 0;
}
