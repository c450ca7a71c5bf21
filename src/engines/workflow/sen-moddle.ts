/** What a drawing says beyond BPMN 2.0: who does a task and in how many working hours, names in English, tables. Kept in attributes of our own namespace. */
export const SEN_NAMESPACE = 'urn:sen:bpmn:1';

const text = (name: string) => ({ name, isAttr: true, type: 'String' });

/** Descriptor for moddle, in the program and in the editor. */
export const senModdle = {
  name: 'Sen',
  uri: SEN_NAMESPACE,
  prefix: 'sen',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Named', extends: ['bpmn:FlowNode'], properties: [text('nameEn')] },
    {
      name: 'Work',
      extends: ['bpmn:Activity'],
      properties: [
        text('kind'),
        text('role'),
        text('unit'),
        text('post'),
        text('assignee'),
        text('hours'),
        text('headAssigns'),
        text('reference'),
        text('result'),
      ],
    },
    {
      name: 'Repeated',
      extends: ['bpmn:MultiInstanceLoopCharacteristics'],
      properties: [text('list'), text('item'), text('gather'), text('each')],
    },
    { name: 'Correlated', extends: ['bpmn:Message'], properties: [text('correlation')] },
  ],
};
