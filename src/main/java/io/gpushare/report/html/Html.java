package io.gpushare.report.html;

import io.gpushare.text.SafeText;
import java.io.IOException;

/**
 * A piece of a page. What is text stays text: markup comes from {@link Element} alone, and {@link Embedded} holds
 * nothing that could end the element around it.
 */
sealed interface Html permits Element, Html.Text, Embedded {

    void writeTo(Appendable out) throws IOException;

    record Text(String text) implements Html {
        @Override
        public void writeTo(Appendable out) throws IOException {
            escape(text, out);
        }
    }

    /**
     * For text and for attributes in double quotes. Characters that no document may hold become the one that stands for
     * them.
     */
    static void escape(String text, Appendable out) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(character);
                default ->
                    out.append(SafeText.drives(character) && !Character.isSurrogate(character) ? '\uFFFD' : character);
            }
        }
    }
}
