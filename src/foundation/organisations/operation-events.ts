import { defineEvent } from '../../platform/events.ts';

/* An operation on units: who drew it up, checked, started and undid it, and what moved from which unit to which, in figures. */

interface OperationFacts {
  operationId: string;
  title: string;
  decisionNumber: string;
  effectiveOn: string;
}
export const operationSaved = defineEvent<OperationFacts & { changes: number }>('organisations.operation-saved', {
  vi: 'Lưu phương án sắp xếp đơn vị',
  en: 'Plan of a change of units saved',
});
export const operationChecked = defineEvent<OperationFacts>('organisations.operation-checked', {
  vi: 'Kiểm tra phương án sắp xếp đơn vị',
  en: 'Plan of a change of units checked',
});
export const operationScheduled = defineEvent<OperationFacts>('organisations.operation-scheduled', {
  vi: 'Đặt lịch sắp xếp đơn vị',
  en: 'Change of units scheduled',
});
export const operationDiscarded = defineEvent<OperationFacts>('organisations.operation-discarded', {
  vi: 'Bỏ phương án sắp xếp đơn vị',
  en: 'Plan of a change of units discarded',
});
export const operationStarted = defineEvent<OperationFacts>('organisations.operation-started', {
  vi: 'Bắt đầu sắp xếp đơn vị',
  en: 'Change of units started',
});
export const operationFinished = defineEvent<OperationFacts & { moved: Record<string, number> }>(
  'organisations.operation-finished',
  { vi: 'Sắp xếp đơn vị xong', en: 'Change of units finished' },
);
export const undoStarted = defineEvent<OperationFacts>('organisations.operation-undo-started', {
  vi: 'Bắt đầu hoàn tác sắp xếp đơn vị',
  en: 'Undoing a change of units started',
});
export const operationUndone = defineEvent<OperationFacts & { moved: Record<string, number> }>(
  'organisations.operation-undone',
  { vi: 'Hoàn tác sắp xếp đơn vị', en: 'Change of units undone' },
);
