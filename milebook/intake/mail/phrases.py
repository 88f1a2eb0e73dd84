"""The phrases by which mail programs mark a quoted or forwarded mail and a signature, in the languages of these programs."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.model import mail_addresses

RULE = (
    "=_‐‑‒–—―─*-"  # signs of which programs draw lines; the hyphen last, so that they can stand in a class of a pattern
)

_FORWARDED = (
    r"(?:begin |start of )?forwarded (?:message|by|mail)|(?:anfang der )?weitergeleitete(?:n)? (?:nachricht|e-?mail)|(?:début du )?(?:message|mail) (?:transféré|réexpédié)|"
    r"(?:inicio del )?(?:mensaje|correo) (?:reenviado|redirigido)|(?:inizio )?messaggio inoltrato|(?:begin )?doorgestuurd (?:bericht|e-?mail)|"
    r"(?:início da )?mensagem (?:re)?encaminhada|(?:start på )?videresendt (?:besked|meddelelse|melding|mail|e-post)|"
    r"(?:begynnelse på )?(?:vidarebefordrat|vidarebefordrade) (?:brev|meddelande|mejl)|(?:początek )?(?:przekazan[ae]j?|przekazywanej) wiadomoś(?:ć|ci)|"
    r"(?:начало )?(?:пересылаемо|пересланно|переадресованно|перенаправленно)(?:е|го) (?:сообщени[ея]|письм[оа])|переслане повідомлення|"
    r"(?:välitetty|edelleenlähetetty) (?:viesti|sähköposti)(?: alkaa)?|přeposlaná (?:zpráva|e-?mail)|preposlaná správa|továbbított (?:levél|üzenet)|"
    r"(?:iletilen|yönlendirilen) (?:ileti|mesaj|e-?posta)|mesaj redirecționat|προωθημένο μήνυμα|missatge reenviat|proslijeđena poruka|"
    r"転送(?:された)?メッセージ|转发的(?:邮件|消息)|轉寄的?(?:郵件|訊息)|전달된 메시지|הודעה שהועברה"
)
FORWARDED = re.compile(
    rf"(?i)[\s>{RULE}]*(?:{_FORWARDED})(?:\s+(?:from|by|von|de)\b[^\n]{{0,80}}|\s*[:：]?\s*\S{{0,40}})?[\s:：{RULE}]*"
)
END_OF_FORWARD = re.compile(
    rf"(?i)[\s>]*[{RULE}]{{3,}}\s*end(?:e)? (?:of |der )?(?:forwarded|weitergeleitete).{{0,60}}"
)
ORIGINAL = re.compile(
    rf"(?i)[\s>*_]*[{RULE}]{{2,}}\s*(?:original (?:message|appointment|email)|reply message|ursprüngliche nachricht|originalnachricht|original-nachricht|"
    rf"ursprünglicher termin|message d.origine|message original|message initial|mensaje original|correo original|messaggio originale|oorspronkelijk bericht|"
    rf"mensagem original|oprindelig (?:meddelelse|besked)|original meddelelse|ursprungligt meddelande|originalmeddelande|opprinnelig melding|"
    rf"oryginalna wiadomość|wiadomość oryginalna|исходное сообщение|оригинальное сообщение|вихідне повідомлення|alkuperäinen viesti|původní zpráva|"
    rf"eredeti üzenet|orijinal (?:ileti|mesaj)|özgün ileti|mesaj original|αρχικό μήνυμα|missatge original|元のメッセージ|原始邮件|原始郵件|원본 메시지)"
    rf"\s*[{RULE}]*[\s*_]*"
)

SENDER, DATE, TO, SUBJECT = "sender", "date", "to", "subject"
_NAMES = {
    SENDER: "from|von|de|da|van|fra|från|od|от|від|de la|lähettäjä|gönderen|kimden|feladó|από|mittente|nadawca|afzender|expéditeur|absender|remitente|"
            "remetente|odesílatel|差出人|送信者|发件人|寄件者|보낸 ?사람|מאת",
    DATE: "sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|fecha|inviato|data|verzonden|enviada em|enviado em|sendt|dato|skickat|wysłano|"
          "wysłane|отправлено|дата|надіслано|lähetetty|päiväys|päivämäärä|odesláno|gönderildi|tarih|elküldve|dátum|trimis|στάλθηκε|ημερομηνία|"
          "送信日時|日付|日時|发送时间|日期|寄件日期|보낸 ?날짜|날짜|נשלח|תאריך",
    TO: "to|cc|reply-to|an|à|pour|para|a|aan|para|til|till|do|adresat|кому|копия|копія|vastaanottaja|kopio|komu|kopie|kime|bilgi|címzett|másolatot kap|"
        "către|προς|κοιν|kopi|kopia|答复|宛先|收件人|抄送|收件者|副本|받는 ?사람|참조|אל|destinataire|destinatario|destinatário|empfänger",
    SUBJECT: "subject|betreff|objet|sujet|asunto|oggetto|onderwerp|assunto|emne|ämne|temat|тема|aihe|předmět|predmet|konu|tárgy|subiect|θέμα|件名|主题|主旨|제목|נושא|tema",
}  # fmt: skip
_ROLE = {name: role for role, names in _NAMES.items() for name in names.split("|") if " ?" not in name}
_ROLE |= {"보낸 사람": SENDER, "보낸사람": SENDER, "보낸 날짜": DATE, "보낸날짜": DATE, "받는 사람": TO, "받는사람": TO}
_FIELD = re.compile(
    rf"(?i)[\s>]*[*_]*\s*(?P<name>{'|'.join(sorted(_ROLE, key=len, reverse=True))})\s*[*_]*\s*[:：][*_]*\s*(?P<value>.*)"
)


class Field(NamedTuple):
    """A line such as “From: Ana” above a quoted mail: what it says, by its role, and the value without marks of bold."""

    role: str
    value: str


def field(line: str) -> Field | None:
    """The field that a line holds, None for another line."""
    match = _FIELD.match(line) if len(line) <= 300 else None
    return Field(_ROLE[match["name"].lower()], match["value"].strip(" \t*_")) if match else None


# "On Monday …" begins what "wrote:" ends. A line that holds an address besides needs neither.
OPENING = re.compile(
    r"(?i)[\s>*]*(?:on|le|am|el|il|op|em|en|den|dne|dňa|w dniu|dnia|på|på den|il giorno|no dia|a|în|pe|στις|vào|\d{1,4}[./ -]|\d{4}年|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |[^\n<>]{1,60}<[^<>\s]+@[^<>\s]+>)(?=.)"
)
WROTE = re.compile(
    r"(?i)(?:\bwrote|\bwrites|\bschrieb(?:en)?|\bgeschrieben|\bécrit|\bescribió|\bha scritto|\bscritto|\bschreef|\bgeschreven|\bescreveu|\bskrev|"
    r"\bnapisała?\(?a?\)?|\bpisze|\bнаписала?|\bпишет|\bпише|\bнаписа\w*|\bkirjoitti|\bnapsala?\(?a?\)?|\bnapísala?\(?a?\)?|\bnapisao|\byazdı|\bírta|\bέγραψε|"
    r"\ba scris|\bva escriure|写道|寫道|작성|さんは書きました|כתב)"
    rf"(?:\s+(?:via|to|on|in)\b[^:\n]{{0,60}}|[^:\n]{{0,40}})?\s*[:：;]?\s*[*_]*(?:\s*[{RULE}]{{2,}})?$"
)
DAY = re.compile(r"\b(?:19|20)\d\d\b|\d{4}[年년]|\b\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}\b")
ADDRESS = re.compile(rf"[<(\[]?\s*{mail_addresses.ADDRESS.pattern}\s*[>)\]]?")
# What a program says about itself in the last line.
DEVICE = re.compile(
    r"(?i)[\s>(<\[*_]*(?:(?:sent|send) from (?!my (?:heart|soul)\b|home\b)|sent (?:with|via|using|by) (?:(?-i:i?[A-Z0-9\[])|the\b|my\b)|from my (?:i?phone|ipad|\w*mobile|android|blackberry|galaxy)|"
    r"get (?:the )?\[?(?:outlook|(?:new )?\w+ app)\b|sent on the\b|sent securely\b|(?:please |kindly |pls )?(?:excuse|forgive|pardon)\b.{0,40}(?:typo|brevity|mistake|error|autocorrect)|"
    r"(?:von|mit) (?:meinem|meiner|mein|unterwegs|mobil|samsung|\w+ mobile)\b.*\bgesendet|gesendet (?:von|mit|über|aus)\b|diese nachricht wurde (?:von|mit)\b|"
    r"holen sie sich outlook|envoyé (?:de|depuis|à partir|avec|à l.aide)\b|télécharge[rz] outlook|provenance\s*:|enviado (?:desde|do|de|a partir|con|com)\b|"
    r"obtener outlook|obte(?:r|nha) o outlook|inviat[oa] d(?:a|al|allo|alla)\b|scarica outlook|(?:ottieni|download) outlook|(?:verzonden|verstuurd) (?:vanaf|met|via|van)\b|"
    r"(?:hent|skaffa|hämta|pobierz|získat|hanki|last ned) outlook|sendt fra\b|skickat från\b|wysłan[eo]? z\b|отправлено (?:с|из)\b|надіслано з\b|lähetetty \w+sta\b|"
    r"odesláno z\b|iphone.?umdan gönderildi|yahoo mail\s*:|outlook for (?:ios|android)|從我的|iphoneから送信|从我的|发自我的|發自我的|寄自我的|나의 iphone|나의 갤럭시)"
)
PROGRAM = re.compile(
    r"(?i)iphone|ipad|android|gmx|web\.de|outlook|yahoo|galaxy|samsung|blackberry|proton|smartphone|\bmail\b"
)
