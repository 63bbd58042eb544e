<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl_NL" sourcelanguage="en">
 <context>
  <name>BalanceOfTargets</name>
  <message>
   <source>Agreement (name or file; default: the one the proposal names)</source>
   <translation>Afspraken (naam of bestand; standaard: die het voorstel noemt)</translation>
  </message>
  <message>
   <source>Balance</source>
   <translation>Balans</translation>
  </message>
  <message>
   <source>Balance as a table (CSV)</source>
   <translation>Balans als tabel (CSV)</translation>
  </message>
  <message>
   <source>Balance of targets</source>
   <translation>Balans van de doelen</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Toetsen</translation>
  </message>
  <message>
   <source>Code of the variant</source>
   <translation>Code van de variant</translation>
  </message>
  <message>
   <source>Lay what a variant draws beside the targets: what is drawn, what remains, and what goes beyond. Contributions of the features of VARIANT are added up per indicator, place and year, and split by precision and by status; every total names the contributions it is made of. TARGETS are target files, by default those of the plugin. With AREAS (polygons with the codes or names of provinces, NOVEX areas or other places of the targets) each feature counts where it lies, shared out by area; otherwise where its fields provincie and novex_gebied say. What two features claim on the same ground counts once and is reported. Contributions without a unit, with a wrong unit, to an unknown indicator or of a feature that does not exist do not count and stand in the notes, and so does what is doubtful about a target. OUTPUT is JSON; a CSV file with the same name is written beside it.</source>
   <translation>Leg wat een variant tekent naast de doelen: wat is getekend, wat resteert en wat eroverheen gaat. Bijdragen van de objecten van VARIANT worden opgeteld per indicator, plaats en jaar, en uitgesplitst naar precisie en status; ieder totaal noemt de bijdragen waaruit het bestaat. TARGETS zijn bestanden met doelen, standaard die van de plugin. Met AREAS (vlakken met de codes of namen van provincies, NOVEX-gebieden of andere plaatsen van de doelen) telt ieder object waar het ligt, verdeeld naar oppervlakte; anders waar zijn velden provincie en novex_gebied het zeggen. Wat twee objecten op dezelfde grond opeisen, telt één keer en wordt gemeld. Bijdragen zonder eenheid, met een verkeerde eenheid, aan een onbekende indicator of van een object dat niet bestaat tellen niet mee en staan bij de opmerkingen, net als wat er onzeker is aan een doel. OUTPUT is JSON; een CSV-bestand met dezelfde naam wordt ernaast geschreven.</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Provinces, NOVEX areas or other places (default: the fields of each feature)</source>
   <translation>Provincies, NOVEX-gebieden of andere plaatsen (standaard: de velden van elk object)</translation>
  </message>
  <message>
   <source>Target files (default: those of the plugin)</source>
   <translation>Bestanden met doelen (standaard: die van de plugin)</translation>
  </message>
 </context>
 <context>
  <name>ChangesBetween</name>
  <message>
   <source>Changes</source>
   <translation>Veranderingen</translation>
  </message>
  <message>
   <source>Compare a delivery with an earlier one</source>
   <translation>Levering met een eerdere vergelijken</translation>
  </message>
  <message>
   <source>Compare a delivery with an earlier one of the same province. Features are matched by their id. OUTPUT (JSON) tells which were added, changed and removed: the fields with their old and new values, how far a geometry moved (m), how much ground differs (ha) and how much longer a line became (km); for each legend unit the numbers, hectares and kilometres before and now; which contributions, statements and explanations differ; which totals of the balance and outcomes of rules changed; and which versions of agreement, rules, targets and data differ. LAYERS (GeoPackage) holds the features themselves, as they are and as they were. Both deliveries are compared with their own checksums; novex:verify makes them again.</source>
   <translation>Levering met een eerdere vergelijken</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Earlier delivery</source>
   <translation>Eerdere levering</translation>
  </message>
  <message>
   <source>Features that changed</source>
   <translation>Gewijzigde objecten</translation>
  </message>
  <message>
   <source>Number of features added</source>
   <translation>Aantal toegevoegde objecten</translation>
  </message>
  <message>
   <source>Number of features changed</source>
   <translation>Aantal gewijzigde objecten</translation>
  </message>
  <message>
   <source>Number of features removed</source>
   <translation>Aantal vervallen objecten</translation>
  </message>
 </context>
 <context>
  <name>Check</name>
  <message>
   <source>Bindings</source>
   <translation>Koppelingen</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Toetsen</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>Bevindingen</translation>
  </message>
  <message>
   <source>Number of findings</source>
   <translation>Aantal bevindingen</translation>
  </message>
  <message>
   <source>Outcomes</source>
   <translation>Uitkomsten</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Rules (files or folders, separated by ;)</source>
   <translation>Regels (bestanden of mappen, gescheiden door ;)</translation>
  </message>
  <message>
   <source>Rules with the outcome</source>
   <translation>Regels met de uitkomst</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
  <message>
   <source>Test a proposal against the rules</source>
   <translation>Voorstel toetsen aan de regels</translation>
  </message>
  <message>
   <source>Test one variant of a proposal against the rules of the national programmes and of its region. Every rule gets an outcome: voldoet, overtreedt, gemotiveerd, niet_van_toepassing or niet_toetsbaar; the last says what is missing. Findings hold the part of a feature that breaks a rule, what was measured, the limit, the source and the version of the dataset. Bindings name the dataset that plays each object of the rules, and values where the source gives none. Rules are files or folders, separated by semicolons; without them all rules of the plugin that apply to the province are tested. A finding that was explained in the proposal counts as gemotiveerd; for a prohibition only an appeal to one of its exceptions does. Functions on the same ground are told with what the matrix of combinations says of them. A value that departs from the agreement and a binding that cannot be used are named, and the rest is tested.</source>
   <translation>Toets één variant van een voorstel aan de regels van de nationale programma’s en van haar regio. Iedere regel krijgt een uitkomst: voldoet, overtreedt, gemotiveerd, niet_van_toepassing of niet_toetsbaar; bij de laatste staat wat er ontbreekt. Bevindingen hebben het deel van een object dat een regel overtreedt, wat is gemeten, de grens, de bron en de versie van de dataset. Koppelingen noemen de dataset die een rol in de regels speelt, en waarden waar de bron er geen geeft. Regels zijn bestanden of mappen, gescheiden door puntkomma’s; zonder deze wordt getoetst aan alle regels van de plugin die in de provincie gelden. Een bevinding met een geldige motivering in het voorstel telt als gemotiveerd; bij een verbod alleen met een beroep op een van de uitzonderingen. Van functies op dezelfde grond staat erbij wat de matrix van combinaties ervan zegt. Een waarde die van de afspraken afwijkt en een koppeling die niet te gebruiken is worden genoemd, en de rest wordt getoetst.</translation>
  </message>
  <message>
   <source>Variant</source>
   <translation>Variant</translation>
  </message>
 </context>
 <context>
  <name>CompareVariants</name>
  <message>
   <source>Bindings</source>
   <translation>Koppelingen</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Toetsen</translation>
  </message>
  <message>
   <source>Codes of variants, separated by ;</source>
   <translation>Codes van varianten, gescheiden door ;</translation>
  </message>
  <message>
   <source>Compare variants</source>
   <translation>Varianten vergelijken</translation>
  </message>
  <message>
   <source>Comparison</source>
   <translation>Vergelijking</translation>
  </message>
  <message>
   <source>Comparison as a page (HTML)</source>
   <translation>Vergelijking als pagina (HTML)</translation>
  </message>
  <message>
   <source>Criteria</source>
   <translation>Criteria</translation>
  </message>
  <message>
   <source>Lay variants of a proposal beside each other: outcomes of rules, balance, and functions on the same ground. VARIANTS are codes separated by semicolons; without them all variants of the proposal are compared. CRITERIA is a file with the user's own criteria: what is measured, whether more or less is wanted, on which scale, and with which weight. Only with criteria there are scores, and only with weights a weighted sum. A value that cannot be told is never counted as zero. Nothing here says which variant is better: that is for those who choose. RULES, TARGETS, SNAPSHOT, BINDINGS and AREAS are those of the check and the balance. OUTPUT is JSON; an HTML page with the same name is written beside it.</source>
   <translation>Leg varianten van een voorstel naast elkaar: uitkomsten van regels, balans en functies op dezelfde grond. VARIANTS zijn codes, gescheiden door puntkomma’s; zonder deze worden alle varianten van het voorstel vergeleken. CRITERIA is een bestand met eigen criteria: wat wordt gemeten, of meer of minder gewenst is, op welke schaal, en met welk gewicht. Alleen met criteria zijn er scores, en alleen met gewichten een gewogen som. Een waarde die niet te geven is, telt nooit als nul. Nergens staat welke variant beter is: dat is aan wie kiest. RULES, TARGETS, SNAPSHOT, BINDINGS en AREAS zijn die van de toetsing en de balans. OUTPUT is JSON; een HTML-pagina met dezelfde naam wordt ernaast geschreven.</translation>
  </message>
  <message>
   <source>Number of variants</source>
   <translation>Aantal varianten</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Provinces, NOVEX areas or other places (default: the fields of each feature)</source>
   <translation>Provincies, NOVEX-gebieden of andere plaatsen (standaard: de velden van elk object)</translation>
  </message>
  <message>
   <source>Rules (files or folders, separated by ;)</source>
   <translation>Regels (bestanden of mappen, gescheiden door ;)</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
  <message>
   <source>Target files (default: those of the plugin)</source>
   <translation>Bestanden met doelen (standaard: die van de plugin)</translation>
  </message>
 </context>
 <context>
  <name>Discover</name>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Catalogue (address, or a saved GetRecords file)</source>
   <translation>Catalogus (adres, of een opgeslagen GetRecords-bestand)</translation>
  </message>
  <message>
   <source>Find the basisset in the catalogue</source>
   <translation>Basisset zoeken in de catalogus</translation>
  </message>
  <message>
   <source>Find the datasets of the basisset in a catalogue and write them to a register. The catalogue is the address of a CSW 2.0.2 service, by default the Nationaal Georegister, or a saved GetRecords answer. The register tells for each dataset its owner, kind, licence, dates, scale, coordinate system and services. Datasets without any usable address are listed too. What a record does not say, or says in an unknown way, stands in its warnings.</source>
   <translation>Zoekt de datasets van de basisset in een catalogus en schrijft ze in een register. De catalogus is het adres van een CSW 2.0.2-dienst, standaard het Nationaal Georegister, of een opgeslagen antwoord op GetRecords. Het register noemt van elke dataset de bronhouder, soort, licentie, data, schaal, coördinaatstelsel en diensten. Datasets zonder bruikbaar adres staan er ook in. Wat een record niet of op een onbekende manier zegt, staat bij de waarschuwingen.</translation>
  </message>
  <message>
   <source>Keyword</source>
   <translation>Trefwoord</translation>
  </message>
  <message>
   <source>Number of datasets</source>
   <translation>Aantal datasets</translation>
  </message>
  <message>
   <source>Number of datasets without access</source>
   <translation>Aantal datasets zonder toegang</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>Register</translation>
  </message>
 </context>
 <context>
  <name>Explain</name>
  <message>
   <source>Check</source>
   <translation>Toetsen</translation>
  </message>
  <message>
   <source>Explain findings</source>
   <translation>Bevindingen motiveren</translation>
  </message>
  <message>
   <source>Explanations</source>
   <translation>Motiveringen</translation>
  </message>
  <message>
   <source>Number of explanations recorded</source>
   <translation>Aantal vastgelegde motiveringen</translation>
  </message>
  <message>
   <source>Number of rows rejected</source>
   <translation>Aantal afgekeurde rijen</translation>
  </message>
  <message>
   <source>Outcomes of a check</source>
   <translation>Uitkomsten van een toets</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Record explanations of findings in a proposal, many at once. EXPLANATIONS is a CSV file (semicolons or commas, UTF-8, with a header) or JSON with the fields regel, kenmerk, reden, organisatie, rol, geldig_tot_ijkmoment, uitzondering and datum. Without kenmerk an explanation is about the whole variant. With FINDINGS, the outcomes of a check, a row may name a finding in the field bevinding, and a rule alone stands for all its open findings; only what is open and has not changed since can be explained. Recorded are the version of the rule, the geometry of the feature as it is now and, with FINDINGS, the outcome and the measure. A row that cannot be recorded is told with the reason and written to OUTPUT; the others are added to PROPOSAL all at once or, when something fails, not at all. An explanation that went stale stays beside the new one.</source>
   <translation>Leg motiveringen bij bevindingen vast in een voorstel, veel tegelijk. EXPLANATIONS is een CSV-bestand (puntkomma’s of komma’s, UTF-8, met kop) of JSON met de velden regel, kenmerk, reden, organisatie, rol, geldig_tot_ijkmoment, uitzondering en datum. Zonder kenmerk gaat een motivering over de hele variant. Met FINDINGS, de uitkomsten van een toets, mag een rij in het veld bevinding een bevinding noemen, en staat een regel alleen voor al haar open bevindingen; alleen wat openstaat en sindsdien niet veranderde is te motiveren. Vastgelegd worden de versie van de regel, de geometrie van het object zoals het nu is en, met FINDINGS, de uitkomst en de gemeten waarde. Een rij die niet kan wordt genoemd met de reden en komt in OUTPUT; de andere komen in één keer in PROPOSAL of, als er iets misgaat, geen enkele. Een motivering die verliep blijft naast de nieuwe staan.</translation>
  </message>
  <message>
   <source>Rejected rows</source>
   <translation>Afgekeurde rijen</translation>
  </message>
  <message>
   <source>Rules (files or folders, separated by ;)</source>
   <translation>Regels (bestanden of mappen, gescheiden door ;)</translation>
  </message>
  <message>
   <source>Variant</source>
   <translation>Variant</translation>
  </message>
 </context>
 <context>
  <name>Export</name>
  <message>
   <source>Bindings</source>
   <translation>Koppelingen</translation>
  </message>
  <message>
   <source>Code of the variant</source>
   <translation>Code van de variant</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Draft (allow open findings)</source>
   <translation>Concept (open bevindingen toestaan)</translation>
  </message>
  <message>
   <source>Make the delivery</source>
   <translation>Levering maken</translation>
  </message>
  <message>
   <source>Make the delivery of one variant: a zipped BagIt bag with everything a receiver needs to read and recompute it. It holds the proposal (GeoPackage and GeoJSON), the agreed legend (QML and SLD), metadata in the Dutch profile on ISO 19115 for every layer, findings, explanations, the balance, the register and the manifest of the snapshot, provenance (PROV-JSON), a report with its map, and a manifest with all versions and digests. With WITH_DATA the data of the snapshot go along. The same input gives the same bytes. Findings of rules that forbid, or that ask to comply or explain, keep the delivery from being made as long as they are not explained; with DRAFT it is made all the same, marked as a draft. VARIANT may be left out when there is only one. BINDINGS is needed only where it is not the default, REGISTER where it does not lie in the snapshot.</source>
   <translation>Maakt de levering van één variant: een gezipte BagIt-map met alles wat een ontvanger nodig heeft om haar te lezen en na te rekenen. Zij bevat het voorstel (GeoPackage en GeoJSON), de afgesproken legenda (QML en SLD), metadata in het Nederlandse profiel op ISO 19115 voor elke laag, bevindingen, motiveringen, de balans, het register en het manifest van de momentopname, de herkomst (PROV-JSON), een rapport met kaart en een manifest met alle versies en controlegetallen. Met WITH_DATA gaan de gegevens van de momentopname mee. Dezelfde invoer geeft dezelfde bytes. Bevindingen van regels die verbieden of vragen om toepassen of uitleggen houden de levering tegen zolang ze niet gemotiveerd zijn; met DRAFT wordt zij toch gemaakt, herkenbaar als concept. VARIANT mag leeg blijven als er maar één is. BINDINGS is alleen nodig als het niet de standaard is, REGISTER alleen als het niet in de momentopname ligt.</translation>
  </message>
  <message>
   <source>Number of files</source>
   <translation>Aantal bestanden</translation>
  </message>
  <message>
   <source>Number of open findings</source>
   <translation>Aantal open bevindingen</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Put the snapshot's data in</source>
   <translation>Gegevens van de momentopname meeleveren</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>Register</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
  <message>
   <source>Whether it is a draft</source>
   <translation>Of het een concept is</translation>
  </message>
 </context>
 <context>
  <name>FromDatabase</name>
  <message>
   <source>Agreement (name or file; default: the one the proposal names)</source>
   <translation>Afspraken (naam of bestand; standaard: die van het voorstel)</translation>
  </message>
  <message>
   <source>Database</source>
   <translation>Database</translation>
  </message>
  <message>
   <source>Number of features</source>
   <translation>Aantal objecten</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Schema of the proposal</source>
   <translation>Schema van het voorstel</translation>
  </message>
  <message>
   <source>Take a proposal out of a PostGIS database into a GeoPackage, as it was at one moment. DATABASE is a connection of QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a password; SCHEMA is where the proposal lies. Others may go on editing meanwhile. Rows keep their id and every value: laid in a database and taken out again, a proposal is the same. The database stays as it is.</source>
   <translation>Haalt een voorstel uit een PostGIS-database naar een GeoPackage, zoals het op één moment was. DATABASE is een verbinding van QGIS, of op de opdrachtregel service=NAAM of host=… dbname=… user=…, nooit met een wachtwoord; SCHEMA is waar het voorstel ligt. Anderen kunnen intussen verder tekenen. Rijen houden hun id en elke waarde: in een database gelegd en er weer uit gehaald is een voorstel hetzelfde. De database blijft zoals zij is.</translation>
  </message>
  <message>
   <source>Take a proposal out of a database</source>
   <translation>Voorstel uit een database halen</translation>
  </message>
 </context>
 <context>
  <name>ImportLayer</name>
  <message>
   <source>Agreement (name or file; default: the one the proposal names)</source>
   <translation>Afspraken (naam of bestand; standaard: die het voorstel noemt)</translation>
  </message>
  <message>
   <source>Import a layer</source>
   <translation>Een laag importeren</translation>
  </message>
  <message>
   <source>Layer to import</source>
   <translation>Te importeren laag</translation>
  </message>
  <message>
   <source>Mapping of fields and values</source>
   <translation>Afbeelding van velden en waarden</translation>
  </message>
  <message>
   <source>Number of features added</source>
   <translation>Aantal toegevoegde objecten</translation>
  </message>
  <message>
   <source>Number of rows rejected</source>
   <translation>Aantal afgekeurde rijen</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Rejected rows</source>
   <translation>Afgekeurde rijen</translation>
  </message>
  <message>
   <source>Take an existing layer into a proposal, with a mapping that says which field and value becomes which. MAPPING is a JSON file: for each field of the agreement a constant, or a field of the layer with translations of its values; and what each feature contributes to which indicator. The layer is brought to EPSG:28992, polygons and lines become multi-part, invalid geometry is mended where that keeps its kind. Rows that do not fit the agreement (an unknown legend unit, the wrong geometry type, a value outside its code list, a required field that is empty, a place outside the Netherlands, a bad number) are written to REJECTED with the reason. The others are added to PROPOSAL all at once or, when something fails, not at all. The logbook of the proposal tells what was imported.</source>
   <translation>Neemt een bestaande laag op in een voorstel, met een afbeelding die zegt welk veld en welke waarde wat wordt. MAPPING is een JSON-bestand: voor elk veld van de afspraken een vaste waarde, of een veld van de laag met vertalingen van de waarden; en wat elk object bijdraagt aan welke indicator. De laag wordt omgezet naar EPSG:28992, vlakken en lijnen worden meerdelig, ongeldige geometrie wordt hersteld waar de soort daarbij gelijk blijft. Rijen die niet bij de afspraken passen (een onbekende legenda-eenheid, het verkeerde geometrietype, een waarde buiten de codelijst, een verplicht veld dat leeg is, een plaats buiten Nederland, een fout getal) komen met de reden in REJECTED. De andere worden allemaal tegelijk aan PROPOSAL toegevoegd of, als er iets misgaat, geen enkele. Het logboek van het voorstel vertelt wat is geïmporteerd.</translation>
  </message>
 </context>
 <context>
  <name>Merge</name>
  <message>
   <source>Agreement (name or file; default: the one that most follow)</source>
   <translation>Afspraken (naam of bestand; standaard: die de meeste volgen)</translation>
  </message>
  <message>
   <source>All deliveries</source>
   <translation>Alle leveringen</translation>
  </message>
  <message>
   <source>Deliveries</source>
   <translation>Leveringen</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Indicators as a table</source>
   <translation>Indicatoren als tabel</translation>
  </message>
  <message>
   <source>Indicators as a table (Parquet)</source>
   <translation>Indicatoren als tabel (Parquet)</translation>
  </message>
  <message>
   <source>Lay the deliveries of provinces together: one map, one balance, and what does not fit at the borders. DELIVERIES are zips that provinces handed over, in any order: the same ones give the same files. Of each province the latest counts. A delivery that is broken, was overtaken or follows another agreement is named with the reason and left out, and the others go on; provinces without a delivery are named. With MAPPING (JSON, as for novex:migrate) deliveries that follow the release it leads from are carried over to AGREEMENT, or to the one it leads to; one with rows that need a person is left out. OUTPUT is one GeoPackage with all features, the province that delivered each, and where areas of two deliveries overlap. What features of two deliveries claim on the same ground counts once. With AREAS (polygons of the provinces with their codes or names) features count where they lie, and areas that run along a border for more than LEAST metres without their like at the other side are told. BALANCE lays the whole beside the targets (JSON, and CSV beside it), INDICATORS is a table of all totals (CSV, and Parquet where GDAL can write it), and REPORT says what was laid together and how it differs.</source>
   <translation>Legt de leveringen van provincies samen: één kaart, één balans, en wat aan de grenzen niet past. DELIVERIES zijn zips die provincies overdroegen, in willekeurige volgorde: dezelfde geven dezelfde bestanden. Van elke provincie telt de laatste. Een levering die stuk is, is ingehaald of andere afspraken volgt wordt met de reden genoemd en blijft weg, en de andere gaan door; provincies zonder levering worden genoemd. Met MAPPING (JSON, zoals voor novex:migrate) gaan leveringen die de versie volgen waarvan zij uitgaat over naar AGREEMENT, of anders naar de versie waarheen zij leidt; een levering met rijen die op een oordeel wachten blijft weg. OUTPUT is één GeoPackage met alle objecten, de provincie die elk leverde, en waar vlakken van twee leveringen elkaar overlappen. Wat objecten van twee leveringen op dezelfde grond bijdragen telt één keer. Met AREAS (vlakken van de provincies met hun code of naam) tellen objecten waar zij liggen, en worden vlakken genoemd die meer dan LEAST meter langs een grens lopen zonder hun gelijke aan de andere kant. BALANCE legt het geheel naast de doelen (JSON, met CSV ernaast), INDICATORS is een tabel van alle totalen (CSV, en Parquet waar GDAL dat kan schrijven), en REPORT zegt wat is samengelegd en hoe het verschilt.</translation>
  </message>
  <message>
   <source>Length along a border from which a gap is told (m)</source>
   <translation>Lengte langs een grens vanaf waar een gat wordt genoemd (m)</translation>
  </message>
  <message>
   <source>Mapping for deliveries that follow another release of the agreement</source>
   <translation>Vertaling voor leveringen die een andere versie van de afspraken volgen</translation>
  </message>
  <message>
   <source>Merge deliveries</source>
   <translation>Leveringen samenvoegen</translation>
  </message>
  <message>
   <source>National balance</source>
   <translation>Landelijke balans</translation>
  </message>
  <message>
   <source>Number of deliveries left out</source>
   <translation>Aantal weggelaten leveringen</translation>
  </message>
  <message>
   <source>Number of deliveries that count</source>
   <translation>Aantal leveringen dat telt</translation>
  </message>
  <message>
   <source>Number of gaps along borders</source>
   <translation>Aantal gaten langs grenzen</translation>
  </message>
  <message>
   <source>Number of overlaps between deliveries</source>
   <translation>Aantal overlappen tussen leveringen</translation>
  </message>
  <message>
   <source>Provinces (default: the fields of each feature, and no search for gaps)</source>
   <translation>Provincies (standaard: de velden van elk object, en geen gaten zoeken)</translation>
  </message>
  <message>
   <source>Provinces without a delivery</source>
   <translation>Provincies zonder levering</translation>
  </message>
  <message>
   <source>Target files (default: those of the plugin)</source>
   <translation>Doelen (standaard: die van de plugin)</translation>
  </message>
  <message>
   <source>What was merged, skipped and found</source>
   <translation>Wat is samengevoegd, overgeslagen en gevonden</translation>
  </message>
 </context>
 <context>
  <name>Migrate</name>
  <message>
   <source>Agreement to go to (name or file)</source>
   <translation>Nieuwe afspraken (naam of bestand)</translation>
  </message>
  <message>
   <source>Carry a proposal from one version of the agreement to another, without losing anything. AGREEMENT is the name or file of the agreement to go to. MAPPING (JSON) says which legend units were renamed, merged, split (by the values of other fields) or dropped, which codes were, and which indicators have another id or unit. Without it codes that the new agreement has too carry over. A row that cannot be carried is kept in the table nog_te_beoordelen of OUTPUT, with its geometry, its old values and what to do; REPORT names each with table, row and field. Contributions, explanations, statements, the logbook and all ids stay; the table gemigreerd tells which value became which. PROPOSAL stays as it is.</source>
   <translation>Brengt een voorstel over van de ene versie van de afspraken naar de andere, zonder iets te verliezen. AGREEMENT is de naam of het bestand van de nieuwe afspraken. MAPPING (JSON) zegt welke legenda-eenheden een andere naam kregen, zijn samengevoegd, gesplitst (naar de waarden van andere velden) of vervallen, welke codes dat zijn, en welke indicatoren een ander id of een andere eenheid hebben. Zonder dit bestand gaan codes over die de nieuwe afspraken ook hebben. Een rij die niet over kan blijft in de tabel nog_te_beoordelen van OUTPUT, met haar geometrie, haar oude waarden en wat te doen; REPORT noemt elk met tabel, rij en veld. Bijdragen, motiveringen, verklaringen, het logboek en alle ids blijven; de tabel gemigreerd vertelt welke waarde welke werd. PROPOSAL blijft zoals het is.</translation>
  </message>
  <message>
   <source>Mapping between the agreements</source>
   <translation>Afbeelding tussen de afspraken</translation>
  </message>
  <message>
   <source>Migrate a proposal to another agreement</source>
   <translation>Voorstel naar andere afspraken overbrengen</translation>
  </message>
  <message>
   <source>Migrated proposal</source>
   <translation>Overgebracht voorstel</translation>
  </message>
  <message>
   <source>Number of rows carried over</source>
   <translation>Aantal overgebrachte rijen</translation>
  </message>
  <message>
   <source>Number of rows that need a person</source>
   <translation>Aantal rijen dat een mens moet beoordelen</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Report of the migration</source>
   <translation>Verslag van het overbrengen</translation>
  </message>
 </context>
 <context>
  <name>NewProposal</name>
  <message>
   <source>Agreement (name or file)</source>
   <translation>Afspraken (naam of bestand)</translation>
  </message>
  <message>
   <source>Code of the variant</source>
   <translation>Code van de variant</translation>
  </message>
  <message>
   <source>Database (instead of a GeoPackage)</source>
   <translation>Database (in plaats van een GeoPackage)</translation>
  </message>
  <message>
   <source>E-mail address of the organisation</source>
   <translation>E-mailadres van de organisatie</translation>
  </message>
  <message>
   <source>Make an empty proposal for a province, with the tables, code lists and checks of the agreement. It becomes a GeoPackage (OUTPUT), which QGIS opens with the legend and the forms of the agreement, or a new schema in a PostGIS database (DATABASE with SCHEMA), in which several people draw at once. DATABASE is a connection of QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a password. PROVINCE is the name of the province, or its code: PV20 (Groningen) to PV31 (Limburg). VARIANT is the code of the first variant, such as basis. AGREEMENT is the name of an agreement that comes with the plugin, or an agreement file of your own. TITLE, ORGANISATION and EMAIL are what the delivery will say of itself: the address is the organisation's, never a person's; without EMAIL it is asked for at the delivery. A file that already holds a proposal with features is never overwritten.</source>
   <translation>Maakt een leeg voorstel voor een provincie, met de tabellen, codelijsten en controles van de afspraken. Het wordt een GeoPackage (OUTPUT), dat QGIS met de legenda en de formulieren van de afspraken opent, of een nieuw schema in een PostGIS-database (DATABASE met SCHEMA), waarin verschillende mensen tegelijk tekenen. DATABASE is een verbinding van QGIS, of op de opdrachtregel service=NAAM of host=… dbname=… user=…, nooit met een wachtwoord. PROVINCE is de naam van de provincie, of haar code: PV20 (Groningen) tot en met PV31 (Limburg). VARIANT is de code van de eerste variant, zoals basis. AGREEMENT is de naam van afspraken die bij de plugin horen, of een eigen bestand met afspraken. TITLE, ORGANISATION en EMAIL zijn wat de levering over zichzelf zegt: het adres is van de organisatie, nooit van een persoon; zonder EMAIL wordt het bij de levering gevraagd. Een bestand dat al een voorstel met objecten bevat wordt nooit overschreven.</translation>
  </message>
  <message>
   <source>New proposal</source>
   <translation>Nieuw voorstel</translation>
  </message>
  <message>
   <source>Organisation</source>
   <translation>Organisatie</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Province</source>
   <translation>Provincie</translation>
  </message>
  <message>
   <source>Schema in the database</source>
   <translation>Schema in de database</translation>
  </message>
  <message>
   <source>The proposal, as other algorithms take it</source>
   <translation>Het voorstel, zoals andere algoritmen het aannemen</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
 </context>
 <context>
  <name>Pull</name>
  <message>
   <source>Area (layer with polygons, or extent)</source>
   <translation>Gebied (laag met vlakken, of omgrenzing)</translation>
  </message>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Datasets (ids; empty: all that can be pulled)</source>
   <translation>Datasets (id's; leeg: alles wat op te halen is)</translation>
  </message>
  <message>
   <source>Datasets that failed (ids)</source>
   <translation>Mislukte datasets (id's)</translation>
  </message>
  <message>
   <source>Number of features</source>
   <translation>Aantal objecten</translation>
  </message>
  <message>
   <source>Pull datasets into a snapshot</source>
   <translation>Datasets ophalen in een momentopname</translation>
  </message>
  <message>
   <source>Pull datasets of the register into a snapshot: a folder with a local copy of each, cut to an area. DATASETS are the ids of datasets, separated by commas or spaces; without them all datasets that can be pulled are. AREA is a layer with polygons, or an extent. The snapshot holds one GeoPackage or GeoTIFF for each dataset, in EPSG:28992, and a manifest with where each comes from, its licence, counts and a digest of its content. Of each layer it is proved that it is complete; what is not complete is not kept. Datasets that are given as image only get a layer definition. A dataset that fails is named with its reason, in the log and in the manifest, and the others go on. A run that was broken off is continued when it is run again. What the snapshot already has, with the same record date, is not pulled again.</source>
   <translation>Haalt datasets van het register op in een momentopname: een map met van elk een lokale kopie, uitgesneden op een gebied. DATASETS zijn de id's van datasets, gescheiden door komma's of spaties; zonder opgave alle datasets die op te halen zijn. AREA is een laag met vlakken, of een omgrenzing. De momentopname bevat per dataset één GeoPackage of GeoTIFF in EPSG:28992, en een manifest met herkomst, licentie, aantallen en een controlegetal van de inhoud. Van elke laag wordt bewezen dat zij volledig is; wat niet volledig is, wordt niet bewaard. Datasets die alleen als beeld worden gegeven krijgen een laagdefinitie. Een dataset die mislukt wordt met de reden genoemd, in het log en in het manifest, en de andere gaan door. Een afgebroken run gaat verder als hij opnieuw wordt gestart. Wat de momentopname al heeft, met dezelfde recorddatum, wordt niet opnieuw opgehaald.</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>Register</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
 </context>
 <context>
  <name>Report</name>
  <message>
   <source>Bindings</source>
   <translation>Koppelingen</translation>
  </message>
  <message>
   <source>Code of the variant</source>
   <translation>Code van de variant</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Delivery (instead of a proposal)</source>
   <translation>Levering (in plaats van een voorstel)</translation>
  </message>
  <message>
   <source>Map</source>
   <translation>Kaart</translation>
  </message>
  <message>
   <source>Number of open findings</source>
   <translation>Aantal open bevindingen</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Rapport</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
  <message>
   <source>Write the report</source>
   <translation>Rapport schrijven</translation>
  </message>
  <message>
   <source>Write the report of a proposal or of a delivery: one HTML page that stands by itself, and its map as a PDF. Give either PROPOSAL, with VARIANT where it has several and SNAPSHOT and BINDINGS for the rules that need data, or DELIVERY. The report tells what was found by programme and rule, on what ground and with which data, what could not be tested and why, the balance, the data used and all versions. It is in Dutch, and marked as a draft as long as findings are open. MAPS is optional.</source>
   <translation>Schrijft het rapport van een voorstel of van een levering: één HTML-pagina die op zichzelf staat, en de kaart als PDF. Geef PROPOSAL, met VARIANT als er meer zijn en SNAPSHOT en BINDINGS voor de regels die gegevens vragen, of geef DELIVERY. Het rapport vertelt per programma en regel wat is gevonden, op welke grond en met welke gegevens, wat niet te toetsen was en waarom, de balans, de gebruikte gegevens en alle versies. Zolang er bevindingen openstaan is het gemerkt als concept. MAPS mag leeg blijven.</translation>
  </message>
 </context>
 <context>
  <name>StatusOfSnapshot</name>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Compare a snapshot with a newer register: which datasets are new, changed, withdrawn or cannot be reached. A dataset is changed when its record has a later date than the one that was pulled with, when its revision date is later than the pull, or when the address or the kind of the service is another. The services of all datasets are asked for what they offer, as a pull begins; a dataset cannot be reached when none of its services answers. Nothing is pulled and the snapshot stays as it is: novex:pull with the new register brings it up to date.</source>
   <translation>Vergelijkt een momentopname met een nieuwer register: welke datasets nieuw, gewijzigd, ingetrokken of onbereikbaar zijn. Een dataset is gewijzigd als haar record een latere datum heeft dan die waarmee zij is opgehaald, als haar revisiedatum na het ophalen ligt, of als het adres of de soort van de dienst een andere is. Aan de diensten van alle datasets wordt gevraagd wat zij aanbieden, zoals het ophalen begint; een dataset is onbereikbaar als geen van haar diensten antwoordt. Er wordt niets opgehaald en de momentopname blijft zoals zij is: novex:pull met het nieuwe register werkt haar bij.</translation>
  </message>
  <message>
   <source>Compare a snapshot with the register</source>
   <translation>Momentopname met het register vergelijken</translation>
  </message>
  <message>
   <source>Number of changed datasets</source>
   <translation>Aantal gewijzigde datasets</translation>
  </message>
  <message>
   <source>Number of datasets that cannot be reached</source>
   <translation>Aantal onbereikbare datasets</translation>
  </message>
  <message>
   <source>Number of new datasets</source>
   <translation>Aantal nieuwe datasets</translation>
  </message>
  <message>
   <source>Number of withdrawn datasets</source>
   <translation>Aantal ingetrokken datasets</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>Register</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Stand</translation>
  </message>
 </context>
 <context>
  <name>ToDatabase</name>
  <message>
   <source>Agreement (name or file; default: the one the proposal names)</source>
   <translation>Afspraken (naam of bestand; standaard: die van het voorstel)</translation>
  </message>
  <message>
   <source>Database</source>
   <translation>Database</translation>
  </message>
  <message>
   <source>Lay a proposal in a PostGIS database, in a new schema, so that several people can draw in it at once. DATABASE is a connection of QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a password. Rows keep their id and every value, and are held to the agreement by the database itself; a row that departs from it is named and nothing is laid down. The roles SCHEMA_bewerken and SCHEMA_lezen may edit and read. Who saves a row that another changed meanwhile is told so, and the table geschiedenis keeps every row as it was. Other algorithms take the result as PROPOSAL.</source>
   <translation>Legt een voorstel in een PostGIS-database, in een nieuw schema, zodat verschillende mensen er tegelijk in tekenen. DATABASE is een verbinding van QGIS, of op de opdrachtregel service=NAAM of host=… dbname=… user=…, nooit met een wachtwoord. Rijen houden hun id en elke waarde, en de database zelf houdt ze aan de afspraken; een rij die daarvan afwijkt wordt genoemd en dan wordt er niets neergelegd. De rollen SCHEMA_bewerken en SCHEMA_lezen mogen bewerken en lezen. Wie een rij opslaat die een ander intussen wijzigde krijgt dat te horen, en de tabel geschiedenis bewaart elke rij zoals zij was. Andere algoritmen nemen de uitkomst aan als PROPOSAL.</translation>
  </message>
  <message>
   <source>Lay a proposal in a database</source>
   <translation>Voorstel in een database leggen</translation>
  </message>
  <message>
   <source>New schema in the database</source>
   <translation>Nieuw schema in de database</translation>
  </message>
  <message>
   <source>Number of rows</source>
   <translation>Aantal rijen</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>The proposal, as other algorithms take it</source>
   <translation>Het voorstel, zoals andere algoritmen het aannemen</translation>
  </message>
 </context>
 <context>
  <name>Verify</name>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Number of differences</source>
   <translation>Aantal verschillen</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Uitkomst</translation>
  </message>
  <message>
   <source>Recompute a delivery from its own content and name every difference with its file, table and row. Checksums, the schema of the proposal, metadata, legend, findings, balance, report and provenance are all made again and laid beside what was delivered. Where the data were left out, the findings of rules that need data are taken as declared and the outcome says so, unless SNAPSHOT is a snapshot with the same content. What rests on another release of the agreement, the rules or the plugin is not called wrong for that: the outcome names it, and STATE says that the delivery was recomputed in part. A delivery that is broken ends with exit code 1 and says why; the outcome is written all the same.</source>
   <translation>Rekent een levering na uit haar eigen inhoud en noemt elk verschil met bestand, tabel en rij. Controlesommen, het schema van het voorstel, metadata, legenda, bevindingen, balans, verslag en herkomst worden alle opnieuw gemaakt en naast het geleverde gelegd. Waar de gegevens zijn weggelaten, worden de bevindingen van regels die gegevens nodig hebben aangenomen zoals opgegeven en dat zegt de uitkomst, tenzij SNAPSHOT een momentopname met dezelfde inhoud is. Wat op een andere uitgave van de afspraken, de regels of de plugin rust heet daarom niet fout: de uitkomst noemt het, en STATE zegt dat de levering ten dele is nagerekend. Een levering die stuk is eindigt met exitcode 1 en zegt waarom; de uitkomst wordt toch geschreven.</translation>
  </message>
  <message>
   <source>Snapshot</source>
   <translation>Momentopname</translation>
  </message>
  <message>
   <source>Valid, invalid or partly recomputed</source>
   <translation>Geldig, ongeldig of ten dele nagerekend</translation>
  </message>
  <message>
   <source>Verify a delivery</source>
   <translation>Levering controleren</translation>
  </message>
  <message>
   <source>Whether the delivery is valid</source>
   <translation>Of de levering klopt</translation>
  </message>
 </context>
</TS>
