import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHERE =
	"In Laigu, open Settings > Developer (设置 / 开发者), add a webhook with this node's <b>Production URL</b>, select the events that you chose under 'Trigger On', and copy the secret that Laigu shows next to the webhook to 'Signing Secret' in the credential.";

const AUTOMATION =
	"For the Automation Webhook (cus_became_leads), paste the URL into a webhook step of Laigu's automation instead (自动化 / 后台自动化 / webhook推送).";

const TRY =
	"<b>To try it</b>, click 'Execute step', then have Laigu send an event to the <b>Test URL</b>. Each click accepts one event.";

const NOTHING_ARRIVES =
	"<b>No events?</b> Laigu cannot reach a URL that begins with http://localhost: n8n needs a public address. An event whose signature does not match the credential's 'Signing Secret' is answered with 401, starts nothing and is not shown here: check the answer in Laigu.";

/** What the panel says while it listens. */
export const eventTriggerDescription =
	"Waiting for Laigu to send an event to the Test URL. Laigu cannot reach a URL that begins with http://localhost, and an event whose signature does not match the credential's 'Signing Secret' is refused and not shown here.";

/** What the panel beside the node says while it waits for an event. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Listen for Laigu events',
	executionsHelp: {
		inactive: `${TRY}<br /><br /><b>To receive every event</b>, publish the workflow. ${WHERE} ${AUTOMATION}<br /><br />${NOTHING_ARRIVES}`,
		active: `${TRY}<br /><br /><b>Events to the Production URL</b> start the workflow automatically; see them under 'Executions'. ${WHERE} ${AUTOMATION}<br /><br />${NOTHING_ARRIVES}`,
	},
	activationHint: {
		inactive: `${TRY}<br /><br /><b>To receive every event</b>, publish the workflow, so that the Production URL answers. ${WHERE}<br /><br />${NOTHING_ARRIVES}`,
		active: 'The workflow starts automatically with every event that Laigu sends to the Production URL.',
	},
};

/** What n8n says when the workflow has just been activated. */
export const activationMessage =
	"Now give Laigu this node's Production URL: Settings > Developer (设置 / 开发者), webhooks. n8n cannot do this for you, because Laigu has no API for it.";
