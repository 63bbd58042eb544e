<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl_NL" sourcelanguage="en">
 <context>
  <name>Acting</name>
  <message>
   <source>1 dataset pulled</source>
   <translation>1 dataset opgehaald</translation>
  </message>
  <message>
   <source>Asking the catalogue</source>
   <translation>Catalogus vragen</translation>
  </message>
  <message>
   <source>Asking the service of {title}</source>
   <translation>Dienst vragen: {title}</translation>
  </message>
  <message>
   <source>Pulling the basisset</source>
   <translation>Basisset ophalen</translation>
  </message>
  <message>
   <source>Stopped. What was pulled is kept; the rest goes on from there.</source>
   <translation>Gestopt. Wat is opgehaald blijft; opnieuw ophalen gaat daar verder.</translation>
  </message>
  <message>
   <source>The register was not kept: {why}</source>
   <translation>Het register is niet bewaard: {why}</translation>
  </message>
  <message>
   <source>Zoom to it</source>
   <translation>Zoom erheen</translation>
  </message>
  <message>
   <source>{count} datasets found, {without} without an address</source>
   <translation>{count} datasets gevonden, {without} zonder adres</translation>
  </message>
  <message>
   <source>{count} datasets pulled</source>
   <translation>{count} datasets opgehaald</translation>
  </message>
  <message>
   <source>{count} pulled, {failed} failed: {titles}</source>
   <translation>{count} opgehaald, {failed} mislukt: {titles}</translation>
  </message>
  <message>
   <source>{new} new · {changed} changed · {gone} withdrawn</source>
   <translation>{new} nieuw · {changed} gewijzigd · {gone} vervallen</translation>
  </message>
  <message>
   <source>{title} has nothing in view.</source>
   <translation>{title} heeft niets in het kaartbeeld.</translation>
  </message>
 </context>
 <context>
  <name>Acts</name>
  <message>
   <source>Copy as text</source>
   <translation>Kopiëren als tekst</translation>
  </message>
  <message>
   <source>Edit the feature</source>
   <translation>Object bewerken</translation>
  </message>
  <message>
   <source>Explained.</source>
   <translation>Gemotiveerd.</translation>
  </message>
  <message>
   <source>Explain…</source>
   <translation>Motiveer…</translation>
  </message>
  <message>
   <source>Explanation: {reason}</source>
   <translation>Motivering: {reason}</translation>
  </message>
  <message>
   <source>Export all outcomes (GeoPackage and JSON)…</source>
   <translation>Alle uitkomsten uitvoeren (GeoPackage en JSON)…</translation>
  </message>
  <message>
   <source>Export what is shown (CSV)…</source>
   <translation>Getoonde bevindingen uitvoeren (CSV)…</translation>
  </message>
  <message>
   <source>The table {table} is read-only. Make the file writable, or work in a copy.</source>
   <translation>De tabel {table} is alleen-lezen. Maak het bestand schrijfbaar, of werk in een kopie.</translation>
  </message>
  <message>
   <source>The table {table} of the proposal is not in the project. Add it to the project.</source>
   <translation>De tabel {table} van het voorstel staat niet in het project. Voeg haar toe aan het project.</translation>
  </message>
  <message>
   <source>This feature is no longer in the proposal. Test again.</source>
   <translation>Dit object staat niet meer in het voorstel. Toets opnieuw.</translation>
  </message>
  <message>
   <source>Zoom to the finding</source>
   <translation>Naar de bevinding</translation>
  </message>
 </context>
 <context>
  <name>AmountLine</name>
  <message>
   <source>Another year</source>
   <translation>Nog een jaar</translation>
  </message>
  <message>
   <source>From {least} to {most}.</source>
   <translation>Van {least} tot en met {most}.</translation>
  </message>
  <message>
   <source>No number. Write it as 1.250 or 12,5.</source>
   <translation>Geen getal. Schrijf het als 1.250 of 12,5.</translation>
  </message>
  <message>
   <source>Not less than {least}.</source>
   <translation>Niet minder dan {least}.</translation>
  </message>
  <message>
   <source>Take {size} from the shape</source>
   <translation>Neem {size} over uit de vorm</translation>
  </message>
  <message>
   <source>The year lies between {first} and {last}.</source>
   <translation>Het jaar ligt tussen {first} en {last}.</translation>
  </message>
  <message>
   <source>Year</source>
   <translation>Jaar</translation>
  </message>
  <message>
   <source>Year in which it is there</source>
   <translation>Jaar waarin het er is</translation>
  </message>
 </context>
 <context>
  <name>AnswerDialog</name>
  <message>
   <source>Answer</source>
   <translation>Beantwoord</translation>
  </message>
  <message>
   <source>Answer recorded; save the edits of the proposal to keep it.</source>
   <translation>Antwoord vastgelegd. Sla de bewerkingen op.</translation>
  </message>
  <message>
   <source>Answer:</source>
   <translation>Antwoord:</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>Explanation</source>
   <translation>Toelichting</translation>
  </message>
  <message>
   <source>Holds for</source>
   <translation>Geldt voor</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Leg vast</translation>
  </message>
  <message>
   <source>Test all to see the outcome.</source>
   <translation>Toets alles om de uitkomst te zien.</translation>
  </message>
  <message>
   <source>The proposal is no longer open: nothing was recorded.</source>
   <translation>Het voorstel is niet meer open: er is niets vastgelegd.</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nee</translation>
  </message>
  <message>
   <source>not applicable</source>
   <translation>niet van toepassing</translation>
  </message>
  <message>
   <source>the feature that was chosen</source>
   <translation>het gekozen object</translation>
  </message>
  <message>
   <source>the whole variant</source>
   <translation>de hele variant</translation>
  </message>
  <message>
   <source>the {count} features chosen</source>
   <translation>de {count} gekozen objecten</translation>
  </message>
  <message>
   <source>what is selected on the map ({count})</source>
   <translation>de selectie op de kaart ({count})</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
 </context>
 <context>
  <name>BalanceDock</name>
  <message>
   <source>Balance</source>
   <translation>Balans</translation>
  </message>
  <message>
   <source>Balance written to {path}.</source>
   <translation>Balans geschreven naar {path}.</translation>
  </message>
  <message>
   <source>Copy as text</source>
   <translation>Kopiëren als tekst</translation>
  </message>
  <message>
   <source>Count again</source>
   <translation>Opnieuw tellen</translation>
  </message>
  <message>
   <source>Count again, copy, export</source>
   <translation>Opnieuw tellen, kopiëren, exporteren</translation>
  </message>
  <message>
   <source>Counting</source>
   <translation>Bezig met tellen</translation>
  </message>
  <message>
   <source>Counting what is drawn…</source>
   <translation>Wat is getekend wordt geteld…</translation>
  </message>
  <message>
   <source>Export as CSV…</source>
   <translation>Exporteren als CSV…</translation>
  </message>
  <message>
   <source>Export the balance</source>
   <translation>Balans exporteren</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Meer</translation>
  </message>
  <message>
   <source>New proposal…</source>
   <translation>Nieuw voorstel…</translation>
  </message>
  <message>
   <source>No programme names a target for this place and these years.</source>
   <translation>Geen programma noemt een doel voor deze plaats en deze jaren.</translation>
  </message>
  <message>
   <source>No proposal in this project yet.</source>
   <translation>Nog geen voorstel in dit project.</translation>
  </message>
  <message>
   <source>Not counted again: {why}</source>
   <translation>Niet opnieuw geteld: {why}</translation>
  </message>
  <message>
   <source>Show all variants side by side</source>
   <translation>Alle varianten naast elkaar tonen</translation>
  </message>
  <message>
   <source>Targets and what is drawn for them</source>
   <translation>Doelen en wat ervoor is getekend</translation>
  </message>
  <message>
   <source>The balance is on the clipboard.</source>
   <translation>De balans staat op het klembord.</translation>
  </message>
  <message>
   <source>The balance was not written: {why}</source>
   <translation>De balans is niet geschreven: {why}</translation>
  </message>
  <message>
   <source>There is one variant: nothing to lay beside it</source>
   <translation>Er is één variant: er is niets om ernaast te leggen</translation>
  </message>
  <message>
   <source>These features are not on the map any more. Count again.</source>
   <translation>Deze objecten staan niet meer op de kaart. Tel opnieuw.</translation>
  </message>
  <message>
   <source>Variants side by side</source>
   <translation>Varianten naast elkaar</translation>
  </message>
 </context>
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
  <name>BalanceWords</name>
  <message>
   <source>1 contribution claimed twice</source>
   <translation>1 bijdrage dubbel geclaimd</translation>
  </message>
  <message>
   <source>1 quantity drawn without target</source>
   <translation>1 hoeveelheid getekend zonder doel</translation>
  </message>
  <message>
   <source>1 remark about this count</source>
   <translation>1 opmerking bij deze telling</translation>
  </message>
  <message>
   <source>1 target that cannot be tested</source>
   <translation>1 doel niet toetsbaar</translation>
  </message>
  <message>
   <source>1 target without contribution</source>
   <translation>1 doel zonder bijdrage</translation>
  </message>
  <message>
   <source>Cannot be tested.</source>
   <translation>Niet toetsbaar.</translation>
  </message>
  <message>
   <source>Missing: {what}.</source>
   <translation>Ontbreekt: {what}.</translation>
  </message>
  <message>
   <source>Source: {source}</source>
   <translation>Bron: {source}</translation>
  </message>
  <message>
   <source>about {figure}</source>
   <translation>circa {figure}</translation>
  </message>
  <message>
   <source>at most {figure}</source>
   <translation>hoogstens {figure}</translation>
  </message>
  <message>
   <source>cannot be tested</source>
   <translation>niet toetsbaar</translation>
  </message>
  <message>
   <source>from {first}</source>
   <translation>vanaf {first}</translation>
  </message>
  <message>
   <source>less than {figure}</source>
   <translation>minder dan {figure}</translation>
  </message>
  <message>
   <source>more than {figure}</source>
   <translation>meer dan {figure}</translation>
  </message>
  <message>
   <source>no year named</source>
   <translation>zonder jaar</translation>
  </message>
  <message>
   <source>reached</source>
   <translation>gehaald</translation>
  </message>
  <message>
   <source>shortage</source>
   <translation>tekort</translation>
  </message>
  <message>
   <source>surplus</source>
   <translation>overschot</translation>
  </message>
  <message>
   <source>the border of {place}</source>
   <translation>de grens van {place}</translation>
  </message>
  <message>
   <source>the border of {place}, or features that name it as their NOVEX area</source>
   <translation>de grens van {place}, of objecten die dit als hun NOVEX-gebied noemen</translation>
  </message>
  <message>
   <source>until and including {last}</source>
   <translation>tot en met {last}</translation>
  </message>
  <message>
   <source>within bandwidth</source>
   <translation>binnen bandbreedte</translation>
  </message>
  <message>
   <source>{amount} not counted</source>
   <translation>{amount} niet geteld</translation>
  </message>
  <message>
   <source>{done} of {told} reached</source>
   <translation>{done} van {told} gehaald</translation>
  </message>
  <message>
   <source>{drawn} drawn of {asked}: {left} to go.</source>
   <translation>{drawn} getekend van {asked}: nog {left} te gaan.</translation>
  </message>
  <message>
   <source>{drawn} drawn of {asked}: {more} more than asked.</source>
   <translation>{drawn} getekend van {asked}: {more} meer dan gevraagd.</translation>
  </message>
  <message>
   <source>{drawn} drawn of {asked}: {word}.</source>
   <translation>{drawn} getekend van {asked}: {word}.</translation>
  </message>
  <message>
   <source>{first} until and including {last}</source>
   <translation>{first} tot en met {last}</translation>
  </message>
  <message>
   <source>{n} contributions claimed twice</source>
   <translation>{n} bijdragen dubbel geclaimd</translation>
  </message>
  <message>
   <source>{n} quantities drawn without target</source>
   <translation>{n} hoeveelheden getekend zonder doel</translation>
  </message>
  <message>
   <source>{n} remarks about this count</source>
   <translation>{n} opmerkingen bij deze telling</translation>
  </message>
  <message>
   <source>{n} targets that cannot be tested</source>
   <translation>{n} doelen niet toetsbaar</translation>
  </message>
  <message>
   <source>{n} targets without contribution</source>
   <translation>{n} doelen zonder bijdrage</translation>
  </message>
 </context>
 <context>
  <name>BarDelegate</name>
  <message>
   <source>Missing: {what}.</source>
   <translation>Ontbreekt: {what}.</translation>
  </message>
 </context>
 <context>
  <name>BasissetDock</name>
  <message>
   <source>Another area than that of the snapshot becomes a snapshot of its own.</source>
   <translation>Een ander gebied dan dat van de momentopname wordt een eigen momentopname.</translation>
  </message>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Datasets of the basisset</source>
   <translation>Datasets van de basisset</translation>
  </message>
  <message>
   <source>Find the basisset</source>
   <translation>Basisset zoeken</translation>
  </message>
  <message>
   <source>Folder of the snapshot</source>
   <translation>Map van de momentopname</translation>
  </message>
  <message>
   <source>No border is known: pull a dataset with provinces, or bind one</source>
   <translation>De grens is niet bekend: haal een dataset met provincies op, of koppel er een</translation>
  </message>
  <message>
   <source>No dataset fits search and filter.</source>
   <translation>Geen dataset past bij zoekwoord en filter.</translation>
  </message>
  <message>
   <source>No province is chosen: open a proposal, or choose one in the settings</source>
   <translation>Er is geen provincie gekozen: open een voorstel, of kies er een in de instellingen</translation>
  </message>
  <message>
   <source>On map</source>
   <translation>Op kaart</translation>
  </message>
  <message>
   <source>Pull this dataset</source>
   <translation>Deze dataset ophalen</translation>
  </message>
  <message>
   <source>Select polygons in the active layer first</source>
   <translation>Selecteer eerst vlakken in de actieve laag</translation>
  </message>
  <message>
   <source>Show all datasets</source>
   <translation>Alle datasets tonen</translation>
  </message>
  <message>
   <source>The catalogue has not been asked yet which datasets there are.</source>
   <translation>De catalogus is nog niet gevraagd welke datasets er zijn.</translation>
  </message>
  <message>
   <source>map view</source>
   <translation>kaartbeeld</translation>
  </message>
  <message>
   <source>selection</source>
   <translation>selectie</translation>
  </message>
 </context>
 <context>
  <name>BindDialog</name>
  <message>
   <source>1 rule waits for this.</source>
   <translation>1 regel wacht hierop.</translation>
  </message>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Bind</source>
   <translation>Koppel</translation>
  </message>
  <message>
   <source>Bind data</source>
   <translation>Koppel gegevens</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>Data to choose from</source>
   <translation>Gegevens om uit te kiezen</translation>
  </message>
  <message>
   <source>Field</source>
   <translation>Veld</translation>
  </message>
  <message>
   <source>Layers of this project</source>
   <translation>Lagen in dit project</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Peil</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Naam</translation>
  </message>
  <message>
   <source>Only these features</source>
   <translation>Alleen deze objecten</translation>
  </message>
  <message>
   <source>Own layer</source>
   <translation>Eigen laag, buiten de basisset</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>Plaats</translation>
  </message>
  <message>
   <source>Pull</source>
   <translation>Ophalen</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Reden</translation>
  </message>
  <message>
   <source>Suggested</source>
   <translation>Voorgesteld</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>Eenheid</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Waarden</translation>
  </message>
  <message>
   <source>all features</source>
   <translation>alle objecten</translation>
  </message>
  <message>
   <source>search…</source>
   <translation>zoek…</translation>
  </message>
  <message>
   <source>{count} rules wait for this.</source>
   <translation>{count} regels wachten hierop.</translation>
  </message>
  <message>
   <source>{title} is bound.</source>
   <translation>{title} is gekoppeld.</translation>
  </message>
  <message>
   <source>{title} is bound; pull it to test with it.</source>
   <translation>{title} is gekoppeld; haal de dataset op om ermee te toetsen.</translation>
  </message>
 </context>
 <context>
  <name>BusyRow</name>
  <message>
   <source>Cancel</source>
   <translation>Annuleer</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Stopt…</translation>
  </message>
 </context>
 <context>
  <name>Candidates</name>
  <message>
   <source>Save this layer as a GeoPackage first.</source>
   <translation>Sla deze laag eerst op als GeoPackage.</translation>
  </message>
  <message>
   <source>Save this layer in EPSG:28992 first.</source>
   <translation>Sla deze laag eerst op in EPSG:28992.</translation>
  </message>
  <message>
   <source>This layer has another kind of geometry than the rules ask for.</source>
   <translation>De regels vragen een andere soort geometrie.</translation>
  </message>
  <message>
   <source>not pulled yet</source>
   <translation>nog niet opgehaald</translation>
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
  <name>ChangesView</name>
  <message>
   <source>Before and now</source>
   <translation>Was en nu</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Wijziging</translation>
  </message>
  <message>
   <source>Changes</source>
   <translation>Wijzigingen</translation>
  </message>
  <message>
   <source>Legend unit and feature</source>
   <translation>Legenda-eenheid en object</translation>
  </message>
  <message>
   <source>Outcomes of rules</source>
   <translation>Uitkomsten van regels</translation>
  </message>
  <message>
   <source>Totals of the balance</source>
   <translation>Totalen van de balans</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>Versies</translation>
  </message>
  <message>
   <source>added</source>
   <translation>toegevoegd</translation>
  </message>
  <message>
   <source>another shape</source>
   <translation>andere vorm</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>gewijzigd</translation>
  </message>
  <message>
   <source>contributions</source>
   <translation>bijdragen</translation>
  </message>
  <message>
   <source>moved by {distance}</source>
   <translation>{distance} verschoven</translation>
  </message>
  <message>
   <source>removed</source>
   <translation>vervallen</translation>
  </message>
  <message>
   <source>without legend unit</source>
   <translation>zonder legenda-eenheid</translation>
  </message>
  <message>
   <source>{added} added · {changed} changed · {removed} removed · {unchanged} the same</source>
   <translation>{added} toegevoegd · {changed} gewijzigd · {removed} vervallen · {unchanged} gelijk</translation>
  </message>
  <message>
   <source>{count} added</source>
   <translation>{count} toegevoegd</translation>
  </message>
  <message>
   <source>{count} changed</source>
   <translation>{count} gewijzigd</translation>
  </message>
  <message>
   <source>{count} removed</source>
   <translation>{count} vervallen</translation>
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
  <name>CheckDock</name>
  <message>
   <source>New proposal…</source>
   <translation>Nieuw voorstel…</translation>
  </message>
  <message>
   <source>No proposal in this project yet.</source>
   <translation>Nog geen voorstel in dit project.</translation>
  </message>
  <message>
   <source>Nothing to show with these filters.</source>
   <translation>Met deze filters is er niets te tonen.</translation>
  </message>
  <message>
   <source>Rules about the whole variant are older than the last edit: {count}.</source>
   <translation>Regels over de hele variant die ouder zijn dan de laatste wijziging: {count}.</translation>
  </message>
  <message>
   <source>Show all again</source>
   <translation>Toon alles weer</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Toetsen</translation>
  </message>
  <message>
   <source>Test again</source>
   <translation>Toets opnieuw</translation>
  </message>
  <message>
   <source>Test the whole variant</source>
   <translation>Toets de hele variant</translation>
  </message>
  <message>
   <source>Tested on {day} at {time}.</source>
   <translation>Getoetst op {day} om {time}.</translation>
  </message>
  <message>
   <source>The test failed: {why}</source>
   <translation>Het toetsen is mislukt: {why}</translation>
  </message>
  <message>
   <source>The variant is being tested…</source>
   <translation>De variant wordt getoetst…</translation>
  </message>
  <message>
   <source>There is no finding about this. Test the whole variant to be sure.</source>
   <translation>Hierover is geen bevinding. Toets de hele variant om zeker te zijn.</translation>
  </message>
  <message>
   <source>This variant has not been tested yet.</source>
   <translation>Deze variant is nog niet getoetst.</translation>
  </message>
 </context>
 <context>
  <name>Choice</name>
  <message>
   <source>All places</source>
   <translation>Alle plaatsen</translation>
  </message>
  <message>
   <source>All years</source>
   <translation>Alle jaren</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>Plaats</translation>
  </message>
  <message>
   <source>Place whose targets are shown</source>
   <translation>Plaats waarvan de doelen worden getoond</translation>
  </message>
  <message>
   <source>Targets until and including 2030, those of later years, or all</source>
   <translation>Doelen tot en met 2030, die van latere jaren, of alle</translation>
  </message>
  <message>
   <source>Variant</source>
   <translation>Variant</translation>
  </message>
  <message>
   <source>Variant that is drawn in and counted</source>
   <translation>Variant waarin wordt getekend en die wordt geteld</translation>
  </message>
  <message>
   <source>Year</source>
   <translation>Jaar</translation>
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
  <name>ContentBox</name>
  <message>
   <source>1 area</source>
   <translation>1 vlak</translation>
  </message>
  <message>
   <source>1 contribution</source>
   <translation>1 bijdrage</translation>
  </message>
  <message>
   <source>1 explanation</source>
   <translation>1 motivering</translation>
  </message>
  <message>
   <source>1 image only</source>
   <translation>1 alleen beeld</translation>
  </message>
  <message>
   <source>1 layer of the province's own</source>
   <translation>1 eigen laag</translation>
  </message>
  <message>
   <source>1 line</source>
   <translation>1 lijn</translation>
  </message>
  <message>
   <source>1 local copy</source>
   <translation>1 lokale kopie</translation>
  </message>
  <message>
   <source>1 not pulled</source>
   <translation>1 niet opgehaald</translation>
  </message>
  <message>
   <source>1 point</source>
   <translation>1 punt</translation>
  </message>
  <message>
   <source>1 statement</source>
   <translation>1 verklaring</translation>
  </message>
  <message>
   <source>Beside it</source>
   <translation>Daarbij</translation>
  </message>
  <message>
   <source>Dataset</source>
   <translation>Dataset</translation>
  </message>
  <message>
   <source>Datasets</source>
   <translation>Datasets</translation>
  </message>
  <message>
   <source>Datasets one by one</source>
   <translation>Datasets stuk voor stuk</translation>
  </message>
  <message>
   <source>Drawn</source>
   <translation>Getekend</translation>
  </message>
  <message>
   <source>Goes along as</source>
   <translation>Gaat mee als</translation>
  </message>
  <message>
   <source>Put the data in</source>
   <translation>Gegevens meeleveren</translation>
  </message>
  <message>
   <source>Put the data in (about {size} MB more)</source>
   <translation>Gegevens meeleveren (ongeveer {size} MB meer)</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Grootte</translation>
  </message>
  <message>
   <source>What goes along</source>
   <translation>Wat gaat mee</translation>
  </message>
  <message>
   <source>Without the data a receiver cannot recompute the rules that need them, unless by the same snapshot</source>
   <translation>Zonder de gegevens kan de ontvanger de regels die ze vragen niet narekenen, tenzij met dezelfde momentopname</translation>
  </message>
  <message>
   <source>about {size} MB</source>
   <translation>ongeveer {size} MB</translation>
  </message>
  <message>
   <source>address of the image</source>
   <translation>adres van het beeld</translation>
  </message>
  <message>
   <source>data</source>
   <translation>gegevens</translation>
  </message>
  <message>
   <source>name and digest</source>
   <translation>naam en controlegetal</translation>
  </message>
  <message>
   <source>no contributions, statements or explanations</source>
   <translation>geen bijdragen, verklaringen of motiveringen</translation>
  </message>
  <message>
   <source>none: no snapshot was chosen</source>
   <translation>geen: er is geen momentopname gekozen</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>nog niets</translation>
  </message>
  <message>
   <source>only its name</source>
   <translation>alleen de naam</translation>
  </message>
  <message>
   <source>{count} areas</source>
   <translation>{count} vlakken</translation>
  </message>
  <message>
   <source>{count} contributions</source>
   <translation>{count} bijdragen</translation>
  </message>
  <message>
   <source>{count} explanations</source>
   <translation>{count} motiveringen</translation>
  </message>
  <message>
   <source>{count} images only</source>
   <translation>{count} alleen beeld</translation>
  </message>
  <message>
   <source>{count} layers of the province's own</source>
   <translation>{count} eigen lagen</translation>
  </message>
  <message>
   <source>{count} lines</source>
   <translation>{count} lijnen</translation>
  </message>
  <message>
   <source>{count} local copies</source>
   <translation>{count} lokale kopieën</translation>
  </message>
  <message>
   <source>{count} not pulled</source>
   <translation>{count} niet opgehaald</translation>
  </message>
  <message>
   <source>{count} points</source>
   <translation>{count} punten</translation>
  </message>
  <message>
   <source>{count} statements</source>
   <translation>{count} verklaringen</translation>
  </message>
 </context>
 <context>
  <name>Contributions</name>
  <message>
   <source>More quantities</source>
   <translation>Meer hoeveelheden</translation>
  </message>
  <message>
   <source>More quantities ({count})</source>
   <translation>Meer hoeveelheden ({count})</translation>
  </message>
 </context>
 <context>
  <name>Counting</name>
  <message>
   <source>Count the balance</source>
   <translation>Balans opmaken</translation>
  </message>
 </context>
 <context>
  <name>DatasetModel</name>
  <message>
   <source>Actual situation</source>
   <translation>Feitelijke situatie</translation>
  </message>
  <message>
   <source>Kind not known</source>
   <translation>Soort onbekend</translation>
  </message>
  <message>
   <source>Knowledge maps</source>
   <translation>Kenniskaarten</translation>
  </message>
  <message>
   <source>Legal frameworks</source>
   <translation>Wettelijke kaders</translation>
  </message>
  <message>
   <source>Not used by any rule</source>
   <translation>Door geen regel gebruikt</translation>
  </message>
  <message>
   <source>Policy frameworks</source>
   <translation>Beleidskaders</translation>
  </message>
  <message>
   <source>{pulled} of {found} in the snapshot</source>
   <translation>{pulled} van {found} in de momentopname</translation>
  </message>
  <message>
   <source>▣ image only</source>
   <translation>▣ alleen beeld</translation>
  </message>
  <message>
   <source>◌ service</source>
   <translation>◌ dienst</translation>
  </message>
  <message>
   <source>● local</source>
   <translation>● lokaal</translation>
  </message>
  <message>
   <source>◐ outdated</source>
   <translation>◐ verouderd</translation>
  </message>
  <message>
   <source>⚠ no address</source>
   <translation>⚠ geen adres</translation>
  </message>
  <message>
   <source>✕ failed</source>
   <translation>✕ mislukt</translation>
  </message>
 </context>
 <context>
  <name>DeliverDialog</name>
  <message>
   <source>&amp;Deliver</source>
   <translation>&amp;Leveren</translation>
  </message>
  <message>
   <source>&amp;Received</source>
   <translation>&amp;Ontvangen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Sluit</translation>
  </message>
  <message>
   <source>Deliver</source>
   <translation>Leveren</translation>
  </message>
 </context>
 <context>
  <name>DeliverPage</name>
  <message>
   <source>A final delivery asks for what is marked with !; a draft can be made now.</source>
   <translation>Definitief vraagt eerst wat met ! is gemerkt; een concept kan nu al.</translation>
  </message>
  <message>
   <source>Deliver</source>
   <translation>Lever</translation>
  </message>
  <message>
   <source>First do what is marked with ✕.</source>
   <translation>Doe eerst wat met ✕ is gemerkt.</translation>
  </message>
  <message>
   <source>Looking at the proposal…</source>
   <translation>Het voorstel wordt bekeken…</translation>
  </message>
  <message>
   <source>Making the delivery</source>
   <translation>Levering maken</translation>
  </message>
  <message>
   <source>New proposal…</source>
   <translation>Nieuw voorstel…</translation>
  </message>
  <message>
   <source>No delivery was written: {why}</source>
   <translation>Er is geen levering geschreven: {why}</translation>
  </message>
  <message>
   <source>Save and deliver</source>
   <translation>Sla op en lever</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Toon</translation>
  </message>
  <message>
   <source>Still to do</source>
   <translation>Nog te doen</translation>
  </message>
  <message>
   <source>Stopped. Nothing was written.</source>
   <translation>Gestopt. Er is niets geschreven.</translation>
  </message>
  <message>
   <source>Stopped. The delivery is whole, but was not recomputed.</source>
   <translation>Gestopt. De levering is heel, maar niet nagerekend.</translation>
  </message>
  <message>
   <source>The delivery was written, but could not be recomputed: {why}</source>
   <translation>De levering is geschreven, maar niet na te rekenen: {why}</translation>
  </message>
  <message>
   <source>The edits could not be saved: {what}</source>
   <translation>De wijzigingen zijn niet opgeslagen: {what}</translation>
  </message>
  <message>
   <source>The report cannot be opened any more: the delivery was moved or changed.</source>
   <translation>Het rapport is niet meer te openen: de levering is verplaatst of gewijzigd.</translation>
  </message>
  <message>
   <source>There is no proposal in this project yet.</source>
   <translation>Nog geen voorstel in dit project.</translation>
  </message>
  <message>
   <source>✓ Nothing is left to do.</source>
   <translation>✓ Er is niets meer te doen.</translation>
  </message>
 </context>
 <context>
  <name>Deliveries</name>
  <message>
   <source>As of</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Bestand</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Uitkomst</translation>
  </message>
  <message>
   <source>Province</source>
   <translation>Provincie</translation>
  </message>
  <message>
   <source>Variant</source>
   <translation>Variant</translation>
  </message>
  <message>
   <source>draft</source>
   <translation>concept</translation>
  </message>
  <message>
   <source>final</source>
   <translation>definitief</translation>
  </message>
 </context>
 <context>
  <name>Desktop</name>
  <message>
   <source>Balance</source>
   <translation>Balans</translation>
  </message>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Deliver</source>
   <translation>Leveren</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Tekenen</translation>
  </message>
  <message>
   <source>Draw the proposal in the agreed legend</source>
   <translation>Het voorstel tekenen in de afgesproken legenda</translation>
  </message>
  <message>
   <source>Find, pull and show the datasets that everybody uses</source>
   <translation>De datasets die iedereen gebruikt vinden, ophalen en tonen</translation>
  </message>
  <message>
   <source>Hand over the proposal, or read what others handed over</source>
   <translation>Het voorstel overdragen, of lezen wat anderen overdroegen</translation>
  </message>
  <message>
   <source>Import a layer…</source>
   <translation>Laag importeren…</translation>
  </message>
  <message>
   <source>Make a project with an empty proposal, a layer or a delivery</source>
   <translation>Een project maken met een leeg voorstel, een laag of een levering</translation>
  </message>
  <message>
   <source>New proposal…</source>
   <translation>Nieuw voorstel…</translation>
  </message>
  <message>
   <source>See what is drawn beside what is asked</source>
   <translation>Zien wat is getekend naast wat wordt gevraagd</translation>
  </message>
  <message>
   <source>See what the rules of the national programmes say</source>
   <translation>Zien wat de regels van de nationale programma's zeggen</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Instellingen…</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Toetsen</translation>
  </message>
  <message>
   <source>The way in four sentences</source>
   <translation>De weg in vier zinnen</translation>
  </message>
  <message>
   <source>What each step is for</source>
   <translation>Waar elke stap voor is</translation>
  </message>
 </context>
 <context>
  <name>Detail</name>
  <message>
   <source>1 feature</source>
   <translation>1 object</translation>
  </message>
  <message>
   <source>Asked</source>
   <translation>Gevraagd</translation>
  </message>
  <message>
   <source>Details of the target</source>
   <translation>Bijzonderheden van het doel</translation>
  </message>
  <message>
   <source>Missing: {what}.</source>
   <translation>Ontbreekt: {what}.</translation>
  </message>
  <message>
   <source>Of known precision</source>
   <translation>Precisie</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Bron</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>The features that the figure is made of</source>
   <translation>De objecten waaruit het getal bestaat</translation>
  </message>
  <message>
   <source>What is this made of? 1 area</source>
   <translation>Waaruit bestaat dit? 1 vlak</translation>
  </message>
  <message>
   <source>What is this made of? 1 feature</source>
   <translation>Waaruit bestaat dit? 1 object</translation>
  </message>
  <message>
   <source>What is this made of? 1 line</source>
   <translation>Waaruit bestaat dit? 1 lijn</translation>
  </message>
  <message>
   <source>What is this made of? 1 point</source>
   <translation>Waaruit bestaat dit? 1 punt</translation>
  </message>
  <message>
   <source>What is this made of? {n} areas</source>
   <translation>Waaruit bestaat dit? {n} vlakken</translation>
  </message>
  <message>
   <source>What is this made of? {n} features</source>
   <translation>Waaruit bestaat dit? {n} objecten</translation>
  </message>
  <message>
   <source>What is this made of? {n} lines</source>
   <translation>Waaruit bestaat dit? {n} lijnen</translation>
  </message>
  <message>
   <source>What is this made of? {n} points</source>
   <translation>Waaruit bestaat dit? {n} punten</translation>
  </message>
  <message>
   <source>{n} features</source>
   <translation>{n} objecten</translation>
  </message>
  <message>
   <source>{n} features at the same place claim the same. Counted: {counted}; not counted: {left}.</source>
   <translation>{n} objecten op dezelfde plek tellen hetzelfde. Geteld: {counted}; niet geteld: {left}.</translation>
  </message>
  <message>
   <source>{n} features claim the same on {area} of shared ground. Counted: {counted}; not counted: {left}.</source>
   <translation>{n} objecten tellen hetzelfde op {area} gedeelde grond. Geteld: {counted}; niet geteld: {left}.</translation>
  </message>
 </context>
 <context>
  <name>Details</name>
  <message>
   <source>As of</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Details of the dataset</source>
   <translation>Gegevens van de dataset</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Licentie</translation>
  </message>
  <message>
   <source>Not used by any rule.</source>
   <translation>Door geen regel gebruikt.</translation>
  </message>
  <message>
   <source>Owner</source>
   <translation>Bronhouder</translation>
  </message>
  <message>
   <source>Pulled</source>
   <translation>Opgehaald</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Record</translation>
  </message>
  <message>
   <source>Select a dataset to see what is known of it.</source>
   <translation>Kies een dataset om te zien wat ervan bekend is.</translation>
  </message>
  <message>
   <source>Services</source>
   <translation>Diensten</translation>
  </message>
  <message>
   <source>Used by 1 rule</source>
   <translation>Gebruikt door 1 regel</translation>
  </message>
  <message>
   <source>Used by {count} rules</source>
   <translation>Gebruikt door {count} regels</translation>
  </message>
  <message>
   <source>candidate</source>
   <translation>kandidaat</translation>
  </message>
  <message>
   <source>candidate for 1 rule</source>
   <translation>kandidaat voor 1 regel</translation>
  </message>
  <message>
   <source>candidate for {count} rules</source>
   <translation>kandidaat voor {count} regels</translation>
  </message>
  <message>
   <source>open in the catalogue</source>
   <translation>openen in de catalogus</translation>
  </message>
  <message>
   <source>{date} · 1 feature</source>
   <translation>{date} · 1 object</translation>
  </message>
  <message>
   <source>{date} · no features in this area</source>
   <translation>{date} · geen objecten in dit gebied</translation>
  </message>
  <message>
   <source>{date} · {count} features</source>
   <translation>{date} · {count} objecten</translation>
  </message>
 </context>
 <context>
  <name>DifferencesView</name>
  <message>
   <source>1 difference</source>
   <translation>1 verschil</translation>
  </message>
  <message>
   <source>1 rule not recomputed, as the data did not go along</source>
   <translation>1 regel niet nagerekend, want de gegevens gaan niet mee</translation>
  </message>
  <message>
   <source>Differences</source>
   <translation>Verschillen</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gevonden</translation>
  </message>
  <message>
   <source>Not recomputed</source>
   <translation>Niet nagerekend</translation>
  </message>
  <message>
   <source>Says</source>
   <translation>Zegt</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Plaats</translation>
  </message>
  <message>
   <source>{count} differences</source>
   <translation>{count} verschillen</translation>
  </message>
  <message>
   <source>{count} rules not recomputed, as the data did not go along</source>
   <translation>{count} regels niet nagerekend, want de gegevens gaan niet mee</translation>
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
  <name>DrawDock</name>
  <message>
   <source>1 change not saved</source>
   <translation>1 wijziging niet opgeslagen</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Tekenen</translation>
  </message>
  <message>
   <source>New proposal…</source>
   <translation>Nieuw voorstel…</translation>
  </message>
  <message>
   <source>No proposal in this project yet.</source>
   <translation>Nog geen voorstel in dit project.</translation>
  </message>
  <message>
   <source>Save with Save Edits of QGIS</source>
   <translation>Opslaan: met Laagbewerkingen opslaan van QGIS</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Stop</translation>
  </message>
  <message>
   <source>Stop drawing (Esc)</source>
   <translation>Stop met tekenen (Esc)</translation>
  </message>
  <message>
   <source>{count} changes not saved</source>
   <translation>{count} wijzigingen niet opgeslagen</translation>
  </message>
 </context>
 <context>
  <name>Edits</name>
  <message>
   <source>A layer of the proposal was taken out of the project. Add it again to go on.</source>
   <translation>Een laag van het voorstel is uit het project gehaald. Voeg haar weer toe om verder te gaan.</translation>
  </message>
  <message>
   <source>Add it from where the proposal lies.</source>
   <translation>Voeg haar toe vanaf de plek van het voorstel.</translation>
  </message>
  <message>
   <source>Choose another one.</source>
   <translation>Kies een andere.</translation>
  </message>
  <message>
   <source>Copied to variant {variant}</source>
   <translation>Gekopieerd naar variant {variant}</translation>
  </message>
  <message>
   <source>Draw it again, with at least three points.</source>
   <translation>Teken haar opnieuw, een vlak met ten minste drie punten.</translation>
  </message>
  <message>
   <source>Give a shorter one, or a number.</source>
   <translation>Geef een kortere tekst, of een getal.</translation>
  </message>
  <message>
   <source>Make the proposal anew or migrate it.</source>
   <translation>Breng het voorstel over naar de afspraken van nu.</translation>
  </message>
  <message>
   <source>Open or make one first.</source>
   <translation>Open of maak er eerst een.</translation>
  </message>
  <message>
   <source>Removed</source>
   <translation>Verwijderd</translation>
  </message>
  <message>
   <source>Repair shapes that cross themselves first.</source>
   <translation>Herstel eerst vormen die zichzelf kruisen.</translation>
  </message>
  <message>
   <source>Select another one.</source>
   <translation>Selecteer een ander.</translation>
  </message>
  <message>
   <source>Variant renamed</source>
   <translation>Variant hernoemd</translation>
  </message>
  <message>
   <source>Variant {name} made</source>
   <translation>Variant {name} gemaakt</translation>
  </message>
  <message>
   <source>no proposal is open.</source>
   <translation>er is geen voorstel open.</translation>
  </message>
  <message>
   <source>the feature is not there any more.</source>
   <translation>het object is er niet meer.</translation>
  </message>
  <message>
   <source>the features were not merged: {why}.</source>
   <translation>de objecten zijn niet samengevoegd: {why}.</translation>
  </message>
  <message>
   <source>the layer {layer} has no such field.</source>
   <translation>de laag {layer} heeft dit veld niet.</translation>
  </message>
  <message>
   <source>the table {name} is not open in this project.</source>
   <translation>de tabel {name} is niet open in dit project.</translation>
  </message>
  <message>
   <source>the value does not fit in this field.</source>
   <translation>de waarde past niet in dit veld.</translation>
  </message>
  <message>
   <source>the variant is not there any more.</source>
   <translation>de variant is er niet meer.</translation>
  </message>
  <message>
   <source>these shapes cannot be joined.</source>
   <translation>deze vormen zijn niet samen te voegen.</translation>
  </message>
  <message>
   <source>this shape does not fit in one feature.</source>
   <translation>deze vorm past niet in één object.</translation>
  </message>
  <message>
   <source>{field} changed</source>
   <translation>{field} gewijzigd</translation>
  </message>
  <message>
   <source>{unit} drawn</source>
   <translation>{unit} getekend</translation>
  </message>
  <message>
   <source>{unit} on the same ground</source>
   <translation>{unit} op dezelfde grond</translation>
  </message>
 </context>
 <context>
  <name>Entries</name>
  <message>
   <source>Feature</source>
   <translation>Object</translation>
  </message>
  <message>
   <source>Geometry</source>
   <translation>Geometrie</translation>
  </message>
  <message>
   <source>No legend unit</source>
   <translation>Geen legenda-eenheid</translation>
  </message>
  <message>
   <source>The geometry can be measured</source>
   <translation>De geometrie is te meten</translation>
  </message>
  <message>
   <source>The whole variant</source>
   <translation>Hele variant</translation>
  </message>
  <message>
   <source>explanation does not count</source>
   <translation>motivering geldt niet</translation>
  </message>
 </context>
 <context>
  <name>ExistingChoice</name>
  <message>
   <source>(choose)</source>
   <translation>(kies)</translation>
  </message>
  <message>
   <source>(none)</source>
   <translation>(geen)</translation>
  </message>
  <message>
   <source>Asking {database}…</source>
   <translation>{database} wordt gevraagd…</translation>
  </message>
  <message>
   <source>Database</source>
   <translation>Database</translation>
  </message>
  <message>
   <source>Look for proposals</source>
   <translation>Voorstellen zoeken</translation>
  </message>
  <message>
   <source>Propo&amp;sal</source>
   <translation>Voor&amp;stel</translation>
  </message>
  <message>
   <source>Proposal</source>
   <translation>Voorstel</translation>
  </message>
  <message>
   <source>Proposal in the database</source>
   <translation>Voorstel in de database</translation>
  </message>
  <message>
   <source>This database holds no proposal that you may read.</source>
   <translation>In deze database staat geen voorstel dat te lezen is.</translation>
  </message>
  <message>
   <source>or in &amp;database</source>
   <translation>of in &amp;database</translation>
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
  <name>ExplainDialog</name>
  <message>
   <source>1 explanation recorded; save the edits of the proposal to keep it.</source>
   <translation>1 motivering vastgelegd. Sla de bewerkingen op.</translation>
  </message>
  <message>
   <source>After this ijkmoment the explanation no longer counts</source>
   <translation>Na dit ijkmoment telt de motivering niet meer</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>Exception</source>
   <translation>Uitzondering</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>Motiveer</translation>
  </message>
  <message>
   <source>Explain findings</source>
   <translation>Bevindingen motiveren</translation>
  </message>
  <message>
   <source>Fill in the organisation and its role, never a person</source>
   <translation>Vul de organisatie en haar rol in, nooit een persoon</translation>
  </message>
  <message>
   <source>Holds until ijkmoment</source>
   <translation>Geldt tot en met ijkmoment</translation>
  </message>
  <message>
   <source>Organisation</source>
   <translation>Organisatie</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Reden</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Leg vast</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>Rol</translation>
  </message>
  <message>
   <source>Test all to see the outcome of rules on the whole variant.</source>
   <translation>Toets alles om de uitkomst van regels over de hele variant te zien.</translation>
  </message>
  <message>
   <source>The proposal is no longer open: nothing was recorded.</source>
   <translation>Het voorstel is niet meer open: er is niets vastgelegd.</translation>
  </message>
  <message>
   <source>Why this place, and what is done about it</source>
   <translation>Waarom hier, en wat er tegenover staat</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>en nog {count}</translation>
  </message>
  <message>
   <source>choose an exception</source>
   <translation>kies een uitzondering</translation>
  </message>
  <message>
   <source>no end</source>
   <translation>geen einde</translation>
  </message>
  <message>
   <source>none</source>
   <translation>geen</translation>
  </message>
  <message>
   <source>{count} explanations recorded; save the edits of the proposal to keep them.</source>
   <translation>{count} motiveringen vastgelegd. Sla de bewerkingen op.</translation>
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
   <source>Export findings</source>
   <translation>Bevindingen uitvoeren</translation>
  </message>
  <message>
   <source>Export outcomes</source>
   <translation>Uitkomsten uitvoeren</translation>
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
  <message>
   <source>Written: {file}</source>
   <translation>Geschreven: {file}</translation>
  </message>
 </context>
 <context>
  <name>FeatureForm</name>
  <message>
   <source>(none)</source>
   <translation>(geen)</translation>
  </message>
  <message>
   <source>Also here</source>
   <translation>Ook hier</translation>
  </message>
  <message>
   <source>More fields</source>
   <translation>Meer velden</translation>
  </message>
  <message>
   <source>More for this feature</source>
   <translation>Meer voor dit object</translation>
  </message>
  <message>
   <source>Reason for step</source>
   <translation>Reden trede</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Trede</translation>
  </message>
  <message>
   <source>the shape crosses itself</source>
   <translation>de vorm kruist zichzelf</translation>
  </message>
  <message>
   <source>without a name</source>
   <translation>nog zonder naam</translation>
  </message>
 </context>
 <context>
  <name>FeatureNames</name>
  <message>
   <source>Read the names of features</source>
   <translation>Namen van objecten lezen</translation>
  </message>
 </context>
 <context>
  <name>FieldList</name>
  <message>
   <source>Agreement</source>
   <translation>Afspraken</translation>
  </message>
  <message>
   <source>Comes from</source>
   <translation>Komt uit</translation>
  </message>
  <message>
   <source>Fields of the agreement</source>
   <translation>Velden van de afspraken</translation>
  </message>
  <message>
   <source>Source of {field}</source>
   <translation>Bron van {field}</translation>
  </message>
  <message>
   <source>fixed value</source>
   <translation>vaste waarde</translation>
  </message>
  <message>
   <source>{field}, required</source>
   <translation>{field}, verplicht</translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message>
   <source>As a table</source>
   <translation>Als tabel</translation>
  </message>
  <message>
   <source>By feature</source>
   <translation>Per object</translation>
  </message>
  <message>
   <source>By legend unit</source>
   <translation>Per legenda-eenheid</translation>
  </message>
  <message>
   <source>By programme</source>
   <translation>Per programma</translation>
  </message>
  <message>
   <source>By rule</source>
   <translation>Per regel</translation>
  </message>
  <message>
   <source>Click to show or hide these.</source>
   <translation>Klik om deze te tonen of te verbergen.</translation>
  </message>
  <message>
   <source>Filter by hardness and programme</source>
   <translation>Filter op hardheid en programma</translation>
  </message>
  <message>
   <source>Group the findings, or show a table</source>
   <translation>Groepeer de bevindingen, of toon een tabel</translation>
  </message>
  <message>
   <source>Hardness</source>
   <translation>Hardheid</translation>
  </message>
  <message>
   <source>Only explanations that do not count</source>
   <translation>Alleen motiveringen die niet (meer) gelden</translation>
  </message>
  <message>
   <source>Only what lies in the view of the map</source>
   <translation>Alleen wat in het kaartbeeld ligt</translation>
  </message>
  <message>
   <source>Programme</source>
   <translation>Programma</translation>
  </message>
  <message>
   <source>Search in findings</source>
   <translation>Zoek in bevindingen</translation>
  </message>
  <message>
   <source>Show all again</source>
   <translation>Toon alles weer</translation>
  </message>
  <message>
   <source>Stop testing</source>
   <translation>Stop met toetsen</translation>
  </message>
  <message>
   <source>Test the whole variant (F9)</source>
   <translation>Toets de hele variant (F9)</translation>
  </message>
  <message>
   <source>all</source>
   <translation>alles</translation>
  </message>
  <message>
   <source>search…</source>
   <translation>zoek…</translation>
  </message>
  <message>
   <source>stop</source>
   <translation>stop</translation>
  </message>
  <message>
   <source>{word}: {count} rules</source>
   <translation>{word}: {count} regels</translation>
  </message>
 </context>
 <context>
  <name>FindingDetail</name>
  <message>
   <source>Answer the question of this rule</source>
   <translation>Beantwoord de vraag van deze regel</translation>
  </message>
  <message>
   <source>Answer…</source>
   <translation>Beantwoord…</translation>
  </message>
  <message>
   <source>Attention</source>
   <translation>Let op</translation>
  </message>
  <message>
   <source>Bind data…</source>
   <translation>Koppel gegevens…</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Gegevens</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bewerk</translation>
  </message>
  <message>
   <source>Explain {count}…</source>
   <translation>Motiveer {count}…</translation>
  </message>
  <message>
   <source>Explain…</source>
   <translation>Motiveer…</translation>
  </message>
  <message>
   <source>Limit: {limit}.</source>
   <translation>Grens: {limit}.</translation>
  </message>
  <message>
   <source>Measured: {measured}.</source>
   <translation>Gemeten: {measured}.</translation>
  </message>
  <message>
   <source>Open the form of the feature</source>
   <translation>Open het formulier van het object</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Pull</source>
   <translation>Ophalen</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>Lezing</translation>
  </message>
  <message>
   <source>Record why the plan departs from the rule here</source>
   <translation>Leg vast waarom het plan hier van de regel afwijkt</translation>
  </message>
  <message>
   <source>Set a limit…</source>
   <translation>Stel grens in…</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Toon</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Bron</translation>
  </message>
  <message>
   <source>The chosen finding</source>
   <translation>De gekozen bevinding</translation>
  </message>
  <message>
   <source>This prohibition has no exception to appeal to: adjust the design</source>
   <translation>Dit verbod kent geen uitzondering om een beroep op te doen: pas het ontwerp aan</translation>
  </message>
  <message>
   <source>Zoom to the finding (Enter)</source>
   <translation>Zoom naar de bevinding (Enter)</translation>
  </message>
  <message>
   <source>older than the last edit: test all to judge the whole variant again</source>
   <translation>ouder dan de laatste wijziging; toets alles om de hele variant opnieuw te beoordelen</translation>
  </message>
  <message>
   <source>{count} chosen</source>
   <translation>{count} gekozen</translation>
  </message>
 </context>
 <context>
  <name>FindingTable</name>
  <message>
   <source>Feature</source>
   <translation>Object</translation>
  </message>
  <message>
   <source>Hardness</source>
   <translation>Hardheid</translation>
  </message>
  <message>
   <source>Legend unit</source>
   <translation>Legenda-eenheid</translation>
  </message>
  <message>
   <source>Limit</source>
   <translation>Grens</translation>
  </message>
  <message>
   <source>Measured</source>
   <translation>Gemeten</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Melding</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Uitkomst</translation>
  </message>
  <message>
   <source>Programme</source>
   <translation>Programma</translation>
  </message>
  <message>
   <source>Rule</source>
   <translation>Regel</translation>
  </message>
 </context>
 <context>
  <name>FindingViews</name>
  <message>
   <source>Findings</source>
   <translation>Bevindingen</translation>
  </message>
  <message>
   <source>Findings as a table</source>
   <translation>Bevindingen als tabel</translation>
  </message>
 </context>
 <context>
  <name>Footer</name>
  <message>
   <source>As local copy</source>
   <translation>Als lokale kopie</translation>
  </message>
  <message>
   <source>As service ({type})</source>
   <translation>Als dienst ({type})</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Afbreken</translation>
  </message>
  <message>
   <source>Make local copies of the ticked datasets</source>
   <translation>Lokale kopieën maken van de aangevinkte datasets</translation>
  </message>
  <message>
   <source>On map</source>
   <translation>Op kaart</translation>
  </message>
  <message>
   <source>Pull ({count})</source>
   <translation>Ophalen ({count})</translation>
  </message>
  <message>
   <source>Put the selected dataset on the map</source>
   <translation>Gekozen dataset op de kaart zetten</translation>
  </message>
  <message>
   <source>Select a dataset that has a local copy or a service</source>
   <translation>Kies een dataset met een lokale kopie of een dienst</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Stopt…</translation>
  </message>
  <message>
   <source>Tick the datasets to pull</source>
   <translation>Vink datasets aan om op te halen</translation>
  </message>
  <message>
   <source>Try again ({count})</source>
   <translation>Opnieuw ({count})</translation>
  </message>
 </context>
 <context>
  <name>FormWords</name>
  <message>
   <source>Back</source>
   <translation>Terug</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Bewaar</translation>
  </message>
  <message>
   <source>The table cannot be edited. See whether the file is read-only or open elsewhere.</source>
   <translation>De tabel kan niet worden bewerkt. Kijk of het bestand alleen-lezen is of elders openstaat.</translation>
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
  <name>HandingBox</name>
  <message>
   <source>&amp;Final</source>
   <translation>&amp;Definitief</translation>
  </message>
  <message>
   <source>&amp;Name</source>
   <translation>&amp;Naam</translation>
  </message>
  <message>
   <source>&amp;Place</source>
   <translation>&amp;Plaats</translation>
  </message>
  <message>
   <source>Choose a folder for the delivery.</source>
   <translation>Kies een map voor de levering.</translation>
  </message>
  <message>
   <source>D&amp;raft</source>
   <translation>&amp;Concept</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Folder for the delivery</source>
   <translation>Map voor de levering</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Soort</translation>
  </message>
  <message>
   <source>Marked as a draft on the map and in the report; open findings are allowed</source>
   <translation>Als concept gemerkt op de kaart en in het rapport; open bevindingen mogen</translation>
  </message>
  <message>
   <source>No finding is open, and every deviation has its reason</source>
   <translation>Geen bevinding staat open en elke afwijking heeft een reden</translation>
  </message>
  <message>
   <source>The name ends in .zip.</source>
   <translation>De naam eindigt op .zip.</translation>
  </message>
  <message>
   <source>The place cannot be reached.</source>
   <translation>De plaats is niet bereikbaar.</translation>
  </message>
  <message>
   <source>The place is a file, no folder.</source>
   <translation>De plaats is een bestand, geen map.</translation>
  </message>
  <message>
   <source>There is a delivery of that name; it is replaced once the new one is whole.</source>
   <translation>Er is al een levering met die naam; zij wordt pas vervangen als de nieuwe heel is.</translation>
  </message>
  <message>
   <source>There is a folder of that name.</source>
   <translation>Er is al een map met die naam.</translation>
  </message>
 </context>
 <context>
  <name>Header</name>
  <message>
   <source>Area</source>
   <translation>Gebied</translation>
  </message>
  <message>
   <source>Area of snapshot {name}</source>
   <translation>Gebied van momentopname {name}</translation>
  </message>
  <message>
   <source>Compare with the catalogue</source>
   <translation>Vergelijken met de catalogus</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Mislukt</translation>
  </message>
  <message>
   <source>Group by kind</source>
   <translation>Groepeer op soort</translation>
  </message>
  <message>
   <source>Group by programme</source>
   <translation>Groepeer op programma</translation>
  </message>
  <message>
   <source>Image only</source>
   <translation>Alleen beeld</translation>
  </message>
  <message>
   <source>Map view</source>
   <translation>Kaartbeeld</translation>
  </message>
  <message>
   <source>Not pulled</source>
   <translation>Niet opgehaald</translation>
  </message>
  <message>
   <source>Open another snapshot…</source>
   <translation>Andere momentopname openen…</translation>
  </message>
  <message>
   <source>Outdated</source>
   <translation>Verouderd</translation>
  </message>
  <message>
   <source>Province</source>
   <translation>Provincie</translation>
  </message>
  <message>
   <source>Pull for the area of the snapshot</source>
   <translation>Ophalen voor het gebied van de momentopname</translation>
  </message>
  <message>
   <source>Pull for the selected polygons</source>
   <translation>Ophalen voor de geselecteerde vlakken</translation>
  </message>
  <message>
   <source>Pull for the whole province</source>
   <translation>Ophalen voor de hele provincie</translation>
  </message>
  <message>
   <source>Pull for what the map shows</source>
   <translation>Ophalen voor het kaartbeeld</translation>
  </message>
  <message>
   <source>Pulled</source>
   <translation>Opgehaald</translation>
  </message>
  <message>
   <source>Search datasets</source>
   <translation>Datasets zoeken</translation>
  </message>
  <message>
   <source>Selected polygons</source>
   <translation>Geselecteerde vlakken</translation>
  </message>
  <message>
   <source>Show all datasets</source>
   <translation>Alle datasets tonen</translation>
  </message>
  <message>
   <source>Used by rules</source>
   <translation>Door regels gebruikt</translation>
  </message>
  <message>
   <source>With data</source>
   <translation>Met gegevens</translation>
  </message>
  <message>
   <source>Without access</source>
   <translation>Zonder toegang</translation>
  </message>
  <message>
   <source>filter</source>
   <translation>filter</translation>
  </message>
  <message>
   <source>filter ({count})</source>
   <translation>filter ({count})</translation>
  </message>
  <message>
   <source>no register</source>
   <translation>geen register</translation>
  </message>
  <message>
   <source>register {day}</source>
   <translation>register {day}</translation>
  </message>
  <message>
   <source>search…</source>
   <translation>zoek…</translation>
  </message>
 </context>
 <context>
  <name>ImportLayer</name>
  <message>
   <source>Agreement (name or file; default: the one the proposal names)</source>
   <translation>Afspraken (naam of bestand; standaard: die het voorstel noemt)</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importeren</translation>
  </message>
  <message>
   <source>Import a layer</source>
   <translation>Een laag importeren</translation>
  </message>
  <message>
   <source>Import layer</source>
   <translation>Laag importeren</translation>
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
   <source>No row fits yet: see below the fields why.</source>
   <translation>Nog geen rij past: onder de velden staat waarom.</translation>
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
   <source>Reading…</source>
   <translation>Bezig met lezen…</translation>
  </message>
  <message>
   <source>Rejected rows</source>
   <translation>Afgekeurde rijen</translation>
  </message>
  <message>
   <source>Show rejected rows</source>
   <translation>Toon afgekeurde rijen</translation>
  </message>
  <message>
   <source>Stopped; nothing was written.</source>
   <translation>Gestopt; er is niets geschreven.</translation>
  </message>
  <message>
   <source>Take an existing layer into a proposal, with a mapping that says which field and value becomes which. MAPPING is a JSON file: for each field of the agreement a constant, or a field of the layer with translations of its values; and what each feature contributes to which indicator. The layer is brought to EPSG:28992, polygons and lines become multi-part, invalid geometry is mended where that keeps its kind. Rows that do not fit the agreement (an unknown legend unit, the wrong geometry type, a value outside its code list, a required field that is empty, a place outside the Netherlands, a bad number) are written to REJECTED with the reason. The others are added to PROPOSAL all at once or, when something fails, not at all. The logbook of the proposal tells what was imported.</source>
   <translation>Neemt een bestaande laag op in een voorstel, met een afbeelding die zegt welk veld en welke waarde wat wordt. MAPPING is een JSON-bestand: voor elk veld van de afspraken een vaste waarde, of een veld van de laag met vertalingen van de waarden; en wat elk object bijdraagt aan welke indicator. De laag wordt omgezet naar EPSG:28992, vlakken en lijnen worden meerdelig, ongeldige geometrie wordt hersteld waar de soort daarbij gelijk blijft. Rijen die niet bij de afspraken passen (een onbekende legenda-eenheid, het verkeerde geometrietype, een waarde buiten de codelijst, een verplicht veld dat leeg is, een plaats buiten Nederland, een fout getal) komen met de reden in REJECTED. De andere worden allemaal tegelijk aan PROPOSAL toegevoegd of, als er iets misgaat, geen enkele. Het logboek van het voorstel vertelt wat is geïmporteerd.</translation>
  </message>
  <message>
   <source>The import can be undone.</source>
   <translation>De import kan ongedaan worden gemaakt.</translation>
  </message>
  <message>
   <source>The mapping cannot be used yet.</source>
   <translation>De afbeelding is nog niet te gebruiken.</translation>
  </message>
  <message>
   <source>Undo the import</source>
   <translation>Import ongedaan maken</translation>
  </message>
  <message>
   <source>{count} changes are not saved. Save them first: the import writes to the same file.</source>
   <translation>{count} wijzigingen zijn niet opgeslagen. Sla ze eerst op: het importeren schrijft in hetzelfde bestand.</translation>
  </message>
 </context>
 <context>
  <name>LayerChoice</name>
  <message>
   <source>(choose a layer)</source>
   <translation>(kies een laag)</translation>
  </message>
  <message>
   <source>Choose the layer to start from.</source>
   <translation>Kies de laag om mee te beginnen.</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>Laag</translation>
  </message>
  <message>
   <source>The layer {name} cannot be read. Mend its source first.</source>
   <translation>De laag {name} is niet te lezen. Herstel eerst de bron.</translation>
  </message>
  <message>
   <source>The layer {name} does not say its coordinate system. Set it in the properties of the layer.</source>
   <translation>De laag {name} zegt niet in welk coördinatenstelsel hij staat. Stel dat in bij de eigenschappen van de laag.</translation>
  </message>
  <message>
   <source>The layer {name} has no geometry.</source>
   <translation>De laag {name} heeft geen geometrie.</translation>
  </message>
  <message>
   <source>This file holds no layer with geometry that can be read.</source>
   <translation>Dit bestand heeft geen leesbare laag met geometrie.</translation>
  </message>
  <message>
   <source>Vector files</source>
   <translation>Vectorbestanden</translation>
  </message>
  <message>
   <source>…or a file</source>
   <translation>…of een bestand</translation>
  </message>
 </context>
 <context>
  <name>LayerMarks</name>
  <message>
   <source>Basisset: local copy, outdated</source>
   <translation>Basisset: lokale kopie, verouderd</translation>
  </message>
  <message>
   <source>Basisset: local copy, read-only</source>
   <translation>Basisset: lokale kopie, alleen-lezen</translation>
  </message>
  <message>
   <source>Basisset: shown from the service</source>
   <translation>Basisset: getoond van de dienst</translation>
  </message>
 </context>
 <context>
  <name>Locator</name>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Drawn</source>
   <translation>Getekend</translation>
  </message>
  <message>
   <source>Legend</source>
   <translation>Legenda</translation>
  </message>
  <message>
   <source>NOVEX: datasets, legend, rules and features</source>
   <translation>NOVEX: datasets, legenda, regels en objecten</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>Regels</translation>
  </message>
  <message>
   <source>This feature is no longer there.</source>
   <translation>Dit object is er niet meer.</translation>
  </message>
 </context>
 <context>
  <name>MappingEditor</name>
  <message>
   <source>Add contribution</source>
   <translation>Bijdrage toevoegen</translation>
  </message>
  <message>
   <source>Double-click or Enter couples a field to the selected one on the right</source>
   <translation>Dubbelklik of Enter koppelt een veld aan het geselecteerde veld rechts</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>Voorbeelden</translation>
  </message>
  <message>
   <source>Fields of the layer</source>
   <translation>Velden van de laag</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>Laag</translation>
  </message>
  <message>
   <source>Let a field count towards an indicator, such as homes or hectares</source>
   <translation>Laat een veld meetellen voor een indicator, zoals woningen of hectares</translation>
  </message>
  <message>
   <source>Load mapping</source>
   <translation>Afbeelding laden</translation>
  </message>
  <message>
   <source>Load mapping…</source>
   <translation>Afbeelding laden…</translation>
  </message>
  <message>
   <source>Mapping saved in {file}.</source>
   <translation>Afbeelding opgeslagen in {file}.</translation>
  </message>
  <message>
   <source>Reading {layer}</source>
   <translation>{layer} lezen</translation>
  </message>
  <message>
   <source>Reading {layer}…</source>
   <translation>{layer} wordt gelezen…</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Weghalen</translation>
  </message>
  <message>
   <source>Save mapping</source>
   <translation>Afbeelding opslaan</translation>
  </message>
  <message>
   <source>Save mapping…</source>
   <translation>Afbeelding opslaan…</translation>
  </message>
  <message>
   <source>Take the selected contribution away</source>
   <translation>Haal de geselecteerde bijdrage weg</translation>
  </message>
  <message>
   <source>The layer does not have these fields: {fields}. Choose other ones above.</source>
   <translation>De laag heeft deze velden niet: {fields}. Kies hierboven andere velden.</translation>
  </message>
  <message>
   <source>Trying the mapping</source>
   <translation>Afbeelding proberen</translation>
  </message>
  <message>
   <source>Values that are no code of the agreement; translate them below</source>
   <translation>Waarden die geen code van de afspraken zijn; vertaal ze hieronder</translation>
  </message>
  <message>
   <source>What rows of the layer become</source>
   <translation>Wat rijen van de laag worden</translation>
  </message>
  <message>
   <source>no such field</source>
   <translation>veld ontbreekt</translation>
  </message>
  <message>
   <source>the mapping</source>
   <translation>de afbeelding</translation>
  </message>
  <message>
   <source>{count} not known</source>
   <translation>{count} onbekend</translation>
  </message>
  <message>
   <source>{fits} of the first {tried} rows fit.</source>
   <translation>{fits} van de eerste {tried} rijen passen.</translation>
  </message>
  <message>
   <source>{fits} of {tried} rows fit.</source>
   <translation>{fits} van {tried} rijen passen.</translation>
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
  <name>MergeForm</name>
  <message>
   <source>&amp;Provinces</source>
   <translation>&amp;Provincies</translation>
  </message>
  <message>
   <source>&amp;Result</source>
   <translation>&amp;Resultaat</translation>
  </message>
  <message>
   <source>Balance, indicators and report are written beside it.</source>
   <translation>Balans, indicatoren en verslag komen ernaast te staan.</translation>
  </message>
  <message>
   <source>Merge</source>
   <translation>Voeg samen</translation>
  </message>
  <message>
   <source>none: no search for what ends at a border</source>
   <translation>geen: niet zoeken naar wat bij een grens ophoudt</translation>
  </message>
 </context>
 <context>
  <name>MergeView</name>
  <message>
   <source>Differences</source>
   <translation>Verschillen</translation>
  </message>
  <message>
   <source>Ends at a border</source>
   <translation>Houdt op bij een grens</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Overgeslagen</translation>
  </message>
  <message>
   <source>Merged</source>
   <translation>Samengevoegd</translation>
  </message>
  <message>
   <source>Merged: {merged} · left out: {skipped} · overlaps: {overlaps}</source>
   <translation>Samengevoegd: {merged} · overgeslagen: {skipped} · overlappen: {overlaps}</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Opmerkingen</translation>
  </message>
  <message>
   <source>Overlaps between provinces</source>
   <translation>Overlap tussen provincies</translation>
  </message>
  <message>
   <source>Subject</source>
   <translation>Onderwerp</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Wat</translation>
  </message>
  <message>
   <source>What was merged</source>
   <translation>Wat is samengevoegd</translation>
  </message>
  <message>
   <source>Without a delivery</source>
   <translation>Zonder levering</translation>
  </message>
  <message>
   <source>draft</source>
   <translation>concept</translation>
  </message>
  <message>
   <source>final</source>
   <translation>definitief</translation>
  </message>
  <message>
   <source>{features} features, variant {variant}, {kind}, {file}</source>
   <translation>{features} objecten, variant {variant}, {kind}, {file}</translation>
  </message>
  <message>
   <source>{length} along {province}</source>
   <translation>{length} langs {province}</translation>
  </message>
 </context>
 <context>
  <name>MetadataForm</name>
  <message>
   <source>&amp;E-mail address</source>
   <translation>&amp;E-mailadres</translation>
  </message>
  <message>
   <source>&amp;Organisation</source>
   <translation>&amp;Organisatie</translation>
  </message>
  <message>
   <source>&amp;Role</source>
   <translation>&amp;Rol</translation>
  </message>
  <message>
   <source>&amp;Title</source>
   <translation>&amp;Titel</translation>
  </message>
  <message>
   <source>1:{scale}, from the agreement</source>
   <translation>1:{scale}, uit de afspraken</translation>
  </message>
  <message>
   <source>Metadata of the proposal</source>
   <translation>Metadata van het voorstel</translation>
  </message>
  <message>
   <source>Moment of re&amp;view</source>
   <translation>&amp;IJkmoment</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Toepassingsschaal</translation>
  </message>
  <message>
   <source>The number of the moment of review that this proposal is made for; empty counts as the first</source>
   <translation>Het nummer van het ijkmoment waarvoor dit voorstel is gemaakt; leeg telt als het eerste</translation>
  </message>
  <message>
   <source>The proposal is not open any more.</source>
   <translation>Het voorstel is niet meer open.</translation>
  </message>
  <message>
   <source>The title is empty.</source>
   <translation>De titel is leeg.</translation>
  </message>
  <message>
   <source>author</source>
   <translation>auteur</translation>
  </message>
  <message>
   <source>custodian</source>
   <translation>beheerder</translation>
  </message>
  <message>
   <source>distributor</source>
   <translation>distributeur</translation>
  </message>
  <message>
   <source>originator</source>
   <translation>maker</translation>
  </message>
  <message>
   <source>owner</source>
   <translation>eigenaar</translation>
  </message>
  <message>
   <source>point of contact</source>
   <translation>contactpunt</translation>
  </message>
  <message>
   <source>principal investigator</source>
   <translation>inwinner</translation>
  </message>
  <message>
   <source>processor</source>
   <translation>bewerker</translation>
  </message>
  <message>
   <source>publisher</source>
   <translation>uitgever</translation>
  </message>
  <message>
   <source>resource provider</source>
   <translation>verstrekker</translation>
  </message>
  <message>
   <source>user</source>
   <translation>gebruiker</translation>
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
   <source>Back</source>
   <translation>Terug</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>Code of the variant</source>
   <translation>Code van de variant</translation>
  </message>
  <message>
   <source>Coordinates EPSG:28992, drawn at 1:{scale}, snapping on</source>
   <translation>Coördinaten EPSG:28992, tekenschaal 1:{scale}, snappen aan</translation>
  </message>
  <message>
   <source>Couple fields</source>
   <translation>Velden koppelen</translation>
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
   <source>Groups for the basisset and the ground, map themes for each programme</source>
   <translation>Groepen voor basisset en ondergrond, kaartthema's per programma</translation>
  </message>
  <message>
   <source>In the project</source>
   <translation>In het project</translation>
  </message>
  <message>
   <source>Make an empty proposal for a province, with the tables, code lists and checks of the agreement. It becomes a GeoPackage (OUTPUT), which QGIS opens with the legend and the forms of the agreement, or a new schema in a PostGIS database (DATABASE with SCHEMA), in which several people draw at once. DATABASE is a connection of QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a password. PROVINCE is the name of the province, or its code: PV20 (Groningen) to PV31 (Limburg). VARIANT is the code of the first variant, such as basis. AGREEMENT is the name of an agreement that comes with the plugin, or an agreement file of your own. TITLE, ORGANISATION and EMAIL are what the delivery will say of itself: the address is the organisation's, never a person's; without EMAIL it is asked for at the delivery. A file that already holds a proposal with features is never overwritten.</source>
   <translation>Maakt een leeg voorstel voor een provincie, met de tabellen, codelijsten en controles van de afspraken. Het wordt een GeoPackage (OUTPUT), dat QGIS met de legenda en de formulieren van de afspraken opent, of een nieuw schema in een PostGIS-database (DATABASE met SCHEMA), waarin verschillende mensen tegelijk tekenen. DATABASE is een verbinding van QGIS, of op de opdrachtregel service=NAAM of host=… dbname=… user=…, nooit met een wachtwoord. PROVINCE is de naam van de provincie, of haar code: PV20 (Groningen) tot en met PV31 (Limburg). VARIANT is de code van de eerste variant, zoals basis. AGREEMENT is de naam van afspraken die bij de plugin horen, of een eigen bestand met afspraken. TITLE, ORGANISATION en EMAIL zijn wat de levering over zichzelf zegt: het adres is van de organisatie, nooit van een persoon; zonder EMAIL wordt het bij de levering gevraagd. Een bestand dat al een voorstel met objecten bevat wordt nooit overschreven.</translation>
  </message>
  <message>
   <source>Make proposal</source>
   <translation>Voorstel maken</translation>
  </message>
  <message>
   <source>Making the proposal…</source>
   <translation>Voorstel wordt gemaakt…</translation>
  </message>
  <message>
   <source>New proposal</source>
   <translation>Nieuw voorstel</translation>
  </message>
  <message>
   <source>No row fits yet: see below the fields why.</source>
   <translation>Nog geen rij past: onder de velden staat waarom.</translation>
  </message>
  <message>
   <source>Open proposal</source>
   <translation>Voorstel openen</translation>
  </message>
  <message>
   <source>Organisation</source>
   <translation>Organisatie</translation>
  </message>
  <message>
   <source>Points, lines and areas with {units} legend units and their forms</source>
   <translation>Punten, lijnen en vlakken met {units} legenda-eenheden en formulieren</translation>
  </message>
  <message>
   <source>Prints on A4 and A3, and a conversation map that says it is no plan</source>
   <translation>Afdrukken op A4 en A3, en een gesprekskaart die zegt dat het geen plankaart is</translation>
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
   <source>Reading a proposal</source>
   <translation>Voorstel lezen</translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>Bezig met lezen…</translation>
  </message>
  <message>
   <source>Schema in the database</source>
   <translation>Schema in de database</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Stoppen</translation>
  </message>
  <message>
   <source>Stopped; nothing was written.</source>
   <translation>Gestopt; er is niets geschreven.</translation>
  </message>
  <message>
   <source>The mapping cannot be used yet.</source>
   <translation>De afbeelding is nog niet te gebruiken.</translation>
  </message>
  <message>
   <source>The proposal, as other algorithms take it</source>
   <translation>Het voorstel, zoals andere algoritmen het aannemen</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>{title}
Province {province}, variant {variant}, {count} features</source>
   <translation>{title}
Provincie {province}, variant {variant}, {count} objecten</translation>
  </message>
  <message>
   <source>{title}
Province {province}, {count} features</source>
   <translation>{title}
Provincie {province}, {count} objecten</translation>
  </message>
 </context>
 <context>
  <name>Opener</name>
  <message>
   <source>Open it</source>
   <translation>Openen</translation>
  </message>
  <message>
   <source>Show rejected rows</source>
   <translation>Toon afgekeurde rijen</translation>
  </message>
  <message>
   <source>The project cannot be saved as {file}: {reason} Save it in another place.</source>
   <translation>Het project kan niet worden bewaard als {file}: {reason} Bewaar het op een andere plaats.</translation>
  </message>
  <message>
   <source>The proposal lies in {file}.</source>
   <translation>Het voorstel staat in {file}.</translation>
  </message>
  <message>
   <source>The proposal lies in {file}; the open project stayed as it was.</source>
   <translation>Het voorstel staat in {file}; het open project is gebleven zoals het was.</translation>
  </message>
  <message>
   <source>{count} values depart from the agreement; a test names them.</source>
   <translation>{count} waarden wijken af van de afspraken; een toets noemt ze.</translation>
  </message>
 </context>
 <context>
  <name>OptionsPage</name>
  <message>
   <source> s</source>
   <translation> s</translation>
  </message>
  <message>
   <source>(choose)</source>
   <translation>(kies)</translation>
  </message>
  <message>
   <source>Agreement</source>
   <translation>Afspraken</translation>
  </message>
  <message>
   <source>Basisset</source>
   <translation>Basisset</translation>
  </message>
  <message>
   <source>Catalogue</source>
   <translation>Catalogus</translation>
  </message>
  <message>
   <source>Cluster address</source>
   <translation>Adres van het cluster</translation>
  </message>
  <message>
   <source>E-mail address</source>
   <translation>E-mailadres</translation>
  </message>
  <message>
   <source>Folder for snapshots</source>
   <translation>Map voor momentopnamen</translation>
  </message>
  <message>
   <source>Kept for work on a cluster; this version computes all on this computer</source>
   <translation>Bewaard voor rekenwerk op een cluster; deze versie rekent alles op deze computer</translation>
  </message>
  <message>
   <source>Keyword</source>
   <translation>Trefwoord</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netwerk</translation>
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
   <source>Role</source>
   <translation>Rol</translation>
  </message>
  <message>
   <source>Test while drawing</source>
   <translation>Toetsen tijdens het tekenen</translation>
  </message>
  <message>
   <source>Wait for a server</source>
   <translation>Wachten op een server</translation>
  </message>
  <message>
   <source>empty: on this computer</source>
   <translation>leeg: op deze computer</translation>
  </message>
  <message>
   <source>of the organisation, never of a person: it goes along with a delivery</source>
   <translation>van de organisatie, nooit van een persoon: het gaat met een levering mee</translation>
  </message>
 </context>
 <context>
  <name>OutcomeBox</name>
  <message>
   <source>Copy</source>
   <translation>Kopieer</translation>
  </message>
  <message>
   <source>Delivery written and recomputed: {outcome}</source>
   <translation>Levering geschreven en nagerekend: {outcome}</translation>
  </message>
  <message>
   <source>Left out, as the agreement does not know it: {names}</source>
   <translation>Niet meegeleverd, want onbekend in de afspraken: {names}</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Open map</translation>
  </message>
  <message>
   <source>Open report</source>
   <translation>Open rapport</translation>
  </message>
  <message>
   <source>{count} findings are open, and told in it</source>
   <translation>{count} bevindingen staan open en zijn erin vermeld</translation>
  </message>
 </context>
 <context>
  <name>Outcomes</name>
  <message>
   <source>1 rule cannot be tested</source>
   <translation>1 regel niet toetsbaar</translation>
  </message>
  <message>
   <source>Live test is off</source>
   <translation>Live toetsen staat uit</translation>
  </message>
  <message>
   <source>Not tested yet</source>
   <translation>Nog niet getoetst</translation>
  </message>
  <message>
   <source>Nothing in the way</source>
   <translation>Geen bezwaren</translation>
  </message>
  <message>
   <source>show ›</source>
   <translation>toon ›</translation>
  </message>
  <message>
   <source>{count} more</source>
   <translation>nog {count}</translation>
  </message>
  <message>
   <source>{count} rules cannot be tested</source>
   <translation>{count} regels niet toetsbaar</translation>
  </message>
 </context>
 <context>
  <name>PaletteModel</name>
  <message>
   <source>Favourites</source>
   <translation>Favorieten</translation>
  </message>
  <message>
   <source>Last used</source>
   <translation>Laatst gebruikt</translation>
  </message>
 </context>
 <context>
  <name>PaletteView</name>
  <message>
   <source>Close the explanation</source>
   <translation>Sluit de uitleg</translation>
  </message>
  <message>
   <source>Counts for:</source>
   <translation>Telt voor:</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Tekenen</translation>
  </message>
  <message>
   <source>Draw the selected shape as this too</source>
   <translation>Geselecteerde vorm ook als deze eenheid</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>Uitleg</translation>
  </message>
  <message>
   <source>Favourite</source>
   <translation>Favoriet</translation>
  </message>
  <message>
   <source>Favourites and last used</source>
   <translation>Favorieten en laatst gebruikt</translation>
  </message>
  <message>
   <source>Legend to draw with</source>
   <translation>Legenda om mee te tekenen</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>Rol</translation>
  </message>
  <message>
   <source>Role of what is drawn next</source>
   <translation>Rol van wat hierna wordt getekend</translation>
  </message>
  <message>
   <source>Search a legend unit</source>
   <translation>Zoek een legenda-eenheid</translation>
  </message>
  <message>
   <source>Select all on the map</source>
   <translation>Alles selecteren op de kaart</translation>
  </message>
  <message>
   <source>Show on the map</source>
   <translation>Tonen op de kaart</translation>
  </message>
  <message>
   <source>Show only favourites and what was used last</source>
   <translation>Toon alleen favorieten en wat laatst is gebruikt</translation>
  </message>
  <message>
   <source>Zoom to all</source>
   <translation>Zoom naar alles</translation>
  </message>
  <message>
   <source>search…</source>
   <translation>zoek…</translation>
  </message>
 </context>
 <context>
  <name>PreviewModel</name>
  <message>
   <source>Fits the agreement</source>
   <translation>Past in de afspraken</translation>
  </message>
  <message>
   <source>Row</source>
   <translation>Rij</translation>
  </message>
  <message>
   <source>Why not</source>
   <translation>Waarom niet</translation>
  </message>
 </context>
 <context>
  <name>ProposalHealth</name>
  <message>
   <source>Add them</source>
   <translation>Toevoegen</translation>
  </message>
  <message>
   <source>Of the proposal these tables are not open: {tables}.</source>
   <translation>Van het voorstel zijn deze tabellen niet open: {tables}.</translation>
  </message>
  <message>
   <source>Open it</source>
   <translation>Openen</translation>
  </message>
  <message>
   <source>Open…</source>
   <translation>Openen…</translation>
  </message>
  <message>
   <source>The folder of {file} cannot be written to: changes cannot be saved. Work in a copy.</source>
   <translation>In de map van {file} kan niet worden geschreven: wijzigingen zijn niet op te slaan. Werk in een kopie.</translation>
  </message>
  <message>
   <source>The layer {name} is read-only in this project: change that in the properties of the project.</source>
   <translation>De laag {name} is in dit project alleen-lezen: verander dat in de eigenschappen van het project.</translation>
  </message>
  <message>
   <source>The project is up to date.</source>
   <translation>Het project is bij.</translation>
  </message>
  <message>
   <source>The proposal in the database is not open in this project ({where}): the database does not answer, or the table voorstel was taken out. Look whether you can reach it, then add the table again in the Browser.</source>
   <translation>Het voorstel in de database is in dit project niet open ({where}): de database antwoordt niet, of de tabel voorstel is weggehaald. Kijk of de database bereikbaar is en voeg de tabel in de Browser opnieuw toe.</translation>
  </message>
  <message>
   <source>The proposal {file} cannot be read. Ask for access to it.</source>
   <translation>Het voorstel {file} is niet te lezen. Vraag er toegang toe.</translation>
  </message>
  <message>
   <source>The proposal {file} is no longer in {folder}. Put it back, or open it where it is now.</source>
   <translation>Het voorstel {file} staat niet meer in {folder}. Zet het terug, of open het op zijn nieuwe plaats.</translation>
  </message>
  <message>
   <source>The proposal {file} is not open in this project: its table voorstel is missing.</source>
   <translation>Het voorstel {file} is in dit project niet open: de tabel voorstel ontbreekt.</translation>
  </message>
  <message>
   <source>The table {table} lacks the field {field}. Give it back its name, or take a backup.</source>
   <translation>De tabel {table} mist het veld {field}. Geef het zijn naam terug, of neem een reservekopie.</translation>
  </message>
  <message>
   <source>This project was made with a newer version of the plugin. Update the plugin.</source>
   <translation>Dit project is gemaakt met een nieuwere versie van de plugin. Werk de plugin bij.</translation>
  </message>
  <message>
   <source>This project was made with an older version of the plugin: legend, forms and themes lag behind.</source>
   <translation>Dit project is gemaakt met een oudere versie van de plugin: legenda, formulieren en thema's lopen achter.</translation>
  </message>
  <message>
   <source>Update</source>
   <translation>Bijwerken</translation>
  </message>
  <message>
   <source>You may read {place}, not draw in it. Ask its administrator for the role {role}.</source>
   <translation>In {place} is lezen toegestaan, tekenen niet. Vraag de beheerder om de rol {role}.</translation>
  </message>
  <message>
   <source>{file} is read-only: drawing is not possible. Make it writable, or work in a copy.</source>
   <translation>{file} is alleen-lezen: tekenen kan niet. Maak het schrijfbaar, of werk in een kopie.</translation>
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
  <name>Readiness</name>
  <message>
   <source>1 dataset outside the basisset without a reason</source>
   <translation>1 dataset buiten de basisset zonder reden</translation>
  </message>
  <message>
   <source>1 open finding</source>
   <translation>1 open bevinding</translation>
  </message>
  <message>
   <source>1 row waits for a decision since the migration</source>
   <translation>1 rij wacht sinds de overstap op een oordeel</translation>
  </message>
  <message>
   <source>1 rule is older than the last edit</source>
   <translation>1 regel is getoetst vóór de laatste wijziging</translation>
  </message>
  <message>
   <source>1 value outside the agreement</source>
   <translation>1 waarde buiten de afspraken</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuleer</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Kies</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Teken</translation>
  </message>
  <message>
   <source>Fill in</source>
   <translation>Vul in</translation>
  </message>
  <message>
   <source>Give reasons</source>
   <translation>Motiveer</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Kijk opnieuw</translation>
  </message>
  <message>
   <source>Looking at the proposal</source>
   <translation>Voorstel bekijken</translation>
  </message>
  <message>
   <source>Metadata: {what} missing or wrong</source>
   <translation>Metadata: {what} ontbreekt of klopt niet</translation>
  </message>
  <message>
   <source>No snapshot: rules that need data stay untested</source>
   <translation>Geen momentopname: regels die gegevens vragen blijven ongetoetst</translation>
  </message>
  <message>
   <source>Not tested yet</source>
   <translation>Nog niet getoetst</translation>
  </message>
  <message>
   <source>Nothing is drawn in this variant yet</source>
   <translation>In deze variant is nog niets getekend</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Sla op</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Toon</translation>
  </message>
  <message>
   <source>Solve them or explain them: a final delivery has none</source>
   <translation>Los ze op of motiveer ze: een definitieve levering heeft er geen</translation>
  </message>
  <message>
   <source>Tables of the proposal are not open: {names}</source>
   <translation>Tabellen van het voorstel staan niet open: {names}</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Toets</translation>
  </message>
  <message>
   <source>Test again</source>
   <translation>Toets opnieuw</translation>
  </message>
  <message>
   <source>The last test failed</source>
   <translation>De laatste toetsing mislukte</translation>
  </message>
  <message>
   <source>The proposal is being tested…</source>
   <translation>Het voorstel wordt getoetst…</translation>
  </message>
  <message>
   <source>Unsaved edits in 1 table</source>
   <translation>Wijzigingen in 1 tabel niet opgeslagen</translation>
  </message>
  <message>
   <source>Unsaved edits in {count} tables</source>
   <translation>Wijzigingen in {count} tabellen niet opgeslagen</translation>
  </message>
  <message>
   <source>e-mail address</source>
   <translation>e-mailadres</translation>
  </message>
  <message>
   <source>organisation</source>
   <translation>organisatie</translation>
  </message>
  <message>
   <source>role</source>
   <translation>rol</translation>
  </message>
  <message>
   <source>{count} datasets outside the basisset without a reason</source>
   <translation>{count} datasets buiten de basisset zonder reden</translation>
  </message>
  <message>
   <source>{count} open findings</source>
   <translation>{count} open bevindingen</translation>
  </message>
  <message>
   <source>{count} rows wait for a decision since the migration</source>
   <translation>{count} rijen wachten sinds de overstap op een oordeel</translation>
  </message>
  <message>
   <source>{count} rules are older than the last edit</source>
   <translation>{count} regels zijn getoetst vóór de laatste wijziging</translation>
  </message>
  <message>
   <source>{count} values outside the agreement</source>
   <translation>{count} waarden buiten de afspraken</translation>
  </message>
 </context>
 <context>
  <name>Reading</name>
  <message>
   <source>Reading the basisset</source>
   <translation>Basisset lezen</translation>
  </message>
 </context>
 <context>
  <name>ReasonCount</name>
  <message>
   <source>Long enough.</source>
   <translation>Lang genoeg.</translation>
  </message>
  <message>
   <source>One more character.</source>
   <translation>Nog 1 teken.</translation>
  </message>
  <message>
   <source>{count} more characters.</source>
   <translation>Nog {count} tekens.</translation>
  </message>
 </context>
 <context>
  <name>ReasonForm</name>
  <message>
   <source>&amp;Name</source>
   <translation>&amp;Naam</translation>
  </message>
  <message>
   <source>&amp;Place</source>
   <translation>&amp;Vindplaats</translation>
  </message>
  <message>
   <source>&amp;Reason</source>
   <translation>&amp;Reden</translation>
  </message>
  <message>
   <source>Dataset outside the basisset: 1 of {count} without a reason</source>
   <translation>Dataset buiten de basisset: 1 van {count} zonder reden</translation>
  </message>
  <message>
   <source>Name, place and reason are all needed.</source>
   <translation>Naam, vindplaats en reden zijn alle drie nodig.</translation>
  </message>
  <message>
   <source>Reason of a dataset</source>
   <translation>Reden van een dataset</translation>
  </message>
 </context>
 <context>
  <name>ReceivePage</name>
  <message>
   <source>Add…</source>
   <translation>Voeg toe…</translation>
  </message>
  <message>
   <source>Areas</source>
   <translation>Vlakken</translation>
  </message>
  <message>
   <source>As layers in a group, read-only</source>
   <translation>Als lagen in een groep, alleen-lezen</translation>
  </message>
  <message>
   <source>Choose deliveries</source>
   <translation>Kies leveringen</translation>
  </message>
  <message>
   <source>Choose deliveries (zip), or drop them here</source>
   <translation>Kies leveringen (zip), of sleep ze hierheen</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergelijk</translation>
  </message>
  <message>
   <source>Comparing</source>
   <translation>Vergelijken</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieer</translation>
  </message>
  <message>
   <source>Deliveries</source>
   <translation>Leveringen</translation>
  </message>
  <message>
   <source>Deliveries (*.zip)</source>
   <translation>Leveringen (*.zip)</translation>
  </message>
  <message>
   <source>Ends at a border</source>
   <translation>Houdt op bij een grens</translation>
  </message>
  <message>
   <source>Lay deliveries of provinces together</source>
   <translation>Leg leveringen van provincies bij elkaar</translation>
  </message>
  <message>
   <source>Lines</source>
   <translation>Lijnen</translation>
  </message>
  <message>
   <source>Make it again and name every difference</source>
   <translation>Maak de levering opnieuw en noem elk verschil</translation>
  </message>
  <message>
   <source>Making the report</source>
   <translation>Rapport maken</translation>
  </message>
  <message>
   <source>Merged: {name}</source>
   <translation>Samengevoegd: {name}</translation>
  </message>
  <message>
   <source>Merge…</source>
   <translation>Voeg samen…</translation>
  </message>
  <message>
   <source>Merging</source>
   <translation>Samenvoegen</translation>
  </message>
  <message>
   <source>Nothing of a delivery is run, and its styles stay behind: layers get the agreed legend.</source>
   <translation>Van een levering wordt niets uitgevoerd en de opmaak blijft achter: lagen krijgen de afgesproken legenda.</translation>
  </message>
  <message>
   <source>Open on map</source>
   <translation>Open op kaart</translation>
  </message>
  <message>
   <source>Open the report, made from its content</source>
   <translation>Open het rapport, gemaakt uit de inhoud</translation>
  </message>
  <message>
   <source>Opening</source>
   <translation>Openen</translation>
  </message>
  <message>
   <source>Overlaps between provinces</source>
   <translation>Overlap tussen provincies</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>Punten</translation>
  </message>
  <message>
   <source>Received: {province}, {variant} ({kind}, {day})</source>
   <translation>Ontvangen: {province}, {variant} ({kind}, {day})</translation>
  </message>
  <message>
   <source>Recompute</source>
   <translation>Reken na</translation>
  </message>
  <message>
   <source>Recomputing</source>
   <translation>Narekenen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Verwijder</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Rapport</translation>
  </message>
  <message>
   <source>Report: {place}</source>
   <translation>Rapport: {place}</translation>
  </message>
  <message>
   <source>Stopped. Nothing was written.</source>
   <translation>Gestopt. Er is niets geschreven.</translation>
  </message>
  <message>
   <source>Take from the list; the file stays</source>
   <translation>Haal uit de lijst; het bestand blijft</translation>
  </message>
  <message>
   <source>Two deliveries of one province</source>
   <translation>Twee leveringen van één provincie</translation>
  </message>
  <message>
   <source>draft</source>
   <translation>concept</translation>
  </message>
  <message>
   <source>final</source>
   <translation>definitief</translation>
  </message>
  <message>
   <source>{new} beside {old}</source>
   <translation>{new} naast {old}</translation>
  </message>
  <message>
   <source>{sign} {file} recomputed: {outcome}</source>
   <translation>{sign} {file} nagerekend: {outcome}</translation>
  </message>
  <message>
   <source>● opened</source>
   <translation>● geopend</translation>
  </message>
  <message>
   <source>✓ recomputed</source>
   <translation>✓ nagerekend</translation>
  </message>
  <message>
   <source>✓ {file}: opened; {findings} open findings</source>
   <translation>✓ {file}: geopend; {findings} open bevindingen</translation>
  </message>
  <message>
   <source>✕ differs</source>
   <translation>✕ verschilt</translation>
  </message>
  <message>
   <source>✕ refused</source>
   <translation>✕ geweigerd</translation>
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
  <name>Selected</name>
  <message>
   <source>1 feature copied to {name}.</source>
   <translation>1 object gekopieerd naar {name}.</translation>
  </message>
  <message>
   <source>Click a legend unit to draw, or select a feature on the map.</source>
   <translation>Kies een legenda-eenheid om te tekenen, of selecteer een object op de kaart.</translation>
  </message>
  <message>
   <source>Copy to variant</source>
   <translation>Kopiëren naar variant</translation>
  </message>
  <message>
   <source>Form of QGIS…</source>
   <translation>Formulier van QGIS…</translation>
  </message>
  <message>
   <source>Merge into one</source>
   <translation>Samenvoegen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Verwijderen</translation>
  </message>
  <message>
   <source>Split with a line</source>
   <translation>Splitsen met een lijn</translation>
  </message>
  <message>
   <source>The feature is not there any more. Select another one.</source>
   <translation>Het object is er niet meer. Selecteer een ander.</translation>
  </message>
  <message>
   <source>The largest keeps its name and id; contributions are added up</source>
   <translation>Het grootste houdt zijn naam en id; bijdragen worden opgeteld</translation>
  </message>
  <message>
   <source>The selected shape is no {kind}: draw this unit on the map.</source>
   <translation>De geselecteerde vorm is geen {kind}: teken deze eenheid op de kaart.</translation>
  </message>
  <message>
   <source>Zoom to it</source>
   <translation>Zoom ernaartoe</translation>
  </message>
  <message>
   <source>{count} features copied to {name}.</source>
   <translation>{count} objecten gekopieerd naar {name}.</translation>
  </message>
  <message>
   <source>{count} features selected</source>
   <translation>{count} objecten geselecteerd</translation>
  </message>
 </context>
 <context>
  <name>SketchView</name>
  <message>
   <source>Sketch</source>
   <translation>Schets</translation>
  </message>
 </context>
 <context>
  <name>StartPage</name>
  <message>
   <source>&amp;E-mail</source>
   <translation>&amp;E-mail</translation>
  </message>
  <message>
   <source>&amp;Organisation</source>
   <translation>&amp;Organisatie</translation>
  </message>
  <message>
   <source>&amp;Province</source>
   <translation>&amp;Provincie</translation>
  </message>
  <message>
   <source>&amp;Title</source>
   <translation>&amp;Titel</translation>
  </message>
  <message>
   <source>&amp;Variant</source>
   <translation>&amp;Variant</translation>
  </message>
  <message>
   <source>(choose)</source>
   <translation>(kies)</translation>
  </message>
  <message>
   <source>A delivery</source>
   <translation>Een levering</translation>
  </message>
  <message>
   <source>A proposal that is there already</source>
   <translation>Een voorstel dat er al is</translation>
  </message>
  <message>
   <source>An empty proposal, ready to draw in.</source>
   <translation>Een leeg voorstel, klaar om in te tekenen.</translation>
  </message>
  <message>
   <source>An existing layer</source>
   <translation>Een bestaande laag</translation>
  </message>
  <message>
   <source>Choose a place for the proposal.</source>
   <translation>Kies een plaats voor het voorstel.</translation>
  </message>
  <message>
   <source>Choose a province.</source>
   <translation>Kies een provincie.</translation>
  </message>
  <message>
   <source>Choose the delivery to start from.</source>
   <translation>Kies de levering om mee te beginnen.</translation>
  </message>
  <message>
   <source>Choose the proposal to open.</source>
   <translation>Kies het voorstel om te openen.</translation>
  </message>
  <message>
   <source>Delivery</source>
   <translation>Levering</translation>
  </message>
  <message>
   <source>Lower case letters, digits, - and _; what the first variant is known by</source>
   <translation>Kleine letters, cijfers, - en _; zo heet de eerste variant</translation>
  </message>
  <message>
   <source>Nothing</source>
   <translation>Niets</translation>
  </message>
  <message>
   <source>Of the organisation, never of a person; a delivery asks for it</source>
   <translation>Van de organisatie, nooit van een persoon; een levering vraagt erom</translation>
  </message>
  <message>
   <source>P&amp;lace</source>
   <translation>P&amp;laats</translation>
  </message>
  <message>
   <source>Save the project as {file}</source>
   <translation>Project bewaren als {file}</translation>
  </message>
  <message>
   <source>Save the project beside it</source>
   <translation>Project ernaast bewaren</translation>
  </message>
  <message>
   <source>Save the project beside it as {file}</source>
   <translation>Project ernaast bewaren als {file}</translation>
  </message>
  <message>
   <source>Start from</source>
   <translation>Beginnen met</translation>
  </message>
  <message>
   <source>The code of a variant has lower case letters, digits, - and _, such as basis.</source>
   <translation>De code van een variant heeft kleine letters, cijfers, - en _, bijvoorbeeld basis.</translation>
  </message>
  <message>
   <source>What the proposal says of itself</source>
   <translation>Wat het voorstel van zichzelf zegt</translation>
  </message>
  <message>
   <source>{file} exists already. Choose another name; nothing is overwritten.</source>
   <translation>{file} bestaat al. Kies een andere naam; er wordt niets overschreven.</translation>
  </message>
  <message>
   <source>{folder} cannot be written to. Choose another place.</source>
   <translation>In {folder} kan niet worden geschreven. Kies een andere plaats.</translation>
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
  <name>StepStates</name>
  <message>
   <source>(live off)</source>
   <translation>(live uit)</translation>
  </message>
  <message>
   <source>draft</source>
   <translation>concept</translation>
  </message>
  <message>
   <source>ready</source>
   <translation>gereed</translation>
  </message>
 </context>
 <context>
  <name>Testing</name>
  <message>
   <source>Read the data of the rules</source>
   <translation>Gegevens van de regels lezen</translation>
  </message>
  <message>
   <source>Test the proposal</source>
   <translation>Voorstel toetsen</translation>
  </message>
  <message>
   <source>Test what was drawn</source>
   <translation>Toetsen wat is getekend</translation>
  </message>
 </context>
 <context>
  <name>ThresholdDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Annuleren</translation>
  </message>
  <message>
   <source>In the source: {source}</source>
   <translation>Bron: {source}</translation>
  </message>
  <message>
   <source>Limit set in {file}.</source>
   <translation>Grens ingesteld in {file}.</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Reden</translation>
  </message>
  <message>
   <source>Set</source>
   <translation>Stel in</translation>
  </message>
  <message>
   <source>Set a limit</source>
   <translation>Stel een grens in</translation>
  </message>
  <message>
   <source>not set</source>
   <translation>niet ingesteld</translation>
  </message>
  <message>
   <source>separated by commas</source>
   <translation>gescheiden door komma's</translation>
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
  <name>ToDoRows</name>
  <message>
   <source>Does not stop a delivery</source>
   <translation>Houdt een levering niet tegen</translation>
  </message>
  <message>
   <source>Without this no delivery can be made</source>
   <translation>Zonder dit kan er geen levering worden gemaakt</translation>
  </message>
  <message>
   <source>Without this no final delivery can be made; a draft can</source>
   <translation>Zonder dit kan er geen definitieve levering worden gemaakt, wel een concept</translation>
  </message>
 </context>
 <context>
  <name>ValuePanel</name>
  <message>
   <source>(as it is)</source>
   <translation>(zoals het is)</translation>
  </message>
  <message>
   <source>(choose)</source>
   <translation>(kies)</translation>
  </message>
  <message>
   <source>(empty and all others)</source>
   <translation>(leeg en alle andere)</translation>
  </message>
  <message>
   <source>(not known: refused)</source>
   <translation>(onbekend: afgekeurd)</translation>
  </message>
  <message>
   <source>Becomes</source>
   <translation>Wordt</translation>
  </message>
  <message>
   <source>Contribution: {indicator} ({unit})</source>
   <translation>Bijdrage: {indicator} ({unit})</translation>
  </message>
  <message>
   <source>Every feature needs a legend unit: choose a field or a fixed value.</source>
   <translation>Elk object heeft een legenda-eenheid nodig: kies een veld of een vaste waarde.</translation>
  </message>
  <message>
   <source>In the layer</source>
   <translation>In de laag</translation>
  </message>
  <message>
   <source>Not taken from the layer: it becomes the name of the layer.</source>
   <translation>Komt niet uit de laag: hier komt de naam van de laag.</translation>
  </message>
  <message>
   <source>Not taken from the layer: it becomes {value}.</source>
   <translation>Komt niet uit de laag: dit wordt {value}.</translation>
  </message>
  <message>
   <source>Not taken from the layer: it follows from the legend unit.</source>
   <translation>Komt niet uit de laag: dit volgt uit de legenda-eenheid.</translation>
  </message>
  <message>
   <source>Not taken from the layer: it is that of the proposal.</source>
   <translation>Komt niet uit de laag: dit is die van het voorstel.</translation>
  </message>
  <message>
   <source>Not taken from the layer: it stays empty.</source>
   <translation>Komt niet uit de laag: dit blijft leeg.</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>Rijen</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>The layer has no field {field}. Choose another one.</source>
   <translation>De laag heeft geen veld {field}. Kies een ander veld.</translation>
  </message>
  <message>
   <source>The values are taken as they are: {values} …</source>
   <translation>De waarden komen over zoals ze zijn: {values} …</translation>
  </message>
  <message>
   <source>This field is empty in the whole layer.</source>
   <translation>Dit veld is in de hele laag leeg.</translation>
  </message>
  <message>
   <source>Translation of values</source>
   <translation>Vertaling van waarden</translation>
  </message>
  <message>
   <source>Values of {field}</source>
   <translation>Waarden van {field}</translation>
  </message>
  <message>
   <source>Year</source>
   <translation>Jaar</translation>
  </message>
 </context>
 <context>
  <name>VariantBar</name>
  <message>
   <source>Compare variants…</source>
   <translation>Varianten vergelijken…</translation>
  </message>
  <message>
   <source>Copy this variant</source>
   <translation>Deze variant kopiëren</translation>
  </message>
  <message>
   <source>Copy variant</source>
   <translation>Variant kopiëren</translation>
  </message>
  <message>
   <source>New variant</source>
   <translation>Nieuwe variant</translation>
  </message>
  <message>
   <source>New variant, empty</source>
   <translation>Nieuwe variant, leeg</translation>
  </message>
  <message>
   <source>Nothing is tested while drawing. Press to switch it on.</source>
   <translation>Tijdens het tekenen wordt niets getoetst. Klik om het aan te zetten.</translation>
  </message>
  <message>
   <source>Rename variant</source>
   <translation>Variant hernoemen</translation>
  </message>
  <message>
   <source>Rename, compare</source>
   <translation>Hernoemen, vergelijken</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>Hernoemen…</translation>
  </message>
  <message>
   <source>Variant</source>
   <translation>Variant</translation>
  </message>
  <message>
   <source>Variant that is drawn in and tested; others are not shown on the map</source>
   <translation>Variant waarin wordt getekend en die wordt getoetst; andere staan niet op de kaart</translation>
  </message>
  <message>
   <source>Variant {name} made with {count} features, not saved yet.</source>
   <translation>Variant {name} gemaakt met {count} objecten, nog niet opgeslagen.</translation>
  </message>
  <message>
   <source>Variant {name} made, not saved yet.</source>
   <translation>Variant {name} gemaakt, nog niet opgeslagen.</translation>
  </message>
  <message>
   <source>Variant:</source>
   <translation>Variant:</translation>
  </message>
  <message>
   <source>What changes is tested at once. Press to switch it off.</source>
   <translation>Wat verandert wordt meteen getoetst. Klik om het uit te zetten.</translation>
  </message>
  <message>
   <source>What is not saved yet is not compared.</source>
   <translation>Wat nog niet is opgeslagen wordt niet vergeleken.</translation>
  </message>
  <message>
   <source>live off</source>
   <translation>live uit</translation>
  </message>
  <message>
   <source>live on</source>
   <translation>live aan</translation>
  </message>
  <message>
   <source>{name} copy</source>
   <translation>{name} kopie</translation>
  </message>
 </context>
 <context>
  <name>VariantDialog</name>
  <message>
   <source>A code has small letters, digits, - and _.</source>
   <translation>Een code bestaat uit kleine letters, cijfers, - en _.</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Naam</translation>
  </message>
  <message>
   <source>There is a variant {code} already.</source>
   <translation>Er is al een variant {code}.</translation>
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
 <context>
  <name>Welcome</name>
  <message>
   <source>&lt;b&gt;Basisset&lt;/b&gt; finds the datasets that everybody uses and keeps a local copy of them.</source>
   <translation>&lt;b&gt;Basisset&lt;/b&gt; vindt de datasets die iedereen gebruikt en bewaart er een lokale kopie van.</translation>
  </message>
  <message>
   <source>&lt;b&gt;Deliver&lt;/b&gt; hands over the proposal in one package, made and recomputed at once.</source>
   <translation>&lt;b&gt;Leveren&lt;/b&gt; draagt het voorstel over in één pakket, dat meteen wordt nagerekend.</translation>
  </message>
  <message>
   <source>&lt;b&gt;Draw&lt;/b&gt; gives the agreed legend: choose a unit, draw it, fill in its numbers.</source>
   <translation>&lt;b&gt;Tekenen&lt;/b&gt; geeft de afgesproken legenda: kies een eenheid, teken haar en vul de aantallen in.</translation>
  </message>
  <message>
   <source>&lt;b&gt;Test&lt;/b&gt; and &lt;b&gt;Balance&lt;/b&gt; follow while drawing, and tell what the programmes forbid and ask.</source>
   <translation>&lt;b&gt;Toetsen&lt;/b&gt; en &lt;b&gt;Balans&lt;/b&gt; lopen tijdens het tekenen mee en zeggen wat de programma's verbieden en vragen.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Sluiten</translation>
  </message>
  <message>
   <source>Lay the puzzle of the province</source>
   <translation>De puzzel van de provincie leggen</translation>
  </message>
  <message>
   <source>NOVEX Puzzel: the way</source>
   <translation>NOVEX Puzzel: de weg</translation>
  </message>
  <message>
   <source>New proposal…</source>
   <translation>Nieuw voorstel…</translation>
  </message>
 </context>
</TS>
