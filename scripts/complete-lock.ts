/**
 * Completes package-lock.json after `npm install`: npm leaves out optional packages for other systems when the registry
 * at hand does not have them, and `npm ci` then refuses the lock. They are added by name, version and system.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Entry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const FILE = 'package-lock.json';
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, Entry> };

/** What the name of a binary package says of the system it is for. */
function systemOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {};
  return { os, cpu, ...libc };
}

for (const { version, dev, optionalDependencies } of Object.values(lock.packages)) {
  for (const [name, wanted] of Object.entries(optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (version === undefined || place in lock.packages || !/^\d/.test(wanted)) continue;
    lock.packages[place] = { version: wanted, ...systemOf(name), ...(dev ? { dev } : {}), optional: true };
    console.log(`added ${name} ${wanted}`);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
