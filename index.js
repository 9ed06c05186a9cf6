/**
 * For programs: the platform's signature and the contracts of everything that crosses the wire.
 * The JSON Schemas of the contracts lie in `dist/schemas`.
 */
const {
	signPlatformRequest,
	verifyPlatformRequest,
} = require('./dist/nodes/shared/signing/platform.js');
const { CONTRACTS } = require('./dist/nodes/shared/contracts/index.js');

module.exports = { signPlatformRequest, verifyPlatformRequest, CONTRACTS };
