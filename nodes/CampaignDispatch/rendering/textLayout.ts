import type { HtmlEvents, HtmlState } from './htmlLexer';
import { decodeEntities } from './htmlEntities';

type Gap = '' | ' ' | '\n' | '\n\n';

const PARAGRAPHS =
	/^(?:p|h[1-6]|ul|ol|dl|table|blockquote|pre|hr|header|footer|section|article|main)$/;
const LINES = /^(?:div|tr|li|dt|dd|center|tbody|thead|tfoot|figure|figcaption|address|caption)$/;
const CELLS = /^(?:td|th)$/;
/** Liquid within a value; the number is its place among what is kept. */
const KEPT = /\0(\d+)\0/g;

/** Builds a text from the tags and texts of HTML, in their order. */
export class TextLayout implements HtmlEvents {
	private out = '';

	/** Text since the last tag, as written. */
	private run = '';

	private gap: Gap = '';

	private readonly kept: string[] = [];

	private link: { address: string; from: number } | undefined;

	text(character: string): void {
		this.run += character;
	}

	/** Liquid that prints something. */
	print(source: string): void {
		this.endRun();
		this.write(source);
	}

	/** Liquid that decides what comes next. */
	control(source: string): void {
		this.endRun();
		this.fillGap();
		this.out += source;
	}

	/** A mark for Liquid within an attribute's value. */
	keep(source: string): string {
		this.kept.push(source);
		return `\0${this.kept.length - 1}\0`;
	}

	tag({ tag, isClosing, attributes }: HtmlState): void {
		this.endRun();
		if (tag === 'br') this.breakLine();
		if (tag === 'a') {
			this.closeLink();
			if (!isClosing) this.link = { address: this.read(attributes, 'href'), from: this.out.length };
		}
		if (PARAGRAPHS.test(tag)) this.ask('\n\n');
		else if (LINES.test(tag)) this.ask('\n');
		else if (CELLS.test(tag)) this.ask(' ');
		if (tag === 'li' && !isClosing) this.write('- ');
		if (tag === 'img') this.write(this.read(attributes, 'alt'));
		if (tag === 'hr') {
			this.write('---');
			this.ask('\n\n');
		}
	}

	finish(): string {
		this.endRun();
		this.closeLink();
		return this.out.trim();
	}

	private endRun(): void {
		if (this.run === '') return;
		const text = this.run.replace(/[ \t\r\n\f]+/g, ' ');
		this.run = '';
		if (text.startsWith(' ')) this.ask(' ');
		this.write(literal(text.trim()));
		if (text.endsWith(' ')) this.ask(' ');
	}

	private breakLine(): void {
		if (this.gap === ' ') this.gap = '';
		this.fillGap();
		this.out += '\n';
	}

	/** The text of a link and where it leads to, which is said once where they are the same. */
	private closeLink(): void {
		const link = this.link;
		this.link = undefined;
		if (!link || link.address === '' || link.address.startsWith('#')) return;
		const label = this.out.slice(link.from).trim();
		const address = link.address.replace(/^(?:mailto|tel):/i, '');
		if (label === '') this.write(address);
		else if (label !== address) this.out += ` (${address})`;
	}

	/** An attribute's value with its Liquid; nothing where there are several, as in branches. */
	private read(attributes: HtmlState['attributes'], wanted: string): string {
		const values = attributes.filter(([name]) => name === wanted).map(([, value]) => value);
		if (values.length !== 1) return '';
		return literal(values[0]!.trim()).replace(
			KEPT,
			(_mark, index: string) => this.kept[Number(index)]!,
		);
	}

	private ask(gap: Gap): void {
		if (gap.length > this.gap.length || (gap === '\n' && this.gap === ' ')) this.gap = gap;
	}

	private write(text: string): void {
		if (text === '') return;
		this.fillGap();
		this.out += text;
	}

	private fillGap(): void {
		const last = this.out.at(-1);
		const isNeeded = last !== undefined && !(this.gap === ' ' && (last === ' ' || last === '\n'));
		if (isNeeded) this.out += this.gap;
		this.gap = '';
	}
}

/** Text of the HTML as text of a template: a brace that it shows must not begin Liquid. */
function literal(html: string): string {
	return decodeEntities(html).replaceAll('{', '{{ "{" }}');
}
