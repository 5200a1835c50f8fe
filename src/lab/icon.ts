/** A spark behind a glass: three rays and a rim. In the side bar's own colour. */
export default `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16">
<g class="jp-icon3" fill="none" stroke="#616161" stroke-width="1.5" stroke-linecap="round">
<circle cx="7" cy="7" r="5.2"/><path d="M11 11l3.6 3.6"/>
</g>
<path class="jp-icon3" fill="#616161" d="M7.9 3.2 4.3 7.7h2.3L6 10.8l3.7-4.6H7.3z"/>
</svg>`;
