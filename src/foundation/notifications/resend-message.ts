import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { enqueue } from '../../platform/jobs.ts';
import { problem } from '../../platform/problems.ts';
import { messageResent } from './notification-events.ts';
import { sendMessage } from './notification-jobs.ts';
import { messageNotWaiting } from './notification-problems.ts';
import { requeueMessage } from './notification-queries.ts';

/** Puts a message that was given up into the queue again. @throws messageNotWaiting when it is queued or sent */
export async function resendMessage(tx: Tx, id: string): Promise<void> {
  const message = await requeueMessage(tx, id);
  if (!message) throw problem(messageNotWaiting);
  publish(tx, messageResent, { subject: { kind: 'message', id }, payload: message });
  enqueue(tx, sendMessage, { id }, { key: `message/${id}/again` });
}
