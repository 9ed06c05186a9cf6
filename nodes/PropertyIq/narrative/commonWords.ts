/**
 * Words that a headline or a sentence may write with a capital without naming anything. Words that
 * end a proper name (academy, plaza, street, tower) are left out on purpose.
 */
const WORDS = `
a about above across add added adds airy all also amenities amount ample an and apply area areas
around as ask asking at available average away based bath bathroom bathrooms baths bed
bedroom bedrooms beds before behind below bright brand built but buy buyers by can caveats charming
check choice clean close closet closets comfort comfortable comfortably comparable comparables
compared compact complete confidence contemporary convenient convenience corner cozy cosy current
daily data day description design designed details dining discover district each easy efficient
elegant enjoy enough entry estimate estimated estimates every everyday everything expect explore
facts family features featured featuring find finished first flexible floor flooring for four from
full functional further generous get great has have here high highlights home homes house houses
how i ideal if in includes included including index indoor inside interior interiors into inviting
is it its just key kitchen large layout level light list listed listing listings live living
located location lot low made main make market master may median medium meet meters metres mid
minutes modern month more move multiple natural near nearby neat neighborhood neighbourhood new
newly next no not note notes now of off offer offered offering offers on one only open or our out
outdoor over overview own owners peaceful per place plan please plus practical premium presenting
price priced prices primary private project properties property quality quiet range ready real
recent relaxed residence residential room rooms sale sales see set seven several similar simple
since single six size sized sleek smart snug space spaces spacious square step storage story
storey studio stylish summary sunny take ten than that the their them there these they third this
those three through to total town trend turnkey two type under unit units updated upper use value
values verify versatile warm we welcome welcoming well what when where which while who wide with
within without year years yes you your
air commuting cooking furniture public residents security shopping transport ventilation water work working
br ba brs sqm sqft ft m k tv ac hvac ai id wifi wi fi pm am llc hoa
el la los las un una en con de del esta este casa precio nueva nuevo amplia amplio habitaciones banos
ang ito mga may sa na ng bahay kuwarto banyo presyo
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));
