import type { Slots } from '../understanding';
import { split } from './rule';

type Transaction = NonNullable<Slots['transaction']>;

/** Words for buying and renting. Rent-to-own ends in buying. */
export const TRANSACTIONS: ReadonlyArray<readonly [Transaction, readonly string[]]> = [
	[
		'buy',
		split(
			`buy, buying, to purchase, purchasing, purchase, for sale, for sell, fs, rent to own, rto,
			preselling, pre selling, presell, foreclosed, bibili, bumili, bilhin, mabili, bibilhin, binebenta,
			ibinebenta, pagbili, bentahan`,
		),
	],
	[
		'rent',
		split(
			`rent, renting, rental, rentals, for rent, lease, leasing, for lease, to let, sublease, tenant,
			upa, umupa, uupa, uupahan, upahan, paupahan, pinapaupahan, pang upa, paupa, renta, rentahan,
			magrenta, mag renta, magrent, mag rent, parentahan, pang renta, pangrenta, pang rent, pangrent,
			mangupahan, mangungupahan, nangungupahan, airbnb`,
		),
	],
];

/** The kinds of property, as the platform calls them, and the words for them. */
export const PROPERTY_TYPES: ReadonlyArray<readonly [type: string, readonly string[]]> = [
	[
		'condominium',
		split(
			'condominium, condominiums, condo, condos, condo unit, condotel, kondo, cndo, penthouse, loft',
		),
	],
	[
		'house',
		split(
			'house, houses, house and lot, h&l, bahay, single detached, single attached, bungalow, villa, duplex',
		),
	],
	[
		'townhouse',
		split('townhouse, townhouses, town house, townhome, townhomes, row house, rowhouse'),
	],
	['apartment', split('apartment, apartments, apt, apartelle, apt unit')],
	[
		'lot',
		split(
			'lot, lots, lot only, land, lupa, lote, vacant lot, residential lot, farm lot, beach lot',
		),
	],
	[
		'commercial',
		split(
			'commercial, commercial space, commercial lot, commercial unit, retail space, store space, pwesto, stall',
		),
	],
	['office', split('office, offices, office space, opisina')],
	['warehouse', split('warehouse, warehouses, bodega')],
	['parking', split('parking slot, parking space, parking for rent, parking for sale')],
	['bedspace', split('bedspace, bed space, bedspacer, bed spacer, dorm, dormitory')],
];
