import type { IConnections, IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { Doing } from './contexts';
import { loadPackage, nodeOf, runLaigu } from './engine';
import { tokenOf } from './world';

/** A tool as n8n gives it to an agent. */
export interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, unknown> };
	invoke(args: IDataObject): Promise<string>;
}

/** The node as n8n turns it into a tool: its own type, with an AI tool as its only output. */
export async function toolType(): Promise<INodeType> {
	const laigu = (await loadPackage()).nodeTypes.laigu.type as INodeType;
	expect(laigu.description.usableAsTool).toBe(true);
	const description = { ...laigu.description, name: 'laiguTool', inputs: [], outputs: ['ai_tool' as const] };
	return Object.assign(Object.create(laigu) as INodeType, { description });
}

class Agent extends Doing {
	override description = {
		...new Doing(async () => await Promise.resolve()).description,
		inputs: ['main', 'ai_tool'] as never,
	};
}

/**
 * Runs an agent that has the Laigu node as a tool, on n8n-core's own engine.
 *
 * @param use what the agent does with it; its result is given back
 */
export async function withTool(sim: Simulator, parameters: IDataObject, use: (tool: Tool) => Promise<unknown>) {
	const what = async (context: IExecuteFunctions) => {
		const tools = (await context.getInputConnectionData('ai_tool', 0)) as Tool[];
		expect(tools).toHaveLength(1);
		return await use(tools[0]);
	};
	const connections: IConnections = {
		Laigu: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		'Laigu tool': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	};
	const { run } = await runLaigu({
		parameters: {},
		credentials: tokenOf(sim),
		node: { disabled: true },
		around: {
			nodes: [
				nodeOf('Agent', 'test.agent'),
				nodeOf('Laigu tool', 'test.laiguTool', { parameters: parameters as never }),
			],
			connections,
			types: { 'test.agent': new Agent(what), 'test.laiguTool': await toolType() },
		},
	});
	const [task] = run.data.resultData.runData.Agent;
	if (task.error) throw task.error;
	return task.data?.main[0]?.[0].json.result;
}
