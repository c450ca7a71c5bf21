import { defineModule } from '../../platform/module.ts';
import { manageCalendar } from './calendar-permissions.ts';

export default defineModule({ name: 'calendar', floor: 'engines', permissions: [manageCalendar] });
