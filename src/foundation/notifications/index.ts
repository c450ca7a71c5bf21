export { notify, notifyMany, type Notice } from './notify.ts';
export { defineMessage, type MessageTemplate } from './message-template.ts';
export { listInbox, listMessagesOf, countUnread, type MessageRow } from './notification-queries.ts';
export { saveContact, deleteContact, listContacts, type ContactPoint } from './contact-queries.ts';
export type { MessageKindName } from './message-kind.ts';
export { findChoice } from './addressee-queries.ts';
export { manageNotifications } from './notification-permissions.ts';
export { provideTextService, type TextService } from './receive-text.ts';
export { closeTransports } from './transport.ts';
