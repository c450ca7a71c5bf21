export { CharacterCount as default } from 'govuk-frontend';
