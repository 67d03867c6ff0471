import type { LaiguReportAgent } from '../types';

/** Everything and everyone here is made up. */

export interface Ad {
	advertiser_id: string;
	advertiser_name: string;
	campaign_id: string;
	campaign_name: string;
	creativity_id: string;
	creativity_name: string;
}

export interface Note {
	id: string;
	title: string;
}

export interface Brand {
	source: 'redbook' | 'douyin';
	channelName: string;
	/** The brand account. */
	id: string;
	name: string;
	ads: Ad[];
	notes: Note[];
	groupId: number;
}

export interface Agent extends LaiguReportAgent {
	account: string;
	nickname: string;
}

const ad = (ids: [string, string, string], names: [string, string, string]): Ad => ({
	advertiser_id: ids[0],
	advertiser_name: names[0],
	campaign_id: ids[1],
	campaign_name: names[1],
	creativity_id: ids[2],
	creativity_name: names[2],
});

export const BRANDS: readonly [Brand, Brand] = [
	{
		source: 'redbook',
		channelName: '小红书',
		id: '60de0000000000000001a0b1',
		name: '木屿全屋定制(演示)',
		groupId: 4401,
		ads: [
			ad(['8800101', '8810001', '8820001'], ['木屿家居', '客资收集_秋季焕新', '客资收集_小户型收纳']),
			ad(['8800101', '8810002', '8820004'], ['木屿家居', '私信推广_厨房改造', '私信_"一体式"橱柜']),
		],
		notes: [
			{ id: '65de00000000000000000001', title: '89㎡小三居收纳攻略🏠|这样做多出8㎡' },
			{ id: '65de00000000000000000002', title: '全屋定制避坑:报价单里看不见的"增项"' },
			{ id: '65de00000000000000000003', title: '奶油风客厅,预算 6 万怎么花' },
		],
	},
	{
		source: 'douyin',
		channelName: '抖音',
		id: '70de0000000000000002c0d2',
		name: '云朵亲子摄影(演示)',
		groupId: 4402,
		ads: [
			ad(['9900201', '9910001', '9920001'], ['云朵影像', '抖音_周岁照_同城', '周岁照_视频1']),
			ad(['9900201', '9910003', '9920007'], ['云朵影像', '抖音_亲子写真_直播间', '直播间_限时套餐']),
		],
		notes: [],
	},
];

export const GROUPS: Readonly<Record<number, string>> = { 4401: '小红书接待组', 4402: '抖音接待组' };

const agent = (id: number, groupId: number, name: string, nickname: string, account: string): Agent => ({
	agent_id: id,
	agent_name: name,
	group_id: groupId,
	group_name: GROUPS[groupId],
	work_num: `A${id % 100}`,
	account: `${account}@example.com`,
	nickname,
});

export const AGENTS: readonly Agent[] = [
	agent(10004911, 4401, '客服小木', '木木', 'xiaomu'),
	agent(10004912, 4401, '客服小屿', '小屿', 'xiaoyu'),
	agent(10004913, 4401, '客服阿柚', '阿柚', 'ayou'),
	agent(10004921, 4402, '客服小云', '云云', 'xiaoyun'),
	agent(10004922, 4402, '客服朵朵', '朵朵', 'duoduo'),
	agent(10004923, 4402, '客服团子', '团子', 'tuanzi'),
];

export const NICKNAMES: readonly string[] = [
	'爱喝豆浆的猫',
	'momo🍑',
	'今天也要早睡',
	'小满妈妈👶',
	'一颗柠檬精',
	'用户8872310',
	'南方没有雪',
	'装修中的阿飞',
	'芝士不加糖',
	'Sunny☀️小铺',
	'"句号"同学',
	'老王家的,二宝',
];

/** Kinship and nicknames rather than surnames with given names: nobody is called so. */
export const NAMES: readonly string[] = [
	'测试甲女士',
	'测试乙先生',
	'样例丙女士',
	'样例丁先生',
	'演示戊女士',
	'演示己先生',
	'小满妈妈',
	'豆豆爸爸',
];

export const TAGS: Readonly<Record<number, string>> = {
	1519: '已留资',
	1520: '跟进中',
	2285: '高意向',
	2286: '预约到店',
	2287: '比价中',
	2290: '老客户转介绍',
};

export const ADDRESSES: readonly string[] = ['杭州市示例区演示路 1 号', '成都市样例区测试街 22 号 3 栋', '', '', ''];

export const COMMENTS: readonly string[] = ['周末联系', '对价格敏感,\n需要先发报价单', '说"先看看",下周回访', '', ''];
