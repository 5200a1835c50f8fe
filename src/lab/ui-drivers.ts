import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** A Spark application on the Jupyter server's machine, as our server part tells it. */
export interface IDriver {
  readonly port: number;
  readonly id: string;
  readonly name: string;
  /** Its version of Spark. */
  readonly spark: string;
  readonly user: string;
  /** ms since 1970. */
  readonly startTimeMs: number;
}

/** Why no Spark UI can be shown: no server part, no jupyter-server-proxy beside it, or the server did not answer. */
export type UiLack = 'noRoute' | 'noProxy' | 'noServer';

/** What the server says of the drivers on its machine. */
export interface IDrivers {
  readonly drivers: readonly IDriver[];
  readonly lack: UiLack | null;
}

const ROUTE = 'sparkglass/ui';

/** The address of a page of a Spark UI behind the Jupyter server. */
export function uiUrl(
  settings: ServerConnection.ISettings,
  port: number,
  path = ''
): string {
  return `${URLExt.join(settings.baseUrl, ROUTE, String(port))}/${path}`;
}

/**
 * Ask which drivers there are.
 *
 * @param ports - to be asked beside the usual ones.
 */
export async function askDrivers(
  settings: ServerConnection.ISettings,
  ports: readonly number[]
): Promise<IDrivers> {
  try {
    // What a panel asks by itself is no sign of a person, and must not keep an idle server up.
    const response = await ServerConnection.makeRequest(
      `${URLExt.join(settings.baseUrl, ROUTE)}?no_track_activity=1&ports=${ports.join(',')}`,
      { cache: 'no-store' },
      settings
    );
    if (!response.ok) {
      return { drivers: [], lack: 'noRoute' };
    }
    const { hasProxy, applications } = (await response.json()) as {
      hasProxy: boolean;
      applications: readonly IDriver[];
    };
    return { drivers: applications, lack: hasProxy ? null : 'noProxy' };
  } catch {
    return { drivers: [], lack: 'noServer' };
  }
}
