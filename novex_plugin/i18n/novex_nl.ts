<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl_NL" sourcelanguage="en">
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
</TS>
