import { type RuleText, ruleText } from '../../rules/rule-texts.ts';
import { metricNames } from '../gate/metric-text.ts';
import type { SarifRule } from './sarif-log.ts';

const tags: Readonly<Record<RuleText['about'], string>> = {
  size: 'image-size',
  secrets: 'security',
  cache: 'build-cache',
};

/** A rule, or a budget's metric, as viewers of SARIF show it beside its results. */
export function ruleDescriptor(id: string): SarifRule {
  const text = ruleText(id);
  return text === null ? budgetRule(id) : findingRule(id, text);
}

function findingRule(name: string, { about, severity, finds, why, advice }: RuleText): SarifRule {
  const silence = `# layerscope ignore=${name} reason`;
  return {
    id: name,
    shortDescription: { text: plain(finds) },
    fullDescription: { text: plain(`${finds} ${why}`) },
    help: {
      text: plain(`${finds} ${why} ${advice} A comment above the line silences the rule: ${silence}`),
      markdown: `${finds}\n\n${why}\n\n**What to do.** ${advice}\n\nA comment above the line silences the rule: \`${silence}\`. The whole story is on the rule's page, \`docs/rules/${name}.md\`.`,
    },
    defaultConfiguration: { level: severity === 'info' ? 'note' : severity },
    properties: { tags: ['container', tags[about]] },
  };
}

/** A budget's metric as a rule: `budget/size`. */
function budgetRule(id: string): SarifRule {
  const metric = id.slice('budget/'.length);
  const name = Object.entries(metricNames).find(([key]) => key === metric)?.[1] ?? metric;
  const what = `The ${name} of the image goes beyond a budget.`;
  const why = 'Budgets stand in the configuration of layerscope; one that cannot be judged is not kept either.';
  const advice = 'Take back what made the image grow, or raise the budget where the growth is wanted.';
  return {
    id,
    shortDescription: { text: what },
    fullDescription: { text: `${what} ${why}` },
    help: { text: `${what} ${why} ${advice}`, markdown: `${what}\n\n${why}\n\n**What to do.** ${advice}` },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['container', 'budget'] },
  };
}

function plain(text: string): string {
  return text.replaceAll('`', '');
}
