/**
 * The page behind an unsubscribe link. Opening it changes nothing, because mail scanners open every
 * link; only the button, or the mail program's own one-click request, does.
 * @see https://www.rfc-editor.org/rfc/rfc8058
 */
export const CONFIRM_PAGE = page(
	'Unsubscribe',
	`<p>You will get no more campaign mails from this sender.</p>
<form method="post"><button>Unsubscribe</button></form>`,
);

/** What a person sees whose link is broken or was made up. */
export const INVALID_LINK_PAGE = page(
	'This link does not work',
	'<p>Please use the link in the mail as it is, or answer the mail and ask to be taken off the list.</p>',
);

function page(title: string, content: string): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html>`;
}
