import type { INodeProperties } from 'n8n-workflow';

/** Every parameter with the options inside it, depth first. */
export function everyParameter(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).filter((option): option is INodeProperties => 'type' in option);
		return [property, ...everyParameter(inner)];
	});
}
