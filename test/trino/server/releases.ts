import type { JavaHome } from './java-homes.ts';

/** A Trino that Maven Central has as a server archive, and how it wants to be started. */
export interface TrinoRelease {
  readonly version: string;
  /** Oldest Java that runs it. */
  readonly java: number;
  readonly javaOptions: readonly string[];
  /** What the Hive connector needs in order to read folders of this machine. */
  readonly hiveProperties: readonly string[];
  /** `<scheme>:///folder` is a folder of this machine. */
  readonly scheme: 'local' | 'file';
}

/** Newest first. Athena engine v3 is a Trino between the two. */
const releases: readonly TrinoRelease[] = [
  {
    version: '476',
    java: 24,
    javaOptions: [
      '--add-modules=jdk.incubator.vector',
      '--enable-native-access=ALL-UNNAMED',
      '--sun-misc-unsafe-memory-access=allow',
    ],
    hiveProperties: ['fs.native-local.enabled=true', 'local.location=/'],
    scheme: 'local',
  },
  { version: '368', java: 11, javaOptions: [], hiveProperties: [], scheme: 'file' },
];

/** The newest release that the Java runs. */
export function releaseFor(java: JavaHome): TrinoRelease {
  const release = releases.find((candidate) => candidate.java <= java.version);
  if (release !== undefined) return release;
  throw new Error(
    `Java ${java.version} in ${java.home} is too old for Trino: Java 25 runs the newest one, Java 17 an old one.`,
  );
}
