export { PasswordInput as default } from 'govuk-frontend';
