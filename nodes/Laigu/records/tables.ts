export type { Field, RecordTable } from './field';
export { conversationTable } from './fields.conversation';
export { customerTable } from './fields.customer';
export { automationTable, unknownTable } from './fields.event';
export { reportTable, wholeReportTable } from './fields.report';
export type { GroupBy, Report } from './fields.report';
