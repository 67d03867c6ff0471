import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHERE =
	"In Laigu, open Settings > Developer (设置 / 开发者), add a webhook with this node's <b>Production URL</b>, tick the events that are chosen under 'Trigger On', and copy the secret that Laigu shows beside the webhook into the credential's 'Signing Secret'.";

const AUTOMATION =
	"For the Automation Webhook (cus_became_leads), paste the URL into a webhook step of Laigu's automation instead (自动化 / 后台自动化 / webhook推送).";

const TRY =
	"<b>To try it out</b>, click 'Execute step', then let Laigu send an event to the <b>Test URL</b>: it works once for each click.";

const NOTHING_ARRIVES =
	"<b>Nothing arrives?</b> Laigu cannot reach a URL that begins with http://localhost: n8n needs a public address. An event whose signature does not fit the credential's 'Signing Secret' is answered with 401 and starts nothing, and nothing of it shows here: look at the answer in Laigu.";

/** What the panel says while it listens. */
export const eventTriggerDescription =
	"Waiting for Laigu to send an event to the Test URL. Laigu cannot reach a URL that begins with http://localhost, and an event whose signature does not fit the credential's 'Signing Secret' is refused without a trace here.";

/** What the panel beside the node says while it waits for an event. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Listen for Laigu events',
	executionsHelp: {
		inactive: `${TRY}<br /><br /><b>For every event</b>, publish the workflow. ${WHERE} ${AUTOMATION}<br /><br />${NOTHING_ARRIVES}`,
		active: `${TRY}<br /><br /><b>Events to the Production URL</b> start the workflow by themselves; see them under 'Executions'. ${WHERE} ${AUTOMATION}<br /><br />${NOTHING_ARRIVES}`,
	},
	activationHint: {
		inactive: `${TRY}<br /><br /><b>For every event</b>, publish the workflow, so that the Production URL answers. ${WHERE}<br /><br />${NOTHING_ARRIVES}`,
		active: 'The workflow starts by itself with every event that Laigu sends to the Production URL.',
	},
};

/** What n8n says when the workflow has just been activated. */
export const activationMessage =
	"Now give Laigu this node's Production URL: Settings > Developer (设置 / 开发者), webhooks. n8n cannot do that for you, for Laigu has no interface for it.";
