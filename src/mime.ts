import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

/**
 * The renderers of our own MIME types; JupyterLab loads them apart from the plugins.
 */
const extensions: IRenderMime.IExtension[] = [];

export default extensions;
