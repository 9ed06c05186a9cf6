import { type ChannelReply, channelReply } from '../../shared/contracts/channelMessage';
import { checkContract, describeProblems } from '../../shared/contracts/check';
import { isSuccess } from '../../shared/http/answer';
import type { HttpResponse } from '../../shared/http/send';
import { PLATFORM, toVendorError, type VendorError } from '../../shared/http/vendorError';

/** The platform's answer to a message, or why there is none. */
export type Asked = { ok: true; reply: ChannelReply } | { ok: false; error: VendorError };

/** Holds the platform's answer against its contract. */
export function readReply(response: HttpResponse, nowMs: number): Asked {
	if (!isSuccess(response)) return { ok: false, error: toVendorError(PLATFORM, response, nowMs) };
	const checked = checkContract(channelReply, response.body);
	if (checked.ok) return { ok: true, reply: checked.value };
	return {
		ok: false,
		error: toVendorError(PLATFORM, response, nowMs, {
			kind: 'unreadable',
			message: `The platform's answer does not keep to its contract: ${describeProblems(checked.problems)}`,
			advice: 'Have the platform answer channel-message as the guide says, with reply_text.',
		}),
	};
}
