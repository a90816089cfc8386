package io.gpushare.report.html;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An element, filled while it is built. It has neither handlers nor styles of its own, and links into the page only.
 */
final class Element implements Html {
    private static final Set<String> VOID = Set.of("meta", "br", "input", "link");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Html> children = new ArrayList<>();

    private Element(String name) {
        this.name = require(name);
    }

    static Element of(String name) {
        return new Element(name);
    }

    /** With a class. */
    static Element of(String name, String styled) {
        return new Element(name).set("class", styled);
    }

    Element set(String attribute, String value) {
        require(attribute);
        if (attribute.startsWith("on") || attribute.equals("style") || attribute.equals("src")) {
            throw new IllegalArgumentException("the page's policy forbids the attribute " + attribute);
        }
        if (attribute.equals("href") && !value.startsWith("#")) {
            throw new IllegalArgumentException("the page links to nothing outside, but to " + value);
        }
        attributes.put(attribute, value);
        return this;
    }

    Element set(String attribute, double value) {
        return set(attribute, coordinate(value));
    }

    /** An attribute that says all by being there. */
    Element flag(String attribute) {
        return set(attribute, "");
    }

    Element text(String text) {
        children.add(new Text(text));
        return this;
    }

    Element add(Html... content) {
        children.addAll(List.of(content));
        return this;
    }

    Element addAll(Stream<? extends Html> content) {
        content.forEach(children::add);
        return this;
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        out.append('<').append(name);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            out.append(' ').append(attribute.getKey());
            if (!attribute.getValue().isEmpty()) {
                out.append("=\"");
                Html.escape(attribute.getValue(), out);
                out.append('"');
            }
        }
        out.append('>');
        if (VOID.contains(name)) {
            return;
        }
        for (Html child : children) {
            child.writeTo(out);
        }
        out.append("</").append(name).append('>');
    }

    private static String require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name in HTML: " + name);
        }
        return name;
    }

    /** A hundredth of a pixel is enough. */
    private static String coordinate(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("nothing can be drawn at " + value);
        }
        return BigDecimal.valueOf(Math.round(value * 100), 2)
                .stripTrailingZeros()
                .toPlainString();
    }
}
