<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>ImageServerLayer</name>
    <message>
      <source> s</source>
      <translation> s</translation>
    </message>
    <message numerus="yes">
      <source>%n corners</source>
      <translation>
        <numerusform>%n Ecke</numerusform>
        <numerusform>%n Ecken</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n dates</source>
      <translation>
        <numerusform>%n Zeitpunkt</numerusform>
        <numerusform>%n Zeitpunkte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files</source>
      <translation>
        <numerusform>%n Datei</numerusform>
        <numerusform>%n Dateien</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files are there already.</source>
      <translation>
        <numerusform>%n Datei ist bereits da.</numerusform>
        <numerusform>%n Dateien sind bereits da.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files are whole.</source>
      <translation>
        <numerusform>%n Datei ist vollständig.</numerusform>
        <numerusform>%n Dateien sind vollständig.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files could not be downloaded:</source>
      <translation>
        <numerusform>%n Datei konnte nicht heruntergeladen werden:</numerusform>
        <numerusform>%n Dateien konnten nicht heruntergeladen werden:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files could not be written:</source>
      <translation>
        <numerusform>%n Datei konnte nicht geschrieben werden:</numerusform>
        <numerusform>%n Dateien konnten nicht geschrieben werden:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files, {size} of pixels at most.</source>
      <translation>
        <numerusform>%n Datei, höchstens {size} an Pixeln.</numerusform>
        <numerusform>%n Dateien, höchstens {size} an Pixeln.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n image services could not be added.</source>
      <translation>
        <numerusform>%n Image-Service konnte nicht hinzugefügt werden.</numerusform>
        <numerusform>%n Image-Services konnten nicht hinzugefügt werden.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n layers were added from “{title}”.</source>
      <translation>
        <numerusform>%n Layer wurde aus „{title}“ hinzugefügt.</numerusform>
        <numerusform>%n Layer wurden aus „{title}“ hinzugefügt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n layers were added, in the group “{group}”.</source>
      <translation>
        <numerusform>%n Layer wurde hinzugefügt, in der Gruppe „{group}“.</numerusform>
        <numerusform>%n Layer wurden hinzugefügt, in der Gruppe „{group}“.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n layers were made.</source>
      <translation>
        <numerusform>%n Layer wurde erstellt.</numerusform>
        <numerusform>%n Layer wurden erstellt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n listed rasters are not in the catalog, or the options leave them out.</source>
      <translation>
        <numerusform>%n aufgeführtes Raster ist nicht im Katalog, oder die Optionen lassen es aus.</numerusform>
        <numerusform>%n aufgeführte Raster sind nicht im Katalog, oder die Optionen lassen sie aus.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n polygons</source>
      <translation>
        <numerusform>%n Polygon</numerusform>
        <numerusform>%n Polygone</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rasters</source>
      <translation>
        <numerusform>%n Raster</numerusform>
        <numerusform>%n Rastern</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rasters could not be read: {reason}</source>
      <translation>
        <numerusform>%n Raster konnte nicht gelesen werden: {reason}</numerusform>
        <numerusform>%n Raster konnten nicht gelesen werden: {reason}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n slices could not be read: {reason}</source>
      <translation>
        <numerusform>%n Ausschnitt konnte nicht gelesen werden: {reason}</numerusform>
        <numerusform>%n Ausschnitte konnten nicht gelesen werden: {reason}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tiles are there already.</source>
      <translation>
        <numerusform>%n Kachel ist schon da.</numerusform>
        <numerusform>%n Kacheln sind schon da.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tiles are written.</source>
      <translation>
        <numerusform>%n Kachel ist geschrieben.</numerusform>
        <numerusform>%n Kacheln sind geschrieben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tiles could not be read:</source>
      <translation>
        <numerusform>%n Kachel konnte nicht gelesen werden:</numerusform>
        <numerusform>%n Kacheln konnten nicht gelesen werden:</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Add</source>
      <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
      <source>&amp;Add to the Lock List</source>
      <translation>Zur Sperrliste hinz&amp;ufügen</translation>
    </message>
    <message>
      <source>&amp;Apply</source>
      <translation>&amp;Anwenden</translation>
    </message>
    <message>
      <source>&amp;Bands</source>
      <translation>&amp;Kanäle</translation>
    </message>
    <message>
      <source>&amp;Build…</source>
      <translation>&amp;Zusammenstellen…</translation>
    </message>
    <message>
      <source>&amp;Cancel</source>
      <translation>A&amp;bbrechen</translation>
    </message>
    <message>
      <source>&amp;Clear</source>
      <translation>&amp;Leeren</translation>
    </message>
    <message>
      <source>&amp;Clear the Filters</source>
      <translation>Filter &amp;leeren</translation>
    </message>
    <message>
      <source>&amp;Command Line (qgis_process)</source>
      <translation>&amp;Befehlszeile (qgis_process)</translation>
    </message>
    <message>
      <source>&amp;Connect</source>
      <translation>&amp;Verbinden</translation>
    </message>
    <message>
      <source>&amp;Date</source>
      <translation>&amp;Datum</translation>
    </message>
    <message>
      <source>&amp;Download…</source>
      <translation>&amp;Herunterladen…</translation>
    </message>
    <message>
      <source>&amp;Load Options…</source>
      <translation>Optionen &amp;laden…</translation>
    </message>
    <message>
      <source>&amp;Lock</source>
      <translation>&amp;Sperren</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;OK</source>
      <translation>&amp;OK</translation>
    </message>
    <message>
      <source>&amp;Order field</source>
      <translation>S&amp;ortierfeld</translation>
    </message>
    <message>
      <source>&amp;Picture</source>
      <translation>&amp;Bild</translation>
    </message>
    <message>
      <source>&amp;Python Script</source>
      <translation>&amp;Python-Skript</translation>
    </message>
    <message>
      <source>&amp;Retry</source>
      <translation>&amp;Noch einmal</translation>
    </message>
    <message>
      <source>&amp;Save Options…</source>
      <translation>Optionen &amp;speichern…</translation>
    </message>
    <message>
      <source>&amp;Search</source>
      <translation>S&amp;uchen</translation>
    </message>
    <message>
      <source>&amp;Stop</source>
      <translation>&amp;Anhalten</translation>
    </message>
    <message>
      <source>&amp;Time</source>
      <translation>&amp;Zeit</translation>
    </message>
    <message>
      <source>&amp;Variable</source>
      <translation>&amp;Variable</translation>
    </message>
    <message>
      <source>&amp;Where</source>
      <translation>&amp;Where</translation>
    </message>
    <message>
      <source>&amp;Where clause</source>
      <translation>&amp;Where-Klausel</translation>
    </message>
    <message>
      <source>&amp;from</source>
      <translation>&amp;von</translation>
    </message>
    <message>
      <source>&amp;to</source>
      <translation>&amp;bis</translation>
    </message>
    <message>
      <source>1 band</source>
      <translation>1 Kanal</translation>
    </message>
    <message>
      <source>1 locked raster</source>
      <translation>1 gesperrtes Raster</translation>
    </message>
    <message>
      <source>1 raster function</source>
      <translation>1 Rasterfunktion</translation>
    </message>
    <message>
      <source>12; Scene 7</source>
      <translation>12; Szene 7</translation>
    </message>
    <message>
      <source>8-bit color</source>
      <translation>8-Bit-Farbe</translation>
    </message>
    <message>
      <source>&lt;p&gt;Downloads the files that an image service is made of, byte by byte as they are on the server, with what stands beside them there. The service must allow it (capability “Download”).&lt;/p&gt;&lt;p&gt;An extent, a where clause, a list of rasters, a time and the features of a layer of footprints say which.&lt;/p&gt;&lt;p&gt;How large the files are is told before any of them is asked for; tick &lt;i&gt;Only tell sizes&lt;/i&gt; to know no more than that.&lt;/p&gt;&lt;p&gt;A file appears under its name when it is whole. Run it again with the same folder after a break: what is there is not asked for again.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Lädt die Dateien herunter, aus denen ein Image-Service besteht, Byte für Byte, wie sie auf dem Server sind, mit dem, was dort neben ihnen liegt. Der Dienst muss es erlauben (Fähigkeit „Download“).&lt;/p&gt;&lt;p&gt;Eine Ausdehnung, eine Where-Klausel, eine Liste von Rastern, eine Zeit und die Objekte eines Layers von Umrissen sagen, welche.&lt;/p&gt;&lt;p&gt;Wie groß die Dateien sind, wird gesagt, bevor nach einer von ihnen gefragt wird; mit &lt;i&gt;Nur die Größen nennen&lt;/i&gt; bleibt es dabei.&lt;/p&gt;&lt;p&gt;Eine Datei erscheint unter ihrem Namen, wenn sie vollständig ist. Nach einer Unterbrechung noch einmal mit demselben Ordner ausführen: Was da ist, wird nicht noch einmal angefordert.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Gives the values of an image service at points: a point layer with the attributes of the input, a field for each band, and a field that says what became of the point: &lt;i&gt;value&lt;/i&gt;, &lt;i&gt;nodata&lt;/i&gt;, &lt;i&gt;outside&lt;/i&gt; or &lt;i&gt;failed&lt;/i&gt;. Where there is no value, the fields of the bands are empty.&lt;/p&gt;&lt;p&gt;Lines are sampled at their start, and then at each distance.&lt;/p&gt;&lt;p&gt;The service is asked by getSamples. With a processing template, which getSamples does not know, or where the service has no getSamples, the pixels under the points are read instead.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Gibt die Werte eines Image-Service an Punkten: einen Punktlayer mit den Attributen der Eingabe, einem Feld je Kanal und einem Feld, das sagt, was aus dem Punkt wurde: &lt;i&gt;value&lt;/i&gt; (Wert), &lt;i&gt;nodata&lt;/i&gt; (keine Daten), &lt;i&gt;outside&lt;/i&gt; (außerhalb) oder &lt;i&gt;failed&lt;/i&gt; (gescheitert). Wo es keinen Wert gibt, sind die Felder der Kanäle leer.&lt;/p&gt;&lt;p&gt;Linien werden an ihrem Anfang und dann in gleichen Abständen abgetastet.&lt;/p&gt;&lt;p&gt;Der Dienst wird mit getSamples gefragt. Mit einer Verarbeitungsvorlage, die getSamples nicht kennt, oder wo der Dienst kein getSamples hat, werden stattdessen die Pixel unter den Punkten gelesen.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Lets an image service compute statistics of its pixels in polygons: the polygons with count, minimum, maximum, mean, standard deviation and, where the server tells it, the median of each band.&lt;/p&gt;&lt;p&gt;A second table, if wanted, has a row for each class of pixels in each polygon, with the number of pixels and their area on the ground.&lt;/p&gt;&lt;p&gt;A field says what became of each polygon: &lt;i&gt;value&lt;/i&gt;, &lt;i&gt;approximate&lt;/i&gt;, &lt;i&gt;nodata&lt;/i&gt;, &lt;i&gt;outside&lt;/i&gt; or &lt;i&gt;failed&lt;/i&gt;. Polygons that the server cannot take, such as those of too many pixels, stay in the layer without statistics; a larger cell size may help.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Lässt einen Image-Service Statistiken seiner Pixel in Polygonen berechnen: die Polygone mit Anzahl, Minimum, Maximum, Mittelwert, Standardabweichung und, wo der Server ihn angibt, dem Median jedes Kanals.&lt;/p&gt;&lt;p&gt;Eine zweite Tabelle hat, wenn gewünscht, eine Zeile für jede Klasse von Pixeln in jedem Polygon, mit der Anzahl der Pixel und ihrer Fläche am Boden.&lt;/p&gt;&lt;p&gt;Ein Feld sagt, was aus jedem Polygon wurde: &lt;i&gt;value&lt;/i&gt; (Wert), &lt;i&gt;approximate&lt;/i&gt; (angenähert), &lt;i&gt;nodata&lt;/i&gt; (keine Daten), &lt;i&gt;outside&lt;/i&gt; (außerhalb) oder &lt;i&gt;failed&lt;/i&gt; (gescheitert). Polygone, die der Server nicht annimmt, etwa solche mit zu vielen Pixeln, bleiben ohne Statistik im Layer; eine größere Zellengröße kann helfen.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Lists the image services of an ArcGIS server, with all of its folders, or of one folder, as a table of name, folder, URL and type.&lt;/p&gt;&lt;p&gt;Folders that are closed to the user are left out with a warning.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Listet die Image-Services eines ArcGIS-Servers mit allen Ordnern, oder die eines Ordners, als Tabelle aus Name, Ordner, URL und Typ auf.&lt;/p&gt;&lt;p&gt;Ordner, die dem Benutzer verschlossen sind, werden mit einer Warnung ausgelassen.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Lists the rasters that an image service is made of as a polygon layer: their outlines, and all fields of the catalog, dates in UTC.&lt;/p&gt;&lt;p&gt;An extent, a where clause, a list of rasters and a time narrow the list.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Listet die Raster, aus denen ein Image-Service besteht, als Polygonlayer: ihre Umrisse und alle Felder des Katalogs, Daten in UTC.&lt;/p&gt;&lt;p&gt;Eine Ausdehnung, eine Where-Klausel, eine Liste von Rastern und eine Zeit grenzen die Liste ein.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Lists the rasters that an image service is made of as a table, with all fields of the catalog, dates in UTC.&lt;/p&gt;&lt;p&gt;An extent, a where clause, a list of rasters and a time narrow the list. &lt;i&gt;Footprints of an image service&lt;/i&gt; gives their outlines too.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Listet die Raster, aus denen ein Image-Service besteht, als Tabelle mit allen Feldern des Katalogs, Daten in UTC.&lt;/p&gt;&lt;p&gt;Eine Ausdehnung, eine Where-Klausel, eine Liste von Rastern und eine Zeit grenzen die Liste ein. &lt;i&gt;Umrisse der Raster eines Image-Service&lt;/i&gt; gibt auch deren Umrisse.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Makes a layer for each date that an image service has: of the rasters of its catalog, or of its dimension StdTime. QGIS' temporal controller shows each at its date.&lt;/p&gt;&lt;p&gt;The dates are counted first, and more than the largest number of layers are refused. The layers are put into a group, which is switched off: without the temporal controller all of them would be drawn over each other.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Macht einen Layer für jedes Datum, das ein Image-Service hat: das der Raster seines Katalogs oder das seiner Dimension StdTime. Die Zeitsteuerung von QGIS zeigt jeden an seinem Datum.&lt;/p&gt;&lt;p&gt;Die Daten werden zuerst gezählt, und mehr als die größte Anzahl von Layern wird abgelehnt. Die Layer kommen in eine Gruppe, die ausgeschaltet ist: Ohne Zeitsteuerung würden alle übereinander gezeichnet.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Makes a layer of each image service in a layer file (.lyrx) or map (.mapx) of ArcGIS Pro, or in a web map of a portal: with its mosaic rule, raster function, bands, where clause, name, opacity, visibility and group.&lt;/p&gt;&lt;p&gt;What has no counterpart, such as symbology, is listed. Nothing but image services is asked, and credentials go only to servers that they are saved for.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Macht aus jedem Image-Service in einer Layerdatei (.lyrx) oder Karte (.mapx) von ArcGIS Pro oder in einer Webkarte eines Portals einen Layer: mit Mosaikregel, Rasterfunktion, Kanälen, Where-Klausel, Name, Deckkraft, Sichtbarkeit und Gruppe.&lt;/p&gt;&lt;p&gt;Was kein Gegenstück hat, etwa die Symbolisierung, wird aufgezählt. Nur Image-Services werden gefragt, und Zugangsdaten gehen nur an Server, für die sie gespeichert sind.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Makes a temporary raster layer from an ArcGIS image service, as the ArcGIS tool &lt;i&gt;Make Image Server Layer&lt;/i&gt; does.&lt;/p&gt;&lt;p&gt;Give at least the address of the service. Bands, fields and processing templates can then be chosen from those that the service has, or typed.&lt;/p&gt;&lt;p&gt;The layer holds true pixel values, or is a picture that the server draws. Nothing is written to disk; the layer stays with the project, if that is saved.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Erstellt einen temporären Rasterlayer aus einem Image-Service von ArcGIS, wie es das ArcGIS-Werkzeug &lt;i&gt;Make Image Server Layer&lt;/i&gt; tut.&lt;/p&gt;&lt;p&gt;Geben Sie mindestens die Adresse des Dienstes an. Kanäle, Felder und Verarbeitungsvorlagen können dann aus denen des Dienstes gewählt oder eingegeben werden.&lt;/p&gt;&lt;p&gt;Der Layer enthält echte Pixelwerte, oder er ist ein Bild, das der Server zeichnet. Auf die Festplatte wird nichts geschrieben; der Layer bleibt beim Projekt, wenn dieses gespeichert wird.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Tells what an ArcGIS image service offers: extent, pixels, bands, processing templates, mosaic methods and fields.&lt;/p&gt;&lt;p&gt;The page is shown under Processing ▸ Results Viewer; the JSON holds the same for programs.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Sagt, was ein Image-Service von ArcGIS bietet: Ausdehnung, Pixel, Kanäle, Verarbeitungsvorlagen, Mosaikmethoden und Felder.&lt;/p&gt;&lt;p&gt;Die Seite steht unter Verarbeitung ▸ Ergebnisanzeige; das JSON enthält dasselbe für Programme.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>&lt;p&gt;Writes the pixels of a layer of an image service, or of the service itself, into a GeoTIFF or a Cloud Optimized GeoTIFF: every value as the service has it, on its own grid, unless cells or a coordinate reference system are given.&lt;/p&gt;&lt;p&gt;The file appears when it is whole. After a break, run the export again with the same parameters: it asks for what is missing only.&lt;/p&gt;&lt;p&gt;There can be one file for each polygon, each locked raster or each date; what fails is listed, and the others are written all the same.&lt;/p&gt;</source>
      <translation>&lt;p&gt;Schreibt die Pixel eines Layers eines Image-Service oder des Dienstes selbst in ein GeoTIFF oder ein Cloud Optimized GeoTIFF: jeden Wert so, wie der Dienst ihn hat, auf dessen eigenem Gitter, wenn weder Zellen noch ein Koordinatenbezugssystem angegeben sind.&lt;/p&gt;&lt;p&gt;Die Datei erscheint, wenn sie vollständig ist. Nach einer Unterbrechung führen Sie den Export mit denselben Parametern noch einmal aus: Er fragt nur nach dem, was fehlt.&lt;/p&gt;&lt;p&gt;Es kann eine Datei je Polygon, je gesperrtem Raster oder je Datum geben; was fehlschlägt, wird aufgeführt, und die anderen werden trotzdem geschrieben.&lt;/p&gt;</translation>
    </message>
    <message>
      <source>A .lyrx or .mapx of ArcGIS Pro, or the JSON of a web map.</source>
      <translation>Eine .lyrx oder .mapx von ArcGIS Pro, oder das JSON einer Webkarte.</translation>
    </message>
    <message>
      <source>A URL that ends with /rest/services or with one of its folders, or the name of a saved ArcGIS REST connection, alone or followed by a folder.</source>
      <translation>Eine URL, die mit /rest/services oder einem Ordner darin endet, oder der Name einer gespeicherten ArcGIS-REST-Verbindung, allein oder gefolgt von einem Ordner.</translation>
    </message>
    <message>
      <source>A corner of a cell at {corner}</source>
      <translation>Eine Zellenecke bei {corner}</translation>
    </message>
    <message>
      <source>A date in UTC, as {day}, or with a time of day, as {moment}. The raster whose value in the order field is nearest to it is on top.</source>
      <translation>Ein Datum in UTC, etwa {day}, oder mit Uhrzeit, etwa {moment}. Obenauf liegt das Raster, dessen Wert im Sortierfeld ihm am nächsten ist.</translation>
    </message>
    <message>
      <source>A download of more is refused, before any file is asked for.</source>
      <translation>Mehr wird abgelehnt, bevor nach einer Datei gefragt wird.</translation>
    </message>
    <message>
      <source>A layer is being made.</source>
      <translation>Ein Layer wird gerade erstellt.</translation>
    </message>
    <message>
      <source>A layer of this plugin, with its options. Options that are given here go before the layer's own.</source>
      <translation>Ein Layer dieser Erweiterung mit seinen Optionen. Optionen, die hier angegeben werden, gehen denen des Layers vor.</translation>
    </message>
    <message>
      <source>A layer that this plugin has made; or leave it out, and give the image service below.</source>
      <translation>Ein Layer, den diese Erweiterung erzeugt hat; oder lassen Sie ihn weg, und geben Sie unten den Image-Service an.</translation>
    </message>
    <message>
      <source>A picture has no cells of its own that could be aligned; take pixel values.</source>
      <translation>Ein Bild hat keine eigenen Zellen, die ausgerichtet werden könnten; nehmen Sie Pixelwerte.</translation>
    </message>
    <message>
      <source>A picture has no cells of its own; leave out the cell size, or take pixel values.</source>
      <translation>Ein Bild hat keine eigenen Zellen; lassen Sie die Zellengröße weg, oder nehmen Sie Pixelwerte.</translation>
    </message>
    <message>
      <source>A picture was asked for.</source>
      <translation>Ein Bild war gewünscht.</translation>
    </message>
    <message>
      <source>A picture with more or less contrast, lighter or darker.</source>
      <translation>Ein Bild mit mehr oder weniger Kontrast, heller oder dunkler.</translation>
    </message>
    <message>
      <source>A polygon of the layer “{name}” is not valid ({problem}); repair it with the algorithm Fix geometries.</source>
      <translation>Ein Polygon des Layers „{name}“ ist ungültig ({problem}); reparieren Sie es mit dem Algorithmus „Geometrien reparieren“.</translation>
    </message>
    <message>
      <source>A published raster function, None for pixels as they are, the JSON of a raster function, or the path of an .rft.json file. If not given, the server applies its default, the first one published.</source>
      <translation>Eine veröffentlichte Rasterfunktion, None für Pixel, wie sie sind, das JSON einer Rasterfunktion oder der Pfad einer .rft.json-Datei. Ohne Angabe wendet der Server seinen Standard an, die zuerst veröffentlichte.</translation>
    </message>
    <message>
      <source>A raster layer in the service's coordinate reference system, on whose cells those of the layer fall; their size is the same if no cell size is given.</source>
      <translation>Ein Rasterlayer im Koordinatenbezugssystem des Dienstes, auf dessen Zellen die des Layers fallen; ohne Angabe einer Zellengröße sind sie ebenso groß.</translation>
    </message>
    <message>
      <source>A shape to clip to lies on both sides of the antimeridian (180°), where the map of the service ends; clip to its part on one side.</source>
      <translation>Eine Form zum Zuschneiden liegt auf beiden Seiten des 180. Längengrads, an dem die Karte des Dienstes endet; schneiden Sie auf ihren Teil auf einer Seite zu.</translation>
    </message>
    <message>
      <source>A slice has its own time and dimensions; leave these out, or the slice.</source>
      <translation>Ein Ausschnitt hat seine eigene Zeit und seine eigenen Dimensionen; lassen Sie diese weg oder den Ausschnitt.</translation>
    </message>
    <message>
      <source>A slice of a multidimensional service by the id that the server has for it (10.8.1 and later), in place of dimensions.</source>
      <translation>Ein Ausschnitt (Slice) eines mehrdimensionalen Dienstes mit der Id, die der Server für ihn hat (ab 10.8.1), anstelle von Dimensionen.</translation>
    </message>
    <message>
      <source>A tile of the service is broken, so nothing is drawn of it; try again later.</source>
      <translation>Eine Kachel des Dienstes ist beschädigt, daher wird von ihr nichts gezeichnet; versuchen Sie es später erneut.</translation>
    </message>
    <message>
      <source>A token stood in the address and was taken out: addresses are saved with projects, tokens must not be.</source>
      <translation>In der Adresse stand ein Token und wurde herausgenommen: Adressen werden mit Projekten gespeichert, Token dürfen das nicht.</translation>
    </message>
    <message numerus="yes">
      <source>Add %n Layers</source>
      <translation>
        <numerusform>%n Layer hinzufügen</numerusform>
        <numerusform>%n Layer hinzufügen</numerusform>
      </translation>
    </message>
    <message>
      <source>Add All</source>
      <translation>Alle hinzufügen</translation>
    </message>
    <message>
      <source>Add ArcGIS Image Server Layer</source>
      <translation>ArcGIS-Image-Server-Layer hinzufügen</translation>
    </message>
    <message>
      <source>Add ArcGIS Image Server Layer…</source>
      <translation>ArcGIS-Image-Server-Layer hinzufügen…</translation>
    </message>
    <message>
      <source>Add Layers</source>
      <translation>Layer hinzufügen</translation>
    </message>
    <message>
      <source>Add a Layer for Each &amp;Date…</source>
      <translation>Layer für jedes &amp;Datum hinzufügen …</translation>
    </message>
    <message>
      <source>Add a Layer for Each Date</source>
      <translation>Layer für jedes Datum hinzufügen</translation>
    </message>
    <message>
      <source>Add a Layer for Each Date…</source>
      <translation>Layer für jedes Datum hinzufügen …</translation>
    </message>
    <message>
      <source>Add a group of layers, each of which the temporal controller shows at its date.</source>
      <translation>Eine Gruppe von Layern hinzufügen, von denen die Zeitsteuerung jeden zu seinem Datum zeigt.</translation>
    </message>
    <message>
      <source>Add a layer from an ArcGIS image service</source>
      <translation>Layer aus einem Image-Service von ArcGIS hinzufügen</translation>
    </message>
    <message>
      <source>Add a layer from this address</source>
      <translation>Layer von dieser Adresse hinzufügen</translation>
    </message>
    <message>
      <source>Add and Clo&amp;se</source>
      <translation>Hinzufügen und &amp;schließen</translation>
    </message>
    <message>
      <source>Add the layer to the project, and close</source>
      <translation>Den Layer zum Projekt hinzufügen und schließen</translation>
    </message>
    <message>
      <source>Add the layer to the project, and go on (Ctrl+Return)</source>
      <translation>Den Layer zum Projekt hinzufügen und weitermachen (Strg+Eingabe)</translation>
    </message>
    <message>
      <source>Add the outlines of the layer's rasters, with all that its catalog says of them.</source>
      <translation>Die Umrisse der Raster des Layers hinzufügen, mit allem, was der Katalog von ihnen sagt.</translation>
    </message>
    <message>
      <source>Add these rasters to the list.</source>
      <translation>Diese Raster in die Liste aufnehmen.</translation>
    </message>
    <message>
      <source>Add to List</source>
      <translation>In die Liste</translation>
    </message>
    <message>
      <source>Add to the Public Services</source>
      <translation>Zu den öffentlichen Diensten hinzufügen</translation>
    </message>
    <message>
      <source>Adding an image service</source>
      <translation>Hinzufügen eines Image-Service</translation>
    </message>
    <message>
      <source>Adding the image services in “{title}”</source>
      <translation>Die Image-Services in „{title}“ werden hinzugefügt</translation>
    </message>
    <message>
      <source>Adding the image services in “{title}”…</source>
      <translation>Die Image-Services in „{title}“ werden hinzugefügt …</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Address of the image service</source>
      <translation>Adresse des Image-Service</translation>
    </message>
    <message>
      <source>Adds the image services of an ArcGIS Pro layer file or map, or of a web map of a portal.</source>
      <translation>Fügt die Image-Services einer Layerdatei oder Karte von ArcGIS Pro oder einer Webkarte eines Portals hinzu.</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>Erweitert</translation>
    </message>
    <message>
      <source>Aerial photographs of the United States, USGS</source>
      <translation>Luftbilder der Vereinigten Staaten, USGS</translation>
    </message>
    <message>
      <source>Agriculture</source>
      <translation>Landwirtschaft</translation>
    </message>
    <message>
      <source>Alias</source>
      <translation>Alias</translation>
    </message>
    <message>
      <source>Align cells</source>
      <translation>Zellen ausrichten</translation>
    </message>
    <message>
      <source>Align cells with</source>
      <translation>Zellen ausrichten an</translation>
    </message>
    <message>
      <source>Align with its cells</source>
      <translation>An seinen Zellen ausrichten</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>All Dates</source>
      <translation>Alle Daten</translation>
    </message>
    <message>
      <source>All Rasters</source>
      <translation>Alle Raster</translation>
    </message>
    <message>
      <source>All bands</source>
      <translation>Alle Kanäle</translation>
    </message>
    <message>
      <source>All bands are there; choose one to show as {color}.</source>
      <translation>Alle Kanäle sind da; einen wählen, der als {color} gezeigt wird.</translation>
    </message>
    <message>
      <source>All bands must match</source>
      <translation>Alle Kanäle müssen übereinstimmen</translation>
    </message>
    <message>
      <source>All bands, in the order of the service.</source>
      <translation>Alle Kanäle, in der Reihenfolge des Dienstes.</translation>
    </message>
    <message>
      <source>All of them keep every value as it is.</source>
      <translation>Alle lassen jeden Wert, wie er ist.</translation>
    </message>
    <message>
      <source>All rasters</source>
      <translation>Alle Raster</translation>
    </message>
    <message>
      <source>All {count} Templates…</source>
      <translation>Alle {count} Vorlagen…</translation>
    </message>
    <message>
      <source>All {total} rasters</source>
      <translation>Alle {total} Raster</translation>
    </message>
    <message>
      <source>Allow {size} GB</source>
      <translation>{size} GB erlauben</translation>
    </message>
    <message>
      <source>Altitude</source>
      <translation>Sonnenhöhe</translation>
    </message>
    <message>
      <source>An export of more is refused, before anything is asked for.</source>
      <translation>Ein größerer Export wird abgelehnt, bevor irgendetwas angefordert wird.</translation>
    </message>
    <message>
      <source>An image that the server draws and colors for each view.</source>
      <translation>Ein Bild, das der Server für jede Ansicht zeichnet und einfärbt.</translation>
    </message>
    <message>
      <source>An index of vegetation, water or minerals, or a formula of your own, over bands.</source>
      <translation>Ein Index für Vegetation, Wasser oder Minerale oder eine eigene Formel über Kanäle.</translation>
    </message>
    <message>
      <source>An ordinary GDAL layer, which opens without this plugin.</source>
      <translation>Ein gewöhnlicher GDAL-Layer, der sich ohne diese Erweiterung öffnen lässt.</translation>
    </message>
    <message>
      <source>Any</source>
      <translation>Beliebig</translation>
    </message>
    <message>
      <source>Any number of bands, in any order, in a table.</source>
      <translation>Beliebig viele Kanäle in beliebiger Reihenfolge, in einer Tabelle.</translation>
    </message>
    <message>
      <source>Anywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>ArcGIS Image Server</source>
      <translation>ArcGIS-Image-Server</translation>
    </message>
    <message>
      <source>ArcGIS Image Services</source>
      <translation>ArcGIS-Image-Services</translation>
    </message>
    <message>
      <source>ArcGIS Online</source>
      <translation>ArcGIS Online</translation>
    </message>
    <message>
      <source>ArcGIS image services</source>
      <translation>Image-Services von ArcGIS</translation>
    </message>
    <message>
      <source>Area and cells</source>
      <translation>Ausdehnung und Zellen</translation>
    </message>
    <message>
      <source>As CSV…</source>
      <translation>Als CSV…</translation>
    </message>
    <message>
      <source>As Image</source>
      <translation>Als Bild</translation>
    </message>
    <message>
      <source>As JSON</source>
      <translation>Als JSON</translation>
    </message>
    <message>
      <source>As PNG…</source>
      <translation>Als PNG…</translation>
    </message>
    <message>
      <source>As Text</source>
      <translation>Als Text</translation>
    </message>
    <message>
      <source>As in layer</source>
      <translation>Wie im Layer</translation>
    </message>
    <message>
      <source>As in the service</source>
      <translation>Wie im Dienst</translation>
    </message>
    <message>
      <source>As in the service: {size}</source>
      <translation>Wie im Dienst: {size}</translation>
    </message>
    <message>
      <source>As it comes</source>
      <translation>Wie er sich ergibt</translation>
    </message>
    <message>
      <source>As the layer shows it</source>
      <translation>Wie der Layer es zeigt</translation>
    </message>
    <message>
      <source>As the service does</source>
      <translation>Wie es der Dienst hält</translation>
    </message>
    <message>
      <source>As the service does ({variable})</source>
      <translation>Wie der Dienst es macht ({variable})</translation>
    </message>
    <message>
      <source>Ascending</source>
      <translation>Aufsteigend</translation>
    </message>
    <message>
      <source>Ascending puts the raster that the method prefers on top, descending puts it at the bottom.</source>
      <translation>Aufsteigend legt das Raster, das die Methode bevorzugt, nach oben, absteigend nach unten.</translation>
    </message>
    <message>
      <source>Ask Again</source>
      <translation>Erneut abfragen</translation>
    </message>
    <message>
      <source>Ask an image service for the values, rasters and profile of a point</source>
      <translation>Einen Image-Service nach Werten, Rastern und Profil eines Punkts fragen</translation>
    </message>
    <message>
      <source>Ask for Points on the Map</source>
      <translation>Punkte in der Karte abfragen</translation>
    </message>
    <message>
      <source>Ask for a Pixel…</source>
      <translation>Pixel abfragen…</translation>
    </message>
    <message>
      <source>Ask for images</source>
      <translation>Bilder anfordern</translation>
    </message>
    <message>
      <source>Ask the Server</source>
      <translation>Server fragen</translation>
    </message>
    <message>
      <source>Ask “{name}” about a function chain</source>
      <translation>„{name}“ nach einer Funktionskette fragen</translation>
    </message>
    <message>
      <source>Asking for the pixel at a point</source>
      <translation>Pixel an einem Punkt wird abgefragt</translation>
    </message>
    <message>
      <source>Asking for the values of a point over time</source>
      <translation>Werte eines Punkts über die Zeit werden abgefragt</translation>
    </message>
    <message>
      <source>Asking for the values of a point over “{dimension}”</source>
      <translation>Abfrage der Werte eines Punktes über „{dimension}“</translation>
    </message>
    <message>
      <source>Asking…</source>
      <translation>Wird gefragt…</translation>
    </message>
    <message>
      <source>Aspect</source>
      <translation>Exposition</translation>
    </message>
    <message>
      <source>Authentication</source>
      <translation>Authentifizierung</translation>
    </message>
    <message>
      <source>Authentication configuration</source>
      <translation>Authentifizierungskonfiguration</translation>
    </message>
    <message>
      <source>Authentication: none</source>
      <translation>Authentifizierung: keine</translation>
    </message>
    <message>
      <source>Authentication: the server refused “{name}”.</source>
      <translation>Authentifizierung: Der Server hat „{name}“ abgelehnt.</translation>
    </message>
    <message>
      <source>Authentication: the server wants credentials.</source>
      <translation>Authentifizierung: Der Server verlangt Zugangsdaten.</translation>
    </message>
    <message>
      <source>Authentication: “{name}”</source>
      <translation>Authentifizierung: „{name}“</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Automatisch</translation>
    </message>
    <message>
      <source>Azimuth</source>
      <translation>Azimut</translation>
    </message>
    <message>
      <source>Band</source>
      <translation>Kanal</translation>
    </message>
    <message>
      <source>Band arithmetic</source>
      <translation>Kanalarithmetik</translation>
    </message>
    <message>
      <source>Band of the profile</source>
      <translation>Kanal des Profils</translation>
    </message>
    <message>
      <source>Band {number}</source>
      <translation>Kanal {number}</translation>
    </message>
    <message>
      <source>Band {number}: {name}</source>
      <translation>Kanal {number}: {name}</translation>
    </message>
    <message>
      <source>Bands</source>
      <translation>Kanäle</translation>
    </message>
    <message>
      <source>Bands are B1, B2 and so on; with numbers, parentheses and + - * /.</source>
      <translation>Kanäle heißen B1, B2 und so weiter; mit Zahlen, Klammern und + - * /.</translation>
    </message>
    <message>
      <source>Bands {bands} as red, green and blue.</source>
      <translation>Die Kanäle {bands} als Rot, Grün und Blau.</translation>
    </message>
    <message>
      <source>Bands {bands} of the raw pixels as red, green and blue.</source>
      <translation>Die Kanäle {bands} der Rohpixel als Rot, Grün und Blau.</translation>
    </message>
    <message>
      <source>Basemap</source>
      <translation>Grundkarte</translation>
    </message>
    <message>
      <source>Becomes</source>
      <translation>Wird zu</translation>
    </message>
    <message>
      <source>Bilinear</source>
      <translation>Bilinear</translation>
    </message>
    <message>
      <source>Blend</source>
      <translation>Überblenden</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>Both the layer “{layer}” and an address are given: leave out one of them.</source>
      <translation>Sowohl der Layer „{layer}“ als auch eine Adresse sind angegeben: lassen Sie eines davon weg.</translation>
    </message>
    <message>
      <source>Brightness</source>
      <translation>Helligkeit</translation>
    </message>
    <message>
      <source>Browse servers</source>
      <translation>Server durchsuchen</translation>
    </message>
    <message>
      <source>Build the clause from the fields of the catalog.</source>
      <translation>Die Klausel aus den Feldern des Katalogs zusammenstellen.</translation>
    </message>
    <message>
      <source>Build…</source>
      <translation>Zusammenstellen…</translation>
    </message>
    <message>
      <source>By attribute</source>
      <translation>Nach Attribut</translation>
    </message>
    <message>
      <source>By what is in view</source>
      <translation>Nach dem, was zu sehen ist</translation>
    </message>
    <message>
      <source>CIg: chlorophyll</source>
      <translation>CIg: Chlorophyll</translation>
    </message>
    <message>
      <source>CRS authority identifier</source>
      <translation>Kennung des Koordinatenbezugssystems</translation>
    </message>
    <message>
      <source>CSV files (*.csv)</source>
      <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
      <source>Calendar</source>
      <translation>Kalender</translation>
    </message>
    <message>
      <source>Calendar of the service's dates</source>
      <translation>Kalender der Daten des Dienstes</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Capabilities</source>
      <translation>Fähigkeiten</translation>
    </message>
    <message>
      <source>Cell si&amp;ze</source>
      <translation>&amp;Zellengröße</translation>
    </message>
    <message>
      <source>Cell size</source>
      <translation>Zellengröße</translation>
    </message>
    <message>
      <source>Cells aligned with a corner at {corner}</source>
      <translation>Zellen ausgerichtet an einer Ecke bei {corner}</translation>
    </message>
    <message>
      <source>Change the layer, and close</source>
      <translation>Layer ändern und schließen</translation>
    </message>
    <message>
      <source>Change the layer, and go on (Ctrl+Return)</source>
      <translation>Layer ändern und weitermachen (Strg+Eingabe)</translation>
    </message>
    <message>
      <source>Change what is shown of the image service, and how; everything else of it stays.</source>
      <translation>Ändern, was vom Image-Service gezeigt wird und wie; alles andere am Layer bleibt.</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Ändern…</translation>
    </message>
    <message>
      <source>Changing the layer “{name}”</source>
      <translation>Layer „{name}“ wird geändert</translation>
    </message>
    <message>
      <source>Choose Rasters of {name}</source>
      <translation>Raster von {name} wählen</translation>
    </message>
    <message>
      <source>Choose a date</source>
      <translation>Datum wählen</translation>
    </message>
    <message>
      <source>Choose a field</source>
      <translation>Feld wählen</translation>
    </message>
    <message>
      <source>Choose a year, a month, a day or a date; with Shift, all from one to another.</source>
      <translation>Ein Jahr, einen Monat, einen Tag oder einen Zeitpunkt wählen; mit der Umschalttaste alles von einem bis zu einem anderen.</translation>
    </message>
    <message>
      <source>Choose an image server layer, or give the address of an image service.</source>
      <translation>Wählen Sie einen Image-Server-Layer, oder geben Sie die Adresse eines Image-Service an.</translation>
    </message>
    <message>
      <source>Choose dates of the service, and add a group with a layer for each of them</source>
      <translation>Daten des Dienstes wählen und eine Gruppe mit einem Layer für jedes davon hinzufügen</translation>
    </message>
    <message>
      <source>Choose either a layer file or a web map of a portal.</source>
      <translation>Wählen Sie entweder eine Layerdatei oder eine Webkarte eines Portals.</translation>
    </message>
    <message>
      <source>Choose one of the image services in the list.</source>
      <translation>Wählen Sie einen der Image-Services in der Liste.</translation>
    </message>
    <message>
      <source>Choose rasters in a table, with their footprints on the map.</source>
      <translation>Raster in einer Tabelle wählen, mit ihren Umrissen auf der Karte.</translation>
    </message>
    <message>
      <source>Choose the folder that the files are to be downloaded into.</source>
      <translation>Den Ordner wählen, in den die Dateien heruntergeladen werden sollen.</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen…</translation>
    </message>
    <message>
      <source>Class</source>
      <translation>Klasse</translation>
    </message>
    <message>
      <source>Classes</source>
      <translation>Klassen</translation>
    </message>
    <message>
      <source>Clay minerals</source>
      <translation>Tonminerale</translation>
    </message>
    <message>
      <source>Cli&amp;p to</source>
      <translation>&amp;Zuschneiden auf</translation>
    </message>
    <message>
      <source>Click a point on the map; Esc brings the form back without one.</source>
      <translation>Klicken Sie auf einen Punkt der Karte; Esc bringt das Formular ohne einen zurück.</translation>
    </message>
    <message>
      <source>Click an image service to see what it is; double-click or Return takes it.</source>
      <translation>Klicken Sie auf einen Image-Service, um zu sehen, was er ist; Doppelklick oder Eingabe übernimmt ihn.</translation>
    </message>
    <message>
      <source>Click on the map to choose from the rasters of “{name}” there; Esc gives up.</source>
      <translation>Klicken Sie in die Karte, um unter den Rastern von „{name}“ dort zu wählen; Esc bricht ab.</translation>
    </message>
    <message>
      <source>Click on the map, and choose which of the rasters there is to be shown alone.</source>
      <translation>In die Karte klicken und wählen, welches der Raster dort allein gezeigt werden soll.</translation>
    </message>
    <message>
      <source>Click on the map, and see all values there, the rasters, and a profile.</source>
      <translation>In die Karte klicken und alle Werte dort, die Raster und ein Profil sehen.</translation>
    </message>
    <message>
      <source>Click on the map, or type x, y and press Enter</source>
      <translation>In die Karte klicken oder x, y eingeben und Eingabetaste drücken</translation>
    </message>
    <message>
      <source>Click to edit the layer.</source>
      <translation>Klicken, um den Layer zu bearbeiten.</translation>
    </message>
    <message>
      <source>Click to try again.</source>
      <translation>Klicken, um es noch einmal zu versuchen.</translation>
    </message>
    <message>
      <source>Clip to</source>
      <translation>Zuschneiden auf</translation>
    </message>
    <message>
      <source>Clipped above</source>
      <translation>Oben abgeschnitten</translation>
    </message>
    <message>
      <source>Clipped below</source>
      <translation>Unten abgeschnitten</translation>
    </message>
    <message>
      <source>Closes this window as OK does, and opens the form with all choices of the layer.</source>
      <translation>Schließt dieses Fenster wie OK und öffnet das Formular mit allem, was für den Layer gewählt ist.</translation>
    </message>
    <message>
      <source>Closest to center</source>
      <translation>Nächstes zur Mitte</translation>
    </message>
    <message>
      <source>Closest to nadir</source>
      <translation>Nächstes zum Nadir</translation>
    </message>
    <message>
      <source>Closest to viewpoint</source>
      <translation>Nächstes zum Blickpunkt</translation>
    </message>
    <message>
      <source>Cloud cover at &amp;most</source>
      <translation>Bewölkung &amp;höchstens</translation>
    </message>
    <message>
      <source>Color infrared</source>
      <translation>Farbinfrarot</translation>
    </message>
    <message>
      <source>Color ramp</source>
      <translation>Farbverlauf</translation>
    </message>
    <message>
      <source>Colormap</source>
      <translation>Farbtabelle</translation>
    </message>
    <message>
      <source>Colors for the values of a band. Made for pictures: the values themselves stay as they are.</source>
      <translation>Farben für die Werte eines Kanals. Für Bilder gedacht: Die Werte selbst bleiben, wie sie sind.</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Compare Points: Keep Those Before (Ctrl+Click)</source>
      <translation>Punkte vergleichen: bisherige behalten (Strg+Klick)</translation>
    </message>
    <message>
      <source>Compression</source>
      <translation>Komprimierung</translation>
    </message>
    <message>
      <source>Compression &amp;quality</source>
      <translation>Kompressions&amp;qualität</translation>
    </message>
    <message>
      <source>Compression quality</source>
      <translation>Kompressionsqualität</translation>
    </message>
    <message>
      <source>Configurations are kept in QGIS' encrypted authentication database.</source>
      <translation>Konfigurationen stehen in der verschlüsselten Authentifizierungsdatenbank von QGIS.</translation>
    </message>
    <message>
      <source>Connect to a service to see its bands.</source>
      <translation>Verbinden Sie sich mit einem Dienst, um seine Kanäle zu sehen.</translation>
    </message>
    <message>
      <source>Connect to a service to see whether it is a mosaic.</source>
      <translation>Verbinden Sie sich mit einem Dienst, um zu sehen, ob er ein Mosaik ist.</translation>
    </message>
    <message>
      <source>Connect to an image service first.</source>
      <translation>Verbinden Sie sich zuerst mit einem Image-Service.</translation>
    </message>
    <message>
      <source>Connect to another service, or with other credentials</source>
      <translation>Mit einem anderen Dienst oder mit anderen Anmeldedaten verbinden</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Verbindungen</translation>
    </message>
    <message>
      <source>Contrast</source>
      <translation>Kontrast</translation>
    </message>
    <message>
      <source>Contrast and brightness</source>
      <translation>Kontrast und Helligkeit</translation>
    </message>
    <message>
      <source>Coordinate reference system</source>
      <translation>Koordinatenbezugssystem</translation>
    </message>
    <message>
      <source>Coordinates</source>
      <translation>Koordinaten</translation>
    </message>
    <message>
      <source>Coordinates in the reference system of the map</source>
      <translation>Koordinaten im Bezugssystem der Karte</translation>
    </message>
    <message>
      <source>Copied.</source>
      <translation>Kopiert.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy a call of make_image_server_layer() that makes this layer</source>
      <translation>Einen Aufruf von make_image_server_layer() kopieren, der diesen Layer erstellt</translation>
    </message>
    <message>
      <source>Copy a call of processing.run() that makes this layer</source>
      <translation>Einen Aufruf von processing.run() kopieren, der diesen Layer erstellt</translation>
    </message>
    <message>
      <source>Copy as</source>
      <translation>Kopieren als</translation>
    </message>
    <message>
      <source>Copy as &amp;Python</source>
      <translation>Als &amp;Python kopieren</translation>
    </message>
    <message>
      <source>Copy as P&amp;rocessing Command</source>
      <translation>Als Befehl der &amp;Verarbeitung kopieren</translation>
    </message>
    <message>
      <source>Copy what repeats this export elsewhere: it names the image service, not the layer</source>
      <translation>Kopiert, was diesen Export anderswo wiederholt: Es nennt den Image-Service, nicht den Layer</translation>
    </message>
    <message>
      <source>Copyright</source>
      <translation>Urheberrecht</translation>
    </message>
    <message>
      <source>Copyright: {holder}</source>
      <translation>Urheberrecht: {holder}</translation>
    </message>
    <message>
      <source>Counting rasters…</source>
      <translation>Raster werden gezählt…</translation>
    </message>
    <message>
      <source>Counting the rasters of “{name}”</source>
      <translation>Raster von „{name}“ werden gezählt</translation>
    </message>
    <message>
      <source>Credentials</source>
      <translation>Zugangsdaten</translation>
    </message>
    <message>
      <source>Cubic</source>
      <translation>Kubisch</translation>
    </message>
    <message>
      <source>Curvature</source>
      <translation>Wölbung</translation>
    </message>
    <message>
      <source>Cut to these polygons</source>
      <translation>Auf diese Polygone zuschneiden</translation>
    </message>
    <message>
      <source>DESCENDING turns the order of the rasters around.</source>
      <translation>DESCENDING kehrt die Reihenfolge der Raster um.</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Date field</source>
      <translation>Datumsfeld</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Dates are written as {day} or {moment}, in UTC.</source>
      <translation>Daten werden als {day} oder {moment} geschrieben, in UTC.</translation>
    </message>
    <message>
      <source>Dates of the dimension (UTC)</source>
      <translation>Daten der Dimension (UTC)</translation>
    </message>
    <message>
      <source>Dates of the layer (UTC)</source>
      <translation>Zeitpunkte des Layers (UTC)</translation>
    </message>
    <message>
      <source>Dates of the service</source>
      <translation>Zeitpunkte des Dienstes</translation>
    </message>
    <message>
      <source>Dates of the service (UTC)</source>
      <translation>Zeitpunkte des Dienstes (UTC)</translation>
    </message>
    <message numerus="yes">
      <source>Dates that become layers: %n.</source>
      <translation>
        <numerusform>Daten, die zu Layern werden: %n.</numerusform>
        <numerusform>Daten, die zu Layern werden: %n.</numerusform>
      </translation>
    </message>
    <message>
      <source>Days on which the service has something are bold.</source>
      <translation>Tage, von denen der Dienst etwas hat, sind fett.</translation>
    </message>
    <message>
      <source>Default method</source>
      <translation>Standardmethode</translation>
    </message>
    <message>
      <source>Default processing template</source>
      <translation>Standard-Verarbeitungsvorlage</translation>
    </message>
    <message>
      <source>Defaults</source>
      <translation>Vorgaben</translation>
    </message>
    <message>
      <source>Degrees</source>
      <translation>Grad</translation>
    </message>
    <message>
      <source>Degrees, scaled with the pixel size</source>
      <translation>Grad, mit der Pixelgröße skaliert</translation>
    </message>
    <message>
      <source>Descending</source>
      <translation>Absteigend</translation>
    </message>
    <message>
      <source>Describe image service</source>
      <translation>Image-Service beschreiben</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Description as JSON</source>
      <translation>Beschreibung als JSON</translation>
    </message>
    <message>
      <source>Details…</source>
      <translation>Details…</translation>
    </message>
    <message>
      <source>Dimension</source>
      <translation>Dimension</translation>
    </message>
    <message>
      <source>Dimensions</source>
      <translation>Dimensionen</translation>
    </message>
    <message>
      <source>Distance along lines</source>
      <translation>Abstand entlang der Linien</translation>
    </message>
    <message>
      <source>Download Selected Source Rasters…</source>
      <translation>Gewählte Quellraster herunterladen…</translation>
    </message>
    <message>
      <source>Download Source Rasters…</source>
      <translation>Quellraster herunterladen…</translation>
    </message>
    <message>
      <source>Download source rasters</source>
      <translation>Quellraster herunterladen</translation>
    </message>
    <message>
      <source>Draw a preview while a layer is composed</source>
      <translation>Eine Vorschau zeichnen, während ein Layer zusammengestellt wird</translation>
    </message>
    <message>
      <source>Draw from the tiles</source>
      <translation>Aus den Kacheln zeichnen</translation>
    </message>
    <message>
      <source>Draw on the map the box around the selected raster.</source>
      <translation>Den Rahmen um das gewählte Raster in die Karte zeichnen.</translation>
    </message>
    <message>
      <source>Draw or type an extent, or take that of the map, a layer or a bookmark.</source>
      <translation>Zeichnen Sie eine Ausdehnung, geben Sie eine ein, oder übernehmen Sie die der Karte, eines Layers oder eines Lesezeichens.</translation>
    </message>
    <message>
      <source>Draw the extent of the layer in the preview</source>
      <translation>Die Ausdehnung des Layers in der Vorschau aufziehen</translation>
    </message>
    <message>
      <source>Draw the layer as it is composed, shortly after each change</source>
      <translation>Den Layer kurz nach jeder Änderung so zeichnen, wie er zusammengestellt ist</translation>
    </message>
    <message>
      <source>Draw the service behind the footprints.</source>
      <translation>Den Dienst hinter den Umrissen zeichnen.</translation>
    </message>
    <message>
      <source>Drawing thumbnails</source>
      <translation>Zeichnen von Vorschaubildern</translation>
    </message>
    <message>
      <source>Drawing “{name}” behind its footprints</source>
      <translation>Zeichnen von „{name}“ hinter den Umrissen</translation>
    </message>
    <message>
      <source>Drawn from the service's tiles</source>
      <translation>Aus den Kacheln des Dienstes gezeichnet</translation>
    </message>
    <message>
      <source>Drawn from the service's tiles, where they fit</source>
      <translation>Aus den Kacheln des Dienstes gezeichnet, wo sie passen</translation>
    </message>
    <message>
      <source>E&amp;xtent</source>
      <translation>&amp;Ausdehnung</translation>
    </message>
    <message>
      <source>EVI: dense vegetation</source>
      <translation>EVI: dichte Vegetation</translation>
    </message>
    <message>
      <source>Each date of “{name}” becomes a layer of its own, with the same style, in a group. QGIS' temporal controller shows each at its date.</source>
      <translation>Jedes Datum von „{name}“ wird ein eigener Layer mit demselben Stil, in einer Gruppe. Die Zeitsteuerung von QGIS zeigt jeden zu seinem Datum.</translation>
    </message>
    <message>
      <source>Each is a small request; without them, templates are a list.</source>
      <translation>Jede ist eine kleine Anfrage; ohne sie sind Vorlagen eine Liste.</translation>
    </message>
    <message>
      <source>Each pixel becomes a statistic of the pixels around it: smoother, wider, or filled.</source>
      <translation>Jedes Pixel wird zu einer Statistik der Pixel um es herum: glatter, breiter oder gefüllt.</translation>
    </message>
    <message>
      <source>Each view is stretched by its own pixels, so that the same place changes from view to view.</source>
      <translation>Jede Ansicht wird nach ihren eigenen Pixeln gestreckt, sodass derselbe Ort von Ansicht zu Ansicht anders aussieht.</translation>
    </message>
    <message>
      <source>Edit Image Server Layer – {name}</source>
      <translation>Image-Server-Layer bearbeiten – {name}</translation>
    </message>
    <message>
      <source>Edit Image Server Layer…</source>
      <translation>Image-Server-Layer bearbeiten…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Bearbeiten…</translation>
    </message>
    <message>
      <source>Elevation of the United States, USGS</source>
      <translation>Höhen der Vereinigten Staaten, USGS</translation>
    </message>
    <message>
      <source>Export image server layer</source>
      <translation>Image-Server-Layer exportieren</translation>
    </message>
    <message>
      <source>Exported file</source>
      <translation>Exportierte Datei</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>Extent</source>
      <translation>Ausdehnung</translation>
    </message>
    <message>
      <source>Extents that are missing</source>
      <translation>Ausdehnungen, die fehlen</translation>
    </message>
    <message>
      <source>Ferrous minerals</source>
      <translation>Eisenhaltige Minerale</translation>
    </message>
    <message>
      <source>Fewer are slower for you, and spare a busy server.</source>
      <translation>Weniger sind für Sie langsamer und schonen einen beschäftigten Server.</translation>
    </message>
    <message>
      <source>Field that names polygons</source>
      <translation>Feld mit den Namen der Polygone</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Felder</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Dateien</translation>
    </message>
    <message>
      <source>Files that failed</source>
      <translation>Fehlgeschlagene Dateien</translation>
    </message>
    <message>
      <source>Fill nodata only</source>
      <translation>Nur Nodata füllen</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Filter of image services, or words to search a portal for</source>
      <translation>Filter der Image-Services, oder Wörter, nach denen ein Portal durchsucht wird</translation>
    </message>
    <message>
      <source>Filter the list, or words to search a portal for</source>
      <translation>Liste filtern, oder Wörter für die Suche in einem Portal</translation>
    </message>
    <message>
      <source>Filter the processing templates</source>
      <translation>Verarbeitungsvorlagen filtern</translation>
    </message>
    <message>
      <source>Find out what the server makes of this function.</source>
      <translation>Herausfinden, was der Server aus dieser Funktion macht.</translation>
    </message>
    <message>
      <source>First</source>
      <translation>Erstes</translation>
    </message>
    <message>
      <source>First day</source>
      <translation>Erster Tag</translation>
    </message>
    <message>
      <source>First value: {value}</source>
      <translation>Erster Wert: {value}</translation>
    </message>
    <message>
      <source>Focal statistics</source>
      <translation>Fokale Statistik</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Footprints</source>
      <translation>Umrisse</translation>
    </message>
    <message>
      <source>Footprints of an image service</source>
      <translation>Umrisse der Raster eines Image-Service</translation>
    </message>
    <message>
      <source>Footprints of the rasters</source>
      <translation>Umrisse der Raster</translation>
    </message>
    <message>
      <source>Footprints of {name}</source>
      <translation>Umrisse von {name}</translation>
    </message>
    <message>
      <source>Footprints on &amp;QGIS' map</source>
      <translation>Umrisse auf der &amp;QGIS-Karte</translation>
    </message>
    <message>
      <source>Footprints or rasters of the service; its selected features, if you tick that.</source>
      <translation>Umrisse oder Raster des Dienstes; die gewählten Objekte, wenn das angehakt ist.</translation>
    </message>
    <message>
      <source>For lines, in units of their coordinate reference system.</source>
      <translation>Für Linien, in Einheiten ihres Koordinatenbezugssystems.</translation>
    </message>
    <message>
      <source>For lossy pictures, from 1 (worst) to 100.</source>
      <translation>Für verlustbehaftete Bilder, von 1 (am schlechtesten) bis 100.</translation>
    </message>
    <message>
      <source>For one file for each polygon; their ids, if not given.</source>
      <translation>Für eine Datei je Polygon; ohne Angabe ihre Kennungen.</translation>
    </message>
    <message>
      <source>For secured services. Only its id is kept with the layer.</source>
      <translation>Für gesicherte Dienste. Mit dem Layer wird nur ihre ID aufbewahrt.</translation>
    </message>
    <message>
      <source>For secured services; kept in QGIS' authentication database</source>
      <translation>Für gesicherte Dienste; aufbewahrt in der Authentifizierungsdatenbank von QGIS</translation>
    </message>
    <message>
      <source>For the portal and the services on its own host. Others are asked as their saved connections say.</source>
      <translation>Für das Portal und die Dienste auf demselben Rechner. Andere werden so gefragt, wie ihre gespeicherten Verbindungen sagen.</translation>
    </message>
    <message>
      <source>For the table of classes: areas on the ground, not on the map.</source>
      <translation>Für die Tabelle der Klassen: Flächen am Boden, nicht auf der Karte.</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Formatieren</translation>
    </message>
    <message>
      <source>Formula</source>
      <translation>Formel</translation>
    </message>
    <message>
      <source>Freeze at This View</source>
      <translation>Auf diese Ansicht festlegen</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>From one direction</source>
      <translation>Aus einer Richtung</translation>
    </message>
    <message>
      <source>From six directions (10.5.1 and later)</source>
      <translation>Aus sechs Richtungen (ab 10.5.1)</translation>
    </message>
    <message>
      <source>Function c&amp;hain</source>
      <translation>Funktions&amp;kette</translation>
    </message>
    <message>
      <source>Function chain</source>
      <translation>Funktionskette</translation>
    </message>
    <message>
      <source>Function chain (JSON)</source>
      <translation>Funktionskette (JSON)</translation>
    </message>
    <message>
      <source>Function chain (JSON)…</source>
      <translation>Funktionskette (JSON)…</translation>
    </message>
    <message>
      <source>Function chain ({name})</source>
      <translation>Funktionskette ({name})</translation>
    </message>
    <message>
      <source>Function {name}</source>
      <translation>Funktion {name}</translation>
    </message>
    <message>
      <source>Functions of ArcGIS</source>
      <translation>Funktionen von ArcGIS</translation>
    </message>
    <message>
      <source>Functions that every ArcGIS image service knows, with parameters to set.</source>
      <translation>Funktionen, die jeder Image-Service von ArcGIS kennt, mit einstellbaren Parametern.</translation>
    </message>
    <message>
      <source>GDAL does not find its way in the tiles of the service.</source>
      <translation>GDAL findet sich in den Kacheln des Dienstes nicht zurecht.</translation>
    </message>
    <message>
      <source>GDAL does not find its way in the tiles of this service; leave out the provider “gdal”.</source>
      <translation>GDAL findet sich in den Kacheln dieses Dienstes nicht zurecht; lassen Sie den Provider „gdal“ weg.</translation>
    </message>
    <message>
      <source>GDAL does not follow the temporal controller, so there is no nearest date to show.</source>
      <translation>GDAL folgt der Zeitsteuerung nicht, also gibt es keinen nächstgelegenen Zeitpunkt zu zeigen.</translation>
    </message>
    <message>
      <source>GNDVI: vegetation, with green</source>
      <translation>GNDVI: Vegetation, mit Grün</translation>
    </message>
    <message>
      <source>Geology</source>
      <translation>Geologie</translation>
    </message>
    <message>
      <source>Get the files that the chosen rasters are made of, as they are on the server: sizes first</source>
      <translation>Die Dateien holen, aus denen die gewählten Raster bestehen, wie sie auf dem Server sind: zuerst die Größen</translation>
    </message>
    <message>
      <source>Get the files that the layer's rasters are made of, as they are on the server: sizes first.</source>
      <translation>Die Dateien holen, aus denen die Raster des Layers bestehen, wie sie auf dem Server sind: zuerst die Größen.</translation>
    </message>
    <message>
      <source>Give at least one range of values, and what it becomes.</source>
      <translation>Mindestens einen Wertebereich angeben, und was daraus wird.</translation>
    </message>
    <message>
      <source>Give each parameter the value that ArcGIS proposes.</source>
      <translation>Jedem Parameter den Wert geben, den ArcGIS vorschlägt.</translation>
    </message>
    <message>
      <source>Give every option back to the service</source>
      <translation>Jede Option dem Dienst zurückgeben</translation>
    </message>
    <message>
      <source>Go on with this function as JSON, to chain it with others.</source>
      <translation>Mit dieser Funktion als JSON weitermachen, um sie mit anderen zu verketten.</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
      <source>Healthy vegetation</source>
      <translation>Gesunde Vegetation</translation>
    </message>
    <message>
      <source>Height in pixels</source>
      <translation>Höhe in Pixeln</translation>
    </message>
    <message>
      <source>Highest cloud cover</source>
      <translation>Höchste Bewölkung</translation>
    </message>
    <message>
      <source>Highest output</source>
      <translation>Höchste Ausgabe</translation>
    </message>
    <message>
      <source>Hillshade</source>
      <translation>Schummerung</translation>
    </message>
    <message>
      <source>Histogram equalization</source>
      <translation>Histogrammausgleich</translation>
    </message>
    <message>
      <source>How high the sun stands: 0° is on the horizon, 90° overhead.</source>
      <translation>Wie hoch die Sonne steht: 0° am Horizont, 90° im Zenit.</translation>
    </message>
    <message>
      <source>How much green covers the soil: 0 is all green, 1 none.</source>
      <translation>Wie viel Grün den Boden bedeckt: 0 ist alles grün, 1 nichts.</translation>
    </message>
    <message>
      <source>How much is coming is told by a run with “Only tell sizes”.</source>
      <translation>Wie viel kommt, sagt eine Ausführung mit „Nur die Größen nennen“.</translation>
    </message>
    <message>
      <source>How much is coming is told by the log of a run, before anything is asked for.</source>
      <translation>Wie viel kommt, sagt das Protokoll einer Ausführung, bevor etwas angefragt wird.</translation>
    </message>
    <message>
      <source>How overlapping pixels become one: a keyword, such as MEAN; the service's own if not given.</source>
      <translation>Wie aus überlappenden Pixeln eines wird: ein Schlüsselwort, etwa MEAN; ohne Angabe das des Dienstes.</translation>
    </message>
    <message>
      <source>How overlapping rasters are ordered: a keyword, such as BY_ATTRIBUTE; the service's own if not given.</source>
      <translation>Wie überlappende Raster geordnet werden: ein Schlüsselwort, etwa BY_ATTRIBUTE; ohne Angabe das des Dienstes.</translation>
    </message>
    <message>
      <source>How pixels are resampled: a keyword, such as BILINEAR; the service's own if not given.</source>
      <translation>Wie Pixel umgerechnet werden: ein Schlüsselwort, etwa BILINEAR; ohne Angabe das des Dienstes.</translation>
    </message>
    <message>
      <source>How steep the terrain is.</source>
      <translation>Wie steil das Gelände ist.</translation>
    </message>
    <message>
      <source>How the dates are shown</source>
      <translation>Darstellung der Daten</translation>
    </message>
    <message>
      <source>How the server resamples pixels to other cell sizes.</source>
      <translation>Wie der Server Pixel auf andere Zellengrößen umrechnet.</translation>
    </message>
    <message>
      <source>Id</source>
      <translation>Id</translation>
    </message>
    <message>
      <source>Ids or names of rasters, separated by semicolons; a name of digits goes into quotation marks.</source>
      <translation>IDs oder Namen von Rastern, getrennt durch Semikolons; ein Name aus Ziffern kommt in Anführungszeichen.</translation>
    </message>
    <message>
      <source>Ids or names of the rasters to show, separated by “;”, for LOCK_RASTER.</source>
      <translation>IDs oder Namen der Raster, die gezeigt werden, getrennt durch „;“, für LOCK_RASTER.</translation>
    </message>
    <message>
      <source>Ima&amp;ge service</source>
      <translation>Ima&amp;ge-Service</translation>
    </message>
    <message>
      <source>Image</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Image Server</source>
      <translation>Image Server</translation>
    </message>
    <message>
      <source>Image Server Layer</source>
      <translation>Image Server Layer</translation>
    </message>
    <message>
      <source>Image Server Pixel</source>
      <translation>Image-Server-Pixel</translation>
    </message>
    <message>
      <source>Image server layer</source>
      <translation>Image-Server-Layer</translation>
    </message>
    <message>
      <source>Image server layers</source>
      <translation>Image-Server-Layer</translation>
    </message>
    <message>
      <source>Image service</source>
      <translation>Image-Service</translation>
    </message>
    <message>
      <source>Image services</source>
      <translation>Image-Services</translation>
    </message>
    <message>
      <source>Image services of the server</source>
      <translation>Image-Services des Servers</translation>
    </message>
    <message>
      <source>Images were asked for instead of the service's tiles.</source>
      <translation>Statt der Kacheln des Dienstes sind Bilder gewünscht.</translation>
    </message>
    <message>
      <source>In UTC: 2010 or 2010-12 for the whole of it, 2010/2012 for a range, 2010/.. for one without an end.</source>
      <translation>In UTC: 2010 oder 2010-12 für alles darin, 2010/2012 für einen Bereich, 2010/.. für einen ohne Ende.</translation>
    </message>
    <message>
      <source>In UTC: {year}, {month} or {day} for the whole of it, {instant} for an instant, {range} for a range, {open} for one without an end.</source>
      <translation>In UTC: {year}, {month} oder {day} für das Ganze, {instant} für einen Zeitpunkt, {range} für einen Zeitraum, {open} für einen ohne Ende.</translation>
    </message>
    <message>
      <source>In all bands</source>
      <translation>In allen Kanälen</translation>
    </message>
    <message>
      <source>In any band</source>
      <translation>In einem Kanal</translation>
    </message>
    <message>
      <source>In the band “{band}” there are pixels with data of the value {value}, which is to stand for no data in the file; choose another value.</source>
      <translation>Im Kanal „{band}“ gibt es gültige Pixel mit dem Wert {value}, der in der Datei für fehlende Daten stehen soll; wählen Sie einen anderen Wert.</translation>
    </message>
    <message>
      <source>In the rasters, before processing</source>
      <translation>In den Rastern, vor der Verarbeitung</translation>
    </message>
    <message>
      <source>In units of the file's coordinate reference system; the layer's own cells, if not given.</source>
      <translation>In Einheiten des Koordinatenbezugssystems der Datei; ohne Angabe die Zellen des Layers.</translation>
    </message>
    <message>
      <source>In units of the service's coordinate reference system. Only pixel values have cells.</source>
      <translation>In Einheiten des Koordinatenbezugssystems des Dienstes. Nur Pixelwerte haben Zellen.</translation>
    </message>
    <message>
      <source>Index</source>
      <translation>Index</translation>
    </message>
    <message>
      <source>Inte&amp;rpolation</source>
      <translation>Inte&amp;rpolation</translation>
    </message>
    <message>
      <source>Interpolation</source>
      <translation>Interpolation</translation>
    </message>
    <message>
      <source>Iron oxide</source>
      <translation>Eisenoxid</translation>
    </message>
    <message>
      <source>It comes from a file or a database, not from an image service.</source>
      <translation>Er kommt aus einer Datei oder Datenbank, nicht von einem Image-Service.</translation>
    </message>
    <message>
      <source>It has no address.</source>
      <translation>Er hat keine Adresse.</translation>
    </message>
    <message>
      <source>It is of the type {type}, not an image service.</source>
      <translation>Er ist vom Typ {type}, kein Image-Service.</translation>
    </message>
    <message>
      <source>Its address leads to a portal, not to an image service.</source>
      <translation>Seine Adresse führt zu einem Portal, nicht zu einem Image-Service.</translation>
    </message>
    <message>
      <source>Its style did not fit the new bands, so it has the service's own.</source>
      <translation>Sein Stil passte nicht zu den neuen Kanälen, daher hat er den des Dienstes.</translation>
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation>JSON-Dateien (*.json)</translation>
    </message>
    <message>
      <source>Keep other values</source>
      <translation>Andere Werte behalten</translation>
    </message>
    <message>
      <source>Keep the token as a configuration in QGIS' encrypted authentication database, and use it here</source>
      <translation>Das Token als Konfiguration in der verschlüsselten Authentifizierungsdatenbank von QGIS aufbewahren und hier verwenden</translation>
    </message>
    <message>
      <source>Keep what was chosen in a file</source>
      <translation>Die Auswahl in einer Datei aufbewahren</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Land and water</source>
      <translation>Land und Wasser</translation>
    </message>
    <message>
      <source>Land cover of the world, Impact Observatory</source>
      <translation>Landbedeckung der Welt, Impact Observatory</translation>
    </message>
    <message>
      <source>Landsat scenes of the world, Esri</source>
      <translation>Landsat-Szenen der Welt, Esri</translation>
    </message>
    <message>
      <source>Largest image</source>
      <translation>Größtes Bild</translation>
    </message>
    <message>
      <source>Largest number of layers</source>
      <translation>Größte Anzahl von Layern</translation>
    </message>
    <message>
      <source>Largest number of points</source>
      <translation>Größte Anzahl von Punkten</translation>
    </message>
    <message>
      <source>Largest size (gigabytes of pixels)</source>
      <translation>Höchste Größe (Gigabyte an Pixeln)</translation>
    </message>
    <message>
      <source>Largest size (gigabytes)</source>
      <translation>Höchste Größe (Gigabyte)</translation>
    </message>
    <message>
      <source>Last</source>
      <translation>Letztes</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>Letzter Tag</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>Layer</translation>
    </message>
    <message>
      <source>Layer file or map</source>
      <translation>Layerdatei oder Karte</translation>
    </message>
    <message>
      <source>Layer files, maps and web maps of ArcGIS (*.lyrx *.mapx *.json)</source>
      <translation>Layerdateien, Karten und Webkarten von ArcGIS (*.lyrx *.mapx *.json)</translation>
    </message>
    <message>
      <source>Layer to ask</source>
      <translation>Abzufragender Layer</translation>
    </message>
    <message>
      <source>Layer to clip to</source>
      <translation>Layer, auf den zugeschnitten wird</translation>
    </message>
    <message>
      <source>Layer to export</source>
      <translation>Zu exportierender Layer</translation>
    </message>
    <message>
      <source>Layer to take the cell size from</source>
      <translation>Layer, dessen Zellengröße übernommen wird</translation>
    </message>
    <message>
      <source>Leave gaps where the server fails</source>
      <translation>Lücken lassen, wo der Server versagt</translation>
    </message>
    <message>
      <source>Left out of the layer “{name}”: {parts}.</source>
      <translation>Beim Layer „{name}“ ausgelassen: {parts}.</translation>
    </message>
    <message>
      <source>Left out of the map “{title}”: {parts}.</source>
      <translation>Aus der Karte „{title}“ weggelassen: {parts}.</translation>
    </message>
    <message>
      <source>Let the layer show this raster alone.</source>
      <translation>Den Layer nur dieses Raster zeigen lassen.</translation>
    </message>
    <message>
      <source>Let the plugin draw it: with progress, cancel, and the server's own words.</source>
      <translation>Von der Erweiterung zeichnen lassen: mit Fortschritt, Abbrechen und den Worten des Servers.</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Licht</translation>
    </message>
    <message>
      <source>Light and shadow on the terrain, from the direction of the sun.</source>
      <translation>Licht und Schatten auf dem Gelände, aus der Richtung der Sonne.</translation>
    </message>
    <message>
      <source>Light and shadow on the terrain, over colors of its height.</source>
      <translation>Licht und Schatten auf dem Gelände, über Farben seiner Höhe.</translation>
    </message>
    <message>
      <source>Line {line}, column {column}</source>
      <translation>Zeile {line}, Spalte {column}</translation>
    </message>
    <message>
      <source>Lines are sampled at equal distances: give the distance along lines.</source>
      <translation>Linien werden in gleichen Abständen abgetastet: geben Sie den Abstand entlang der Linien an.</translation>
    </message>
    <message>
      <source>List</source>
      <translation>Liste</translation>
    </message>
    <message>
      <source>List image services</source>
      <translation>Image-Services auflisten</translation>
    </message>
    <message>
      <source>List of the files</source>
      <translation>Liste der Dateien</translation>
    </message>
    <message>
      <source>List of the files as JSON</source>
      <translation>Liste der Dateien als JSON</translation>
    </message>
    <message>
      <source>Listing the image services of “{name}”</source>
      <translation>Image-Services von „{name}“ werden aufgelistet</translation>
    </message>
    <message>
      <source>Lists the image services of an ArcGIS server or folder.</source>
      <translation>Listet die Image-Services eines ArcGIS-Servers oder eines Ordners auf.</translation>
    </message>
    <message>
      <source>Load Options</source>
      <translation>Optionen laden</translation>
    </message>
    <message>
      <source>Loc&amp;ked rasters</source>
      <translation>&amp;Gesperrte Raster</translation>
    </message>
    <message>
      <source>Lock Image Server Layer to Selected Features</source>
      <translation>Image-Server-Layer auf gewählte Objekte sperren</translation>
    </message>
    <message>
      <source>Lock Raster Here…</source>
      <translation>Raster hier sperren…</translation>
    </message>
    <message>
      <source>Lock raster</source>
      <translation>Raster sperren</translation>
    </message>
    <message>
      <source>Lock to This</source>
      <translation>Auf dieses sperren</translation>
    </message>
    <message>
      <source>Locked rasters</source>
      <translation>Gesperrte Raster</translation>
    </message>
    <message>
      <source>Locked rasters, the topmost first</source>
      <translation>Gesperrte Raster, das oberste zuerst</translation>
    </message>
    <message>
      <source>Look for image services by the words that are typed, in {portal}; the menu has other portals</source>
      <translation>Nach Image-Services mit den eingegebenen Wörtern suchen, in: {portal}; im Menü stehen andere Portale</translation>
    </message>
    <message>
      <source>Look for image services on the server, or on those of the saved connections</source>
      <translation>Auf dem Server oder denen der gespeicherten Verbindungen nach Image-Services suchen</translation>
    </message>
    <message>
      <source>Look for services by words, in ArcGIS Online or the portal of a server</source>
      <translation>Dienste mit Wörtern suchen, in ArcGIS Online oder im Portal eines Servers</translation>
    </message>
    <message>
      <source>Look into the catalog of “{name}”</source>
      <translation>Im Katalog von „{name}“ nachsehen</translation>
    </message>
    <message>
      <source>Looking at what is there from the run before…</source>
      <translation>Es wird angesehen, was vom vorigen Lauf da ist …</translation>
    </message>
    <message>
      <source>Looking at “{title}”…</source>
      <translation>„{title}“ wird angesehen …</translation>
    </message>
    <message>
      <source>Looking for the rasters of “{name}” at a point</source>
      <translation>Suche nach den Rastern von „{name}“ an einem Punkt</translation>
    </message>
    <message>
      <source>Lowest output</source>
      <translation>Niedrigste Ausgabe</translation>
    </message>
    <message>
      <source>Majority</source>
      <translation>Mehrheit</translation>
    </message>
    <message>
      <source>Make Live</source>
      <translation>Live schalten</translation>
    </message>
    <message>
      <source>Make a connection to a server, or edit or remove the selected one</source>
      <translation>Verbindung zu einem Server anlegen, oder die gewählte bearbeiten oder entfernen</translation>
    </message>
    <message>
      <source>Make a layer for each date</source>
      <translation>Layer für jedes Datum machen</translation>
    </message>
    <message>
      <source>Make image server layer</source>
      <translation>Image-Server-Layer erstellen</translation>
    </message>
    <message>
      <source>Make it an ordinary GDAL layer, for projects that are opened where the plugin is not.</source>
      <translation>Zu einem gewöhnlichen GDAL-Layer machen, für Projekte, die ohne die Erweiterung geöffnet werden.</translation>
    </message>
    <message>
      <source>Makes a group of layers, each of one date of an ArcGIS image service.</source>
      <translation>Macht eine Gruppe von Layern, jeder von einem Datum eines ArcGIS-Image-Service.</translation>
    </message>
    <message>
      <source>Makes a temporary raster layer from an ArcGIS image service.</source>
      <translation>Erstellt einen temporären Rasterlayer aus einem Image-Service von ArcGIS.</translation>
    </message>
    <message>
      <source>Makes an ordinary GDAL layer of an open service. It needs no plugin in the session either, but knows no credentials, cannot be canceled, and says little when the server fails.</source>
      <translation>Ergibt einen gewöhnlichen GDAL-Layer eines offenen Dienstes. Auch in der Sitzung braucht er keine Erweiterung, kennt aber keine Zugangsdaten, lässt sich nicht abbrechen und sagt wenig, wenn der Server versagt.</translation>
    </message>
    <message>
      <source>Making the layer “{name}”</source>
      <translation>Layer „{name}“ wird erstellt</translation>
    </message>
    <message>
      <source>Max.</source>
      <translation>Max.</translation>
    </message>
    <message>
      <source>Maximum</source>
      <translation>Maximum</translation>
    </message>
    <message>
      <source>Mean</source>
      <translation>Mittelwert</translation>
    </message>
    <message>
      <source>Measured in</source>
      <translation>Gemessen in</translation>
    </message>
    <message>
      <source>Min.</source>
      <translation>Min.</translation>
    </message>
    <message>
      <source>Minimum</source>
      <translation>Minimum</translation>
    </message>
    <message>
      <source>Minimum to maximum</source>
      <translation>Minimum bis Maximum</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>More Rasters…</source>
      <translation>Weitere Raster…</translation>
    </message>
    <message>
      <source>More bands…</source>
      <translation>Mehr Kanäle…</translation>
    </message>
    <message>
      <source>More dates are refused: each layer is drawn by requests of its own.</source>
      <translation>Mehr Daten werden abgelehnt: Jeder Layer wird mit eigenen Anfragen gezeichnet.</translation>
    </message>
    <message>
      <source>More points are refused before one is asked for: so many requests are a load for a server.</source>
      <translation>Mehr Punkte werden abgelehnt, bevor einer abgefragt wird: So viele Anfragen belasten einen Server.</translation>
    </message>
    <message>
      <source>More presets</source>
      <translation>Mehr Vorgaben</translation>
    </message>
    <message>
      <source>Mosaic</source>
      <translation>Mosaik</translation>
    </message>
    <message>
      <source>Mosaic &amp;method</source>
      <translation>Mosaik&amp;methode</translation>
    </message>
    <message>
      <source>Mosaic Method</source>
      <translation>Mosaikmethode</translation>
    </message>
    <message>
      <source>Mosaic method</source>
      <translation>Mosaikmethode</translation>
    </message>
    <message>
      <source>Mosaic methods</source>
      <translation>Mosaikmethoden</translation>
    </message>
    <message>
      <source>Mosaic operator</source>
      <translation>Mosaikoperator</translation>
    </message>
    <message>
      <source>Mosaic rule</source>
      <translation>Mosaikregel</translation>
    </message>
    <message>
      <source>Most rasters in one image</source>
      <translation>Höchstzahl der Raster in einem Bild</translation>
    </message>
    <message>
      <source>Move Down</source>
      <translation>Nach unten</translation>
    </message>
    <message>
      <source>Move Up</source>
      <translation>Nach oben</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Nach unten</translation>
    </message>
    <message>
      <source>Move the map; the middle mouse button does so at any time</source>
      <translation>Die Karte verschieben; die mittlere Maustaste tut das jederzeit</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Nach oben</translation>
    </message>
    <message>
      <source>Multiplies heights: 0.3048 for feet above meters, about 0.00001 for meters above degrees, or to exaggerate.</source>
      <translation>Vervielfacht Höhen: 0,3048 für Fuß über Metern, etwa 0,00001 für Meter über Grad, oder zum Überhöhen.</translation>
    </message>
    <message>
      <source>NDVI</source>
      <translation>NDVI</translation>
    </message>
    <message>
      <source>NDVI: vegetation</source>
      <translation>NDVI: Vegetation</translation>
    </message>
    <message>
      <source>NDWI: water</source>
      <translation>NDWI: Wasser</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name of the layer</source>
      <translation>Name des Layers</translation>
    </message>
    <message>
      <source>Name, another text, or id</source>
      <translation>Name, ein anderer Text oder ID</translation>
    </message>
    <message>
      <source>Natural color</source>
      <translation>Echtfarben</translation>
    </message>
    <message>
      <source>Near infrared</source>
      <translation>Nahes Infrarot</translation>
    </message>
    <message>
      <source>Nearest date</source>
      <translation>Nächstgelegener Zeitpunkt</translation>
    </message>
    <message>
      <source>Nearest neighbor</source>
      <translation>Nächster Nachbar</translation>
    </message>
    <message>
      <source>Neither names nor wavelengths prove which bands are {first}, {second} and {third}.</source>
      <translation>Weder Namen noch Wellenlängen beweisen, welche Kanäle {first}, {second} und {third} sind.</translation>
    </message>
    <message>
      <source>New layers are</source>
      <translation>Neue Layer sind</translation>
    </message>
    <message>
      <source>New or Edit…</source>
      <translation>Neu oder bearbeiten…</translation>
    </message>
    <message>
      <source>Next value</source>
      <translation>Nächster Wert</translation>
    </message>
    <message>
      <source>No Authentication</source>
      <translation>Keine Authentifizierung</translation>
    </message>
    <message>
      <source>No band is chosen; choose at least one.</source>
      <translation>Es ist kein Kanal gewählt; wählen Sie mindestens einen.</translation>
    </message>
    <message>
      <source>No bookmarks</source>
      <translation>Keine Lesezeichen</translation>
    </message>
    <message>
      <source>No cell of the layer, {width} × {height} in size, has its center in the shapes to clip to; choose larger shapes or smaller cells.</source>
      <translation>Keine Zelle des Layers (Größe {width} × {height}) hat ihre Mitte in den Formen zum Zuschneiden; wählen Sie größere Formen oder kleinere Zellen.</translation>
    </message>
    <message>
      <source>No layout maps</source>
      <translation>Keine Layoutkarten</translation>
    </message>
    <message>
      <source>No order field is given, so the service's own is used: {field}.</source>
      <translation>Es ist kein Sortierfeld angegeben, daher gilt das des Dienstes: {field}.</translation>
    </message>
    <message>
      <source>No raster is locked, so there are none to make files of: lock rasters by their ids or names.</source>
      <translation>Kein Raster ist gesperrt, also gibt es keine, aus denen Dateien werden könnten: Sperren Sie Raster mit ihren Kennungen oder Namen.</translation>
    </message>
    <message>
      <source>No raster lies there.</source>
      <translation>Dort liegt kein Raster.</translation>
    </message>
    <message>
      <source>No raster matches: loosen the filters, or look elsewhere.</source>
      <translation>Kein Raster passt: Lockern Sie die Filter, oder suchen Sie anderswo.</translation>
    </message>
    <message>
      <source>No raster matches; loosen the clause.</source>
      <translation>Kein Raster passt; lockern Sie die Klausel.</translation>
    </message>
    <message>
      <source>No raster of the service is of {time} and matches the where clause; loosen one of them.</source>
      <translation>Kein Raster des Dienstes ist von {time} und erfüllt zugleich die Where-Klausel; fassen Sie eines von beiden weiter.</translation>
    </message>
    <message>
      <source>No raster of the service is of {time}; choose another time.</source>
      <translation>Kein Raster des Dienstes ist von {time}; wählen Sie eine andere Zeit.</translation>
    </message>
    <message>
      <source>No raster of the service matches the where clause “{where}”; loosen it.</source>
      <translation>Kein Raster des Dienstes erfüllt die Where-Klausel „{where}“; lockern Sie sie.</translation>
    </message>
    <message>
      <source>No raster of “{name}” lies there: click where the layer shows something.</source>
      <translation>Dort liegt kein Raster von „{name}“: Klicken Sie dorthin, wo der Layer etwas zeigt.</translation>
    </message>
    <message>
      <source>No rasters to lock are given, so the service's own mosaic rule is used.</source>
      <translation>Es sind keine Raster zum Sperren angegeben, daher gilt die Mosaikregel des Dienstes.</translation>
    </message>
    <message>
      <source>No secure connection to {host}: it does not understand https, or QGIS does not trust its certificate (see Settings ▸ Options ▸ Authentication).</source>
      <translation>Keine sichere Verbindung zu {host}: der Server versteht kein https, oder QGIS vertraut seinem Zertifikat nicht (siehe Einstellungen ▸ Optionen ▸ Authentifizierung).</translation>
    </message>
    <message>
      <source>No viewpoint is given, so the center of the extent is used.</source>
      <translation>Es ist kein Blickpunkt angegeben, daher gilt die Mitte der Ausdehnung.</translation>
    </message>
    <message>
      <source>No&amp;data</source>
      <translation>No&amp;data</translation>
    </message>
    <message>
      <source>Nodata</source>
      <translation>Nodata</translation>
    </message>
    <message>
      <source>Nodata interpretation</source>
      <translation>Nodata-Interpretation</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Keine</translation>
    </message>
    <message>
      <source>None (by raster id)</source>
      <translation>Keine (nach Raster-ID)</translation>
    </message>
    <message>
      <source>None (pixels as they are)</source>
      <translation>Keine (Pixel, wie sie sind)</translation>
    </message>
    <message>
      <source>None of the image services in “{title}” can be added; the details say why.</source>
      <translation>Keiner der Image-Services in „{title}“ kann hinzugefügt werden; die Details sagen, warum.</translation>
    </message>
    <message>
      <source>None of the layer's rasters has a date.</source>
      <translation>Keines der Raster des Layers hat ein Datum.</translation>
    </message>
    <message>
      <source>None of the rasters of “{name}” has a date.</source>
      <translation>Keines der Raster von „{name}“ hat ein Datum.</translation>
    </message>
    <message>
      <source>None of the rasters that the options leave has a date, so there is no nearest one.</source>
      <translation>Keines der Raster, die die Optionen übrig lassen, hat einen Zeitpunkt, also gibt es keinen nächstgelegenen.</translation>
    </message>
    <message>
      <source>None of the {count} dates of “{name}” is within {wanted}; choose another time.</source>
      <translation>Keines der {count} Daten von „{name}“ liegt in {wanted}; wählen Sie eine andere Zeit.</translation>
    </message>
    <message>
      <source>None: raw pixels</source>
      <translation>Keine: Rohpixel</translation>
    </message>
    <message>
      <source>Northwest</source>
      <translation>Nordwest</translation>
    </message>
    <message>
      <source>Not all of it could be taken over.</source>
      <translation>Nicht alles ließ sich übernehmen.</translation>
    </message>
    <message>
      <source>Note: {text}</source>
      <translation>Hinweis: {text}</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>Nichts</translation>
    </message>
    <message>
      <source>Nothing is selected in the layer “{name}”; select polygons to clip to, or take all of them.</source>
      <translation>Im Layer „{name}“ ist nichts ausgewählt; wählen Sie Polygone aus, auf die zugeschnitten wird, oder nehmen Sie alle.</translation>
    </message>
    <message>
      <source>Nothing is selected in the layer; select polygons on the map.</source>
      <translation>Im Layer ist nichts ausgewählt; wählen Sie Polygone auf der Karte aus.</translation>
    </message>
    <message>
      <source>Nothing was found; try fewer or other words.</source>
      <translation>Nichts gefunden; weniger oder andere Wörter versuchen.</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Nummer</translation>
    </message>
    <message>
      <source>Number of bands</source>
      <translation>Anzahl der Kanäle</translation>
    </message>
    <message>
      <source>Number of files</source>
      <translation>Anzahl der Dateien</translation>
    </message>
    <message>
      <source>Number of image services</source>
      <translation>Anzahl der Image-Services</translation>
    </message>
    <message>
      <source>Number of layers</source>
      <translation>Anzahl der Layer</translation>
    </message>
    <message>
      <source>Number of points</source>
      <translation>Anzahl der Punkte</translation>
    </message>
    <message>
      <source>Number of points outside</source>
      <translation>Anzahl der Punkte außerhalb</translation>
    </message>
    <message>
      <source>Number of points that could not be asked for</source>
      <translation>Anzahl der Punkte, nach denen nicht gefragt werden konnte</translation>
    </message>
    <message>
      <source>Number of points with a value</source>
      <translation>Anzahl der Punkte mit einem Wert</translation>
    </message>
    <message>
      <source>Number of polygons</source>
      <translation>Anzahl der Polygone</translation>
    </message>
    <message>
      <source>Number of polygons outside</source>
      <translation>Anzahl der Polygone außerhalb</translation>
    </message>
    <message>
      <source>Number of polygons that the server did not take</source>
      <translation>Anzahl der Polygone, die der Server nicht angenommen hat</translation>
    </message>
    <message>
      <source>Number of polygons with statistics</source>
      <translation>Anzahl der Polygone mit Statistik</translation>
    </message>
    <message>
      <source>Number of rasters</source>
      <translation>Anzahl der Raster</translation>
    </message>
    <message>
      <source>Number of rasters that could not be read</source>
      <translation>Anzahl der Raster, die nicht gelesen werden konnten</translation>
    </message>
    <message>
      <source>Number of tiles that are missing</source>
      <translation>Anzahl der fehlenden Kacheln</translation>
    </message>
    <message>
      <source>Numbers from 1, or names, separated by “;”. They are those that come out of the processing template.</source>
      <translation>Nummern ab 1, oder Namen, getrennt durch „;“. Gemeint sind die Kanäle, die aus der Verarbeitungsvorlage kommen.</translation>
    </message>
    <message>
      <source>Of a multidimensional service, such as water_temp; its first one if not given.</source>
      <translation>Eines multidimensionalen Dienstes, etwa water_temp; ohne Angabe seine erste.</translation>
    </message>
    <message>
      <source>One band</source>
      <translation>Ein Kanal</translation>
    </message>
    <message>
      <source>One band is enough</source>
      <translation>Ein Kanal genügt</translation>
    </message>
    <message>
      <source>One file for all, or one for each</source>
      <translation>Eine Datei für alles, oder je eine</translation>
    </message>
    <message>
      <source>One number, or width and height with a blank between them; decimals after a point or a comma.</source>
      <translation>Eine Zahl, oder Breite und Höhe mit einem Leerzeichen dazwischen; Dezimalstellen nach einem Punkt oder Komma.</translation>
    </message>
    <message>
      <source>One value for all bands, or one for each, separated by blanks; decimals after a point. nan is a value.</source>
      <translation>Ein Wert für alle Kanäle oder einer für jeden, durch Leerzeichen getrennt; Dezimalstellen nach einem Punkt. nan ist ein Wert.</translation>
    </message>
    <message>
      <source>Only dates within</source>
      <translation>Nur Daten in</translation>
    </message>
    <message>
      <source>Only tell sizes</source>
      <translation>Nur die Größen nennen</translation>
    </message>
    <message numerus="yes">
      <source>Only the %n selected</source>
      <translation>
        <numerusform>Nur %n ausgewähltes</numerusform>
        <numerusform>Nur %n ausgewählte</numerusform>
      </translation>
    </message>
    <message>
      <source>Only the rasters of your choice are drawn, the first of them on top.</source>
      <translation>Nur die von Ihnen gewählten Raster werden gezeichnet, das erste davon obenauf.</translation>
    </message>
    <message>
      <source>Only those in QGIS' map view</source>
      <translation>Nur die im Blick der QGIS-Karte</translation>
    </message>
    <message>
      <source>Only those in view below</source>
      <translation>Nur die unten im Blick</translation>
    </message>
    <message>
      <source>Only what is of that time is drawn, in UTC: 2010, 2010-12 or 2010-12-31 for the whole of it, 2010-12-31 13:30:00 for an instant, 2010/2012 for a range, 2010/.. for one without an end.</source>
      <translation>Nur was aus dieser Zeit ist, wird gezeichnet, in UTC: 2010, 2010-12 oder 2010-12-31 für das Ganze, 2010-12-31 13:30:00 für einen Zeitpunkt, 2010/2012 für einen Zeitraum, 2010/.. für einen ohne Ende.</translation>
    </message>
    <message>
      <source>Open Layer &amp;File…</source>
      <translation>Layerdatei ö&amp;ffnen …</translation>
    </message>
    <message>
      <source>Open Layer File</source>
      <translation>Layerdatei öffnen</translation>
    </message>
    <message>
      <source>Open Raster Function Template</source>
      <translation>Rasterfunktionsvorlage öffnen</translation>
    </message>
    <message>
      <source>Open layer file</source>
      <translation>Layerdatei öffnen</translation>
    </message>
    <message>
      <source>Open the rasters in the project</source>
      <translation>Die Raster im Projekt öffnen</translation>
    </message>
    <message>
      <source>Open without This Plugin</source>
      <translation>Ohne diese Erweiterung öffnen</translation>
    </message>
    <message>
      <source>Opens without this plugin</source>
      <translation>Öffnet sich ohne diese Erweiterung</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>Öffnen…</translation>
    </message>
    <message>
      <source>Options of image server layers (*.json)</source>
      <translation>Optionen von Image-Server-Layern (*.json)</translation>
    </message>
    <message>
      <source>Options of image server layers, and exported files that have them (*.json *.tif *.tiff)</source>
      <translation>Optionen von Image-Server-Layern, und exportierte Dateien, die sie haben (*.json *.tif *.tiff)</translation>
    </message>
    <message>
      <source>Or a web map of a portal</source>
      <translation>Oder eine Webkarte eines Portals</translation>
    </message>
    <message>
      <source>Or an image service</source>
      <translation>Oder ein Image-Service</translation>
    </message>
    <message>
      <source>Order base val&amp;ue</source>
      <translation>Basis&amp;wert</translation>
    </message>
    <message>
      <source>Order base value</source>
      <translation>Basiswert</translation>
    </message>
    <message>
      <source>Order field</source>
      <translation>Sortierfeld</translation>
    </message>
    <message>
      <source>Order of the rasters</source>
      <translation>Reihenfolge der Raster</translation>
    </message>
    <message>
      <source>Order the rasters around the middle of this view, from now on and for every view.</source>
      <translation>Die Raster von nun an und für jede Ansicht um die Mitte dieser Ansicht ordnen.</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Andere</translation>
    </message>
    <message>
      <source>Outside of these polygons there is nothing; a cell is inside where its center is. Without an extent, that of the layer is the box around them.</source>
      <translation>Außerhalb dieser Polygone ist nichts; eine Zelle liegt darin, wenn ihre Mitte darin liegt. Ohne Angabe einer Ausdehnung ist die des Layers das Rechteck um sie.</translation>
    </message>
    <message>
      <source>Outside the polygons there is no data.</source>
      <translation>Außerhalb der Polygone sind keine Daten.</translation>
    </message>
    <message>
      <source>Over bands, as shown</source>
      <translation>Über Kanäle, wie gezeigt</translation>
    </message>
    <message>
      <source>Over bands, before processing</source>
      <translation>Über Kanäle, vor der Verarbeitung</translation>
    </message>
    <message>
      <source>Over time</source>
      <translation>Über die Zeit</translation>
    </message>
    <message>
      <source>Over {dimension}</source>
      <translation>Über {dimension}</translation>
    </message>
    <message>
      <source>Overlapping pixels are blended near the seamlines.</source>
      <translation>Überlappende Pixel gehen in der Nähe der Nahtlinien ineinander über.</translation>
    </message>
    <message>
      <source>PNG images (*.png)</source>
      <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
      <source>POLYGON: one for each of those to cut to; RASTER: one for each locked raster; DATE: one for each date of the rasters that the options leave. The files are called as the exported file, with the name of each behind.</source>
      <translation>POLYGON: eine je Polygon, auf das zugeschnitten wird; RASTER: eine je gesperrtem Raster; DATE: eine je Datum der Raster, die die Optionen übrig lassen. Die Dateien heißen wie die exportierte Datei, mit dem jeweiligen Namen dahinter.</translation>
    </message>
    <message>
      <source>Parameters</source>
      <translation>Parameter</translation>
    </message>
    <message>
      <source>Part of it</source>
      <translation>Ein Teil davon</translation>
    </message>
    <message>
      <source>Percent clip</source>
      <translation>Prozentschnitt</translation>
    </message>
    <message>
      <source>Percent rise</source>
      <translation>Prozent Steigung</translation>
    </message>
    <message>
      <source>Pick on Map</source>
      <translation>Auf der Karte wählen</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <source>Picture of the image service {name}</source>
      <translation>Bild des Image-Service {name}</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <source>Pixel &amp;values</source>
      <translation>Pixel&amp;werte</translation>
    </message>
    <message>
      <source>Pixel height</source>
      <translation>Pixelhöhe</translation>
    </message>
    <message>
      <source>Pixel size</source>
      <translation>Pixelgröße</translation>
    </message>
    <message>
      <source>Pixel size factor</source>
      <translation>Faktor der Pixelgröße</translation>
    </message>
    <message>
      <source>Pixel size power</source>
      <translation>Potenz der Pixelgröße</translation>
    </message>
    <message>
      <source>Pixel type</source>
      <translation>Pixeltyp</translation>
    </message>
    <message>
      <source>Pixel values</source>
      <translation>Pixelwerte</translation>
    </message>
    <message>
      <source>Pixel values come without loss; only pictures have a quality.</source>
      <translation>Pixelwerte kommen verlustfrei; nur Bilder haben eine Qualität.</translation>
    </message>
    <message>
      <source>Pixel values of the image service {name}</source>
      <translation>Pixelwerte des Image-Service {name}</translation>
    </message>
    <message>
      <source>Pixel values were asked for.</source>
      <translation>Pixelwerte waren gewünscht.</translation>
    </message>
    <message>
      <source>Pixel values, where the service has them</source>
      <translation>Pixelwerte, wo der Dienst sie hat</translation>
    </message>
    <message>
      <source>Pixel width</source>
      <translation>Pixelbreite</translation>
    </message>
    <message>
      <source>Pixels at the edges of images, which lack neighbors, become nodata.</source>
      <translation>Pixel an den Rändern von Bildern, denen Nachbarn fehlen, werden Nodata.</translation>
    </message>
    <message>
      <source>Pixels of the type {type} cannot be read as values, so the server draws a picture.</source>
      <translation>Pixel vom Typ {type} lassen sich nicht als Werte lesen, daher zeichnet der Server ein Bild.</translation>
    </message>
    <message>
      <source>Pixels whose center is in none of them have no data in the file.</source>
      <translation>Pixel, deren Mitte in keinem davon liegt, haben in der Datei keine Daten.</translation>
    </message>
    <message>
      <source>Planform: across the slope</source>
      <translation>Horizontal: quer zum Hang</translation>
    </message>
    <message>
      <source>Point</source>
      <translation>Punkt</translation>
    </message>
    <message>
      <source>Point {number} ({layer})</source>
      <translation>Punkt {number} ({layer})</translation>
    </message>
    <message>
      <source>Points</source>
      <translation>Punkte</translation>
    </message>
    <message>
      <source>Points or lines</source>
      <translation>Punkte oder Linien</translation>
    </message>
    <message>
      <source>Points outside the image: {count}.</source>
      <translation>Punkte außerhalb des Bildes: {count}.</translation>
    </message>
    <message>
      <source>Points that could not be asked for, and are marked as failed: {count}. {reason}</source>
      <translation>Punkte, nach denen nicht gefragt werden konnte, als gescheitert (failed) markiert: {count}. {reason}</translation>
    </message>
    <message>
      <source>Points to sample: {count}, in {requests}.</source>
      <translation>Abzufragende Punkte: {count}, in {requests}.</translation>
    </message>
    <message>
      <source>Points without data: {count}.</source>
      <translation>Punkte ohne Daten: {count}.</translation>
    </message>
    <message>
      <source>Polygon {id} has no statistics: {reason}</source>
      <translation>Polygon {id} hat keine Statistik: {reason}</translation>
    </message>
    <message>
      <source>Polygons</source>
      <translation>Polygone</translation>
    </message>
    <message>
      <source>Polygons for which the server has left out rows or columns of pixels, marked as approximate: {count}.</source>
      <translation>Polygone, für die der Server Zeilen oder Spalten von Pixeln ausgelassen hat, als angenähert (approximate) markiert: {count}.</translation>
    </message>
    <message>
      <source>Polygons of</source>
      <translation>Polygone von</translation>
    </message>
    <message>
      <source>Polygons outside the image: {count}.</source>
      <translation>Polygone außerhalb des Bildes: {count}.</translation>
    </message>
    <message>
      <source>Polygons without data: {count}.</source>
      <translation>Polygone ohne Daten: {count}.</translation>
    </message>
    <message>
      <source>Polygons without statistics, marked as failed: {count}. A field says why.</source>
      <translation>Polygone ohne Statistik, als gescheitert (failed) markiert: {count}. Ein Feld sagt, warum.</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>Vorschau</translation>
    </message>
    <message>
      <source>Preview of the layer</source>
      <translation>Vorschau des Layers</translation>
    </message>
    <message>
      <source>Previewing the layer</source>
      <translation>Vorschau des Layers</translation>
    </message>
    <message>
      <source>Previous value</source>
      <translation>Vorheriger Wert</translation>
    </message>
    <message>
      <source>Processing &amp;template</source>
      <translation>Verarbeitungs&amp;vorlage</translation>
    </message>
    <message>
      <source>Processing Template</source>
      <translation>Verarbeitungsvorlage</translation>
    </message>
    <message>
      <source>Processing aligns with a raster layer, and here there is only a corner.</source>
      <translation>Die Verarbeitung richtet an einem Rasterlayer aus, und hier ist nur eine Ecke bekannt.</translation>
    </message>
    <message>
      <source>Processing clips to a layer, and the shape of this layer stands in it alone.</source>
      <translation>Die Verarbeitung schneidet auf einen Layer zu, und die Form dieses Layers steht nur in ihm selbst.</translation>
    </message>
    <message>
      <source>Processing takes one number for the cell size, and here there are two.</source>
      <translation>Die Verarbeitung nimmt nur eine Zahl für die Zellengröße, hier sind es zwei.</translation>
    </message>
    <message>
      <source>Processing template</source>
      <translation>Verarbeitungsvorlage</translation>
    </message>
    <message>
      <source>Processing templates</source>
      <translation>Verarbeitungsvorlagen</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>Profil</translation>
    </message>
    <message>
      <source>Profile: along the slope</source>
      <translation>Vertikal: entlang des Hangs</translation>
    </message>
    <message>
      <source>Provider</source>
      <translation>Provider</translation>
    </message>
    <message>
      <source>Public services to try</source>
      <translation>Öffentliche Dienste zum Ausprobieren</translation>
    </message>
    <message>
      <source>Put each part on a line of its own.</source>
      <translation>Jeden Teil in eine eigene Zeile setzen.</translation>
    </message>
    <message>
      <source>QGIS cannot open the service “{name}” with its provider “{provider}”; the details say why.</source>
      <translation>QGIS kann den Dienst „{name}“ nicht mit seinem Provider „{provider}“ öffnen; die Details nennen den Grund.</translation>
    </message>
    <message>
      <source>QGIS did not store the token; its authentication database may be locked.</source>
      <translation>QGIS hat das Token nicht gespeichert; seine Authentifizierungsdatenbank ist vielleicht gesperrt.</translation>
    </message>
    <message>
      <source>QGIS does not know the coordinate reference system of the service, so nothing can be cut.</source>
      <translation>QGIS kennt das Koordinatenbezugssystem des Dienstes nicht; daher kann nichts zugeschnitten werden.</translation>
    </message>
    <message>
      <source>QGIS does not know the coordinate reference system “{crs}” of the template extent; write it as EPSG:4326.</source>
      <translation>QGIS kennt das Koordinatenbezugssystem „{crs}“ der Ausdehnung nicht; schreiben Sie es als EPSG:4326.</translation>
    </message>
    <message>
      <source>QGIS' GDAL cannot decode the tiles of this service ({what}), so nothing is drawn of them: try a QGIS with a newer GDAL, or ask the publisher for tiles of another pixel type.</source>
      <translation>Das GDAL von QGIS kann die Kacheln dieses Dienstes ({what}) nicht entschlüsseln, daher wird von ihnen nichts gezeichnet: Versuchen Sie es in einem QGIS mit neuerem GDAL, oder bitten Sie den Herausgeber um Kacheln eines anderen Pixeltyps.</translation>
    </message>
    <message>
      <source>QGIS' network does not respond: try again, or restart QGIS.</source>
      <translation>Das Netzwerk von QGIS reagiert nicht: versuchen Sie es noch einmal, oder starten Sie QGIS neu.</translation>
    </message>
    <message>
      <source>Quality of pictures sent as JPEG: 1 is the smallest, 100 the best.</source>
      <translation>Qualität von Bildern, die als JPEG gesendet werden: 1 ist die geringste, 100 die beste.</translation>
    </message>
    <message>
      <source>REST or SOAP address of the service, a portal item, the name of a saved ArcGIS REST connection followed by the service, or the id of a layer of an image service.</source>
      <translation>REST- oder SOAP-Adresse des Dienstes, ein Portalelement, der Name einer gespeicherten ArcGIS-REST-Verbindung gefolgt vom Dienst, oder die ID eines Layers aus einem Image-Service.</translation>
    </message>
    <message>
      <source>Range {number} ends at {most}, where it begins or before ({least}).</source>
      <translation>Bereich {number} endet bei {most}, wo er beginnt oder davor ({least}).</translation>
    </message>
    <message>
      <source>Ranges of values become classes.</source>
      <translation>Wertebereiche werden zu Klassen.</translation>
    </message>
    <message>
      <source>Raster</source>
      <translation>Raster</translation>
    </message>
    <message>
      <source>Raster function</source>
      <translation>Rasterfunktion</translation>
    </message>
    <message>
      <source>Raster function templates</source>
      <translation>Rasterfunktionsvorlagen</translation>
    </message>
    <message>
      <source>Raster functions of your own, which the server applies one after the other.</source>
      <translation>Eigene Rasterfunktionen, die der Server nacheinander anwendet.</translation>
    </message>
    <message>
      <source>Raster {id}</source>
      <translation>Raster {id}</translation>
    </message>
    <message>
      <source>Rasters</source>
      <translation>Raster</translation>
    </message>
    <message>
      <source>Rasters come in the order of their distance to this value: a number, or a date (yyyy/MM/dd HH:mm:ss) in UTC.</source>
      <translation>Die Raster kommen in der Reihenfolge ihres Abstands zu diesem Wert: eine Zahl, oder ein Datum (yyyy/MM/dd HH:mm:ss) in UTC.</translation>
    </message>
    <message>
      <source>Rasters listed in</source>
      <translation>Raster, aufgeführt in</translation>
    </message>
    <message>
      <source>Rasters listed without a footprint: {count}</source>
      <translation>Aufgelistete Raster ohne Umriss: {count}</translation>
    </message>
    <message>
      <source>Rasters of an image service</source>
      <translation>Raster eines Image-Service</translation>
    </message>
    <message>
      <source>Rasters to lock</source>
      <translation>Zu sperrende Raster</translation>
    </message>
    <message>
      <source>Rasters under the point</source>
      <translation>Raster unter dem Punkt</translation>
    </message>
    <message>
      <source>Rasters: {shown}</source>
      <translation>Raster: {shown}</translation>
    </message>
    <message>
      <source>Rasters: {shown} of {total}; scroll down for more</source>
      <translation>Raster: {shown} von {total}; rollen Sie nach unten für mehr</translation>
    </message>
    <message>
      <source>Rasters: {shown}; scroll down for more</source>
      <translation>Raster: {shown}; rollen Sie nach unten für mehr</translation>
    </message>
    <message>
      <source>Raw pixels</source>
      <translation>Rohpixel</translation>
    </message>
    <message>
      <source>Re&amp;ferer</source>
      <translation>Re&amp;ferer</translation>
    </message>
    <message>
      <source>Read the dates of “{name}”</source>
      <translation>Zeitpunkte von „{name}“ lesen</translation>
    </message>
    <message>
      <source>Read the description of the service anew</source>
      <translation>Die Beschreibung des Dienstes neu lesen</translation>
    </message>
    <message>
      <source>Read the description of the service anew, and ask for all pixels again.</source>
      <translation>Die Beschreibung des Dienstes neu lesen und alle Pixel noch einmal abfragen.</translation>
    </message>
    <message>
      <source>Read the polygons of “{name}”</source>
      <translation>Polygone von „{name}“ lesen</translation>
    </message>
    <message>
      <source>Read the wavelengths of “{name}”</source>
      <translation>Wellenlängen von „{name}“ lesen</translation>
    </message>
    <message>
      <source>Reading how much is coming</source>
      <translation>Lesen, wie viel kommt</translation>
    </message>
    <message>
      <source>Reading how much is coming…</source>
      <translation>Es wird gelesen, wie viel kommt…</translation>
    </message>
    <message>
      <source>Reading the catalog…</source>
      <translation>Der Katalog wird gelesen…</translation>
    </message>
    <message>
      <source>Reading the dates…</source>
      <translation>Die Zeitpunkte werden gelesen …</translation>
    </message>
    <message>
      <source>Reading the footprints of “{name}”</source>
      <translation>Lesen der Umrisse von „{name}“</translation>
    </message>
    <message>
      <source>Reading the image service</source>
      <translation>Image-Service wird gelesen</translation>
    </message>
    <message>
      <source>Reading the image service…</source>
      <translation>Image-Service wird gelesen…</translation>
    </message>
    <message>
      <source>Reading the legends of pictures</source>
      <translation>Legenden von Bildern werden gelesen</translation>
    </message>
    <message>
      <source>Reading the polygons…</source>
      <translation>Polygone werden gelesen…</translation>
    </message>
    <message>
      <source>Reading the processing template</source>
      <translation>Verarbeitungsvorlage wird gelesen</translation>
    </message>
    <message>
      <source>Reading the thumbnail of “{name}”</source>
      <translation>Vorschaubild von „{name}“ wird gelesen</translation>
    </message>
    <message>
      <source>Reading thumbnails of image services</source>
      <translation>Vorschaubilder von Image-Services lesen</translation>
    </message>
    <message>
      <source>Reading values…</source>
      <translation>Werte werden gelesen…</translation>
    </message>
    <message>
      <source>Reading “{title}”</source>
      <translation>„{title}“ wird gelesen</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Wird gelesen…</translation>
    </message>
    <message>
      <source>Ready-made ti&amp;les</source>
      <translation>Fertige &amp;Kacheln</translation>
    </message>
    <message>
      <source>Ready-made tiles</source>
      <translation>Fertige Kacheln</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Referer</source>
      <translation>Referer</translation>
    </message>
    <message>
      <source>Refresh</source>
      <translation>Aktualisieren</translation>
    </message>
    <message>
      <source>Refresh Service</source>
      <translation>Dienst aktualisieren</translation>
    </message>
    <message>
      <source>Remap</source>
      <translation>Klassifizieren</translation>
    </message>
    <message>
      <source>Remove All Points</source>
      <translation>Alle Punkte entfernen</translation>
    </message>
    <message>
      <source>Remove Point (Del)</source>
      <translation>Punkt entfernen (Entf)</translation>
    </message>
    <message>
      <source>Remove edge effects</source>
      <translation>Randeffekte entfernen</translation>
    </message>
    <message>
      <source>Remove from the List</source>
      <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
      <source>Remove from the list (Del)</source>
      <translation>Aus der Liste entfernen (Entf)</translation>
    </message>
    <message>
      <source>Requests to one server at a time</source>
      <translation>Gleichzeitige Anfragen an einen Server</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>Zurücksetzen</translation>
    </message>
    <message>
      <source>Restore Public Services</source>
      <translation>Öffentliche Dienste wiederherstellen</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Retry</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Returns the date and time, in UTC, of the pixels that a layer of an image service shows on the map, also while the temporal controller plays. NULL where there is nothing of that time, where it is not known yet, and where several dates are shown: then 'first' is where the first of them begins, and 'last' where the last ends.</source>
      <translation>Gibt Datum und Uhrzeit (UTC) der Pixel zurück, die ein Layer eines Image-Service auf der Karte zeigt, auch während die Zeitsteuerung läuft. NULL, wo es nichts aus dieser Zeit gibt, wo es noch nicht bekannt ist, und wo mehrere Daten gezeigt werden: Dann ist 'first', wo das erste von ihnen beginnt, und 'last', wo das letzte endet.</translation>
    </message>
    <message>
      <source>Row {row} is not whole: it needs a range and a new value.</source>
      <translation>Zeile {row} ist nicht vollständig: Sie braucht einen Bereich und einen neuen Wert.</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>SAVI: vegetation on bare soil</source>
      <translation>SAVI: Vegetation auf nacktem Boden</translation>
    </message>
    <message>
      <source>SQL on the fields of the catalog that picks rasters</source>
      <translation>SQL auf den Feldern des Katalogs, das Raster auswählt</translation>
    </message>
    <message>
      <source>SQL on the fields of the catalog that picks rasters, as {example}.</source>
      <translation>SQL über die Felder des Katalogs, das Raster auswählt, etwa {example}.</translation>
    </message>
    <message>
      <source>SQL that the rasters of the mosaic must fulfill, such as CloudCover &lt; 20.</source>
      <translation>SQL, das die Raster des Mosaiks erfüllen müssen, etwa CloudCover &lt; 20.</translation>
    </message>
    <message>
      <source>SR: simple ratio</source>
      <translation>SR: einfaches Verhältnis</translation>
    </message>
    <message>
      <source>Sample an image service</source>
      <translation>Werte eines Image-Service an Punkten</translation>
    </message>
    <message>
      <source>Samples</source>
      <translation>Werte an Punkten</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save Options</source>
      <translation>Optionen speichern</translation>
    </message>
    <message>
      <source>Save Profile as CSV</source>
      <translation>Profil als CSV speichern</translation>
    </message>
    <message>
      <source>Save Profile as PNG</source>
      <translation>Profil als PNG speichern</translation>
    </message>
    <message>
      <source>Save the layer's pixels as a GeoTIFF, exactly as the service has them.</source>
      <translation>Die Pixel des Layers als GeoTIFF speichern, genau so, wie der Dienst sie hat.</translation>
    </message>
    <message>
      <source>Saved connections</source>
      <translation>Gespeicherte Verbindungen</translation>
    </message>
    <message>
      <source>Says how many files there are, and how large they are; none is downloaded.</source>
      <translation>Sagt, wie viele Dateien es sind und wie groß; keine wird heruntergeladen.</translation>
    </message>
    <message>
      <source>Scaling</source>
      <translation>Skalierung</translation>
    </message>
    <message>
      <source>Seamline</source>
      <translation>Nahtlinie</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suche</translation>
    </message>
    <message>
      <source>Search Portal</source>
      <translation>Portal durchsuchen</translation>
    </message>
    <message>
      <source>Search a Portal…</source>
      <translation>Portal durchsuchen…</translation>
    </message>
    <message>
      <source>Search {portal}</source>
      <translation>{portal} durchsuchen</translation>
    </message>
    <message>
      <source>Searching {portal} for image services</source>
      <translation>Image-Services suchen: {portal}</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Suche läuft…</translation>
    </message>
    <message>
      <source>Seconds that each request may take.</source>
      <translation>Sekunden, die jede Anfrage dauern darf.</translation>
    </message>
    <message>
      <source>Seconds that each request may take; layers that are there keep their own.</source>
      <translation>Sekunden, die jede Anfrage dauern darf; vorhandene Layer behalten ihre eigene Zahl.</translation>
    </message>
    <message>
      <source>See the warning above.</source>
      <translation>Siehe die Warnung oben.</translation>
    </message>
    <message>
      <source>Select footprints on QGIS' map: click, or drag a box; Shift and Ctrl add to the selection</source>
      <translation>Umrisse auf der Karte von QGIS auswählen: klicken oder einen Kasten ziehen; Umschalt und Strg erweitern die Auswahl</translation>
    </message>
    <message>
      <source>Select footprints: click, or drag a box; Shift and Ctrl add to the selection</source>
      <translation>Umrisse auswählen: klicken oder einen Kasten ziehen; Umschalt und Strg erweitern die Auswahl</translation>
    </message>
    <message>
      <source>Select the rasters first</source>
      <translation>Wählen Sie zuerst die Raster aus</translation>
    </message>
    <message>
      <source>Select the rasters to download in “{layer}” first.</source>
      <translation>Zuerst in „{layer}“ die Raster wählen, die heruntergeladen werden sollen.</translation>
    </message>
    <message>
      <source>Service default</source>
      <translation>Dienstvorgabe</translation>
    </message>
    <message>
      <source>Service default (raw pixels)</source>
      <translation>Dienstvorgabe (Rohpixel)</translation>
    </message>
    <message>
      <source>Service default ({name})</source>
      <translation>Dienstvorgabe ({name})</translation>
    </message>
    <message>
      <source>Service default ({value})</source>
      <translation>Dienstvorgabe ({value})</translation>
    </message>
    <message>
      <source>Services directory</source>
      <translation>Verzeichnis der Dienste</translation>
    </message>
    <message>
      <source>Services used before, saved connections and public services</source>
      <translation>Zuvor verwendete Dienste, gespeicherte Verbindungen und öffentliche Dienste</translation>
    </message>
    <message>
      <source>Shaded relief</source>
      <translation>Farbiges Relief</translation>
    </message>
    <message>
      <source>Short-wave infrared</source>
      <translation>Kurzwelliges Infrarot</translation>
    </message>
    <message>
      <source>Short-wave infrared 1</source>
      <translation>Kurzwelliges Infrarot 1</translation>
    </message>
    <message>
      <source>Short-wave infrared 2</source>
      <translation>Kurzwelliges Infrarot 2</translation>
    </message>
    <message>
      <source>Show Footprint</source>
      <translation>Umriss zeigen</translation>
    </message>
    <message>
      <source>Show Footprints</source>
      <translation>Umrisse zeigen</translation>
    </message>
    <message>
      <source>Show each date until the next one</source>
      <translation>Jedes Datum bis zum nächsten zeigen</translation>
    </message>
    <message numerus="yes">
      <source>Show more (%n others)</source>
      <translation>
        <numerusform>Mehr zeigen (%n weiterer)</numerusform>
        <numerusform>Mehr zeigen (%n weitere)</numerusform>
      </translation>
    </message>
    <message>
      <source>Show only templates with these words in their name or description.</source>
      <translation>Nur Vorlagen zeigen, die diese Wörter in Namen oder Beschreibung haben.</translation>
    </message>
    <message>
      <source>Show only:</source>
      <translation>Nur zeigen:</translation>
    </message>
    <message>
      <source>Show services and processing templates as thumbnails</source>
      <translation>Dienste und Verarbeitungsvorlagen als Vorschaubilder zeigen</translation>
    </message>
    <message>
      <source>Show the footprints on the map of QGIS, too, as long as this window is open.</source>
      <translation>Die Umrisse auch auf der Karte von QGIS zeigen, solange dieses Fenster offen ist.</translation>
    </message>
    <message>
      <source>Show the nearest date in between</source>
      <translation>Dazwischen den nächsten Zeitpunkt zeigen</translation>
    </message>
    <message>
      <source>Show the processing templates as thumbnails</source>
      <translation>Verarbeitungsvorlagen als Vorschaubilder zeigen</translation>
    </message>
    <message>
      <source>Show the selected footprints, or else all that are listed</source>
      <translation>Die ausgewählten Umrisse zeigen, sonst alle aufgelisteten</translation>
    </message>
    <message>
      <source>Show the whole service</source>
      <translation>Den ganzen Dienst zeigen</translation>
    </message>
    <message>
      <source>Show the whole service in the preview</source>
      <translation>Den ganzen Dienst in der Vorschau zeigen</translation>
    </message>
    <message>
      <source>Show what QGIS' map shows</source>
      <translation>Zeigen, was die QGIS-Karte zeigt</translation>
    </message>
    <message>
      <source>Shown where the temporal controller is between dates</source>
      <translation>Wird gezeigt, wo die Zeitsteuerung zwischen Zeitpunkten steht</translation>
    </message>
    <message>
      <source>Shows</source>
      <translation>Zeigt</translation>
    </message>
    <message>
      <source>Size in pixels</source>
      <translation>Größe in Pixeln</translation>
    </message>
    <message>
      <source>Size of the files (bytes)</source>
      <translation>Größe der Dateien (Bytes)</translation>
    </message>
    <message>
      <source>Sizes of {done} of {total} rasters</source>
      <translation>Größen von {done} von {total} Rastern</translation>
    </message>
    <message>
      <source>Slice</source>
      <translation>Ausschnitt (Slice)</translation>
    </message>
    <message>
      <source>Slice {id} of the service is {slice}.</source>
      <translation>Ausschnitt {id} des Dienstes ist {slice}.</translation>
    </message>
    <message>
      <source>Slices</source>
      <translation>Ausschnitte</translation>
    </message>
    <message>
      <source>Slide from the lowest value to the highest, or from the first date to the last.</source>
      <translation>Vom niedrigsten zum höchsten Wert schieben, oder vom ersten zum letzten Datum.</translation>
    </message>
    <message>
      <source>Slope</source>
      <translation>Hangneigung</translation>
    </message>
    <message>
      <source>Soil factor (L)</source>
      <translation>Bodenfaktor (L)</translation>
    </message>
    <message>
      <source>Something here differs from the default of the service.</source>
      <translation>Etwas weicht hier von der Vorgabe des Dienstes ab.</translation>
    </message>
    <message>
      <source>Something went wrong inside the plugin ({error}): please report it, with what QGIS' log messages panel says under Image Server Layer.</source>
      <translation>In der Erweiterung ist etwas schiefgegangen ({error}): bitte melden Sie es, zusammen mit dem, was im Protokollfenster von QGIS unter Image Server Layer steht.</translation>
    </message>
    <message>
      <source>Sort field</source>
      <translation>Sortierfeld</translation>
    </message>
    <message>
      <source>Sort ord&amp;er</source>
      <translation>Sortie&amp;rreihenfolge</translation>
    </message>
    <message>
      <source>Sort order</source>
      <translation>Sortierreihenfolge</translation>
    </message>
    <message>
      <source>Sort value</source>
      <translation>Sortierwert</translation>
    </message>
    <message>
      <source>Source of the layer</source>
      <translation>Quelle des Layers</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>Standard</translation>
    </message>
    <message>
      <source>Standard deviation</source>
      <translation>Standardabweichung</translation>
    </message>
    <message>
      <source>Standard deviations</source>
      <translation>Standardabweichungen</translation>
    </message>
    <message>
      <source>Statistic</source>
      <translation>Statistik</translation>
    </message>
    <message>
      <source>Statistics and areas of classes in polygons, computed by the server, without a download.</source>
      <translation>Statistiken und Flächen von Klassen in Polygonen, vom Server berechnet, ohne Herunterladen.</translation>
    </message>
    <message>
      <source>Std. dev.</source>
      <translation>Stdabw.</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Stop drawing the preview</source>
      <translation>Das Zeichnen der Vorschau anhalten</translation>
    </message>
    <message>
      <source>Store as Authentication</source>
      <translation>Als Authentifizierung speichern</translation>
    </message>
    <message>
      <source>Stretch</source>
      <translation>Streckung</translation>
    </message>
    <message>
      <source>Sum</source>
      <translation>Summe</translation>
    </message>
    <message>
      <source>T&amp;imeout</source>
      <translation>Ze&amp;itlimit</translation>
    </message>
    <message>
      <source>Take a raster function template (.rft.json) from a file.</source>
      <translation>Eine Rasterfunktionsvorlage (.rft.json) aus einer Datei übernehmen.</translation>
    </message>
    <message>
      <source>Take service and options from a file</source>
      <translation>Dienst und Optionen aus einer Datei übernehmen</translation>
    </message>
    <message>
      <source>Take the extent from</source>
      <translation>Ausdehnung übernehmen von</translation>
    </message>
    <message>
      <source>Take what a layer file or map of ArcGIS Pro, or a web map, says of image services</source>
      <translation>Übernehmen, was eine Layerdatei oder Karte von ArcGIS Pro oder eine Webkarte über Image-Services sagt</translation>
    </message>
    <message>
      <source>Taken from the map, a layer or a bookmark, drawn on the map, or typed.</source>
      <translation>Von der Karte, einem Layer oder einem Lesezeichen übernommen, auf der Karte gezeichnet oder eingegeben.</translation>
    </message>
    <message>
      <source>Tells what an ArcGIS image service offers: bands, processing templates, mosaic methods and fields.</source>
      <translation>Sagt, was ein Image-Service von ArcGIS bietet: Kanäle, Verarbeitungsvorlagen, Mosaikmethoden und Felder.</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>Vorlage</translation>
    </message>
    <message>
      <source>Template extent</source>
      <translation>Ausdehnung</translation>
    </message>
    <message>
      <source>That layers of the group “{name}” are shown one at a time, or only together, is left out.</source>
      <translation>Dass Layer der Gruppe „{name}“ nur einzeln oder nur zusammen gezeigt werden, ist weggelassen.</translation>
    </message>
    <message>
      <source>The HTTP Referer that some servers insist on.</source>
      <translation>Der HTTP-Referer, auf dem manche Server bestehen.</translation>
    </message>
    <message>
      <source>The JSON of the processing template breaks at line {line}, column {column} ({reason}): {text}</source>
      <translation>Das JSON der Verarbeitungsvorlage bricht in Zeile {line}, Spalte {column} ab ({reason}): {text}</translation>
    </message>
    <message>
      <source>The JSON of the processing template is no raster function, as it has neither “rasterFunction” nor “function”: {text}</source>
      <translation>Das JSON der Verarbeitungsvorlage ist keine Rasterfunktion, denn es enthält weder „rasterFunction“ noch „function“: {text}</translation>
    </message>
    <message>
      <source>The URL of an image service or of a server, a portal item, or the name of a saved ArcGIS REST server connection, with the path of a service or without.</source>
      <translation>Die URL eines Image-Service oder eines Servers, ein Portalelement, oder der Name einer gespeicherten ArcGIS-REST-Server-Verbindung, mit oder ohne Pfad eines Dienstes.</translation>
    </message>
    <message>
      <source>The address has changed; connect to it first.</source>
      <translation>Die Adresse hat sich geändert; verbinden Sie sich zuerst mit ihr.</translation>
    </message>
    <message>
      <source>The address names raster {id}, but the mosaic options ask for something else; the options are used.</source>
      <translation>Die Adresse nennt Raster {id}, die Mosaikoptionen verlangen aber etwas anderes; die Optionen gelten.</translation>
    </message>
    <message>
      <source>The address of its page (…/home/item.html?id=…), or its id.</source>
      <translation>Die Adresse ihrer Seite (…/home/item.html?id=…) oder ihre Id.</translation>
    </message>
    <message>
      <source>The authentication configuration “{id}” cannot be used without the master password of QGIS' authentication: give it, and try again.</source>
      <translation>Die Authentifizierungskonfiguration „{id}“ ist ohne das Master-Passwort der QGIS-Authentifizierung nicht verwendbar: geben Sie es ein, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>The authentication configuration “{id}” cannot be used: check it in QGIS' settings.</source>
      <translation>Die Authentifizierungskonfiguration „{id}“ ist nicht verwendbar: prüfen Sie sie in den Einstellungen von QGIS.</translation>
    </message>
    <message>
      <source>The authentication configuration “{id}” is for the resource {meant} and is not sent to {asked}: choose another one, or change its resource in QGIS' settings.</source>
      <translation>Die Authentifizierungskonfiguration „{id}“ gilt für die Ressource {meant} und wird nicht an {asked} gesendet: Wählen Sie eine andere, oder ändern Sie deren Ressource in den QGIS-Einstellungen.</translation>
    </message>
    <message>
      <source>The authentication configuration “{id}” is not known to this QGIS: sign in by a configuration of your own (Settings ▸ Options ▸ Authentication), and choose it for the layer.</source>
      <translation>Die Authentifizierungskonfiguration „{id}“ ist diesem QGIS nicht bekannt: Melden Sie sich mit einer eigenen Konfiguration an (Einstellungen ▸ Optionen ▸ Authentifizierung), und wählen Sie diese für den Layer.</translation>
    </message>
    <message>
      <source>The band to get.</source>
      <translation>Der Kanal, den es geben soll.</translation>
    </message>
    <message>
      <source>The band to show as {color}.</source>
      <translation>Der Kanal, der als {color} gezeigt wird.</translation>
    </message>
    <message>
      <source>The band “{band}” does not exist; choose from {bands}.</source>
      <translation>Den Kanal „{band}“ gibt es nicht; wählen Sie aus {bands}.</translation>
    </message>
    <message>
      <source>The catalog has no field “{field}”; choose one of {fields}.</source>
      <translation>Der Katalog hat kein Feld „{field}“; wählen Sie aus {fields}.</translation>
    </message>
    <message>
      <source>The catalog of a mosaic as a table.</source>
      <translation>Der Katalog eines Mosaiks als Tabelle.</translation>
    </message>
    <message>
      <source>The catalog of the service lists no rasters.</source>
      <translation>Der Katalog des Dienstes listet keine Raster.</translation>
    </message>
    <message>
      <source>The cell size of the layer ({source}) cannot be transformed to the service's {target}; give a number.</source>
      <translation>Die Zellengröße des Layers ({source}) lässt sich nicht in {target} des Dienstes umrechnen; geben Sie eine Zahl an.</translation>
    </message>
    <message>
      <source>The cell size {size} is not a positive number; give it in units of the service's coordinate reference system.</source>
      <translation>Die Zellengröße {size} ist keine positive Zahl; geben Sie sie in Einheiten des Koordinatenbezugssystems des Dienstes an.</translation>
    </message>
    <message>
      <source>The cells of the layer “{name}” ({source}) cannot fall on cells in the service's {target}, in which they have another shape; align with a layer in {target}, or take only its cell size.</source>
      <translation>Die Zellen des Layers „{name}“ ({source}) können nicht auf Zellen in {target}, dem System des Dienstes, fallen, in dem sie eine andere Form haben; richten Sie an einem Layer in {target} aus, oder nehmen Sie nur seine Zellengröße.</translation>
    </message>
    <message>
      <source>The center of the extent</source>
      <translation>Die Mitte der Ausdehnung</translation>
    </message>
    <message>
      <source>The compass direction that the terrain faces, in degrees from north; −1 where it is flat.</source>
      <translation>Die Himmelsrichtung, in die das Gelände abfällt, in Grad von Norden; −1, wo es flach ist.</translation>
    </message>
    <message>
      <source>The compression quality is for pictures: pixel values come without loss.</source>
      <translation>Die Kompressionsqualität gilt für Bilder: Pixelwerte kommen ohne Verlust.</translation>
    </message>
    <message>
      <source>The compression quality {value} is not between 1 and 100.</source>
      <translation>Die Kompressionsqualität {value} liegt nicht zwischen 1 und 100.</translation>
    </message>
    <message>
      <source>The connection to {host} failed: check your connection to the network, and the proxy in QGIS' settings.</source>
      <translation>Die Verbindung zu {host} ist gescheitert: prüfen Sie Ihre Netzwerkverbindung und den Proxy in den Einstellungen von QGIS.</translation>
    </message>
    <message>
      <source>The coordinate reference system of the service is unknown, so nothing can be taken to it.</source>
      <translation>Das Koordinatenbezugssystem des Dienstes ist unbekannt, daher lässt sich nichts dorthin umrechnen.</translation>
    </message>
    <message>
      <source>The corner {corner} is too far from the service to align cells with; take it from a closer layer.</source>
      <translation>Die Ecke {corner} ist zu weit vom Dienst entfernt, um Zellen an ihr auszurichten; nehmen Sie die eines näheren Layers.</translation>
    </message>
    <message>
      <source>The credentials have changed; connect with them first.</source>
      <translation>Die Zugangsdaten haben sich geändert; verbinden Sie sich zuerst mit ihnen.</translation>
    </message>
    <message>
      <source>The dates could not be read: {reason}</source>
      <translation>Die Zeitpunkte konnten nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>The dimension has {count} values; the last {shown} of them are shown.</source>
      <translation>Die Dimension hat {count} Werte; die letzten {shown} davon werden gezeigt.</translation>
    </message>
    <message>
      <source>The dimension “{name}” has no value {value}.</source>
      <translation>Die Dimension „{name}“ hat keinen Wert {value}.</translation>
    </message>
    <message>
      <source>The dimension “{name}” has no value {value}; the nearest are {nearest}.</source>
      <translation>Die Dimension „{name}“ hat keinen Wert {value}; die nächsten sind {nearest}.</translation>
    </message>
    <message>
      <source>The dimension “{name}” is given twice; give each only once.</source>
      <translation>Die Dimension „{name}“ ist zweimal angegeben; geben Sie jede nur einmal an.</translation>
    </message>
    <message>
      <source>The disk of {folder} is full: make room, and run the download again; it goes on from there.</source>
      <translation>Der Datenträger von {folder} ist voll: Platz schaffen und das Herunterladen noch einmal ausführen; es geht von da an weiter.</translation>
    </message>
    <message>
      <source>The export is a TIFF, so the name of the file must end with .tif: {path} does not.</source>
      <translation>Der Export ist ein TIFF; daher muss der Name der Datei auf .tif enden: {path} tut das nicht.</translation>
    </message>
    <message>
      <source>The export needs some {needed} more, and the disk of {folder} has {free} left: make room, or choose another disk.</source>
      <translation>Der Export braucht noch etwa {needed}, und auf dem Datenträger von {folder} sind {free} frei: Schaffen Sie Platz, oder wählen Sie einen anderen Datenträger.</translation>
    </message>
    <message>
      <source>The export was canceled.</source>
      <translation>Der Export wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The export would hold {size} of pixels ({columns} × {rows}, {bands} bands), and {limit} are allowed: raise LARGEST_SIZE, or choose larger cells or a smaller extent.</source>
      <translation>Der Export hätte {size} an Pixeln ({columns} × {rows}, {bands} Kanäle), und {limit} sind erlaubt: Erhöhen Sie LARGEST_SIZE, oder wählen Sie größere Zellen oder eine kleinere Ausdehnung.</translation>
    </message>
    <message>
      <source>The extent of the layer. Without a coordinate reference system in brackets it is in the service's.</source>
      <translation>Die Ausdehnung des Layers. Ohne Koordinatenbezugssystem in Klammern gilt das des Dienstes.</translation>
    </message>
    <message>
      <source>The extent reaches beyond the layer; what lies outside is left out.</source>
      <translation>Die Ausdehnung reicht über den Layer hinaus; was außerhalb liegt, bleibt weg.</translation>
    </message>
    <message>
      <source>The extent {wanted} does not overlap the layer's extent {own}.</source>
      <translation>Die Ausdehnung {wanted} überschneidet sich nicht mit der des Layers, {own}.</translation>
    </message>
    <message>
      <source>The field of the catalog by which the rasters are ordered.</source>
      <translation>Das Feld des Katalogs, nach dem die Raster geordnet werden.</translation>
    </message>
    <message>
      <source>The field that the days are of; rasters without a date are left out.</source>
      <translation>Das Feld, für das die Tage gelten; Raster ohne Datum fallen weg.</translation>
    </message>
    <message>
      <source>The field to sort by, for BY_ATTRIBUTE; the service's own if not given.</source>
      <translation>Das Feld, nach dem sortiert wird, für BY_ATTRIBUTE; ohne Angabe das des Dienstes.</translation>
    </message>
    <message>
      <source>The field “{field}” holds neither numbers nor dates, so nothing can be ordered by it; choose one of {fields}.</source>
      <translation>Das Feld „{field}“ enthält weder Zahlen noch Daten, nach ihm lässt sich also nicht sortieren; wählen Sie aus {fields}.</translation>
    </message>
    <message>
      <source>The file names it, but does not hold it.</source>
      <translation>Die Datei nennt ihn, enthält ihn aber nicht.</translation>
    </message>
    <message>
      <source>The file {path} cannot be read: {reason}</source>
      <translation>Die Datei {path} kann nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>The file {path} cannot be replaced: close it where it is open, perhaps in QGIS itself, or choose another name; what has been read so far is kept, if you run the export again.</source>
      <translation>Die Datei {path} kann nicht ersetzt werden: Schließen Sie sie dort, wo sie geöffnet ist, vielleicht in QGIS selbst, oder wählen Sie einen anderen Namen; was schon gelesen ist, bleibt für einen weiteren Lauf erhalten.</translation>
    </message>
    <message>
      <source>The file {path} cannot be written: check the folder, its permissions and the free space.</source>
      <translation>Die Datei {path} kann nicht geschrieben werden: Prüfen Sie den Ordner, seine Rechte und den freien Platz.</translation>
    </message>
    <message>
      <source>The file {path} cannot be written: check the folder, its permissions and the free space; what has been read so far is kept, if you run the export again.</source>
      <translation>Die Datei {path} kann nicht geschrieben werden: Prüfen Sie den Ordner, seine Rechte und den freien Platz; was schon gelesen ist, bleibt für einen weiteren Lauf erhalten.</translation>
    </message>
    <message>
      <source>The file {path} cannot be written: {reason}</source>
      <translation>Die Datei {path} kann nicht geschrieben werden: {reason}</translation>
    </message>
    <message>
      <source>The file {path} does not hold options of an image server layer; choose another one.</source>
      <translation>Die Datei {path} enthält keine Optionen eines Image-Server-Layers; wählen Sie eine andere.</translation>
    </message>
    <message>
      <source>The files need {needed} more, and the disk of {folder} has {free} left: make room, or choose another disk.</source>
      <translation>Die Dateien brauchen noch {needed}, und der Datenträger von {folder} hat noch {free}: Platz schaffen oder einen anderen Datenträger wählen.</translation>
    </message>
    <message>
      <source>The files that a mosaic is made of, as they are on the server.</source>
      <translation>Die Dateien, aus denen ein Mosaik besteht, wie sie auf dem Server sind.</translation>
    </message>
    <message>
      <source>The first {count} rasters are opened; find the others in the folder.</source>
      <translation>Die ersten {count} Raster werden geöffnet; die anderen sind im Ordner.</translation>
    </message>
    <message>
      <source>The folder {path} cannot be written into: check its permissions, or choose another one.</source>
      <translation>In den Ordner {path} kann nicht geschrieben werden: seine Rechte prüfen oder einen anderen wählen.</translation>
    </message>
    <message>
      <source>The folder {path} does not exist; make it, or choose another one.</source>
      <translation>Der Ordner {path} existiert nicht; legen Sie ihn an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>The folder “{folder}” is left out: {reason}</source>
      <translation>Der Ordner „{folder}“ wird ausgelassen: {reason}</translation>
    </message>
    <message>
      <source>The footprints of “{name}” were added.</source>
      <translation>Die Umrisse von „{name}“ wurden hinzugefügt.</translation>
    </message>
    <message>
      <source>The formula asks for band {band}; there are the bands B1 to B{count}.</source>
      <translation>Die Formel verlangt den Kanal {band}; es gibt die Kanäle B1 bis B{count}.</translation>
    </message>
    <message>
      <source>The formula breaks at “{part}”, character {position}.</source>
      <translation>Die Formel bricht bei „{part}“, Zeichen {position}.</translation>
    </message>
    <message>
      <source>The formula ends too early.</source>
      <translation>Die Formel endet zu früh.</translation>
    </message>
    <message>
      <source>The function template {path} cannot be read: {reason}.</source>
      <translation>Die Funktionsvorlage {path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The function template {path} is XML, which image services do not take: convert it to JSON (.rft.json) with Convert Raster Function Template in ArcGIS Pro.</source>
      <translation>Die Funktionsvorlage {path} ist XML, das Dienste nicht annehmen: Wandeln Sie sie in ArcGIS Pro mit „Convert Raster Function Template“ in JSON (.rft.json) um.</translation>
    </message>
    <message>
      <source>The ground point for CLOSEST_TO_VIEWPOINT; the center of the extent if not given. Without a coordinate reference system in brackets it is in the service's.</source>
      <translation>Der Punkt am Boden für CLOSEST_TO_VIEWPOINT; ohne Angabe die Mitte der Ausdehnung. Ohne Koordinatenbezugssystem in Klammern gilt das des Dienstes.</translation>
    </message>
    <message>
      <source>The group is switched off: show it once QGIS' temporal controller plays, or one layer of it.</source>
      <translation>Die Gruppe ist ausgeschaltet: Zeigen Sie sie, sobald die Zeitsteuerung von QGIS läuft, oder einen Layer davon.</translation>
    </message>
    <message>
      <source>The group “{group}” in “{title}” contains itself; save the file anew in ArcGIS Pro.</source>
      <translation>Die Gruppe „{group}“ in „{title}“ enthält sich selbst; speichern Sie die Datei in ArcGIS Pro neu.</translation>
    </message>
    <message>
      <source>The groups in “{title}” are nested more than {count} deep, so it is not read.</source>
      <translation>Die Gruppen in „{title}“ sind tiefer als {count} verschachtelt, daher wird es nicht gelesen.</translation>
    </message>
    <message>
      <source>The highest value of all overlapping pixels is taken.</source>
      <translation>Von allen überlappenden Pixeln gilt der höchste Wert.</translation>
    </message>
    <message>
      <source>The highest value of {field}; rasters without one are left out.</source>
      <translation>Der höchste Wert von {field}; Raster ohne Wert fallen weg.</translation>
    </message>
    <message>
      <source>The id of a slice is a whole number from 0, not “{value}”.</source>
      <translation>Die Id eines Ausschnitts ist eine ganze Zahl ab 0, nicht „{value}“.</translation>
    </message>
    <message>
      <source>The image service has no attribute table.</source>
      <translation>Der Image-Service hat keine Attributtabelle.</translation>
    </message>
    <message>
      <source>The image service is still being read.</source>
      <translation>Der Image-Service wird noch gelesen.</translation>
    </message>
    <message>
      <source>The interpolation “{value}” is unknown; choose one of {choices}.</source>
      <translation>Die Interpolation „{value}“ ist unbekannt; wählen Sie aus {choices}.</translation>
    </message>
    <message>
      <source>The layer follows QGIS' temporal controller; without it, it shows the first value.</source>
      <translation>Der Layer folgt der Zeitsteuerung von QGIS; ohne sie zeigt er den ersten Wert.</translation>
    </message>
    <message>
      <source>The layer follows QGIS' temporal controller; without it, the service decides.</source>
      <translation>Der Layer folgt der Zeitsteuerung von QGIS; ohne sie entscheidet der Dienst.</translation>
    </message>
    <message>
      <source>The layer has an extent of its own, and a script has one only.</source>
      <translation>Der Layer hat eine eigene Ausdehnung, und ein Skript kennt nur eine.</translation>
    </message>
    <message>
      <source>The layer has options of its own, so “{name}” cannot be given with it: edit the layer, or give the image service instead.</source>
      <translation>Der Layer hat eigene Optionen; daher kann „{name}“ nicht mit ihm angegeben werden: Bearbeiten Sie den Layer, oder geben Sie stattdessen den Image-Service an.</translation>
    </message>
    <message>
      <source>The layer is being changed.</source>
      <translation>Der Layer wird geändert.</translation>
    </message>
    <message>
      <source>The layer is no longer in the project; close this window.</source>
      <translation>Der Layer ist nicht mehr im Projekt; schließen Sie dieses Fenster.</translation>
    </message>
    <message>
      <source>The layer shows that time only.</source>
      <translation>Der Layer zeigt nur diese Zeit.</translation>
    </message>
    <message>
      <source>The layer “{layer}” has no field “{field}” with ids of rasters: choose footprints of the service.</source>
      <translation>Der Layer „{layer}“ hat kein Feld „{field}“ mit IDs von Rastern: Umrisse des Dienstes wählen.</translation>
    </message>
    <message>
      <source>The layer “{layer}” is not one of an image service.</source>
      <translation>Der Layer „{layer}“ ist keiner eines Image-Service.</translation>
    </message>
    <message>
      <source>The layer “{name}” does not come from an ArcGIS server; give the address of an image service.</source>
      <translation>Der Layer „{name}“ kommt nicht von einem ArcGIS-Server; geben Sie die Adresse eines Image-Service an.</translation>
    </message>
    <message>
      <source>The layer “{name}” has been changed again since; undo that first.</source>
      <translation>Der Layer „{name}“ wurde seither noch einmal geändert; machen Sie das zuerst rückgängig.</translation>
    </message>
    <message>
      <source>The layer “{name}” has no cells to align with; choose a raster layer.</source>
      <translation>Der Layer „{name}“ hat keine Zellen, an denen ausgerichtet werden kann; wählen Sie einen Rasterlayer.</translation>
    </message>
    <message>
      <source>The layer “{name}” has no cells to take the cell size from; choose a raster layer.</source>
      <translation>Der Layer „{name}“ hat keine Zellen, deren Größe übernommen werden könnte; wählen Sie einen Rasterlayer.</translation>
    </message>
    <message>
      <source>The layer “{name}” has no polygons to clip to; choose a polygon layer.</source>
      <translation>Der Layer „{name}“ hat keine Polygone, auf die zugeschnitten werden kann; wählen Sie einen Polygonlayer.</translation>
    </message>
    <message>
      <source>The layer “{name}” is in memory only.</source>
      <translation>Den Layer „{name}“ gibt es nur im Arbeitsspeicher.</translation>
    </message>
    <message>
      <source>The layer “{name}” is left out: {reason}</source>
      <translation>Der Layer „{name}“ wird ausgelassen: {reason}</translation>
    </message>
    <message>
      <source>The layer “{name}” is not drawn, or not all of it: {problem}</source>
      <translation>Der Layer „{name}“ wird nicht oder nicht ganz gezeichnet: {problem}</translation>
    </message>
    <message>
      <source>The layer “{name}” was added.</source>
      <translation>Der Layer „{name}“ wurde hinzugefügt.</translation>
    </message>
    <message>
      <source>The layer “{name}” was changed.</source>
      <translation>Der Layer „{name}“ wurde geändert.</translation>
    </message>
    <message>
      <source>The layer “{name}” was not made by the plugin Image Server Layer, so it cannot be exported here.</source>
      <translation>Der Layer „{name}“ wurde nicht von der Erweiterung Image Server Layer erzeugt; daher kann er hier nicht exportiert werden.</translation>
    </message>
    <message>
      <source>The layer's extent {own} cannot be transformed to {target}; choose another CRS.</source>
      <translation>Die Ausdehnung des Layers, {own}, kann nicht nach {target} transformiert werden; wählen Sie ein anderes KBS.</translation>
    </message>
    <message>
      <source>The layer's options have version {version}, and this plugin knows versions up to {known}; update the plugin Image Server Layer to edit the layer.</source>
      <translation>Die Optionen des Layers haben Version {version}, diese Erweiterung kennt aber nur Versionen bis {known}; aktualisieren Sie die Erweiterung Image Server Layer, um den Layer zu bearbeiten.</translation>
    </message>
    <message>
      <source>The layer's source has version {version}, and this plugin knows versions up to {known}; update the plugin Image Server Layer to draw the layer.</source>
      <translation>Die Quelle des Layers hat Version {version}, diese Erweiterung kennt aber nur Versionen bis {known}; aktualisieren Sie die Erweiterung Image Server Layer, um den Layer zu zeichnen.</translation>
    </message>
    <message>
      <source>The layer's source is broken, so nothing is drawn; make the layer anew.</source>
      <translation>Die Quelle des Layers ist beschädigt, daher wird nichts gezeichnet; erstellen Sie den Layer neu.</translation>
    </message>
    <message>
      <source>The layer's source is not one of the plugin Image Server Layer, so nothing can be drawn.</source>
      <translation>Die Quelle des Layers stammt nicht von der Erweiterung Image Server Layer, daher kann nichts gezeichnet werden.</translation>
    </message>
    <message>
      <source>The legend of a picture could not be read: {reason}</source>
      <translation>Die Legende eines Bilds konnte nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>The list ends after {count} of {total} rasters: {reason}</source>
      <translation>Die Liste endet nach {count} von {total} Rastern: {reason}</translation>
    </message>
    <message>
      <source>The lowest value of all overlapping pixels is taken.</source>
      <translation>Von allen überlappenden Pixeln gilt der niedrigste Wert.</translation>
    </message>
    <message>
      <source>The map is clipped to a shape that “{title}” does not hold, so its layers are not clipped.</source>
      <translation>Die Karte ist auf eine Form zugeschnitten, die nicht in „{title}“ steht; ihre Layer werden nicht zugeschnitten.</translation>
    </message>
    <message>
      <source>The map shows the first {drawn} of {count} footprints listed, and those selected.</source>
      <translation>Die Karte zeigt die ersten {drawn} von {count} aufgelisteten Umrissen und die ausgewählten.</translation>
    </message>
    <message>
      <source>The mean of all overlapping pixels is taken.</source>
      <translation>Von allen überlappenden Pixeln gilt der Mittelwert.</translation>
    </message>
    <message>
      <source>The middle of this view cannot be transformed to the reference system of “{name}”; zoom in first.</source>
      <translation>Die Mitte dieser Ansicht lässt sich nicht in das Bezugssystem von „{name}“ umrechnen; zoomen Sie zuerst hinein.</translation>
    </message>
    <message>
      <source>The mosaic method By attribute needs an order field, and the service has none of its own; choose one of {fields}.</source>
      <translation>Die Mosaikmethode „Nach Attribut“ braucht ein Sortierfeld, und der Dienst hat kein eigenes; wählen Sie aus {fields}.</translation>
    </message>
    <message>
      <source>The mosaic method depends on the view, and GDAL fetches a view in blocks: seams can show where rasters overlap. Choose another method, or leave out the provider “gdal”.</source>
      <translation>Die Mosaikmethode hängt von der Ansicht ab, und GDAL holt eine Ansicht in Blöcken: wo Raster überlappen, können Nähte zu sehen sein. Wählen Sie eine andere Methode, oder lassen Sie den Provider „gdal“ weg.</translation>
    </message>
    <message>
      <source>The mosaic method “{value}” is unknown; choose one of {choices}.</source>
      <translation>Die Mosaikmethode „{value}“ ist unbekannt; wählen Sie aus {choices}.</translation>
    </message>
    <message>
      <source>The mosaic operator “{value}” is unknown; choose one of {choices}.</source>
      <translation>Der Mosaikoperator „{value}“ ist unbekannt; wählen Sie aus {choices}.</translation>
    </message>
    <message>
      <source>The name of the service if not given.</source>
      <translation>Ohne Angabe der Name des Dienstes.</translation>
    </message>
    <message>
      <source>The names and colors of the classes could not be read: {reason}</source>
      <translation>Namen und Farben der Klassen konnten nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>The nodata interpretation “{value}” is unknown; choose one of {choices}.</source>
      <translation>Die Nodata-Interpretation „{value}“ ist unbekannt; wählen Sie aus {choices}.</translation>
    </message>
    <message>
      <source>The nodata value {value} cannot stand in pixels of the type {type}; choose another.</source>
      <translation>Der Wert {value} für fehlende Daten kann nicht in Pixeln vom Typ {type} stehen; wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>The numbers of every band, to identify, style, calculate with and export.</source>
      <translation>Die Zahlen aller Kanäle, zum Abfragen, Gestalten, Rechnen und Exportieren.</translation>
    </message>
    <message>
      <source>The option “{option}” has no effect: {reason}.</source>
      <translation>Die Option „{option}“ hat keine Wirkung: {reason}.</translation>
    </message>
    <message>
      <source>The options of the layer “{layer}” are of a later version of this plugin: update it, or give the address of the service.</source>
      <translation>Die Optionen des Layers „{layer}“ stammen von einer späteren Version dieser Erweiterung: aktualisieren Sie sie, oder geben Sie die Adresse des Dienstes an.</translation>
    </message>
    <message>
      <source>The options stored in the layer's source cannot be read; make the layer anew.</source>
      <translation>Die Optionen in der Quelle des Layers können nicht gelesen werden; erstellen Sie den Layer neu.</translation>
    </message>
    <message>
      <source>The order base value “{value}” is no date, but the field {field} holds dates; write it as 2010/12/31.</source>
      <translation>Der Basiswert „{value}“ ist kein Datum, das Feld {field} enthält aber Daten; schreiben Sie ihn als 2010/12/31.</translation>
    </message>
    <message>
      <source>The order base value “{value}” is no number, but the field {field} holds numbers; write it with a decimal point and without blanks, as 3.5.</source>
      <translation>Der Basiswert „{value}“ ist keine Zahl, das Feld {field} enthält aber Zahlen; schreiben Sie ihn mit Dezimalpunkt und ohne Leerzeichen, etwa 3.5.</translation>
    </message>
    <message>
      <source>The order of the rasters follows the view, so it is frozen at the center of the layer.</source>
      <translation>Die Reihenfolge der Raster folgt der Ansicht; daher wird sie an der Mitte des Layers festgehalten.</translation>
    </message>
    <message>
      <source>The page that some secured servers want to be asked from.</source>
      <translation>Die Seite, von der manche gesicherten Server gefragt werden wollen.</translation>
    </message>
    <message>
      <source>The parameter “{name}” holds a token or a password, which Processing would write into its log and history: store it as an authentication configuration (Settings ▸ Options ▸ Authentication), and choose that under “Authentication”.</source>
      <translation>Der Parameter „{name}“ enthält ein Token oder ein Passwort, das die Verarbeitung in Protokoll und Historie schreiben würde: Speichern Sie es als Authentifizierungskonfiguration (Einstellungen ▸ Optionen ▸ Authentifizierung), und wählen Sie diese unter „Authentifizierung“.</translation>
    </message>
    <message>
      <source>The pixel of the lowest raster is taken.</source>
      <translation>Es gilt das Pixel des untersten Rasters.</translation>
    </message>
    <message>
      <source>The pixel of the topmost raster is taken.</source>
      <translation>Es gilt das Pixel des obersten Rasters.</translation>
    </message>
    <message>
      <source>The pixel value that stands for no data, or one for each band, separated by “;”.</source>
      <translation>Der Pixelwert, der für fehlende Daten steht, oder einer für jeden Kanal, getrennt durch „;“.</translation>
    </message>
    <message>
      <source>The pixels as they are stored, without any function.</source>
      <translation>Die Pixel, wie sie gespeichert sind, ohne Funktion.</translation>
    </message>
    <message>
      <source>The plugin Image Server Layer is switched off; switch it on to draw its layers.</source>
      <translation>Die Erweiterung Image Server Layer ist ausgeschaltet; schalten Sie sie ein, um ihre Layer zu zeichnen.</translation>
    </message>
    <message>
      <source>The point lies outside of “{name}”: click where the layer shows something.</source>
      <translation>Der Punkt liegt außerhalb von „{name}“: Klicken Sie dorthin, wo der Layer etwas zeigt.</translation>
    </message>
    <message>
      <source>The points have no data.</source>
      <translation>Die Punkte haben keine Daten.</translation>
    </message>
    <message>
      <source>The polygon layer “{name}” ({source}) cannot be transformed to {target}.</source>
      <translation>Der Polygonlayer „{name}“ ({source}) kann nicht nach {target} transformiert werden.</translation>
    </message>
    <message>
      <source>The polygon layer “{name}” has no coordinate reference system; set one to clip to its shapes.</source>
      <translation>Der Polygonlayer „{name}“ hat kein Koordinatenbezugssystem; legen Sie eines fest, um auf seine Formen zuzuschneiden.</translation>
    </message>
    <message>
      <source>The polygon layer “{name}” has no coordinate reference system; set one to cut to its shapes.</source>
      <translation>Der Polygonlayer „{name}“ hat kein Koordinatenbezugssystem; setzen Sie eines, um auf seine Formen zuzuschneiden.</translation>
    </message>
    <message>
      <source>The polygon layer “{name}” has no polygons to cut to.</source>
      <translation>Der Polygonlayer „{name}“ hat keine Polygone, auf die zugeschnitten werden könnte.</translation>
    </message>
    <message>
      <source>The polygon layer “{name}” is empty, so there is nothing to clip to.</source>
      <translation>Der Polygonlayer „{name}“ ist leer, so dass es nichts gibt, auf das zugeschnitten werden kann.</translation>
    </message>
    <message>
      <source>The polygon to clip to is not valid ({problem}); repair it first.</source>
      <translation>Das Polygon zum Zuschneiden ist ungültig ({problem}); reparieren Sie es zuerst.</translation>
    </message>
    <message>
      <source>The polygons of the layer are still being read.</source>
      <translation>Die Polygone des Layers werden noch gelesen.</translation>
    </message>
    <message>
      <source>The polygons of the layer “{name}” have more than {most} corners; select those to clip to, or simplify them.</source>
      <translation>Die Polygone des Layers „{name}“ haben mehr als {most} Ecken; wählen Sie die aus, auf die zugeschnitten wird, oder vereinfachen Sie sie.</translation>
    </message>
    <message>
      <source>The portal item leads to another server: give the address {url} itself, with its credentials.</source>
      <translation>Das Portalelement führt zu einem anderen Server: geben Sie die Adresse {url} selbst an, mit den zugehörigen Zugangsdaten.</translation>
    </message>
    <message>
      <source>The portal item “{title}” is a web map: open it with the algorithm “Open layer file”, or give the item of one of its image services.</source>
      <translation>Das Portalelement „{title}“ ist eine Webkarte: Öffnen Sie es mit dem Algorithmus „Layerdatei öffnen“, oder geben Sie das Element eines ihrer Image-Services an.</translation>
    </message>
    <message>
      <source>The portal item “{title}” is not an image service but of the type “{type}”: give the item of one.</source>
      <translation>Das Portalelement „{title}“ ist kein Image-Service, sondern vom Typ „{type}“: geben Sie das Element eines Image-Service an.</translation>
    </message>
    <message>
      <source>The preview is being drawn.</source>
      <translation>Die Vorschau wird gezeichnet.</translation>
    </message>
    <message>
      <source>The preview is off.</source>
      <translation>Die Vorschau ist ausgeschaltet.</translation>
    </message>
    <message>
      <source>The preview was stopped.</source>
      <translation>Die Vorschau wurde angehalten.</translation>
    </message>
    <message>
      <source>The processing template does not yield the bands {bands}; all of its bands are used ({count}).</source>
      <translation>Die Verarbeitungsvorlage ergibt die Kanäle {bands} nicht; es werden alle ihre Kanäle verwendet ({count}).</translation>
    </message>
    <message>
      <source>The processing template is still being read.</source>
      <translation>Die Verarbeitungsvorlage wird noch gelesen.</translation>
    </message>
    <message>
      <source>The processing template stretches each tile of the file by itself (dynamic range adjustment), so seams can show; choose another one, or “None”.</source>
      <translation>Die Verarbeitungsvorlage streckt jede Kachel der Datei für sich (dynamische Bereichsanpassung), daher können Nähte sichtbar sein; wählen Sie eine andere oder „None“.</translation>
    </message>
    <message>
      <source>The processing template stretches what is asked for (dynamic range adjustment), and GDAL fetches a view in blocks: seams can show. Choose another one, or leave out the provider “gdal”.</source>
      <translation>Die Verarbeitungsvorlage streckt das, was abgefragt wird (dynamische Bereichsanpassung), und GDAL holt eine Ansicht in Blöcken: Nähte können sichtbar sein. Wählen Sie eine andere, oder lassen Sie den Provider „gdal“ weg.</translation>
    </message>
    <message>
      <source>The processing template {value} cannot be written as JSON: {reason}.</source>
      <translation>Die Verarbeitungsvorlage {value} lässt sich nicht als JSON schreiben: {reason}.</translation>
    </message>
    <message>
      <source>The profile could not be saved as {path}: {reason}; choose another place.</source>
      <translation>Das Profil konnte nicht als {path} gespeichert werden: {reason}; wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <source>The project has no layer of this image service</source>
      <translation>Das Projekt hat keinen Layer dieses Image-Service</translation>
    </message>
    <message>
      <source>The project has no polygon layer to clip to.</source>
      <translation>Das Projekt hat keinen Polygonlayer, auf den zugeschnitten werden kann.</translation>
    </message>
    <message>
      <source>The project has no raster layer to take it from.</source>
      <translation>Das Projekt hat keinen Rasterlayer, von dem sie übernommen werden könnte.</translation>
    </message>
    <message>
      <source>The proxy on the way to {host} does not answer: check it under Settings ▸ Options ▸ Network.</source>
      <translation>Der Proxy auf dem Weg zu {host} antwortet nicht: prüfen Sie ihn unter Einstellungen ▸ Optionen ▸ Netzwerk.</translation>
    </message>
    <message>
      <source>The proxy on the way to {host} wants a password: set it under Settings ▸ Options ▸ Network.</source>
      <translation>Der Proxy auf dem Weg zu {host} verlangt ein Passwort: setzen Sie es unter Einstellungen ▸ Optionen ▸ Netzwerk.</translation>
    </message>
    <message>
      <source>The raster has no footprint, so nothing is drawn.</source>
      <translation>Das Raster hat keinen Umriss, daher wird nichts gezeichnet.</translation>
    </message>
    <message>
      <source>The raster taken from nearest above a point of your choice lies on top, whatever the view.</source>
      <translation>Obenauf liegt, unabhängig von der Ansicht, das Raster, das am nächsten über einem Punkt Ihrer Wahl aufgenommen wurde.</translation>
    </message>
    <message>
      <source>The raster taken from nearest above the middle of the view lies on top, so the order follows the view.</source>
      <translation>Obenauf liegt das Raster, das am nächsten über der Mitte der Ansicht aufgenommen wurde; die Reihenfolge folgt also der Ansicht.</translation>
    </message>
    <message>
      <source>The raster whose center is nearest to the middle of the view lies on top, so the order follows the view.</source>
      <translation>Obenauf liegt das Raster, dessen Mitte der Mitte der Ansicht am nächsten ist; die Reihenfolge folgt also der Ansicht.</translation>
    </message>
    <message>
      <source>The raster whose center is nearest to the northwest corner of the mosaic lies on top, whatever the view.</source>
      <translation>Obenauf liegt, unabhängig von der Ansicht, das Raster, dessen Mitte der Nordwestecke des Mosaiks am nächsten ist.</translation>
    </message>
    <message>
      <source>The raster whose value in the order field is nearest to the base value lies on top, such as the raster of a date or the one with the fewest clouds.</source>
      <translation>Obenauf liegt das Raster, dessen Wert im Sortierfeld dem Basiswert am nächsten ist, etwa das Raster eines Datums oder das mit den wenigsten Wolken.</translation>
    </message>
    <message>
      <source>The raster whose value in the order field is nearest to this one is on top.</source>
      <translation>Obenauf liegt das Raster, dessen Wert im Sortierfeld diesem am nächsten ist.</translation>
    </message>
    <message>
      <source>The rasters are cut along the seamlines drawn by the publisher.</source>
      <translation>Die Raster sind entlang der Nahtlinien zugeschnitten, die der Herausgeber gezogen hat.</translation>
    </message>
    <message>
      <source>The rasters lie in the order of their ids.</source>
      <translation>Die Raster liegen in der Reihenfolge ihrer IDs.</translation>
    </message>
    <message>
      <source>The rasters listed have no footprints.</source>
      <translation>Die aufgelisteten Raster haben keine Umrisse.</translation>
    </message>
    <message>
      <source>The rasters of a mosaic as polygons, with all fields of its catalog.</source>
      <translation>Die Raster eines Mosaiks als Polygone, mit allen Feldern seines Katalogs.</translation>
    </message>
    <message>
      <source>The rasters of the mosaic for which this is true are drawn.</source>
      <translation>Gezeichnet werden die Raster des Mosaiks, für die dies wahr ist.</translation>
    </message>
    <message>
      <source>The rasters of the service “{service}” have no names: give raster ids.</source>
      <translation>Die Raster des Dienstes „{service}“ haben keine Namen: geben Sie Raster-IDs an.</translation>
    </message>
    <message>
      <source>The rasters of “{service}” have no dates, so there is nothing to show over time.</source>
      <translation>Die Raster von „{service}“ haben kein Datum, daher gibt es über die Zeit nichts zu zeigen.</translation>
    </message>
    <message>
      <source>The reading of the polygons was canceled.</source>
      <translation>Das Lesen der Polygone wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The ready-made tiles of the service, as they were made.</source>
      <translation>Die fertigen Kacheln des Dienstes, wie sie gemacht wurden.</translation>
    </message>
    <message>
      <source>The ready-made tiles of the service; where they do not fit a view, the server draws it.</source>
      <translation>Die fertigen Kacheln des Dienstes; wo sie zu einer Ansicht nicht passen, zeichnet sie der Server.</translation>
    </message>
    <message>
      <source>The request was canceled.</source>
      <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The same as a Python script:</source>
      <translation>Dasselbe als Python-Skript:</translation>
    </message>
    <message>
      <source>The same on the command line:</source>
      <translation>Dasselbe auf der Kommandozeile:</translation>
    </message>
    <message>
      <source>The server accepts it: one band of type {type}.</source>
      <translation>Der Server nimmt sie an: ein Kanal vom Typ {type}.</translation>
    </message>
    <message>
      <source>The server accepts it: {count} bands of type {type}.</source>
      <translation>Der Server nimmt sie an: {count} Kanäle vom Typ {type}.</translation>
    </message>
    <message>
      <source>The server answers for no point any more; try again later.</source>
      <translation>Der Server antwortet für keinen Punkt mehr; versuchen Sie es später wieder.</translation>
    </message>
    <message>
      <source>The server applies no function by default.</source>
      <translation>Der Server wendet als Standard keine Funktion an.</translation>
    </message>
    <message>
      <source>The server did not tell which slices the values are of.</source>
      <translation>Der Server hat nicht gesagt, zu welchen Ausschnitten die Werte gehören.</translation>
    </message>
    <message>
      <source>The server does not accept it: {words}</source>
      <translation>Der Server nimmt sie nicht an: {words}</translation>
    </message>
    <message>
      <source>The server does not accept the processing template “{template}”: {words}</source>
      <translation>Der Server nimmt die Verarbeitungsvorlage „{template}“ nicht an: {words}</translation>
    </message>
    <message>
      <source>The server does not accept the where clause “{where}”: {words}</source>
      <translation>Der Server nimmt die Where-Klausel „{where}“ nicht an: {words}</translation>
    </message>
    <message>
      <source>The server has left out rows or columns of pixels.</source>
      <translation>Der Server hat Zeilen oder Spalten von Pixeln ausgelassen.</translation>
    </message>
    <message>
      <source>The server lists only {count} of the {total} rasters that it counts.</source>
      <translation>Der Server listet nur {count} der {total} Raster, die er zählt.</translation>
    </message>
    <message>
      <source>The server sends pictures whatever it is asked for, so there are no pixel values; choose a picture.</source>
      <translation>Der Server sendet Bilder, was immer von ihm verlangt wird; Pixelwerte gibt es also nicht. Wählen Sie ein Bild.</translation>
    </message>
    <message>
      <source>The server sent a TIFF where a picture was asked for; make the layer anew.</source>
      <translation>Der Server hat ein TIFF gesendet, wo ein Bild verlangt war; erstellen Sie den Layer neu.</translation>
    </message>
    <message>
      <source>The server sent a picture of other than one to four bands of eight bits, which cannot be shown.</source>
      <translation>Der Server hat ein Bild gesendet, das nicht ein bis vier Kanäle zu acht Bit hat und sich nicht anzeigen lässt.</translation>
    </message>
    <message>
      <source>The server sent an image of {got} pixels where {asked} were asked for, so they cannot be put in place.</source>
      <translation>Der Server hat ein Bild mit {got} Pixeln gesendet, verlangt waren {asked}; es lässt sich nicht einpassen.</translation>
    </message>
    <message>
      <source>The server sent only {count} of the four bands of a picture; try again later.</source>
      <translation>Der Server sandte nur {count} der vier Kanäle eines Bildes; versuchen Sie es später erneut.</translation>
    </message>
    <message>
      <source>The server sent something else instead of dates.</source>
      <translation>Der Server hat etwas anderes als Zeitpunkte geschickt.</translation>
    </message>
    <message>
      <source>The server sent {sent_bands} bands of the type {sent} where the layer has {bands} of the type {declared}; make the layer anew.</source>
      <translation>Der Server hat {sent_bands} Kanäle vom Typ {sent} gesendet, der Layer hat aber {bands} vom Typ {declared}; erstellen Sie den Layer neu.</translation>
    </message>
    <message>
      <source>The server tells no ids of slices, which came with 10.8.1: give variable and dimensions.</source>
      <translation>Der Server nennt keine Ids von Ausschnitten, die es seit 10.8.1 gibt: Geben Sie Variable und Dimensionen an.</translation>
    </message>
    <message>
      <source>The server {host} cut the connection: try again later.</source>
      <translation>Der Server {host} hat die Verbindung abgebrochen: versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>The server {host} was not found: check its name, and your connection to the network.</source>
      <translation>Der Server {host} wurde nicht gefunden: prüfen Sie seinen Namen und Ihre Netzwerkverbindung.</translation>
    </message>
    <message>
      <source>The server's answer is not an image that can be read; the service may be unavailable.</source>
      <translation>Die Antwort des Servers ist kein lesbares Bild; der Dienst ist vielleicht nicht verfügbar.</translation>
    </message>
    <message>
      <source>The service allows no processing templates; its pixels come as they are.</source>
      <translation>Der Dienst erlaubt keine Verarbeitungsvorlagen; seine Pixel kommen, wie sie sind.</translation>
    </message>
    <message>
      <source>The service decides.</source>
      <translation>Der Dienst entscheidet.</translation>
    </message>
    <message>
      <source>The service declares pixels of the type {declared} but sends {sent}; the layer has the latter.</source>
      <translation>Der Dienst kündigt Pixel vom Typ {declared} an, sendet aber {sent}; der Layer hat letzteren.</translation>
    </message>
    <message>
      <source>The service declares {declared} bands for this request but sends {sent}; the layer has the latter.</source>
      <translation>Der Dienst kündigt für diese Anfrage {declared} Kanäle an, sendet aber {sent}; der Layer hat letztere.</translation>
    </message>
    <message>
      <source>The service declares {declared} bands, but its tiles hold {sent}; the layer has the latter.</source>
      <translation>Der Dienst gibt {declared} Kanäle an, seine Kacheln enthalten aber {sent}; der Layer hat letztere.</translation>
    </message>
    <message>
      <source>The service does not allow the mosaic method {method}; it allows {allowed}.</source>
      <translation>Der Dienst erlaubt die Mosaikmethode {method} nicht; erlaubt sind {allowed}.</translation>
    </message>
    <message>
      <source>The service does not answer getSamples ({reason}), so the pixels under the points are read.</source>
      <translation>Der Dienst beantwortet getSamples nicht ({reason}), deshalb werden die Pixel unter den Punkten gelesen.</translation>
    </message>
    <message>
      <source>The service does not let its catalog be searched, so “{option}” could not be checked.</source>
      <translation>Der Dienst lässt seinen Katalog nicht durchsuchen, daher konnte „{option}“ nicht geprüft werden.</translation>
    </message>
    <message>
      <source>The service does not let its rasters be listed.</source>
      <translation>Der Dienst lässt seine Raster nicht auflisten.</translation>
    </message>
    <message>
      <source>The service does not say where its tiles lie.</source>
      <translation>Der Dienst sagt nicht, wo seine Kacheln liegen.</translation>
    </message>
    <message>
      <source>The service gives the numbers of its pixels.</source>
      <translation>Der Dienst liefert die Zahlen seiner Pixel.</translation>
    </message>
    <message>
      <source>The service has its times as a dimension, so the time is asked for as {dimension}.</source>
      <translation>Der Dienst hat seine Zeiten als Dimension, daher wird die Zeit als {dimension} abgefragt.</translation>
    </message>
    <message>
      <source>The service has more than {count} dates, of which the earliest are listed.</source>
      <translation>Der Dienst hat mehr als {count} Zeitpunkte, von denen die frühesten aufgeführt sind.</translation>
    </message>
    <message>
      <source>The service has more than {most} dates, of which the earliest are used.</source>
      <translation>Der Dienst hat mehr als {most} Zeitpunkte, von denen die frühesten benutzt werden.</translation>
    </message>
    <message>
      <source>The service has no getSamples, so the pixels under the points are read.</source>
      <translation>Der Dienst hat kein getSamples, deshalb werden die Pixel unter den Punkten gelesen.</translation>
    </message>
    <message>
      <source>The service has no ready-made pictures in tiles.</source>
      <translation>Der Dienst hat keine fertigen Bilder in Kacheln.</translation>
    </message>
    <message>
      <source>The service has no slice {id}; its ids reach from {first} to {last}.</source>
      <translation>Der Dienst hat keinen Ausschnitt {id}; seine Ids reichen von {first} bis {last}.</translation>
    </message>
    <message>
      <source>The service has no tile in the middle of the layer at any level; choose another template extent.</source>
      <translation>Der Dienst hat in der Mitte des Layers auf keiner Stufe eine Kachel; wählen Sie eine andere Ausdehnung.</translation>
    </message>
    <message>
      <source>The service has no variable “{name}”; choose one of {names}.</source>
      <translation>Der Dienst hat keine Variable „{name}“; wählen Sie eine von {names}.</translation>
    </message>
    <message>
      <source>The service has several slices, and its tiles show the one that it chooses by itself.</source>
      <translation>Der Dienst hat mehrere Ausschnitte, und seine Kacheln zeigen den, den er von selbst wählt.</translation>
    </message>
    <message>
      <source>The service is a single raster, so there are no rasters to choose from or to order.</source>
      <translation>Der Dienst ist ein einzelnes Raster, es gibt also keine Raster auszuwählen oder zu ordnen.</translation>
    </message>
    <message>
      <source>The service is a single raster, so these options were left out: {options}.</source>
      <translation>Der Dienst ist ein einzelnes Raster, daher wurden diese Optionen weggelassen: {options}.</translation>
    </message>
    <message>
      <source>The service is a single raster.</source>
      <translation>Der Dienst ist ein einzelnes Raster.</translation>
    </message>
    <message>
      <source>The service is asked with credentials.</source>
      <translation>Der Dienst wird mit Anmeldedaten abgefragt.</translation>
    </message>
    <message>
      <source>The service is being asked for its wavelengths…</source>
      <translation>Der Dienst wird nach seinen Wellenlängen gefragt…</translation>
    </message>
    <message>
      <source>The service lists no slices: give variable and dimensions.</source>
      <translation>Der Dienst nennt keine Ausschnitte: Geben Sie Variable und Dimensionen an.</translation>
    </message>
    <message>
      <source>The service needs credentials, and a token in an address is not kept: store it as an authentication configuration in QGIS (Settings ▸ Options ▸ Authentication) and give that.</source>
      <translation>Der Dienst verlangt Zugangsdaten, und ein Token in einer Adresse wird nicht aufbewahrt: speichern Sie es in QGIS als Authentifizierungskonfiguration (Einstellungen ▸ Optionen ▸ Authentifizierung), und geben Sie diese an.</translation>
    </message>
    <message>
      <source>The service needs credentials, which QGIS does not hand to GDAL; leave out the provider “gdal”, or the authentication.</source>
      <translation>Der Dienst verlangt Zugangsdaten, die QGIS nicht an GDAL weitergibt; lassen Sie den Provider „gdal“ oder die Authentifizierung weg.</translation>
    </message>
    <message>
      <source>The service offers only ready-made tiles, so the pixels under the points are read.</source>
      <translation>Der Dienst bietet nur fertige Kacheln, daher werden die Pixel unter den Punkten gelesen.</translation>
    </message>
    <message>
      <source>The service offers only ready-made tiles, so there are no rasters to choose from or to order.</source>
      <translation>Der Dienst bietet nur fertige Kacheln, es gibt also keine Raster auszuwählen oder zu ordnen.</translation>
    </message>
    <message>
      <source>The service offers only ready-made tiles, so these options were left out: {options}.</source>
      <translation>Der Dienst bietet nur fertige Kacheln, daher wurden diese Optionen weggelassen: {options}.</translation>
    </message>
    <message>
      <source>The service offers only ready-made tiles, which are as they were made.</source>
      <translation>Der Dienst bietet nur fertige Kacheln, und die sind, wie sie gemacht wurden.</translation>
    </message>
    <message>
      <source>The service offers only ready-made tiles, which are pictures and hold no values.</source>
      <translation>Der Dienst bietet nur fertige Kacheln, und die sind Bilder und enthalten keine Werte.</translation>
    </message>
    <message>
      <source>The service offers only ready-made tiles, which hold values; QGIS makes the picture of them.</source>
      <translation>Der Dienst bietet nur fertige Kacheln, und die enthalten Werte; das Bild macht QGIS aus ihnen.</translation>
    </message>
    <message>
      <source>The service tells statistics of {count} bands, but has {bands}.</source>
      <translation>Der Dienst gibt Statistiken von {count} Kanälen an, hat aber {bands}.</translation>
    </message>
    <message>
      <source>The service tells {count} values of a point, but has {bands} bands.</source>
      <translation>Der Dienst gibt {count} Werte eines Punktes an, hat aber {bands} Kanäle.</translation>
    </message>
    <message>
      <source>The service tells {count} values of a point, but the layer shows its band {number}.</source>
      <translation>Der Dienst nennt {count} Werte eines Punkts, der Layer zeigt aber seinen Kanal {number}.</translation>
    </message>
    <message>
      <source>The service tells {count} values of a point, but there are {bands} bands: try again later.</source>
      <translation>Der Dienst nennt {count} Werte eines Punktes, aber es gibt {bands} Kanäle: versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>The service “{name}” offers only ready-made tiles, and does not say where they lie in its own coordinate reference system; ask its publisher.</source>
      <translation>Der Dienst „{name}“ bietet nur fertige Kacheln und sagt nicht, wo sie in seinem eigenen Koordinatenbezugssystem liegen; fragen Sie den Herausgeber.</translation>
    </message>
    <message>
      <source>The service “{service}” allows no processing templates; leave out “{template}” to get its pixels as they are.</source>
      <translation>Der Dienst „{service}“ erlaubt keine Verarbeitungsvorlagen; lassen Sie „{template}“ weg, um seine Pixel zu erhalten, wie sie sind.</translation>
    </message>
    <message>
      <source>The service “{service}” computes no statistics ({reason}); use QGIS' Zonal Statistics on an image server layer instead, which reads the pixels.</source>
      <translation>Der Dienst „{service}“ berechnet keine Statistiken ({reason}); nehmen Sie stattdessen QGIS' Zonenstatistik auf einem Image-Server-Layer, die die Pixel liest.</translation>
    </message>
    <message>
      <source>The service “{service}” does not allow downloads of its source rasters: ask its owner for the capability “Download”, or export the pixels instead.</source>
      <translation>Der Dienst „{service}“ erlaubt nicht, seine Quellraster herunterzuladen: seinen Betreiber um die Fähigkeit „Download“ bitten, oder stattdessen die Pixel exportieren.</translation>
    </message>
    <message>
      <source>The service “{service}” does not list its dates, so the nearest one cannot be found.</source>
      <translation>Der Dienst „{service}“ führt seine Zeitpunkte nicht auf, so dass sich der nächstgelegene nicht finden lässt.</translation>
    </message>
    <message>
      <source>The service “{service}” does not list its dates, so there cannot be a file for each.</source>
      <translation>Der Dienst „{service}“ führt seine Zeitpunkte nicht auf, so dass es nicht für jeden eine Datei geben kann.</translation>
    </message>
    <message>
      <source>The service “{service}” does not say when its rasters are of.</source>
      <translation>Der Dienst „{service}“ sagt nicht, aus welcher Zeit seine Raster sind.</translation>
    </message>
    <message>
      <source>The service “{service}” has its times as the dimension “{name}”, which has nothing of {time}; the nearest values are {nearest}.</source>
      <translation>Der Dienst „{service}“ hat seine Zeiten als Dimension „{name}“, die nichts von {time} hat; die nächsten Werte sind {nearest}.</translation>
    </message>
    <message>
      <source>The service “{service}” has its times as the dimension “{name}”, which is given too; leave out one.</source>
      <translation>Der Dienst „{service}“ hat seine Zeiten als Dimension „{name}“, die auch angegeben ist; lassen Sie eines davon weg.</translation>
    </message>
    <message>
      <source>The service “{service}” has no catalog of rasters in which to look up “{name}”; leave it out.</source>
      <translation>Der Dienst „{service}“ hat keinen Katalog der Raster, in dem „{name}“ nachgeschlagen werden könnte; lassen Sie den Namen weg.</translation>
    </message>
    <message>
      <source>The service “{service}” has no catalog of rasters to look into.</source>
      <translation>Der Dienst „{service}“ hat keinen Katalog der Raster, in dem nachgesehen werden könnte.</translation>
    </message>
    <message>
      <source>The service “{service}” has no catalog of rasters, so no source rasters can be downloaded.</source>
      <translation>Der Dienst „{service}“ hat keinen Katalog von Rastern, daher können keine Quellraster heruntergeladen werden.</translation>
    </message>
    <message>
      <source>The service “{service}” has no processing template “{template}”; choose one of {names}.</source>
      <translation>Der Dienst „{service}“ hat keine Verarbeitungsvorlage „{template}“; wählen Sie aus {names}.</translation>
    </message>
    <message>
      <source>The service “{service}” has no processing template “{template}”; did you mean {names}?</source>
      <translation>Der Dienst „{service}“ hat keine Verarbeitungsvorlage „{template}“; meinten Sie {names}?</translation>
    </message>
    <message>
      <source>The service “{service}” has no raster {rasters}; look up ids and names in its catalog.</source>
      <translation>Der Dienst „{service}“ hat kein Raster {rasters}; schlagen Sie IDs und Namen in seinem Katalog nach.</translation>
    </message>
    <message>
      <source>The service “{service}” has no slices; leave out “{option}”.</source>
      <translation>Der Dienst „{service}“ hat keine Ausschnitte; lassen Sie „{option}“ weg.</translation>
    </message>
    <message>
      <source>The service “{service}” has no variables or dimensions; leave out “{option}”.</source>
      <translation>Der Dienst „{service}“ hat weder Variablen noch Dimensionen; lassen Sie „{option}“ weg.</translation>
    </message>
    <message>
      <source>The service “{service}” has nothing of {time}; its times, in UTC, reach {range}.</source>
      <translation>Der Dienst „{service}“ hat nichts von {time}; seine Zeiten, in UTC, reichen {range}.</translation>
    </message>
    <message>
      <source>The service “{service}” is a single raster, so there are no rasters to choose from or to order; leave out “{option}”.</source>
      <translation>Der Dienst „{service}“ ist ein einzelnes Raster, es gibt also keine Raster auszuwählen oder zu ordnen; lassen Sie „{option}“ weg.</translation>
    </message>
    <message>
      <source>The service “{service}” offers only ready-made tiles, which are as they were made; leave out “{option}”.</source>
      <translation>Der Dienst „{service}“ bietet nur fertige Kacheln, und die sind, wie sie gemacht wurden; lassen Sie „{option}“ weg.</translation>
    </message>
    <message>
      <source>The service “{service}” publishes no processing templates, so there is no “{template}”; give a raster function as JSON.</source>
      <translation>Der Dienst „{service}“ veröffentlicht keine Verarbeitungsvorlagen, also auch nicht „{template}“; geben Sie eine Rasterfunktion als JSON an.</translation>
    </message>
    <message>
      <source>The service “{service}” tells no times of its pixels; leave out “{option}”.</source>
      <translation>Der Dienst „{service}“ nennt keine Zeiten seiner Pixel; lassen Sie „{option}“ weg.</translation>
    </message>
    <message>
      <source>The service's coordinate reference system is unknown, so nothing can be transformed to it from {source}; give numbers as the service has them.</source>
      <translation>Das Koordinatenbezugssystem des Dienstes ist unbekannt, daher lässt sich nichts aus {source} dorthin umrechnen; geben Sie Zahlen an, wie der Dienst sie hat.</translation>
    </message>
    <message>
      <source>The service's getSamples knows no aligned cells, so the pixels under the points are read.</source>
      <translation>„getSamples“ des Dienstes kennt keine ausgerichteten Zellen, deshalb werden die Pixel unter den Punkten gelesen.</translation>
    </message>
    <message>
      <source>The service's getSamples knows no other nodata values, so the pixels under the points are read.</source>
      <translation>getSamples des Dienstes kennt keine anderen Nodata-Werte, deshalb werden die Pixel unter den Punkten gelesen.</translation>
    </message>
    <message>
      <source>The service's getSamples knows no processing templates, so the pixels under the points are read.</source>
      <translation>getSamples des Dienstes kennt keine Verarbeitungsvorlagen, deshalb werden die Pixel unter den Punkten gelesen.</translation>
    </message>
    <message>
      <source>The service's own, if not given; for one without, a value that data rarely have, or a mask.</source>
      <translation>Ohne Angabe der des Dienstes; hat der keinen, ein Wert, den Daten selten haben, oder eine Maske.</translation>
    </message>
    <message>
      <source>The service's own, with its pixels as they are, if not given; in another one, the server resamples.</source>
      <translation>Ohne Angabe das des Dienstes, mit seinen Pixeln, wie sie sind; in einem anderen rechnet der Server um.</translation>
    </message>
    <message>
      <source>The service's statistics know no other nodata values: leave them out, or use QGIS' Zonal Statistics on an image server layer.</source>
      <translation>Die Statistiken des Dienstes kennen keine anderen Nodata-Werte: lassen Sie sie weg, oder nehmen Sie QGIS' Zonenstatistik auf einem Image-Server-Layer.</translation>
    </message>
    <message>
      <source>The shape in the layer ({polygons})</source>
      <translation>Die Form im Layer ({polygons})</translation>
    </message>
    <message>
      <source>The shapes to clip to are much smaller than a cell; choose larger ones.</source>
      <translation>Die Formen zum Zuschneiden sind viel kleiner als eine Zelle; wählen Sie größere.</translation>
    </message>
    <message>
      <source>The shapes to clip to are simplified by less than a cell, from {count} corners to {simple}.</source>
      <translation>Die Formen zum Zuschneiden wurden um weniger als eine Zelle vereinfacht, von {count} auf {simple} Ecken.</translation>
    </message>
    <message>
      <source>The shapes to clip to have {count} corners, simplified by half a cell still {simple}, and a layer holds {most}; select fewer of them, or simplify them.</source>
      <translation>Die Formen zum Zuschneiden haben {count} Ecken, um eine halbe Zelle vereinfacht noch {simple}, und ein Layer fasst {most}; wählen Sie weniger davon aus, oder vereinfachen Sie sie.</translation>
    </message>
    <message>
      <source>The shapes to clip to lie outside of the service's extent {extent}; choose others.</source>
      <translation>Die Formen zum Zuschneiden liegen außerhalb der Ausdehnung {extent} des Dienstes; wählen Sie andere.</translation>
    </message>
    <message>
      <source>The shapes to clip to lie outside of the template extent {extent}; leave out one of them.</source>
      <translation>Die Formen zum Zuschneiden liegen außerhalb der Vorlagenausdehnung {extent}; lassen Sie eines von beiden weg.</translation>
    </message>
    <message>
      <source>The shapes to cut to do not overlap the layer's extent {own}.</source>
      <translation>Die Formen, auf die zugeschnitten werden soll, überschneiden sich nicht mit der Ausdehnung des Layers, {own}.</translation>
    </message>
    <message>
      <source>The shapes to cut to, in {wanted}, do not overlap the layer's extent {own}.</source>
      <translation>Die Formen, auf die zugeschnitten werden soll, in {wanted}, überschneiden sich nicht mit der Ausdehnung des Layers, {own}.</translation>
    </message>
    <message>
      <source>The sort order “{value}” is unknown; choose one of {choices}.</source>
      <translation>Die Sortierreihenfolge „{value}“ ist unbekannt; wählen Sie aus {choices}.</translation>
    </message>
    <message>
      <source>The sum of all overlapping pixels is taken.</source>
      <translation>Von allen überlappenden Pixeln gilt die Summe.</translation>
    </message>
    <message>
      <source>The template extent {extent} ({source}) cannot be transformed to the service's {target}; choose a smaller one.</source>
      <translation>Die Ausdehnung {extent} ({source}) lässt sich nicht in {target} des Dienstes umrechnen; wählen Sie eine kleinere.</translation>
    </message>
    <message>
      <source>The template extent {extent} ({source}) lies on both sides of the antimeridian (180°), where the map of the service ends; give two extents, one for each side, and make two layers.</source>
      <translation>Die Ausdehnung {extent} ({source}) liegt auf beiden Seiten der Datumsgrenze (180°), an der die Karte des Dienstes endet; geben Sie zwei Ausdehnungen an, eine für jede Seite, und erstellen Sie zwei Layer.</translation>
    </message>
    <message>
      <source>The template extent {extent} does not overlap the service's extent {service}; both are xmin ymin xmax ymax in the service's coordinate reference system.</source>
      <translation>Die Ausdehnung {extent} überlappt nicht mit der des Dienstes, {service}; beide sind xmin ymin xmax ymax im Koordinatenbezugssystem des Dienstes.</translation>
    </message>
    <message>
      <source>The template extent {extent} has no area; give xmin ymin xmax ymax, each minimum below its maximum.</source>
      <translation>Die Ausdehnung {extent} hat keine Fläche; geben Sie xmin ymin xmax ymax an, jeweils das Minimum kleiner als das Maximum.</translation>
    </message>
    <message>
      <source>The template extent {value} has no area; give xmin ymin xmax ymax.</source>
      <translation>Die Ausdehnung {value} hat keine Fläche; geben Sie xmin ymin xmax ymax an.</translation>
    </message>
    <message>
      <source>The template extent “{value}” is neither four numbers (xmin ymin xmax ymax) nor a layer or file that can be opened.</source>
      <translation>Die Ausdehnung „{value}“ besteht weder aus vier Zahlen (xmin ymin xmax ymax), noch ist sie ein Layer oder eine Datei, die sich öffnen lässt.</translation>
    </message>
    <message>
      <source>The template extent “{value}” is unusable; give xmin ymin xmax ymax, or with commas xmin,xmax,ymin,ymax, each minimum below its maximum.</source>
      <translation>Die Ausdehnung „{value}“ ist unbrauchbar; geben Sie xmin ymin xmax ymax an, oder mit Kommas xmin,xmax,ymin,ymax, jeweils das Minimum kleiner als das Maximum.</translation>
    </message>
    <message>
      <source>The template layer “{name}” has no coordinate reference system; set one, or type the extent.</source>
      <translation>Der Layer „{name}“ für die Ausdehnung hat kein Koordinatenbezugssystem; weisen Sie ihm eines zu, oder geben Sie die Ausdehnung ein.</translation>
    </message>
    <message>
      <source>The template layer “{name}” is empty or broken, so it gives no extent.</source>
      <translation>Der Layer „{name}“ ist leer oder beschädigt und ergibt keine Ausdehnung.</translation>
    </message>
    <message>
      <source>The tiles of the service are as they were made, without “{option}”.</source>
      <translation>Die Kacheln des Dienstes sind, wie sie gemacht wurden, ohne „{option}“.</translation>
    </message>
    <message>
      <source>The tiles of the service are of no time, and the layer can follow the temporal controller.</source>
      <translation>Die Kacheln des Dienstes sind von keiner Zeit, und der Layer kann der Zeitsteuerung folgen.</translation>
    </message>
    <message>
      <source>The tiles of the service are pictures, so there are no pixel values; choose a picture.</source>
      <translation>Die Kacheln des Dienstes sind Bilder, es gibt also keine Pixelwerte; wählen Sie ein Bild.</translation>
    </message>
    <message>
      <source>The tiles of the service are pictures; choose one, or leave out the tiles.</source>
      <translation>Die Kacheln des Dienstes sind Bilder; wählen Sie ein Bild, oder lassen Sie die Kacheln weg.</translation>
    </message>
    <message>
      <source>The tiles of the service cannot be drawn from, so the server draws each view: {reason}</source>
      <translation>Aus den Kacheln des Dienstes kann nicht gezeichnet werden, darum zeichnet der Server jede Ansicht: {reason}</translation>
    </message>
    <message>
      <source>The tiles of the service hold values and no picture; choose pixel values.</source>
      <translation>Die Kacheln des Dienstes enthalten Werte und kein Bild; wählen Sie Pixelwerte.</translation>
    </message>
    <message>
      <source>The tiles of the service were asked for, which are pictures.</source>
      <translation>Die Kacheln des Dienstes sind gewünscht, und diese sind Bilder.</translation>
    </message>
    <message>
      <source>The time “{value}” cannot be read; write a date in UTC, as 2010, 2010-12, 2010-12-31 or 2010-12-31 13:30:00, or two of them with “/” between.</source>
      <translation>Die Zeit „{value}“ ist nicht lesbar; schreiben Sie ein Datum in UTC, wie 2010, 2010-12, 2010-12-31 oder 2010-12-31 13:30:00, oder zwei davon mit „/“ dazwischen.</translation>
    </message>
    <message>
      <source>The time “{value}” ends before it begins.</source>
      <translation>Die Zeit „{value}“ endet, bevor sie beginnt.</translation>
    </message>
    <message>
      <source>The time “{value}” of a dimension needs a beginning and an end.</source>
      <translation>Die Zeit „{value}“ einer Dimension braucht einen Anfang und ein Ende.</translation>
    </message>
    <message>
      <source>The timeout “{value}” is not a number of seconds between 0 and {longest:.0f}.</source>
      <translation>Das Zeitlimit „{value}“ ist keine Zahl von Sekunden zwischen 0 und {longest:.0f}.</translation>
    </message>
    <message>
      <source>The token in the address is not used: store it as an authentication configuration, and choose that.</source>
      <translation>Das Token in der Adresse wird nicht verwendet: speichern Sie es als Authentifizierungskonfiguration, und wählen Sie diese.</translation>
    </message>
    <message>
      <source>The token in the address was taken off; the service answers without it.</source>
      <translation>Das Token in der Adresse wurde entfernt; der Dienst antwortet ohne es.</translation>
    </message>
    <message>
      <source>The topmost raster stands first; drag to change the order.</source>
      <translation>Das oberste Raster steht zuerst; ziehen Sie, um die Reihenfolge zu ändern.</translation>
    </message>
    <message>
      <source>The transparency of the group “{name}” is left out.</source>
      <translation>Die Transparenz der Gruppe „{name}“ wird ausgelassen.</translation>
    </message>
    <message>
      <source>The value “{value}” of the dimension “{name}” is no number, and no range such as -100/-50.</source>
      <translation>Der Wert „{value}“ der Dimension „{name}“ ist keine Zahl und kein Bereich wie -100/-50.</translation>
    </message>
    <message>
      <source>The values cannot be read: {reason}</source>
      <translation>Die Werte können nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>The values of an image service at points, or along lines, without a download.</source>
      <translation>Die Werte eines Image-Service an Punkten oder entlang von Linien, ohne Herunterladen.</translation>
    </message>
    <message>
      <source>The values that dimensions of the variable are to have: StdZ=-50;StdTime=2010-12. Ranges have “/” between their ends. What is not given is the first value.</source>
      <translation>Die Werte, die Dimensionen der Variable haben sollen: StdZ=-50;StdTime=2010-12. Zwischen den Enden von Bereichen steht „/“. Was nicht angegeben ist, ist der erste Wert.</translation>
    </message>
    <message>
      <source>The variable “{variable}” has no dimension “{name}”, and no other; leave it out.</source>
      <translation>Die Variable „{variable}“ hat keine Dimension „{name}“ und auch keine andere; lassen Sie sie weg.</translation>
    </message>
    <message>
      <source>The variable “{variable}” has no dimension “{name}”; it has {names}.</source>
      <translation>Die Variable „{variable}“ hat keine Dimension „{name}“; sie hat {names}.</translation>
    </message>
    <message>
      <source>The variable “{variable}” has no slice {id}; its ids reach from {first} to {last}.</source>
      <translation>Die Variable „{variable}“ hat keinen Ausschnitt {id}; ihre Ids reichen von {first} bis {last}.</translation>
    </message>
    <message>
      <source>The variables of the service could not be read, so the service decides which is drawn: {reason}</source>
      <translation>Die Variablen des Dienstes konnten nicht gelesen werden, darum entscheidet der Dienst, welche gezeichnet wird: {reason}</translation>
    </message>
    <message>
      <source>The viewpoint {x:.15g} {y:.15g} ({source}) cannot be transformed to the service's {target}; choose one near the service.</source>
      <translation>Der Blickpunkt {x:.15g} {y:.15g} ({source}) lässt sich nicht in {target} des Dienstes umrechnen; wählen Sie einen in der Nähe des Dienstes.</translation>
    </message>
    <message>
      <source>The wavelengths could not be read: {reason}</source>
      <translation>Die Wellenlängen konnten nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>The where clause “{where}” of the layer “{name}” leaves out {count} of the rasters to lock: loosen it, or choose others.</source>
      <translation>Die Where-Klausel „{where}“ des Layers „{name}“ lässt {count} der zu sperrenden Raster aus: Lockern Sie sie, oder wählen Sie andere.</translation>
    </message>
    <message>
      <source>The {count} files would hold {size} of pixels, and {limit} are allowed: raise LARGEST_SIZE, or choose larger cells or fewer files.</source>
      <translation>Die {count} Dateien enthielten {size} an Pixeln, und {limit} sind erlaubt: Erhöhen Sie LARGEST_SIZE, oder wählen Sie größere Zellen oder weniger Dateien.</translation>
    </message>
    <message numerus="yes">
      <source>There are %n image services in “{title}”.</source>
      <translation>
        <numerusform>In „{title}“ ist %n Image-Service.</numerusform>
        <numerusform>In „{title}“ sind %n Image-Services.</numerusform>
      </translation>
    </message>
    <message>
      <source>There are more rasters; the form has a table of all of them.</source>
      <translation>Es gibt weitere Raster; das Formular hat eine Tabelle von allen.</translation>
    </message>
    <message>
      <source>There are more than {count} rasters at a point; the latest of them are shown.</source>
      <translation>An einem Punkt liegen mehr als {count} Raster; gezeigt werden die neuesten.</translation>
    </message>
    <message>
      <source>There are no files of raster {id}: {reason}</source>
      <translation>Von Raster {id} gibt es keine Dateien: {reason}</translation>
    </message>
    <message>
      <source>There are no image services here.</source>
      <translation>Hier gibt es keine Image-Services.</translation>
    </message>
    <message>
      <source>There are no polygons to make files of: give a layer of some to cut to.</source>
      <translation>Es gibt keine Polygone, aus denen Dateien werden könnten: Geben Sie einen Layer mit solchen an, auf die zugeschnitten wird.</translation>
    </message>
    <message>
      <source>There are no saved connections, and no services used before.</source>
      <translation>Es gibt keine gespeicherten Verbindungen und keine zuvor benutzten Dienste.</translation>
    </message>
    <message>
      <source>There are {count} image services in “{title}”, and this window edits one layer.</source>
      <translation>In „{title}“ sind {count} Image-Services, und dieses Fenster bearbeitet einen Layer.</translation>
    </message>
    <message>
      <source>There are {count} points to sample, which takes {requests}, and {most} points are allowed: raise MOST_POINTS, or take fewer points.</source>
      <translation>Es sind {count} Punkte abzufragen, in {requests}, und {most} Punkte sind erlaubt: Erhöhen Sie MOST_POINTS oder nehmen Sie weniger Punkte.</translation>
    </message>
    <message>
      <source>There are {count} rasters, more than {limit}: download them in several runs, of a part each.</source>
      <translation>Es sind {count} Raster, mehr als {limit}: in mehreren Durchgängen herunterladen, jeweils einen Teil.</translation>
    </message>
    <message>
      <source>There are {given} nodata values ({values}) for {count} bands; give one for all bands, or one for each.</source>
      <translation>Es sind {given} Nodata-Werte ({values}) für {count} Kanäle angegeben; geben Sie einen für alle Kanäle an, oder einen für jeden.</translation>
    </message>
    <message>
      <source>There is no address: give the URL of an image service, https://…/ImageServer.</source>
      <translation>Es fehlt eine Adresse: geben Sie die URL eines Image-Service an, https://…/ImageServer.</translation>
    </message>
    <message>
      <source>There is no date in {time} to make a file of.</source>
      <translation>In {time} gibt es kein Datum, aus dem eine Datei werden könnte.</translation>
    </message>
    <message>
      <source>There is no date to make a file of.</source>
      <translation>Es gibt kein Datum, von dem eine Datei geschrieben werden könnte.</translation>
    </message>
    <message>
      <source>There is no file {path}.</source>
      <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
      <source>There is no image service at {url}, or it is unavailable; check the address: {words}</source>
      <translation>Unter {url} gibt es keinen Image-Service, oder er ist nicht verfügbar; prüfen Sie die Adresse: {words}</translation>
    </message>
    <message>
      <source>There is no image service in “{title}” that could be added; the details list what there is.</source>
      <translation>In „{title}“ ist kein Image-Service, der hinzugefügt werden könnte; die Details zählen auf, was da ist.</translation>
    </message>
    <message>
      <source>There is no kind of layer “{value}”: use “values” for pixel values, or “picture” for an image that the server draws.</source>
      <translation>Es gibt keine Layer-Art „{value}“: verwenden Sie „values“ für Pixelwerte oder „picture“ für ein Bild, das der Server zeichnet.</translation>
    </message>
    <message>
      <source>There is no layer in “{title}”.</source>
      <translation>In „{title}“ ist kein Layer.</translation>
    </message>
    <message>
      <source>There is no layer to ask: add an image server layer, and choose it here.</source>
      <translation>Es gibt keinen Layer zum Abfragen: Fügen Sie einen Image-Server-Layer hinzu und wählen Sie ihn hier.</translation>
    </message>
    <message>
      <source>There is no picture behind the footprints: {reason}</source>
      <translation>Hinter den Umrissen ist kein Bild: {reason}</translation>
    </message>
    <message>
      <source>There is no provider “{value}”: leave it out for a live layer, or use “gdal” for one that opens without this plugin.</source>
      <translation>Es gibt keinen Provider „{value}“: lassen Sie ihn für einen Live-Layer weg, oder verwenden Sie „gdal“ für einen, der ohne diese Erweiterung geöffnet werden kann.</translation>
    </message>
    <message>
      <source>There is no raster in this extent.</source>
      <translation>In dieser Ausdehnung gibt es kein Raster.</translation>
    </message>
    <message>
      <source>There is no raster layer “{layer}” in the project.</source>
      <translation>Im Projekt gibt es keinen Rasterlayer „{layer}“.</translation>
    </message>
    <message>
      <source>There is no raster to download: select some, or loosen the where clause, the extent or the list.</source>
      <translation>Es gibt kein Raster herunterzuladen: welche wählen, oder die Where-Klausel, die Ausdehnung oder die Liste lockern.</translation>
    </message>
    <message>
      <source>There is no saved connection; type the address of a server.</source>
      <translation>Es gibt keine gespeicherte Verbindung; geben Sie die Adresse eines Servers ein.</translation>
    </message>
    <message>
      <source>There is no script of this export: {reason}</source>
      <translation>Zu diesem Export gibt es kein Skript: {reason}</translation>
    </message>
    <message>
      <source>There is no tile in the middle of the layer at level {level}.</source>
      <translation>In der Mitte des Layers gibt es auf Stufe {level} keine Kachel.</translation>
    </message>
    <message>
      <source>There is nothing at {url} (HTTP 404): check the address.</source>
      <translation>Unter {url} ist nichts (HTTP 404): prüfen Sie die Adresse.</translation>
    </message>
    <message>
      <source>There is nothing to export: give a layer, or an image service.</source>
      <translation>Es gibt nichts zu exportieren: Geben Sie einen Layer oder einen Image-Service an.</translation>
    </message>
    <message>
      <source>There is nothing to preview yet.</source>
      <translation>Es gibt noch keine Vorschau.</translation>
    </message>
    <message>
      <source>These are {count} dates, and {most} layers are allowed: choose fewer dates, or raise MOST_LAYERS.</source>
      <translation>Das sind {count} Daten, und {most} Layer sind erlaubt: Wählen Sie weniger Daten, oder erhöhen Sie MOST_LAYERS.</translation>
    </message>
    <message>
      <source>These are {count} layers; at most {most} are added at once. Choose fewer dates.</source>
      <translation>Das sind {count} Layer; höchstens {most} werden auf einmal hinzugefügt. Wählen Sie weniger Daten.</translation>
    </message>
    <message>
      <source>This build of GDAL does not know the compression {compression}; choose another.</source>
      <translation>Dieses GDAL kennt die Komprimierung {compression} nicht; wählen Sie eine andere.</translation>
    </message>
    <message>
      <source>This is done by an algorithm of Processing, which is switched off: switch it on in Plugins ▸ Manage and Install Plugins.</source>
      <translation>Das tut ein Algorithmus der Verarbeitung (Processing), die ausgeschaltet ist: unter Erweiterungen ▸ Erweiterungen verwalten und installieren einschalten.</translation>
    </message>
    <message>
      <source>This layer shows an image service through QGIS' own provider, with nothing chosen.</source>
      <translation>Dieser Layer zeigt einen Image-Service durch den eigenen Datenanbieter von QGIS, ohne dass etwas gewählt ist.</translation>
    </message>
    <message>
      <source>This part of the address is not used: {part}</source>
      <translation>Dieser Teil der Adresse wird nicht verwendet: {part}</translation>
    </message>
    <message>
      <source>This point cannot be transformed to the reference system of “{name}”: click elsewhere.</source>
      <translation>Dieser Punkt lässt sich nicht in das Bezugssystem von „{name}“ umrechnen: Klicken Sie woandershin.</translation>
    </message>
    <message>
      <source>This text of {length} characters is not an address: give the URL of an image service.</source>
      <translation>Dieser Text von {length} Zeichen ist keine Adresse: Geben Sie die URL eines Image-Service an.</translation>
    </message>
    <message>
      <source>This view would take {count} tiles of the service, and {most} are asked for at most: zoom in.</source>
      <translation>Für diese Ansicht wären {count} Kacheln des Dienstes nötig, und höchstens {most} werden abgefragt: Vergrößern Sie die Ansicht.</translation>
    </message>
    <message>
      <source>This was canceled in QGIS' list of tasks.</source>
      <translation>Dies wurde in der Aufgabenliste von QGIS abgebrochen.</translation>
    </message>
    <message>
      <source>This was canceled.</source>
      <translation>Dies wurde abgebrochen.</translation>
    </message>
    <message>
      <source>Three bands as color</source>
      <translation>Drei Kanäle als Farbe</translation>
    </message>
    <message>
      <source>Thumbnail</source>
      <translation>Vorschaubild</translation>
    </message>
    <message>
      <source>Thumbnail of the service</source>
      <translation>Vorschaubild des Dienstes</translation>
    </message>
    <message>
      <source>Tick rasters to choose them, or select some. The footprints of selected rows are filled on the map.</source>
      <translation>Haken Sie Raster an, um sie zu wählen, oder wählen Sie welche aus. Die Umrisse ausgewählter Zeilen sind auf der Karte gefüllt.</translation>
    </message>
    <message>
      <source>Tick the bands to get, and drag them into the order to get them in.</source>
      <translation>Haken Sie die gewünschten Kanäle an, und ziehen Sie sie in die gewünschte Reihenfolge.</translation>
    </message>
    <message>
      <source>Tick the selected rasters, in the order in which they were selected (Enter)</source>
      <translation>Die ausgewählten Raster anhaken, in der Reihenfolge ihrer Auswahl (Eingabetaste)</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Time (UTC)</source>
      <translation>Zeit (UTC)</translation>
    </message>
    <message>
      <source>Timeout</source>
      <translation>Zeitlimit</translation>
    </message>
    <message>
      <source>Timeout for each request (seconds)</source>
      <translation>Zeitlimit je Anfrage (Sekunden)</translation>
    </message>
    <message>
      <source>Times</source>
      <translation>Zeiten</translation>
    </message>
    <message>
      <source>Times (UTC)</source>
      <translation>Zeiten (UTC)</translation>
    </message>
    <message>
      <source>Times of the service: {range}.</source>
      <translation>Zeiten des Dienstes: {range}.</translation>
    </message>
    <message>
      <source>To (below)</source>
      <translation>Bis (unter)</translation>
    </message>
    <message>
      <source>To download them, untick “Only tell sizes”, and run it again.</source>
      <translation>Um sie herunterzuladen, den Haken bei „Nur die Größen nennen“ entfernen und noch einmal ausführen.</translation>
    </message>
    <message>
      <source>Token for {server}</source>
      <translation>Token für {server}</translation>
    </message>
    <message>
      <source>Try Again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Typ</translation>
    </message>
    <message>
      <source>Type a cell size.</source>
      <translation>Geben Sie eine Zellengröße ein.</translation>
    </message>
    <message>
      <source>Type a formula over bands, such as (B4 - B3) / (B4 + B3).</source>
      <translation>Eine Formel über Kanäle eingeben, etwa (B4 - B3) / (B4 + B3).</translation>
    </message>
    <message>
      <source>Type the address of an image service or of a server above. Services that you have used, and your saved connections to ArcGIS REST servers, will be listed here.</source>
      <translation>Geben Sie oben die Adresse eines Image-Service oder eines Servers ein. Dienste, die Sie verwendet haben, und Ihre gespeicherten Verbindungen zu ArcGIS-REST-Servern erscheinen hier.</translation>
    </message>
    <message>
      <source>Type, paste or open a function chain.</source>
      <translation>Geben Sie eine Funktionskette ein, fügen Sie eine ein, oder öffnen Sie eine.</translation>
    </message>
    <message>
      <source>URL</source>
      <translation>URL</translation>
    </message>
    <message>
      <source>URL of the service</source>
      <translation>URL des Dienstes</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Unit of areas</source>
      <translation>Einheit der Flächen</translation>
    </message>
    <message>
      <source>Urban areas</source>
      <translation>Siedlungen</translation>
    </message>
    <message>
      <source>Use Service's Extent</source>
      <translation>Ausdehnung des Dienstes verwenden</translation>
    </message>
    <message>
      <source>Used before</source>
      <translation>Zuletzt benutzt</translation>
    </message>
    <message>
      <source>VARI: vegetation from visible light</source>
      <translation>VARI: Vegetation aus sichtbarem Licht</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>Value before processing</source>
      <translation>Wert vor der Verarbeitung</translation>
    </message>
    <message>
      <source>Value for no data in the file</source>
      <translation>Wert für fehlende Daten in der Datei</translation>
    </message>
    <message>
      <source>Values</source>
      <translation>Werte</translation>
    </message>
    <message>
      <source>Values at the point</source>
      <translation>Werte am Punkt</translation>
    </message>
    <message>
      <source>Values from the first number to below the second become the third.</source>
      <translation>Werte von der ersten Zahl bis unter die zweite werden zur dritten.</translation>
    </message>
    <message>
      <source>Values from −1 to 1</source>
      <translation>Werte von −1 bis 1</translation>
    </message>
    <message>
      <source>Values of all {count} rasters</source>
      <translation>Werte aller {count} Raster</translation>
    </message>
    <message>
      <source>Values of the first {count} rasters</source>
      <translation>Werte der ersten {count} Raster</translation>
    </message>
    <message>
      <source>Values spread over a range, for more contrast.</source>
      <translation>Werte über einen Bereich verteilt, für mehr Kontrast.</translation>
    </message>
    <message>
      <source>Values that are not of the type of their field, and were left empty: {count}.</source>
      <translation>Werte, die nicht vom Typ ihres Feldes sind und leer gelassen wurden: {count}.</translation>
    </message>
    <message>
      <source>Variable</source>
      <translation>Variable</translation>
    </message>
    <message>
      <source>Variables</source>
      <translation>Variablen</translation>
    </message>
    <message>
      <source>Vegetation: the normalized difference of near infrared and red.</source>
      <translation>Vegetation: die normalisierte Differenz von nahem Infrarot und Rot.</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>Viewp&amp;oint</source>
      <translation>Bli&amp;ckpunkt</translation>
    </message>
    <message>
      <source>Viewpoint</source>
      <translation>Blickpunkt</translation>
    </message>
    <message>
      <source>Waiting before what failed is asked for again…</source>
      <translation>Es wird gewartet, bevor das Fehlende noch einmal angefordert wird …</translation>
    </message>
    <message>
      <source>Wavelength (nm)</source>
      <translation>Wellenlänge (nm)</translation>
    </message>
    <message>
      <source>Wavelength in nanometers, in the middle of the band</source>
      <translation>Wellenlänge in Nanometern, in der Mitte des Kanals</translation>
    </message>
    <message>
      <source>What could not be read has no data in the file, and is listed. Otherwise it is an error.</source>
      <translation>Was nicht gelesen werden konnte, hat in der Datei keine Daten und wird aufgelistet. Sonst ist es ein Fehler.</translation>
    </message>
    <message>
      <source>What is chosen has no dates to choose from.</source>
      <translation>Was gewählt ist, hat keine Daten zur Auswahl.</translation>
    </message>
    <message>
      <source>What is missing could not be read: {reason}</source>
      <translation>Was fehlt, konnte nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>What is selected in a layer cannot be told in a script.</source>
      <translation>Was in einem Layer ausgewählt ist, kann kein Skript sagen.</translation>
    </message>
    <message>
      <source>What the form proposes for a service that no layer was made from before.</source>
      <translation>Was das Formular für einen Dienst vorschlägt, aus dem noch kein Layer erzeugt wurde.</translation>
    </message>
    <message>
      <source>What the layer is called in the project</source>
      <translation>Wie der Layer im Projekt heißt</translation>
    </message>
    <message>
      <source>What the layer shows of “{service}” has no dimension “{name}” of several values.</source>
      <translation>Was der Layer von „{service}“ zeigt, hat keine Dimension „{name}“ mit mehreren Werten.</translation>
    </message>
    <message>
      <source>What the map shows lies outside the service's coordinate reference system.</source>
      <translation>Was die Karte zeigt, liegt außerhalb des Koordinatenbezugssystems des Dienstes.</translation>
    </message>
    <message>
      <source>What the profile goes over</source>
      <translation>Worüber das Profil geht</translation>
    </message>
    <message>
      <source>What the server applies by default: {description}</source>
      <translation>Was der Server als Standard anwendet: {description}</translation>
    </message>
    <message>
      <source>What was left out</source>
      <translation>Was ausgelassen wurde</translation>
    </message>
    <message>
      <source>What was there from a run before belongs to another export, so everything is asked for anew.</source>
      <translation>Was von einem vorigen Lauf da war, gehört zu einem anderen Export; daher wird alles neu angefordert.</translation>
    </message>
    <message>
      <source>What you will get</source>
      <translation>Was Sie erhalten</translation>
    </message>
    <message>
      <source>Where Clause of {name}</source>
      <translation>Where-Klausel von {name}</translation>
    </message>
    <message>
      <source>Where clause</source>
      <translation>Where-Klausel</translation>
    </message>
    <message>
      <source>Where the rasters lie</source>
      <translation>Wo die Raster liegen</translation>
    </message>
    <message>
      <source>Where the sun stands, clockwise from north.</source>
      <translation>Wo die Sonne steht, im Uhrzeigersinn von Norden.</translation>
    </message>
    <message>
      <source>Whether a moment of QGIS' temporal controller that the service has nothing of shows the nearest date that it has something of, rather than nothing.</source>
      <translation>Ob die Zeitsteuerung von QGIS zu einer Zeit, von der der Dienst nichts hat, den nächstgelegenen Zeitpunkt zeigt, von dem er etwas hat, und nicht nichts.</translation>
    </message>
    <message>
      <source>Whether a picture is drawn from the ready-made tiles of a service that has them, or images are asked for instead. If not given, it is drawn from them where no other option contradicts.</source>
      <translation>Ob ein Bild aus den fertigen Kacheln eines Dienstes gezeichnet wird, der welche hat, oder ob Bilder angefordert werden. Ohne Angabe kommt es aus den Kacheln, wo keine andere Option dem widerspricht.</translation>
    </message>
    <message>
      <source>Whether a picture is drawn from the tiles that the service has ready, or an image is asked for with each view. By itself, it is drawn from them where no option contradicts. Views that no level of the tiles fits are images in any case.</source>
      <translation>Ob ein Bild aus den fertigen Kacheln des Dienstes gezeichnet wird, oder ob für jede Ansicht ein Bild angefordert wird. Von selbst kommt es aus den Kacheln, wo keine Option dem widerspricht. Ansichten, zu denen keine Stufe der Kacheln passt, sind in jedem Fall Bilder.</translation>
    </message>
    <message>
      <source>Whether a pixel is left out when one of its bands has its nodata value, or only when all have.</source>
      <translation>Ob ein Pixel schon dann wegfällt, wenn einer seiner Kanäle den Nodata-Wert hat, oder nur, wenn alle ihn haben.</translation>
    </message>
    <message>
      <source>Whether heights are exaggerated more in an overview, so that the relief does not fade.</source>
      <translation>Ob Höhen in einer Übersicht stärker überhöht werden, damit das Relief nicht verblasst.</translation>
    </message>
    <message>
      <source>Whether one band that has its nodata value is enough, or all must have it.</source>
      <translation>Ob ein Kanal mit Nodata-Wert genügt, oder alle ihn haben müssen.</translation>
    </message>
    <message>
      <source>Whether the terrain bulges or sags.</source>
      <translation>Ob sich das Gelände nach oben oder unten wölbt.</translation>
    </message>
    <message>
      <source>Whether the where clause matches could not be checked: {reason}</source>
      <translation>Ob die Where-Klausel etwas trifft, konnte nicht geprüft werden: {reason}</translation>
    </message>
    <message>
      <source>Whether there is anything of that time could not be checked: {reason}</source>
      <translation>Ob es etwas aus dieser Zeit gibt, ließ sich nicht prüfen: {reason}</translation>
    </message>
    <message>
      <source>Whole service</source>
      <translation>Ganzer Dienst</translation>
    </message>
    <message>
      <source>Width in pixels</source>
      <translation>Breite in Pixeln</translation>
    </message>
    <message>
      <source>With cells of {width} × {height} there would be {columns:.0f} columns and {rows:.0f} rows; choose larger cells.</source>
      <translation>Mit Zellen von {width} × {height} gäbe es {columns:.0f} Spalten und {rows:.0f} Zeilen; wählen Sie größere Zellen.</translation>
    </message>
    <message>
      <source>With the pixel size</source>
      <translation>Mit der Pixelgröße</translation>
    </message>
    <message>
      <source>Without it, values are scaled to whole numbers from 0 to 200, with 100 for 0.</source>
      <translation>Ohne dies werden Werte auf ganze Zahlen von 0 bis 200 skaliert, mit 100 für 0.</translation>
    </message>
    <message>
      <source>Without it, values in none of the ranges become nodata.</source>
      <translation>Ohne dies werden Werte, die in keinem der Bereiche liegen, Nodata.</translation>
    </message>
    <message>
      <source>Without this, a date is shown as long as it lasts, and nothing between one and the next.</source>
      <translation>Sonst wird ein Datum gezeigt, solange es dauert, und zwischen einem und dem nächsten nichts.</translation>
    </message>
    <message>
      <source>Without this, a moment of the temporal controller that the service has nothing of shows nothing.</source>
      <translation>Ohne dies zeigt die Zeitsteuerung nichts, wo der Dienst nichts hat.</translation>
    </message>
    <message>
      <source>Writes the pixels of an image service into a GeoTIFF, exactly as they are.</source>
      <translation>Schreibt die Pixel eines Image-Service in ein GeoTIFF, genau wie sie sind.</translation>
    </message>
    <message>
      <source>Writing the Cloud Optimized GeoTIFF…</source>
      <translation>Das Cloud Optimized GeoTIFF wird geschrieben …</translation>
    </message>
    <message>
      <source>X and y in the coordinate reference system of the service.</source>
      <translation>X und y im Koordinatenbezugssystem des Dienstes.</translation>
    </message>
    <message>
      <source>Z factor</source>
      <translation>Z-Faktor</translation>
    </message>
    <message>
      <source>Zonal statistics</source>
      <translation>Zonenstatistik</translation>
    </message>
    <message>
      <source>Zonal statistics of an image service</source>
      <translation>Zonenstatistik eines Image-Service</translation>
    </message>
    <message>
      <source>Zoom to</source>
      <translation>Hinzoomen</translation>
    </message>
    <message>
      <source>a feature service</source>
      <translation>ein Feature-Service</translation>
    </message>
    <message>
      <source>a folder of services</source>
      <translation>ein Ordner mit Diensten</translation>
    </message>
    <message>
      <source>a geoprocessing service</source>
      <translation>ein Geoverarbeitungsdienst</translation>
    </message>
    <message>
      <source>a layer of a fixed time does not follow the temporal controller</source>
      <translation>ein Layer mit fester Zeit folgt der Zeitsteuerung nicht</translation>
    </message>
    <message>
      <source>a map service</source>
      <translation>ein Kartendienst</translation>
    </message>
    <message>
      <source>a number has too many digits</source>
      <translation>eine Zahl hat zu viele Stellen</translation>
    </message>
    <message>
      <source>a picture, as the server draws it</source>
      <translation>ein Bild, wie der Server es zeichnet</translation>
    </message>
    <message>
      <source>a raster function that is too long</source>
      <translation>eine zu lange Rasterfunktion</translation>
    </message>
    <message>
      <source>a token in its address</source>
      <translation>ein Token in der Adresse</translation>
    </message>
    <message>
      <source>a web page (perhaps one to sign in on)</source>
      <translation>eine Webseite (vielleicht zum Anmelden)</translation>
    </message>
    <message>
      <source>a where clause that is too long</source>
      <translation>eine zu lange Where-Klausel</translation>
    </message>
    <message numerus="yes">
      <source>about %n requests</source>
      <translation>
        <numerusform>etwa %n Anfrage</numerusform>
        <numerusform>etwa %n Anfragen</numerusform>
      </translation>
    </message>
    <message>
      <source>an answer of more than {size} MB or {count} values</source>
      <translation>eine Antwort von mehr als {size} MB oder {count} Werten</translation>
    </message>
    <message>
      <source>an empty answer</source>
      <translation>eine leere Antwort</translation>
    </message>
    <message numerus="yes">
      <source>and %n files whose size is not known</source>
      <translation>
        <numerusform>und %n Datei, deren Größe nicht bekannt ist</numerusform>
        <numerusform>und %n Dateien, deren Größe nicht bekannt ist</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n others</source>
      <translation>
        <numerusform>und %n weiteres</numerusform>
        <numerusform>und %n weitere</numerusform>
      </translation>
    </message>
    <message>
      <source>another kind of resource</source>
      <translation>etwas anderes</translation>
    </message>
    <message>
      <source>arcgis,esri,imageserver,download,save,clip,extract by mask,copy raster,geotiff,cog</source>
      <translation>arcgis,esri,imageserver,herunterladen,speichern,zuschneiden,ausschneiden,raster kopieren,geotiff,cog</translation>
    </message>
    <message>
      <source>arcgis,esri,imageserver,mosaic,source,original,scenes,tiles,files,raw,copy</source>
      <translation>arcgis,esri,imageserver,mosaik,quelle,original,szenen,kacheln,dateien,roh,kopie,download</translation>
    </message>
    <message>
      <source>arcgis,esri,pro,lyrx,mapx,web map,portal,imageserver,add layer,import</source>
      <translation>arcgis,esri,pro,lyrx,mapx,webkarte,portal,imageserver,layer hinzufügen,importieren</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,bands,raster functions,properties,metadata,information</source>
      <translation>arcgis,esri,rest,imageserver,kanäle,rasterfunktionen,eigenschaften,metadaten,information</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,computeStatisticsHistograms,stats,statistics,histogram,zones,polygons,mean,area</source>
      <translation>arcgis,esri,rest,imageserver,computeStatisticsHistograms,Statistik,Histogramm,Zonen,Polygone,Mittelwert,Fläche</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,directory,catalog,folder</source>
      <translation>arcgis,esri,rest,imageserver,verzeichnis,katalog,ordner</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,getSamples,sample,raster values,extract,profile,elevation</source>
      <translation>arcgis,esri,rest,imageserver,getSamples,abtasten,Rasterwerte,Profil,Höhe</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,mosaic,catalog,footprints,rasters,dates,acquisition</source>
      <translation>arcgis,esri,rest,imageserver,Mosaik,Katalog,Umrisse,Raster,Daten,Aufnahme</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,mosaic,raster function,processing template,add layer</source>
      <translation>arcgis,esri,rest,imageserver,mosaik,rasterfunktion,verarbeitungsvorlage,layer hinzufügen</translation>
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,time,temporal,dates,multidimensional,StdTime,animation</source>
      <translation>arcgis,esri,rest,imageserver,Zeit,zeitlich,Datum,mehrdimensional,StdTime,Animation</translation>
    </message>
    <message>
      <source>authentication configuration “{id}”</source>
      <translation>Authentifizierungskonfiguration „{id}“</translation>
    </message>
    <message>
      <source>blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>bookmarks</source>
      <translation>Lesezeichen</translation>
    </message>
    <message>
      <source>clipped to {polygons}</source>
      <translation>zugeschnitten auf {polygons}</translation>
    </message>
    <message>
      <source>drawn from the service's tiles</source>
      <translation>aus den Kacheln des Dienstes gezeichnet</translation>
    </message>
    <message>
      <source>from {begin} to {end}</source>
      <translation>von {begin} bis {end}</translation>
    </message>
    <message>
      <source>green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>in {count} minutes</source>
      <translation>in {count} Minuten</translation>
    </message>
    <message>
      <source>in {count} seconds</source>
      <translation>in {count} Sekunden</translation>
    </message>
    <message>
      <source>it belongs to nodata values, and none are given</source>
      <translation>sie gehört zu Nodata-Werten, und es sind keine angegeben</translation>
    </message>
    <message>
      <source>its custom parameters</source>
      <translation>eigene Parameter</translation>
    </message>
    <message>
      <source>its version is {version}</source>
      <translation>seine Version ist {version}</translation>
    </message>
    <message>
      <source>later</source>
      <translation>später</translation>
    </message>
    <message>
      <source>make_image_server_layer works on QGIS' main thread only, to which layers belong: call it there, or run the Processing algorithm imageserver:makeimageserverlayer in the background.</source>
      <translation>make_image_server_layer arbeitet nur im Hauptthread von QGIS, dem die Layer gehören: Rufen Sie es dort auf, oder führen Sie den Verarbeitungsalgorithmus imageserver:makeimageserverlayer im Hintergrund aus.</translation>
    </message>
    <message>
      <source>mosaic</source>
      <translation>Mosaik</translation>
    </message>
    <message>
      <source>mosaic of 1 raster</source>
      <translation>Mosaik aus 1 Raster</translation>
    </message>
    <message>
      <source>mosaic of {count} rasters</source>
      <translation>Mosaik aus {count} Rastern</translation>
    </message>
    <message>
      <source>near infrared</source>
      <translation>nahes Infrarot</translation>
    </message>
    <message>
      <source>nested too deeply</source>
      <translation>zu tief verschachtelt</translation>
    </message>
    <message>
      <source>nm</source>
      <translation>nm</translation>
    </message>
    <message>
      <source>no data</source>
      <translation>keine Daten</translation>
    </message>
    <message>
      <source>not asked for, as too many files in a row have failed</source>
      <translation>nicht angefordert, weil zu viele Dateien nacheinander fehlgeschlagen sind</translation>
    </message>
    <message>
      <source>only the mosaic method By attribute uses it</source>
      <translation>nur die Mosaikmethode „Nach Attribut“ verwendet sie</translation>
    </message>
    <message>
      <source>only the mosaic method Closest to viewpoint uses it</source>
      <translation>nur die Mosaikmethode „Nächstes zum Blickpunkt“ verwendet sie</translation>
    </message>
    <message>
      <source>only the mosaic method Lock raster uses it</source>
      <translation>nur die Mosaikmethode „Raster sperren“ verwendet sie</translation>
    </message>
    <message>
      <source>opens without this plugin</source>
      <translation>öffnet ohne diese Erweiterung</translation>
    </message>
    <message>
      <source>organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>pasted text</source>
      <translation>eingefügter Text</translation>
    </message>
    <message>
      <source>pixel values</source>
      <translation>Pixelwerte</translation>
    </message>
    <message>
      <source>private</source>
      <translation>privat</translation>
    </message>
    <message>
      <source>public</source>
      <translation>öffentlich</translation>
    </message>
    <message>
      <source>ready-made tiles only</source>
      <translation>nur fertige Kacheln</translation>
    </message>
    <message>
      <source>red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>shared</source>
      <translation>geteilt</translation>
    </message>
    <message>
      <source>short-wave infrared 1</source>
      <translation>kurzwelliges Infrarot 1</translation>
    </message>
    <message>
      <source>short-wave infrared 2</source>
      <translation>kurzwelliges Infrarot 2</translation>
    </message>
    <message>
      <source>single raster</source>
      <translation>einzelnes Raster</translation>
    </message>
    <message>
      <source>size not known</source>
      <translation>Größe nicht bekannt</translation>
    </message>
    <message>
      <source>slides</source>
      <translation>Folien</translation>
    </message>
    <message>
      <source>something else</source>
      <translation>etwas anderes</translation>
    </message>
    <message>
      <source>tables</source>
      <translation>Tabellen</translation>
    </message>
    <message>
      <source>the bands {bands}</source>
      <translation>die Kanäle {bands}</translation>
    </message>
    <message>
      <source>the blending mode</source>
      <translation>der Mischmodus</translation>
    </message>
    <message>
      <source>the catalog's fields of numbers or dates</source>
      <translation>den Zahlen- oder Datumsfeldern des Katalogs</translation>
    </message>
    <message>
      <source>the choice of rasters by their ids</source>
      <translation>die Auswahl von Rastern nach ihren Ids</translation>
    </message>
    <message>
      <source>the file cannot be written</source>
      <translation>die Datei kann nicht geschrieben werden</translation>
    </message>
    <message>
      <source>the footprints</source>
      <translation>die Umrisse</translation>
    </message>
    <message>
      <source>the layer effects</source>
      <translation>die Layereffekte</translation>
    </message>
    <message>
      <source>the locked rasters {ids}</source>
      <translation>die gesperrten Raster {ids}</translation>
    </message>
    <message>
      <source>the masks</source>
      <translation>die Masken</translation>
    </message>
    <message>
      <source>the multidimensional slice</source>
      <translation>der multidimensionale Schnitt</translation>
    </message>
    <message>
      <source>the multidimensional subset</source>
      <translation>die multidimensionale Teilmenge</translation>
    </message>
    <message>
      <source>the pixel type {type}</source>
      <translation>der Pixeltyp {type}</translation>
    </message>
    <message>
      <source>the pop-up</source>
      <translation>das Pop-up</translation>
    </message>
    <message>
      <source>the portal of “{server}”</source>
      <translation>Portal von „{server}“</translation>
    </message>
    <message>
      <source>the query by map series page</source>
      <translation>die Abfrage nach der Seite der Kartenserie</translation>
    </message>
    <message>
      <source>the range</source>
      <translation>der Bereich</translation>
    </message>
    <message>
      <source>the raster function ({reason})</source>
      <translation>die Rasterfunktion ({reason})</translation>
    </message>
    <message>
      <source>the raster function for each raster</source>
      <translation>die Rasterfunktion für jedes Raster</translation>
    </message>
    <message>
      <source>the raster function “{name}”, which is not written as JSON</source>
      <translation>die Rasterfunktion „{name}“, die nicht als JSON geschrieben ist</translation>
    </message>
    <message>
      <source>the refresh interval</source>
      <translation>das Aktualisierungsintervall</translation>
    </message>
    <message>
      <source>the resampling {type}</source>
      <translation>das Resampling {type}</translation>
    </message>
    <message>
      <source>the server no longer has this file</source>
      <translation>der Server hat diese Datei nicht mehr</translation>
    </message>
    <message>
      <source>the symbology</source>
      <translation>die Symbolisierung</translation>
    </message>
    <message>
      <source>the time</source>
      <translation>die Zeit</translation>
    </message>
    <message>
      <source>the time in which it is drawn</source>
      <translation>die Zeit, in der er gezeichnet wird</translation>
    </message>
    <message>
      <source>the time slider and other widgets</source>
      <translation>der Zeitschieber und andere Bedienelemente</translation>
    </message>
    <message>
      <source>the user name of its connection</source>
      <translation>der Benutzername der Verbindung</translation>
    </message>
    <message>
      <source>the variable “{name}”</source>
      <translation>die Variable „{name}“</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>unknown CRS</source>
      <translation>unbekanntes KBS</translation>
    </message>
    <message>
      <source>unknown coordinate reference system</source>
      <translation>unbekanntes Koordinatenbezugssystem</translation>
    </message>
    <message>
      <source>unknown reason</source>
      <translation>unbekannter Grund</translation>
    </message>
    <message>
      <source>web map</source>
      <translation>Webkarte</translation>
    </message>
    <message>
      <source>where {clause}</source>
      <translation>wobei {clause}</translation>
    </message>
    <message>
      <source>x {xmin} to {xmax}, y {ymin} to {ymax}</source>
      <translation>x {xmin} bis {xmax}, y {ymin} bis {ymax}</translation>
    </message>
    <message>
      <source>xmin ymin xmax ymax in the coordinate reference system of the service, or as QGIS writes it: xmin,xmax,ymin,ymax [EPSG:4326]</source>
      <translation>xmin ymin xmax ymax im Koordinatenbezugssystem des Dienstes, oder wie QGIS es schreibt: xmin,xmax,ymin,ymax [EPSG:4326]</translation>
    </message>
    <message>
      <source>{areas}, and {count} more</source>
      <translation>{areas} und {count} weitere</translation>
    </message>
    <message>
      <source>{band} ({shortest} – {longest} nm)</source>
      <translation>{band} ({shortest} – {longest} nm)</translation>
    </message>
    <message>
      <source>{bits}-bit</source>
      <translation>{bits} Bit</translation>
    </message>
    <message>
      <source>{bits}-bit complex</source>
      <translation>{bits} Bit, komplex</translation>
    </message>
    <message>
      <source>{bits}-bit floating point</source>
      <translation>{bits} Bit, Gleitkomma</translation>
    </message>
    <message>
      <source>{bits}-bit signed</source>
      <translation>{bits} Bit mit Vorzeichen</translation>
    </message>
    <message>
      <source>{columns} × {rows} cells of {size}</source>
      <translation>{columns} × {rows} Zellen zu {size}</translation>
    </message>
    <message>
      <source>{columns} × {rows} pixels</source>
      <translation>{columns} × {rows} Pixel</translation>
    </message>
    <message>
      <source>{columns} × {rows} pixels, {bands} bands, {size} at most.</source>
      <translation>{columns} × {rows} Pixel, {bands} Kanäle, höchstens {size}.</translation>
    </message>
    <message>
      <source>{constant} is no JSON</source>
      <translation>{constant} ist kein JSON</translation>
    </message>
    <message>
      <source>{count} bands</source>
      <translation>{count} Kanäle</translation>
    </message>
    <message>
      <source>{count} chosen</source>
      <translation>{count} gewählt</translation>
    </message>
    <message>
      <source>{count} chosen, at most {limit}</source>
      <translation>{count} gewählt, höchstens {limit}</translation>
    </message>
    <message>
      <source>{count} files would be written, and {most} are the most: choose fewer.</source>
      <translation>{count} Dateien würden geschrieben, und {most} sind das Höchste: Wählen Sie weniger.</translation>
    </message>
    <message>
      <source>{count} locked rasters</source>
      <translation>{count} gesperrte Raster</translation>
    </message>
    <message>
      <source>{count} of {total} rasters match</source>
      <translation>{count} von {total} Rastern passen</translation>
    </message>
    <message>
      <source>{count} of {total} tiles could not be read; what was read is kept, so run the export again to ask for the others, or allow gaps. The server's reason: {reason}</source>
      <translation>{count} von {total} Kacheln konnten nicht gelesen werden; was gelesen ist, bleibt erhalten, also führen Sie den Export noch einmal aus, um die anderen anzufordern, oder erlauben Sie Lücken. Grund des Servers: {reason}</translation>
    </message>
    <message>
      <source>{count} raster functions</source>
      <translation>{count} Rasterfunktionen</translation>
    </message>
    <message>
      <source>{count} rasters are named “{name}”; all of them are locked: {ids}.</source>
      <translation>{count} Raster heißen „{name}“; alle werden gesperrt: {ids}.</translation>
    </message>
    <message>
      <source>{count} rasters are to be locked, and the service draws at most {limit} at a time; lock fewer.</source>
      <translation>{count} Raster sollen gesperrt werden, der Dienst zeichnet aber höchstens {limit} auf einmal; sperren Sie weniger.</translation>
    </message>
    <message>
      <source>{direction} (by default)</source>
      <translation>{direction} (Standard)</translation>
    </message>
    <message>
      <source>{done} of {total} files, {received} of {size}, {time} left</source>
      <translation>{done} von {total} Dateien, {received} von {size}, noch {time}</translation>
    </message>
    <message>
      <source>{done} of {total} files, {received} received, {time} left</source>
      <translation>{done} von {total} Dateien, {received} empfangen, noch {time}</translation>
    </message>
    <message>
      <source>{done} of {total} tiles, {size} received, {time} left</source>
      <translation>{done} von {total} Kacheln, {size} empfangen, noch {time}</translation>
    </message>
    <message>
      <source>{files} of {rasters}: {size}</source>
      <translation>{files} von {rasters}: {size}</translation>
    </message>
    <message>
      <source>{files}, {size} in all: more than {limit}. Take fewer rasters, or raise the largest size if you want all.</source>
      <translation>{files}, zusammen {size}: mehr als {limit}. Weniger Raster nehmen, oder die höchste Größe heraufsetzen, wenn es alle sein sollen.</translation>
    </message>
    <message>
      <source>{first} to {last}</source>
      <translation>{first} bis {last}</translation>
    </message>
    <message>
      <source>{function} (by default)</source>
      <translation>{function} (Standard)</translation>
    </message>
    <message>
      <source>{host} answered with an error (code {code}) and gave no reason.</source>
      <translation>{host} hat mit einem Fehler geantwortet (Code {code}) und keinen Grund genannt.</translation>
    </message>
    <message>
      <source>{host} answered with an error: {words}</source>
      <translation>{host} hat mit einem Fehler geantwortet: {words}</translation>
    </message>
    <message>
      <source>{host} asks for fewer requests (HTTP 429): try again {when}.</source>
      <translation>{host} bittet um weniger Anfragen (HTTP 429): versuchen Sie es {when} noch einmal.</translation>
    </message>
    <message>
      <source>{host} cannot be drawn from: {problem}</source>
      <translation>Von {host} kann nichts gezeichnet werden: {problem}</translation>
    </message>
    <message>
      <source>{host} compresses the file on the way, which was not asked for: ask the owner of the service.</source>
      <translation>{host} komprimiert die Datei auf dem Weg, was nicht verlangt war: den Betreiber des Dienstes fragen.</translation>
    </message>
    <message>
      <source>{host} did not answer in time: try again later, or allow a longer timeout.</source>
      <translation>{host} hat nicht rechtzeitig geantwortet: versuchen Sie es später noch einmal, oder erlauben Sie ein längeres Zeitlimit.</translation>
    </message>
    <message>
      <source>{host} does not accept the credentials: they are invalid or have expired. Sign in again.</source>
      <translation>{host} nimmt die Zugangsdaten nicht an: sie sind ungültig oder abgelaufen. Melden Sie sich neu an.</translation>
    </message>
    <message>
      <source>{host} does not permit this: choose credentials that have access, or ask the owner of the service for it.</source>
      <translation>{host} erlaubt das nicht: wählen Sie Zugangsdaten, die Zugriff haben, oder bitten Sie den Besitzer des Dienstes darum.</translation>
    </message>
    <message>
      <source>{host} does not take a request of {length} characters: shorten the where clause, the raster ids or the processing template.</source>
      <translation>{host} nimmt keine Anfrage von {length} Zeichen an: kürzen Sie Where-Klausel, Raster-IDs oder Verarbeitungsvorlage.</translation>
    </message>
    <message>
      <source>{host} does not take or give that much at a time (HTTP 413): ask for less.</source>
      <translation>{host} nimmt oder gibt nicht so viel auf einmal (HTTP 413): verlangen Sie weniger.</translation>
    </message>
    <message>
      <source>{host} forbids this request (HTTP 403): it may want other credentials, or a firewall on the way may not let pass what is asked. Try it with fewer options, and ask the owner of the service.</source>
      <translation>{host} verbietet diese Anfrage (HTTP 403): vielleicht sind andere Zugangsdaten nötig, oder eine Firewall auf dem Weg lässt sie nicht durch. Versuchen Sie es mit weniger Optionen, und fragen Sie den Besitzer des Dienstes.</translation>
    </message>
    <message>
      <source>{host} gave values for other points than it was asked for; they were not used.</source>
      <translation>{host} gab Werte für andere Punkte als die gefragten; sie wurden nicht verwendet.</translation>
    </message>
    <message>
      <source>{host} gave values for other rasters or bands than it was asked for; they were not used.</source>
      <translation>{host} hat Werte für andere Raster oder Kanäle geliefert als angefragt; sie wurden nicht verwendet.</translation>
    </message>
    <message>
      <source>{host} is not a portal that can be searched: give the address of one.</source>
      <translation>{host} ist kein Portal, das durchsucht werden kann: Geben Sie die Adresse eines Portals an.</translation>
    </message>
    <message>
      <source>{host} is unavailable (HTTP 503): try again {when}.</source>
      <translation>{host} ist nicht verfügbar (HTTP 503): versuchen Sie es {when} noch einmal.</translation>
    </message>
    <message>
      <source>{host} is unavailable (HTTP {status}): try again later.</source>
      <translation>{host} ist nicht verfügbar (HTTP {status}): versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>{host} promised {promised} bytes and sends {size}: the file may be changing just now.</source>
      <translation>{host} hat {promised} Bytes versprochen und sendet {size}: Die Datei ändert sich vielleicht gerade.</translation>
    </message>
    <message>
      <source>{host} redirects from https to http at {target}, which is not safe: ask the owner of it.</source>
      <translation>{host} leitet bei {target} von https auf http um, was nicht sicher ist: fragen Sie den Besitzer.</translation>
    </message>
    <message>
      <source>{host} redirects in a circle: ask the owner of the service, or try again later.</source>
      <translation>{host} leitet im Kreis um: fragen Sie den Besitzer des Dienstes, oder versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>{host} redirects more than {count} times: give the address that a browser ends up at.</source>
      <translation>{host} leitet mehr als {count} Mal um: geben Sie die Adresse an, bei der ein Browser landet.</translation>
    </message>
    <message>
      <source>{host} redirects to another server, {target}: if you trust it, give the address there itself.</source>
      <translation>{host} leitet auf einen anderen Server um, {target}: wenn Sie ihm vertrauen, geben Sie dessen Adresse selbst an.</translation>
    </message>
    <message>
      <source>{host} redirects to something that is no web address: give the address that a browser ends up at.</source>
      <translation>{host} leitet auf etwas um, das keine Webadresse ist: geben Sie die Adresse an, bei der ein Browser landet.</translation>
    </message>
    <message>
      <source>{host} sends more than the {promised} bytes it promised: the file may be changing just now.</source>
      <translation>{host} sendet mehr als die {promised} Bytes, die es versprochen hat: Die Datei ändert sich vielleicht gerade.</translation>
    </message>
    <message>
      <source>{host} sent another part of the file than was asked for: try again later.</source>
      <translation>{host} hat einen anderen Teil der Datei gesendet als verlangt: später noch einmal versuchen.</translation>
    </message>
    <message>
      <source>{host} sent more than {size} MB: ask for less at a time.</source>
      <translation>{host} hat mehr als {size} MB gesendet: verlangen Sie weniger auf einmal.</translation>
    </message>
    <message>
      <source>{host} sent something else instead of a list of files: try again later.</source>
      <translation>{host} hat etwas anderes statt einer Liste von Dateien gesendet: später noch einmal versuchen.</translation>
    </message>
    <message>
      <source>{host} sent something else instead of a list of rasters: try again later.</source>
      <translation>{host} hat statt einer Liste der Raster etwas anderes gesendet: versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>{host} sent something else instead of statistics: try again later.</source>
      <translation>{host} hat etwas anderes als Statistiken gesendet: versuchen Sie es später wieder.</translation>
    </message>
    <message>
      <source>{host} sent something else instead of the values at a point: try again later.</source>
      <translation>{host} sandte etwas anderes anstelle der Werte an einem Punkt: Versuchen Sie es später erneut.</translation>
    </message>
    <message>
      <source>{host} sent something else instead of values at points: try again later.</source>
      <translation>{host} hat etwas anderes als Werte an Punkten gesendet: versuchen Sie es später wieder.</translation>
    </message>
    <message>
      <source>{host} sent something else instead of “{resource}”: try again later.</source>
      <translation>{host} hat etwas anderes als „{resource}“ gesendet: versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>{host} sent {content} instead of JSON: check whether it needs credentials, or try again later.</source>
      <translation>{host} hat statt JSON {content} gesendet: prüfen Sie, ob Zugangsdaten nötig sind, oder versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>{host} sent {content} instead of a file: check whether it needs credentials, or try again.</source>
      <translation>{host} hat {content} statt einer Datei gesendet: prüfen, ob Zugangsdaten nötig sind, oder noch einmal versuchen.</translation>
    </message>
    <message>
      <source>{host} sent {content} instead of a tile: check whether it needs credentials, or try again later.</source>
      <translation>{host} hat {content} statt einer Kachel gesendet: Prüfen Sie, ob Zugangsdaten nötig sind, oder versuchen Sie es später erneut.</translation>
    </message>
    <message>
      <source>{host} sent {content} instead of an image: check whether it needs credentials, or try again later.</source>
      <translation>{host} hat statt eines Bildes {content} gesendet: prüfen Sie, ob Zugangsdaten nötig sind, oder versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>{host} wants credentials: choose an authentication configuration, or check the one that is chosen.</source>
      <translation>{host} verlangt Zugangsdaten: wählen Sie eine Authentifizierungskonfiguration, oder prüfen Sie die gewählte.</translation>
    </message>
    <message>
      <source>{host}, or the proxy on the way to it, refuses the connection: check address, port and proxy.</source>
      <translation>{host} oder der Proxy auf dem Weg dorthin weist die Verbindung ab: prüfen Sie Adresse, Port und Proxy.</translation>
    </message>
    <message>
      <source>{id}: {name}</source>
      <translation>{id}: {name}</translation>
    </message>
    <message>
      <source>{label}: {value}</source>
      <translation>{label}: {value}</translation>
    </message>
    <message>
      <source>{method}…</source>
      <translation>{method}…</translation>
    </message>
    <message>
      <source>{name} ({count}, from {low} to {high})</source>
      <translation>{name} ({count}, von {low} bis {high})</translation>
    </message>
    <message>
      <source>{name}, by date</source>
      <translation>{name}, nach Datum</translation>
    </message>
    <message>
      <source>{number} ({name})</source>
      <translation>{number} ({name})</translation>
    </message>
    <message>
      <source>{number}: {name}</source>
      <translation>{number}: {name}</translation>
    </message>
    <message>
      <source>{path} is another file, or was changed: move it away, or choose another folder</source>
      <translation>{path} ist eine andere Datei oder wurde geändert: sie verschieben oder einen anderen Ordner wählen</translation>
    </message>
    <message>
      <source>{problem} Refresh asks the server again.</source>
      <translation>{problem} Mit Aktualisieren wird der Server noch einmal gefragt.</translation>
    </message>
    <message>
      <source>{problem} Shown are the options that this version can read.</source>
      <translation>{problem} Gezeigt werden die Optionen, die diese Version lesen kann.</translation>
    </message>
    <message>
      <source>{range} (UTC); the layer follows the temporal controller</source>
      <translation>{range} (UTC); der Layer folgt der Zeitsteuerung</translation>
    </message>
    <message>
      <source>{reason} A picture has no cells of its own, so leave out the cell size.</source>
      <translation>{reason} Ein Bild hat keine eigenen Zellen, lassen Sie also die Zellengröße weg.</translation>
    </message>
    <message>
      <source>{reason} Leave out “{option}”.</source>
      <translation>{reason} Lassen Sie „{option}“ weg.</translation>
    </message>
    <message>
      <source>{shown} of {total}</source>
      <translation>{shown} von {total}</translation>
    </message>
    <message>
      <source>{size} if exported whole</source>
      <translation>{size}, wenn alles exportiert wird</translation>
    </message>
    <message>
      <source>{time} (UTC)</source>
      <translation>{time} (UTC)</translation>
    </message>
    <message>
      <source>{url} has no extent that agrees with its pixel size of {x} × {y}: ask its publisher.</source>
      <translation>{url} hat keine Ausdehnung, die zu seiner Pixelgröße von {x} × {y} passt: fragen Sie den Herausgeber.</translation>
    </message>
    <message>
      <source>{url} has no usable pixel size ({x} × {y}): ask its publisher.</source>
      <translation>{url} hat keine brauchbare Pixelgröße ({x} × {y}): fragen Sie den Herausgeber.</translation>
    </message>
    <message>
      <source>{url} is an image service, not an item of a portal: use “Make image server layer” for it.</source>
      <translation>{url} ist ein Image-Service, kein Element eines Portals: Verwenden Sie dafür „Image-Server-Layer erstellen“.</translation>
    </message>
    <message>
      <source>{url} is not a services directory: give a URL that ends with /rest/services or with one of its folders.</source>
      <translation>{url} ist kein Verzeichnis von Diensten: geben Sie eine URL an, die mit /rest/services oder einem Ordner darin endet.</translation>
    </message>
    <message>
      <source>{url} is {kind}, not an image service: check the address.</source>
      <translation>{url} ist {kind}, kein Image-Service: prüfen Sie die Adresse.</translation>
    </message>
    <message>
      <source>{url} says that it has more than {most} bands, which no layer can have: ask its publisher.</source>
      <translation>{url} gibt an, mehr als {most} Kanäle zu haben, was kein Layer haben kann: Fragen Sie den Herausgeber.</translation>
    </message>
    <message>
      <source>{url} sent {content} instead of the description of an image service: check the address, and whether it needs credentials.</source>
      <translation>{url} hat statt der Beschreibung eines Image-Service {content} gesendet: prüfen Sie die Adresse, und ob Zugangsdaten nötig sind.</translation>
    </message>
    <message>
      <source>{value} (by default)</source>
      <translation>{value} (Standard)</translation>
    </message>
    <message>
      <source>{variable} (by default)</source>
      <translation>{variable} (Standard)</translation>
    </message>
    <message>
      <source>“imageserver”, if not given: a live layer. “gdal” makes an ordinary GDAL layer of an open service, which opens without this plugin.</source>
      <translation>Ohne Angabe „imageserver“: ein Live-Layer. „gdal“ ergibt einen gewöhnlichen GDAL-Layer eines offenen Dienstes, der sich ohne diese Erweiterung öffnen lässt.</translation>
    </message>
    <message>
      <source>“values” for the true numbers of every band, “picture” for an image that the server draws; values wherever the service gives numbers, if not given.</source>
      <translation>„values“ für die echten Zahlen aller Kanäle, „picture“ für ein Bild, das der Server zeichnet; ohne Angabe Werte, wo immer der Dienst Zahlen liefert.</translation>
    </message>
    <message>
      <source>“{file}” does not tell which server it stands for: give the URL of the service itself.</source>
      <translation>„{file}“ sagt nicht, für welchen Server es steht: geben Sie die URL des Dienstes selbst an.</translation>
    </message>
    <message>
      <source>“{file}” is on another computer, so it is not opened: copy it, or give the URL of the service.</source>
      <translation>„{file}“ liegt auf einem anderen Rechner und wird deshalb nicht geöffnet: Kopieren Sie die Datei, oder geben Sie die URL des Dienstes an.</translation>
    </message>
    <message>
      <source>“{first}” and “{second}” are the same band; choose another one.</source>
      <translation>„{first}“ und „{second}“ sind derselbe Kanal; einen anderen wählen.</translation>
    </message>
    <message>
      <source>“{layer}” lists rasters of {other}, not of {url}: choose footprints of the same service.</source>
      <translation>„{layer}“ führt Raster von {other} auf, nicht von {url}: Umrisse desselben Dienstes wählen.</translation>
    </message>
    <message>
      <source>“{name}”</source>
      <translation>„{name}“</translation>
    </message>
    <message>
      <source>“{name}” does not have all of the extent that was chosen for “{former}”, so it is no longer chosen.</source>
      <translation>„{name}“ hat nicht die ganze Ausdehnung, die für „{former}“ gewählt war; sie ist nicht mehr gewählt.</translation>
    </message>
    <message>
      <source>“{name}” has no data there.</source>
      <translation>„{name}“ hat dort keine Daten.</translation>
    </message>
    <message>
      <source>“{name}” has no value that can be used.</source>
      <translation>„{name}“ hat keinen brauchbaren Wert.</translation>
    </message>
    <message>
      <source>“{name}” is a single raster, so these options were left out: {options}.</source>
      <translation>„{name}“ ist ein einzelnes Raster, daher wurden diese Optionen ausgelassen: {options}.</translation>
    </message>
    <message>
      <source>“{name}” lists no rasters, so that none of them can be locked.</source>
      <translation>„{name}“ führt keine Raster auf, sodass keines gesperrt werden kann.</translation>
    </message>
    <message>
      <source>“{name}” shows one time only: leave out the time, or choose a service whose rasters have dates.</source>
      <translation>„{name}“ zeigt nur eine Zeit: Lassen Sie die Zeit weg, oder wählen Sie einen Dienst, dessen Raster Daten haben.</translation>
    </message>
    <message>
      <source>“{name}”: {note}</source>
      <translation>„{name}“: {note}</translation>
    </message>
    <message>
      <source>“{part}” means nothing in the formula; it takes bands such as B1, numbers, and + - * / ( ).</source>
      <translation>„{part}“ bedeutet in der Formel nichts; sie nimmt Kanäle wie B1, Zahlen und + - * / ( ).</translation>
    </message>
    <message>
      <source>“{server}” belongs to no portal: search ArcGIS Online, or type the address of a portal.</source>
      <translation>„{server}“ gehört zu keinem Portal: Durchsuchen Sie ArcGIS Online, oder geben Sie die Adresse eines Portals ein.</translation>
    </message>
    <message>
      <source>“{text}” has a user name in it: take it out, and choose an authentication configuration for it.</source>
      <translation>„{text}“ enthält einen Benutzernamen: nehmen Sie ihn heraus, und wählen Sie dafür eine Authentifizierungskonfiguration.</translation>
    </message>
    <message>
      <source>“{text}” in row {row} is no number.</source>
      <translation>„{text}“ in Zeile {row} ist keine Zahl.</translation>
    </message>
    <message>
      <source>“{text}” is a directory of services: open it in a browser, and give the URL of one that it lists.</source>
      <translation>„{text}“ ist ein Verzeichnis von Diensten: öffnen Sie es in einem Browser, und geben Sie die URL eines der Dienste darin an.</translation>
    </message>
    <message>
      <source>“{text}” is a feature service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it.</source>
      <translation>„{text}“ ist ein Feature-Service: verwenden Sie dafür Layer ▸ Layer hinzufügen ▸ ArcGIS-REST-Server-Layer hinzufügen.</translation>
    </message>
    <message>
      <source>“{text}” is a folder, or lacks the type of service: the URL of an image service ends with /ImageServer.</source>
      <translation>„{text}“ ist ein Ordner, oder die Art des Dienstes fehlt: die URL eines Image-Service endet mit /ImageServer.</translation>
    </message>
    <message>
      <source>“{text}” is a map service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it.</source>
      <translation>„{text}“ ist ein Kartendienst: verwenden Sie dafür Layer ▸ Layer hinzufügen ▸ ArcGIS-REST-Server-Layer hinzufügen.</translation>
    </message>
    <message>
      <source>“{text}” is a path to a file: give the URL of an image service instead.</source>
      <translation>„{text}“ ist der Pfad einer Datei: geben Sie stattdessen die URL eines Image-Service an.</translation>
    </message>
    <message>
      <source>“{text}” is a service of another type: the URL of an image service ends with /ImageServer.</source>
      <translation>„{text}“ ist ein Dienst anderer Art: die URL eines Image-Service endet mit /ImageServer.</translation>
    </message>
    <message>
      <source>“{text}” is neither a URL nor the name of a saved connection: give the URL of an image service.</source>
      <translation>„{text}“ ist weder eine URL noch der Name einer gespeicherten Verbindung: geben Sie die URL eines Image-Service an.</translation>
    </message>
    <message>
      <source>“{text}” is no day: write it as {example}, or only its year or month.</source>
      <translation>„{text}“ ist kein Tag: Schreiben Sie ihn als {example} oder nur sein Jahr oder seinen Monat.</translation>
    </message>
    <message>
      <source>“{text}” is no number: write the highest cloud cover as 10 or 0.1.</source>
      <translation>„{text}“ ist keine Zahl: Schreiben Sie die höchste Bewölkung als 10 oder 0.1.</translation>
    </message>
    <message>
      <source>“{text}” is no point: type two numbers with a comma between, such as 300000, 9100000.</source>
      <translation>„{text}“ ist kein Punkt: Geben Sie zwei Zahlen mit einem Komma dazwischen ein, etwa 300000, 9100000.</translation>
    </message>
    <message>
      <source>“{text}” is not a valid URL: check the name of the server and its port.</source>
      <translation>„{text}“ ist keine gültige URL: prüfen Sie den Namen des Servers und seinen Port.</translation>
    </message>
    <message>
      <source>“{text}” is not a web address: the URL of an image service begins with https://.</source>
      <translation>„{text}“ ist keine Webadresse: die URL eines Image-Service beginnt mit https://.</translation>
    </message>
    <message>
      <source>“{text}” is not the URL of an image service: that ends with /rest/services/Folder/Name/ImageServer.</source>
      <translation>„{text}“ ist nicht die URL eines Image-Service: diese endet mit /rest/services/Ordner/Name/ImageServer.</translation>
    </message>
    <message>
      <source>“{text}” is not the address of a services directory: give a URL that ends with /rest/services or with one of its folders, or the name of a saved connection.</source>
      <translation>„{text}“ ist nicht die Adresse eines Verzeichnisses von Diensten: geben Sie eine URL an, die mit /rest/services oder einem Ordner darin endet, oder den Namen einer gespeicherten Verbindung.</translation>
    </message>
    <message>
      <source>“{title}” has more than {count} image services, so it is not read.</source>
      <translation>„{title}“ hat mehr als {count} Image-Services und wird daher nicht gelesen.</translation>
    </message>
    <message>
      <source>“{title}” has more than {count} layers, so it is not read.</source>
      <translation>„{title}“ hat mehr als {count} Layer und wird daher nicht gelesen.</translation>
    </message>
    <message>
      <source>“{title}” is neither a layer file (.lyrx) or a map (.mapx) of ArcGIS Pro, nor the JSON of a web map: choose one of these.</source>
      <translation>„{title}“ ist weder eine Layerdatei (.lyrx) oder Karte (.mapx) von ArcGIS Pro noch das JSON einer Webkarte: Wählen Sie etwas davon.</translation>
    </message>
    <message>
      <source>“{title}” is shown here.</source>
      <translation>„{title}“ wird hier gezeigt.</translation>
    </message>
    <message>
      <source>“{title}” is too large for a layer file: what is read has at most {size} MB and {count} values.</source>
      <translation>„{title}“ ist zu groß für eine Layerdatei: Gelesen werden höchstens {size} MB und {count} Werte.</translation>
    </message>
    <message>
      <source>“{url}” is no address of the web: give one that begins with https://.</source>
      <translation>„{url}“ ist keine Webadresse: geben Sie eine an, die mit https:// beginnt.</translation>
    </message>
    <message>
      <source>“{value}” is neither a raster layer to align cells with nor x and y of a corner of a cell in the service's coordinate reference system.</source>
      <translation>„{value}“ ist weder ein Rasterlayer, an dem Zellen ausgerichtet werden können, noch x und y einer Zellenecke im Koordinatenbezugssystem des Dienstes.</translation>
    </message>
    <message>
      <source>“{value}” is neither the id nor the name of a raster; ids are whole numbers.</source>
      <translation>„{value}“ ist weder ID noch Name eines Rasters; IDs sind ganze Zahlen.</translation>
    </message>
    <message>
      <source>“{value}” is neither tiles nor images; choose one of {choices}.</source>
      <translation>„{value}“ ist weder Kacheln (TILES) noch Bilder (IMAGES); wählen Sie eines von {choices}.</translation>
    </message>
    <message>
      <source>“{value}” is neither yes nor no; choose one of {choices}.</source>
      <translation>„{value}“ ist weder ja noch nein; wählen Sie eines von {choices}.</translation>
    </message>
    <message>
      <source>“{value}” is no band; give numbers counting from 1, or names.</source>
      <translation>„{value}“ ist kein Kanal; geben Sie Nummern, beginnend mit 1, oder Namen an.</translation>
    </message>
    <message>
      <source>“{value}” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5.</source>
      <translation>„{value}“ ist keine Zellengröße; geben Sie eine oder zwei positive Zahlen mit Dezimalpunkt an, etwa 30 oder 30 20.5.</translation>
    </message>
    <message>
      <source>“{value}” is no compression quality; give a whole number from 1 to 100.</source>
      <translation>„{value}“ ist keine Kompressionsqualität; geben Sie eine ganze Zahl von 1 bis 100 an.</translation>
    </message>
    <message>
      <source>“{value}” is no dimension with its value; write StdZ=-50, and “;” between several.</source>
      <translation>„{value}“ ist keine Dimension mit ihrem Wert; schreiben Sie StdZ=-50, mit „;“ zwischen mehreren.</translation>
    </message>
    <message>
      <source>“{value}” is no nodata value; give one number with a decimal point, or one for each band.</source>
      <translation>„{value}“ ist kein Nodata-Wert; geben Sie eine Zahl mit Dezimalpunkt an, oder eine für jeden Kanal.</translation>
    </message>
    <message>
      <source>“{value}” is no point; give x and y in the service's coordinate reference system.</source>
      <translation>„{value}“ ist kein Punkt; geben Sie x und y im Koordinatenbezugssystem des Dienstes an.</translation>
    </message>
    <message>
      <source>“{value}” is no polygon layer that can be opened, and no polygon as WKT; give one to clip to.</source>
      <translation>„{value}“ ist weder ein Polygonlayer, der sich öffnen lässt, noch ein Polygon als WKT; geben Sie eines von beiden zum Zuschneiden an.</translation>
    </message>
    <message>
      <source>“{value}” is no polygon; give one as WKT in the service's coordinate reference system.</source>
      <translation>„{value}“ ist kein Polygon; geben Sie eines als WKT im Koordinatenbezugssystem des Dienstes an.</translation>
    </message>
    <message>
      <source>“{which}” is no date of a layer: write 'first' or 'last', or leave it out.</source>
      <translation>„{which}“ ist kein Datum eines Layers: Schreiben Sie 'first' oder 'last', oder lassen Sie es weg.</translation>
    </message>
    <message>
      <source>“{words}” in {portal}</source>
      <translation>„{words}“ in: {portal}</translation>
    </message>
  </context>
</TS>
