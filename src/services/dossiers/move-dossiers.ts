import {
  agencyCodesOf,
  type Ambiguity,
  type MoveLine,
  type MoveStep,
  type Obstacle,
  type UnitMove,
  type UnitMovePlan,
  type UnitMovePreview,
} from '../../foundation/organisations/index.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { procedureIdsOf } from '../procedures/index.ts';
import { dossiersMoved } from './dossier-events.ts';
import {
  countMoving,
  countSince,
  countWithoutRule,
  listBooks,
  moveBatch,
  MOVE_BATCH,
  undoBatch,
  type MoveBatch,
  type MovedUnits,
  type MovePhase,
  type ResolvedRule,
} from './unit-move-queries.ts';

/** Work that somebody waits for goes first. */
const PHASES: readonly MovePhase[] = ['handled', 'named', 'closed'];

const kinds = {
  'dossiers.running': { vi: 'Hồ sơ đang giải quyết', en: 'Running dossiers' },
  'dossiers.named': { vi: 'Hồ sơ đơn vị khác đang giữ', en: 'Dossiers held elsewhere' },
  'dossiers.closed': { vi: 'Hồ sơ đã xong', en: 'Closed dossiers' },
  books: { vi: 'Sổ mã hồ sơ', en: 'Books of dossier codes' },
};

/** Rules with procedures resolved: by code or by field. */
async function rulesOf(reader: Reader, plan: UnitMovePlan): Promise<ResolvedRule[]> {
  return Promise.all(
    plan.rules.map(async ({ fromUnitId, toUnitId, by, values }, n) => ({
      n,
      fromUnitId,
      toUnitId,
      procedureIds:
        by === 'procedure' || by === 'field'
          ? await procedureIdsOf(reader, by === 'procedure' ? { codes: values } : { fields: values })
          : [],
      words: by === 'address' ? values : [],
      codes: by === 'code' ? values.map((value) => value.toUpperCase()) : [],
    })),
  );
}

async function preview(reader: Reader, plan: UnitMovePlan): Promise<UnitMovePreview> {
  const targetOf = new Map(plan.pairs.map((pair) => [pair.fromUnitId, pair.toUnitId]));
  const found = await countMoving(reader, [...targetOf.keys()]);
  const lines: MoveLine[] = found.flatMap(({ unitId, running, closed, named, samples }) => {
    const ends = { fromUnitId: unitId, toUnitId: targetOf.get(unitId) ?? null };
    return [
      { ...ends, kind: 'dossiers.running', count: running, samples },
      { ...ends, kind: 'dossiers.named', count: named, samples: [] },
      { ...ends, kind: 'dossiers.closed', count: closed, samples: [] },
    ];
  });
  const codes = await agencyCodesOf(reader, [...targetOf.keys()], 'qd20', plan.lastDay);
  const unitOf = new Map([...codes].map(([unitId, code]) => [code, unitId]));
  for (const { agency, days, numbers } of await listBooks(reader, [...codes.values()])) {
    const fromUnitId = unitOf.get(agency) ?? '';
    lines.push({
      fromUnitId,
      toUnitId: targetOf.get(fromUnitId) ?? null,
      kind: 'books',
      count: days,
      samples: [`${agency}: ${numbers}`],
    });
  }
  const left = await countMoving(reader, plan.orphans);
  const obstacles = left.map(({ unitId, running, closed, named }) => ({
    unitId,
    text: {
      vi: `Đơn vị còn ${running + closed + named} hồ sơ mà không ai kế thừa`,
      en: `The unit has ${running + closed + named} dossiers and nobody takes over`,
    },
  }));
  return { kinds, lines, ambiguities: await splitQuestions(reader, plan), obstacles };
}

/** Running dossiers of a split unit that no rule catches: does the main successor take them? */
async function splitQuestions(reader: Reader, plan: UnitMovePlan): Promise<Ambiguity[]> {
  const ending = new Set(plan.pairs.filter((pair) => pair.ends).map((pair) => pair.fromUnitId));
  const split = [...new Set(plan.others.map((each) => each.fromUnitId))].filter((unitId) => ending.has(unitId));
  const rules = await rulesOf(reader, plan);
  const left = await countWithoutRule(reader, split, rules);
  return left.map(({ unitId, n }) => ({
    key: `dossiers:${unitId}`,
    unitId,
    count: n,
    title: {
      vi: `${n} hồ sơ đang giải quyết không theo quy tắc nào`,
      en: `${n} running dossiers that no rule catches`,
    },
    options: [
      {
        value: 'main',
        label: { vi: 'Để đơn vị kế thừa chính giải quyết', en: 'The main successor takes them' },
      },
    ],
  }));
}

/** The pairs in two lots: units without a rule, whose dossiers all go one way, and units that rules divide. */
async function batchesOf(tx: Tx, plan: UnitMovePlan): Promise<MoveBatch[]> {
  const rules = await rulesOf(tx, plan);
  const { operationId, effectiveOn } = plan;
  const posts = [...plan.posts, ...plan.endedPosts.map((fromPostId) => ({ fromPostId, toPostId: null }))];
  const ruled = new Set(rules.map((rule) => rule.fromUnitId));
  // A unit that goes on gives away only what a rule names.
  const plain = plan.pairs.filter((pair) => pair.ends && !ruled.has(pair.fromUnitId));
  const divided = plan.pairs.filter((pair) => ruled.has(pair.fromUnitId));
  const common = { operationId, effectiveOn, posts };
  return [
    ...(plain.length > 0 ? [{ ...common, pairs: plain, rules: [] }] : []),
    ...(divided.length > 0 ? [{ ...common, pairs: divided, rules }] : []),
  ];
}

/** One batch of the phase that the cursor names; a phase that has nothing left gives way to the next. */
async function move(tx: Tx, plan: UnitMovePlan, cursor: string | null): Promise<MoveStep> {
  const batches = await batchesOf(tx, plan);
  const from = Math.max(0, PHASES.indexOf(cursor as MovePhase));
  for (const phase of PHASES.slice(from)) {
    for (const batch of batches) {
      const units = await moveBatch(tx, phase, batch);
      const moved = units.reduce((sum, each) => sum + each.n, 0);
      if (moved === 0) continue;
      announce(tx, plan, phase, units);
      return { moved, isDone: false, cursor: phase };
    }
  }
  return { moved: 0, isDone: true };
}

function announce(tx: Tx, plan: UnitMovePlan, phase: MovePhase, units: readonly MovedUnits[]): void {
  publish(tx, dossiersMoved, {
    subject: { kind: 'operation', id: plan.operationId },
    payload: {
      operationId: plan.operationId,
      effectiveOn: plan.effectiveOn,
      decisionNumber: plan.decisionNumber,
      isClosed: phase === 'closed',
      units: units.map(({ fromUnitId, toUnitId, n }) => ({ fromUnitId, toUnitId, dossiers: n })),
    },
  });
}

async function contradictions(reader: Reader, plan: UnitMovePlan) {
  const since = await countSince(
    reader,
    plan.operationId,
    plan.founded,
    plan.posts.map((post) => post.toPostId),
  );
  const blocks: Obstacle[] = since.foreign.flatMap(({ unitId, dossiers, figures }) => [
    ...(dossiers > 0
      ? [
          {
            unitId,
            text: { vi: `Đơn vị mới đã nhận ${dossiers} hồ sơ`, en: `The new unit has taken in ${dossiers} dossiers` },
          },
        ]
      : []),
    ...(figures > 0
      ? [{ unitId, text: { vi: 'Đơn vị mới đã có số liệu', en: 'Figures have been counted for the new unit' } }]
      : []),
  ]);
  if (since.assigned > 0)
    blocks.push({
      unitId: null,
      text: {
        vi: `${since.assigned} hồ sơ đã được phân công cho các vị trí mới`,
        en: `${since.assigned} dossiers have been assigned to the new posts`,
      },
    });
  const stays: Obstacle[] =
    since.movedOn > 0
      ? [
          {
            unitId: null,
            text: {
              vi: `${since.movedOn} hồ sơ đã chuyển tiếp sang đơn vị khác và ở lại đó`,
              en: `${since.movedOn} dossiers have gone on to other units and stay there`,
            },
          },
        ]
      : [];
  return { blocks, stays };
}

/** Dossiers, their open steps and whoever has them move with their units; what is still to be done first. */
export const moveDossiers: UnitMove = {
  name: 'dossiers',
  title: { vi: 'Hồ sơ', en: 'Dossiers' },
  order: 50,
  preview,
  apply: move,
  settle: (tx, plan) => move(tx, plan, null),
  async undo(tx, plan) {
    const moved = await undoBatch(tx, plan.operationId);
    return { moved, isDone: moved < MOVE_BATCH };
  },
  contradictions,
};
