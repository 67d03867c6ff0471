/**
 * Words that this project does not use, each with what to write instead: metaphors of our own, and idioms that read as translated.
 *
 * @type {[RegExp, string][]}
 */
export const PHRASES = [
	[/\b(?:houses?|doors?|(?<!\b(?:no|leaves?|leave|makes?) )rooms?)\b/gi, 'say folder, file, module or node'],
	[/\b(?:laid out|looking in)\b/gi, 'say organized, or what it is for'],
	[/\bfor ever\b/gi, 'say forever, permanently, or how long'],
	[/\b(?:by and by|seldom|anew|in vain|lest|whatsoever|nowadays|hence|thereby|thereof|wherein)\b/gi, 'archaic'],
	[/\breckon\w*\b/gi, 'say calculate'],
	[/\bheed\w*\b/gi, 'say check or respect'],
	[/\ball the same\b/gi, 'say still or nevertheless'],
	[/\bone's own\b/gi, 'say your own'],
	[/\b(?:puts? out|putting out)\b/gi, 'say return'],
	[/\b(?:held?|holds|holding) (?:\S+ ){0,4}beside\b/gi, 'say check against'],
	[/\b(?:shows?|shown|copied|stands?) beside\b/gi, 'say next to'],
	[/\bhand(?:s|ed)? on\b/gi, 'say pass on'],
	[/\bmeans? no good\b/gi, 'say malicious'],
	[/\bthat there (?:is|are) not\b/gi, 'say that does not exist'],
	[/\b(?:item|request|one) that fell\b/gi, 'say failed'],
	[/\b(?:goes|going|go|went) on(?! (?:to )?(?:GitHub|npm|a|the|its)\b)\b/gi, 'say continue'],
	[/\bleads? on to\b/gi, 'say redirects to'],
	[/\bspoil\w*\b/gi, 'say corrupt or break'],
	[/\bmakers\b/gi, 'say maintainers'],
	[/\bso much of\b/gi, 'say this part of'],
	[/\b(?:again and again|now and then)\b/gi, 'say repeatedly, or from time to time'],
	[/\bcomes? to (?:an|its) end\b/gi, 'say ends'],
	[/\bdoes not fit\b/gi, 'say does not match'],
];
