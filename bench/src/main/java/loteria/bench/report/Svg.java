package loteria.bench.report;

import java.util.Locale;

/**
 * A picture under construction.
 */
final class Svg {

	private final StringBuilder elements = new StringBuilder();

	private final int height;

	Svg(int width, int height) {
		this.height = height;
		this.elements.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" "
						+ "font-family=\"sans-serif\" font-size=\"12\">\n",
				width, height));
		rectangle(0, 0, width, height, "#ffffff", "");
	}

	int height() {
		return this.height;
	}

	/**
	 * @param title shown to whoever points at it; nothing if empty
	 */
	void rectangle(double x, double y, double width, double height, String colour, String title) {
		add("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"", x, y, width, height, colour);
		this.elements.append(title.isEmpty() ? "/>\n" : "><title>" + escaped(title) + "</title></rect>\n");
	}

	void line(double x1, double y1, double x2, double y2, String colour) {
		add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, colour);
	}

	void dot(double x, double y, String colour) {
		add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x, y, colour);
	}

	/** {@code points} as {@code x,y x,y …}. */
	void path(String points, String colour) {
		add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", points, colour);
	}

	/**
	 * @param anchor {@code start}, {@code middle} or {@code end}
	 */
	void text(double x, double y, String anchor, String text) {
		add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" pointer-events=\"none\">%s</text>\n", x, y, anchor,
				escaped(text));
	}

	private void add(String format, Object... values) {
		this.elements.append(String.format(Locale.ROOT, format, values));
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	@Override
	public String toString() {
		return this.elements + "</svg>\n";
	}

}
