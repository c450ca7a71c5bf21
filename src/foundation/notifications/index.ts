export { notify, type Notice } from './notify.ts';
export { defineMessage, type MessageTemplate } from './message-template.ts';
export {
  saveContact,
  deleteContact,
  listContacts,
  listInbox,
  listMessagesOf,
  countUnread,
  type ContactPoint,
  type MessageRow,
} from './notification-queries.ts';
export { manageNotifications } from './notification-permissions.ts';
export { closeTransports } from './transport.ts';
