export { FileUpload as default } from 'govuk-frontend';
