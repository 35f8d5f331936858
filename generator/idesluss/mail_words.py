"""The words by which a mail address is known as a function's or as a person's, in small letters without marks."""

from __future__ import annotations

PLACEHOLDERS = frozenset("efternamn first firstname fornamn forename last lastname name namn surname".split())
"""Words that stand for a name where somebody explains what addresses look like."""

FUNCTIONS = frozenset(
    """
    abuse admin agenda aktuellt allmant ansok api app arkiv avtal barn boka bokning bot bsf bun bygg
    chef coach coacher cv data ddi demo dev diarium digi digital drift dso elev eu event fakta faktura forslag
    fou fritid gdpr gis git gnu gym halsa hej hello help helpdesk hjalp hjalpmedel hr hsn ide idebank ideer iden
    idesluss ideslussen info iot it jobb jobba kansli karta kf kfn kontakt kop kris ks ksf ksk ksn kultur kund
    ledning lon mail mashup medborgare media miljo mobil natverk news newsletter nord noreply norr nyheter nytt
    office ok om oms online open order ost oster pa personal pilot plan politik post postmaster ppm pr press rad
    radio regi rh root sakerhet sales samhalle samverkan sbf sbk sbn sfi shop sjukhus sjukvard skl skola skolan
    skr slu smhi snf soc social socialt sok spar stab start stf stod stodet stud studie syd tack team teknik
    test tf tfn tips tn tv ung unga upphandling utb utbildning utveckling uu vard vast vaster vd veckan vgr
    vision vof webb webbmaster webmaster world you
    """.split()
)
"""What a local part, or one of its parts, may be without being a person."""

TELLING_PARTS = tuple(
    """
    aldreomsorg anmalan arbetsmarknad avdelning bibliotek bostad bygglov center centrum coach dataskydd
    development diarie digitalisering ekonomi energi enhet evenemang fastighet folkhalso forening forskning
    forskola forvaltning fritids funktion gatukontor grundskola gruppen gymnasi hallbar halsocentral halsoval
    innovation juridik kansliet kommun kommunikation konferens kontakt kontor kulturhus kulturskola ledning
    medarbetar medborgar miljo museum myndighet namnd naringsliv noreply omsorg ordforande parkering press
    projekt radgiv reception redaktion region registrator rekrytering renhallning samhalls samordn sekretari
    service skolan social stadsbyggnad stadshus stadsledning styrelse support tillgang tjanst trafik turism
    turist upphandling utbildning utveckling vardcentral vatten vaxel verket verksamhet webbred
    """.split()
)
"""What, as a part of a word, tells that the word names a function."""

GIVEN_NAMES = frozenset(
    """
    abdi adam ahmed aisha ake albin alexander alexandra ali alice amanda amina anders andreas anette anita
    ann-marie anna anneli annika anton arne arvid asa axel barbro bengt benjamin berit bertil birgitta bjorn
    britt camilla carin carina carl caroline catharina cecilia charlotta charlotte christer christian christina
    christoffer claes conny cristina dan daniel david dennis ebba edvard elias elin elina elisabeth ellen
    ellinor emelie emil emilia emma erik erika eva evelina fatima felicia filip fredrik frida gabriel gabriella
    gerd goran greger greta gun gunilla gunnar gunnel gustaf gustav hakan hampus hanna hannah hanne hans hassan
    helen helena helene henrik henry hussein ibrahim ida inga ingela inger ingrid ingvar irene isabella isak
    jakob jan jenny jens jesper jessica jimmy joakim johan johanna johannes john jon jonas jonathan josefin
    josefine julia kajsa karin karl katarina kenneth kent kerstin kjell klara klas krister kristian kristina
    kristoffer lars lasse leif lena lennart lina linda linus lisa lisbeth lotta louise lovisa lucas ludvig
    madeleine magdalena magnus maja malin marcus margareta maria marianne marie marika markus martin matilda
    mats mattias michael mikael moa mohamed mohammad mohammed monica monika nathalie niclas niklas nils nina
    olof olov oscar oskar ove patric patricia patrik paul paula per-erik pernilla peter petra pia pontus rasmus
    rebecka richard rickard robert robin roger roland rolf ronny rune samuel sandra sara sebastian simon sofia
    sofie staffan stefan stina sture susanne sven svetlana tage therese thomas tim tobias tomas tommy tony
    torbjorn tove tuva ulf ulla ulrika urban veronica victor victoria viktor viktoria vincent wilhelm william
    yasmin yusuf yvonne zahra zara
    """.split()
)
"""Common given names in Sweden that are no word for a function."""

PRIVATE_PROVIDERS = frozenset(
    """
    algonet.se aol.com bahnhof.se boxer.se bredband.net bredband2.com bredband2.se brikks.com chello.se
    comhem.se fastmail.com free.fr glocalnet.net gmail.com googlemail.com hey.com home.se hushmail.com
    icloud.com inbox.com mac.com mail.com mail.dk mail.ru me.com msn.com netatonce.net online.no orange.fr
    ownit.se passagen.se pm.me privat.utfors.se proton.me protonmail.ch protonmail.com qq.com rocketmail.com
    seznam.cz spray.se sverige.nu swipnet.se t-online.de tele2.se telia.com telia.se tiscali.se tuta.com tuta.io
    tutanota.com utfors.se web.de wp.pl ymail.com zoho.com zonline.se
    """.split()
)
"""Providers where private persons have their addresses."""

PRIVATE_FAMILIES = frozenset("gmail gmx hotmail live outlook windowslive yahoo yandex".split())
"""Providers with one name under many countries, such as hotmail.se."""
