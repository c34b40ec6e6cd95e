/** Texts of studies and reports: the list, seating somebody, and the report that is shown. */
const en = {
  library: 'Library',
  seed: 'seed {{seed}}',
  studies: 'Studies',
  'studies.what': 'studies',
  'studies.none': 'No studies in this workspace yet. <code>credence demo</code> makes one with everything in it.',
  'study.nobody': 'No participants yet',
  'study.responses_one': '{{count, number}} response',
  'study.responses_other': '{{count, number}} responses',
  'study.preview': 'Preview',
  'seat.title': 'Seat a participant',
  'seat.label': 'Label',
  'seat.stage': 'Stage',
  'seat.submit': 'Seat',
  'seat.seating': 'Seating…',
  'seat.window': '{{label}} has a window now.',
  'seat.address': '{{label}} answers at <address>this address</address>, which opens once.',
  reports: 'Reports',
  'reports.what': 'reports',
  'reports.none': 'No reports yet.',
  'report.what': 'the report',
  'report.none': 'No report yet',
  'report.teach':
    'A report compares people, programs and language models on the same queries. The demonstration makes one from beginning to end, with simulated participants:',
  'report.demo': 'It writes to out/demo. Close Credence before you run it; npm start then shows the report here.',
  'report.methods': 'How these numbers were made',
};

const de: Record<keyof typeof en, string> = {
  library: 'Bibliothek',
  seed: 'Startwert {{seed}}',
  studies: 'Studien',
  'studies.what': 'Studien',
  'studies.none':
    'In diesem Arbeitsbereich gibt es noch keine Studien. <code>credence demo</code> legt eine an, die alles enthält.',
  'study.nobody': 'Noch keine Teilnehmenden',
  'study.responses_one': '{{count, number}} Antwort',
  'study.responses_other': '{{count, number}} Antworten',
  'study.preview': 'Vorschau',
  'seat.title': 'Platz zuweisen',
  'seat.label': 'Kürzel',
  'seat.stage': 'Phase',
  'seat.submit': 'Zuweisen',
  'seat.seating': 'Der Platz wird zugewiesen…',
  'seat.window': '{{label}} hat jetzt ein Fenster.',
  'seat.address': '{{label}} antwortet unter <address>dieser Adresse</address>, die sich einmal öffnen lässt.',
  reports: 'Berichte',
  'reports.what': 'Berichte',
  'reports.none': 'Noch keine Berichte.',
  'report.what': 'Bericht',
  'report.none': 'Noch kein Bericht',
  'report.teach':
    'Ein Bericht vergleicht Menschen, Programme und Sprachmodelle anhand derselben Fragen. Die Demonstration erstellt einen von Anfang bis Ende, mit simulierten Teilnehmenden:',
  'report.demo': 'Sie schreibt nach out/demo. Schließen Sie Credence vorher; danach zeigt npm start den Bericht hier.',
  'report.methods': 'Wie diese Zahlen entstanden sind',
};

export const home = { en, de };
