export { Checkboxes as default } from 'govuk-frontend';
