"""What WhatsApp itself puts among people's words, in the languages that it is most likely to be set to here."""

import re

_MARK = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
MARKS = re.compile(_MARK)
"""Signs that only say in which direction to write."""

_DELETED = (
    "this message was deleted",
    "you deleted this message",
    r"this message was deleted by admin .*",
    "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
    "se eliminó este mensaje",
    "este mensaje fue eliminado",
    "eliminaste este mensaje",
    "dit bericht is verwijderd",
    "je hebt dit bericht verwijderd",
    "questo messaggio è stato eliminato",
    "hai eliminato questo messaggio",
    "mensagem apagada",
    "esta mensagem foi apagada",
    "você apagou esta mensagem",
    "cafodd y neges hon ei dileu",
    "wiadomość została usunięta",
    "ta wiadomość została usunięta",
)
DELETED = re.compile(rf"{_MARK}*(?:{'|'.join(_DELETED)})\.?", re.IGNORECASE)

_EDITED = (
    "this message was edited",
    "diese nachricht wurde bearbeitet",
    "ce message a été modifié",
    "se editó este mensaje",
    "dit bericht is bewerkt",
    "questo messaggio è stato modificato",
    "mensagem editada",
    "edytowano tę wiadomość",
)
EDITED = re.compile(rf"\s*{_MARK}*<(?:{'|'.join(_EDITED)})\.?>{_MARK}*$", re.IGNORECASE)

_LEFT_OUT = "omitted|weggelassen|ausgeschlossen|absente?|omise?s?|omitid[oa]s?|weggelaten|omess[oa]|ocult[oa]|pominięto"
ATTACHED = re.compile(
    rf"<[^<>\n]{{1,60}}\s(?:{_LEFT_OUT})>"  # as other phones say it; next: as iPhones do
    rf"|\u200e+[^\n]{{1,60}}\s(?:{_LEFT_OUT})"
    r"|[^\n]{1,120}\.[0-9A-Za-z]{2,5}\s\((?:file attached|Datei angehängt|fichier joint|archivo adjunto"
    r"|bestand bijgevoegd|file allegato|arquivo anexado)\)"
    rf"|{_MARK}*<(?:attached|Anhang|pièce jointe|adjunto|bijgevoegd|allegato|anexado): [^<>\n]{{1,200}}>"
    r"|null",
    re.IGNORECASE,
)

_HAPPENED = (
    r"messages and calls are end-to-end encrypted",
    r"messages to this (?:group|chat) are now secured",
    r"nachrichten und anrufe sind ende-zu-ende-verschlüsselt",
    r"les messages et les appels sont chiffrés",
    r"los mensajes y las llamadas están cifrados",
    r".{1,100} (?:created|changed|added|removed|left|joined|pinned|turned (?:on|off)|started|ended)\b",
    r".{1,100} (?:is|are) now an admin",
    r"(?:missed|silenced) (?:voice|video) call",
    r"(?:voice|video) call\b",
    r"you(?:'re| are|’re) (?:now|no longer) an admin",
    r"your security code with .* changed",
    r".{1,100}'s security code changed",
    r"waiting for this message",
)
HAPPENED = re.compile(rf"\u200e+(?:{'|'.join(_HAPPENED)})", re.IGNORECASE)
"""What the phone tells of the group: on iPhones it stands as if somebody had said it, behind a mark."""

HAPPENED_TO = re.compile(r".{1,100}? (?:changed|created|added|removed)\b.*[\"“”«']", re.IGNORECASE)
"""On other phones it stands without a name; what looks like a name before a colon may be part of it."""
