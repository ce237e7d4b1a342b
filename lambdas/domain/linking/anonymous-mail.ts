/** Domains where anybody can have an address; chosen for this project among the providers of many countries. */
export const freeMailDomains: readonly string[] = words(`
  gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.fr yahoo.de yahoo.com.br ymail.com rocketmail.com
  hotmail.com hotmail.co.uk hotmail.fr hotmail.de outlook.com outlook.de outlook.fr live.com live.co.uk live.fr msn.com aol.com
  icloud.com me.com mac.com proton.me protonmail.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de mail.com
  mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net
  hanmail.net orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it tiscali.it terra.com.br uol.com.br bol.com.br
  rediffmail.com zoho.com fastmail.com tutanota.com btinternet.com sky.com virginmedia.com comcast.net verizon.net att.net
  bellsouth.net cox.net charter.net earthlink.net sbcglobal.net shaw.ca rogers.com bigpond.com optusnet.com.au xtra.co.nz ziggo.nl
  planet.nl kpnmail.nl telenet.be skynet.be bluewin.ch seznam.cz wp.pl o2.pl onet.pl interia.pl
`);

/** What stands before the @ of addresses that belong to a task and to nobody. */
export const roleAddresses: readonly string[] = words(`
  abuse accounting accounts accountspayable admin administration all ap ar billing booking bookings buchhaltung careers commercial
  compras contact contabilidad contato customercare customerservice dispatch einkauf enquiries enquiry facturacion feedback finance
  help helpdesk hello hi hr info information inquiries invoice invoices it jobs kontakt legal mail marketing media news newsletter
  no-reply noreply office operations orders payables payroll postmaster press procurement purchase purchasing reception rechnung
  recruiting sales secretary security service services support team technical ventas verkauf vertrieb vendas webmaster
`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
