<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>ImageServerLayer</name>
    <message>
      <source> s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Clear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Connect</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Load Options…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Lock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Order field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Retry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save Options…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Where clause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 raster function</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>12; Scene 7</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>8-bit color</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&lt;p&gt;Lists the image services of an ArcGIS server, with all of its folders, or of one folder, as a table of name, folder, URL and type.&lt;/p&gt;&lt;p&gt;Folders that are closed to the user are left out with a warning.&lt;/p&gt;</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&lt;p&gt;Makes a temporary raster layer from an ArcGIS image service, as the ArcGIS tool &lt;i&gt;Make Image Server Layer&lt;/i&gt; does.&lt;/p&gt;&lt;p&gt;Give at least the address of the service. Bands, fields and processing templates can then be chosen from those that the service has, or typed.&lt;/p&gt;&lt;p&gt;The layer holds true pixel values where the service is open, otherwise it is a picture that the server draws. Nothing is written to disk; the layer stays with the project, if that is saved.&lt;/p&gt;</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&lt;p&gt;Tells what an ArcGIS image service offers: extent, pixels, bands, processing templates, mosaic methods and fields.&lt;/p&gt;&lt;p&gt;The page is shown under Processing ▸ Results Viewer; the JSON holds the same for programs.&lt;/p&gt;</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&lt;p&gt;This layer is drawn with options of an ArcGIS image service. It needs the QGIS plugin &lt;b&gt;Image Server Layer&lt;/b&gt;: without it, nothing is drawn.&lt;/p&gt;</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A URL that ends with /rest/services or with one of its folders, or the name of a saved ArcGIS REST connection, alone or followed by a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A layer is being made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A picture cannot be cut to the template extent by the function template “{name}”; leave out the extent, or choose pixel values (provider “gdal”).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A picture has no cells of its own; leave out the cell size, or take pixel values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A picture is proposed: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A picture was asked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A pixel is nodata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A published raster function, None for pixels as they are, the JSON of a raster function, or the path of an .rft.json file. If not given, the server applies its default, the first one published.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A request of a picture layer could not be rewritten: {kind}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A token stood in the address and was taken out: addresses are saved with projects, tokens must not be.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add Image Server Layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add Image Server Layer…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a layer from an ArcGIS image service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add and Clo&amp;se</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the layer to the project, and close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the layer to the project, and go on (Ctrl+Return)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add these rasters to the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add to List</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address of the image service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Advanced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Alias</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All bands, in the order of the service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All {total} rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An image that the server draws and colors for each view, asked for with QGIS' authentication.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As in layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As in the service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As in the service: {size}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ascending</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ascending puts the raster that the method prefers on top, descending puts it at the bottom.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask the Server</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask “{name}” about a function chain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asking…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Authentication</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Authentication configuration</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Band {number}: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands {bands} as red, green and blue.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bands {bands} of the raw pixels as red, green and blue.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bilinear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blend</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Browse servers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Build the clause from the fields of the catalog.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Build…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By attribute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CRS authority identifier</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Capabilities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cell si&amp;ze</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cell size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose Rasters of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose rasters in a table, with their footprints on the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Click a point on the map; Esc brings the form back without one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closest to center</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closest to nadir</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closest to viewpoint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Color infrared</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compression &amp;quality</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compression quality</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect to a service to see whether it is a mosaic.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect to an image service first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Coordinate reference system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copied.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy a call of make_image_server_layer() that makes this layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy a call of processing.run() that makes this layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy as &amp;Python</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy as P&amp;rocessing Command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copyright</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copyright: {holder}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counting rasters…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counting the rasters of “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cubic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>DESCENDING turns the order of the rasters round.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date and time in UTC</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dates are written as {day} or {moment}, in UTC.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Default processing template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Descending</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Describe image service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Double-click an image service to connect to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draw or type an extent, or take that of the map, a layer or a bookmark.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E&amp;xtent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter the processing templates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find out what the server makes of this function.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For lossy pictures, from 1 (worst) to 100.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For secured services. QGIS hands no credentials to GDAL: such a layer is a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For secured services; kept in QGIS' authentication database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Freeze at This View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Freeze “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Function c&amp;hain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Function chain (JSON)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Function chain (JSON)…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give every option back to the service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HTML files (*.html)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How overlapping pixels become one: a keyword, such as MEAN; the service's own if not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How overlapping rasters are ordered: a keyword, such as BY_ATTRIBUTE; the service's own if not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How pixels are resampled: a keyword, such as BILINEAR; the service's own if not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How the server resamples pixels to other cell sizes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ids or names of rasters, separated by semicolons; a name of digits goes into quotation marks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ids or names of the rasters to show, separated by “;”, for LOCK_RASTER.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ima&amp;ge service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image Server Layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image server layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image services</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image services of the server</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In all bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In any band</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In units of the service's coordinate reference system. Only pixel values have cells.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inte&amp;rpolation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Interpolation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON files (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep the token as a configuration in QGIS' encrypted authentication database, and use it here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep what was chosen in a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer to take the cell size from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line {line}, column {column}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>List image services</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Listing the image services of “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lists the image services of an ArcGIS server or folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Load Options</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loc&amp;ked rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lock raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locked rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locked rasters, the topmost first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look for image services on the server, or on those of the saved connections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look into the catalog of “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Majority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make image server layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a temporary raster layer from an ArcGIS image service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Making the layer “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Max.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Maximum</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Min.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minimum</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mosaic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mosaic &amp;method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mosaic method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mosaic methods</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mosaic operation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most rasters in one image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move Down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move Up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name, another text, or id</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Natural color</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nearest neighbor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Neither names nor wavelengths prove which bands are near infrared, red and green.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Neither names nor wavelengths prove which bands are red, green and blue.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No band is chosen; choose at least one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No bookmarks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No layout maps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No order field is given, so the service's own is used: {field}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No raster matches; loosen the clause.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No raster of the service matches the where clause “{where}”; loosen it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No rasters to lock are given, so the service's own mosaic rule is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No secure connection to {host}: it does not understand https, or QGIS does not trust its certificate (see Settings ▸ Options ▸ Authentication).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No viewpoint is given, so the center of the extent is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No&amp;data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nodata</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nodata interpretation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nodata must match in all bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None (by raster id)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None (pixels as they are)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None: raw pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Northwest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of image services</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Numbers from 1, or names, separated by “;”. They are those that come out of the processing template.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One number, or width and height with a blank between them; decimals after a point.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One value for all bands, or one for each, separated by blanks; nan is one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only in the map &amp;view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only the rasters of your choice are drawn, the first of them on top.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open Raster Function Template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Options of image server layers (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order base val&amp;ue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order base value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order of the rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order the rasters around the middle of this view, from now on and for every view.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Over&amp;lapping pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overlapping pixels are blended near the seamlines.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Part of it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pick on Map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel &amp;values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel values are proposed: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel values were asked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixel width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pixels of the type {type} cannot be read as values, so the server draws a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processing &amp;template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processing takes one number for the cell size, and here there are two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processing template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Processing templates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Provider</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put each part on a line of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QGIS cannot open the service “{name}” with its provider “{provider}”; the details say why.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QGIS did not store the token; its authentication database may be locked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QGIS does not know the coordinate reference system “{crs}” of the template extent; write it as EPSG:4326.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>QGIS leaves out each band's nodata for itself; only a picture can ask for all bands to match.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quality of pictures sent as JPEG: 1 is the smallest, 100 the best.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>R&amp;eset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REST or SOAP address of the service, a portal item, the name of a saved ArcGIS REST connection followed by the service, or the id of a layer of an image service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raster function templates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raster functions of your own, which the server applies one after the other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters come in the order of their distance to this value: a number, or a date (yyyy/MM/dd HH:mm:ss) in UTC.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters to lock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters: {shown}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters: {shown} of {total}; scroll down for more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rasters: {shown}; scroll down for more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Re&amp;ferer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read the description of the service anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read the wavelengths of “{name}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the catalog…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the image service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the processing template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading values…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Referer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refresh</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove from the list (Del)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SQL on the fields of the catalog that picks rasters, as {example}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SQL that the rasters of the mosaic must fulfil, such as CloudCover &lt; 20.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save Options</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seamline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds that each request may take.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Service default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Service default (raw pixels)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Service default ({name})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Service default ({value})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Services directory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show only templates with these words in their name or description.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the rasters only whose footprint touches what the map shows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sort field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sort ord&amp;er</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sort value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source of the layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Std. dev.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Store as Authentication</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sum</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>T&amp;imeout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take a raster function template (.rft.json) from a file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take service and options from a file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the extent from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken from the map, a layer or a bookmark, drawn on the map, or typed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tells what an ArcGIS image service offers: bands, processing templates, mosaic methods and fields.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The HTTP Referer that some servers insist on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The JSON of the processing template breaks at line {line}, column {column} ({reason}): {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The JSON of the processing template is no raster function, as it has neither “rasterFunction” nor “function”: {text}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The URL of an image service or of a server, a portal item, or the name of a saved ArcGIS REST server connection, with the path of a service or without.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address has changed; connect to it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address names raster {id}, but the mosaic options ask for something else; the options are used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The authentication configuration “{id}” cannot be used: check it in QGIS' settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The band “{band}” does not exist; choose from {bands}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The catalog has no field “{field}”; choose one of {fields}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The cell size of the layer ({source}) cannot be transformed to the service's {target}; give a number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The cell size {size} is not a positive number; give it in units of the service's coordinate reference system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The center of the extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The compression quality is for pictures: pixel values come without loss.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The compression quality {value} is not between 1 and 100.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection to {host} failed: check your connection to the network, and the proxy in QGIS' settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The coordinate reference system of the service is unknown, so nothing can be taken to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The credentials have changed; connect with them first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The extent of the layer. Without a coordinate reference system in brackets it is in the service's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field of the catalog by which the rasters are ordered.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field to sort by, for BY_ATTRIBUTE; the service's own if not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field “{field}” holds neither numbers nor dates, so nothing can be ordered by it; choose one of {fields}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file {path} cannot be read: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file {path} cannot be written: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file {path} does not hold options of an image server layer; choose another one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder “{folder}” is left out: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The function template {path} cannot be read: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The function template {path} is in ArcMap's XML; open it in ArcGIS Pro and save it as .rft.json.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The ground point for CLOSEST_TO_VIEWPOINT; the center of the extent if not given. Without a coordinate reference system in brackets it is in the service's.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The highest value of all overlapping pixels is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The image service is still being read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The interpolation “{value}” is unknown; choose one of {choices}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer “{name}” does not come from an ArcGIS server; give the address of an image service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer “{name}” draws nothing: {problem}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer “{name}” has no cells to take the cell size from; choose a raster layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer “{name}” was added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layer's options have version {version}, and this plugin knows versions up to {known}; update the plugin Image Server Layer to edit the layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The lowest value of all overlapping pixels is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mean of all overlapping pixels is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The middle of this view cannot be transformed to the reference system of “{name}”; zoom in first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mosaic method By attribute needs an order field, and the service has none of its own; choose one of {fields}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mosaic method depends on the view, and maps larger than 2000 × 2000 pixels are drawn in parts: there, seams can show where rasters overlap. Freeze at This View, in the layer's menu, avoids them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mosaic method depends on the view, and pixel values are fetched in blocks: seams can show where rasters overlap. Choose another method, or a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mosaic method depends on the view, so the server draws each view as one picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mosaic method “{value}” is unknown; choose one of {choices}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mosaic operation “{value}” is unknown; choose one of {choices}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The name of the service if not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The names and colors of the classes could not be read: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The nodata interpretation “{value}” is unknown; choose one of {choices}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The numbers of every band, to identify, style, calculate with and export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The option “{option}” has no effect: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The options stored in the layer's source cannot be read; make the layer anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The order base value “{value}” is no date, but the field {field} holds dates; write it as 2010/12/31.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The order base value “{value}” is no number, but the field {field} holds numbers; write it with a decimal point and without blanks, as 3.5.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The page that some secured servers want to be asked from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixel of the lowest raster is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixel of the topmost raster is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixel value that stands for no data, or one for each band, separated by “;”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pixels as they are stored, without any function.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The portal item leads to another server: give the address {url} itself, with its credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The portal item “{title}” is not an image service but of the type “{type}”: give the item of one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The processing template does not yield the bands {bands}; all of its bands are used ({count}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The processing template is still being read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The processing template {value} cannot be written as JSON: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The project has no raster layer to take it from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The proxy on the way to {host} does not answer: check it under Settings ▸ Options ▸ Network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The proxy on the way to {host} wants a password: set it under Settings ▸ Options ▸ Network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster taken from nearest above a point of your choice lies on top, whatever the view.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster taken from nearest above the middle of the view lies on top, so the order follows the view.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster whose center is nearest to the middle of the view lies on top, so the order follows the view.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster whose center is nearest to the northwest corner of the mosaic lies on top, whatever the view.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster whose value in the order field is nearest to the base value lies on top, such as the raster of a date or the one with the fewest clouds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The raster whose value in the order field is nearest to this one is on top.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rasters are cut along the seamlines drawn by the publisher.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rasters lie in the order of their ids.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rasters of the mosaic for which this is true are drawn.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rasters of the service “{service}” have no names: give raster ids.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The request was canceled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server accepts it: one band of type {type}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server accepts it: {count} bands of type {type}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server applies no function of itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server does not accept it: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server does not accept the processing template “{template}”: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server does not accept the where clause “{where}”: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server sent an image of {got} pixels where {asked} were asked for, so they cannot be put in place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} cut the connection: try again later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} was not found: check its name, and your connection to the network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server's answer is not an image that can be read; the service may be out of order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service allows no processing templates; its pixels come as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service declares pixels of the type {declared} but sends {sent}; the layer has the latter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service declares {declared} bands for this request but sends {sent}; the layer has the latter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service does not allow the mosaic method {method}; it allows {allowed}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service is a single raster, so there are no rasters to choose from or to order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service is a single raster, so these options were left out: {options}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service is being asked for its wavelengths…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service is open, so QGIS can read its pixel values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service needs credentials, and a token in an address is not kept: store it as an authentication configuration in QGIS (Settings ▸ Options ▸ Authentication) and give that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service needs credentials, which QGIS does not hand to GDAL, so the server draws a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{name}” offers only ready-made tiles, so none of its pixels can be asked for; add it with QGIS' own Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” allows no processing templates; leave out “{template}” to get its pixels as they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” has no catalog of rasters in which to look up “{name}”; leave it out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” has no catalog of rasters to look into.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” has no processing template “{template}”; choose one of {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” has no processing template “{template}”; did you mean {names}?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” has no raster {rasters}; look up ids and names in its catalog.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” is a single raster, so there are no rasters to choose from or to order; leave out “{option}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service “{service}” publishes no processing templates, so there is no “{template}”; give a raster function as JSON.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The service's coordinate reference system is unknown, so nothing can be transformed to it from {source}; give numbers as the service has them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sort order “{value}” is unknown; choose one of {choices}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sum of all overlapping pixels is taken.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template extent {extent} ({source}) cannot be transformed to the service's {target}; choose a smaller one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template extent {extent} does not overlap the service's extent {service}; both are xmin ymin xmax ymax in the service's coordinate reference system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template extent {extent} has no area; give xmin ymin xmax ymax, each minimum below its maximum.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template extent {value} has no area; give xmin ymin xmax ymax.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template extent “{value}” is neither four numbers (xmin ymin xmax ymax) nor a layer or file that can be opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template extent “{value}” is unusable; give xmin ymin xmax ymax, or with commas xmin,xmax,ymin,ymax, each minimum below its maximum.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template layer “{name}” has no coordinate reference system; set one, or type the extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template layer “{name}” is empty or broken, so it gives no extent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The timeout “{value}” is not a number of seconds between 0 and 3600.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The token in the address is not used: store it as an authentication configuration, and choose that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The token in the address was taken off; the service answers without it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The topmost raster stands first; drag to change the order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values cannot be read: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The viewpoint {x:.15g} {y:.15g} ({source}) cannot be transformed to the service's {target}; choose one near the service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The wavelengths could not be read: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no image services here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are {given} nodata values ({values}) for {count} bands; give one for all bands, or one for each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no address: give the URL of an image service, https://…/ImageServer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no image service at {url}, or it is out of order; check the address: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no provider “{value}”; use “{values}” for pixel values or “{picture}” for a picture.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no saved connection; type the address of a server.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing at {url} (HTTP 404): check the address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This part of the address is not used: {part}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This was canceled in QGIS' list of tasks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tick rasters to choose them. The footprints of selected rows are highlighted on the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tick the bands to get, and drag them into the order to get them in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Timeout for each request (seconds)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Token for {server}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a cell size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type, paste or open a function chain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>URL</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>URL of the service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use Service's Extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values of all {count} rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values of the first {count} rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Viewp&amp;oint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Viewpoint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wavelength (nm)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the layer is called in the project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the map shows lies outside the service's coordinate reference system.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the server applies of itself: {description}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you will get</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where Clause of {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where clause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether a pixel is left out when one of its bands has its nodata value, or only when all have.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether one band that has its nodata value is enough, or all must have it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Width in pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With cells of {width:.15g} × {height:.15g} there would be {columns:.0f} columns and {rows:.0f} rows; choose larger cells.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>X and y in the coordinate reference system of the service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a feature service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a folder of services</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a geoprocessing service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a map service</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a number has too many digits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a web page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a web page (perhaps one to sign in on)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an empty answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another kind of resource</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>another plugin ({names}) takes the options out of its requests; switch that plugin off and on again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,bands,raster functions,properties,metadata,information</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,directory,catalog,folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>arcgis,esri,rest,imageserver,mosaic,raster function,processing template,add layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>custom raster function</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it belongs to nodata values, and none are given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mosaic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mosaic of 1 raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mosaic of {count} rasters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nested too deeply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only the mosaic method By attribute uses it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only the mosaic method Closest to viewpoint uses it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only the mosaic method Lock raster uses it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>single raster</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>something else</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the catalog's fields of numbers or dates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the server sends {type}, not an image; you may have to sign in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unknown coordinate reference system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>which cannot be told</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x {xmin} to {xmax}, y {ymin} to {ymax}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>xmin ymin xmax ymax in the coordinate reference system of the service, or as QGIS writes it: xmin,xmax,ymin,ymax [EPSG:4326]</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{bits}-bit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{bits}-bit complex</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{bits}-bit floating point</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{bits}-bit signed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{columns} × {rows} cells of {size}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{columns} × {rows} pixels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{constant} is no JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} bands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} chosen, at most {limit}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} of {total} rasters match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} raster functions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} rasters are named “{name}”; all of them are locked: {ids}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} rasters are to be locked, and the service draws at most {limit} at a time; lock fewer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} to {last}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{function} (the default of the server)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} answered with an error (code {code}) and gave no reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} answered with an error: {words}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} did not answer in time: try again later, or allow a longer timeout.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} does not accept the credentials: they are invalid or have expired. Sign in again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} does not permit this with the credentials given: ask the owner of the service for access.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} does not take a request of {length} characters: shorten the where clause, the raster ids or the processing template.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} is out of order (HTTP {status}): try again later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} redirects to an address that QGIS cannot follow: give the one that a browser ends up at.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} sent more than {size} MB: ask for less at a time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} sent something else instead of a list of rasters: try again later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} sent {content} instead of JSON: check whether it needs credentials, or try again later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} sent {content} instead of an image: check whether it needs credentials, or try again later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host} wants credentials: choose an authentication configuration, or check the one that is chosen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{host}, or the proxy on the way to it, refuses the connection: check address, port and proxy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{id}: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{label}: {value}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{number} ({name})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{problem} Refresh asks the server again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{reason} A picture has no cells of its own, so leave out the cell size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{shown} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{size} if exported whole</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{url} has no extent that agrees with its pixel size of {x} × {y}: ask its publisher.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{url} has no usable pixel size ({x} × {y}): ask its publisher.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{url} is not a services directory: give a URL that ends with /rest/services or with one of its folders.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{url} is {kind}, not an image service: check the address.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{url} sent {content} instead of the description of an image service: check the address, and whether it needs credentials.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{what}. {provider}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” does not tell which server it stands for: give the URL of the service itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” has a user name in it: take it out, and choose an authentication configuration for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is a directory of services: open it in a browser, and give the URL of one that it lists.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is a feature service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is a folder, or lacks the type of service: the URL of an image service ends with /ImageServer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is a map service: use Layer ▸ Add Layer ▸ Add ArcGIS REST Server Layer for it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is a path to a file: give the URL of an image service instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is a service of another type: the URL of an image service ends with /ImageServer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is neither a URL nor the name of a saved connection: give the URL of an image service.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is not a valid URL: check the name of the server and its port.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is not a web address: the URL of an image service begins with https://.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is not the URL of an image service: that ends with /rest/services/Folder/Name/ImageServer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{text}” is not the address of a services directory: give a URL that ends with /rest/services or with one of its folders, or the name of a saved connection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{values}” for pixel values, “{picture}” for a picture that the server draws; the better one if not given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is neither the id nor the name of a raster; ids are whole numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is no band; give numbers counting from 1, or names.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is no cell size; give one or two positive numbers with a decimal point, as 30 or 30 20.5.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is no compression quality; give a whole number from 1 to 100.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is no nodata value; give one number with a decimal point, or one for each band.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is no point; give x and y in the service's coordinate reference system.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
