import type { Brand } from './cast';
import { hiddenContact } from './hidden';
import type { Contact } from './person';
import { chance, pick, randomFrom, whole, type Random } from './random';

/** A message before it has a time: who says what, and how many seconds after the one before. */
export interface Line {
	from: 'client' | 'agent' | 'system';
	content: string;
	content_type: 'text' | 'image' | 'file';
	type: 'message' | 'event' | 'transfer';
	waitSeconds: number;
	/** The line in which the contact is left. */
	lead?: boolean;
}

const OPENINGS: Record<Brand['source'], readonly string[]> = {
	redbook: [
		'你好,89平的房子全屋定制大概多少钱?',
		'看到你们的笔记了😍 这个柜子怎么卖',
		'在吗',
		'想问下"一口价"是真的吗?\n有没有增项',
	],
	douyin: ['周岁照套餐多少钱呀👶', '直播间那个 399 还有吗', '你好,想给宝宝拍照', '可以上门拍吗?'],
};

const QUESTIONS: Record<Brand['source'], readonly string[]> = {
	redbook: [
		'板材是什么品牌的?',
		'工期多久,大概几天能装好',
		'有实体店吗',
		'环保等级是 E0 还是 ENF',
		'我家户型有点奇怪🤔',
	],
	douyin: ['送几张精修?', '需要提前多久约', '宝宝怕生怎么办😭', '衣服可以自己带吗', '底片都送吗,还是另外收费?'],
};

const ANSWERS: Record<Brand['source'], readonly string[]> = {
	redbook: [
		'亲,我们用的是 ENF 级环保板材哦🌿',
		'一般量房后 25-30 天安装,具体看户型~',
		'报价按"投影面积"算,不会有隐形增项,您放心',
		'可以免费上门量房出图:\n1. 量房\n2. 出方案\n3. 报价',
	],
	douyin: [
		'套餐含 30 张精修,底片全送📷',
		'周末需要提前 7 天预约哦',
		'我们有专门的引导师,宝宝都很喜欢~',
		'可以的,自己的衣服也能拍,"主题服"另外免费',
	],
};

const ASK_CONTACT = ['方便留个电话或微信吗?给您发详细的方案', '亲,留一下联系方式,我让顾问联系您哈☎️'];
const THANKS = ['好的,收到!稍后顾问联系您🙏', '已为您登记,请留意来电~'];
const GREETING = '您好,欢迎咨询!我是您的专属顾问,请问有什么可以帮您?';
const DECLINES = ['不用了,我先看看', '再说吧', '太贵了,,,算了'];

const line = (from: Line['from'], content: string, waitSeconds: number, more: Partial<Line> = {}): Line => ({
	from,
	content,
	waitSeconds,
	content_type: 'text',
	type: 'message',
	...more,
});

function leadLines(random: Random, { tel, weixin, qq }: Contact): Line[] {
	const said = [tel && `电话 ${tel}`, weixin && `微信 ${weixin}`, qq && `QQ ${qq}`].filter(Boolean);
	const joined = said.length === 1 && tel && chance(random, 0.4) ? tel : said.join(',');
	return [
		line('client', joined, whole(random, 10, 90), { lead: true }),
		line('agent', pick(random, THANKS), whole(random, 3, 40)),
	];
}

function opening(random: Random, source: Brand['source']): Line[] {
	return [
		line('system', '访客进入对话', 0, { type: 'event' }),
		line('client', pick(random, OPENINGS[source]), whole(random, 1, 9)),
	];
}

/** Night-time, or a busy hour: the visitor writes and nobody answers. */
export function missedDialogue(random: Random, { source }: Brand): Line[] {
	const lines = opening(random, source);
	if (chance(random, 0.5))
		lines.push(line('client', pick(random, ['?', '有人吗', '怎么没人回😓']), whole(random, 20, 200)));
	return lines;
}

/** Some refuse; of some only Laigu thinks so, since it does not see the contact that they wrote. One number is drawn either way. */
function refusal(random: Random): string {
	const drawn = random();
	return drawn < 0.7
		? DECLINES[Math.floor((drawn / 0.7) * DECLINES.length)]
		: hiddenContact(randomFrom('hidden', drawn));
}

/** A conversation with an agent; with a contact it is left near the end. */
export function dialogue(random: Random, { source, id }: Brand, contact: Contact | undefined): Line[] {
	const lines = opening(random, source);
	const slow = chance(random, 0.12);
	lines.push(line('agent', GREETING, slow ? whole(random, 61, 400) : whole(random, 2, 45)));
	if (chance(random, 0.06)) lines.push(line('system', '对话已转接', whole(random, 5, 30), { type: 'transfer' }));

	for (let turn = whole(random, 1, 4); turn > 0; turn--) {
		lines.push(line('client', pick(random, QUESTIONS[source]), whole(random, 6, 120)));
		lines.push(line('agent', pick(random, ANSWERS[source]), whole(random, 4, 60)));
	}
	if (chance(random, 0.15)) {
		lines.push(
			line('client', `https://files.example.com/${id}/${whole(random, 1000, 9999)}.jpg`, whole(random, 5, 60), {
				content_type: 'image',
			}),
		);
	}
	if (chance(random, 0.08)) {
		lines.push(
			line('agent', `https://files.example.com/${id}/方案报价单.pdf`, whole(random, 10, 90), { content_type: 'file' }),
		);
	}
	lines.push(line('agent', pick(random, ASK_CONTACT), whole(random, 3, 30)));
	if (contact) lines.push(...leadLines(random, contact));
	else if (chance(random, 0.6)) lines.push(line('client', refusal(random), whole(random, 10, 150)));
	// Most are closed within minutes; some wait for an agent to close them, so that there are open ones at any time.
	const closedAfter = chance(random, 0.15) ? whole(random, 14_400, 108_000) : whole(random, 60, 900);
	lines.push(line('system', '对话结束', closedAfter, { type: 'event' }));
	return lines;
}
