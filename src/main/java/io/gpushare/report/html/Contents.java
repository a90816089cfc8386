package io.gpushare.report.html;

import java.util.ArrayList;
import java.util.List;

/** The table of contents, which grows with the page. */
final class Contents {
    private record Entry(int level, String id, String words) {}

    private final List<Entry> entries = new ArrayList<>();

    /** A part that the contents name; {@code level} of its heading is 2 or 3. */
    Element part(int level, String id, String words) {
        return part(level, id, words, words);
    }

    /** @param shortly what the contents say of it */
    Element part(int level, String id, String words, String shortly) {
        entries.add(new Entry(level, id, shortly));
        return Styling.part(level, id, words);
    }

    Element navigation() {
        Element list = Element.of("ul");
        for (Entry entry : entries) {
            list.add(Element.of("li", "level-" + entry.level())
                    .add(Element.of("a").set("href", "#" + entry.id()).text(entry.words())));
        }
        return Element.of("nav", "contents").set("aria-label", "Contents").add(list);
    }
}
