import { LabIcon } from '@jupyterlab/ui-components';

const svgstr = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16">
<path class="jp-icon3" stroke="#616161" style="fill: none" stroke-width="1.4" stroke-linecap="round" d="M12.2 7a5.2 5.2 0 1 1-10.4 0 5.2 5.2 0 0 1 10.4 0M11 11l3.6 3.6"/>
<path class="jp-icon3" fill="#616161" d="M7.9 3.2 4.3 7.7h2.3L6 10.8l3.7-4.6H7.3z"/>
</svg>`;

/** A spark behind a glass, in the side bar's own colour. */
export const sparkglassIcon = new LabIcon({ name: 'sparkglass:icon', svgstr });
