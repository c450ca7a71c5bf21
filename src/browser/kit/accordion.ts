export { Accordion as default } from 'govuk-frontend';
