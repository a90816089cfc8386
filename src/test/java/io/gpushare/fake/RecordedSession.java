package io.gpushare.fake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What real tools answered: {@code $ command}, its output, {@code [rc N]}, again and again. */
record RecordedSession(List<Exchange> exchanges) {
    private static final Pattern EXCHANGE =
            Pattern.compile("^\\$ (.*)\\n((?:(?!\\[rc ).*\\n)*)\\[rc (\\d+)]$", Pattern.MULTILINE);

    record Exchange(String command, String output, int exitCode) {}

    static RecordedSession load(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(RecordedSession.class.getResourceAsStream(name), name)) {
            Matcher matcher = EXCHANGE.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            List<Exchange> found = new ArrayList<>();
            while (matcher.find()) {
                found.add(new Exchange(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3))));
            }
            return new RecordedSession(List.copyOf(found));
        }
    }
}
