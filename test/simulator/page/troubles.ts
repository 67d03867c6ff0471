import { arm, type ArmedFault, type FaultRule } from '../faults';
import type { RateLimit } from '../rateLimit';

/** What a person can switch on to see a workflow cope with it. */
export const TROUBLES = ['slow', 'rateLimit', 'internalError', 'badGateway', 'closed'] as const;

export type Trouble = (typeof TROUBLES)[number];

/** Slowness comes last: of several faults the first that hits a request is taken, and it would hit every one. */
const FAULTS: ReadonlyArray<[Trouble, FaultRule]> = [
	['internalError', { kind: '10015', rate: 1 / 3 }],
	['badGateway', { kind: '502html', rate: 1 / 3 }],
	['slow', { kind: 'slow', delayMs: 3_000 }],
];

const RATE_LIMIT: RateLimit = { perSecond: 2 };

/** The switches of the page, and what they do to the API. */
export class Troubles {
	readonly #on = new Set<Trouble>();

	readonly #armed = FAULTS.map(([trouble, rule]): [Trouble, ArmedFault] => [trouble, arm(rule)]);

	constructor({ closed }: { closed: boolean }) {
		this.set('closed', closed);
	}

	/** Switches one on or off; it holds from the next request on. */
	set(trouble: Trouble, on: boolean): void {
		if (on) this.#on.add(trouble);
		else this.#on.delete(trouble);
	}

	/** Each with whether it is on. */
	get state(): Record<Trouble, boolean> {
		return Object.fromEntries(TROUBLES.map((trouble) => [trouble, this.#on.has(trouble)])) as Record<Trouble, boolean>;
	}

	get faults(): ArmedFault[] {
		return this.#armed.filter(([trouble]) => this.#on.has(trouble)).map(([, fault]) => fault);
	}

	get rateLimit(): RateLimit | undefined {
		return this.#on.has('rateLimit') ? RATE_LIMIT : undefined;
	}

	get closed(): boolean {
		return this.#on.has('closed');
	}
}

/** Whether the text names one of the switches. */
export function isTrouble(text: string): text is Trouble {
	return (TROUBLES as readonly string[]).includes(text);
}
