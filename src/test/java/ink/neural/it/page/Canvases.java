package ink.neural.it.page;

/** Scripts that make canvases behave as in browsers that protect against tracking. */
final class Canvases {
    /** What is read from a canvas has grey and white columns. */
    static final String WITH_NOISE =
            "const interfere = canvas => { const c = canvas.getContext('2d'); c.resetTransform();"
                    + "for (let x = 0; x < canvas.width; x += 2) {"
                    + "  c.fillStyle = x % 4 ? '#fff' : '#cdb'; c.fillRect(x, 0, 2, canvas.height) } };"
                    + Canvases.BEFORE_READING;
    /** Nothing can be read from a canvas. */
    static final String FORBIDDEN =
            "const interfere = () => { throw new DOMException('tainted', 'SecurityError') };" + Canvases.BEFORE_READING;
    /** What is read from a canvas is white, as in Firefox with resistFingerprinting. */
    static final String WHITE =
            "const interfere = canvas => { const c = canvas.getContext('2d'); c.resetTransform(); c.fillStyle = '#fff';"
                    + "c.fillRect(0, 0, canvas.width, canvas.height) };" + Canvases.BEFORE_READING;

    private static final String BEFORE_READING = "for (const name of ['toDataURL', 'toBlob']) {"
            + "  const read = HTMLCanvasElement.prototype[name];"
            + "  HTMLCanvasElement.prototype[name] = function (...options) {"
            + "    interfere(this); return read.apply(this, options) } }"
            + "const { getImageData } = CanvasRenderingContext2D.prototype;"
            + "CanvasRenderingContext2D.prototype.getImageData = function (...area) {"
            + "  interfere(this.canvas); return getImageData.apply(this, area) }";

    private Canvases() {}
}
