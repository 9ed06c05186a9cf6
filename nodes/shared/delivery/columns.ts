/** The columns of a `DeliveryRow`; the alias is that of a relation with those of `deliveries`. */
export function deliveryColumns(alias: string): string {
	return `${alias}.delivery_key AS "deliveryKey",
	${alias}.kind AS "kind",
	${alias}.flow AS "flow",
	${alias}.correlation_id AS "correlationId",
	${alias}.state AS "state",
	${alias}.attempts AS "attempts"`;
}
