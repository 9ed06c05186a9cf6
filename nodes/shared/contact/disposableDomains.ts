/**
 * Domains that hand out mailboxes for minutes: the best known of them, each checked against the
 * list. No list is ever complete; an address that passes is not thereby a lasting one.
 * @see https://github.com/ivolo/disposable-email-domains (MIT)
 */
export const DISPOSABLE_DOMAINS: ReadonlySet<string> = new Set(
	`
	10minutemail.com 10minutemail.net 1secmail.com 1secmail.net 1secmail.org 20minutemail.com
	anonbox.net armyspy.com boun.cr crazymailing.com cuvox.de dayrep.com deadaddress.com
	discard.email discardmail.com dispomail.eu dispostable.com dropmail.me einrot.com emailfake.com
	emltmp.com esiix.com fakeinbox.com fakemailgenerator.com filzmail.com fleckens.hu generator.email
	getairmail.com getnada.com grr.la guerillamail.com guerrillamail.biz guerrillamail.com
	guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com
	gustr.com harakirimail.com inboxbear.com inboxkitten.com incognitomail.org jetable.org
	jourrapide.com linshiyouxiang.net mail-temp.com mail7.io mailcatch.com maildrop.cc mailexpire.com
	mailinator.com mailinator.net mailinator2.com mailmetrash.com mailnesia.com mailnull.com
	mailpoof.com mailsac.com mailtemp.info mintemail.com moakt.com mohmal.com mytemp.email
	mytrashmail.com nada.email owlymail.com pokemail.net rhyta.com sharklasers.com spam4.me
	spamavert.com spambog.com spambox.us spamex.com spamgourmet.com spymail.one superrito.com
	tafmail.com teleworm.us temp-mail.org tempail.com tempinbox.com tempmail.ninja tempmailo.com
	tempr.email throwam.com throwawaymail.com tmail.ws tmpmail.net tmpmail.org trash-mail.com
	trashmail.com trashmail.de trashmail.me trashmail.net trbvm.com vusra.com wegwerfmail.de
	wwjmp.com yopmail.com yopmail.fr yopmail.net
	`
		.trim()
		.split(/\s+/),
);
