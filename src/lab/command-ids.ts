/** The commands of Sparkglass. */
export const CommandIDs = {
  showPanel: 'sparkglass:show-panel',
  toggleStrip: 'sparkglass:toggle-strip',
  closeAll: 'sparkglass:close-all',
  cancelCell: 'sparkglass:cancel-cell',
  cancelAll: 'sparkglass:cancel-all',
  pin: 'sparkglass:pin',
  openDetails: 'sparkglass:open-details',
  openUi: 'sparkglass:open-ui',
  openLog: 'sparkglass:open-log',
  record: 'sparkglass:record',
  insertCell: 'sparkglass:insert-cell',
  preview: 'sparkglass:preview',
  openLabs: 'sparkglass:open-labs'
} as const;
