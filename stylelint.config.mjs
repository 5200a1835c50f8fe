/** @type {import('stylelint').Config} */
export default {
  extends: ['stylelint-config-standard'],
  rules: {
    // jp-ClassName for a widget, jp-ClassName-part for what is in it.
    'selector-class-pattern': '^[a-z][A-Za-z\\d]*(-[A-Za-z\\d]+)*$',
    'selector-id-pattern': null,
    'no-descending-specificity': null
  }
};
