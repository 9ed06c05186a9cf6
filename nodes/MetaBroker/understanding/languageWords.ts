/**
 * Words that tell English from Tagalog. What both use ("condo", "unit", "may", "at", "hi") is in
 * neither list.
 */
export const ENGLISH_WORDS = new Set(
	(
		'the a an is are was were be been do does did have has had will would can could should i im ive we you your my ' +
		'our me us it its this that these those there what where when which who how why and or but if for ' +
		'from with without in on of to near by not no dont any some more much many want need looking look ' +
		'find like interested available avail price budget rent buy sell schedule viewing visit view see send ' +
		'please pls thanks thank good morning afternoon evening hello still bedroom bedrooms month monthly ' +
		'house floor parking agent talk person human call asap next stop message delete below under ' +
		'around between location address loan financing payment down furnished pet friendly ready discount ' +
		'about also only just required details listing listings sale yes ok okay stay move hey tomorrow today ' +
		'weekend unsubscribe start working inquire inquiry schedules area condos apartment'
	).split(' '),
);

export const TAGALOG_WORDS = new Set(
	(
		'ang ng mga sa na pa po ho ba ko mo ka kayo ako kami namin natin nyo niyo nila sila siya nya niya ito ' +
		'iyan yan yun yung iyong dito diyan dyan doon dun lang lamang naman din rin daw raw nga pala kasi ' +
		'dahil kung kapag pag hindi hinde wag huwag wala walang meron mayroon merong mayroong pwede pede puede ' +
		'pwedeng pedeng puwede maaari maaaring gusto gustong ayaw ayoko kailangan magkano mgkano magkanu mkano ' +
		'saan nasaan asan kailan kelan paano pano ano anong sino bakit ilan ilang gaano hanap naghahanap ' +
		'hanapin bahay lupa lote kwarto kuwarto banyo upa renta umupa bumili bibili bilhin benta ibenta ' +
		'ibebenta binebenta presyo halaga hulugan hulog tawad tumawad salamat maraming magandang umaga hapon ' +
		'gabi araw tanghali kumusta kamusta musta buwan taon kada bukas ngayon mamaya sana opo oo sige ' +
		'tingnan tignan tumingin makita bisitahin puntahan malapit malayo kaya hanggang mura murang isang isa ' +
		'dalawa dalawang tatlo tatlong apat limang lima milyon libo libong nang tao makausap kausap tawagan ' +
		'itigil tigilan tigil burahin tanggalin alisin lilipat lipat para bang pong kang akong kong mong bakante ' +
		'susunod agad dba diba mag pang'
	).split(' '),
);

/** Beginnings that only Tagalog verbs have, of words that are long enough. */
export const TAGALOG_BEGINNINGS = [
	'nag',
	'mag',
	'pag',
	'naka',
	'maka',
	'pinaka',
	'ipa',
	'kina',
	'pina',
];
/** English words and names of places that begin so. */
export const NOT_TAGALOG = new Set(
	(
		'magic magnet magnolia magazine magnificent maggie magellan magallanes pagoda nagging ' +
		'makati pagadian'
	).split(' '),
);
export const LEAST_AFFIXED = 6;
