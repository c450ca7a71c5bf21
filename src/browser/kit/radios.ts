export { Radios as default } from 'govuk-frontend';
