export { Tabs as default } from 'govuk-frontend';
